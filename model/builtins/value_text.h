// repr() and str() of plain values.
#pragma once

#include <string>
#include <string_view>

#include "model/builtins/operators.h"

namespace lockweave::builtins {

std::string repr_of_text(std::string_view text);          // repr of a str
std::string repr_of_bytes(std::string_view content);  // repr of bytes
std::string lock_text(const Context& context, Value lock);  // repr of a lock without its address
// Everything that is not ASCII as an escape: ascii() of what repr() gave.
std::string escaped(std::string_view repr);

TextStatus plain_ascii(Context& context, Value v, std::string& out);

// What a plain value's text is as a result; a library call where it needs Python.
Result repr_result(Context& context, Value v);
Result str_result(Context& context, Value v);

}  // namespace lockweave::builtins
