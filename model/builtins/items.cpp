// x[i], x[i] = v, del x[i], len(x), bool(x), v in x.
#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/builtins/comparison.h"
#include "model/builtins/iteration.h"
#include "model/builtins/items.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/table_access.h"
#include "model/builtins/table_key.h"
#include "model/builtins/unicode.h"

namespace lockweave::builtins {
namespace {

using state::BigInt;
using state::Heap;

// What kind of sequence, in the words of its errors.
struct SequenceWords {
  std::string_view out_of_range;
  std::string_view indices;
};

constexpr SequenceWords list_words{"list index out of range", "list indices must be integers or slices, not {}"};
constexpr SequenceWords tuple_words{"tuple index out of range", "tuple indices must be integers or slices, not {}"};
constexpr SequenceWords bytes_words{"index out of range", "byte indices must be integers or slices, not {}"};
constexpr SequenceWords range_words{"range object index out of range", "range indices must be integers or slices, not {}"};
constexpr SequenceWords assignment_words{"list assignment index out of range", "list indices must be integers or slices, not {}"};

// A place in a sequence. nullopt in `refused` and !needs_python: `value` is inside or, for `beyond`, outside.
struct Place {
  std::int64_t value = 0;
  bool beyond = false;
  bool needs_python = false;
  std::optional<Result> refused;
};

Place place_of(Context& context, Value key, std::size_t length, std::string_view indices_message) {
  Place place;
  const Value plain = unwrap(context, key);
  if (is_small(plain)) {
    place.value = small_value(plain);
    if (place.value < 0) place.value += static_cast<std::int64_t>(length);
    place.beyond = place.value < 0 || place.value >= static_cast<std::int64_t>(length);
  } else if (plain.is(Tag::BigInt)) {
    place.refused = context.raise(TypeId::IndexError, "cannot fit 'int' into an index-sized integer");
  } else if (overrides(context, key, "__index__")) {
    place.needs_python = true;
  } else {
    place.refused = context.raise(TypeId::TypeError, fmt::format(fmt::runtime(indices_message), context.type_name_of(key)));
  }
  return place;
}

// Whether an index lies inside depends on the length when it counts from the end.
bool reads_length(Context& context, Value key) {
  const Value number = unwrap(context, key);
  return number.is_int() && number.as_int() < 0;
}

std::vector<Value> sliced(std::span<const Value> items, const SliceRange& range) {
  std::vector<Value> result;
  result.reserve(range.count);
  std::int64_t position = range.start;
  for (std::size_t i = 0; i < range.count; ++i, position += range.step) result.push_back(items[static_cast<std::size_t>(position)]);
  return result;
}

std::optional<Result> get_list_slice(Context& context, ObjectId list, Value slice) {
  if (!slice_is_plain(context, slice)) return std::nullopt;
  const bool shared_list = context.heap.at(list).kind == ObjectKind::List;
  if (shared_list && (context.read(list, Part::Length) || context.read(list, Part::Whole))) return stop();
  const SliceRange range = resolve_slice(context, slice, context.heap.at(list).slots.size());
  if (range.refused) return range.refused;
  const state::Object& whole = context.heap.at(list);
  if (!shared_list && whole.cls == type_value(TypeId::Tuple) && range.step == 1 && range.start == 0 && range.stop >= static_cast<std::int64_t>(whole.slots.size())) {
    return done(Value::object(list));  // a tuple's copy is the tuple
  }
  const auto items = sliced(whole.slots, range);
  return done(shared_list ? context.list(items) : context.tuple(items));
}

std::optional<Result> get_list_item(Context& context, ObjectId list, Value key) {
  const bool shared_list = context.heap.at(list).kind == ObjectKind::List;
  const SequenceWords& words = shared_list ? list_words : tuple_words;
  const Place place = place_of(context, key, context.heap.at(list).slots.size(), words.indices);
  if (place.needs_python) return std::nullopt;
  if (place.refused) return place.refused;
  if (shared_list) {
    if (reads_length(context, key) && context.read(list, Part::Length)) return stop();
    if (place.value >= 0 && context.read(list, Value::small_int(place.value))) return stop();
  }
  if (place.beyond) return context.raise(TypeId::IndexError, words.out_of_range);
  return done(context.heap.at(list).slots[static_cast<std::size_t>(place.value)]);
}

Value text_slice(Context& context, Value text, const SliceRange& range) {
  const std::string& characters = context.text(text);
  const auto start = static_cast<std::size_t>(range.start);
  if (unicode::is_ascii(characters)) {
    if (range.step == 1) return context.string(std::string_view(characters).substr(start, range.count));
    std::string result;
    for (std::size_t i = 0; i < range.count; ++i) {
      result += characters[static_cast<std::size_t>(range.start + static_cast<std::int64_t>(i) * range.step)];
    }
    return context.string(result);
  }
  const std::u32string points = unicode::points(characters);
  std::u32string result;
  for (std::size_t i = 0; i < range.count; ++i) {
    result += points[static_cast<std::size_t>(range.start + static_cast<std::int64_t>(i) * range.step)];
  }
  return context.string(unicode::from_points(result));
}

std::optional<Result> get_text_item(Context& context, Value text, Value key) {
  const std::string& characters = context.text(text);
  const std::size_t length = unicode::length(characters);
  if (kind_of(context, key) == ObjectKind::Slice) {
    if (!slice_is_plain(context, key)) return std::nullopt;
    const SliceRange range = resolve_slice(context, key, length);
    return range.refused ? *range.refused : done(text_slice(context, text, range));
  }
  const std::string_view message = context.version_at_least(3, 11) ? "string indices must be integers, not '{}'" : "string indices must be integers";
  const Place place = place_of(context, key, length, message);
  if (place.needs_python) return std::nullopt;
  if (place.refused) return place.refused;
  if (place.beyond) return context.raise(TypeId::IndexError, "string index out of range");
  SliceRange one_character;
  one_character.start = place.value;
  one_character.count = 1;
  return done(text_slice(context, text, one_character));
}

std::optional<Result> get_bytes_item(Context& context, Value bytes, Value key) {
  const std::string& content = context.constants.content(bytes);
  if (kind_of(context, key) == ObjectKind::Slice) {
    if (!slice_is_plain(context, key)) return std::nullopt;
    const SliceRange range = resolve_slice(context, key, content.size());
    if (range.refused) return range.refused;
    std::string result;
    for (std::size_t i = 0; i < range.count; ++i) {
      result += content[static_cast<std::size_t>(range.start + static_cast<std::int64_t>(i) * range.step)];
    }
    return done(context.constants.bytes(result));
  }
  const Place place = place_of(context, key, content.size(), bytes_words.indices);
  if (place.needs_python) return std::nullopt;
  if (place.refused) return place.refused;
  if (place.beyond) return context.raise(TypeId::IndexError, bytes_words.out_of_range);
  return done(Value::small_int(static_cast<unsigned char>(content[static_cast<std::size_t>(place.value)])));
}

std::optional<Result> get_range_item(Context& context, Value range, Value key) {
  const std::size_t length = range_length(context, range);
  if (kind_of(context, key) == ObjectKind::Slice) {
    if (!slice_is_plain(context, key)) return std::nullopt;
    const SliceRange part = resolve_slice(context, key, length);
    if (part.refused) return part.refused;
    const Value slots[] = {range_item(context, range, part.start), range_item(context, range, part.stop),
                           context.constants.integer(BigInt(context.constants.big(context.heap.at(range).slots[2]) * part.step))};
    return done(Value::object(new_of_class(context, type_value(TypeId::Range), ObjectKind::Range, slots)));
  }
  const Place place = place_of(context, key, length, range_words.indices);
  if (place.needs_python) return std::nullopt;
  if (place.refused) return place.refused;
  if (place.beyond) return context.raise(TypeId::IndexError, range_words.out_of_range);
  return done(range_item(context, range, place.value));
}

std::optional<Result> get_dict_item(Context& context, Value dict, Value key) {
  const TableKey wanted = key_in(context, dict.object_id(), key);
  if (wanted.status == KeyStatus::Unhashable) return refuse_unhashable(context, wanted.value);
  const Value slow[] = {dict, key, Value::none(), Value::boolean(true)};
  if (wanted.status == KeyStatus::NeedsPython) return context.call_library("_slow_dict_get", slow);
  if (context.read(dict.object_id(), wanted.value)) return stop();
  const Value found = context.heap.get_item(dict.object_id(), wanted.value);
  if (!found.is_unset()) return done(found);
  if (overrides(context, dict, "__missing__")) return context.call_library("_slow_dict_get", slow);
  return context.raise_key_error(key);
}

// --- changing a list

Result erase_range(Context& context, ObjectId list, const SliceRange& range) {
  if (range.count == 0) return done_none();
  // Backwards so that what is still to go does not move.
  std::int64_t position = range.step > 0 ? range.start + static_cast<std::int64_t>(range.count - 1) * range.step : range.start;
  const std::int64_t step = range.step > 0 ? range.step : -range.step;
  if (step == 1) {
    context.heap.erase(list, static_cast<std::size_t>(position - static_cast<std::int64_t>(range.count) + 1), range.count);
    return done_none();
  }
  for (std::size_t i = 0; i < range.count; ++i, position -= step) context.heap.erase(list, static_cast<std::size_t>(position));
  return done_none();
}

std::optional<Result> delete_list_slice(Context& context, ObjectId list, Value slice) {
  if (!slice_is_plain(context, slice)) return std::nullopt;
  if (context.read(list, Part::Length)) return stop();
  const std::size_t length = context.heap.at(list).slots.size();
  const SliceRange range = resolve_slice(context, slice, length);
  if (range.refused) return range.refused;
  const std::int64_t last = range.start + (static_cast<std::int64_t>(range.count) - 1) * range.step;
  if (range.count > 0 && report_resize(context, list, static_cast<std::size_t>(std::min(range.start, last)), length)) return stop();
  return erase_range(context, list, range);
}

// list[i:j] = items
Result replace_range(Context& context, ObjectId list, const SliceRange& range, std::span<const Value> items) {
  const std::vector<Value>& slots = context.heap.at(list).slots;
  const auto start = static_cast<std::size_t>(range.start);
  const std::size_t behind = items.size() == range.count ? start + range.count : std::max(slots.size(), slots.size() - range.count + items.size());
  if (context.heap.at(list).escaped) {
    if (items.size() != range.count && context.write(list, Part::Length)) return stop();
    for (std::size_t i = start; i < behind; ++i) {
      if (context.write(list, Value::small_int(static_cast<std::int64_t>(i)))) return stop();
    }
  }
  std::vector<Value> result(slots.begin(), slots.begin() + range.start);
  result.insert(result.end(), items.begin(), items.end());
  result.insert(result.end(), slots.begin() + range.start + static_cast<std::ptrdiff_t>(range.count), slots.end());
  context.heap.assign(list, result);
  return done_none();
}

Result replace_steps(Context& context, ObjectId list, const SliceRange& range, std::span<const Value> items) {
  if (items.size() != range.count) {
    return context.raise(TypeId::ValueError, fmt::format("attempt to assign sequence of size {} to extended slice of size {}",
                                                         items.size(), range.count));
  }
  const auto at = [&](std::size_t i) { return range.start + static_cast<std::int64_t>(i) * range.step; };
  for (std::size_t i = 0; i < range.count; ++i) {
    if (context.write(list, Value::small_int(at(i)))) return stop();
  }
  for (std::size_t i = 0; i < range.count; ++i) context.heap.set(list, static_cast<std::size_t>(at(i)), items[i]);
  return done_none();
}

std::optional<Result> set_list_slice(Context& context, Value list, Value slice, Value v) {
  if (!slice_is_plain(context, slice)) return std::nullopt;
  std::vector<Value> items;
  Value consumed;
  switch (gather(context, v, items, consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: {
      const Value call[] = {list, slice, v};
      return context.call_library("_slow_setitem", call);
    }
    case CollectStatus::NotIterable:
      return context.raise(TypeId::TypeError, context.version_at_least(3, 13) ? "must assign iterable to extended slice" : "can only assign an iterable");
  }
  const ObjectId id = list.object_id();
  if (context.read(id, Part::Length)) return stop();
  SliceRange range = resolve_slice(context, slice, context.heap.at(id).slots.size());
  if (range.refused) return range.refused;
  const Result result = range.step == 1 ? replace_range(context, id, range, items) : replace_steps(context, id, range, items);
  if (result.kind == ResultKind::Done) consume(context, consumed);
  return result;
}

}  // namespace

std::optional<Result> get_item(Context& context, Value container, Value key) {
  const Value plain = unwrap(context, container);
  if (plain.is_string()) return get_text_item(context, plain, key);
  if (plain.is(Tag::Bytes)) return get_bytes_item(context, plain, key);
  switch (kind_of(context, plain)) {
    case ObjectKind::List: case ObjectKind::Tuple:
      return kind_of(context, key) == ObjectKind::Slice ? get_list_slice(context, plain.object_id(), key) : get_list_item(context, plain.object_id(), key);
    case ObjectKind::Dict: return get_dict_item(context, plain, key);
    case ObjectKind::MappingProxy: return get_item(context, context.heap.at(plain).slots[0], key);
    case ObjectKind::Range: return get_range_item(context, plain, key);
    default: return std::nullopt;
  }
}

std::optional<Result> set_item(Context& context, Value container, Value key, Value v) {
  const ObjectKind kind = kind_of(context, container);
  if (kind == ObjectKind::Dict) return set_dict_item(context, container, key, v);
  if (kind != ObjectKind::List) return std::nullopt;
  if (kind_of(context, key) == ObjectKind::Slice) return set_list_slice(context, container, key, v);
  const ObjectId list = container.object_id();
  const Place place = place_of(context, key, context.heap.at(list).slots.size(), assignment_words.indices);
  if (place.needs_python) return std::nullopt;
  if (place.refused) return place.refused;
  if ((reads_length(context, key) || place.beyond) && context.read(list, Part::Length)) return stop();
  if (place.beyond) return context.raise(TypeId::IndexError, assignment_words.out_of_range);
  if (context.write(list, Value::small_int(place.value))) return stop();
  context.heap.set(list, static_cast<std::size_t>(place.value), v);
  return done_none();
}

std::optional<Result> delete_item(Context& context, Value container, Value key) {
  const ObjectKind kind = kind_of(context, container);
  if (kind == ObjectKind::Dict) return delete_dict_item(context, container, key);
  if (kind != ObjectKind::List) return std::nullopt;
  const ObjectId list = container.object_id();
  if (kind_of(context, key) == ObjectKind::Slice) return delete_list_slice(context, list, key);
  const std::size_t length = context.heap.at(list).slots.size();
  const Place place = place_of(context, key, length, assignment_words.indices);
  if (place.needs_python) return std::nullopt;
  if (place.refused) return place.refused;
  if (context.read(list, Part::Length)) return stop();
  if (place.beyond) return context.raise(TypeId::IndexError, assignment_words.out_of_range);
  if (report_resize(context, list, static_cast<std::size_t>(place.value), length)) return stop();
  context.heap.erase(list, static_cast<std::size_t>(place.value));
  return done_none();
}

Result set_dict_item(Context& context, Value dict, Value key, Value v) {
  const TableKey stored = key_in(context, dict.object_id(), key);
  if (stored.status == KeyStatus::Unhashable) return refuse_unhashable(context, stored.value);
  if (stored.status == KeyStatus::NeedsPython) {
    const Value call[] = {dict, key, v};
    return context.call_library("_slow_dict_set", call);
  }
  if (report_store(context, dict.object_id(), stored.value)) return stop();
  context.heap.set_item(dict.object_id(), stored.value, v);
  return done_none();
}

Result delete_dict_item(Context& context, Value dict, Value key) {
  const TableKey stored = key_in(context, dict.object_id(), key);
  if (stored.status == KeyStatus::Unhashable) return refuse_unhashable(context, stored.value);
  if (stored.status == KeyStatus::NeedsPython) {
    const Value call[] = {dict, key};
    return context.call_library("_slow_dict_del", call);
  }
  const ObjectId id = dict.object_id();
  if (context.heap.find_key(id, stored.value) == Heap::absent) {
    if (context.read(id, stored.value)) return stop();
    return context.raise_key_error(key);
  }
  if (report_delete(context, id, stored.value)) return stop();
  context.heap.delete_item(id, stored.value);
  return done_none();
}

std::optional<Result> length_of(Context& context, Value container) {
  const Value plain = unwrap(context, container);
  const auto length = [&](std::size_t n) { return done(context.integer(static_cast<std::int64_t>(n))); };
  if (plain.is_string()) return length(unicode::length(context.text(plain)));
  if (plain.is(Tag::Bytes)) return length(context.constants.content(plain).size());
  if (!plain.is_object()) return std::nullopt;
  const ObjectId id = plain.object_id();
  const state::Object& object = context.heap.at(id);
  switch (object.kind) {
    case ObjectKind::List:
      if (context.read(id, Part::Length)) return stop();
      return length(object.slots.size());
    case ObjectKind::Tuple: case ObjectKind::FrozenSet: return length(object.slots.size());
    case ObjectKind::Dict: case ObjectKind::Set:
      if (context.read_length(id)) return stop();
      return length(context.heap.table_size(id));
    case ObjectKind::DictView: case ObjectKind::MappingProxy: return length_of(context, object.slots[0]);
    case ObjectKind::Range: {
      const BigInt count = range_exact_length(context, plain);
      if (count > std::numeric_limits<std::int64_t>::max()) return context.raise(TypeId::OverflowError, "Python int too large to convert to C ssize_t");
      return done(context.constants.integer(count));
    }
    default: return std::nullopt;
  }
}

namespace {

Result contains_text(Context& context, Value container, Value item) {
  const Value part = unwrap(context, item);
  if (!part.is_string()) {
    return context.raise(TypeId::TypeError, fmt::format("'in <string>' requires string as left operand, not {}", context.type_name_of(item)));
  }
  return done(Value::boolean(context.text(container).find(context.text(part)) != std::string::npos));
}

Result contains_byte(Context& context, Value container, Value item) {
  const std::string& content = context.constants.content(container);
  const Value part = unwrap(context, item);
  if (part.is(Tag::Bytes)) return done(Value::boolean(content.find(context.constants.content(part)) != std::string::npos));
  if (!is_integer(part)) {
    return context.raise(TypeId::TypeError, fmt::format("a bytes-like object is required, not '{}'", context.type_name_of(item)));
  }
  if (!is_small(part) || small_value(part) < 0 || small_value(part) > 255) return context.raise(TypeId::ValueError, "byte must be in range(0, 256)");
  return done(Value::boolean(content.find(static_cast<char>(small_value(part))) != std::string::npos));
}

std::optional<Result> contains_key(Context& context, ObjectId table, Value item) {
  TableKey key = key_in(context, table, item);
  const ObjectKind kind = context.heap.at(table).kind;
  if (key.status == KeyStatus::Unhashable && is_set_kind(kind) && kind_of(context, item) == ObjectKind::Set) {
    // A set is looked up as the frozen set of its items.
    if (context.read_order(item.object_id())) return stop();
    const std::vector<Value> items = context.heap.at(item).slots;
    key = {KeyStatus::Plain, Value::object(new_of_class(context, type_value(TypeId::FrozenSet), ObjectKind::FrozenSet, items))};
  }
  if (key.status == KeyStatus::Unhashable) return refuse_unhashable(context, key.value);
  if (key.status == KeyStatus::NeedsPython) return std::nullopt;
  if (kind != ObjectKind::FrozenSet && context.read(table, key.value)) return stop();
  return done(Value::boolean(context.heap.find_key(table, key.value) != Heap::absent));
}

std::optional<Result> contains_item(Context& context, ObjectId sequence, Value item) {
  if (context.heap.at(sequence).kind == ObjectKind::List) {
    if (context.read(sequence, Part::Length) || context.read(sequence, Part::Whole)) return stop();
  }
  const Found found = find_item(context, sequence, item, 0, context.heap.at(sequence).slots.size());
  if (found.verdict == Verdict::Stop) return stop();
  if (found.verdict > Verdict::True) return std::nullopt;
  return done(Value::boolean(found.verdict == Verdict::True));
}

std::optional<Result> contains_in_view(Context& context, Value view, Value item) {
  const ObjectId dict = context.heap.at(view).slots[0].object_id();
  const std::int64_t which = context.heap.at(view).slots[1].as_int();
  if (which == 0) return contains_key(context, dict, item);
  if (which == 2) {
    if (kind_of(context, item) != ObjectKind::Tuple || context.heap.at(item).slots.size() != 2) return done(Value::boolean(false));
    const TableKey key = key_in(context, dict, context.heap.at(item).slots[0]);
    if (key.status == KeyStatus::Unhashable) return refuse_unhashable(context, key.value);
    if (key.status == KeyStatus::NeedsPython) return std::nullopt;
    if (context.read(dict, key.value)) return stop();
    const Value found = context.heap.get_item(dict, key.value);
    if (found.is_unset()) return done(Value::boolean(false));
    const Verdict same = same_or_equal(context, found, context.heap.at(item).slots[1]);
    if (same == Verdict::Stop) return stop();
    return same > Verdict::True ? std::nullopt : std::optional(done(Value::boolean(same == Verdict::True)));
  }
  if (context.read_order(dict)) return stop();
  const std::vector<Value>& slots = context.heap.at(dict).slots;
  for (std::size_t i = 1; i < slots.size(); i += 2) {
    const Verdict same = same_or_equal(context, slots[i], item);
    if (same == Verdict::Stop) return stop();
    if (same > Verdict::True) return std::nullopt;
    if (same == Verdict::True) return done(Value::boolean(true));
  }
  return done(Value::boolean(false));
}

std::optional<Result> contains_in_range(Context& context, Value range, Value item) {
  Value number = unwrap(context, item);
  if (number.is(Tag::Float)) {
    const double real = context.constants.number(number);
    if (!std::isfinite(real) || real != std::floor(real)) return done(Value::boolean(false));
    number = context.constants.integer(BigInt(real));
  }
  if (!is_integer(number)) return overrides(context, item, "__eq__") ? std::nullopt : std::optional(done(Value::boolean(false)));
  const auto& slots = context.heap.at(range).slots;
  const BigInt offset = context.constants.big(number) - context.constants.big(slots[0]);
  const BigInt step = context.constants.big(slots[2]);
  const bool inside = offset % step == 0 && offset / step >= 0 && offset / step < range_exact_length(context, range);
  return done(Value::boolean(inside));
}

}  // namespace

std::optional<Result> contains(Context& context, Value container, Value item) {
  const Value plain = unwrap(context, container);
  if (plain.is_string()) return contains_text(context, plain, item);
  if (plain.is(Tag::Bytes)) return contains_byte(context, plain, item);
  switch (kind_of(context, plain)) {
    case ObjectKind::List: case ObjectKind::Tuple: return contains_item(context, plain.object_id(), item);
    case ObjectKind::Dict: case ObjectKind::Set: case ObjectKind::FrozenSet: return contains_key(context, plain.object_id(), item);
    case ObjectKind::DictView: return contains_in_view(context, plain, item);
    case ObjectKind::MappingProxy: return contains(context, context.heap.at(plain).slots[0], item);
    case ObjectKind::Range: return contains_in_range(context, plain, item);
    default: return std::nullopt;
  }
}

std::optional<Result> plain_getitem(Context& context, Value container, Value key) {
  if (overrides(context, container, "__getitem__")) return std::nullopt;
  return get_item(context, container, key);
}

std::optional<Result> plain_setitem(Context& context, Value container, Value key, Value v) {
  if (overrides(context, container, "__setitem__")) return std::nullopt;
  return set_item(context, container, key, v);
}

std::optional<Result> plain_delitem(Context& context, Value container, Value key) {
  if (overrides(context, container, "__delitem__")) return std::nullopt;
  return delete_item(context, container, key);
}

std::optional<Result> plain_length(Context& context, Value container) {
  if (overrides(context, container, "__len__")) return std::nullopt;
  return length_of(context, container);
}

std::optional<Result> plain_contains(Context& context, Value container, Value item) {
  if (overrides(context, container, "__contains__")) return std::nullopt;
  return contains(context, container, item);
}

std::optional<Result> plain_truth(Context& context, Value v) {
  switch (v.tag()) {
    case Tag::None: case Tag::False: return done(Value::boolean(false));
    case Tag::Int: return done(Value::boolean(v.as_int() != 0));
    case Tag::Float: return done(Value::boolean(context.constants.number(v) != 0.0));
    case Tag::String: return done(Value::boolean(!context.text(v).empty()));
    case Tag::Bytes: return done(Value::boolean(!context.constants.content(v).empty()));
    case Tag::Object: break;
    default: return done(Value::boolean(true));
  }
  if (overrides(context, v, "__bool__") || overrides(context, v, "__len__")) return std::nullopt;
  const Value plain = unwrap(context, v);
  if (plain != v) return plain_truth(context, plain);
  if (kind_of(context, v) == ObjectKind::Range) return done(Value::boolean(range_length(context, v) != 0));
  const auto length = length_of(context, v);
  if (!length) return done(Value::boolean(true));
  if (length->kind != ResultKind::Done) return length;
  return done(Value::boolean(length->value != Value::small_int(0)));
}

}  // namespace lockweave::builtins
