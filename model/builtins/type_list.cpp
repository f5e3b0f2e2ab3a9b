#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/builtins/comparison.h"
#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/sequence_operations.h"
#include "model/builtins/sorting.h"
#include "model/builtins/special_methods.h"
#include "model/builtins/table_access.h"
#include "model/builtins/type_methods.h"
#include "model/builtins/value_text.h"

namespace lockweave::builtins {
namespace {

constexpr TypeId type = TypeId::List;

const std::vector<Value>& items_of(Context& context, ObjectId list) { return context.heap.at(list).slots; }
std::size_t size_of(Context& context, ObjectId list) { return items_of(context, list).size(); }
bool read_whole(Context& context, ObjectId list) { return context.read(list, Part::Length) || context.read(list, Part::Whole); }

Result append(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "append"))) return *refused;
  const ObjectId list = arguments[0].object_id();
  const std::size_t size = size_of(context, list);
  if (report_resize(context, list, size, size + 1)) return stop();
  context.heap.append(list, arguments[1]);
  return done_none();
}

Result extend(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "extend"))) return *refused;
  bool needs_python = false;
  if (auto ended = extend_list(context, arguments[0].object_id(), arguments[1], needs_python)) return *ended;
  if (!needs_python) return done_none();
  return context.call_library("_slow_list_extend", arguments.positional);
}

Result insert(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "insert", 2, 2))) return *refused;
  const Index index = to_index(context, arguments[1]);
  if (index.refused) return *index.refused;
  const ObjectId list = arguments[0].object_id();
  if (context.read(list, Part::Length)) return stop();
  const auto size = static_cast<std::int64_t>(size_of(context, list));
  const auto position = static_cast<std::size_t>(std::clamp(index.value < 0 ? index.value + size : index.value, std::int64_t{0}, size));
  if (report_resize(context, list, position, static_cast<std::size_t>(size) + 1)) return stop();
  context.heap.insert(list, position, arguments[2]);
  return done_none();
}

Result pop(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "pop", 0, 1))) return *refused;
  const Index index = arguments.size() > 1 ? to_index(context, arguments[1]) : Index{-1, std::nullopt};
  if (index.refused) return *index.refused;
  const ObjectId list = arguments[0].object_id();
  if (context.read(list, Part::Length)) return stop();
  const auto size = static_cast<std::int64_t>(size_of(context, list));
  if (size == 0) return context.raise(TypeId::IndexError, "pop from empty list");
  const std::int64_t position = index.value < 0 ? index.value + size : index.value;
  if (position < 0 || position >= size) return context.raise(TypeId::IndexError, "pop index out of range");
  if (report_resize(context, list, static_cast<std::size_t>(position), static_cast<std::size_t>(size))) return stop();
  const Value item = items_of(context, list)[static_cast<std::size_t>(position)];
  context.heap.erase(list, static_cast<std::size_t>(position));
  return done(item);
}

Result remove(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "remove"))) return *refused;
  const ObjectId list = arguments[0].object_id();
  if (read_whole(context, list)) return stop();
  const Found found = find_item(context, list, arguments[1], 0, size_of(context, list));
  if (found.verdict == Verdict::Stop) return stop();
  if (found.verdict > Verdict::True) return context.call_library("_slow_list_remove", arguments.positional);
  if (found.verdict == Verdict::False) return context.raise(TypeId::ValueError, "list.remove(x): x not in list");
  if (report_resize(context, list, found.position, size_of(context, list))) return stop();
  context.heap.erase(list, found.position);
  return done_none();
}

bool report_everything(Context& context, ObjectId list) {
  return context.write(list, Part::Length) || context.write(list, Part::Whole);
}

Result clear(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "clear"))) return *refused;
  if (report_everything(context, arguments[0].object_id())) return stop();
  context.heap.clear(arguments[0].object_id());
  return done_none();
}

Result index(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "index", 1, 3))) return *refused;
  const ObjectId list = arguments[0].object_id();
  if (read_whole(context, list)) return stop();
  const Bounds bounds = to_bounds(context, arguments[2], arguments[3], size_of(context, list));
  if (bounds.refused) return *bounds.refused;
  const Found found = find_item(context, list, arguments[1], bounds.start, bounds.stop);
  if (found.verdict == Verdict::Stop) return stop();
  if (found.verdict == Verdict::True) return done(context.integer(static_cast<std::int64_t>(found.position)));
  std::string text;
  if (found.verdict > Verdict::True || plain_repr(context, arguments[1], text) != TextStatus::Ok) {
    const Value call[] = {arguments[0], arguments[1], context.integer(static_cast<std::int64_t>(bounds.start)),
                          context.integer(static_cast<std::int64_t>(bounds.stop))};
    return context.call_library("_slow_list_index", call);
  }
  return context.raise(TypeId::ValueError, text + " is not in list");
}

