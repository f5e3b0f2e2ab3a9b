// How an execution ended, as reports show it.
#pragma once

#include <string>

#include "model/step.h"

namespace lockweave::trace {

// The threads' output one after the other, in thread order; or, where the order was observed, as it was printed.
std::string standard_output(const Outcome& outcome);

}  // namespace lockweave::trace
