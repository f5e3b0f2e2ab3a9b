#include "checker/property/deadlock.h"

namespace lockweave::property {

bool is_deadlock(const StuckFacts& facts) {
  if (!facts.can_step && facts.unfinished) return true;
  return !facts.waiting.empty() && !find_wait_cycle(facts.waiting).empty();
}

}  // namespace lockweave::property
