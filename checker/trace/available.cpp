#include "checker/trace/available.h"

#include <algorithm>

namespace lockweave::trace {

void find_available(System& system, bool timeouts_last, Available& available) {
  system.enabled(available.choices);
  const auto is_timeout = [](const Choice& choice) { return choice.kind == ChoiceKind::Timeout; };
  available.can_step = std::ranges::any_of(available.choices, [&](const Choice& choice) {
    return choice.kind != ChoiceKind::Interrupt && !(timeouts_last && is_timeout(choice));
  });
  if (!timeouts_last) return;
  if (available.can_step) std::erase_if(available.choices, is_timeout);
}

}  // namespace lockweave::trace
