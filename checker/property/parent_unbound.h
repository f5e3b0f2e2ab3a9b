// A package and its submodule seen in an order that a program does not expect.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class ParentUnboundProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::ParentUnbound; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

class ChildBeforeParentProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::ChildBeforeParent; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
