// The exhaustive search that stores a 64-bit fingerprint of each state instead of the state: breadth first, the states of the
// present and the next layer in line, no transitions. Two states with one fingerprint count as one, so what it found is
// true and what it did not find may be there: it says how many states it is expected to have missed.
//
// Of each state it keeps by which transition it was found first, a byte or two, so that there is a way to whatever is found. The
// simplest way is then looked for by a second search, which stores states but only as many as it needs.
#pragma once

#include "checker/explore/explorer.h"

namespace lockweave::explore {

class FingerprintExplorer final : public Explorer {
 public:
  explicit FingerprintExplorer(ExploreOptions options) : options_(std::move(options)) {}
  Exploration explore(System& system) override;

 private:
  ExploreOptions options_;
};

// How many of n different states are expected to be taken for another of them: n^2 / 2^65.
double expected_missed(std::uint64_t states);

}  // namespace lockweave::explore
