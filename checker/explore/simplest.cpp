#include "checker/explore/simplest.h"

#include <algorithm>
#include <tuple>

namespace lockweave::explore {

std::vector<Counterexample> simplest_of(const PreemptionSearch& search, bool each) {
  std::vector<PropertyWord> words = search.found().words();
  std::ranges::stable_sort(words, {}, [&](PropertyWord word) { return *search.least_cost(word); });
  if (!each && words.size() > 1) words.resize(1);
  std::vector<Counterexample> found;
  for (const PropertyWord word : words) found.push_back(search.counterexample(word));
  return found;
}

Budget budget_after(const Budget& budget, bool was_stopped) {
  Budget own = budget;
  own.max_states = Budget::kUnlimited;
  if (own.max_bytes != Budget::kUnlimited) own.max_bytes += own.max_bytes / 10;
  if (was_stopped) {
    constexpr double kGraceSeconds = 10;
    own.max_seconds = kGraceSeconds;
    own.interrupt = nullptr;  // it is set already
  }
  return own;
}

std::vector<Counterexample> find_simplest(StateGraph& graph, std::size_t bytes, bool each, const Budget& budget, bool was_stopped,
                                          const Unmet* unmet) {
  BudgetWatch watch(budget_after(budget, was_stopped));
  PreemptionSearch::Limits limits;
  (each ? limits.stop_at_all_of : limits.stop_at_first_of) = unmet == nullptr ? graph.broken() : PropertySet{PropertyWord::Eventually};
  limits.unmet = unmet;
  PreemptionSearch search(graph, watch, bytes - graph.bytes(), limits);
  search.run();
  return simplest_of(search, each);
}

}  // namespace lockweave::explore
