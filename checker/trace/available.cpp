#include "checker/trace/available.h"

#include <algorithm>

namespace lockweave::trace {

void find_available(System& system, bool timeouts_last, Available& available) {
  system.enabled(available.choices);
  available.can_step = !available.choices.empty();
  if (!timeouts_last) return;
  const auto is_timeout = [](const Choice& choice) { return choice.kind == ChoiceKind::Timeout; };
  available.can_step = !std::ranges::all_of(available.choices, is_timeout);
  if (available.can_step) std::erase_if(available.choices, is_timeout);
}

}  // namespace lockweave::trace
