// Seeded random executions: what the uniform and the PCT strategy share. A strategy is a Picker.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checker/explore/explorer.h"
#include "model/base/random.h"

namespace lockweave::explore {

// What was measured on the walks.
struct WalkFacts {
  std::uint64_t walks = 0;
  std::uint64_t threads = 0;        // the most that a walk had
  std::uint64_t steps = 0;          // as given to Picker::begin
  std::uint64_t longer = 0;         // walks with more steps than that, or cut
  bool put_last = false;            // Picker::has_put_last, of some walk
};

// Decides each step of one walk after the other.
class Picker {
 public:
  virtual ~Picker() = default;
  // A new walk begins; `steps`: half as many again as the first walk had, 0 before that has ended.
  virtual void begin(Random& random, std::uint64_t steps) = 0;
  // The index of the choice to make. Requires: choices is not empty.
  virtual std::size_t pick(const std::vector<Choice>& choices, Random& random) = 0;
  // The choice picked was run; `visible`: others can notice something of it.
  virtual void ran(const Choice&, bool /*visible*/) {}
  // In the walk at hand a thread that ran on and on was put last.
  virtual bool has_put_last() const { return false; }
  // What is known about what the walks have met, in words.
  virtual std::string coverage(const WalkFacts& facts) const = 0;
  // What was run, for the verdict's reason: "uniform", "PCT of depth 3".
  virtual std::string name() const = 0;
  // Another one for another walk at the same time.
  virtual std::unique_ptr<Picker> clone() const = 0;
};

// Runs walks until their number, the budget, or (without keep_going) a violation ends it. Walk i of a seed is the same
// whatever was run before it, but for PCT's estimate of the length, which is that of the first walk.
Exploration explore_by_walks(System& system, const ExploreOptions& options, const Picker& picker);

}  // namespace lockweave::explore
