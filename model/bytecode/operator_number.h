// The operand of BinaryOp and InplaceOp for an operator of the tree.
#pragma once

#include <cstdint>

#include "model/bytecode/opcode.h"
#include "model/syntax/ast.h"

namespace lockweave::bytecode {

std::int32_t operator_number(syntax::BinaryOperator op);

}  // namespace lockweave::bytecode
