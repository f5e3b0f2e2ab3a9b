#include "checker/property/partial_module.h"

#include <fmt/format.h>

namespace lockweave::property {

bool PartialModuleProperty::breaks(const Event& event) const {
  return event.kind == EventKind::ImportReturned && (event.flags & Partial) != 0 && (event.flags & InWaitCycle) == 0;
}

std::string PartialModuleProperty::message(const Event& event, Names& names) const {
  return fmt::format("an import gave {} module '{}', which another thread is still initialising", names.thread(event.thread),
                     names.name(event.subject));
}

bool PartialModuleCycleProperty::breaks(const Event& event) const {
  return event.kind == EventKind::ImportReturned && (event.flags & Partial) != 0 && (event.flags & InWaitCycle) != 0;
}

std::string PartialModuleCycleProperty::message(const Event& event, Names& names) const {
  return fmt::format("an import gave {} module '{}', which another thread is still initialising, because waiting would deadlock",
                     names.thread(event.thread), names.name(event.subject));
}

bool PartialReloadProperty::breaks(const Event& event) const {
  return event.kind == EventKind::ImportReturned && (event.flags & Reloading) != 0;
}

std::string PartialReloadProperty::message(const Event& event, Names& names) const {
  return fmt::format("an import gave {} module '{}', which another thread is reloading", names.thread(event.thread),
                     names.name(event.subject));
}

}  // namespace lockweave::property
