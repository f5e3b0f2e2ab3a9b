#include "checker/cli/output.h"

#include "checker/cli/values.h"
#include "checker/report/json_report.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace lockweave::cli {

void add_output_options(CLI::App& command, OutputOptions& options) {
  command.add_option("--format", options.formats, "what to write to standard output: text (default) or json")->type_name("text|json")->allow_extra_args(false);
  command.add_option("--json", options.json, "write the report as JSON to FILE, one object a line; - is standard output")->type_name("FILE");
}

Result<Output> Output::open(const OutputOptions& options, Console& console) {
  const std::vector<std::string> known{"text", "json"};
  for (const auto& format : options.formats) {
    if (const auto word = read_word("--format", format, known); !word) return fail(word);
  }
  const auto is_asked = [&](const std::string& format) { return std::ranges::find(options.formats, format) != options.formats.end(); };
  const bool json_on_out = options.json == "-" || (is_asked("json") && options.json.empty());
  if (json_on_out && is_asked("text"))
    return fail(make_diagnostic(DiagnosticCode::UsageError, "standard output cannot hold text and JSON at once").with_hint("--json FILE writes JSON to a file"));
  Output output(console);
  output.text_ = !json_on_out && (options.formats.empty() || is_asked("text"));
  if (json_on_out) {
    output.json_ = &console.out;
  } else if (!options.json.empty()) {
    output.json_name_ = options.json;
    output.file_ = std::make_unique<std::ofstream>(options.json, std::ios::binary | std::ios::trunc);
    if (!*output.file_) return fail(make_diagnostic(DiagnosticCode::UnreadableFile, std::string("cannot be written: ") + std::strerror(errno), options.json));
    output.json_ = output.file_.get();
  }
  return output;
}

void Output::write(const report::Report& report, const std::string& text) {
  if (json_ != nullptr) *json_ << report::to_json(report) << std::flush;
  write_text(text);
  if (!report.error.empty()) {
    console_->out << std::flush;
    console_->err << report.error << (report.error.ends_with('\n') ? "" : "\n") << std::flush;
  }
}

void Output::write_text(const std::string& text) {
  if (text_) console_->out << text << std::flush;
}

Result<void> Output::finish() {
  if (file_ != nullptr && !*file_) return fail(make_diagnostic(DiagnosticCode::UnreadableFile, "could not be written completely", json_name_));
  if (!console_->out) return fail(make_diagnostic(DiagnosticCode::UnreadableFile, "standard output could not be written completely"));
  return {};
}

}  // namespace lockweave::cli
