// A system as properties see it: something that turns numbers into words.
#pragma once

#include "checker/property/property.h"
#include "model/system.h"

namespace lockweave::explore {

class SystemNames final : public property::Names {
 public:
  explicit SystemNames(System& system) : system_(system) {}
  std::string name(std::uint32_t name) override { return system_.name_text(name); }
  std::string thread(ThreadNumber thread) override { return system_.thread_name(thread); }

 private:
  System& system_;
};

}  // namespace lockweave::explore
