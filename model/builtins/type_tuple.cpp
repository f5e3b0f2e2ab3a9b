#include <fmt/format.h>

#include "model/builtins/comparison.h"
#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/special_methods.h"
#include "model/builtins/type_methods.h"

namespace lockweave::builtins {
namespace {

constexpr TypeId type = TypeId::Tuple;

Result index(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "index", 1, 3))) return *refused;
  const ObjectId tuple = arguments[0].object_id();
  const Bounds bounds = to_bounds(context, arguments[2], arguments[3], context.heap.at(tuple).slots.size());
  if (bounds.refused) return *bounds.refused;
  const Found found = find_item(context, tuple, arguments[1], bounds.start, bounds.stop);
  if (found.verdict == Verdict::Stop) return stop();
  if (found.verdict == Verdict::True) return done(context.integer(static_cast<std::int64_t>(found.position)));
  if (found.verdict == Verdict::False) return context.raise(TypeId::ValueError, "tuple.index(x): x not in tuple");
  const Value call[] = {arguments[0], arguments[1], context.integer(static_cast<std::int64_t>(bounds.start)),
                        context.integer(static_cast<std::int64_t>(bounds.stop))};
  return context.call_library("_slow_list_index", call);
}

Result count(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "count"))) return *refused;
  std::int64_t number = 0;
  for (Value item : context.heap.at(arguments[0]).slots) {
    const Verdict same = same_or_equal(context, item, arguments[1]);
    if (same == Verdict::Stop) return stop();
    if (same > Verdict::True) return context.call_library("_slow_list_count", arguments.positional);
    number += same == Verdict::True ? 1 : 0;
  }
  return done(context.integer(number));
}

Result construct(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_construct(context, arguments, "tuple", 1)) return *refused;
  const Value cls = arguments[0];
  if (arguments.size() > 1 && cls == type_value(type) && context.type_of(arguments[1]) == cls) return done(arguments[1]);
  std::vector<Value> items;
  Value consumed;
  if (arguments.size() > 1) {
    switch (gather(context, arguments[1], items, consumed)) {
      case CollectStatus::Ok: break;
      case CollectStatus::Stop: return stop();
      case CollectStatus::NeedsPython: return retry_construct(context, arguments, 1);
      case CollectStatus::NotIterable: return refuse_not_iterable(context, arguments[1]);
    }
  }
  consume(context, consumed);
  return done(Value::object(new_of_class(context, cls, ObjectKind::Tuple, items)));
}

constexpr BuiltinEntry methods[] = {
    {"index", index}, {"count", count},
    {"__len__", special::len<type>}, {"__getitem__", special::getitem<type>}, {"__contains__", special::has<type>},
    {"__iter__", special::iter<type>}, {"__add__", special::left<type, bytecode::BinaryOperator::Add>},
    LOCKWEAVE_OPERATOR(type, Multiply, "mul"), LOCKWEAVE_COMPARISONS(type),
};

}  // namespace

const TypeMethods tuple_methods{type, methods, construct};

}  // namespace lockweave::builtins
