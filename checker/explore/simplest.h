// The simplest counterexamples of an explored graph: fewest preemptions, then fewest steps, then the row of the
// property table, then the least sequence of choices.
#pragma once

#include <cstddef>
#include <vector>

#include "checker/budget.h"
#include "checker/explore/preemption_search.h"
#include "checker/explore/state_graph.h"

namespace lockweave::explore {

// What the search found: the simplest of all, or (each) one of each property, simplest first.
std::vector<Counterexample> simplest_of(const PreemptionSearch& search, bool each);

// Of a search for the simplest after an exploration. `was_stopped`: the budget is spent already; the search then has a short
// time and a tenth of the memory on top of it.
Budget budget_after(const Budget& budget, bool was_stopped);

// Searches the graph as far as it is explored.
// `unmet`: look for executions that leave this obligation unmet, and for nothing else; may be null.
std::vector<Counterexample> find_simplest(StateGraph& graph, std::size_t bytes, bool each, const Budget& budget, bool was_stopped,
                                          const Unmet* unmet = nullptr);

}  // namespace lockweave::explore
