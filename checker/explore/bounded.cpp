#include "checker/explore/bounded.h"

#include <fmt/format.h>

#include "checker/explore/graph_run.h"
#include "checker/explore/preemption_search.h"

namespace lockweave::explore {

Exploration BoundedExplorer::explore(System& system) {
  GraphRun run(system, options_);
  const ScheduleSource source([&] { return run.graph().current_path(); });
  PreemptionSearch::Limits limits;
  limits.expand = true;
  limits.max_preemptions = options_.preemptions;
  for (;;) {
    PreemptionSearch search(run.graph(), run.watch(), system.table_bytes(), limits);
    const PreemptionSearch::End end = search.run(options_.progress);
    if (end == PreemptionSearch::End::Refined) {
      run.start_again();
      continue;
    }
    const bool is_spent = end == PreemptionSearch::End::Spent;
    const bool complete = !is_spent && !search.was_cut();
    // A graph that the bound did not cut is the whole graph, and then a livelock in it is known too.
    Exploration result = run.conclude(complete, search.max_steps(), complete ? nullptr : &search);
    const std::string plural = options_.preemptions == 1 ? "" : "s";
    const char* few = system.has_movers() ? "of the executions that movers leave, every one with" : "every execution with";
    if (complete) {
      result.notes.push_back(fmt::format("no execution has more than {} preemption{}: the bound left nothing out", options_.preemptions, plural));
    } else if (!is_spent && result.error.empty()) {
      result.why_incomplete = fmt::format("{} at most {} preemption{} was explored, and none with more", few, options_.preemptions, plural);
    } else if (is_spent && search.level() > 0) {
      result.why_incomplete += fmt::format("; {} at most {} preemption{} was explored, and some with {}", few, search.level() - 1,
                                           search.level() == 2 ? "" : "s", search.level());
    } else if (is_spent) {
      result.why_incomplete += "; some of the executions without preemptions were explored";
    }
    return result;
  }
}

}  // namespace lockweave::explore
