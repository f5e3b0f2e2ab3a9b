// Keys of dictionaries and sets: may this value be one, and can the table compare it without running Python?
#pragma once

#include "model/builtins/builtin.h"

namespace lockweave::builtins {

// Nesting that C++ follows by recursion; what is deeper goes the way through Python frames, which has a limit of its own.
inline constexpr int deepest = 150;

enum class KeyStatus : std::uint8_t { Plain, NeedsPython, Unhashable };

struct TableKey {
  KeyStatus status = KeyStatus::Plain;
  Value value;  // what the table holds and compares; the unhashable part if there is one
};

TableKey table_key(Context& context, Value v, int depth = 0);
// The same for a key of this table. NeedsPython also where a plain key is not found, but the table has others, one of which may equal it.
TableKey key_in(Context& context, ObjectId table, Value v);
Result refuse_unhashable(Context& context, Value v);

// Some key of this dictionary or set needs Python to be compared.
bool has_python_keys(Context& context, ObjectId table);

}  // namespace lockweave::builtins
