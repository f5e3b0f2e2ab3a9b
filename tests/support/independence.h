// Do footprints say all that steps of different threads have to do with each other? Walks over a system at random; wherever it comes by, every two
// steps of different threads that do not depend on each other by what they touch (checker/explore/dpor_footprints.h) are run in both orders.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/system.h"

namespace lockweave::testing {

struct IndependenceOptions {
  std::uint64_t seed = 1;
  int walks = 4;
  int steps = 300;           // of one walk, at most
  std::uint64_t pairs = 2000;  // at most
  bool timeouts_last = false;  // whether a timed wait gives up is up to everybody then: that choice is left out
};

struct Independence {
  std::uint64_t pairs = 0;            // tried in both orders
  std::uint64_t twins = 0;            // led to two ways to write one state
  std::vector<std::string> mistakes;  // in words, the first few
};

// Steps that are said to be independent must stay possible, touch and report the same, and lead to the same state in either order; a step that makes
// another thread's step possible must depend on it. What the system learns on the way starts the walk again.
Independence try_independence(System& system, const IndependenceOptions& options);

}  // namespace lockweave::testing
