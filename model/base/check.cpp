#include "model/base/check.h"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <utility>

namespace lockweave {

namespace {

// Searches run in several threads, and each may fail: the hook is read and set under a lock, and called outside it.
std::mutex hook_mutex;
FailureHook& current_hook() {
  static FailureHook hook;
  return hook;
}

}  // namespace

std::string render(const BrokenInvariant& broken) {
  return fmt::format("{}:{}: {} ({} does not hold)", broken.place.file_name(), broken.place.line(), broken.words, broken.condition);
}

FailureHook set_failure_hook(FailureHook hook) {
  const std::scoped_lock lock(hook_mutex);
  return std::exchange(current_hook(), std::move(hook));
}

void report_broken_invariant(std::string_view condition, std::string_view words, std::source_location place) {
  const BrokenInvariant broken{condition, words, place};
  FailureHook hook;
  {
    const std::scoped_lock lock(hook_mutex);
    hook = current_hook();
  }
  if (hook) hook(broken);
  fmt::print(stderr, "{}\n", render(broken));
  std::abort();
}

}  // namespace lockweave
