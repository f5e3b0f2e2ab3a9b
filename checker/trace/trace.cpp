#include "checker/trace/trace.h"

#include <fmt/format.h>

namespace lockweave::trace {

namespace {

std::string in_words(const TraceStep& step) {
  return fmt::format("thread {} at {}:{} in {}: {} {}", step.thread, step.file, step.line, step.function, step.operation, step.object);
}

}  // namespace

std::string first_difference(const Trace& recorded, const Trace& replayed) {
  const std::size_t common = std::min(recorded.steps.size(), replayed.steps.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (recorded.steps[i] == replayed.steps[i]) continue;
    return fmt::format("step {} differs: recorded {}; replayed {}", i + 1, in_words(recorded.steps[i]), in_words(replayed.steps[i]));
  }
  if (recorded.steps.size() == replayed.steps.size()) return {};
  return fmt::format("{} steps were recorded, {} replayed", recorded.steps.size(), replayed.steps.size());
}

}  // namespace lockweave::trace
