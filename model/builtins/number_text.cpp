#include "model/builtins/number_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <ios>
#include <vector>

#include "model/builtins/unicode.h"

namespace lockweave::builtins {
namespace {

using state::BigInt;

std::string non_finite_text(double number) {
  if (std::isnan(number)) return "nan";
  return number < 0 ? "-inf" : "inf";
}

std::string printed(double number, std::chars_format format, int precision) {
  // The longest double has 309 digits before its point.
  std::vector<char> buffer(static_cast<std::size_t>(precision) + 400);
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, format, precision);
  return {buffer.data(), end.ptr};
}

// The decimal exponent in the text of a number in scientific format.
int exponent_of(std::string_view text) {
  std::string_view exponent = text.substr(text.find('e') + 1);
  if (exponent.front() == '+') exponent.remove_prefix(1);
  int value = 0;
  std::from_chars(exponent.data(), exponent.data() + exponent.size(), value);
  return value;
}

void strip_zeros(std::string& text) {
  const std::size_t exponent = std::min(text.find('e'), text.size());
  const std::size_t point = text.find('.');
  if (point == std::string::npos) return;
  std::size_t end = exponent;
  while (end > point + 1 && text[end - 1] == '0') --end;
  if (end == point + 1) --end;
  text.erase(end, exponent - end);
}

void add_point(std::string& text) {
  if (text.find('.') != std::string::npos) return;
  text.insert(std::min(text.find('e'), text.size()), ".");
}

std::string general_text(double number, int precision, bool alternate, bool keep_point) {
  const int digits = std::max(precision, 1);
  const std::string scientific = printed(number, std::chars_format::scientific, digits - 1);
  const int exponent = exponent_of(scientific);
  const bool use_exponent = exponent < -4 || exponent >= digits - (keep_point ? 1 : 0);
  std::string text = use_exponent ? scientific : printed(number, std::chars_format::fixed, std::max(digits - 1 - exponent, 0));
  if (alternate) add_point(text);
  else strip_zeros(text);
  if (keep_point && !use_exponent && text.find('.') == std::string::npos) text += ".0";
  return text;
}

int digit_of(char32_t c) {
  if (const int decimal = unicode::decimal_value(c); decimal >= 0) return decimal;
  if (c >= 'a' && c <= 'z') return static_cast<int>(c - 'a') + 10;
  if (c >= 'A' && c <= 'Z') return static_cast<int>(c - 'A') + 10;
  return 99;
}

std::u32string stripped_points(std::string_view text) {
  std::u32string points = unicode::points(text);
  const auto is_word = [](char32_t c) { return !unicode::is_space(c); };
  points.erase(std::find_if(points.rbegin(), points.rend(), is_word).base(), points.end());
  points.erase(points.begin(), std::ranges::find_if(points, is_word));
  return points;
}

unsigned prefix_base(std::u32string_view digits) {
  if (digits.size() < 2 || digits[0] != '0') return 10;
  switch (digits[1]) {
    case 'x': case 'X': return 16;
    case 'o': case 'O': return 8;
    case 'b': case 'B': return 2;
    default: return 10;
  }
}

// Underscores only between digits (and after a prefix); nothing if the text is no number of this base.
std::optional<std::vector<int>> digits_of(std::u32string_view text, unsigned base, bool after_prefix) {
  std::vector<int> digits;
  bool separated = !after_prefix;
  for (char32_t c : text) {
    if (c == '_') {
      if (separated) return std::nullopt;
      separated = true;
      continue;
    }
    const int digit = digit_of(c);
    if (digit >= static_cast<int>(base)) return std::nullopt;
    digits.push_back(digit);
    separated = false;
  }
  if (digits.empty() || separated) return std::nullopt;
  return digits;
}

BigInt joined(const std::vector<int>& digits, unsigned base) {
  BigInt number = 0;
  std::uint64_t part = 0;
  std::uint64_t scale = 1;
  for (int digit : digits) {
    part = part * base + static_cast<std::uint64_t>(digit);
    scale *= base;
    if (scale > (std::uint64_t{1} << 56)) {
      number = number * scale + part;
      part = 0;
      scale = 1;
    }
  }
  return number * scale + part;
}

// mantissa * 2**exponent with the mantissa's lowest bit a "something was cut off" mark; rounds to nearest, ties to even.
std::optional<double> scaled(BigInt mantissa, long exponent) {
  const long bits = static_cast<long>(boost::multiprecision::msb(mantissa)) + 1;
  // Subnormal numbers have fewer bits: the last bit of any double is at least 2**-1074.
  const long drop = std::max(bits - 53, -1074 - exponent);
  if (drop > 0) {
    const BigInt rest = mantissa & ((BigInt(1) << static_cast<unsigned>(drop)) - 1);
    const BigInt half = BigInt(1) << static_cast<unsigned>(drop - 1);
    mantissa >>= static_cast<unsigned>(drop);
    if (rest > half || (rest == half && (mantissa & 1) != 0)) ++mantissa;
    exponent += drop;
  }
  const double result = std::ldexp(static_cast<double>(static_cast<std::uint64_t>(mantissa)), static_cast<int>(exponent));
  if (std::isinf(result)) return std::nullopt;
  return result;
}

}  // namespace

