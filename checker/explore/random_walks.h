// Seeded random executions: what the uniform and the PCT strategy share. A strategy is a Picker.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "checker/explore/explorer.h"
#include "model/base/random.h"

namespace lockweave::explore {

// Decides each step of one walk after the other.
class Picker {
 public:
  virtual ~Picker() = default;
  // A new walk begins; `longest`: steps of the longest walk so far, 0 before the first.
  virtual void begin(Random& random, std::uint64_t longest) = 0;
  // The index of the choice to make. Requires: choices is not empty.
  virtual std::size_t pick(const std::vector<Choice>& choices, Random& random) = 0;
  // What was run, for the verdict's reason: "uniform", "PCT of depth 3".
  virtual std::string name() const = 0;
};

// Runs walks until their number, the budget, or (without keep_going) a violation ends it. Walk i of a seed is the same
// whatever was run before it, but for PCT's estimate of the length, which is that of the first walk.
Exploration explore_by_walks(System& system, const ExploreOptions& options, Picker& picker);

}  // namespace lockweave::explore
