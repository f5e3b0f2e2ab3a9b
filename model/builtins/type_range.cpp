// range, slice, and the iterators over builtin containers.
#include <fmt/format.h>

#include "model/builtins/iteration.h"
#include "model/builtins/items.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/special_methods.h"
#include "model/builtins/type_methods.h"
#include "model/builtins/value_text.h"

namespace lockweave::builtins {
namespace {

using state::BigInt;

// An integer argument of range(): of any size.
std::optional<Result> range_argument(Context& context, Value v, Value& number) {
  number = unwrap(context, v);
  if (number.is_bool()) number = Value::small_int(small_value(number));
  if (is_integer(number)) return std::nullopt;
  return context.raise(TypeId::TypeError, fmt::format("'{}' object cannot be interpreted as an integer", context.type_name_of(v)));
}

std::optional<Result> refuse_count(Context& context, const Arguments& arguments, std::string_view name) {
  if (!arguments.keywords.empty()) return context.raise(TypeId::TypeError, fmt::format("{}() takes no keyword arguments", name));
  const std::size_t given = arguments.size() - 1;
  if (given >= 1 && given <= 3) return std::nullopt;
  const bool singular = context.version_at_least(3, 8);
  if (given > 3) return context.raise(TypeId::TypeError, fmt::format("{} expected at most 3 arguments, got {}", name, given));
  const bool at_least = name == "slice" || context.version_at_least(3, 9);
  return context.raise(TypeId::TypeError, fmt::format("{} expected {}1 argument{}, got 0", name, at_least ? "at least " : "", singular ? "" : "s"));
}

Result construct_range(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "range")) return *refused;
  Value slots[3] = {Value::small_int(0), Value(), Value::small_int(1)};
  const std::size_t given = arguments.size() - 1;
  for (std::size_t i = 1; i <= given; ++i) {
    if (!overrides(context, arguments[i], "__index__")) continue;
    const Value call[] = {arguments[0], context.tuple(arguments.positional.subspan(1))};
    return context.call_library("_construct_with_indexes", call);
  }
  for (std::size_t i = 0; i < given; ++i) {
    if (auto refused = range_argument(context, arguments[i + 1], slots[given == 1 ? 1 : i])) return *refused;
  }
  if (slots[2] == Value::small_int(0)) return context.raise(TypeId::ValueError, "range() arg 3 must not be zero");
  return done(Value::object(new_of_class(context, arguments[0], ObjectKind::Range, slots)));
}

Result range_count(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(TypeId::Range, "count"))) return *refused;
  const auto inside = contains(context, arguments[0], arguments[1]);
  if (!inside) return context.unsupported("range.count of an object with its own __eq__");
  return inside->kind == ResultKind::Done ? done(Value::small_int(inside->value == Value::boolean(true) ? 1 : 0)) : *inside;
}

Result range_index(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(TypeId::Range, "index"))) return *refused;
  const auto inside = contains(context, arguments[0], arguments[1]);
  if (!inside) return context.unsupported("range.index of an object with its own __eq__");
  if (inside->kind != ResultKind::Done) return *inside;
  const Value number = unwrap(context, arguments[1]);
  if (inside->value == Value::boolean(false)) {
    std::string text;
    (void)plain_repr(context, arguments[1], text);
    return context.raise(TypeId::ValueError, is_integer(number) ? text + " is not in range" : "sequence.index(x): x not in sequence");
  }
  const auto& slots = context.heap.at(arguments[0]).slots;
  const BigInt whole = number.is(Tag::Float) ? BigInt(context.constants.number(number)) : context.constants.big(number);
  return done(context.constants.integer(BigInt((whole - context.constants.big(slots[0])) / context.constants.big(slots[2]))));
}

Result range_reversed(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(TypeId::Range, "__reversed__"))) return *refused;
  const auto& slots = context.heap.at(arguments[0]).slots;
  const BigInt start = context.constants.big(slots[0]);
  const BigInt step = context.constants.big(slots[2]);
  const BigInt length = range_exact_length(context, arguments[0]);
  const Value turned[] = {context.constants.integer(BigInt(start + (length - 1) * step)), context.constants.integer(BigInt(start - step)),
                          context.constants.integer(BigInt(-step))};
  const Value range = Value::object(new_of_class(context, type_value(TypeId::Range), ObjectKind::Range, turned));
  return done(make_iterator(context, range, Walk::Forwards, 0, 0));
}

Result construct_slice(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "slice")) return *refused;
  Value slots[3] = {Value::none(), Value::none(), Value::none()};
  const std::size_t given = arguments.size() - 1;
  for (std::size_t i = 0; i < given; ++i) slots[given == 1 ? 1 : i] = arguments[i + 1];
  return done(Value::object(new_of_class(context, arguments[0], ObjectKind::Slice, slots)));
}

Result slice_indices(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(TypeId::Slice, "indices"))) return *refused;
  const Index length = to_index(context, arguments[1]);
  if (length.refused) return *length.refused;
  if (length.value < 0) return context.raise(TypeId::ValueError, "length should not be negative");
  if (!slice_is_plain(context, arguments[0])) return context.unsupported("slice.indices with an object that has __index__");
  const SliceRange range = resolve_slice(context, arguments[0], static_cast<std::size_t>(length.value));
  if (range.refused) return *range.refused;
  const Value parts[] = {context.integer(range.start), context.integer(range.stop), context.integer(range.step)};
  return done(context.tuple(parts));
}

Result iterator_next(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(TypeId::Iterator, "__next__"))) return *refused;
  const Result item = plain_next(context, arguments[0]);
  return item.kind == ResultKind::Done && item.value.is_unset() ? context.raise_stop_iteration() : item;
}

Result iterator_iter(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(TypeId::Iterator, "__iter__"))) return *refused;
  return done(arguments[0]);
}

Result iterator_length_hint(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(TypeId::Iterator, "__length_hint__"))) return *refused;
  if (context.read(arguments[0].object_id(), Part::State)) return stop();
  const Value container = context.heap.at(arguments[0]).slots[state::slot::iterator::container];
  const ObjectKind kind = kind_of(context, container);
  if (kind == ObjectKind::List && context.read(container.object_id(), Part::Length)) return stop();
  if ((kind == ObjectKind::Dict || kind == ObjectKind::Set) && context.read_length(container.object_id())) return stop();
  return done(context.integer(static_cast<std::int64_t>(items_left(context, arguments[0]))));
}

constexpr BuiltinEntry range_entries[] = {
    {"count", range_count}, {"index", range_index}, {"__reversed__", range_reversed}, {"__len__", special::len<TypeId::Range>},
    {"__getitem__", special::getitem<TypeId::Range>}, {"__contains__", special::has<TypeId::Range>}, {"__iter__", special::iter<TypeId::Range>},
    {"__bool__", special::boolean<TypeId::Range>}, LOCKWEAVE_COMPARISONS(TypeId::Range),
};
constexpr BuiltinEntry slice_entries[] = {{"indices", slice_indices}, LOCKWEAVE_COMPARISONS(TypeId::Slice)};
constexpr BuiltinEntry iterator_entries[] = {{"__next__", iterator_next}, {"__iter__", iterator_iter}, {"__length_hint__", iterator_length_hint}};

}  // namespace

const TypeMethods range_methods{TypeId::Range, range_entries, construct_range};
const TypeMethods slice_methods{TypeId::Slice, slice_entries, construct_slice};
const TypeMethods iterator_methods{TypeId::Iterator, iterator_entries, nullptr};

}  // namespace lockweave::builtins
