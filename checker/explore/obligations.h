// What the scenario's `lockweave.eventually` states, and which transitions meet it.
//
// An obligation is one call of `eventually`. The event that states it and those that say that its function holds have the same subject,
// and no other call of the same execution has it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

#include "checker/explore/chunked_vector.h"
#include "model/step.h"

namespace lockweave::explore {

class Obligations {
 public:
  using Number = std::uint32_t;
  enum class Effect : std::uint8_t { None, Stated, Met };

  void clear();
  // The events of a transition. Requires: transitions come in ascending order.
  void note(std::uint32_t transition, std::span<const Event> events);

  bool empty() const { return names_.empty(); }
  std::size_t count() const { return names_.size(); }
  // System::name_text knows it.
  std::uint32_t name(Number obligation) const { return names_[obligation]; }
  // What the transition does to the obligation; stating what holds at once meets it.
  Effect effect(std::uint32_t transition, Number obligation) const;
  // Calls visit(transition, effect) for each transition that does something to it, in ascending order; one that states and meets it
  // comes twice, in this order.
  template <typename Visit>
  void visit(Number obligation, Visit&& visit) const {
    for (std::size_t i = 0; i < marks_.size(); ++i) {
      if (marks_[i].code >> 1 == obligation) visit(marks_[i].transition, effect_of(marks_[i]));
    }
  }
  std::size_t bytes() const { return marks_.bytes(); }

 private:
  struct Mark {
    std::uint32_t transition;
    std::uint32_t code;  // obligation, and a bit: met
  };
  static Effect effect_of(const Mark& mark) { return (mark.code & 1) != 0 ? Effect::Met : Effect::Stated; }

  std::map<std::uint32_t, Number> numbers_;  // by the events' subject
  std::vector<std::uint32_t> names_;
  ChunkedVector<Mark> marks_;  // sorted by transition
};

}  // namespace lockweave::explore
