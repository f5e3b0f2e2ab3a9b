// A schedule run once more, step by step. Everything that follows given choices uses this one walk.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "checker/trace/trace.h"
#include "model/system.h"

namespace lockweave::trace {

enum class WalkEnd : std::uint8_t {
  Followed,     // every choice was made
  Differs,      // a choice is not there to make
  Unsupported,  // a step could not be run
};

struct Walk {
  WalkEnd end = WalkEnd::Followed;
  Trace trace;
  std::size_t steps = 0;      // choices made
  std::string difference;     // Differs: where and why; Unsupported: the rendered diagnostic
};

struct WalkOptions {
  bool timeouts_last = false;
  bool with_words = true;  // file, line, operation …: only then is the trace more than threads and switches
};

// `on_step(i, report)`: after choice i was made; the system stands behind it, and still records if with_words.
// `on_start()`: at the initial state, again if the system starts again because it learned something (Refined).
struct WalkObserver {
  std::function<void()> on_start;
  std::function<void(std::size_t, const StepReport&)> on_step;
};

// Recording is on during the walk and off afterwards; the system stays where the walk ended.
Walk build_trace(System& system, std::span<const Choice> choices, const WalkOptions& options, const WalkObserver& observer = {});

}  // namespace lockweave::trace
