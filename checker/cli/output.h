// Where reports go: text to standard output, JSON to a file or to standard output, which then holds nothing else.
#pragma once

#include "checker/cli/command.h"
#include "checker/report/report.h"
#include "model/base/result.h"

#include <CLI/CLI.hpp>

#include <fstream>
#include <memory>
#include <string>
#include <vector>

namespace lockweave::cli {

struct OutputOptions {
  std::vector<std::string> formats;  // text, json
  std::string json;                  // a file, or "-"
};

void add_output_options(CLI::App& command, OutputOptions& options);

class Output {
 public:
  // Opens the JSON file, so that one that cannot be written is known before a long exploration.
  static Result<Output> open(const OutputOptions& options, Console& console);

  bool wants_text() const { return text_; }
  bool wants_json() const { return json_ != nullptr; }
  // One cell. `text` is its text report. What is wrong with the program goes to `err` in any case.
  void write(const report::Report& report, const std::string& text);
  void write_text(const std::string& text);
  // Requires: everything is written. An error if some of it could not be.
  Result<void> finish();

 private:
  explicit Output(Console& console) : console_(&console) {}

  Console* console_;  // outlives this
  bool text_ = true;
  std::string json_name_;
  std::unique_ptr<std::ofstream> file_;
  std::ostream* json_ = nullptr;  // file_ or the console's out
};

}  // namespace lockweave::cli
