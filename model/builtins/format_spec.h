// Format specifications, "{:>10.2f}": read, and applied to text and numbers.
//
//     [[fill]align][sign][z][#][0][width][grouping][.precision][type]
#pragma once

#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "model/builtins/builtin.h"

namespace lockweave::builtins {

struct FormatSpec {
  char32_t fill = ' ';
  char align = 0;       // < > = ^, or 0: the type's own
  char sign = 0;        // + - space, or 0
  bool no_negative_zero = false;
  bool alternate = false;
  long width = -1;
  char grouping = 0;    // , or _
  long precision = -1;
  char32_t type = 0;
};

struct FormatError {
  TypeId type;
  std::string message;
};

using FormatResult = tl::expected<std::string, FormatError>;

tl::expected<FormatSpec, FormatError> parse_format_spec(Context& context, std::string_view text, std::string_view type_name, bool is_text);

FormatResult format_string(const FormatSpec& spec, std::string_view text);
FormatResult format_integer(const FormatSpec& spec, const state::BigInt& number, std::string_view type_name);
FormatResult format_real(const FormatSpec& spec, double number, std::string_view type_name);

// Text in a field of at least this many characters.
std::string padded(std::string_view text, char32_t fill, char align, long width);

}  // namespace lockweave::builtins
