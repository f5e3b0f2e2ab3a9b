#include "checker/property/exception.h"

#include <fmt/format.h>

namespace lockweave::property {

namespace {

// "KeyError: 'x'", or the name alone when there is no message. A system may give the whole line as the message.
std::string exception_text(const Event& event, Names& names) {
  const std::string name = names.name(event.subject);
  const std::string message = names.name(event.other);
  if (message.empty()) return name;
  return message == name || message.starts_with(name + ": ") ? message : name + ": " + message;
}

}  // namespace

bool ExceptionProperty::breaks(const Event& event) const {
  return event.kind == EventKind::UncaughtException && (event.flags & ScenarioAssert) == 0;
}

std::string ExceptionProperty::message(const Event& event, Names& names) const {
  return fmt::format("{} ended with {}", names.thread(event.thread), exception_text(event, names));
}

bool AssertionProperty::breaks(const Event& event) const {
  return event.kind == EventKind::UncaughtException && (event.flags & ScenarioAssert) != 0;
}

std::string AssertionProperty::message(const Event& event, Names& names) const {
  return fmt::format("an assert of the scenario failed in {}: {}", names.thread(event.thread), exception_text(event, names));
}

}  // namespace lockweave::property
