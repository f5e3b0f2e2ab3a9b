#include "checker/property/stale_module.h"

#include <fmt/format.h>

namespace lockweave::property {

bool StaleModuleProperty::breaks(const Event& event) const {
  return event.kind == EventKind::ImportReturned && (event.flags & Stale) != 0;
}

std::string StaleModuleProperty::message(const Event& event, Names& names) const {
  return fmt::format("an import gave {} a module '{}' whose own import had failed and which is not in sys.modules",
                     names.thread(event.thread), names.name(event.subject));
}

}  // namespace lockweave::property
