// Which files of a scenario stand for C code.
#include "model/scenario/scenario.h"

#include <algorithm>
#include <cctype>

namespace lockweave::scenario {
namespace {

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool begins = at == 0 || !is_word_character(text[at - 1]);
    const bool ends = at + word.size() >= text.size() || !is_word_character(text[at + word.size()]);
    if (begins && ends) return true;
  }
  return false;
}

// At top level: `import capi`, `import lockweave, capi`, `from capi import ...`.
bool imports_capi(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line = line.substr(0, line.find('#'));
    if (line.starts_with("from capi import ")) return true;
    if (line.starts_with("import ") && has_word(line, "capi")) return true;
  }
  return false;
}

}  // namespace

bool ScenarioFile::is_c() const { return name.ends_with(extension_suffix) || (name.ends_with(".py") && imports_capi(text)); }

bool Scenario::has_c() const {
  return std::ranges::any_of(files, [](const ScenarioFile& file) { return file.is_c() || (file.name.ends_with(".py") && has_word(file.text, "native_thread")); });
}

}  // namespace lockweave::scenario
