// An exception left a thread's function or main.py.
#pragma once

#include "checker/property/property.h"

namespace lockweave::property {

class ExceptionProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::Exception; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

class AssertionProperty final : public Property {
 public:
  PropertyWord word() const override { return PropertyWord::Assertion; }
  bool breaks(const Event& event) const override;
  std::string message(const Event& event, Names& names) const override;
};

}  // namespace lockweave::property
