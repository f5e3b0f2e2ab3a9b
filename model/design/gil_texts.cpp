#include "model/design/gil_texts.h"

#include "model/design/texts.h"

#include <algorithm>
#include <array>

namespace lockweave::design {
std::vector<std::string> gil_names() { return names_in(gil_folder); }

SourceFile gil_text(std::string_view name) { return text_in(gil_folder, name); }

Result<std::vector<SourceFile>> gil_with_bases(const SourceFile& own) { return with_bases(gil_folder, own); }

bool is_gil_path(std::string_view gil) { return is_text_path(gil); }

bool is_plain_gil(std::string_view name) {
  constexpr std::array<std::string_view, 4> plain{"eager", "lazy", "lazy-first-fix", "lazy-thread-start"};
  return std::ranges::find(plain, name) != plain.end();
}

}  // namespace lockweave::design
