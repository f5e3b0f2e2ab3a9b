// Every thread has ended of itself and a lock of the import system is still owned.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class LockLeakProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::LockLeak; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
