// Small numbers for choices.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "model/step.h"

namespace lockweave::explore {

// Gives each different choice a number, from 0.
class ChoiceTable {
 public:
  std::uint32_t number_of(const Choice& choice);
  const Choice& operator[](std::uint32_t number) const { return choices_[number]; }
  std::size_t size() const { return choices_.size(); }
  void clear();

 private:
  std::vector<Choice> choices_;
  std::map<Choice, std::uint32_t> others_;     // branches, and threads with great numbers
  std::vector<std::uint32_t> numbers_;         // by thread and kind, for small ones: number + 1
};

}  // namespace lockweave::explore
