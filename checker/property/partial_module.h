// An import returned a module that is not ready, and it is another thread that is making it so.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class PartialModuleProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::PartialModule; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

class PartialModuleCycleProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::PartialModuleCycle; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

class PartialReloadProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::PartialReload; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
