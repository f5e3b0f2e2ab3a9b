// One line on a terminal that says how far a long run is, rewritten in place.
#pragma once

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace lockweave::report {

struct ProgressNumbers {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint64_t depth = 0;
  std::uint64_t frontier = 0;
  std::uint64_t bytes = 0;
  double seconds = 0;
};

// "12,345 states, 31,000 steps/s, depth 40, 1,234 to explore, 12.0 MiB, 3.10 s"
std::string progress_text(const ProgressNumbers& numbers);

class ProgressLine {
 public:
  // `out` outlives this. Nothing is written if it is not `enabled`.
  ProgressLine(std::ostream& out, bool enabled, std::size_t width) : out_(out), enabled_(enabled), width_(width) {}
  ~ProgressLine() { clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  void set_subject(std::string subject) { subject_ = std::move(subject); }
  void show(const ProgressNumbers& numbers);
  // Takes the line away, before something else is printed.
  void clear();
  bool enabled() const { return enabled_; }

 private:
  using Clock = std::chrono::steady_clock;

  std::ostream& out_;
  bool enabled_;
  std::size_t width_;
  std::string subject_;
  bool shown_ = false;
  Clock::time_point last_{};
};

}  // namespace lockweave::report
