// The methods of str, by what they are about; the table is in type_str.cpp.
#pragma once

#include <array>

#include "model/builtins/method_arguments.h"
#include "model/builtins/plain_value.h"

namespace lockweave::builtins::str {

inline Value self_of(Context& context, const Arguments& arguments) { return unwrap(context, arguments[0]); }
inline const std::string& text_of(Context& context, const Arguments& arguments) { return context.text(self_of(context, arguments)); }
// An argument that may be absent.
inline Value argument_or(const Arguments& arguments, std::size_t i, Value absent) { return i < arguments.size() ? arguments[i] : absent; }

// str_search.cpp: where is it, does it begin with it
Result find(Context& context, const Arguments& arguments);
Result rfind(Context& context, const Arguments& arguments);
Result index(Context& context, const Arguments& arguments);
Result rindex(Context& context, const Arguments& arguments);
Result count(Context& context, const Arguments& arguments);
Result startswith(Context& context, const Arguments& arguments);
Result endswith(Context& context, const Arguments& arguments);
Result replace(Context& context, const Arguments& arguments);
Result removeprefix(Context& context, const Arguments& arguments);
Result removesuffix(Context& context, const Arguments& arguments);

// str_split.cpp: pieces
Result split(Context& context, const Arguments& arguments);
Result rsplit(Context& context, const Arguments& arguments);
Result splitlines(Context& context, const Arguments& arguments);
Result partition(Context& context, const Arguments& arguments);
Result rpartition(Context& context, const Arguments& arguments);
Result join(Context& context, const Arguments& arguments);
Result strip(Context& context, const Arguments& arguments);
Result lstrip(Context& context, const Arguments& arguments);
Result rstrip(Context& context, const Arguments& arguments);

// str_translate.cpp: character by character
Result maketrans(Context& context, const Arguments& arguments);
Result translate(Context& context, const Arguments& arguments);

}  // namespace lockweave::builtins::str
