// The four answers.
#pragma once

#include <cstdint>
#include <string_view>

namespace lockweave {

enum class Verdict : std::uint8_t {
  Pass,        // everything holds, and everything was explored
  Fail,        // a violation
  Incomplete,  // no violation found, but something was not explored or not judged
  Error,       // something outside the subset was met, and no violation found
};

constexpr std::string_view to_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::Pass: return "pass";
    case Verdict::Fail: return "fail";
    case Verdict::Incomplete: return "incomplete";
    case Verdict::Error: return "error";
  }
  return "";
}

}  // namespace lockweave
