#include "model/builtins/format_spec.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/builtins/number_text.h"
#include "model/builtins/unicode.h"

namespace lockweave::builtins {
namespace {

constexpr long most_width = 1L << 22;

tl::unexpected<FormatError> bad_value(std::string message) { return tl::unexpected(FormatError{TypeId::ValueError, std::move(message)}); }

bool is_align(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

std::string type_text(char32_t type) {
  std::string text;
  if (type > 32 && type < 128) text += static_cast<char>(type);
  else text = fmt::format("\\x{:x}", static_cast<unsigned>(type));
  return text;
}

tl::unexpected<FormatError> unknown_type(char32_t type, std::string_view type_name) {
  return bad_value(fmt::format("Unknown format code '{}' for object of type '{}'", type_text(type), type_name));
}

// The characters of a specification, from left to right.
class SpecReader {
 public:
  explicit SpecReader(std::string_view text) : points_(unicode::points(text)) {}

  char32_t peek(std::size_t ahead = 0) const { return position_ + ahead < points_.size() ? points_[position_ + ahead] : 0; }
  std::size_t left() const { return points_.size() - position_; }
  void skip(std::size_t count = 1) { position_ += count; }
  bool take(char32_t c) {
    if (peek() != c || left() == 0) return false;
    ++position_;
    return true;
  }
  // -1: no digits; -2: too many.
  long number() {
    if (unicode::decimal_value(peek()) < 0) return -1;
    long value = 0;
    bool too_many = false;
    for (; left() > 0 && unicode::decimal_value(peek()) >= 0; skip()) {
      value = std::min(value * 10 + unicode::decimal_value(peek()), most_width * 1000);
      too_many = too_many || value > most_width;
    }
    return too_many ? -2 : value;
  }

 private:
  std::u32string points_;
  std::size_t position_ = 0;
};

tl::unexpected<FormatError> grouping_refused(char grouping, char32_t type) {
  return bad_value(fmt::format("Cannot specify '{}' with '{}'.", grouping, type_text(type)));
}

bool may_group(const FormatSpec& spec) {
  switch (spec.type) {
    case 0: case 'd': case 'e': case 'f': case 'g': case 'E': case 'G': case '%': case 'F': return true;
    case 'b': case 'o': case 'x': case 'X': return spec.grouping == '_';
    default: return false;
  }
}

void read_flags(SpecReader& reader, FormatSpec& spec, bool knows_z) {
  const bool has_fill = reader.left() >= 2 && is_align(reader.peek(1));
  if (has_fill) {
    spec.fill = reader.peek();
    reader.skip();
  }
  if (reader.left() > 0 && is_align(reader.peek())) {
    spec.align = static_cast<char>(reader.peek());
    reader.skip();
  }
  if (reader.peek() == '+' || reader.peek() == '-' || reader.peek() == ' ') {
    spec.sign = static_cast<char>(reader.peek());
    reader.skip();
  }
  if (knows_z) spec.no_negative_zero = reader.take('z');
  spec.alternate = reader.take('#');
  if (!has_fill && reader.peek() == '0') {
    spec.fill = '0';
    reader.skip();
    if (spec.align == 0) spec.align = 'z';  // resolved below: what zeros in front mean depends on the type
  }
}

struct NumberParts {
  std::string sign;
  std::string prefix;
  std::string digits;    // grouped
  std::string rest;      // point, fraction, exponent, percent
};

std::string sign_text(const FormatSpec& spec, bool negative) {
  if (negative) return "-";
  return spec.sign == '+' ? "+" : spec.sign == ' ' ? " " : "";
}

std::string laid_out(const FormatSpec& spec, NumberParts parts, std::size_t group) {
  const char align = spec.align == 0 ? '>' : spec.align;
  const auto around = static_cast<long>(parts.sign.size() + parts.prefix.size() + parts.rest.size());
  if (spec.grouping != 0) {
    const bool zeros = spec.fill == '0' && align == '=';
    parts.digits = group_digits(parts.digits, spec.grouping, group, zeros ? spec.width - around : 0);
  }
  const std::string body = parts.digits + parts.rest;
  if (align == '=') {
    const long width = spec.width - static_cast<long>(parts.sign.size() + parts.prefix.size());
    return parts.sign + parts.prefix + padded(body, spec.fill, '>', width);
  }
  return padded(parts.sign + parts.prefix + body, spec.fill, align, spec.width);
}

FormatResult format_character(const FormatSpec& spec, const state::BigInt& number) {
  if (spec.sign != 0) return bad_value("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) return bad_value("Alternate form (#) not allowed with integer format specifier 'c'");
  if (boost::multiprecision::abs(number) >= (state::BigInt(1) << 63)) {
    return tl::unexpected(FormatError{TypeId::OverflowError, "Python int too large to convert to C long"});
  }
  if (number < 0 || number > 0x10ffff) return tl::unexpected(FormatError{TypeId::OverflowError, "%c arg not in range(0x110000)"});
  std::string text;
  unicode::append(text, static_cast<char32_t>(static_cast<std::uint32_t>(number)));
  return padded(text, spec.fill, spec.align == 0 || spec.align == '=' ? '<' : spec.align, spec.width);
}

bool is_real_type(char32_t type) {
  return type == 'e' || type == 'E' || type == 'f' || type == 'F' || type == 'g' || type == 'G' || type == '%';
}

}  // namespace

std::string padded(std::string_view text, char32_t fill, char align, long width) {
  const long missing = width - static_cast<long>(unicode::length(text));
  if (missing <= 0) return std::string(text);
  const long left = align == '>' ? missing : align == '^' ? missing / 2 : 0;
  std::string out;
  for (long i = 0; i < left; ++i) unicode::append(out, fill);
  out += text;
  for (long i = left; i < missing; ++i) unicode::append(out, fill);
  return out;
}

tl::expected<FormatSpec, FormatError> parse_format_spec(Context& context, std::string_view text, std::string_view type_name, bool is_text) {
  SpecReader reader(text);
  FormatSpec spec;
  read_flags(reader, spec, context.version_at_least(3, 11));
  if (spec.align == 'z') spec.align = is_text && context.version_at_least(3, 10) ? 0 : '=';
  const long width = reader.number();
  if (width == -2) return bad_value("Too many decimal digits in format string");
  spec.width = width;
  for (char separator : {',', '_'}) {
    if (!reader.take(static_cast<char32_t>(separator))) continue;
    if (spec.grouping != 0) return bad_value("Cannot specify both ',' and '_'.");
    spec.grouping = separator;
  }
  const bool repeated = reader.peek() == ',' && (spec.grouping == '_' || (spec.grouping == ',' && !context.version_at_least(3, 9)));
  if (repeated) return bad_value("Cannot specify both ',' and '_'.");
  if (reader.take('.')) {
    spec.precision = reader.number();
    if (spec.precision == -1) return bad_value("Format specifier missing precision");
    if (spec.precision == -2) return bad_value("Too many decimal digits in format string");
  }
  if (reader.left() > 1) {
    return bad_value(context.version_at_least(3, 10) ? fmt::format("Invalid format specifier '{}' for object of type '{}'", text, type_name)
                                                     : "Invalid format specifier");
  }
  if (reader.left() == 1) spec.type = reader.peek();
  if (spec.grouping != 0 && !may_group(spec)) return grouping_refused(spec.grouping, spec.type);
  return spec;
}

FormatResult format_string(const FormatSpec& spec, std::string_view text) {
  if (spec.type != 0 && spec.type != 's') return unknown_type(spec.type, "str");
  if (spec.sign == ' ') return bad_value("Space not allowed in string format specifier");
  if (spec.sign != 0) return bad_value("Sign not allowed in string format specifier");
  if (spec.no_negative_zero) return bad_value("Negative zero coercion (z) not allowed in string format specifier");
  if (spec.alternate) return bad_value("Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') return bad_value("'=' alignment not allowed in string format specifier");
  if (spec.grouping != 0) return grouping_refused(spec.grouping, 's');
  if (spec.precision >= 0) text = text.substr(0, unicode::offset_of(text, static_cast<std::size_t>(spec.precision)));
  return padded(text, spec.fill, spec.align == 0 ? '<' : spec.align, spec.width);
}

FormatResult format_integer(const FormatSpec& spec, const state::BigInt& number, std::string_view type_name) {
  if (is_real_type(spec.type)) {
    const auto real = to_double(number);
    if (!real) return tl::unexpected(FormatError{TypeId::OverflowError, "int too large to convert to float"});
    return format_real(spec, *real, type_name);
  }
  unsigned base = 10;
  switch (spec.type) {
    case 0: case 'd': case 'n': case 'c': break;
    case 'b': base = 2; break;
    case 'o': base = 8; break;
    case 'x': case 'X': base = 16; break;
    default: return unknown_type(spec.type, type_name);
  }
  if (spec.precision >= 0) return bad_value("Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) return bad_value("Negative zero coercion (z) not allowed in format specifier with integer");
  if (spec.type == 'c') return format_character(spec, number);
  NumberParts parts;
  parts.sign = sign_text(spec, number < 0);
  parts.digits = integer_text(number < 0 ? state::BigInt(-number) : number, base);
  if (spec.type == 'X') parts.digits = unicode::upper(parts.digits);
  if (spec.alternate && base != 10) parts.prefix = std::string("0") + static_cast<char>(spec.type);
  return laid_out(spec, std::move(parts), base == 10 ? 3 : 4);
}

FormatResult format_real(const FormatSpec& spec, double number, std::string_view type_name) {
  if (spec.type != 0 && spec.type != 'n' && !is_real_type(spec.type)) return unknown_type(spec.type, type_name);
  if (spec.precision > 100000) return bad_value("precision too big");
  const bool percent = spec.type == '%';
  const double shown = percent ? number * 100 : number;
  const int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
  std::string text;
  if (spec.type == 0 && spec.precision < 0 && !spec.alternate) text = float_repr(shown);
  else if (spec.type == 0) text = format_float(shown, 'g', spec.precision < 0 ? 17 : precision, spec.alternate, true);
  else text = format_float(shown, percent ? 'f' : spec.type == 'n' ? 'g' : static_cast<char>(spec.type), precision, spec.alternate);
  const bool only_zeros = text.find_first_not_of("-0.") == std::string::npos || (std::isfinite(shown) && text.find_first_of("123456789") == std::string::npos);
  bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  if (negative && only_zeros && spec.no_negative_zero) negative = false;
  NumberParts parts;
  parts.sign = sign_text(spec, negative);
  const std::size_t whole = std::min(text.find_first_not_of("0123456789"), text.size());
  parts.digits = text.substr(0, whole);
  parts.rest = text.substr(whole) + (percent ? "%" : "");
  if (whole == 0) {  // inf, nan: nothing to group
    FormatSpec plain = spec;
    plain.grouping = 0;
    return laid_out(plain, std::move(parts), 3);
  }
  return laid_out(spec, std::move(parts), 3);
}

}  // namespace lockweave::builtins
