// What split and rsplit of str and bytes are given.
#pragma once

#include "model/builtins/method_arguments.h"

namespace lockweave::builtins {

struct SplitArguments {
  Value separator;  // None: spaces
  long most = -1;
  std::optional<Result> refused;
};
SplitArguments split_arguments(Context& context, const Arguments& arguments, TypeId type, std::string_view name);

}  // namespace lockweave::builtins
