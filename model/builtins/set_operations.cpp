#include "model/builtins/set_operations.h"

#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"

namespace lockweave::builtins {
namespace {

using bytecode::BinaryOperator;
using state::Heap;

bool report_add(Context& context, ObjectId set, Value key) {
  if (context.heap.find_key(set, key) != Heap::absent) return context.read(set, key);
  return report_store(context, set, key);
}

bool report_discard(Context& context, ObjectId set, Value key) {
  if (context.heap.find_key(set, key) == Heap::absent) return context.read(set, key);
  return report_delete(context, set, key);
}

bool report_change(Context& context, ObjectId set, std::span<const Value> before, std::span<const Value> after) {
  const KeySet old_keys(context, before);
  const KeySet new_keys(context, after);
  for (Value key : before) {
    if (!new_keys.contains(key) && report_delete(context, set, key)) return true;
  }
  for (Value key : after) {
    if (!old_keys.contains(key) && report_store(context, set, key)) return true;
  }
  return false;
}

Result combine_slowly(Context& context, BinaryOperator op, Value a, Value b) {
  const Value call[] = {context.string(operator_symbol(op)), a, context.tuple(std::span(&b, 1))};
  return context.call_library("_slow_set_combine_all", call);
}

}  // namespace

std::string_view operator_symbol(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::Or: return "|";
    case BinaryOperator::And: return "&";
    case BinaryOperator::Xor: return "^";
    default: return "-";
  }
}

bool is_set_like(Context& context, Value v) {
  const ObjectKind kind = kind_of(context, v);
  return is_set_kind(kind) || (kind == ObjectKind::DictView && context.heap.at(v).slots[1] != Value::small_int(1));
}

SetItems set_items(Context& context, Value iterable) {
  SetItems result;
  std::vector<Value> items;
  switch (gather(context, iterable, items, result.consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: result.refused = stop(); return result;
    case CollectStatus::NeedsPython: result.status = KeyStatus::NeedsPython; return result;
    case CollectStatus::NotIterable: result.refused = refuse_not_iterable(context, iterable); return result;
  }
  PlainKeys keys = plain_keys(context, items);
  result.status = keys.status;
  if (keys.status == KeyStatus::Unhashable) result.refused = refuse_unhashable(context, keys.culprit);
  const bool has_repetitions = !is_set_kind(kind_of(context, iterable)) && kind_of(context, iterable) != ObjectKind::Dict;
  result.keys = has_repetitions ? unique_keys(context, keys.keys) : std::move(keys.keys);
  return result;
}

Result set_binary(Context& context, BinaryOperator op, Value a, Value b) {
  const SetItems left = set_items(context, a);
  if (left.refused) return *left.refused;
  const SetItems right = set_items(context, b);
  if (right.refused) return *right.refused;
  if (left.status != KeyStatus::Plain || right.status != KeyStatus::Plain) return combine_slowly(context, op, a, b);
  const bool frozen = kind_of(context, a) == ObjectKind::FrozenSet;
  const std::vector<Value> keys = combine_sets(context, op, left.keys, right.keys);
  return done(Value::object(new_of_class(context, type_value(frozen ? TypeId::FrozenSet : TypeId::Set),
                                         frozen ? ObjectKind::FrozenSet : ObjectKind::Set, keys)));
}

std::optional<Result> change_set(Context& context, BinaryOperator op, ObjectId set, std::span<const Value> keys) {
  if (op == BinaryOperator::Or || op == BinaryOperator::Subtract) {
    for (Value key : keys) {
      if (op == BinaryOperator::Or ? report_add(context, set, key) : report_discard(context, set, key)) return stop();
    }
    context.heap.assign(set, combine_sets(context, op, std::vector<Value>(context.heap.at(set).slots), keys));
    return std::nullopt;
  }
  if (context.read_order(set)) return stop();
  const std::vector<Value> before = context.heap.at(set).slots;
  const std::vector<Value> after = combine_sets(context, op, before, keys);
  if (report_change(context, set, before, after)) return stop();
  context.heap.assign(set, after);
  return std::nullopt;
}

Result set_inplace(Context& context, BinaryOperator op, Value set, Value other) {
  const SetItems items = set_items(context, other);
  if (items.refused) return *items.refused;
  if (items.status != KeyStatus::Plain || has_python_keys(context, set.object_id())) {
    const Value call[] = {context.string(operator_symbol(op)), set, other};
    return context.call_library("_slow_set_inplace", call);
  }
  if (auto ended = change_set(context, op, set.object_id(), items.keys)) return *ended;
  return done(set);
}

}  // namespace lockweave::builtins
