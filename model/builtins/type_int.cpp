// int and bool.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/builtins/arithmetic.h"
#include "model/builtins/iteration.h"
#include "model/builtins/number_methods.h"
#include "model/builtins/number_text.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/type_methods.h"
#include "model/builtins/unicode.h"
#include "model/builtins/value_text.h"

namespace lockweave::builtins {
namespace {

using state::BigInt;

constexpr TypeId type = TypeId::Int;
// sys.get_int_max_str_digits(); since 3.7.14 and its contemporaries.
constexpr std::size_t most_digits = 4300;

BigInt number_of(Context& context, const Arguments& arguments) { return context.constants.big(unwrap(context, arguments[0])); }
BigInt magnitude(const BigInt& number) { return number < 0 ? BigInt(-number) : number; }
std::size_t bits_of(const BigInt& number) { return number == 0 ? 0 : boost::multiprecision::msb(magnitude(number)) + 1; }

Result bit_length(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "bit_length"))) return *refused;
  return done(context.integer(static_cast<std::int64_t>(bits_of(number_of(context, arguments)))));
}

Result bit_count(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "bit_count"))) return *refused;
  if (!context.version_at_least(3, 10)) return context.raise(TypeId::AttributeError, "'int' object has no attribute 'bit_count'");
  const std::string digits = integer_text(magnitude(number_of(context, arguments)), 2);
  return done(context.integer(std::count(digits.begin(), digits.end(), '1')));
}

Result itself(Context& context, const Arguments& arguments, std::string_view name) {
  if (auto refused = refuse(context, arguments, none(type, name))) return *refused;
  return done(context.constants.integer(number_of(context, arguments)));
}

Result conjugate(Context& context, const Arguments& arguments) { return itself(context, arguments, "conjugate"); }
Result index(Context& context, const Arguments& arguments) { return itself(context, arguments, "__index__"); }
Result floor(Context& context, const Arguments& arguments) { return itself(context, arguments, "__floor__"); }
Result ceil(Context& context, const Arguments& arguments) { return itself(context, arguments, "__ceil__"); }

Result is_integer_number(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "is_integer"))) return *refused;
  if (!context.version_at_least(3, 12)) return context.raise(TypeId::AttributeError, "'int' object has no attribute 'is_integer'");
  return done(Value::boolean(true));
}

Result as_integer_ratio(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "as_integer_ratio"))) return *refused;
  const Value ratio[] = {context.constants.integer(number_of(context, arguments)), Value::small_int(1)};
  return done(context.tuple(ratio));
}

Result invert(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "__invert__"))) return *refused;
  return *plain_unary_invert(context, unwrap(context, arguments[0]));
}

// --- bytes

// "little" or "big"; nullopt: neither.
std::optional<bool> is_little(Context& context, Value order) {
  const Value plain = unwrap(context, order);
  if (!plain.is_string()) return std::nullopt;
  if (context.text(plain) == "little") return true;
  if (context.text(plain) == "big") return false;
  return std::nullopt;
}

Result refuse_byte_order(Context& context, Value order, std::string_view method) {
  if (!unwrap(context, order).is_string()) {
    return context.raise(TypeId::TypeError, fmt::format("{}() argument 'byteorder' must be str, not {}", method, context.type_name_of(order)));
  }
  return context.raise(TypeId::ValueError, "byteorder must be either 'little' or 'big'");
}

Result to_bytes(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_self(context, arguments, type, "to_bytes")) return *refused;
  constexpr std::array<std::string_view, 3> names{"length", "byteorder", "signed"};
  const bool defaults = context.version_at_least(3, 11);
  std::array<Value, 3> values{defaults ? Value::small_int(1) : Value(), defaults ? context.string("big") : Value(), Value::boolean(false)};
  if (auto refused = bind_arguments(context, arguments, "to_bytes", names, values)) return *refused;
  for (std::size_t i = 0; i < 2; ++i) {
    if (values[i].is_unset()) return context.raise(TypeId::TypeError, fmt::format("to_bytes() missing required argument '{}' (pos {})", names[i], i + 1));
  }
  const Index length = to_index(context, values[0]);
  if (length.refused) return *length.refused;
  const auto little = is_little(context, values[1]);
  if (!little) return refuse_byte_order(context, values[1], "to_bytes");
  const auto with_sign = plain_truth(context, values[2]);
  if (!with_sign) return context.unsupported("an object with its own truth as the argument 'signed'");
  if (with_sign->kind != ResultKind::Done) return *with_sign;
  if (length.value < 0) return context.raise(TypeId::ValueError, "length argument must be non-negative");
  const bool is_signed = with_sign->value == Value::boolean(true);
  BigInt number = number_of(context, arguments);
  if (number < 0 && !is_signed) return context.raise(TypeId::OverflowError, "can't convert negative int to unsigned");
  const BigInt limit = BigInt(1) << static_cast<unsigned>(length.value * 8 - (is_signed && length.value > 0 ? 1 : 0));
  if (number >= limit || number < -limit || (length.value == 0 && number != 0)) return context.raise(TypeId::OverflowError, "int too big to convert");
  if (number < 0) number += BigInt(1) << static_cast<unsigned>(length.value * 8);
  std::string content;
  for (std::int64_t i = 0; i < length.value; ++i) {
    content += static_cast<char>(static_cast<unsigned>(number & 0xff));
    number >>= 8;
  }
  if (!*little) std::reverse(content.begin(), content.end());
  return done(context.constants.bytes(content));
}

