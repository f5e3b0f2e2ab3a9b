// Reading results off a graph that was explored with like threads put in order (System::arrange). A way through it is an execution
// in which threads have other names from state to state; here it becomes one of the program.
#pragma once

#include <optional>
#include <vector>

#include "checker/explore/explorer.h"
#include "checker/explore/state_graph.h"

namespace lockweave::explore {

// Can the program go round for ever, and every thread that can step infinitely often does? That is asked of the threads
// themselves: cycles of the graph are unfolded, each state once for every way to name its threads. Unknown: too much to unfold, or
// fairness is weak and there is any cycle.
enum class Cycles : std::uint8_t { NoneIsFair, SomeIsFair, Unknown };
Cycles judge_cycles(const StateGraph& graph, Fairness fairness);

// The choices, with the names that the threads have in the execution. Main may join like threads in another order than it does on the
// way through the graph; what it does besides is the same. Requires: the choices lead through states as arranged.
std::vector<Choice> real_choices(System& system, const std::vector<Choice>& arranged);

std::uint32_t preemptions_of(System& system, const std::vector<Choice>& choices, bool timeouts_last);

// What the outcomes found stand for: each with the like threads in every order in which there is an execution to it.
// Requires: the graph was explored with GraphOptions::want_outcomes.
std::vector<ReachedOutcome> all_outcomes(System& system, const StateGraph& graph);

// The simplest ways to break these, searched among all executions with no reduction but merging, up to a number of states. What is not found is left out.
// `bytes`: what is kept besides. `was_stopped`: as for find_simplest.
std::vector<Counterexample> find_simplest_anywhere(System& system, PropertySet broken, const ExploreOptions& options, std::size_t bytes, bool was_stopped);

}  // namespace lockweave::explore
