// Numbers: the operators, and the builtin functions that are one operation on numbers.
#pragma once

#include "model/builtins/operators.h"

namespace lockweave::builtins {

// Both operands int, bool or float, or one an opaque value. nullopt: no meaning for these.
std::optional<Result> number_binary(Context& context, bytecode::BinaryOperator op, Value a, Value b);

// nullopt: not plain numbers.
std::optional<Result> plain_divmod(Context& context, Value a, Value b);
std::optional<Result> plain_power(Context& context, Value base, Value exponent, Value modulus);  // pow(a, b, c)
std::optional<Result> plain_absolute(Context& context, Value a);
std::optional<Result> plain_round(Context& context, Value number, Value digits);  // digits Unset or None: to an integer
std::optional<Result> plain_to_integer(Context& context, Value number);           // int(x) of a number
std::optional<Result> plain_to_float(Context& context, Value number);             // float(x) of a number

}  // namespace lockweave::builtins
