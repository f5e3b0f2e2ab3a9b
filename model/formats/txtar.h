// The txtar format: free text, then `-- name --` lines, each followed by that file's content.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"

#include <string>
#include <vector>

namespace lockweave::formats {

struct ArchiveFile {
  std::string name;  // relative, with "/" between folders
  std::string text;  // ends with "\n" unless empty
};

struct Archive {
  std::string comment;
  std::vector<ArchiveFile> files;  // in the archive's order, no name twice
};

// Errors: an empty, absolute or repeated name, one with `..`, a backslash or a control character, and a file that is
// also a folder. Any text is an archive otherwise, be it one of no files.
Result<Archive> parse_txtar(const SourceFile& source);

}  // namespace lockweave::formats
