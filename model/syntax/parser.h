// Tokens → tree: recursive descent over the grammar of Python 3.13 without `match`, `type X = …` and type parameters
// (these are diagnostics of their own). Syntax errors carry the line and, where we know it, the words of CPython 3.12.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"
#include "model/syntax/ast.h"

#include <cstdint>

namespace lockweave::syntax {

// No tree is higher, so that walking one by recursion fits any thread's stack. CPython 3.12 gives up on such sources too, but at other
// numbers.
inline constexpr std::uint32_t kMaxTreeHeight = 1000;

Result<Module> parse(const SourceFile& file);

// One expression, as `eval` takes it: white space before it and ends of lines after it are allowed.
Result<ExpressionPtr> parse_expression(const SourceFile& file);

}  // namespace lockweave::syntax
