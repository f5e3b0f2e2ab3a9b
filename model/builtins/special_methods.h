// Special methods as programs call them by name, mostly through super(): list.__getitem__(self, i). They do what the builtin
// type does itself, whatever the class of self defines.
#pragma once

#include "model/builtins/method_arguments.h"
#include "model/builtins/operators.h"

namespace lockweave::builtins::special {

using bytecode::BinaryOperator;
using bytecode::CompareOperator;

Result length(Context& context, const Arguments& arguments, TypeId type);
Result get_item(Context& context, const Arguments& arguments, TypeId type);
Result set_item(Context& context, const Arguments& arguments, TypeId type);
Result delete_item(Context& context, const Arguments& arguments, TypeId type);
Result contains(Context& context, const Arguments& arguments, TypeId type);
Result iterate(Context& context, const Arguments& arguments, TypeId type);
Result compare(Context& context, const Arguments& arguments, TypeId type, CompareOperator op);
Result binary(Context& context, const Arguments& arguments, TypeId type, BinaryOperator op, bool reflected);
Result inplace(Context& context, const Arguments& arguments, TypeId type, BinaryOperator op);
Result truth(Context& context, const Arguments& arguments, TypeId type);

// The same as functions of a table.
template <TypeId type> Result len(Context& c, const Arguments& a) { return length(c, a, type); }
template <TypeId type> Result getitem(Context& c, const Arguments& a) { return get_item(c, a, type); }
template <TypeId type> Result setitem(Context& c, const Arguments& a) { return set_item(c, a, type); }
template <TypeId type> Result delitem(Context& c, const Arguments& a) { return delete_item(c, a, type); }
template <TypeId type> Result has(Context& c, const Arguments& a) { return contains(c, a, type); }
template <TypeId type> Result iter(Context& c, const Arguments& a) { return iterate(c, a, type); }
template <TypeId type> Result boolean(Context& c, const Arguments& a) { return truth(c, a, type); }
template <TypeId type, CompareOperator op> Result order(Context& c, const Arguments& a) { return compare(c, a, type, op); }
template <TypeId type, BinaryOperator op> Result left(Context& c, const Arguments& a) { return binary(c, a, type, op, false); }
template <TypeId type, BinaryOperator op> Result right(Context& c, const Arguments& a) { return binary(c, a, type, op, true); }
template <TypeId type, BinaryOperator op> Result change(Context& c, const Arguments& a) { return inplace(c, a, type, op); }

}  // namespace lockweave::builtins::special

// Rows of a method table.
#define LOCKWEAVE_COMPARISONS(type)                                                     \
  {"__lt__", special::order<type, bytecode::CompareOperator::Less>},                    \
  {"__le__", special::order<type, bytecode::CompareOperator::LessEqual>},               \
  {"__eq__", special::order<type, bytecode::CompareOperator::Equal>},                   \
  {"__ne__", special::order<type, bytecode::CompareOperator::NotEqual>},                \
  {"__gt__", special::order<type, bytecode::CompareOperator::Greater>},                 \
  {"__ge__", special::order<type, bytecode::CompareOperator::GreaterEqual>}
#define LOCKWEAVE_OPERATOR(type, op, name)                                              \
  {"__" name "__", special::left<type, bytecode::BinaryOperator::op>},                  \
  {"__r" name "__", special::right<type, bytecode::BinaryOperator::op>}
