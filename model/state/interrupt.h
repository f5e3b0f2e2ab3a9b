// What can break into a thread (lockweave.interrupt), as its object holds it: at most so many at once, each at most once, each of a kind that can
// come at some places only. vm/interrupts.cpp says which places these are.
#pragma once

#include <cstdint>
#include <vector>

#include "model/state/object.h"
#include "model/step.h"

namespace lockweave::state {

enum class InterruptKind : std::uint8_t {
  Signal,          // a handler: main's, also while it waits; what it raises goes on from there
  Finalizer,       // called by a garbage collection; what it raises is dropped
  AsyncException,  // PyThreadState_SetAsyncExc
};

// Where a thread stands, as a set of bits.
enum InterruptPoint : unsigned {
  eval_breaker = 1,   // where the loop of the interpreter looks at requests: as at the one for the GIL
  blocking_call = 2,  // in C code that looks for signals: in a call that gives up the GIL, before repr()
  collection = 4,     // a collection may run
};

constexpr unsigned points_of(InterruptKind kind) {
  switch (kind) {
    case InterruptKind::Signal: return eval_breaker | blocking_call;
    case InterruptKind::Finalizer: return collection;
    case InterruptKind::AsyncException: return eval_breaker;
  }
  return 0;
}

// slot::thread::interrupts: how many are pending, and the kind of each.
class PendingInterrupts {
 public:
  static constexpr std::uint32_t most = 8;

  explicit PendingInterrupts(Value pending) : bits_(pending.is_unset() ? 0 : static_cast<std::uint32_t>(pending.as_int())) {}
  Value value() const { return count() == 0 ? Value() : Value::small_int(bits_); }
  std::uint32_t count() const { return bits_ >> count_shift; }
  InterruptKind kind(std::uint32_t which) const { return static_cast<InterruptKind>(bits_ >> 2 * which & 3u); }
  void add(InterruptKind kind) { bits_ = (bits_ | static_cast<std::uint32_t>(kind) << 2 * count()) + (1u << count_shift); }
  void remove(std::uint32_t which) {
    const std::uint32_t kinds = bits_ & ((1u << count_shift) - 1);
    const std::uint32_t below = kinds & ((1u << 2 * which) - 1);
    bits_ = (count() - 1) << count_shift | kinds >> 2 * (which + 1) << 2 * which | below;
  }

 private:
  static constexpr unsigned count_shift = 2 * most;
  std::uint32_t bits_;
};

// Those of a thread that can come in the state stood in.
struct InterruptsOfThread {
  Value pending;  // slot::thread::interrupts
  Value points;   // slot::thread::interruptible
  ThreadStatus status = ThreadStatus::Ready;
  bool is_in_blocking_call = false;  // if it waits: in a call that a signal handler can break into

  unsigned points_there() const {
    if (status == ThreadStatus::Ready) return points.is_unset() ? 0 : static_cast<unsigned>(points.as_int());
    const bool waits = status == ThreadStatus::Lock || status == ThreadStatus::Join || status == ThreadStatus::Started;
    return waits && is_in_blocking_call ? unsigned{blocking_call} : 0;
  }
  template <typename Visit>
  void for_each(Visit&& visit) const {
    const PendingInterrupts interrupts(pending);
    for (std::uint32_t which = 0; which < interrupts.count(); ++which) {
      if ((points_of(interrupts.kind(which)) & points_there()) != 0) visit(which);
    }
  }
};

// An interrupt need not come: where nothing else can happen, an execution may end without. `pending_of`: slot::thread::interrupts of a thread.
template <typename PendingOf>
void add_that_none_comes(std::vector<Choice>& choices, PendingOf&& pending_of) {
  if (choices.empty()) return;
  for (const Choice& choice : choices) {
    if (choice.kind != ChoiceKind::Interrupt) return;
  }
  const ThreadNumber first = choices.front().thread;
  std::size_t end = 0;
  while (end < choices.size() && choices[end].thread == first) ++end;
  const Choice none{.thread = first, .kind = ChoiceKind::Interrupt, .branch = PendingInterrupts(pending_of(first)).count()};
  choices.insert(choices.begin() + static_cast<std::ptrdiff_t>(end), none);
}

}  // namespace lockweave::state