std::string float_repr(double number) {
  if (!std::isfinite(number)) return non_finite_text(number);
  char buffer[64];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
  const std::string scientific(buffer, end.ptr);
  const int exponent = exponent_of(scientific);
  if (exponent < -4 || exponent >= 16) return scientific;
  const auto digits = std::ranges::count_if(scientific.substr(0, scientific.find('e')), [](char c) { return c >= '0' && c <= '9'; });
  return printed(number, std::chars_format::fixed, std::max(static_cast<int>(digits) - 1 - exponent, 1));
}

std::string format_float(double number, char type, int precision, bool alternate, bool keep_point) {
  const bool capital = type == 'E' || type == 'F' || type == 'G';
  std::string text;
  if (!std::isfinite(number)) {
    text = non_finite_text(number);
  } else if (type == 'e' || type == 'E') {
    text = printed(number, std::chars_format::scientific, precision);
    if (alternate) add_point(text);
  } else if (type == 'f' || type == 'F') {
    text = printed(number, std::chars_format::fixed, precision);
    if (alternate) add_point(text);
  } else {
    text = general_text(number, precision, alternate, keep_point);
  }
  return capital ? unicode::upper(text) : text;
}

std::string integer_text(const BigInt& number, unsigned base) {
  if (base == 10) return number.str();
  const bool negative = number < 0;
  BigInt rest = negative ? BigInt(-number) : number;
  std::string text;
  if (base == 8 || base == 16) {
    text = rest.str(0, base == 8 ? std::ios::oct : std::ios::hex);
  } else {
    const unsigned bits = rest == 0 ? 1 : static_cast<unsigned>(boost::multiprecision::msb(rest)) + 1;
    for (unsigned bit = bits; bit-- > 0;) text += boost::multiprecision::bit_test(rest, bit) ? '1' : '0';
  }
  return negative ? "-" + text : text;
}

std::optional<BigInt> parse_integer(std::string_view text, unsigned base) {
  const std::u32string points = stripped_points(text);
  std::u32string_view rest = points;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  const unsigned prefixed = prefix_base(rest);
  const bool has_prefix = prefixed != 10 && (base == 0 || base == prefixed);
  const bool source_rules = base == 0 && !has_prefix;
  if (base == 0) base = prefixed;
  if (has_prefix) rest.remove_prefix(2);
  const auto digits = digits_of(rest, base, has_prefix);
  if (!digits) return std::nullopt;
  const bool all_zero = std::ranges::all_of(*digits, [](int digit) { return digit == 0; });
  if (source_rules && digits->front() == 0 && !all_zero) return std::nullopt;
  const BigInt number = joined(*digits, base);
  return negative ? BigInt(-number) : number;
}

std::size_t count_digits(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t offset = 0; offset < text.size();) count += unicode::is_decimal(unicode::next(text, offset)) ? 1 : 0;
  return count;
}

