#include "checker/property/stated.h"

#include <fmt/format.h>

namespace lockweave::property {

bool InvariantProperty::breaks(const Event& event) const {
  return event.kind == EventKind::InvariantBroken;
}

std::string InvariantProperty::message(const Event& event, Names& names) const {
  return fmt::format("after a step of {} this does not hold: {}", names.thread(event.thread), names.name(event.subject));
}

}  // namespace lockweave::property
