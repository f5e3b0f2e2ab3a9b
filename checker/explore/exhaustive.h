// Breadth first, exact: every state once, all states stored.
#pragma once

#include "checker/explore/explorer.h"

namespace lockweave::explore {

class ExhaustiveExplorer final : public Explorer {
 public:
  explicit ExhaustiveExplorer(ExploreOptions options) : options_(std::move(options)) {}
  Exploration explore(System& system) override;

 private:
  ExploreOptions options_;
};

}  // namespace lockweave::explore
