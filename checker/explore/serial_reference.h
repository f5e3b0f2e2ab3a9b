// The reference executions of `unserializable`: a thread inside an outermost import is switched out only if it must wait.
#pragma once

#include <cstdint>

#include "checker/budget.h"
#include "checker/property/serializability.h"
#include "model/system.h"

namespace lockweave::explore {

struct ReferenceRun {
  property::SerialReference reference;
  bool refined = false;         // the system said Refined: what was explored before is void, this too
  std::uint64_t states = 0;
};

// Explores them all, or until the watch says stop. The system is reset first.
ReferenceRun explore_reference(System& system, bool timeouts_last, BudgetWatch& watch);

}  // namespace lockweave::explore
