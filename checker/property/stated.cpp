#include "checker/property/stated.h"

#include <fmt/format.h>

namespace lockweave::property {

bool InvariantProperty::breaks(const Event& event) const {
  return event.kind == EventKind::InvariantBroken;
}

std::string InvariantProperty::message(const Event& event, Names& names) const {
  return fmt::format("after a step of {} this does not hold: {}", names.thread(event.thread), names.name(event.subject));
}

std::string unmet_message(const std::string& function) { return fmt::format("the execution ends, and this has not come to hold: {}", function); }

}  // namespace lockweave::property
