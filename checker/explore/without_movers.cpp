#include "checker/explore/without_movers.h"

#include <algorithm>

#include "checker/explore/graph_run.h"
#include "checker/explore/preemption_search.h"
#include "checker/explore/simplest.h"
#include "model/base/check.h"

namespace lockweave::explore {

// Cycles, obligations and what is compared with reference executions are not seen on the way.
bool may_be_simpler(const Counterexample& found) {
  constexpr std::uint32_t kFewestToTell = 2;
  const bool is_seen_on_the_way = found.property != PropertyWord::Livelock && found.property != PropertyWord::Eventually &&
                                  found.property != PropertyWord::Unserializable && found.property != PropertyWord::Sometimes;
  return found.preemptions >= kFewestToTell && is_seen_on_the_way;
}

std::optional<Counterexample> simplest_without_movers(System& system, const Counterexample& found, const Stats& explored, ExploreOptions options) {
  LOCKWEAVE_CHECK(!system.has_movers() && may_be_simpler(found), "a search without movers that cannot say more");
  constexpr std::uint64_t kFewStates = 50'000;
  options.budget.max_states = std::min(options.budget.max_states, std::max(kFewStates, 2 * explored.states));
  options.budget.max_seconds -= explored.seconds;
  options.properties = {found.property};
  options.want_outcomes = false;
  options.checkpoint = {};
  GraphRun run(system, options);
  PreemptionSearch::Limits limits;
  limits.expand = true;
  limits.max_preemptions = found.preemptions;
  limits.stop_at_first_of = options.properties;
  for (;;) {
    PreemptionSearch search(run.graph(), run.watch(), system.table_bytes(), limits);
    const PreemptionSearch::End end = search.run();
    if (end == PreemptionSearch::End::Refined) {
      run.start_again();
      continue;
    }
    if (end == PreemptionSearch::End::Spent || !search.found().has(found.property)) return std::nullopt;
    return search.counterexample(found.property);
  }
}

}  // namespace lockweave::explore
