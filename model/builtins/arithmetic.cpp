#include "model/builtins/arithmetic.h"

#include <bit>
#include <cerrno>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "model/builtins/number_text.h"
#include "model/builtins/plain_value.h"

namespace lockweave::builtins {
namespace {

using bytecode::BinaryOperator;
using state::BigInt;

// Larger integers are hardly meant; CPython would be busy with them for minutes.
constexpr std::uint64_t most_bits = std::uint64_t{1} << 20;

Result refuse_large_integer(Context& context) { return context.unsupported("an integer of more than a million bits"); }
Result divided_by_zero(Context& context, std::string_view message) { return context.raise(TypeId::ZeroDivisionError, message); }

std::uint64_t bit_count(const BigInt& number) {
  return number == 0 ? 0 : boost::multiprecision::msb(number < 0 ? BigInt(-number) : number) + 1;
}

BigInt floor_divide(const BigInt& a, const BigInt& b) {
  BigInt quotient;
  BigInt remainder;
  boost::multiprecision::divide_qr(a, b, quotient, remainder);
  if (remainder != 0 && (remainder < 0) != (b < 0)) --quotient;
  return quotient;
}

BigInt floor_modulo(const BigInt& a, const BigInt& b) {
  BigInt remainder = a % b;
  if (remainder != 0 && (remainder < 0) != (b < 0)) remainder += b;
  return remainder;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return a % b != 0 && (a % b < 0) != (b < 0) ? quotient - 1 : quotient;
}

std::int64_t floor_modulo(std::int64_t a, std::int64_t b) {
  const std::int64_t remainder = a % b;
  return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder;
}

std::string_view integer_modulo_message(Context& context) {
  return context.version_at_least(3, 11) ? "integer modulo by zero" : "integer division or modulo by zero";
}

// --- float

Result float_overflow(Context& context) {
  const Value arguments[] = {Value::small_int(ERANGE), context.string("Numerical result out of range")};
  return context.raise_value(context.make_exception(TypeId::OverflowError, arguments));
}

Result float_power(Context& context, double a, double b) {
  if (a == 0.0 && b < 0.0) return divided_by_zero(context, "0.0 cannot be raised to a negative power");
  if (a < 0.0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) return context.unsupported("complex numbers");
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) return float_overflow(context);
  return done(context.constants.floating(result));
}

struct FloatDivision {
  double quotient;
  double remainder;
};

// Objects/floatobject.c, _float_div_mod: the remainder has the divisor's sign, and quotient * b + remainder is close to a.
FloatDivision float_divide(double a, double b) {
  double remainder = std::fmod(a, b);
  double quotient = (a - remainder) / b;
  if (remainder != 0.0) {
    if ((b < 0) != (remainder < 0)) {
      remainder += b;
      quotient -= 1.0;
    }
  } else {
    remainder = std::copysign(0.0, b);
  }
  if (quotient == 0.0) return {std::copysign(0.0, a / b), remainder};
  double whole = std::floor(quotient);
  if (quotient - whole > 0.5) whole += 1.0;
  return {whole, remainder};
}

std::optional<Result> float_binary(Context& context, BinaryOperator op, double a, double b) {
  const auto floating = [&](double result) { return done(context.constants.floating(result)); };
  switch (op) {
    case BinaryOperator::Add: return floating(a + b);
    case BinaryOperator::Subtract: return floating(a - b);
    case BinaryOperator::Multiply: return floating(a * b);
    case BinaryOperator::TrueDivide:
      if (b == 0.0) return divided_by_zero(context, "float division by zero");
      return floating(a / b);
    case BinaryOperator::FloorDivide:
      if (b == 0.0) return divided_by_zero(context, context.version_at_least(3, 9) ? "float floor division by zero" : "float divmod()");
      return floating(float_divide(a, b).quotient);
    case BinaryOperator::Modulo:
      if (b == 0.0) return divided_by_zero(context, context.version_at_least(3, 13) ? "float modulo by zero" : "float modulo");
      return floating(float_divide(a, b).remainder);
    case BinaryOperator::Power: return float_power(context, a, b);
    case BinaryOperator::MatrixMultiply: case BinaryOperator::LeftShift: case BinaryOperator::RightShift:
    case BinaryOperator::And: case BinaryOperator::Or: case BinaryOperator::Xor: return std::nullopt;
  }
  return std::nullopt;
}

// The value as a double; what to raise if it is too large.
struct Real {
  double value = 0;
  std::optional<Result> refused;
};

Real to_real(Context& context, Value v) {
  if (v.is(Tag::Float)) return {context.constants.number(v), std::nullopt};
  if (is_small(v)) return {static_cast<double>(small_value(v)), std::nullopt};
  const auto number = to_double(context.constants.big(v));
  if (!number) return {0, context.raise(TypeId::OverflowError, "int too large to convert to float")};
  return {*number, std::nullopt};
}

// --- int

Result integer_true_divide(Context& context, Value a, Value b) {
  constexpr std::int64_t exact = std::int64_t{1} << 53;
  if (is_small(b) && small_value(b) == 0) return divided_by_zero(context, "division by zero");
  if (is_small(a) && is_small(b) && std::abs(small_value(a)) <= exact && std::abs(small_value(b)) <= exact) {
    return done(context.constants.floating(static_cast<double>(small_value(a)) / static_cast<double>(small_value(b))));
  }
  const auto quotient = divide_exactly(context.constants.big(a), context.constants.big(b));
  if (!quotient) return context.raise(TypeId::OverflowError, "integer division result too large for a float");
  return done(context.constants.floating(*quotient));
}

Result integer_power(Context& context, Value a, Value b) {
  if (context.constants.big(b) < 0) {
    const Real base = to_real(context, a);
    const Real exponent = to_real(context, b);
    if (base.refused) return *base.refused;
    if (exponent.refused) return *exponent.refused;
    return float_power(context, base.value, exponent.value);
  }
  const BigInt base = context.constants.big(a);
  if (base == 0 || base == 1 || base == -1) {
    const bool even = (context.constants.big(b) & 1) == 0;
    const bool zeroth = is_small(b) && small_value(b) == 0;
    return done(context.constants.integer(zeroth ? BigInt(1) : base == -1 && even ? BigInt(1) : base));
  }
  if (!is_small(b) || bit_count(base) * static_cast<std::uint64_t>(small_value(b)) > most_bits) return refuse_large_integer(context);
  return done(context.constants.integer(BigInt(boost::multiprecision::pow(base, static_cast<unsigned>(small_value(b))))));
}

Result integer_shift(Context& context, BinaryOperator op, Value a, Value b) {
  if (context.constants.big(b) < 0) return context.raise(TypeId::ValueError, "negative shift count");
  const bool left = op == BinaryOperator::LeftShift;
  const BigInt number = context.constants.big(a);
  if (number == 0) return done(Value::small_int(0));
  if (!is_small(b)) return left ? refuse_large_integer(context) : done(Value::small_int(number < 0 ? -1 : 0));
  const auto count = static_cast<std::uint64_t>(small_value(b));
  if (!left && count > bit_count(number)) return done(Value::small_int(number < 0 ? -1 : 0));
  if (left && bit_count(number) + count > most_bits) return refuse_large_integer(context);
  const auto bits = static_cast<unsigned>(count);
  return done(context.constants.integer(left ? BigInt(number << bits) : floor_divide(number, BigInt(1) << bits)));
}

Value bitwise(Context& context, BinaryOperator op, Value a, Value b) {
  if (is_small(a) && is_small(b)) {
    const std::int64_t x = small_value(a);
    const std::int64_t y = small_value(b);
    const std::int64_t result = op == BinaryOperator::And ? x & y : op == BinaryOperator::Or ? x | y : x ^ y;
    return a.is_bool() && b.is_bool() ? Value::boolean(result != 0) : Value::small_int(result);
  }
  const BigInt x = context.constants.big(a);
  const BigInt y = context.constants.big(b);
  return context.constants.integer(op == BinaryOperator::And ? BigInt(x & y) : op == BinaryOperator::Or ? BigInt(x | y) : BigInt(x ^ y));
}

Result big_binary(Context& context, BinaryOperator op, const BigInt& a, const BigInt& b) {
  switch (op) {
    case BinaryOperator::Add: return done(context.constants.integer(BigInt(a + b)));
    case BinaryOperator::Subtract: return done(context.constants.integer(BigInt(a - b)));
    case BinaryOperator::FloorDivide: return done(context.constants.integer(floor_divide(a, b)));
    case BinaryOperator::Modulo: return done(context.constants.integer(floor_modulo(a, b)));
    default:
      if (bit_count(a) + bit_count(b) > most_bits) return refuse_large_integer(context);
      return done(context.constants.integer(BigInt(a * b)));
  }
}

// + - * // %; the divisor is not zero.
Result integer_arithmetic(Context& context, BinaryOperator op, Value a, Value b) {
  if (is_small(a) && is_small(b)) {
    const std::int64_t x = small_value(a);
    const std::int64_t y = small_value(b);
    std::int64_t product = 0;
    switch (op) {
      case BinaryOperator::Add: return done(context.integer(x + y));
      case BinaryOperator::Subtract: return done(context.integer(x - y));
      case BinaryOperator::FloorDivide: return done(context.integer(floor_divide(x, y)));
      case BinaryOperator::Modulo: return done(context.integer(floor_modulo(x, y)));
      default:
        if (!__builtin_mul_overflow(x, y, &product)) return done(context.integer(product));
    }
  }
  return big_binary(context, op, context.constants.big(a), context.constants.big(b));
}

std::optional<Result> integer_binary(Context& context, BinaryOperator op, Value a, Value b) {
  const bool zero = is_small(b) && small_value(b) == 0;
  switch (op) {
    case BinaryOperator::FloorDivide:
      if (zero) return divided_by_zero(context, "integer division or modulo by zero");
      return integer_arithmetic(context, op, a, b);
    case BinaryOperator::Modulo:
      if (zero) return divided_by_zero(context, integer_modulo_message(context));
      return integer_arithmetic(context, op, a, b);
    case BinaryOperator::Add: case BinaryOperator::Subtract: case BinaryOperator::Multiply: return integer_arithmetic(context, op, a, b);
    case BinaryOperator::TrueDivide: return integer_true_divide(context, a, b);
    case BinaryOperator::Power: return integer_power(context, a, b);
    case BinaryOperator::LeftShift: case BinaryOperator::RightShift: return integer_shift(context, op, a, b);
    case BinaryOperator::And: case BinaryOperator::Or: case BinaryOperator::Xor: return done(bitwise(context, op, a, b));
    case BinaryOperator::MatrixMultiply: return std::nullopt;
  }
  return std::nullopt;
}

// What a clock says is not known; a difference of two, or one moved by a number, is as unknown.
std::optional<Result> opaque_binary(Context& context, BinaryOperator op, Value a, Value b) {
  const auto is_operand = [](Value v) { return v.is(Tag::Opaque) || is_number(v); };
  if (!is_operand(a) || !is_operand(b)) return std::nullopt;
  if (op == BinaryOperator::Add || op == BinaryOperator::Subtract) return done(a.is(Tag::Opaque) ? a : b);
  return context.unsupported("arithmetic with an identifier or a clock value other than a difference or an offset");
}

// --- round

Result round_to_integer(Context& context, double number) {
  if (std::isnan(number)) return context.raise(TypeId::ValueError, "cannot convert float NaN to integer");
  if (std::isinf(number)) return context.raise(TypeId::OverflowError, "cannot convert float infinity to integer");
  double rounded = std::round(number);
  if (std::fabs(number - rounded) == 0.5) rounded = 2.0 * std::round(number / 2.0);
  return done(context.constants.integer(to_integer(rounded)));
}

// Through the exact decimal text, which rounds ties to even and knows that 2.675 is less than it looks.
Result round_to_digits(Context& context, double number, std::int64_t digits) {
  if (!std::isfinite(number) || digits > 323) return done(context.constants.floating(number));
  if (digits < -308) return done(context.constants.floating(std::copysign(0.0, number)));
  if (digits >= 0) {
    const auto rounded = parse_float(format_float(number, 'f', static_cast<int>(digits), false));
    if (std::isinf(*rounded)) return context.raise(TypeId::OverflowError, "rounded value too large to represent");
    return done(context.constants.floating(*rounded));
  }
  const BigInt unit = boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(-digits));
  const BigInt whole = to_integer(std::fabs(number));
  BigInt quotient = whole / unit;
  const BigInt rest = (whole % unit) * 2;
  const bool has_fraction = std::fabs(number) != std::floor(std::fabs(number));
  if (rest > unit || (rest == unit && (has_fraction || (quotient & 1) != 0))) ++quotient;
  const auto rounded = to_double(quotient * unit);
  if (!rounded) return context.raise(TypeId::OverflowError, "rounded value too large to represent");
  return done(context.constants.floating(std::copysign(*rounded, number)));
}

