#include "checker/property/lock_leak.h"

#include <fmt/format.h>

namespace lockweave::property {

bool LockLeakProperty::breaks(const Event& event) const {
  return event.kind == EventKind::LockLeaked;
}

std::string LockLeakProperty::message(const Event& event, Names& names) const {
  return fmt::format("every thread has ended and this is left: {}", names.name(event.subject));
}

}  // namespace lockweave::property
