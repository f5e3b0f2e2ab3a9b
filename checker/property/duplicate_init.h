// A module is initialised again. Two bodies at once fail in any case; one after the other only if the
// scenario did not ask for it (removed or replaced the name, or reloaded).
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class DuplicateInitProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::DuplicateInit; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

class DuplicateNativeInitProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::DuplicateNativeInit; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
