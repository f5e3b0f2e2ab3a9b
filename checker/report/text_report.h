// The report that people read. A failure's last line is the one command line that replays it.
#pragma once

#include <string>

#include "checker/report/report.h"

namespace lockweave::report {

struct TextOptions {
  std::size_t width = 100;
  bool timings = true;  // seconds and bytes: the two things that differ from run to run
};

// The whole of one cell.
std::string to_text(const Report& report, const TextOptions& options = {});

// Its parts. One violation, from the property's word to the replay line.
std::string to_text(const Report& report, const Violation& violation, const TextOptions& options);
// All ends of the program, one schedule each.
std::string outcomes_text(const Report& report);
// "12,345 states, …"
std::string stats_line(const Report& report, bool timings);

}  // namespace lockweave::report
