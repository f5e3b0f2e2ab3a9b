// Which strategy for which program, and why, in a line (docs/decisions/0013-auto-is-exhaustive-first.md).
#pragma once

#include <string>

#include "checker/explore/explorer.h"

namespace lockweave::explore {

struct AutoExploration {
  Strategy strategy = Strategy::Exhaustive;  // the one whose exploration this is
  std::string reason;
  Exploration exploration;
};

// Exhaustive first: it judges everything. Where a limit ends it with nothing found, a smaller share is spent on dpor, which needs no memory and
// may still give the complete verdict, and on a search by preemptions, which finds most of what can be found soon.
AutoExploration explore_as_fits(System& system, const ExploreOptions& options);

}  // namespace lockweave::explore
