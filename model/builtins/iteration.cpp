#include "model/builtins/iteration.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "model/builtins/plain_value.h"
#include "model/builtins/unicode.h"

namespace lockweave::builtins {
namespace {

namespace field = state::slot::iterator;
using state::BigInt;

// Longer than this is hardly meant: then item by item in Python, where a budget can end it.
constexpr std::size_t most_at_once = std::size_t{1} << 22;

struct Cursor {
  Value container;
  std::size_t position;
  Walk walk;
  std::size_t length;
};

Cursor cursor_of(Context& context, Value iterator) {
  const auto& slots = context.heap.at(iterator).slots;
  const auto number = [&](unsigned i) { return static_cast<std::size_t>(slots[i].as_int()); };
  return {slots[field::container], number(field::position), static_cast<Walk>(number(field::which)), number(field::length)};
}

// One character of a text, as a value; `offset` moves behind it.
Value character_at(Context& context, const std::string& text, std::size_t& offset) {
  const std::size_t begin = offset;
  unicode::next(text, offset);
  return context.string(std::string_view(text).substr(begin, offset - begin));
}

Value table_item(Context& context, ObjectId table, std::size_t position, Walk walk) {
  const state::Object& object = context.heap.at(table);
  if (object.kind != ObjectKind::Dict) return object.slots[position];
  const Value key = object.slots[position * 2];
  const Value value = object.slots[position * 2 + 1];
  if (walk == Walk::Values) return value;
  if (walk != Walk::Items) return key;
  const Value pair[] = {key, value};
  return context.tuple(pair);
}

// What an iterator would give next; an Unset value at the end. Moves the cursor, not the iterator.
Result peek(Context& context, Cursor& cursor) {
  const Value container = cursor.container;
  if (container.is_none()) return done(Value());
  if (container.is_string()) {
    const std::string& text = context.text(container);
    return done(cursor.position < text.size() ? character_at(context, text, cursor.position) : Value());
  }
  if (container.is(Tag::Bytes)) {
    const std::string& content = context.constants.content(container);
    if (cursor.position >= content.size()) return done(Value());
    return done(Value::small_int(static_cast<unsigned char>(content[cursor.position++])));
  }
  const ObjectId id = container.object_id();
  const ObjectKind kind = kind_of(context, container);
  if (kind == ObjectKind::Range) {
    if (cursor.position >= range_length(context, container)) return done(Value());
    return done(range_item(context, container, static_cast<std::int64_t>(cursor.position++)));
  }
  if (kind == ObjectKind::List || kind == ObjectKind::Tuple) {
    if (cursor.walk == Walk::Backwards) {
      // The position is one more than the index; a list that has become too short ends the walk.
      if (cursor.position == 0) return done(Value());
      if (context.read(id, Value::small_int(static_cast<std::int64_t>(cursor.position - 1)))) return stop();
      const auto& slots = context.heap.at(id).slots;
      return done(cursor.position <= slots.size() ? slots[--cursor.position] : Value());
    }
    if (kind == ObjectKind::List && context.read(id, Value::small_int(static_cast<std::int64_t>(cursor.position)))) return stop();
    const auto& slots = context.heap.at(id).slots;
    return done(cursor.position < slots.size() ? slots[cursor.position++] : Value());
  }
  if (kind != ObjectKind::FrozenSet && context.read_order(id)) return stop();
  const std::size_t size = context.heap.table_size(id);
  if (size != cursor.length) {
    return context.raise(TypeId::RuntimeError, kind == ObjectKind::Dict ? "dictionary changed size during iteration"
                                                                        : "Set changed size during iteration");
  }
  if (cursor.position >= size) return done(Value());
  const std::size_t index = cursor.walk == Walk::Backwards ? size - 1 - cursor.position : cursor.position;
  ++cursor.position;
  return done(table_item(context, id, index, cursor.walk));
}

CollectStatus gather_iterator(Context& context, Value iterator, std::vector<Value>& items, Value& consumed) {
  Cursor cursor = cursor_of(context, iterator);
  if (context.write(iterator.object_id(), Part::State)) return CollectStatus::Stop;
  if (cursor.container.is_none()) return CollectStatus::Ok;
  const ObjectKind kind = kind_of(context, cursor.container);
  if (kind == ObjectKind::Dict || kind == ObjectKind::Set) {
    if (context.read_order(cursor.container.object_id())) return CollectStatus::Stop;
    // Changed meanwhile: the loop in Python raises what is to be raised.
    if (context.heap.table_size(cursor.container.object_id()) != cursor.length) return CollectStatus::NeedsPython;
  }
  while (true) {
    const Result item = peek(context, cursor);
    if (item.kind == ResultKind::Stop) return CollectStatus::Stop;
    if (item.value.is_unset()) break;
    if (items.size() >= most_at_once) return CollectStatus::NeedsPython;
    items.push_back(item.value);
  }
  consumed = iterator;
  return CollectStatus::Ok;
}

CollectStatus gather_table(Context& context, ObjectId table, Walk walk, std::vector<Value>& items) {
  if (context.heap.at(table).kind != ObjectKind::FrozenSet && context.read_order(table)) return CollectStatus::Stop;
  const std::size_t size = context.heap.table_size(table);
  items.reserve(items.size() + size);
  for (std::size_t i = 0; i < size; ++i) items.push_back(table_item(context, table, i, walk));
  return CollectStatus::Ok;
}

CollectStatus gather_text(Context& context, Value text, std::vector<Value>& items) {
  const std::string& characters = context.text(text);
  for (std::size_t offset = 0; offset < characters.size();) items.push_back(character_at(context, characters, offset));
  return CollectStatus::Ok;
}

CollectStatus gather_list(Context& context, Value list, std::vector<Value>& items) {
  const ObjectId id = list.object_id();
  if (context.read(id, Part::Length) || context.read(id, Part::Whole)) return CollectStatus::Stop;
  const auto& slots = context.heap.at(id).slots;
  items.insert(items.end(), slots.begin(), slots.end());
  return CollectStatus::Ok;
}

Walk walk_of_view(Context& context, Value view) {
  switch (context.heap.at(view).slots[1].as_int()) {
    case 1: return Walk::Values;
    case 2: return Walk::Items;
    default: return Walk::Keys;
  }
}

bool walks_through_python(Context& context, Value v) {
  if (kind_of(context, v) == ObjectKind::Generator) return true;
  return overrides(context, v, "__iter__") || overrides(context, v, "__getitem__");
}

std::optional<Result> iterator_over_table(Context& context, Value table, Walk walk) {
  if (kind_of(context, table) != ObjectKind::FrozenSet && context.read_length(table.object_id())) return stop();
  return done(make_iterator(context, table, walk, 0, context.heap.table_size(table.object_id())));
}

}  // namespace

namespace {

TypeId iterator_type(Context& context, Value container, Walk walk) {
  if (container.is_string()) return TypeId::StrIterator;
  if (container.is(Tag::Bytes)) return TypeId::BytesIterator;
  if (!container.is_object()) return TypeId::Iterator;
  switch (context.heap.at(container).kind) {
    case ObjectKind::List: return walk == Walk::Backwards ? TypeId::ListReverseIterator : TypeId::ListIterator;
    case ObjectKind::Tuple: return TypeId::TupleIterator;
    case ObjectKind::Range: return TypeId::RangeIterator;
    case ObjectKind::Set: case ObjectKind::FrozenSet: return TypeId::SetIterator;
    case ObjectKind::Dict: return walk == Walk::Values ? TypeId::DictValueIterator : walk == Walk::Items ? TypeId::DictItemIterator : TypeId::DictKeyIterator;
    default: return TypeId::Iterator;
  }
}

}  // namespace

Value make_iterator(Context& context, Value container, Walk walk, std::size_t position, std::size_t length) {
  const Value iterator = context.new_object(ObjectKind::Iterator, iterator_type(context, container, walk), field::count);
  const ObjectId id = iterator.object_id();
  context.heap.set(id, field::container, container);
  context.heap.set(id, field::position, Value::small_int(static_cast<std::int64_t>(position)));
  context.heap.set(id, field::which, Value::small_int(static_cast<std::int64_t>(walk)));
  context.heap.set(id, field::length, Value::small_int(static_cast<std::int64_t>(length)));
  return iterator;
}

CollectStatus gather(Context& context, Value iterable, std::vector<Value>& items, Value& consumed) {
  iterable = unwrap(context, iterable);
  if (iterable.is_string()) return gather_text(context, iterable, items);
  if (iterable.is(Tag::Bytes)) {
    for (char byte : context.constants.content(iterable)) items.push_back(Value::small_int(static_cast<unsigned char>(byte)));
    return CollectStatus::Ok;
  }
  if (!iterable.is_object()) return CollectStatus::NotIterable;
  if (overrides(context, iterable, "__iter__")) return CollectStatus::NeedsPython;
  const state::Object& object = context.heap.at(iterable);
  switch (object.kind) {
    case ObjectKind::List: return gather_list(context, iterable, items);
    case ObjectKind::Tuple: items.insert(items.end(), object.slots.begin(), object.slots.end()); return CollectStatus::Ok;
    case ObjectKind::Dict: return gather_table(context, iterable.object_id(), Walk::Keys, items);
    case ObjectKind::Set: case ObjectKind::FrozenSet: return gather_table(context, iterable.object_id(), Walk::Forwards, items);
    case ObjectKind::DictView: return gather_table(context, object.slots[0].object_id(), walk_of_view(context, iterable), items);
    case ObjectKind::MappingProxy: return gather(context, object.slots[0], items, consumed);
    case ObjectKind::Iterator: return gather_iterator(context, iterable, items, consumed);
    case ObjectKind::Range: {
      const std::size_t length = range_length(context, iterable);
      if (length > most_at_once) return CollectStatus::NeedsPython;
      for (std::size_t i = 0; i < length; ++i) items.push_back(range_item(context, iterable, static_cast<std::int64_t>(i)));
      return CollectStatus::Ok;
    }
    default: return walks_through_python(context, iterable) ? CollectStatus::NeedsPython : CollectStatus::NotIterable;
  }
}

void consume(Context& context, Value consumed) {
  if (!consumed.is_unset()) context.heap.set(consumed.object_id(), field::container, Value::none());
}

CollectStatus collect(Context& context, Value iterable, std::vector<Value>& items) {
  Value consumed;
  const CollectStatus status = gather(context, iterable, items, consumed);
  if (status == CollectStatus::Ok) consume(context, consumed);
  return status;
}

std::optional<Result> plain_iter(Context& context, Value v) {
  const Value plain = unwrap(context, v);
  if (plain.is_string() || plain.is(Tag::Bytes)) return done(make_iterator(context, plain, Walk::Forwards, 0, 0));
  if (!plain.is_object() || overrides(context, v, "__iter__")) return std::nullopt;
  const state::Object& object = context.heap.at(plain);
  switch (object.kind) {
    case ObjectKind::List: case ObjectKind::Tuple: case ObjectKind::Range: return done(make_iterator(context, plain, Walk::Forwards, 0, 0));
    case ObjectKind::Dict: return iterator_over_table(context, plain, Walk::Keys);
    case ObjectKind::Set: case ObjectKind::FrozenSet: return iterator_over_table(context, plain, Walk::Forwards);
    case ObjectKind::DictView: return iterator_over_table(context, object.slots[0], walk_of_view(context, plain));
    case ObjectKind::MappingProxy: return plain_iter(context, object.slots[0]);
    case ObjectKind::Iterator: return done(v);
    case ObjectKind::Generator: return object.cls == type_value(TypeId::Generator) ? std::optional(done(v)) : std::nullopt;
    default: return std::nullopt;
  }
}

Result plain_next(Context& context, Value iterator) {
  const ObjectId id = iterator.object_id();
  Cursor cursor = cursor_of(context, iterator);
  if (context.write(id, Part::State)) return stop();
  const Result item = peek(context, cursor);
  if (item.kind != ResultKind::Done) return item;
  if (!item.value.is_unset()) {
    context.heap.set(id, field::position, Value::small_int(static_cast<std::int64_t>(cursor.position)));
  } else if (!cursor.container.is_none()) {
    context.heap.set(id, field::container, Value::none());  // an iterator that has ended stays at its end
  }
  return item;
}

Result refuse_not_iterable(Context& context, Value v) {
  return context.raise(TypeId::TypeError, fmt::format("'{}' object is not iterable", context.type_name_of(v)));
}

Result retry_method(Context& context, std::string_view name, const Arguments& arguments, std::size_t position) {
  const Value call[] = {arguments[0], context.string(name), Value::small_int(static_cast<std::int64_t>(position)),
                        context.tuple(arguments.positional)};
  return context.call_library("_retry_method", call);
}

Result retry_construct(Context& context, const Arguments& arguments, std::size_t position) {
  const Value call[] = {arguments[0], Value::small_int(static_cast<std::int64_t>(position)), context.tuple(arguments.positional)};
  return context.call_library("_retry_construct", call);
}

std::size_t items_left(Context& context, Value iterator) {
  Cursor cursor = cursor_of(context, iterator);
  if (cursor.container.is_none()) return 0;
  if (cursor.container.is_string()) return unicode::length(std::string_view(context.text(cursor.container)).substr(cursor.position));
  if (cursor.container.is(Tag::Bytes)) return context.constants.content(cursor.container).size() - cursor.position;
  const ObjectKind kind = kind_of(context, cursor.container);
  std::size_t size = cursor.length;
  if (kind == ObjectKind::Range) size = range_length(context, cursor.container);
  if (kind == ObjectKind::List || kind == ObjectKind::Tuple) {
    if (cursor.walk == Walk::Backwards) return cursor.position;
    size = context.heap.at(cursor.container).slots.size();
  }
  return size > cursor.position ? size - cursor.position : 0;
}

BigInt range_exact_length(Context& context, Value range) {
  const auto& slots = context.heap.at(range).slots;
  const BigInt start = context.constants.big(slots[0]);
  const BigInt end = context.constants.big(slots[1]);
  const BigInt step = context.constants.big(slots[2]);
  if (step > 0) return start < end ? BigInt((end - start - 1) / step + 1) : BigInt(0);
  return start > end ? BigInt((start - end - 1) / -step + 1) : BigInt(0);
}

std::size_t range_length(Context& context, Value range) {
  const auto& slots = context.heap.at(range).slots;
  if (slots[0].is_int() && slots[1].is_int() && slots[2].is_int()) {
    const std::int64_t start = slots[0].as_int();
    const std::int64_t end = slots[1].as_int();
    const std::int64_t step = slots[2].as_int();
    if (step > 0) return start < end ? static_cast<std::size_t>((end - start - 1) / step) + 1 : 0;
    return start > end ? static_cast<std::size_t>((start - end - 1) / -step) + 1 : 0;
  }
  const BigInt length = range_exact_length(context, range);
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 2;
  return length > most ? static_cast<std::size_t>(most) : static_cast<std::size_t>(length);
}

Value range_item(Context& context, Value range, std::int64_t index) {
  const auto& slots = context.heap.at(range).slots;
  if (slots[0].is_int() && slots[2].is_int()) {
    std::int64_t offset = 0;
    std::int64_t item = 0;
    if (!__builtin_mul_overflow(index, slots[2].as_int(), &offset) && !__builtin_add_overflow(slots[0].as_int(), offset, &item)) {
      return context.integer(item);
    }
  }
  return context.constants.integer(BigInt(context.constants.big(slots[0]) + context.constants.big(slots[2]) * index));
}

}  // namespace lockweave::builtins
