#include "checker/property/property.h"

#include "checker/property/data_race.h"
#include "checker/property/duplicate_init.h"
#include "checker/property/duplicate_module.h"
#include "checker/property/exception.h"
#include "checker/property/fatal_error.h"
#include "checker/property/lock_leak.h"
#include "checker/property/parent_unbound.h"
#include "checker/property/partial_module.h"
#include "checker/property/stale_module.h"
#include "checker/property/stated.h"

namespace lockweave::property {

Judge::Judge(PropertySet asked) {
  const auto add = [&](std::unique_ptr<Property> property) {
    if (asked.has(property->word())) properties_.push_back(std::move(property));
  };
  add(std::make_unique<ExceptionProperty>());
  add(std::make_unique<AssertionProperty>());
  add(std::make_unique<DuplicateInitProperty>());
  add(std::make_unique<DuplicateNativeInitProperty>());
  add(std::make_unique<DuplicateModuleProperty>());
  add(std::make_unique<PartialModuleProperty>());
  add(std::make_unique<PartialModuleCycleProperty>());
  add(std::make_unique<PartialReloadProperty>());
  add(std::make_unique<StaleModuleProperty>());
  add(std::make_unique<ParentUnboundProperty>());
  add(std::make_unique<ChildBeforeParentProperty>());
  add(std::make_unique<LockLeakProperty>());
  add(std::make_unique<FatalErrorProperty>());
  add(std::make_unique<DataRaceProperty>());
  add(std::make_unique<InvariantProperty>());
}

PropertySet Judge::broken_by(const std::vector<Event>& events) const {
  PropertySet broken;
  for (const Event& event : events) {
    for (const auto& property : properties_) {
      if (property->breaks(event)) broken.add(property->word());
    }
  }
  return broken;
}

std::vector<Violation> Judge::explain(const std::vector<Event>& events, Names& names) const {
  std::vector<Violation> violations;
  for (const Event& event : events) {
    for (const auto& property : properties_) {
      if (property->breaks(event)) violations.push_back({property->word(), property->message(event, names)});
    }
  }
  return violations;
}

}  // namespace lockweave::property
