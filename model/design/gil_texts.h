// The GILs that come with the project: specs/gil/NAME.py, each the C code of one as a text that the machine runs.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"

#include <string>
#include <string_view>
#include <vector>

namespace lockweave::design {

// What all of them share: executed before the GIL's own text, in the same namespace.
inline constexpr std::string_view common_gil_text = "specs/gil/common.py";

std::vector<std::string> gil_names();
// Requires: `name` is one of them.
SourceFile gil_text(std::string_view name);
// The texts that this one is based on (`BASED_ON = 'lazy'` at the beginning of a line), the first base first, and itself.
Result<std::vector<SourceFile>> gil_with_bases(const SourceFile& own);
// Is it meant as the path of a text rather than as a name?
bool is_gil_path(std::string_view gil);
// Lets one thread run Python code at a time, as long as none is one that Python has not made.
bool is_plain_gil(std::string_view name);

// What the machine has to know of a text before it runs it.
struct GilTraits {
  bool python_at_once = false;        // several threads may run Python code (`PYTHON_AT_ONCE = True` at the beginning of a line)
  bool stops_for_collection = false;  // it has a function collect_garbage, which gc.collect() goes through
};
// Of the text with those that it is based on. One whose bases cannot be found has none: to run it is an error.
GilTraits gil_traits(const SourceFile& own);

}  // namespace lockweave::design
