#include "checker/property/wait_graph.h"

#include <algorithm>

namespace lockweave::property {

namespace {

// The wait that can close a cycle, or null.
const Waiting* wait_of(const std::vector<Waiting>& waiting, ThreadNumber thread) {
  for (const Waiting& wait : waiting) {
    if (wait.thread == thread && !wait.timed && wait.has_owner) return &wait;
  }
  return nullptr;
}

}  // namespace

std::vector<ThreadNumber> find_wait_cycle(const std::vector<Waiting>& waiting) {
  std::vector<ThreadNumber> best;
  for (const Waiting& start : waiting) {
    std::vector<ThreadNumber> cycle;
    const Waiting* at = wait_of(waiting, start.thread);
    // A walk of more steps than there are waits goes round without meeting its start.
    while (at != nullptr && cycle.size() <= waiting.size()) {
      cycle.push_back(at->thread);
      if (at->owner == start.thread) break;
      at = wait_of(waiting, at->owner);
    }
    if (at == nullptr || cycle.size() > waiting.size()) continue;
    std::rotate(cycle.begin(), std::min_element(cycle.begin(), cycle.end()), cycle.end());
    if (best.empty() || cycle < best) best = cycle;
  }
  return best;
}

}  // namespace lockweave::property