Result round_integer(Context& context, Value number, std::int64_t digits) {
  const BigInt whole = context.constants.big(number);
  if (digits >= 0) return done(context.constants.integer(whole));
  if (digits < -100000) return done(Value::small_int(0));
  const BigInt unit = boost::multiprecision::pow(BigInt(10), static_cast<unsigned>(-digits));
  BigInt quotient = floor_divide(whole, unit);
  const BigInt rest = floor_modulo(whole, unit) * 2;
  if (rest > unit || (rest == unit && (quotient & 1) != 0)) ++quotient;
  return done(context.constants.integer(BigInt(quotient * unit)));
}

// --- pow with a modulus

// The inverse of a modulo m; 0 if there is none.
BigInt inverse_modulo(const BigInt& a, const BigInt& m) {
  BigInt r0 = m;
  BigInt r1 = floor_modulo(a, m);
  BigInt t0 = 0;
  BigInt t1 = 1;
  while (r1 != 0) {
    const BigInt quotient = r0 / r1;
    const BigInt r2 = r0 - quotient * r1;
    const BigInt t2 = t0 - quotient * t1;
    r0 = r1;
    r1 = r2;
    t0 = t1;
    t1 = t2;
  }
  return r0 == 1 ? floor_modulo(t0, m) : BigInt(0);
}

