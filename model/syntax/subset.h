// What parses but the machine does not run. The list is here and nowhere else.
#pragma once

#include "model/base/diagnostic.h"
#include "model/base/source.h"
#include "model/syntax/ast.h"

#include <optional>

namespace lockweave::syntax {

// The first construct of the text that is outside, with its place and what to write instead.
std::optional<Diagnostic> check_subset(const SourceFile& file, const Module& module);

}  // namespace lockweave::syntax