// bytes, or an iterable of integers.
std::optional<Result> bytes_content(Context& context, const Arguments& arguments, Value v, std::string& content) {
  const Value plain = unwrap(context, v);
  if (plain.is(Tag::Bytes)) {
    content = context.constants.content(plain);
    return std::nullopt;
  }
  std::vector<Value> items;
  const CollectStatus status = plain.is_string() ? CollectStatus::NotIterable : collect(context, v, items);
  if (status == CollectStatus::Stop) return stop();
  if (status == CollectStatus::NeedsPython) return retry_method(context, "from_bytes", arguments, 1);
  if (status == CollectStatus::NotIterable) return context.raise(TypeId::TypeError, fmt::format("cannot convert '{}' object to bytes", context.type_name_of(v)));
  for (Value item : items) {
    if (!is_small(item)) return context.raise(TypeId::TypeError, fmt::format("'{}' object cannot be interpreted as an integer", context.type_name_of(item)));
    if (small_value(item) < 0 || small_value(item) > 255) return context.raise(TypeId::ValueError, "bytes must be in range(0, 256)");
    content += static_cast<char>(small_value(item));
  }
  return std::nullopt;
}

Result from_bytes(Context& context, const Arguments& arguments) {
  constexpr std::array<std::string_view, 3> names{"bytes", "byteorder", "signed"};
  std::array<Value, 3> values{Value(), context.version_at_least(3, 11) ? context.string("big") : Value(), Value::boolean(false)};
  if (auto refused = bind_arguments(context, arguments, "from_bytes", names, values)) return *refused;
  for (std::size_t i = 0; i < 2; ++i) {
    if (values[i].is_unset()) return context.raise(TypeId::TypeError, fmt::format("from_bytes() missing required argument '{}' (pos {})", names[i], i + 1));
  }
  const auto little = is_little(context, values[1]);
  if (!little) return refuse_byte_order(context, values[1], "from_bytes");
  std::string content;
  if (auto ended = bytes_content(context, arguments, values[0], content)) return *ended;
  if (*little) std::reverse(content.begin(), content.end());
  BigInt number = 0;
  for (char byte : content) number = (number << 8) + static_cast<unsigned char>(byte);
  const auto with_sign = plain_truth(context, values[2]);
  if (with_sign && with_sign->value == Value::boolean(true) && !content.empty() && (content[0] & 0x80) != 0) {
    number -= BigInt(1) << static_cast<unsigned>(content.size() * 8);
  }
  const Value made = context.constants.integer(number);
  if (arguments[0] == type_value(type)) return done(made);
  const Value call[] = {made};
  return context.tail_call(arguments[0], call);
}

// --- int(...)

Result refuse_literal(Context& context, Value v, std::int64_t base) {
  std::string text;
  (void)plain_repr(context, v, text);
  return context.raise(TypeId::ValueError, fmt::format("invalid literal for int() with base {}: {}", base, text));
}

Result parse(Context& context, Value v, std::int64_t base) {
  const std::string& text = v.is_string() ? context.text(v) : context.constants.content(v);
  const bool power_of_two = base == 2 || base == 4 || base == 8 || base == 16 || base == 32;
  const std::size_t digits = count_digits(text);
  if (digits > most_digits && !power_of_two && context.version_at_least(3, 7)) {
    return context.raise(TypeId::ValueError, fmt::format("Exceeds the limit ({}{}) for integer string conversion: value has {} digits; "
                                                         "use sys.set_int_max_str_digits() to increase the limit",
                                                         most_digits, context.version_at_least(3, 11) ? " digits" : "", digits));
  }
  const auto number = parse_integer(text, static_cast<unsigned>(base));
  return number ? done(context.constants.integer(*number)) : refuse_literal(context, v, base);
}

