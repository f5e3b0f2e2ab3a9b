#include "model/design/gil_texts.h"

#include "model/base/diagnostic.h"
#include "model/base/embedded.h"
#include "model/base/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <regex>

namespace lockweave::design {
namespace {

constexpr std::string_view folder = "specs/gil/";
constexpr std::string_view suffix = ".py";

// The name that BASED_ON gives; empty if it is not there.
Result<std::string> base_of(const SourceFile& text) {
  static const std::regex line(R"((?:^|\n)BASED_ON = '([^'\n]*)')");
  std::smatch found;
  if (!std::regex_search(text.text(), found, line)) return std::string();
  const std::string name = found[1];
  const std::vector<std::string> known = gil_names();
  if (std::ranges::find(known, name) != known.end()) return name;
  return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("there is no GIL '{}' that this one could be based on", name), text.name()).with_hint(suggestion(name, known)));
}

}  // namespace

std::vector<std::string> gil_names() {
  std::vector<std::string> names;
  for (const EmbeddedFile& file : embedded_files()) {
    if (!file.path.starts_with(folder) || file.path == common_gil_text) continue;
    names.emplace_back(file.path.substr(folder.size(), file.path.size() - folder.size() - suffix.size()));
  }
  std::ranges::sort(names);
  return names;
}

SourceFile gil_text(std::string_view name) {
  std::string path = fmt::format("{}{}{}", folder, name, suffix);
  std::string text(*embedded_file(path));
  return SourceFile(std::move(path), std::move(text));
}

Result<std::vector<SourceFile>> gil_with_bases(const SourceFile& own) {
  std::vector<SourceFile> texts{own};
  for (;;) {
    const auto base = base_of(texts.front());
    if (!base) return fail(base);
    if (base->empty()) return texts;
    constexpr std::size_t most = 10;
    if (texts.size() == most) return fail(make_diagnostic(DiagnosticCode::LimitExceeded, "these texts are based on each other for ever", own.name()));
    texts.insert(texts.begin(), gil_text(*base));
  }
}

bool is_gil_path(std::string_view gil) { return gil.find('/') != std::string_view::npos || gil.ends_with(suffix); }

bool is_plain_gil(std::string_view name) {
  constexpr std::array<std::string_view, 4> plain{"eager", "lazy", "lazy-first-fix", "lazy-thread-start"};
  return std::ranges::find(plain, name) != plain.end();
}

GilTraits gil_traits(const SourceFile& own) {
  static const std::regex at_once(R"((?:^|\n)PYTHON_AT_ONCE = True(?:\n|$))");
  static const std::regex collects(R"((?:^|\n)def collect_garbage\()");
  GilTraits traits;
  const auto texts = gil_with_bases(own);
  if (!texts) return traits;
  for (const SourceFile& text : *texts) {
    traits.python_at_once = traits.python_at_once || std::regex_search(text.text(), at_once);
    traits.stops_for_collection = traits.stops_for_collection || std::regex_search(text.text(), collects);
  }
  return traits;
}

}  // namespace lockweave::design
