#include "model/builtins/table_key.h"

#include <cmath>

#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/builtins/plain_value.h"

namespace lockweave::builtins {
namespace {

using state::BigInt;

// CPython's rule for numbers (sys.hash_info): the remainder modulo this prime, so that equal numbers of different types
// hash alike.
constexpr std::uint64_t prime = (std::uint64_t{1} << 61) - 1;

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  return x;
}

std::uint64_t signed_hash(std::uint64_t magnitude, bool negative) {
  if (!negative) return magnitude;
  const std::uint64_t hash = ~magnitude + 1;
  return hash == ~std::uint64_t{0} ? hash - 1 : hash;  // -1 is CPython's mark of an error
}

std::uint64_t integer_hash(Context& context, Value v) {
  if (is_small(v)) {
    const std::int64_t n = small_value(v);
    const auto magnitude = static_cast<std::uint64_t>(n < 0 ? -n : n);
    return signed_hash(magnitude % prime, n < 0);
  }
  const BigInt number = context.constants.big(v);
  const BigInt rest = (number < 0 ? BigInt(-number) : number) % prime;
  return signed_hash(static_cast<std::uint64_t>(rest), number < 0);
}

std::uint64_t float_hash(double number) {
  if (std::isnan(number)) return 0;
  if (std::isinf(number)) return signed_hash(314159, number < 0);
  int exponent = 0;
  double rest = std::frexp(std::fabs(number), &exponent);
  std::uint64_t hash = 0;
  while (rest != 0.0) {  // 28 bits at a time
    hash = ((hash << 28) & prime) | hash >> 33;
    rest *= 268435456.0;
    exponent -= 28;
    const auto part = static_cast<std::uint64_t>(rest);
    rest -= static_cast<double>(part);
    hash += part;
    if (hash >= prime) hash -= prime;
  }
  const int turn = exponent >= 0 ? exponent % 61 : 60 - (-1 - exponent) % 61;
  hash = ((hash << turn) & prime) | hash >> (61 - turn);
  return signed_hash(hash, number < 0);
}

std::uint64_t text_hash(std::string_view text, std::uint64_t kind) {
  std::uint64_t hash = 0xcbf29ce484222325ULL ^ kind;
  for (char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return mix(hash);
}

std::optional<std::uint64_t> hash_at(Context& context, Value v, int depth);

std::optional<std::uint64_t> items_hash(Context& context, const state::Object& object, int depth) {
  const bool ordered = object.kind == ObjectKind::Tuple;
  std::uint64_t hash = 0x345678 + object.slots.size();
  for (Value item : object.slots) {
    const auto part = hash_at(context, item, depth + 1);
    if (!part) return std::nullopt;
    hash = ordered ? mix(hash * 1000003 ^ *part) : hash + mix(*part);
  }
  return mix(hash);
}

std::optional<std::uint64_t> hash_at(Context& context, Value v, int depth) {
  const TableKey key = table_key(context, v, depth);
  if (key.status != KeyStatus::Plain) return std::nullopt;
  v = key.value;
  if (is_integer(v)) return integer_hash(context, v);
  if (v.is(Tag::Float)) return float_hash(context.constants.number(v));
  if (v.is_string()) return text_hash(context.text(v), 0);
  if (v.is(Tag::Bytes)) return text_hash(context.constants.content(v), 1);
  const ObjectKind kind = kind_of(context, v);
  if (kind == ObjectKind::Tuple || kind == ObjectKind::FrozenSet || kind == ObjectKind::Range || kind == ObjectKind::Slice) {
    return items_hash(context, context.heap.at(v), depth);
  }
  if (kind == ObjectKind::WeakRef && context.heap.at(v).cls != type_value(TypeId::Opaque)) {
    const Value referent = context.heap.at(v).slots[state::slot::weakref::referent];
    if (referent.is(Tag::Weak)) return hash_at(context, Value::object(referent.object_id()), depth + 1);
  }
  return context.heap.plain_hash(v);
}

}  // namespace

TableKey table_key(Context& context, Value v, int depth) {
  if (!v.is_object()) return {KeyStatus::Plain, v};
  const state::Object& object = context.heap.at(v);
  if (!object.cls.is(Tag::Type)) {
    if (overrides(context, v, "__hash__") || overrides(context, v, "__eq__")) return {KeyStatus::NeedsPython, v};
    if (object.kind == ObjectKind::Instance) return {KeyStatus::Plain, unwrap(context, v)};
  }
  switch (object.kind) {
    case ObjectKind::List: case ObjectKind::Dict: case ObjectKind::Set: case ObjectKind::MappingProxy:
      return {KeyStatus::Unhashable, v};
    case ObjectKind::Slice:
      return {context.version_at_least(3, 12) ? KeyStatus::Plain : KeyStatus::Unhashable, v};
    case ObjectKind::DictView:
      return {object.slots[1] == Value::small_int(1) ? KeyStatus::Plain : KeyStatus::Unhashable, v};
    case ObjectKind::Tuple: case ObjectKind::FrozenSet:
      if (depth > deepest) return {KeyStatus::NeedsPython, v};
      for (std::size_t i = 0; i < object.slots.size(); ++i) {
        const TableKey part = table_key(context, object.slots[i], depth + 1);
        if (part.status != KeyStatus::Plain) return part;
      }
      return {KeyStatus::Plain, v};
    case ObjectKind::WeakRef: {
      const Value referent = object.slots[state::slot::weakref::referent];
      if (!referent.is(Tag::Weak) || object.cls == type_value(TypeId::Opaque)) return {KeyStatus::Plain, v};
      return {table_key(context, Value::object(referent.object_id()), depth + 1).status == KeyStatus::Plain ? KeyStatus::Plain : KeyStatus::NeedsPython, v};
    }
    default:
      return {KeyStatus::Plain, v};
  }
}

TableKey key_in(Context& context, ObjectId table, Value v) {
  const TableKey key = table_key(context, v);
  if (key.status != KeyStatus::Plain || context.heap.find_key(table, key.value) != state::Heap::absent || !has_python_keys(context, table)) return key;
  return {KeyStatus::NeedsPython, v};
}

Result refuse_unhashable(Context& context, Value v) {
  return context.raise(TypeId::TypeError, fmt::format("unhashable type: '{}'", context.type_name_of(v)));
}

bool has_python_keys(Context& context, ObjectId table) {
  const std::size_t stride = context.heap.at(table).kind == ObjectKind::Dict ? 2 : 1;
  for (std::size_t i = 0; i < context.heap.at(table).slots.size(); i += stride) {
    if (table_key(context, context.heap.at(table).slots[i]).status != KeyStatus::Plain) return true;
  }
  return false;
}

std::optional<std::uint64_t> plain_hash(Context& context, Value v) { return hash_at(context, v, 0); }

}  // namespace lockweave::builtins
