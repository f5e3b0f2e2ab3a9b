#include "checker/report/progress.h"

#include <fmt/format.h>

#include <ostream>

#include "checker/report/words.h"

namespace lockweave::report {

std::string progress_text(const ProgressNumbers& numbers) {
  const double rate = numbers.seconds > 0 ? static_cast<double>(numbers.transitions) / numbers.seconds : 0;
  return fmt::format("{}, {} steps/s, depth {}, {} to explore, {}, {}", count(numbers.states, "state"), grouped(static_cast<std::uint64_t>(rate)),
                     grouped(numbers.depth), grouped(numbers.frontier), size(numbers.bytes), duration(numbers.seconds));
}

void ProgressLine::show(const ProgressNumbers& numbers) {
  constexpr auto pause = std::chrono::milliseconds(200);
  if (!enabled_) return;
  const auto now = Clock::now();
  if (now - last_ < pause) return;
  last_ = now;
  std::string line = subject_.empty() ? progress_text(numbers) : fmt::format("{}: {}", subject_, progress_text(numbers));
  if (columns(line) >= width_) line = progress_text(numbers);
  out_ << "\r\033[K" << wrap(line, width_ - 1, 0).front() << std::flush;
  shown_ = true;
}

void ProgressLine::clear() {
  if (!shown_) return;
  out_ << "\r\033[K" << std::flush;
  shown_ = false;
}

}  // namespace lockweave::report
