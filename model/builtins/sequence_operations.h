// + and * of str, bytes, list, tuple.
#pragma once

#include "model/builtins/operators.h"

namespace lockweave::builtins {

// nullopt: `a` is no sequence. A wrong `b` raises, in the words of a's type.
std::optional<Result> concatenate(Context& context, Value a, Value b);
std::optional<Result> repeat(Context& context, Value a, Value b);
// list += iterable, list *= n; they return the list.
std::optional<Result> extend_inplace(Context& context, Value list, Value iterable);
std::optional<Result> repeat_inplace(Context& context, Value list, Value times);
// The work of list.extend, too: appends what the iterable gives. nullopt: done. Python must walk it: `needs_python`.
std::optional<Result> extend_list(Context& context, ObjectId list, Value iterable, bool& needs_python);

}  // namespace lockweave::builtins
