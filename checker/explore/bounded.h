// By preemptions: every execution with none, then with one, … up to a bound. States are stored, each is run once.
#pragma once

#include "checker/explore/explorer.h"

namespace lockweave::explore {

class BoundedExplorer final : public Explorer {
 public:
  explicit BoundedExplorer(ExploreOptions options) : options_(std::move(options)) {}
  // Complete only if the bound left nothing out.
  Exploration explore(System& system) override;

 private:
  ExploreOptions options_;
};

}  // namespace lockweave::explore
