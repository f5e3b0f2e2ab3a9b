// What the scenario itself states. `sometimes` and `eventually` are about all executions: the explorers judge them.
#pragma once

#include <string>

#include "checker/property/property.h"

namespace lockweave::property {

class InvariantProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::Invariant; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

// Of an execution that ends before the function given to `eventually` has come to hold.
std::string unmet_message(const std::string& function);

}  // namespace lockweave::property