Result convert(Context& context, Value v) {
  if (const auto number = plain_to_integer(context, v)) return *number;
  const Value plain = unwrap(context, v);
  if (plain.is_string() || plain.is(Tag::Bytes)) return parse(context, plain, 10);
  if (plain.is(Tag::Opaque)) return done(plain);  // an identifier is a whole number already
  for (std::string_view name : {"__int__", "__index__", "__trunc__"}) {
    if (overrides(context, v, name)) return context.call_library("_slow_int", std::span(&v, 1));
  }
  const std::string_view wanted = context.version_at_least(3, 10) ? "real number" : "number";
  return context.raise(TypeId::TypeError, fmt::format("int() argument must be a string, a bytes-like object or a {}, not '{}'", wanted, context.type_name_of(v)));
}

Result convert_with_base(Context& context, Value v, Value base_value) {
  const Index base = to_index(context, base_value);
  if (base.refused) return *base.refused;
  const Value plain = unwrap(context, v);
  if (!plain.is_string() && !plain.is(Tag::Bytes)) return context.raise(TypeId::TypeError, "int() can't convert non-string with explicit base");
  if (base.value != 0 && (base.value < 2 || base.value > 36)) return context.raise(TypeId::ValueError, "int() base must be >= 2 and <= 36, or 0");
  return parse(context, plain, base.value);
}

Result construct(Context& context, const Arguments& arguments) {
  const Value cls = arguments[0];
  if (arguments.size() > 3) {
    const std::size_t given = arguments.size() - 1;
    return context.raise(TypeId::TypeError, context.version_at_least(3, 13) ? fmt::format("int expected at most 2 arguments, got {}", given)
                                                                            : fmt::format("int() takes at most 2 arguments ({} given)", given));
  }
  std::array<Value, 2> values{};
  constexpr std::array<std::string_view, 2> names{"x", "base"};
  if (auto refused = bind_arguments(context, arguments, "int", names, values)) return *refused;
  if (values[0].is_unset() && !values[1].is_unset()) return context.raise(TypeId::TypeError, "int() missing string argument");
  const Result made = values[0].is_unset() ? done(Value::small_int(0))
                      : values[1].is_unset() ? convert(context, values[0])
                                             : convert_with_base(context, values[0], values[1]);
  if (made.kind == ResultKind::Call && cls != type_value(type)) return context.unsupported("a subclass of int made from an object with __int__");
  if (made.kind != ResultKind::Done || cls == type_value(type)) return made;
  return done(wrap(context, cls, made.value));
}

Result construct_bool(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_construct(context, arguments, "bool", 1)) return *refused;
  if (arguments.size() == 1) return done(Value::boolean(false));
  const Value v = arguments[1];
  if (const auto truth = plain_truth(context, v)) return *truth;
  return context.call_library("_slow_truth", std::span(&v, 1));
}

constexpr BuiltinEntry methods[] = {
    {"bit_length", bit_length}, {"bit_count", bit_count}, {"conjugate", conjugate}, {"is_integer", is_integer_number},
    {"as_integer_ratio", as_integer_ratio}, {"to_bytes", to_bytes}, {"from_bytes", from_bytes},
    {"__index__", index}, {"__floor__", floor}, {"__ceil__", ceil}, {"__invert__", invert}, LOCKWEAVE_NUMBER_OPERATORS(type),
    LOCKWEAVE_OPERATOR(type, LeftShift, "lshift"), LOCKWEAVE_OPERATOR(type, RightShift, "rshift"), LOCKWEAVE_OPERATOR(type, And, "and"),
    LOCKWEAVE_OPERATOR(type, Or, "or"), LOCKWEAVE_OPERATOR(type, Xor, "xor"),
};

}  // namespace

namespace number {

Result apply(Context& context, const Arguments& arguments, TypeId own, std::string_view name) {
  if (auto refused = refuse(context, arguments, none(own, name))) return *refused;
  const Value v = unwrap(context, arguments[0]);
  if (name == "__neg__") return *plain_unary_negative(context, v);
  if (name == "__pos__") return *plain_unary_positive(context, v);
  if (name == "__abs__") return *plain_absolute(context, v);
  return name == "__float__" ? *plain_to_float(context, v) : *plain_to_integer(context, v);
}

Result round_number(Context& context, const Arguments& arguments, TypeId own) {
  if (auto refused = refuse(context, arguments, some(own, "__round__", 0, 1))) return *refused;
  return *plain_round(context, unwrap(context, arguments[0]), arguments[1]);
}

Result divide_number(Context& context, const Arguments& arguments, TypeId own) {
  if (auto refused = refuse(context, arguments, one(own, "__divmod__"))) return *refused;
  return plain_divmod(context, arguments[0], arguments[1]).value_or(done(Value(Tag::NotImplemented)));
}

}  // namespace number

const TypeMethods int_methods{type, methods, construct};
const TypeMethods bool_methods{TypeId::Bool, {}, construct_bool};

}  // namespace lockweave::builtins
