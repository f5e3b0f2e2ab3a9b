// Two module objects of one name were handed out, both initialised with success.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class DuplicateModuleProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::DuplicateModule; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