Result count(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "count"))) return *refused;
  const ObjectId list = arguments[0].object_id();
  if (read_whole(context, list)) return stop();
  std::int64_t number = 0;
  for (std::size_t i = 0; i < size_of(context, list); ++i) {
    const Verdict same = same_or_equal(context, items_of(context, list)[i], arguments[1]);
    if (same == Verdict::Stop) return stop();
    if (same > Verdict::True) return context.call_library("_slow_list_count", arguments.positional);
    number += same == Verdict::True ? 1 : 0;
  }
  return done(context.integer(number));
}

Result reverse(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "reverse"))) return *refused;
  const ObjectId list = arguments[0].object_id();
  if (context.write(list, Part::Whole) || context.read(list, Part::Length)) return stop();
  std::vector<Value> items = items_of(context, list);
  std::ranges::reverse(items);
  context.heap.assign(list, items);
  return done_none();
}

Result sort(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_self(context, arguments, type, "sort")) return *refused;
  if (arguments.size() > 1) return context.raise(TypeId::TypeError, "sort() takes no positional arguments");
  constexpr std::array<std::string_view, 2> names{"key", "reverse"};
  std::array<Value, 2> values{Value::none(), Value::boolean(false)};
  if (auto refused = bind_arguments(context, arguments, "sort", names, values)) return *refused;
  const Value slow[] = {arguments[0], values[0], values[1]};
  const auto reversed = plain_truth(context, values[1]);
  if (!reversed || !values[0].is_none()) return context.call_library("_sort_list", slow);
  if (reversed->kind != ResultKind::Done) return *reversed;
  const ObjectId list = arguments[0].object_id();
  if (context.write(list, Part::Whole) || context.read(list, Part::Length)) return stop();
  std::vector<Value> items = items_of(context, list);
  switch (sort_values(context, items, reversed->value == Value::boolean(true))) {
    case Verdict::True: break;
    case Verdict::Stop: return stop();
    default: return context.call_library("_sort_list", slow);
  }
  context.heap.assign(list, items);
  return done_none();
}

Result copy(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "copy"))) return *refused;
  if (read_whole(context, arguments[0].object_id())) return stop();
  return done(context.list(items_of(context, arguments[0].object_id())));
}

Result reversed(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "__reversed__"))) return *refused;
  const ObjectId list = arguments[0].object_id();
  if (context.read(list, Part::Length)) return stop();
  return done(make_iterator(context, arguments[0], Walk::Backwards, size_of(context, list), 0));
}

Result iadd(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "__iadd__"))) return *refused;
  return *extend_inplace(context, arguments[0], arguments[1]);
}

// The items an argument of list() gives, or what to do instead.
std::optional<Result> gather_items(Context& context, const Arguments& arguments, std::vector<Value>& items, Value& consumed, bool& needs_python) {
  if (arguments.size() < 2) return std::nullopt;
  switch (gather(context, arguments[1], items, consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: needs_python = true; break;
    case CollectStatus::NotIterable: return refuse_not_iterable(context, arguments[1]);
  }
  return std::nullopt;
}

Result initialise(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "list", 0, 1))) return *refused;
  std::vector<Value> items;
  Value consumed;
  bool needs_python = false;
  if (auto ended = gather_items(context, arguments, items, consumed, needs_python)) return *ended;
  const ObjectId list = arguments[0].object_id();
  if (needs_python) {
    if (size_of(context, list) == 0) return context.call_library("_slow_list_extend", arguments.positional);
    return retry_method(context, "__init__", arguments, 1);
  }
  const auto size = static_cast<std::size_t>(size_of(context, list));
  if (report_everything(context, list) || (items.size() > size && report_resize(context, list, size, items.size()))) return stop();
  context.heap.assign(list, items);
  consume(context, consumed);
  return done_none();
}

Result construct(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_construct(context, arguments, "list", 1)) return *refused;
  std::vector<Value> items;
  Value consumed;
  bool needs_python = false;
  if (auto ended = gather_items(context, arguments, items, consumed, needs_python)) return *ended;
  if (needs_python) return retry_construct(context, arguments, 1);
  consume(context, consumed);
  return done(Value::object(new_of_class(context, arguments[0], ObjectKind::List, items)));
}

constexpr BuiltinEntry methods[] = {
    {"append", append}, {"extend", extend}, {"insert", insert}, {"pop", pop}, {"remove", remove}, {"clear", clear},
    {"index", index}, {"count", count}, {"reverse", reverse}, {"sort", sort}, {"copy", copy},
    {"__init__", initialise}, {"__reversed__", reversed}, {"__iadd__", iadd},
    {"__imul__", special::change<type, bytecode::BinaryOperator::Multiply>},
    {"__len__", special::len<type>}, {"__getitem__", special::getitem<type>}, {"__setitem__", special::setitem<type>},
    {"__delitem__", special::delitem<type>}, {"__contains__", special::has<type>}, {"__iter__", special::iter<type>},
    {"__add__", special::left<type, bytecode::BinaryOperator::Add>}, LOCKWEAVE_OPERATOR(type, Multiply, "mul"), LOCKWEAVE_COMPARISONS(type),
};

}  // namespace

const TypeMethods list_methods{type, methods, construct};

}  // namespace lockweave::builtins
