// The operators of the builtin types themselves, whatever the classes of the operands define: list.__add__(a, b).
#pragma once

#include "model/builtins/operators.h"

namespace lockweave::builtins {

std::optional<Result> binary_of_builtin_parts(Context& context, bytecode::BinaryOperator op, Value a, Value b);
// nullopt: the type changes nothing in place.
std::optional<Result> inplace_of_builtin_parts(Context& context, bytecode::BinaryOperator op, Value a, Value b);

}  // namespace lockweave::builtins
