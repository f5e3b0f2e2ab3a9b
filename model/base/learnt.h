// Counts what steps teach a system that outlasts the execution they belong to (model/state/sharing.h): whether a step has taught
// something is seen by comparing the count before it with the one after it. Each thread counts for itself.
// A system that has run the same steps that taught it, in the same order, knows the same (checker/explore/checkpoint.h).
#pragma once

#include <cstdint>

namespace lockweave {

inline std::uint64_t& things_learnt() {
  thread_local std::uint64_t count = 0;
  return count;
}

}  // namespace lockweave
