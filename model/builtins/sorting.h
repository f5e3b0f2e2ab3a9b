// Sorting what can be compared without Python.
#pragma once

#include <vector>

#include "model/builtins/comparison.h"

namespace lockweave::builtins {

// Stable, by `<` alone; `reverse` keeps equal items in their order, as Python does. True: done. Otherwise why not; the
// items are then in no particular order.
Verdict sort_values(Context& context, std::vector<Value>& items, bool reverse);

}  // namespace lockweave::builtins
