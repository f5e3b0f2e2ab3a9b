// The tree as text: for goldens, and to be compared with what `ast` of an installed CPython says
// (tests/real_python/parser_conformance_test.py makes the same text from there). One line a field, in the order of `_fields`:
//
//     Module                                x = -1
//       body: [1]
//         - Assign 1:0
//           targets: [1]
//             - Name 1:0
//               id: x
//               ctx: Store
//           value: UnaryOp 1:4
//             op: USub
//             operand: Constant 1:5
//               value: int 1
//
// A field that is absent is `-`. Expressions and statements show line:column; below an f-string they do not (CPython's versions disagree).
// Strings and bytes are ASCII, all else as \xNN; floats are their 64 bits.
#pragma once

#include "model/syntax/ast.h"

#include <string>

namespace lockweave::syntax {

std::string to_text(const Module& module);
std::string to_text(const Expression& expression);

}  // namespace lockweave::syntax
