// Which strategy for which program, and why, in a line.
#pragma once

#include <string>

#include "checker/explore/explorer.h"

namespace lockweave::explore {

struct ChosenStrategy {
  Strategy strategy;
  std::string reason;  // empty if the user chose
};

ChosenStrategy choose_strategy(Strategy asked, const ExploreOptions& options);

}  // namespace lockweave::explore
