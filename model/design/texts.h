// Parts of CPython's C code that a design chooses as a text: specs/gil, specs/fork, specs/exit, one file a variant. A variant may be based on another one
// (`BASED_ON = 'NAME'` at the beginning of a line), which is executed before it; `common.py` is executed before all of them.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace lockweave::design {

struct TextFolder {
  std::string_view path;  // "specs/gil/"
  std::string_view what;  // "GIL", as messages call one of them
};
inline constexpr TextFolder gil_folder{"specs/gil/", "GIL"};
inline constexpr TextFolder fork_folder{"specs/fork/", "way to fork"};
inline constexpr TextFolder exit_folder{"specs/exit/", "way to end"};

std::vector<std::string> names_in(TextFolder folder);
// Requires: `name` is one of them, or "common".
SourceFile text_in(TextFolder folder, std::string_view name);
// The texts that this one is based on, the first base first, and itself.
Result<std::vector<SourceFile>> with_bases(TextFolder folder, const SourceFile& own);
// Is it meant as the path of a text rather than as a name?
bool is_text_path(std::string_view word);

}  // namespace lockweave::design
