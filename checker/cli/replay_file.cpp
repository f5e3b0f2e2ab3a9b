#include "checker/cli/replay_file.h"

#include "checker/report/words.h"
#include "model/base/property_words.h"
#include "model/base/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace lockweave::cli {

namespace {

constexpr std::string_view replay_prefix = "replay: lockweave replay ";

// The words of a command line as a shell would cut it, as far as report::shell_word quotes. Nothing if a quote stays open.
std::optional<std::vector<std::string>> shell_split(std::string_view line) {
  std::vector<std::string> words;
  std::string word;
  bool in_word = false, quoted = false;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const char c = line[i];
    if (c == '\'') {
      quoted = !quoted;
      in_word = true;
    } else if (!quoted && c == '\\' && i + 1 < line.size()) {
      word += line[++i];
      in_word = true;
    } else if (!quoted && (c == ' ' || c == '\t' || c == '\r')) {
      if (in_word) words.push_back(std::move(word));
      word.clear();
      in_word = false;
    } else {
      word += c;
      in_word = true;
    }
  }
  if (quoted) return std::nullopt;
  if (in_word) words.push_back(std::move(word));
  return words;
}

// "deadlock: these threads …" -> deadlock
std::optional<std::string> property_of(const std::string& line) {
  std::string word = line.substr(0, line.find(':'));
  return property_from_word(word) ? std::optional(std::move(word)) : std::nullopt;
}

std::optional<RecordedText> recorded_from(std::string_view command) {
  auto words = shell_split(command);
  if (!words) return std::nullopt;
  const auto option = std::ranges::find(*words, "--schedule");
  if (option == words->end() || option + 2 != words->end()) return std::nullopt;
  RecordedText recorded;
  recorded.schedule = words->back();
  recorded.arguments.assign(words->begin(), option);
  return recorded;
}

std::vector<RecordedText> read_text(std::string_view text) {
  std::vector<RecordedText> found;
  std::string property, block;
  for (const auto& line : report::lines_of(text)) {
    if (line.starts_with(replay_prefix)) {
      if (auto recorded = recorded_from(std::string_view(line).substr(replay_prefix.size()))) {
        recorded->property = std::exchange(property, {});
        recorded->text = std::exchange(block, {});
        found.push_back(std::move(*recorded));
      }
      continue;
    }
    if (auto word = property_of(line)) {
      property = std::move(*word);
      block.clear();
    }
    if (!property.empty()) block += line + "\n";
  }
  return found;
}

}  // namespace

Result<ReplayFile> read_replay_file(const std::string& path) {
  const auto source = read_text_file(path);
  if (!source) return fail(source);
  const std::string_view text = source->text();
  ReplayFile file;
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && (text[first] == '{' || text[first] == '[')) {
    auto cells = report::read_json(text, path);
    if (!cells) return fail(cells);
    file.cells = std::move(*cells);
    const bool has_schedule = std::ranges::any_of(file.cells, [](const auto& cell) {
      return !cell.outcomes.empty() || std::ranges::any_of(cell.violations, [](const auto& violation) { return !violation.schedule.empty(); });
    });
    if (!has_schedule) return fail(make_diagnostic(DiagnosticCode::MalformedReport, "this report holds no schedule to replay", path));
    return file;
  }
  file.texts = read_text(text);
  if (!file.texts.empty()) return file;
  return fail(make_diagnostic(DiagnosticCode::MalformedReport, "this is neither a JSON report nor a text trace", path)
                  .with_hint("a text trace ends in a line `replay: lockweave replay SCENARIO --design D --schedule …`"));
}

}  // namespace lockweave::cli
