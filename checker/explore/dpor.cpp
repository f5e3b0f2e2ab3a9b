#include "checker/explore/dpor.h"

#include "checker/explore/dpor_search.h"

namespace lockweave::explore {

Exploration DporExplorer::explore(System& system) {
  DporSearch search(system, options_);
  const ScheduleSource source([&] { return search.path(); });
  return search.explore();
}

}  // namespace lockweave::explore
