// What CPython's compiler rejects: `return`, `yield`, `await`, `break`, … in the wrong place, a star where nothing is unpacked, a keyword
// argument given twice, a bare `except:` that is not the last, future imports that come late.
#pragma once

#include "model/base/source.h"
#include "model/syntax/ast.h"

namespace lockweave::syntax {

// Both throw Refusal; for the parser.
void check_placement_rules(const SourceFile& file, const Module& module);
void check_placement_rules(const SourceFile& file, const Expression& expression);

}  // namespace lockweave::syntax
