// What the scenario itself states. `sometimes` and `eventually` are about all executions: the explorers judge them.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class InvariantProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::Invariant; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
