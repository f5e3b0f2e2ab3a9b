// Telling importlib files apart by what stands in them, so that a patched copy in any place is recognised.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"
#include "model/design/installed_python.h"

#include <string_view>

namespace lockweave::design {

// An error unless the text defines `_find_and_load` at top level, which every importlib does: it is what the C side calls.
Result<void> check_is_importlib(const SourceFile& file);

// Is this CPython's importlib/util.py, rather than another file of that name?
bool is_importlib_util(const SourceFile& file);

// The CPython version whose importlib has this one's features. Requires: check_is_importlib holds.
PythonVersion recognise_generation(std::string_view importlib_text);

}  // namespace lockweave::design
