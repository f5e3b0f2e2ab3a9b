// Two unordered accesses, one a write, in code that no GIL protects.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class DataRaceProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::DataRace; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
