#include "model/builtins/plain_value.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

namespace lockweave::builtins {
namespace {

// Not an identifier, so no attribute of the program has this name.
constexpr std::string_view plain_attribute = "(value)";

constexpr std::size_t most_items = std::size_t{1} << 22;

// Integers beyond the machine's word are cut to it, as slices do.
std::int64_t clamped(Context& context, Value v) {
  if (is_small(v)) return small_value(v);
  return context.constants.big(v) < 0 ? std::numeric_limits<std::int64_t>::min() / 2 : std::numeric_limits<std::int64_t>::max() / 2;
}

std::optional<Result> refuse_slice_part(Context& context, Value v) {
  if (v.is_none() || is_integer(unwrap(context, v))) return std::nullopt;
  return context.raise(TypeId::TypeError, "slice indices must be integers or None or have an __index__ method");
}

std::int64_t bounded(Context& context, Value part, std::int64_t absent, std::int64_t length, std::int64_t low, std::int64_t high) {
  if (part.is_none()) return absent;
  std::int64_t position = clamped(context, unwrap(context, part));
  if (position < 0) position += length;
  return std::clamp(position, low, high);
}

std::size_t count_items(const SliceRange& range) {
  if (range.step > 0) return range.start < range.stop ? static_cast<std::size_t>((range.stop - range.start - 1) / range.step) + 1 : 0;
  return range.start > range.stop ? static_cast<std::size_t>((range.start - range.stop - 1) / -range.step) + 1 : 0;
}

}  // namespace

Value unwrap(Context& context, Value v) {
  if (!v.is_object()) return v;
  const state::Object& object = context.heap.at(v);
  if (object.kind != ObjectKind::Instance || object.cls.is(Tag::Type)) return v;
  if (object.slots.empty() && object.attributes.is_unset()) return v;
  const Value plain = context.heap.get_attribute(v.object_id(), context.string(plain_attribute));
  return plain.is_unset() ? v : plain;
}

Value wrap(Context& context, Value cls, Value plain) {
  const ObjectId id = context.heap.allocate(ObjectKind::Instance, cls, context.site());
  context.heap.set_attribute(id, context.string(plain_attribute), plain);
  return Value::object(id);
}

bool overrides(Context& context, Value v, std::string_view special) {
  return v.is_object() && !context.heap.at(v).cls.is(Tag::Type) && context.has_python_special(v, special);
}

ObjectId new_of_class(Context& context, Value cls, ObjectKind kind, std::span<const Value> slots) {
  const ObjectId id = context.heap.allocate(kind, cls, context.site());
  if (!slots.empty()) context.heap.assign(id, slots);
  return id;
}

Index to_index(Context& context, Value v) {
  const Value plain = unwrap(context, v);
  Index index;
  if (is_small(plain)) {
    index.value = small_value(plain);
  } else if (plain.is(Tag::BigInt)) {
    index.refused = context.raise(TypeId::OverflowError, "Python int too large to convert to C ssize_t");
  } else if (overrides(context, v, "__index__")) {
    index.refused = context.unsupported("an object with __index__ as the argument of a builtin method");
  } else {
    index.refused = context.raise(TypeId::TypeError, fmt::format("'{}' object cannot be interpreted as an integer", context.type_name_of(v)));
  }
  return index;
}

bool slice_is_plain(Context& context, Value slice) {
  for (std::size_t i = 0; i < 3; ++i) {
    if (overrides(context, context.heap.at(slice).slots[i], "__index__")) return false;
  }
  return true;
}

SliceRange resolve_slice(Context& context, Value slice, std::size_t size) {
  const std::vector<Value>& parts = context.heap.at(slice).slots;
  SliceRange range;
  for (std::size_t i : {2, 0, 1}) {
    range.refused = refuse_slice_part(context, parts[i]);
    if (range.refused) return range;
  }
  const auto length = static_cast<std::int64_t>(size);
  range.step = parts[2].is_none() ? 1 : clamped(context, unwrap(context, parts[2]));
  if (range.step == 0) {
    range.refused = context.raise(TypeId::ValueError, "slice step cannot be zero");
  } else if (range.step > 0) {
    range.start = bounded(context, parts[0], 0, length, 0, length);
    range.stop = bounded(context, parts[1], length, length, 0, length);
  } else {
    range.start = bounded(context, parts[0], length - 1, length, -1, length - 1);
    range.stop = bounded(context, parts[1], -1, length, -1, length - 1);
  }
  range.count = count_items(range);
  return range;
}

Bounds to_bounds(Context& context, Value start, Value stop, std::size_t size) {
  Bounds bounds;
  const auto length = static_cast<std::int64_t>(size);
  for (Value part : {start, stop}) {
    if (!part.is_unset()) bounds.refused = refuse_slice_part(context, part);
    if (bounds.refused) return bounds;
  }
  constexpr std::int64_t far = std::numeric_limits<std::int64_t>::max();
  const std::int64_t first = start.is_unset() ? 0 : bounded(context, start, 0, length, 0, far);
  const std::int64_t last = stop.is_unset() ? length : bounded(context, stop, length, length, 0, length);
  bounds.beyond = first > last;
  bounds.start = static_cast<std::size_t>(std::min(first, length));
  bounds.stop = std::max(bounds.start, static_cast<std::size_t>(last));
  return bounds;
}

std::optional<Result> refuse_size(Context& context, std::size_t items, std::int64_t times) {
  if (times <= 0 || items <= most_items / static_cast<std::size_t>(times)) return std::nullopt;
  if (items > std::size_t{1} << 40 || times > std::int64_t{1} << 40) return context.raise(TypeId::MemoryError, "");
  return context.unsupported("a value of more than 4 million items");
}

}  // namespace lockweave::builtins
