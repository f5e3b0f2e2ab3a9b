#include "checker/explore/serial_reference.h"

#include "checker/explore/state_graph.h"

namespace lockweave::explore {

ReferenceRun explore_reference(System& system, bool timeouts_last, BudgetWatch& watch) {
  StateGraph graph(system, {.properties = {}, .timeouts_last = timeouts_last, .want_outcomes = false, .reference = nullptr, .serial = true});
  ReferenceRun run;
  const auto bytes = [&] { return graph.bytes() + system.table_bytes(); };
  StateNumber state = 0;
  for (; state < graph.state_count() && !watch.is_spent(graph.state_count(), bytes); ++state) {
    if (graph.expand(state) == StateGraph::End::Refined) {
      run.refined = true;
      return run;
    }
  }
  run.states = graph.state_count();
  run.reference.records = graph.serial_records();
  run.reference.complete = state == graph.state_count() && !graph.unsupported();
  return run;
}

}  // namespace lockweave::explore
