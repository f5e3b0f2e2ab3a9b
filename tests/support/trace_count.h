// The Mazurkiewicz traces of a system, counted without any reduction: every beginning of an execution is followed by every choice, and two
// beginnings are the same if their events come in the same happens-before order.
#pragma once

#include <cstdint>
#include <optional>

#include "model/system.h"

namespace lockweave::testing {

struct TraceCount {
  std::uint64_t executions = 0;  // traces that go as far as they can
  std::uint64_t deadlocked = 0;  // those after which somebody is left whom the program's end waits for
  bool operator==(const TraceCount&) const = default;
};

// A thread that begins to wait for a lock has done nothing yet, unless somebody looks whether the lock is locked (or the location may stand
// for several locks, or is accessed once more in the step that releases it): then waiting is an event of its own.
// Nothing: there are more beginnings than that, or the system has learnt something (then the count is to begin again).
std::optional<TraceCount> count_traces(System& system, std::uint64_t max_beginnings = 20'000);

}  // namespace lockweave::testing
