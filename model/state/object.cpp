#include "model/state/object.h"

#include <array>

namespace lockweave::state {

std::string_view kind_name(ObjectKind kind) {
  static constexpr std::array names{
#define OBJECT_KIND(name, slots) std::string_view(#name),
#include "model/state/object.def"
#undef OBJECT_KIND
  };
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace lockweave::state
