// A broken invariant is a mistake of ours, not of the input: say what and where, and stop. On in release builds too.
//
//     LOCKWEAVE_CHECK(decoded == state, "decode(encode(s)) differs from s");
#pragma once

#include <functional>
#include <source_location>
#include <string>
#include <string_view>

namespace lockweave {

struct BrokenInvariant {
  std::string_view condition;
  std::string_view words;
  std::source_location place;
};

// What the text of a broken invariant looks like: "FILE:LINE: WORDS (CONDITION does not hold)".
std::string render(const BrokenInvariant& broken);

// Called on a broken invariant, before the program aborts. The hook may print the schedule so far and exit, or throw
// (tests do); if it returns, the program aborts. Gives back the hook that was set before.
using FailureHook = std::function<void(const BrokenInvariant&)>;
FailureHook set_failure_hook(FailureHook hook);

[[noreturn]] void report_broken_invariant(std::string_view condition, std::string_view words,
                                          std::source_location place = std::source_location::current());

}  // namespace lockweave

#define LOCKWEAVE_CHECK(condition, words)                      \
  do {                                                         \
    if (!(condition)) [[unlikely]]                             \
      ::lockweave::report_broken_invariant(#condition, words); \
  } while (false)
