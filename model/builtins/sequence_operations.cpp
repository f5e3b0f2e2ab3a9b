#include "model/builtins/sequence_operations.h"

#include <fmt/format.h>

#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/table_access.h"

namespace lockweave::builtins {
namespace {

bool read_whole(Context& context, Value list) {
  if (kind_of(context, list) != ObjectKind::List) return false;
  return context.read(list.object_id(), Part::Length) || context.read(list.object_id(), Part::Whole);
}

bool is_sequence(Context& context, Value v) {
  const ObjectKind kind = kind_of(context, v);
  return v.is_string() || v.is(Tag::Bytes) || kind == ObjectKind::List || kind == ObjectKind::Tuple;
}

Result concatenate_text(Context& context, Value a, Value b) {
  if (b.is_string()) {
    if (auto refused = refuse_size(context, context.text(a).size() + context.text(b).size(), 1)) return *refused;
    return done(context.string(context.text(a) + context.text(b)));
  }
  const std::string type = context.type_name_of(b);
  return context.raise(TypeId::TypeError, context.version_at_least(3, 7) ? fmt::format("can only concatenate str (not \"{}\") to str", type)
                                                                         : fmt::format("must be str, not {}", type));
}

Result concatenate_items(Context& context, Value a, Value b) {
  const ObjectKind kind = kind_of(context, a);
  const bool lists = kind == ObjectKind::List;
  if (kind_of(context, b) != kind) {
    const std::string_view name = lists ? "list" : "tuple";
    return context.raise(TypeId::TypeError, fmt::format("can only concatenate {} (not \"{}\") to {}", name, context.type_name_of(b), name));
  }
  if (read_whole(context, a) || read_whole(context, b)) return stop();
  std::vector<Value> items = context.heap.at(a).slots;
  const auto& more = context.heap.at(b).slots;
  items.insert(items.end(), more.begin(), more.end());
  return done(lists ? context.list(items) : context.tuple(items));
}

std::string repeated(std::string_view text, std::int64_t times) {
  std::string result;
  for (std::int64_t i = 0; i < times; ++i) result += text;
  return result;
}

std::vector<Value> repeated(std::span<const Value> items, std::int64_t times) {
  std::vector<Value> result;
  for (std::int64_t i = 0; i < times; ++i) result.insert(result.end(), items.begin(), items.end());
  return result;
}

std::size_t sequence_size(Context& context, Value sequence) {
  if (sequence.is_string()) return context.text(sequence).size();
  if (sequence.is(Tag::Bytes)) return context.constants.content(sequence).size();
  return context.heap.at(sequence).slots.size();
}

// How often; what to raise if it is no count.
Index repetitions(Context& context, Value sequence, Value times) {
  Index index;
  if (is_small(times)) {
    index.value = std::max<std::int64_t>(small_value(times), 0);
    index.refused = refuse_size(context, sequence_size(context, sequence), index.value);
  } else if (times.is(Tag::BigInt)) {
    index.refused = context.raise(TypeId::OverflowError, "cannot fit 'int' into an index-sized integer");
  } else {
    index.refused = context.raise(TypeId::TypeError, fmt::format("can't multiply sequence by non-int of type '{}'", context.type_name_of(times)));
  }
  return index;
}

Result repeat_sequence(Context& context, Value sequence, Value times) {
  const Index count = repetitions(context, sequence, times);
  if (count.refused) return *count.refused;
  if (sequence.is_string()) return done(context.string(repeated(context.text(sequence), count.value)));
  if (sequence.is(Tag::Bytes)) return done(context.constants.bytes(repeated(context.constants.content(sequence), count.value)));
  if (read_whole(context, sequence)) return stop();
  const std::vector<Value> items = repeated(context.heap.at(sequence).slots, count.value);
  return done(kind_of(context, sequence) == ObjectKind::List ? context.list(items) : context.tuple(items));
}

}  // namespace

std::optional<Result> concatenate(Context& context, Value a, Value b) {
  if (a.is_string()) return concatenate_text(context, a, b);
  if (a.is(Tag::Bytes)) {
    if (!b.is(Tag::Bytes)) return context.raise(TypeId::TypeError, fmt::format("can't concat {} to bytes", context.type_name_of(b)));
    return done(context.constants.bytes(context.constants.content(a) + context.constants.content(b)));
  }
  if (!is_sequence(context, a)) return std::nullopt;
  return concatenate_items(context, a, b);
}

std::optional<Result> repeat(Context& context, Value a, Value b) {
  if (is_sequence(context, a)) {
    if (overrides(context, b, "__index__")) return std::nullopt;
    return repeat_sequence(context, a, b);
  }
  if (is_sequence(context, b)) return repeat_sequence(context, b, a);
  return std::nullopt;
}

std::optional<Result> extend_list(Context& context, ObjectId list, Value iterable, bool& needs_python) {
  std::vector<Value> items;
  Value consumed;
  switch (gather(context, iterable, items, consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: needs_python = true; return std::nullopt;
    case CollectStatus::NotIterable: return refuse_not_iterable(context, iterable);
  }
  const std::size_t size = context.heap.at(list).slots.size();
  if (!items.empty() && report_resize(context, list, size, size + items.size())) return stop();
  for (Value item : items) context.heap.append(list, item);
  consume(context, consumed);
  return std::nullopt;
}

std::optional<Result> extend_inplace(Context& context, Value list, Value iterable) {
  bool needs_python = false;
  if (auto ended = extend_list(context, list.object_id(), iterable, needs_python)) return ended;
  if (!needs_python) return done(list);
  const Value call[] = {list, iterable};
  return retry_method(context, "__iadd__", {call, {}}, 1);
}

std::optional<Result> repeat_inplace(Context& context, Value list, Value times) {
  if (overrides(context, times, "__index__")) return std::nullopt;
  times = unwrap(context, times);
  const ObjectId id = list.object_id();
  if (context.read(id, Part::Length) || context.read(id, Part::Whole)) return stop();
  const Index count = repetitions(context, list, times);
  if (count.refused) return count.refused;
  const std::vector<Value> items = repeated(context.heap.at(id).slots, count.value);
  const std::size_t size = context.heap.at(id).slots.size();
  if (items.size() != size && report_resize(context, id, std::min(size, items.size()), std::max(size, items.size()))) return stop();
  context.heap.assign(id, items);
  return done(list);
}

}  // namespace lockweave::builtins
