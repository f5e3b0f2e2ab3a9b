#include "model/builtins/split_arguments.h"

#include <array>

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

}  // namespace lockweave::builtins
