// Random executions: at each state every choice is equally likely.
#pragma once

#include "checker/explore/explorer.h"

namespace lockweave::explore {

class UniformExplorer final : public Explorer {
 public:
  explicit UniformExplorer(ExploreOptions options) : options_(std::move(options)) {}
  Exploration explore(System& system) override;

 private:
  ExploreOptions options_;
};

}  // namespace lockweave::explore
