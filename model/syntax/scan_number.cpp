#include "model/syntax/characters.h"
#include "model/syntax/scanner.h"

#include <fmt/format.h>

#include <array>

namespace lockweave::syntax {

void Scanner::scan_number() {
  const std::uint32_t begin = position_;
  const char second = peek(1);
  if (peek() == '0' && (second == 'x' || second == 'X')) {
    scan_based_number(16, "hexadecimal");
  } else if (peek() == '0' && (second == 'o' || second == 'O')) {
    scan_based_number(8, "octal");
  } else if (peek() == '0' && (second == 'b' || second == 'B')) {
    scan_based_number(2, "binary");
  } else {
    scan_decimal_number();
  }
  add(TokenKind::Number, begin);
}

void Scanner::scan_based_number(int base, std::string_view name) {
  position_ += 2;
  if (peek() == '_') ++position_;
  scan_digits(base, name);
  check_number_end(name);
}

// Digits with single underscores between them.
void Scanner::scan_digits(int base, std::string_view name) {
  for (;;) {
    const std::uint32_t begin = position_;
    while (digit_value(peek(), base)) ++position_;
    if (is_digit(peek())) refuse_here(fmt::format("invalid digit '{}' in {} literal", peek(), name));
    if (position_ == begin) refuse_here(fmt::format("invalid {} literal", name));
    if (peek() != '_') return;
    ++position_;
  }
}

void Scanner::scan_decimal_number() {
  const std::uint32_t begin = position_;
  if (peek() != '.') scan_digits(10, "decimal");
  const std::uint32_t integer_end = position_;
  if (peek() == '.') {
    ++position_;
    if (is_digit(peek())) scan_digits(10, "decimal");
  }
  bool is_integer = !scan_exponent() && position_ == integer_end;
  if (peek() == 'j' || peek() == 'J') {
    ++position_;
    is_integer = false;
    return check_number_end("imaginary");
  }
  check_number_end("decimal");
  const std::string_view digits = text_.substr(begin, integer_end - begin);
  if (is_integer && digits[0] == '0' && digits.find_first_not_of("0_") != std::string_view::npos) {
    refuse(file_, span_from(begin), "leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers");
  }
}

// An `e` that no digit follows belongs to the next word (`1else 2`).
bool Scanner::scan_exponent() {
  if (peek() != 'e' && peek() != 'E') return false;
  const bool has_sign = peek(1) == '+' || peek(1) == '-';
  if (!is_digit(peek(has_sign ? 2 : 1))) {
    if (has_sign) refuse_here("invalid decimal literal");
    return false;
  }
  position_ += has_sign ? 2 : 1;
  scan_digits(10, "decimal");
  return true;
}

// A keyword may follow a number directly: `1if x else 2` (deprecated since 3.12).
void Scanner::check_number_end(std::string_view name) const {
  constexpr std::array<std::string_view, 8> kAllowed = {"and", "else", "for", "if", "in", "is", "not", "or"};
  const char c = peek();
  if (!is_ascii_letter(c) && !is_digit(c) && static_cast<unsigned char>(c) < 0x80) return;
  for (const std::string_view word : kAllowed) {
    if (text_.substr(position_).starts_with(word)) return;
  }
  if (static_cast<unsigned char>(c) >= 0x80) {
    const auto character = decode_utf8(text_, position_);
    if (identifier_class(character->code) == IdentifierClass::None) refuse_strange_character(character->code);
  }
  refuse_here(fmt::format("invalid {} literal", name));
}

}  // namespace lockweave::syntax
