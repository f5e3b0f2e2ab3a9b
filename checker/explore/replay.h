// Follows a schedule, judges it, and says where it first cannot be followed.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/property/property_set.h"
#include "checker/trace/build_trace.h"
#include "model/system.h"

namespace lockweave::explore {

struct ReplayOptions {
  property::PropertySet properties = property::PropertySet::defaults();
  bool timeouts_last = false;
  bool with_words = true;
  std::size_t loop_begin = 0;  // if not 0: the steps after this many are said to come back to where they began
};

struct Replay {
  struct Told {
    PropertyWord property;
    std::string message;
    std::size_t step;  // the number of the step that broke it; 0: the initial state
    bool operator==(const Told&) const = default;
  };

  trace::WalkEnd end = trace::WalkEnd::Followed;
  std::string difference;          // where and why it could not be followed
  trace::Trace trace;
  std::vector<Told> violations;    // the first of each property, in the order of their steps
  bool loop_closes = false;        // they do
  std::optional<Outcome> outcome;  // if nothing is left to do at the end

  const Told* violation_of(PropertyWord property) const;
};

Replay replay(System& system, std::span<const Choice> choices, const ReplayOptions& options);

}  // namespace lockweave::explore
