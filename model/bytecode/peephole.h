// The last step: jumps to jumps become one jump, code that nothing reaches goes away, tuples of constants become constants.
// It does what CPython 3.9 does (Python/peephole.c), its limits included: which jumps are shortened depends there on how long the code is
// in bytes and on the form of its line table, so both are reckoned here. A jump less is a place less at which threads can change.
#pragma once

#include <cstdint>
#include <vector>

#include "model/bytecode/assembler.h"
#include "model/bytecode/code.h"

namespace lockweave::bytecode {

// Requires: jumps hold indices of drafts, and every draft has a line.
std::vector<Instruction> optimize(std::vector<Draft> drafts, std::uint32_t first_line, std::vector<Constant>& constants);

}  // namespace lockweave::bytecode
