#include "model/builtins/special_methods.h"

#include <fmt/format.h>

#include "model/builtins/binary_operators.h"
#include "model/builtins/comparison.h"
#include "model/builtins/items.h"
#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"

namespace lockweave::builtins::special {
namespace {

Value not_implemented() { return Value(Tag::NotImplemented); }

std::string_view symbol_of(CompareOperator op) {
  switch (op) {
    case CompareOperator::Less: return "<";
    case CompareOperator::LessEqual: return "<=";
    case CompareOperator::Equal: return "==";
    case CompareOperator::NotEqual: return "!=";
    case CompareOperator::Greater: return ">";
    case CompareOperator::GreaterEqual: return ">=";
  }
  return {};
}

// Items of the program's classes: the library compares item by item.
Result compare_slowly(Context& context, CompareOperator op, Value a, Value b) {
  const ObjectKind kind = kind_of(context, a);
  const std::string_view function = kind == ObjectKind::Dict ? "_compare_dicts" : is_set_kind(kind) ? "_compare_sets" : "_compare_sequences";
  const Value call[] = {context.string(symbol_of(op)), a, b};
  return context.call_library(function, call);
}

Result refuse_index_object(Context& context) { return context.unsupported("an object with __index__ given to a builtin special method"); }

}  // namespace

Result length(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse(context, arguments, none(type, "__len__"))) return *refused;
  return length_of(context, arguments[0]).value_or(done(Value::small_int(0)));
}

Result get_item(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse(context, arguments, one(type, "__getitem__"))) return *refused;
  const auto result = builtins::get_item(context, arguments[0], arguments[1]);
  return result ? *result : refuse_index_object(context);
}

Result set_item(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse(context, arguments, some(type, "__setitem__", 2, 2))) return *refused;
  const auto result = builtins::set_item(context, arguments[0], arguments[1], arguments[2]);
  return result ? *result : refuse_index_object(context);
}

Result delete_item(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse(context, arguments, one(type, "__delitem__"))) return *refused;
  const auto result = builtins::delete_item(context, arguments[0], arguments[1]);
  return result ? *result : refuse_index_object(context);
}

Result contains(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse(context, arguments, one(type, "__contains__"))) return *refused;
  if (const auto result = builtins::contains(context, arguments[0], arguments[1])) return *result;
  const ObjectKind kind = kind_of(context, arguments[0]);
  const Value call[] = {arguments[0], arguments[1]};
  if (kind == ObjectKind::Dict) return context.call_library("_slow_dict_contains", call);
  if (is_set_kind(kind)) return context.call_library("_slow_set_contains", call);
  return context.call_library("_slow_sequence_contains", call);
}

Result iterate(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse(context, arguments, none(type, "__iter__"))) return *refused;
  const Value self = unwrap(context, arguments[0]);
  if (const auto result = plain_iter(context, self)) return *result;
  // A subclass that walks its base by super().__iter__(): the container itself is meant.
  const ObjectKind kind = kind_of(context, self);
  const bool table = kind == ObjectKind::Dict || is_set_kind(kind);
  if (table && kind != ObjectKind::FrozenSet && context.read_length(self.object_id())) return stop();
  const std::size_t length = table ? context.heap.table_size(self.object_id()) : 0;
  return done(make_iterator(context, self, kind == ObjectKind::Dict ? Walk::Keys : Walk::Forwards, 0, length));
}

Result truth(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse(context, arguments, none(type, "__bool__"))) return *refused;
  return plain_truth(context, unwrap(context, arguments[0])).value_or(done(Value::boolean(true)));
}

Result compare(Context& context, const Arguments& arguments, TypeId type, CompareOperator op) {
  if (auto refused = refuse(context, arguments, some(type, method_of(op), 1, 1))) return *refused;
  // An int leaves it to the float to compare the two.
  if (type == TypeId::Int && unwrap(context, arguments[1]).is(Tag::Float)) return done(not_implemented());
  switch (compare_builtin_parts(context, op, arguments[0], arguments[1])) {
    case Verdict::False: return done(Value::boolean(false));
    case Verdict::True: return done(Value::boolean(true));
    case Verdict::NoOrder: return done(not_implemented());
    case Verdict::Stop: return stop();
    case Verdict::NeedsPython: return compare_slowly(context, op, arguments[0], arguments[1]);
    case Verdict::Ended: return context.unsupported("the order of identifiers and clock values is not known here");
  }
  return done(not_implemented());
}

Result binary(Context& context, const Arguments& arguments, TypeId type, BinaryOperator op, bool reflected) {
  if (auto refused = refuse(context, arguments, some(type, "operator", 1, 2))) return *refused;
  const Value a = arguments[reflected ? 1 : 0];
  const Value b = arguments[reflected ? 0 : 1];
  const bool numeric = type == TypeId::Int || type == TypeId::Float;
  const Value other = unwrap(context, arguments[1]);
  if (numeric && (!is_number(other) || (type == TypeId::Int && other.is(Tag::Float)))) return done(not_implemented());
  return binary_of_builtin_parts(context, op, a, b).value_or(done(not_implemented()));
}

Result inplace(Context& context, const Arguments& arguments, TypeId type, BinaryOperator op) {
  if (auto refused = refuse(context, arguments, some(type, "operator", 1, 1))) return *refused;
  return inplace_of_builtin_parts(context, op, arguments[0], arguments[1]).value_or(done(not_implemented()));
}

}  // namespace lockweave::builtins::special
