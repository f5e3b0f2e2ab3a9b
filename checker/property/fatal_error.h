// Py_FatalError.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class FatalErrorProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::FatalError; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
