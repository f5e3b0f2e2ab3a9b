// Files from disk, as text.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"

#include <string>

namespace lockweave {

// A regular file's whole text; `name` is what diagnostics call it (the path if empty). An error if the file is missing,
// is no regular file, cannot be read, or is unreasonably large (an input of ours is a few kilobytes).
Result<SourceFile> read_text_file(const std::string& path, std::string name = {});

// An unreadable-file diagnostic for a path that does not exist, with a similar name from the same folder as hint.
Diagnostic missing_path(const std::string& path);

}  // namespace lockweave
