// The instruction set. What each instruction does to the stack, with a sentence, is in opcode.def.
#pragma once

#include <cstdint>
#include <string_view>

namespace lockweave::bytecode {

enum class Opcode : std::uint8_t {
#define OPCODE(name, stack, sentence) name,
#include "model/bytecode/opcode.def"
#undef OPCODE
};

enum class BinaryOperator : std::uint8_t {
  Add, Subtract, Multiply, MatrixMultiply, TrueDivide, FloorDivide, Modulo, Power,
  LeftShift, RightShift, And, Or, Xor
};

enum class CompareOperator : std::uint8_t { Less, LessEqual, Equal, NotEqual, Greater, GreaterEqual };

std::string_view opcode_name(Opcode opcode);

}  // namespace lockweave::bytecode