Result power_modulo(Context& context, BigInt base, BigInt exponent, const BigInt& modulus) {
  if (modulus == 0) return context.raise(TypeId::ValueError, "pow() 3rd argument cannot be 0");
  const BigInt positive = modulus < 0 ? BigInt(-modulus) : modulus;
  if (exponent < 0) {
    if (!context.version_at_least(3, 8)) {
      return context.raise(TypeId::ValueError, "pow() 2nd argument cannot be negative when 3rd argument specified");
    }
    base = inverse_modulo(base, positive);
    if (base == 0 && positive != 1) return context.raise(TypeId::ValueError, "base is not invertible for the given modulus");
    exponent = -exponent;
  }
  const BigInt power = boost::multiprecision::powm(floor_modulo(base, positive), exponent, positive);
  return done(context.constants.integer(floor_modulo(positive == 1 ? BigInt(0) : power, modulus)));
}

}  // namespace

std::optional<Result> number_binary(Context& context, BinaryOperator op, Value a, Value b) {
  if (is_integer(a) && is_integer(b)) return integer_binary(context, op, a, b);
  if (a.is(Tag::Opaque) || b.is(Tag::Opaque)) return opaque_binary(context, op, a, b);
  if (!is_number(a) || !is_number(b)) return std::nullopt;
  const Real left = to_real(context, a);
  if (left.refused) return left.refused;
  const Real right = to_real(context, b);
  if (right.refused) return right.refused;
  return float_binary(context, op, left.value, right.value);
}

