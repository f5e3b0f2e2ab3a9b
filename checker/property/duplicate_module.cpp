#include "checker/property/duplicate_module.h"

#include <fmt/format.h>

namespace lockweave::property {

bool DuplicateModuleProperty::breaks(const Event& event) const {
  return event.kind == EventKind::ImportReturned && (event.flags & SecondObject) != 0;
}

std::string DuplicateModuleProperty::message(const Event& event, Names& names) const {
  return fmt::format("an import gave {} a second, separately initialised module '{}'", names.thread(event.thread),
                     names.name(event.subject));
}

}  // namespace lockweave::property
