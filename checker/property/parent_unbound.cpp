#include "checker/property/parent_unbound.h"

#include <fmt/format.h>

namespace lockweave::property {

bool ParentUnboundProperty::breaks(const Event& event) const {
  return event.kind == EventKind::ParentUnbound;
}

std::string ParentUnboundProperty::message(const Event& event, Names& names) const {
  return fmt::format("import of '{}' returned in {}, but the package has no such attribute yet", names.name(event.subject),
                     names.thread(event.thread));
}

bool ChildBeforeParentProperty::breaks(const Event& event) const {
  return event.kind == EventKind::ChildBeforeParent;
}

std::string ChildBeforeParentProperty::message(const Event& event, Names& names) const {
  return fmt::format("the body of '{}' begins in {} before another thread has finished its package", names.name(event.subject),
                     names.thread(event.thread));
}

}  // namespace lockweave::property
