#include "model/bytecode/operator_number.h"

namespace lockweave::bytecode {

std::int32_t operator_number(syntax::BinaryOperator op) {
  const auto number = [](BinaryOperator ours) { return static_cast<std::int32_t>(ours); };
  switch (op) {
    case syntax::BinaryOperator::Add: return number(BinaryOperator::Add);
    case syntax::BinaryOperator::Sub: return number(BinaryOperator::Subtract);
    case syntax::BinaryOperator::Mult: return number(BinaryOperator::Multiply);
    case syntax::BinaryOperator::MatMult: return number(BinaryOperator::MatrixMultiply);
    case syntax::BinaryOperator::Div: return number(BinaryOperator::TrueDivide);
    case syntax::BinaryOperator::Mod: return number(BinaryOperator::Modulo);
    case syntax::BinaryOperator::Pow: return number(BinaryOperator::Power);
    case syntax::BinaryOperator::LShift: return number(BinaryOperator::LeftShift);
    case syntax::BinaryOperator::RShift: return number(BinaryOperator::RightShift);
    case syntax::BinaryOperator::BitOr: return number(BinaryOperator::Or);
    case syntax::BinaryOperator::BitXor: return number(BinaryOperator::Xor);
    case syntax::BinaryOperator::BitAnd: return number(BinaryOperator::And);
    case syntax::BinaryOperator::FloorDiv: return number(BinaryOperator::FloorDivide);
  }
  return 0;
}

}  // namespace lockweave::bytecode
