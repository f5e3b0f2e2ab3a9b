// The report that programs read: one object a cell, on one line. docs/trace.schema.json says what is in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/report/report.h"
#include "model/base/result.h"

namespace lockweave::report {

// One line, with its "\n".
std::string to_json(const Report& report);

// What a replay needs of a report: read back from to_json's text, strictly.
struct RecordedOutcome {
  std::string schedule;
  std::string standard_output;
  Outcome outcome;  // ends of threads, their output, modules
};
struct Recorded {
  std::string scenario;
  std::string design;
  bool is_ordered = false;
  std::vector<Violation> violations;
  std::vector<RecordedOutcome> outcomes;
};

// All cells of a report file. MalformedReport, with the file's name, for anything that to_json does not write.
Result<std::vector<Recorded>> read_json(std::string_view text, const std::string& file);

}  // namespace lockweave::report
