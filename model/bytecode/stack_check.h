// Walks every path of a code object and follows the heights of its stack and its blocks. The compiler takes max_blocks from it; tests prove
// with it that code fits together, so that the machine need not check.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "model/bytecode/code.h"

namespace lockweave::bytecode {

struct FlowSummary {
  std::uint32_t max_stack = 0;
  std::uint32_t max_blocks = 0;      // SetupFinally, SetupWith and running handlers
  std::optional<std::string> error;  // the first thing that does not fit, in words
};

// Of this code object alone.
FlowSummary follow_paths(const Code& code);

// What does not fit in this code or the code in its constants: heights that differ where paths join, a stack that would run empty, PopBlock
// or PopExcept without its block, a jump or an index out of range, a path that runs off the end. Nothing if all is well.
std::optional<std::string> verify_stack(const Code& code);

}  // namespace lockweave::bytecode
