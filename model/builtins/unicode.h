// Characters of the program's strings. Strings are UTF-8 inside (surrogates too are written as three bytes); Python counts
// code points. Most strings are ASCII, where both are the same.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace lockweave::builtins::unicode {

bool is_ascii(std::string_view text);
std::size_t length(std::string_view text);
// The byte where code point `index` begins; the end if there are not that many.
std::size_t offset_of(std::string_view text, std::size_t index);
// The code point at `offset`, which moves behind it.
char32_t next(std::string_view text, std::size_t& offset);
// The code point that ends at `offset`, which moves before it. Requires: offset > 0.
char32_t previous(std::string_view text, std::size_t& offset);
void append(std::string& text, char32_t character);
std::u32string points(std::string_view text);
std::string from_points(std::u32string_view points);

bool is_alpha(char32_t c);
bool is_decimal(char32_t c);
bool is_digit(char32_t c);
bool is_numeric(char32_t c);
bool is_alnum(char32_t c);
bool is_space(char32_t c);
bool is_line_break(char32_t c);
bool is_printable(char32_t c);
bool is_upper(char32_t c);
bool is_lower(char32_t c);
bool is_title(char32_t c);
// The value of a decimal digit of any script, or -1.
int decimal_value(char32_t c);

std::string upper(std::string_view text);
std::string lower(std::string_view text);
std::string title(std::string_view text);
std::string capitalize(std::string_view text);
std::string swapcase(std::string_view text);
std::string casefold(std::string_view text);

}  // namespace lockweave::builtins::unicode
