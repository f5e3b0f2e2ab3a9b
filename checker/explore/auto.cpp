#include "checker/explore/auto.h"

namespace lockweave::explore {

ChosenStrategy choose_strategy(Strategy asked, const ExploreOptions&) {
  if (asked != Strategy::Auto) return {asked, {}};
  return {Strategy::Exhaustive, "strategy exhaustive: it explores everything and judges every property that is judged at all"};
}

}  // namespace lockweave::explore
