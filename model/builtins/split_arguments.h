// What split, rsplit and splitlines of str and bytes are given.
#pragma once

#include "model/builtins/method_arguments.h"

namespace lockweave::builtins {

struct SplitArguments {
  Value separator;  // None: spaces
  long most = -1;
  std::optional<Result> refused;
};
SplitArguments split_arguments(Context& context, const Arguments& arguments, TypeId type, std::string_view name);

struct SplitlinesArguments {
  bool keep_ends = false;
  std::optional<Result> refused;
};
SplitlinesArguments splitlines_arguments(Context& context, const Arguments& arguments, TypeId type);

}  // namespace lockweave::builtins
