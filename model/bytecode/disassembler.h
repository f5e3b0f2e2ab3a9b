// Code as text, for goldens, tests and people.
//
//     f(a, b) at line 1; locals a b x; cells b; free c; blocks 1
//        2    0  LoadGlobal         'len'
//             1  LoadFast           a
//             2  CallFunction       1
//             3  PopJumpIfFalse     to 9
//
// The columns: source line (where it changes), index, instruction, operand in words.
#pragma once

#include <string>

#include "model/bytecode/code.h"

namespace lockweave::bytecode {

// The code and, behind it, the code objects in its constants.
std::string disassemble(const Code& code);

// The operand of one instruction in words; empty if it has none.
std::string operand_text(const Code& code, const Instruction& instruction);

// As Python writes it, strings as JSON does.
std::string to_text(const Constant& constant);

}  // namespace lockweave::bytecode
