// Texts that are part of the program: the library modules, the designs, the C side of import.
// Paths are those of the project's tree, e.g. "specs/designs/textbook/design.toml".
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace lockweave {

struct EmbeddedFile {
  std::string_view path;
  std::string_view text;
};

// All of them, sorted by path. The table is made at build time (embed_files_tool).
std::span<const EmbeddedFile> embedded_files();

// The text of one file; nothing if there is no such path.
std::optional<std::string_view> embedded_file(std::string_view path);

}  // namespace lockweave
