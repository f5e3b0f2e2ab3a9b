// Items, length and membership of the builtin containers themselves: what their own __getitem__ and so on do, whatever a
// subclass defines. The operators (plain_getitem, ...) look first whether a subclass defines it in Python.
#pragma once

#include "model/builtins/operators.h"

namespace lockweave::builtins {

std::optional<Result> get_item(Context& context, Value container, Value key);
std::optional<Result> set_item(Context& context, Value container, Value key, Value v);
std::optional<Result> delete_item(Context& context, Value container, Value key);
std::optional<Result> length_of(Context& context, Value container);
std::optional<Result> contains(Context& context, Value container, Value item);

Result set_dict_item(Context& context, Value dict, Value key, Value v);
Result delete_dict_item(Context& context, Value dict, Value key);

}  // namespace lockweave::builtins
