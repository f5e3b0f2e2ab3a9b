// Rows that int and float share in their method tables.
#pragma once

#include "model/builtins/special_methods.h"

#define LOCKWEAVE_NUMBER_OPERATORS(type)                                                                            \
  LOCKWEAVE_OPERATOR(type, Add, "add"), LOCKWEAVE_OPERATOR(type, Subtract, "sub"), LOCKWEAVE_OPERATOR(type, Multiply, "mul"), \
      LOCKWEAVE_OPERATOR(type, TrueDivide, "truediv"), LOCKWEAVE_OPERATOR(type, FloorDivide, "floordiv"),            \
      LOCKWEAVE_OPERATOR(type, Modulo, "mod"), LOCKWEAVE_OPERATOR(type, Power, "pow"), LOCKWEAVE_COMPARISONS(type),  \
      {"__neg__", number::negative<type>}, {"__pos__", number::positive<type>}, {"__abs__", number::absolute<type>}, \
      {"__int__", number::to_int<type>}, {"__float__", number::to_float<type>}, {"__trunc__", number::to_int<type>}, \
      {"__round__", number::round<type>}, {"__divmod__", number::divide<type>}, {"__bool__", special::boolean<type>}

namespace lockweave::builtins::number {

Result apply(Context& context, const Arguments& arguments, TypeId type, std::string_view name);

template <TypeId type> Result negative(Context& c, const Arguments& a) { return apply(c, a, type, "__neg__"); }
template <TypeId type> Result positive(Context& c, const Arguments& a) { return apply(c, a, type, "__pos__"); }
template <TypeId type> Result absolute(Context& c, const Arguments& a) { return apply(c, a, type, "__abs__"); }
template <TypeId type> Result to_int(Context& c, const Arguments& a) { return apply(c, a, type, "__int__"); }
template <TypeId type> Result to_float(Context& c, const Arguments& a) { return apply(c, a, type, "__float__"); }
Result round_number(Context& context, const Arguments& arguments, TypeId type);
Result divide_number(Context& context, const Arguments& arguments, TypeId type);
template <TypeId type> Result round(Context& c, const Arguments& a) { return round_number(c, a, type); }
template <TypeId type> Result divide(Context& c, const Arguments& a) { return divide_number(c, a, type); }

}  // namespace lockweave::builtins::number
