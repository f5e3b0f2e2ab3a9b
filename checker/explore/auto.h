// Which strategy for which program, and why, in a line.
#pragma once

#include <string>

#include "checker/explore/explorer.h"

namespace lockweave::explore {

struct ChosenStrategy {
  Strategy strategy;
  std::string reason;  // what is worth saying about it; empty: nothing
};

ChosenStrategy choose_strategy(Strategy asked, const ExploreOptions& options);

}  // namespace lockweave::explore
