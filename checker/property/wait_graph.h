// Who waits for whom: thread -> the owner of what it waits for.
#pragma once

#include <vector>

#include "model/step.h"

namespace lockweave::property {

// The threads of a cycle of untimed waits on owned locks and joins, in the order of the cycle, the least thread first;
// empty if there is none. Each thread waits for one thing at most, so following owners finds every cycle. With several
// cycles, the one with the least thread.
std::vector<ThreadNumber> find_wait_cycle(const std::vector<Waiting>& waiting);

}  // namespace lockweave::property
