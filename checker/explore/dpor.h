// Optimal dynamic partial order reduction: one execution of each Mazurkiewicz trace, no states stored but those on the
// way. The argument is in docs/reductions.md.
#pragma once

#include "checker/explore/explorer.h"

namespace lockweave::explore {

class DporExplorer final : public Explorer {
 public:
  explicit DporExplorer(ExploreOptions options) : options_(std::move(options)) {}
  Exploration explore(System& system) override;

 private:
  ExploreOptions options_;
};

}  // namespace lockweave::explore