std::optional<double> parse_float(std::string_view text) {
  std::string plain;
  char32_t before = 0;
  const std::u32string points = stripped_points(text);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const int digit = unicode::decimal_value(points[i]);
    if (points[i] == '_') {
      const bool between = i > 0 && i + 1 < points.size() && unicode::is_decimal(before) && unicode::is_decimal(points[i + 1]);
      if (!between) return std::nullopt;
    } else if (digit >= 0) {
      plain += static_cast<char>('0' + digit);
    } else if (points[i] < 0x80) {
      plain += static_cast<char>(points[i]);
    } else {
      return std::nullopt;
    }
    before = points[i];
  }
  const bool negative = !plain.empty() && plain[0] == '-';
  if (!plain.empty() && (plain[0] == '-' || plain[0] == '+')) plain.erase(0, 1);
  const std::string word = unicode::lower(plain);
  if (word == "inf" || word == "infinity") return negative ? -INFINITY : INFINITY;
  if (word == "nan") return NAN;
  if (word.empty() || word.find_first_not_of("0123456789.e+-") != std::string::npos) return std::nullopt;
  if (word[0] == '-' || word[0] == '+') return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number, std::chars_format::general);
  if (end != word.data() + word.size() || error == std::errc::invalid_argument) return std::nullopt;
  if (error == std::errc::result_out_of_range) {
    // Too large or too small: the size of the exponent tells which, counted from the first digit that is not zero.
    const std::size_t mark = word.find('e');
    const bool tiny = mark != std::string::npos ? word[mark + 1] == '-' : word[0] == '0' || word[0] == '.';
    number = tiny ? 0.0 : INFINITY;
  }
  return negative ? -number : number;
}

std::optional<double> to_double(const BigInt& number) {
  if (number == 0) return 0.0;
  const auto magnitude = scaled(number < 0 ? BigInt(-number) : number, 0);
  if (!magnitude) return std::nullopt;
  return number < 0 ? -*magnitude : *magnitude;
}

std::optional<double> divide_exactly(const BigInt& numerator, const BigInt& denominator) {
  if (numerator == 0) return denominator < 0 ? -0.0 : 0.0;
  BigInt a = numerator < 0 ? BigInt(-numerator) : numerator;
  BigInt b = denominator < 0 ? BigInt(-denominator) : denominator;
  // A quotient of at least 56 bits, then one more bit that says if there is a remainder.
  const long shift = static_cast<long>(boost::multiprecision::msb(b)) - static_cast<long>(boost::multiprecision::msb(a)) + 57;
  if (shift > 0) a <<= static_cast<unsigned>(shift);
  else b <<= static_cast<unsigned>(-shift);
  BigInt quotient;
  BigInt remainder;
  boost::multiprecision::divide_qr(a, b, quotient, remainder);
  quotient = quotient * 2 + (remainder == 0 ? 0 : 1);
  const auto magnitude = scaled(quotient, -shift - 1);
  if (!magnitude) return std::nullopt;
  return (numerator < 0) != (denominator < 0) ? -*magnitude : *magnitude;
}

BigInt to_integer(double number) {
  int exponent = 0;
  const double mantissa = std::frexp(std::trunc(number), &exponent);
  const BigInt whole(static_cast<std::int64_t>(std::ldexp(mantissa, 53)));
  return exponent >= 53 ? BigInt(whole << static_cast<unsigned>(exponent - 53))
                        : whole / (BigInt(1) << static_cast<unsigned>(53 - exponent));
}

std::string group_digits(std::string_view digits, char separator, std::size_t group, long min_width) {
  std::string backwards;
  long remaining = static_cast<long>(digits.size());
  while (true) {
    const long size = std::min(static_cast<long>(group), std::max({remaining, min_width, 1L}));
    for (long i = 0; i < size; ++i) backwards += remaining > 0 ? digits[static_cast<std::size_t>(--remaining)] : '0';
    min_width -= size;
    if (remaining <= 0 && min_width <= 0) break;
    --min_width;
    backwards += separator;
  }
  return {backwards.rbegin(), backwards.rend()};
}

}  // namespace lockweave::builtins
