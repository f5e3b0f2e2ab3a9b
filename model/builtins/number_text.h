// Numbers as text and text as numbers, exactly as Python writes and reads them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/state/constants.h"

namespace lockweave::builtins {

// The shortest text that reads back as the same number: "1.0", "1e+16", "inf".
std::string float_repr(double number);
// printf's e, f, g (E, F, G): with precision digits; `alternate` is printf's '#'. `keep_point` is Python's own rule for a
// format without a type: like g, but a result without exponent has a digit after its point.
std::string format_float(double number, char type, int precision, bool alternate, bool keep_point = false);
// Digits without prefix, base 2, 8, 10 or 16; '-' in front.
std::string integer_text(const state::BigInt& number, unsigned base);

// int(text, base): white space around, a sign, a prefix, underscores, digits of any script. Base 0: as in a source file.
std::optional<state::BigInt> parse_integer(std::string_view text, unsigned base);
// How many digits int(text) would have to convert; for the limit of 3.7 and later.
std::size_t count_digits(std::string_view text);
std::optional<double> parse_float(std::string_view text);

// The nearest double, ties to even; nothing if it is too large.
std::optional<double> to_double(const state::BigInt& number);
// numerator / denominator, rounded once.
std::optional<double> divide_exactly(const state::BigInt& numerator, const state::BigInt& denominator);
// Requires: finite. Rounds towards zero.
state::BigInt to_integer(double number);

// Separators between groups of digits, and zeros in front until the text has min_width characters.
std::string group_digits(std::string_view digits, char separator, std::size_t group, long min_width);

}  // namespace lockweave::builtins
