// A value of the program under test: 64 bits, a tag and a payload. Objects are referred to by number, never by address.
#pragma once

#include <compare>
#include <cstdint>

namespace lockweave::state {

enum class Tag : std::uint8_t {
  Unset,           // no value: an unset local, the NULL of LoadMethod, an absent optional
  None,
  False,
  True,
  Ellipsis,
  NotImplemented,
  Int,             // 56 bits, signed; larger ones are BigInt
  BigInt,          // number in Constants
  Float,           // number in Constants
  String,          // number in Constants
  Bytes,           // number in Constants
  Opaque,          // thread identifier, id(), clock: good for equality and as a key, nothing else
  Type,            // a builtin type: number in builtins::TypeTable
  Builtin,         // a builtin function: number in builtins::BuiltinTable
  Code,            // a code object: number in the machine's code table
  Object,          // ObjectId, counted
  Weak,            // ObjectId, not counted: the referent of a weak reference
};

// Number of an object in the heap. At rest (after Heap::restore) it is the object's canonical name.
using ObjectId = std::uint32_t;
inline constexpr ObjectId no_object = 0xffffffffu;

class Value {
 public:
  constexpr Value() = default;
  constexpr Value(Tag tag, std::uint64_t payload = 0) : bits_(payload << 8 | static_cast<std::uint64_t>(tag)) {}

  static constexpr Value none() { return Value(Tag::None); }
  static constexpr Value boolean(bool b) { return Value(b ? Tag::True : Tag::False); }
  static constexpr Value small_int(std::int64_t n) { return Value(Tag::Int, static_cast<std::uint64_t>(n)); }
  static constexpr Value object(ObjectId id) { return Value(Tag::Object, id); }
  static constexpr bool fits_small_int(std::int64_t n) { return n >= -(std::int64_t{1} << 55) && n < (std::int64_t{1} << 55); }

  constexpr Tag tag() const { return static_cast<Tag>(bits_ & 0xff); }
  constexpr std::uint64_t payload() const { return bits_ >> 8; }
  constexpr std::uint32_t number() const { return static_cast<std::uint32_t>(bits_ >> 8); }
  constexpr std::int64_t as_int() const { return static_cast<std::int64_t>(bits_) >> 8; }
  constexpr ObjectId object_id() const { return number(); }
  constexpr std::uint64_t bits() const { return bits_; }
  static constexpr Value from_bits(std::uint64_t bits) { Value v; v.bits_ = bits; return v; }

  constexpr bool is(Tag t) const { return tag() == t; }
  constexpr bool is_unset() const { return bits_ == 0; }
  constexpr bool is_none() const { return is(Tag::None); }
  constexpr bool is_object() const { return is(Tag::Object); }
  constexpr bool is_bool() const { return is(Tag::True) || is(Tag::False); }
  constexpr bool is_string() const { return is(Tag::String); }
  constexpr bool is_int() const { return is(Tag::Int); }

  // Identity, Python's `is`.
  constexpr bool operator==(const Value&) const = default;
  constexpr auto operator<=>(const Value&) const = default;

 private:
  std::uint64_t bits_ = 0;
};

}  // namespace lockweave::state
