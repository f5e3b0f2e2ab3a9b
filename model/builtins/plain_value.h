// What a value is underneath: an instance of a class that inherits from str, int, float or bytes stands for a plain value,
// and an object whose class has its own special methods is not plain at all.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/builtins/builtin.h"

namespace lockweave::builtins {

// The plain value an instance of a subclass of str, int, float or bytes was made from; any other value itself.
Value unwrap(Context& context, Value v);
// An instance of such a subclass.
Value wrap(Context& context, Value cls, Value plain);

// The class of v is the program's and defines this special method in Python.
bool overrides(Context& context, Value v, std::string_view special);

inline bool is_integer(Value v) { return v.is_int() || v.is(Tag::BigInt) || v.is_bool(); }
inline bool is_small(Value v) { return v.is_int() || v.is_bool(); }
inline std::int64_t small_value(Value v) { return v.is_int() ? v.as_int() : v.is(Tag::True) ? 1 : 0; }
inline bool is_number(Value v) { return is_integer(v) || v.is(Tag::Float); }

inline ObjectKind kind_of(const Context& context, Value v) { return v.is_object() ? context.heap.at(v).kind : ObjectKind::Free; }
inline bool is_set_kind(ObjectKind kind) { return kind == ObjectKind::Set || kind == ObjectKind::FrozenSet; }

// A list, dictionary, set, ... of exactly the class called: T itself or a subclass of it.
ObjectId new_of_class(Context& context, Value cls, ObjectKind kind, std::span<const Value> slots = {});

// --- numbers that stand for a place

// An integer argument that must fit the machine's word; what to raise if not.
struct Index {
  std::int64_t value = 0;
  std::optional<Result> refused;
};
Index to_index(Context& context, Value v);

struct SliceRange {
  std::int64_t start = 0;
  std::int64_t stop = 0;
  std::int64_t step = 1;
  std::size_t count = 0;
  std::optional<Result> refused;
};
// The items a slice object means in a sequence of this length. Requires: slice_is_plain.
SliceRange resolve_slice(Context& context, Value slice, std::size_t length);
// No part of the slice is an object with its own __index__.
bool slice_is_plain(Context& context, Value slice);

// start and stop as str.find and list.index take them: absent, None or integers, cut to the sequence.
struct Bounds {
  std::size_t start = 0;
  std::size_t stop = 0;
  bool beyond = false;  // start lay behind the end: then not even an empty text is found
  std::optional<Result> refused;
};
Bounds to_bounds(Context& context, Value start, Value stop, std::size_t length);

// A count that would need more memory than a program here has reason to; what to raise.
std::optional<Result> refuse_size(Context& context, std::size_t items, std::int64_t times);

}  // namespace lockweave::builtins
