// The builtin types. They live outside the heap: nothing a program does can change one.
#pragma once

#include <cstdint>
#include <string_view>

#include "model/state/value.h"

namespace lockweave::builtins {

enum class TypeId : std::uint8_t {
#define TYPE(name, python_name, base) name,
#include "model/builtins/type.def"
#undef TYPE
};

std::string_view type_name(TypeId type);
TypeId base_of(TypeId type);  // Object's base is Object
bool is_subtype(TypeId type, TypeId of);
std::size_t type_count();

inline constexpr state::Value type_value(TypeId type) { return state::Value(state::Tag::Type, static_cast<std::uint64_t>(type)); }
inline constexpr TypeId type_id(state::Value type) { return static_cast<TypeId>(type.number()); }

}  // namespace lockweave::builtins
