// An import returned the module of an import that had failed.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class StaleModuleProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::StaleModule; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
