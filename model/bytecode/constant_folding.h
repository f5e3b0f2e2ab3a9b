// What CPython computes while compiling: `-1`, `1 + 2`, `(1, 'a')`, `'a' * 3`, `not None`. It matters here because an expression that is
// computed beforehand has no instruction, and so no place at which a thread could be switched.
#pragma once

#include <optional>
#include <unordered_map>

#include "model/bytecode/code.h"
#include "model/syntax/ast.h"

namespace lockweave::bytecode {

class ConstantFolder {
 public:
  // The value of an expression that CPython 3.9 (Python/ast_opt.c) folds; nothing for every other one.
  // The node must outlive the folder: results are remembered by node.
  std::optional<Constant> value_of(const syntax::Expression& node);

  // The value if all are constant.
  std::optional<Constant> tuple_of(const syntax::ExpressionList& nodes);

 private:
  std::optional<Constant> compute(const syntax::Expression& node);

  std::unordered_map<const syntax::Expression*, std::optional<Constant>> known_;  // looked up only, never walked
};

Constant to_constant(const syntax::ConstantValue& value);
bool is_true(const Constant& constant);

// Equal in type and value: 1 is not True, 0.0 is not -0.0. Code that a finally suite made several times is one.
// Only such constants may share a slot.
bool same_constant(const Constant& a, const Constant& b);

}  // namespace lockweave::bytecode
