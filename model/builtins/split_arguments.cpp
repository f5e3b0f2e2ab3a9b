#include "model/builtins/split_arguments.h"

#include <array>

#include "model/builtins/operators.h"
#include "model/builtins/plain_value.h"

namespace lockweave::builtins {

SplitArguments split_arguments(Context& context, const Arguments& arguments, TypeId type, std::string_view name) {
  if (auto refused = refuse_self(context, arguments, type, name)) return {{}, 0, refused};
  constexpr std::array<std::string_view, 2> names{"sep", "maxsplit"};
  std::array<Value, 2> values{Value::none(), Value::small_int(-1)};
  if (auto refused = bind_arguments(context, arguments, name, names, values)) return {{}, 0, refused};
  const Index most = to_index(context, values[1]);
  return {values[0], static_cast<long>(most.value), most.refused};
}

SplitlinesArguments splitlines_arguments(Context& context, const Arguments& arguments, TypeId type) {
  if (auto refused = refuse_self(context, arguments, type, "splitlines")) return {false, refused};
  constexpr std::array<std::string_view, 1> names{"keepends"};
  std::array<Value, 1> values{Value::boolean(false)};
  if (auto refused = bind_arguments(context, arguments, "splitlines", names, values)) return {false, refused};
  const auto keep = plain_truth(context, values[0]);
  if (!keep) return {false, context.unsupported("an object with its own truth as the argument 'keepends'")};
  if (keep->kind != ResultKind::Done) return {false, keep};
  return {keep->value == Value::boolean(true), {}};
}

}  // namespace lockweave::builtins
