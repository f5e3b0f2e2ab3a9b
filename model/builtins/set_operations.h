// Operators of sets, and of dictionary views as sets.
#pragma once

#include "model/builtins/table_access.h"

namespace lockweave::builtins {

// set, frozenset, dict.keys(), dict.items()
bool is_set_like(Context& context, Value v);

// The items of an iterable as keys of a set; or what to do instead.
struct SetItems {
  KeyStatus status = KeyStatus::Plain;   // NeedsPython: the iterable or an item of it
  std::optional<Result> refused;         // stop, unhashable, not iterable
  std::vector<Value> keys;               // without repetition
  Value consumed;                        // for consume()
};
SetItems set_items(Context& context, Value iterable);

// Requires: both set-like.
Result set_binary(Context& context, bytecode::BinaryOperator op, Value a, Value b);
// set |= other and so on; returns the set.
Result set_inplace(Context& context, bytecode::BinaryOperator op, Value set, Value other);
// Changes the set by these keys (update, intersection_update, ...). nullopt: done.
std::optional<Result> change_set(Context& context, bytecode::BinaryOperator op, ObjectId set, std::span<const Value> keys);

std::string_view operator_symbol(bytecode::BinaryOperator op);

}  // namespace lockweave::builtins
