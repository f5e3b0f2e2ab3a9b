// What counts as a preemption: another thread runs although the last one could go on and was not at a release of its own.
#pragma once

#include <cstdint>
#include <span>

#include "model/step.h"

namespace lockweave::trace {

// What of an execution's past the next choice's cost depends on.
struct Past {
  static constexpr std::uint32_t kNobody = 0xffffffffu;

  ThreadNumber last = kNobody;  // the last thread that ran (not: woke up, timed out, was given a branch or interrupted)
  bool released = false;        // and its last step ended at a GIL release of its own
  bool operator==(const Past&) const = default;
};

// Can the last thread go on? `choices` is anything that iterates over what is enabled, with `choice_of(element)`.
template <typename Choices, typename ChoiceOf>
bool last_can_go_on(const Past& past, const Choices& choices, ChoiceOf&& choice_of) {
  for (const auto& element : choices) {
    const Choice& choice = choice_of(element);
    if (choice.thread != past.last) continue;
    if (choice.kind == ChoiceKind::Run || choice.kind == ChoiceKind::Branch) return true;
  }
  return false;
}

// Only running another thread can cost: wake-ups, timeouts, branches and interrupts never do.
inline bool is_preemption(const Past& past, bool can_go_on, const Choice& choice) {
  return choice.kind == ChoiceKind::Run && past.last != Past::kNobody && choice.thread != past.last && !past.released &&
         can_go_on;
}

inline Past past_after(const Past& past, const Choice& choice, bool released) {
  if (choice.kind == ChoiceKind::Run) return {choice.thread, released};
  if (choice.kind == ChoiceKind::Branch && choice.thread == past.last) return {past.last, released};
  return past;
}

}  // namespace lockweave::trace
