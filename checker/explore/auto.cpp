#include "checker/explore/auto.h"

namespace lockweave::explore {

ChosenStrategy choose_strategy(Strategy asked, const ExploreOptions&) {
  if (asked != Strategy::Auto) return {asked, {}};
  return {Strategy::Exhaustive, {}};
}

}  // namespace lockweave::explore
