// What is said of a counterexample from a search with movers when two preemptions or more are on it: that it is the simplest, or a simpler one.
#pragma once

#include <optional>

#include "checker/explore/explorer.h"

namespace lockweave::explore {

// Can a search by preemptions say more of it than the search that found it?
bool may_be_simpler(const Counterexample& found);

// Searches executions by preemptions, up to as many as `found` has, for one that breaks the same property. Nothing if it takes more than
// twice as many states as `explored`, or more than the budget has left. Else the simplest, and it is known to be that.
// Requires: may_be_simpler(found); the system has no movers (System::leave_movers_out).
std::optional<Counterexample> simplest_without_movers(System& system, const Counterexample& found, const Stats& explored, ExploreOptions options);

}  // namespace lockweave::explore
