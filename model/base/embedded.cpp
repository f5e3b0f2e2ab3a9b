#include "model/base/embedded.h"

#include <algorithm>

namespace lockweave {

std::optional<std::string_view> embedded_file(std::string_view path) {
  // A scan: the list is short and asked for at start-up only, and its order is cmake's, not ours to rely on.
  const auto files = embedded_files();
  const auto found = std::ranges::find(files, path, &EmbeddedFile::path);
  if (found == files.end()) return std::nullopt;
  return found->text;
}

}  // namespace lockweave
