// UTF-8 and the classes of characters that the lexer asks for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lockweave::syntax {

struct DecodedCharacter {
  char32_t code = 0;
  std::uint32_t size = 0;  // in bytes
};

// The character at `offset`; nothing if the bytes there are not UTF-8 (overlong forms, surrogates and > U+10FFFF are not).
std::optional<DecodedCharacter> decode_utf8(std::string_view text, std::size_t offset);
// Surrogates are written as three bytes too, see ConstantValue.
void append_utf8(std::string& text, char32_t code);
// Offset of the first byte that is not UTF-8.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

enum class IdentifierClass : std::uint8_t { None, Start, Continue, Unstable };  // see identifier_ranges.def
IdentifierClass identifier_class(char32_t code);

// The character of \N{name}, in any case; nothing if character_names.def does not have it.
std::optional<char32_t> character_named(std::string_view name);

inline bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
inline bool is_digit(char c) { return c >= '0' && c <= '9'; }
inline bool is_newline(char c) { return c == '\n' || c == '\r'; }
// The value of a digit in a base up to 16; nothing if it is none.
std::optional<int> digit_value(char c, int base);

}  // namespace lockweave::syntax
