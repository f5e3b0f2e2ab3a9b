#include "checker/property/duplicate_init.h"

#include <fmt/format.h>

namespace lockweave::property {

bool DuplicateInitProperty::breaks(const Event& event) const {
  return event.kind == EventKind::InitialisationStarted &&
         ((event.flags & EarlierRuns) != 0 || ((event.flags & EarlierSucceeded) != 0 && (event.flags & Excused) == 0));
}

std::string DuplicateInitProperty::message(const Event& event, Names& names) const {
  return fmt::format("{} initialises module '{}' {}", names.thread(event.thread), names.name(event.subject),
                     (event.flags & EarlierRuns) != 0 ? "while an earlier initialisation of it is still running"
                                                      : "although an earlier initialisation of it has succeeded");
}

bool DuplicateNativeInitProperty::breaks(const Event& event) const {
  return event.kind == EventKind::NativeInitialisedTwice;
}

std::string DuplicateNativeInitProperty::message(const Event& event, Names& names) const {
  return fmt::format("{} initialises the process-wide state of extension '{}' a second time: it sets {} again, and has not looked at what is there", names.thread(event.thread),
                     names.name(event.subject), names.name(event.other));
}

}  // namespace lockweave::property
