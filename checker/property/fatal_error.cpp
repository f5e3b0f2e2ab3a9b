#include "checker/property/fatal_error.h"

#include <fmt/format.h>

namespace lockweave::property {

bool FatalErrorProperty::breaks(const Event& event) const {
  return event.kind == EventKind::FatalError;
}

std::string FatalErrorProperty::message(const Event& event, Names& names) const {
  return fmt::format("the interpreter stops in {}: {}", names.thread(event.thread), names.name(event.subject));
}

}  // namespace lockweave::property
