// What numbers and strings of the source stand for.
#pragma once

#include "model/base/result.h"
#include "model/syntax/ast.h"

#include <string>
#include <string_view>

namespace lockweave::syntax {

// The value of a Number token. An error has a message only, no place.
Result<ConstantValue> number_value(std::string_view text);

// A String token, or an FStringStart, taken apart.
struct StringLiteral {
  bool is_raw = false;
  bool is_bytes = false;
  std::string_view body;  // between the quotes; of an FStringStart: empty
};
StringLiteral split_string(std::string_view text);

// Text between quotes → the string it stands for (UTF-8, or bytes). An error has a message only, no place.
Result<std::string> unescape(const StringLiteral& literal);

// `{{` and `}}` of an f-string's text become one brace.
std::string undouble_braces(std::string_view text);
// Ends of lines as Python sees them: "\r\n" and "\r" are "\n".
std::string normalise_newlines(std::string_view text);

}  // namespace lockweave::syntax
