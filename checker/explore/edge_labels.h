// Small numbers for what a transition carries besides its target: the choice, whether it released, what it broke, what it touched, how threads
// were renamed.
#pragma once

#include <cstdint>
#include <map>
#include <tuple>
#include <vector>

#include "checker/explore/choices.h"
#include "checker/property/property_set.h"

namespace lockweave::explore {

struct EdgeLabel {
  std::uint32_t choice = 0;       // in the ChoiceTable
  bool released = false;          // StepReport::released
  property::PropertySet broken;   // by the step's events
  std::uint32_t touches = 0;      // a TouchNumber, with sleep sets
  std::uint32_t changes = 0;      // of threads that were put in order: StateGraph::changes
};

// Gives each different label a number, from 0. There are few: most transitions break nothing and rename nobody.
class EdgeLabels {
 public:
  std::uint32_t number_of(const EdgeLabel& label) {
    if (!label.broken.empty() || label.touches != 0 || label.changes != 0) {
      const auto [entry, is_new] = others_.try_emplace({label.choice, label.released, label.broken.bits(), label.touches, label.changes}, 0);
      if (is_new) entry->second = add(label);
      return entry->second;
    }
    const std::size_t place = std::size_t{label.choice} * 2 + (label.released ? 1 : 0);
    if (place >= plain_.size()) plain_.resize(place + 1, 0);
    if (plain_[place] == 0) plain_[place] = add(label) + 1;
    return plain_[place] - 1;
  }
  const EdgeLabel& operator[](std::uint32_t number) const { return labels_[number]; }
  std::size_t size() const { return labels_.size(); }
  std::size_t bytes() const { return labels_.capacity() * sizeof(EdgeLabel) + plain_.capacity() * sizeof(std::uint32_t); }
  void clear() { *this = {}; }

 private:
  std::uint32_t add(const EdgeLabel& label) {
    labels_.push_back(label);
    return static_cast<std::uint32_t>(labels_.size() - 1);
  }

  std::vector<EdgeLabel> labels_;
  std::vector<std::uint32_t> plain_;  // by choice and released: number + 1
  std::map<std::tuple<std::uint32_t, bool, std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> others_;
};

}  // namespace lockweave::explore
