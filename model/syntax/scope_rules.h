// What CPython's symbol table rejects: duplicate arguments, `global` and `nonlocal` that come too late or bind nothing, a star import
// inside a function, assignment expressions and `yield` where comprehensions forbid them. It says nothing else; bytecode/symbols.h decides
// what names are.
#pragma once

#include "model/base/source.h"
#include "model/syntax/ast.h"

namespace lockweave::syntax {

// Both throw Refusal; for the parser.
void check_scope_rules(const SourceFile& file, const Module& module);
void check_scope_rules(const SourceFile& file, const Expression& expression);

}  // namespace lockweave::syntax
