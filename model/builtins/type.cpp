#include "model/builtins/type.h"

#include <array>

namespace lockweave::builtins {
namespace {

struct TypeRow {
  std::string_view name;
  TypeId base;
};

constexpr std::array rows{
#define TYPE(name, python_name, base) TypeRow{python_name, TypeId::base},
#include "model/builtins/type.def"
#undef TYPE
};

}  // namespace

std::string_view type_name(TypeId type) { return rows[static_cast<std::size_t>(type)].name; }
TypeId base_of(TypeId type) { return rows[static_cast<std::size_t>(type)].base; }
std::size_t type_count() { return rows.size(); }

bool is_subtype(TypeId type, TypeId of) {
  while (type != of) {
    if (type == TypeId::Object) return false;
    type = base_of(type);
  }
  return true;
}

}  // namespace lockweave::builtins
