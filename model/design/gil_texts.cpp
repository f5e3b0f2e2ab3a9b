#include "model/design/gil_texts.h"

#include "model/design/texts.h"

#include <algorithm>
#include <array>
#include <regex>

namespace lockweave::design {
std::vector<std::string> gil_names() { return names_in(gil_folder); }

SourceFile gil_text(std::string_view name) { return text_in(gil_folder, name); }

Result<std::vector<SourceFile>> gil_with_bases(const SourceFile& own) { return with_bases(gil_folder, own); }

bool is_gil_path(std::string_view gil) { return is_text_path(gil); }

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
