#include "model/design/texts.h"

#include "model/base/diagnostic.h"
#include "model/base/embedded.h"
#include "model/base/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace lockweave::design {
namespace {

constexpr std::string_view suffix = ".py";
constexpr std::string_view common = "common";

// The name that BASED_ON gives; empty if it is not there.
Result<std::string> base_of(TextFolder folder, const SourceFile& text) {
  static const std::regex line(R"((^|\n)BASED_ON[ \t]*=[ \t]*([^\n]*))");
  static const std::regex quoted(R"((['"])([^'"\\]*)\1[ \t\r]*(#.*)?)");
  std::smatch found;
  const std::string& whole = text.text();
  if (!std::regex_search(whole, found, line)) return std::string();
  const std::string given = found[2];
  std::smatch parts;
  if (!std::regex_match(given, parts, quoted)) {
    const auto begin = static_cast<std::uint32_t>(found.position(2));
    return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("BASED_ON is the name of one other {} in quotes, such as '{}'", folder.what, names_in(folder).front()), text,
                                SourceSpan{begin, begin + static_cast<std::uint32_t>(given.size())}));
  }
  const std::string name = parts[2];
  const std::vector<std::string> known = names_in(folder);
  if (std::ranges::find(known, name) != known.end()) return name;
  return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("there is no {} '{}' that this one could be based on", folder.what, name), text.name()).with_hint(suggestion(name, known)));
}

}  // namespace

std::vector<std::string> names_in(TextFolder folder) {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with(folder.path)) continue;
    const std::string_view name = file.path.substr(folder.path.size(), file.path.size() - folder.path.size() - suffix.size());
    if (name != common) names.emplace_back(name);
  }
  std::ranges::sort(names);
  return names;
}

SourceFile text_in(TextFolder folder, std::string_view name) {
  std::string path = fmt::format("{}{}{}", folder.path, name, suffix);
  std::string text(*embedded_file(path));
  return SourceFile(std::move(path), std::move(text));
}

Result<std::vector<SourceFile>> with_bases(TextFolder folder, const SourceFile& own) {
  std::vector<SourceFile> texts{own};
  for (;;) {
    const auto base = base_of(folder, texts.front());
    if (!base) return fail(base);
    if (base->empty()) return texts;
    constexpr std::size_t most = 10;
    if (texts.size() == most) return fail(make_diagnostic(DiagnosticCode::LimitExceeded, "these texts are based on each other for ever", own.name()));
    texts.insert(texts.begin(), text_in(folder, *base));
  }
}

bool is_text_path(std::string_view word) { return word.find('/') != std::string_view::npos || word.ends_with(suffix); }

}  // namespace lockweave::design
