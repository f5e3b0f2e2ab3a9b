// str.encode and bytes.decode: UTF-8, ASCII, Latin-1.
#pragma once

#include "model/builtins/builtin.h"

namespace lockweave::builtins {

// Encoding and error handling by name, as the methods take them (Unset: utf-8, strict).
Result encode(Context& context, Value text, Value encoding, Value errors);
Result decode(Context& context, Value bytes, Value encoding, Value errors);

}  // namespace lockweave::builtins
