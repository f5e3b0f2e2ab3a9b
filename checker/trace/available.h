// What can happen next, as the checker takes it into account.
#pragma once

#include <vector>

#include "model/system.h"

namespace lockweave::trace {

struct Available {
  std::vector<Choice> choices;
  bool can_step = false;  // leaving aside interrupts, and timeouts that fire only when nothing else can happen
};

// System::enabled; with `timeouts_last`, timeouts only where nothing else is enabled.
void find_available(System& system, bool timeouts_last, Available& available);

}  // namespace lockweave::trace
