// What a file to replay holds: a JSON report, or a text trace.
#pragma once

#include "checker/report/json_report.h"
#include "model/base/result.h"

#include <string>
#include <vector>

namespace lockweave::cli {

// One failure of a text report: where its last line says it is from, and its own text, to be told again.
struct RecordedText {
  std::vector<std::string> arguments;  // of `lockweave replay`, without the schedule
  std::string schedule;
  std::string property;                // empty: the schedule of an error
  std::string text;                    // from the property's word to the line before `replay:`
};

struct ReplayFile {
  std::vector<report::Recorded> cells;  // of JSON
  std::vector<RecordedText> texts;      // of a text
};

// Something that can be replayed is in it, or it is an error.
Result<ReplayFile> read_replay_file(const std::string& path);

}  // namespace lockweave::cli