std::optional<Result> plain_divmod(Context& context, Value a, Value b) {
  a = unwrap(context, a);
  b = unwrap(context, b);
  const bool integers = is_integer(a) && is_integer(b);
  if (!integers && is_number(a) && is_number(b)) {
    const Real divisor = to_real(context, b);
    if (!divisor.refused && divisor.value == 0.0) {
      return divided_by_zero(context, "float divmod()");
    }
  }
  const auto quotient = number_binary(context, BinaryOperator::FloorDivide, a, b);
  if (!quotient || quotient->kind != ResultKind::Done) return quotient;
  const auto remainder = number_binary(context, BinaryOperator::Modulo, a, b);
  if (!remainder || remainder->kind != ResultKind::Done) return remainder;
  const Value both[] = {quotient->value, remainder->value};
  return done(context.tuple(both));
}

std::optional<Result> plain_power(Context& context, Value base, Value exponent, Value modulus) {
  base = unwrap(context, base);
  exponent = unwrap(context, exponent);
  modulus = unwrap(context, modulus);
  if (modulus.is_unset() || modulus.is_none()) return number_binary(context, BinaryOperator::Power, base, exponent);
  if (!is_number(base) || !is_number(exponent) || !is_number(modulus)) return std::nullopt;
  if (!is_integer(base) || !is_integer(exponent) || !is_integer(modulus)) {
    return context.raise(TypeId::TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  return power_modulo(context, context.constants.big(base), context.constants.big(exponent), context.constants.big(modulus));
}

std::optional<Result> plain_absolute(Context& context, Value a) {
  const Value v = unwrap(context, a);
  if (overrides(context, a, "__abs__")) return std::nullopt;
  if (v.is(Tag::Opaque)) return done(v);
  if (v.is(Tag::Float)) return done(context.constants.floating(std::fabs(context.constants.number(v))));
  if (is_small(v)) return done(context.integer(std::abs(small_value(v))));
  if (v.is(Tag::BigInt)) return done(context.constants.integer(BigInt(boost::multiprecision::abs(context.constants.big(v)))));
  return std::nullopt;
}

std::optional<Result> plain_round(Context& context, Value number, Value digits) {
  if (overrides(context, number, "__round__")) return std::nullopt;
  number = unwrap(context, number);
  if (number.is(Tag::Opaque)) return done(number);
  if (!is_number(number)) return std::nullopt;
  const bool to_whole = digits.is_unset() || digits.is_none();
  if (to_whole && number.is(Tag::Float)) return round_to_integer(context, context.constants.number(number));
  if (to_whole) return done(is_small(number) ? Value::small_int(small_value(number)) : number);
  const Index places = to_index(context, digits);
  if (places.refused) return places.refused;
  if (number.is(Tag::Float)) return round_to_digits(context, context.constants.number(number), places.value);
  return round_integer(context, number, places.value);
}

std::optional<Result> plain_to_integer(Context& context, Value number) {
  number = unwrap(context, number);
  if (is_small(number)) return done(Value::small_int(small_value(number)));
  if (number.is(Tag::BigInt)) return done(number);
  if (!number.is(Tag::Float)) return std::nullopt;
  const double real = context.constants.number(number);
  if (std::isnan(real)) return context.raise(TypeId::ValueError, "cannot convert float NaN to integer");
  if (std::isinf(real)) return context.raise(TypeId::OverflowError, "cannot convert float infinity to integer");
  return done(context.constants.integer(to_integer(real)));
}

std::optional<Result> plain_to_float(Context& context, Value number) {
  number = unwrap(context, number);
  if (number.is(Tag::Opaque)) return done(number);
  if (!is_number(number)) return std::nullopt;
  const Real real = to_real(context, number);
  if (real.refused) return real.refused;
  return done(context.constants.floating(real.value));
}

std::optional<Result> plain_unary_negative(Context& context, Value a) {
  if (overrides(context, a, "__neg__")) return std::nullopt;
  const Value v = unwrap(context, a);
  if (v.is(Tag::Opaque)) return done(v);
  if (v.is(Tag::Float)) return done(context.constants.floating(-context.constants.number(v)));
  if (is_small(v)) return done(context.integer(-small_value(v)));
  if (v.is(Tag::BigInt)) return done(context.constants.integer(BigInt(-context.constants.big(v))));
  return std::nullopt;
}

std::optional<Result> plain_unary_positive(Context& context, Value a) {
  if (overrides(context, a, "__pos__")) return std::nullopt;
  const Value v = unwrap(context, a);
  if (is_small(v)) return done(Value::small_int(small_value(v)));
  if (is_number(v)) return done(v);
  return std::nullopt;
}

std::optional<Result> plain_unary_invert(Context& context, Value a) {
  if (overrides(context, a, "__invert__")) return std::nullopt;
  const Value v = unwrap(context, a);
  if (is_small(v)) return done(Value::small_int(~small_value(v)));
  if (v.is(Tag::BigInt)) return done(context.constants.integer(BigInt(-context.constants.big(v) - 1)));
  return std::nullopt;
}

}  // namespace lockweave::builtins
