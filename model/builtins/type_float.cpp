#include <cmath>

#include <fmt/format.h>

#include "model/builtins/arithmetic.h"
#include "model/builtins/number_methods.h"
#include "model/builtins/number_text.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/type_methods.h"
#include "model/builtins/unicode.h"
#include "model/builtins/value_text.h"

namespace lockweave::builtins {
namespace {

using state::BigInt;

constexpr TypeId type = TypeId::Float;

double number_of(Context& context, const Arguments& arguments) { return context.constants.number(unwrap(context, arguments[0])); }

Result is_integer_number(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "is_integer"))) return *refused;
  const double number = number_of(context, arguments);
  return done(Value::boolean(std::isfinite(number) && number == std::floor(number)));
}

// What int() says to a float that is no number; nullopt if it is one.
std::optional<Result> refuse_non_finite(Context& context, double number, std::string_view what) {
  if (std::isinf(number)) return context.raise(TypeId::OverflowError, fmt::format("cannot convert {} to {}", what == "integer" ? "float infinity" : "Infinity", what));
  if (std::isnan(number)) return context.raise(TypeId::ValueError, fmt::format("cannot convert {} to {}", what == "integer" ? "float NaN" : "NaN", what));
  return std::nullopt;
}

Result as_integer_ratio(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "as_integer_ratio"))) return *refused;
  const double number = number_of(context, arguments);
  if (auto refused = refuse_non_finite(context, number, "integer ratio")) return *refused;
  int exponent = 0;
  double mantissa = std::frexp(number, &exponent);
  while (mantissa != std::floor(mantissa)) {
    mantissa *= 2.0;
    --exponent;
  }
  BigInt numerator = to_integer(mantissa);
  BigInt denominator = 1;
  if (exponent > 0) numerator <<= static_cast<unsigned>(exponent);
  else denominator <<= static_cast<unsigned>(-exponent);
  const Value ratio[] = {context.constants.integer(numerator), context.constants.integer(denominator)};
  return done(context.tuple(ratio));
}

std::string hexadecimal(double number) {
  if (!std::isfinite(number)) return float_repr(number);
  const std::string sign = std::signbit(number) ? "-" : "";
  if (number == 0.0) return sign + "0x0.0p+0";
  int exponent = 0;
  double mantissa = std::frexp(std::fabs(number), &exponent) * 2.0;
  --exponent;
  if (exponent < -1022) {
    mantissa = std::ldexp(mantissa, exponent + 1022);
    exponent = -1022;
  }
  const auto fraction = static_cast<std::uint64_t>(std::ldexp(mantissa - std::floor(mantissa), 52));
  return fmt::format("{}0x{}.{:013x}p{:+d}", sign, static_cast<int>(mantissa), fraction, exponent);
}

Result hex(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "hex"))) return *refused;
  return done(context.string(hexadecimal(number_of(context, arguments))));
}

Result conjugate(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "conjugate"))) return *refused;
  return done(unwrap(context, arguments[0]));
}

template <double (*rounding)(double)>
Result rounded(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "__floor__"))) return *refused;
  const double number = number_of(context, arguments);
  if (auto refused = refuse_non_finite(context, number, "integer")) return *refused;
  return done(context.constants.integer(to_integer(rounding(number))));
}

Result convert(Context& context, Value v) {
  if (overrides(context, v, "__float__")) return context.call_library("_slow_float", std::span(&v, 1));
  if (const auto number = plain_to_float(context, v)) return *number;
  const Value plain = unwrap(context, v);
  if (plain.is_string() || plain.is(Tag::Bytes)) {
    const auto number = parse_float(plain.is_string() ? context.text(plain) : context.constants.content(plain));
    if (number) return done(context.constants.floating(*number));
    std::string text;
    (void)plain_repr(context, plain, text);
    return context.raise(TypeId::ValueError, "could not convert string to float: " + text);
  }
  if (overrides(context, v, "__index__")) return context.call_library("_slow_float", std::span(&v, 1));
  const std::string_view wanted = context.version_at_least(3, 10) ? "real number" : "number";
  return context.raise(TypeId::TypeError, fmt::format("float() argument must be a string or a {}, not '{}'", wanted, context.type_name_of(v)));
}

Result construct(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_construct(context, arguments, "float", 1)) return *refused;
  const Result made = arguments.size() > 1 ? convert(context, arguments[1]) : done(context.constants.floating(0.0));
  const Value cls = arguments[0];
  if (made.kind == ResultKind::Call && cls != type_value(type)) return context.unsupported("a subclass of float made from an object with __float__");
  if (made.kind != ResultKind::Done || cls == type_value(type)) return made;
  return done(wrap(context, cls, made.value));
}

constexpr BuiltinEntry methods[] = {
    {"is_integer", is_integer_number}, {"as_integer_ratio", as_integer_ratio}, {"hex", hex}, {"conjugate", conjugate},
    {"__floor__", rounded<std::floor>}, {"__ceil__", rounded<std::ceil>}, LOCKWEAVE_NUMBER_OPERATORS(type),
};

}  // namespace

const TypeMethods float_methods{type, methods, construct};

}  // namespace lockweave::builtins
