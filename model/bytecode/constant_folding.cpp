#include "model/bytecode/constant_folding.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace lockweave::bytecode {

using Operator = syntax::BinaryOperator;  // the name BinaryOperator alone is an operand of our instructions
using syntax::UnaryOperator;

namespace {

// CPython folds integers up to 128 bits and some more; beyond what fits here the operation is left to run time, which gives the same value.
__extension__ using Wide = __int128;

// CPython's own bounds (ast_opt.c, safe_multiply and its like).
constexpr int kMaxFoldedBits = 128;
constexpr std::size_t kMaxFoldedText = 4096;
constexpr std::size_t kMaxFoldedTuple = 256;

std::string decimal(Wide value) {
  std::string digits;
  const bool negative = value < 0;
  // Works on negative numbers, so that the smallest one needs no case of its own.
  for (Wide rest = negative ? value : -value; rest != 0 || digits.empty(); rest /= 10) {
    digits.push_back(static_cast<char>('0' - static_cast<int>(rest % 10)));
  }
  if (negative) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return digits;
}

Constant integer(Wide value) {
  if (value >= std::numeric_limits<std::int64_t>::min() && value <= std::numeric_limits<std::int64_t>::max()) {
    return Constant{static_cast<std::int64_t>(value)};
  }
  return Constant{BigIntConstant{decimal(value)}};
}

std::optional<Wide> parse_wide(const std::string& text) {
  Wide value = 0;
  for (std::size_t i = text.starts_with('-') ? 1 : 0; i < text.size(); ++i) {
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_add_overflow(value, text[i] - '0', &value)) return std::nullopt;
  }
  return text.starts_with('-') ? -value : value;
}

std::optional<Wide> as_integer(const Constant& constant) {
  if (const auto* number = std::get_if<std::int64_t>(&constant.value)) return *number;
  if (const auto* truth = std::get_if<bool>(&constant.value)) return *truth ? 1 : 0;
  if (const auto* big = std::get_if<BigIntConstant>(&constant.value)) return parse_wide(big->decimal);
  return std::nullopt;
}

bool is_number(const Constant& constant) {
  return std::holds_alternative<std::int64_t>(constant.value) || std::holds_alternative<bool>(constant.value) ||
         std::holds_alternative<BigIntConstant>(constant.value) || std::holds_alternative<double>(constant.value);
}

std::optional<double> as_double(const Constant& constant) {
  if (const auto* number = std::get_if<double>(&constant.value)) return *number;
  if (const auto value = as_integer(constant)) return static_cast<double>(*value);
  return std::nullopt;
}

// Python rounds towards minus infinity, C++ towards zero.
Wide floor_divide(Wide a, Wide b) {
  const Wide quotient = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

int bit_length(Wide value) {
  int length = 0;
  for (Wide rest = value < 0 ? -(value + 1) : value; rest != 0; rest >>= 1) ++length;
  return length;
}

// CPython's bounds look at the operands, not at the result: 2 ** 64 is folded, 2 ** 65 is not.
std::optional<Wide> power(Wide base, Wide exponent) {
  if (exponent < 0) return std::nullopt;
  if (base != 0 && exponent > 0 && (exponent > kMaxFoldedBits || bit_length(base) > kMaxFoldedBits / exponent)) return std::nullopt;
  if (base == 0) return exponent == 0 ? 1 : 0;
  Wide result = 1;
  for (; exponent > 0; --exponent) {
    if (__builtin_mul_overflow(result, base, &result)) return std::nullopt;
  }
  return result;
}

std::optional<Wide> shift(Operator op, Wide a, Wide b) {
  if (b < 0 || b > 126 || (op == Operator::LShift && bit_length(a) + b > kMaxFoldedBits)) return std::nullopt;
  if (op == Operator::RShift) return a >> static_cast<int>(b);
  Wide result = 0;
  if (__builtin_mul_overflow(a, static_cast<Wide>(1) << static_cast<int>(b), &result)) return std::nullopt;
  return result;
}

std::optional<Wide> integer_operation(Operator op, Wide a, Wide b) {
  Wide result = 0;
  switch (op) {
    case Operator::Add: return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::Sub: return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::Mult:
      if (a != 0 && b != 0 && bit_length(a) + bit_length(b) > kMaxFoldedBits) return std::nullopt;
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Operator::FloorDiv: return b == 0 || b == -1 ? std::nullopt : std::optional(floor_divide(a, b));
    case Operator::Mod: return b == 0 || b == -1 ? std::nullopt : std::optional(a - floor_divide(a, b) * b);
    case Operator::Pow: return power(a, b);
    case Operator::LShift:
    case Operator::RShift: return shift(op, a, b);
    case Operator::BitOr: return a | b;
    case Operator::BitXor: return a ^ b;
    case Operator::BitAnd: return a & b;
    case Operator::Div:
    case Operator::MatMult: return std::nullopt;
  }
  return std::nullopt;
}

double python_modulo(double a, double b) {
  double rest = std::fmod(a, b);
  if (rest != 0.0) return ((b < 0) != (rest < 0)) ? rest + b : rest;
  return std::copysign(0.0, b);
}

std::optional<double> double_power(double a, double b) {
  if (a < 0 && b != std::floor(b)) return std::nullopt;  // a complex number
  const double result = std::pow(a, b);
  return std::isfinite(result) ? std::optional(result) : std::nullopt;
}

std::optional<double> double_operation(Operator op, double a, double b) {
  switch (op) {
    case Operator::Add: return a + b;
    case Operator::Sub: return a - b;
    case Operator::Mult: return a * b;
    case Operator::Div: return b == 0.0 ? std::nullopt : std::optional(a / b);
    case Operator::Mod: return b == 0.0 ? std::nullopt : std::optional(python_modulo(a, b));
    case Operator::Pow: return double_power(a, b);
    // Rare in a constant expression, and easy to get wrong in the last bit: left to run time.
    case Operator::FloorDiv:
    case Operator::MatMult:
    case Operator::LShift:
    case Operator::RShift:
    case Operator::BitOr:
    case Operator::BitXor:
    case Operator::BitAnd: return std::nullopt;
  }
  return std::nullopt;
}

bool is_exact_double(Wide value) {
  constexpr Wide limit = static_cast<Wide>(1) << 53;
  return -limit <= value && value <= limit;
}

std::optional<Constant> number_operation(Operator op, const Constant& a, const Constant& b) {
  const auto left = as_integer(a), right = as_integer(b);
  const bool real = std::holds_alternative<double>(a.value) || std::holds_alternative<double>(b.value);
  const bool fraction = op == Operator::Div || (op == Operator::Pow && right && *right < 0);
  if (!real && !fraction) {
    if (!left || !right) return std::nullopt;
    const auto result = integer_operation(op, *left, *right);
    if (!result) return std::nullopt;
    const bool logical = op == Operator::BitOr || op == Operator::BitXor || op == Operator::BitAnd;
    if (logical && std::holds_alternative<bool>(a.value) && std::holds_alternative<bool>(b.value)) return Constant{*result != 0};
    return integer(*result);
  }
  for (const auto& operand : {left, right}) {
    if (operand && !is_exact_double(*operand)) return std::nullopt;
  }
  const auto x = as_double(a), y = as_double(b);
  if (!x || !y) return std::nullopt;
  const auto result = double_operation(op, *x, *y);
  if (!result) return std::nullopt;
  return Constant{*result};
}

template <class Sequence>
std::optional<Sequence> repeat(const Sequence& sequence, Wide count, std::size_t limit) {
  Sequence result;
  if (count <= 0 || sequence.size() == 0) return result;
  if (count > static_cast<Wide>(limit) || sequence.size() * static_cast<std::size_t>(count) > limit) return std::nullopt;
  for (; count > 0; --count) result.insert(result.end(), sequence.begin(), sequence.end());
  return result;
}

std::optional<Constant> repeat_constant(const Constant& sequence, Wide count) {
  if (const auto* text = std::get_if<std::string>(&sequence.value)) {
    if (auto result = repeat(*text, count, kMaxFoldedText)) return Constant{*std::move(result)};
  } else if (const auto* bytes = std::get_if<BytesConstant>(&sequence.value)) {
    if (auto result = repeat(bytes->bytes, count, kMaxFoldedText)) return Constant{BytesConstant{*std::move(result)}};
  } else if (const auto* tuple = std::get_if<TupleConstant>(&sequence.value)) {
    if (auto result = repeat(tuple->items, count, kMaxFoldedTuple)) return Constant{TupleConstant{*std::move(result)}};
  }
  return std::nullopt;
}

std::optional<Constant> concatenate(const Constant& a, const Constant& b) {
  if (const auto* x = std::get_if<std::string>(&a.value), *y = std::get_if<std::string>(&b.value); x != nullptr && y != nullptr) {
    return Constant{*x + *y};
  }
  if (const auto* x = std::get_if<BytesConstant>(&a.value), *y = std::get_if<BytesConstant>(&b.value); x != nullptr && y != nullptr) {
    return Constant{BytesConstant{x->bytes + y->bytes}};
  }
  if (const auto* x = std::get_if<TupleConstant>(&a.value), *y = std::get_if<TupleConstant>(&b.value); x != nullptr && y != nullptr) {
    TupleConstant sum = *x;
    sum.items.insert(sum.items.end(), y->items.begin(), y->items.end());
    return Constant{std::move(sum)};
  }
  return std::nullopt;
}

std::optional<Constant> binary(Operator op, const Constant& a, const Constant& b) {
  if (is_number(a) && is_number(b)) return number_operation(op, a, b);
  if (op == Operator::Add) return concatenate(a, b);
  if (op == Operator::Mult) {
    if (const auto count = as_integer(b)) return repeat_constant(a, *count);
    if (const auto count = as_integer(a)) return repeat_constant(b, *count);
  }
  return std::nullopt;
}

std::optional<Constant> unary(UnaryOperator op, const Constant& operand) {
  if (op == UnaryOperator::Not) return Constant{!is_true(operand)};
  if (const auto* number = std::get_if<double>(&operand.value)) {
    if (op == UnaryOperator::USub) return Constant{-*number};
    if (op == UnaryOperator::UAdd) return operand;
    return std::nullopt;
  }
  if (const auto* big = std::get_if<BigIntConstant>(&operand.value); big != nullptr && op == UnaryOperator::USub) {
    if (const auto value = parse_wide(big->decimal)) return integer(-*value);
    return Constant{BigIntConstant{big->decimal.starts_with('-') ? big->decimal.substr(1) : "-" + big->decimal}};
  }
  const auto value = as_integer(operand);
  if (!value) return std::nullopt;
  switch (op) {
    case UnaryOperator::USub: return integer(-*value);
    case UnaryOperator::UAdd: return integer(*value);
    case UnaryOperator::Invert: return integer(~*value);
    case UnaryOperator::Not: break;
  }
  return std::nullopt;
}

std::optional<Constant> subscript(const Constant& sequence, const Constant& key) {
  const auto index = as_integer(key);
  if (!index) return std::nullopt;
  const auto place = [&](std::size_t size) -> std::optional<std::size_t> {
    const Wide at = *index < 0 ? *index + static_cast<Wide>(size) : *index;
    if (at < 0 || at >= static_cast<Wide>(size)) return std::nullopt;
    return static_cast<std::size_t>(at);
  };
  if (const auto* tuple = std::get_if<TupleConstant>(&sequence.value)) {
    if (const auto at = place(tuple->items.size())) return tuple->items[*at];
  } else if (const auto* bytes = std::get_if<BytesConstant>(&sequence.value)) {
    if (const auto at = place(bytes->bytes.size())) return Constant{std::int64_t{static_cast<unsigned char>(bytes->bytes[*at])}};
  } else if (const auto* text = std::get_if<std::string>(&sequence.value)) {
    std::vector<std::string> characters;
    for (const char byte : *text) {
      if ((static_cast<unsigned char>(byte) & 0xC0) != 0x80) characters.emplace_back();
      characters.back().push_back(byte);
    }
    if (const auto at = place(characters.size())) return Constant{characters[*at]};
  }
  return std::nullopt;
}

}  // namespace

Constant to_constant(const syntax::ConstantValue& value) {
  return std::visit(
      [](const auto& v) -> Constant {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, syntax::NoneValue>) return Constant{NoneConstant{}};
        else if constexpr (std::is_same_v<T, syntax::EllipsisValue>) return Constant{EllipsisConstant{}};
        else if constexpr (std::is_same_v<T, syntax::IntegerValue>)
          return v.small ? Constant{*v.small} : Constant{BigIntConstant{v.decimal}};
        else if constexpr (std::is_same_v<T, syntax::ImaginaryValue>) return Constant{NoneConstant{}};  // never asked for
        else if constexpr (std::is_same_v<T, syntax::BytesValue>) return Constant{BytesConstant{v.bytes}};
        else return Constant{v};
      },
      value);
}

bool is_true(const Constant& constant) {
  return std::visit(
      [](const auto& v) {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, NoneConstant>) return false;
        else if constexpr (std::is_same_v<T, bool>) return v;
        else if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, double>) return v != 0;
        else if constexpr (std::is_same_v<T, std::string>) return !v.empty();
        else if constexpr (std::is_same_v<T, BytesConstant>) return !v.bytes.empty();
        else if constexpr (std::is_same_v<T, TupleConstant>) return !v.items.empty();
        else return true;
      },
      constant.value);
}

namespace {

bool same_code(const Code& a, const Code& b) {
  return a.qualname == b.qualname && a.first_line == b.first_line && a.argument_count == b.argument_count &&
         a.keyword_only_count == b.keyword_only_count && a.local_names == b.local_names && a.cell_names == b.cell_names &&
         a.free_names == b.free_names && a.names == b.names && a.instructions == b.instructions && a.docstring == b.docstring &&
         std::equal(a.constants.begin(), a.constants.end(), b.constants.begin(), b.constants.end(), same_constant);
}

}  // namespace

bool same_constant(const Constant& a, const Constant& b) {
  if (a.value.index() != b.value.index()) return false;
  if (const auto* x = std::get_if<double>(&a.value)) {
    const double y = std::get<double>(b.value);
    return *x == y && std::signbit(*x) == std::signbit(y);
  }
  if (const auto* x = std::get_if<TupleConstant>(&a.value)) {
    const auto& y = std::get<TupleConstant>(b.value);
    return std::equal(x->items.begin(), x->items.end(), y.items.begin(), y.items.end(), same_constant);
  }
  if (const auto* x = std::get_if<std::shared_ptr<const Code>>(&a.value)) {
    return same_code(**x, *std::get<std::shared_ptr<const Code>>(b.value));
  }
  return a == b;
}

std::optional<Constant> ConstantFolder::value_of(const syntax::Expression& node) {
  if (const auto* constant = syntax::as_if<syntax::Constant>(&node)) {
    if (std::holds_alternative<syntax::ImaginaryValue>(constant->value)) return std::nullopt;
    return to_constant(constant->value);
  }
  const auto found = known_.find(&node);
  if (found != known_.end()) return found->second;
  auto value = compute(node);
  known_.emplace(&node, value);
  return value;
}

std::optional<Constant> ConstantFolder::tuple_of(const syntax::ExpressionList& nodes) {
  TupleConstant tuple;
  for (const auto& node : nodes) {
    auto item = value_of(*node);
    if (!item) return std::nullopt;
    tuple.items.push_back(*std::move(item));
  }
  return Constant{std::move(tuple)};
}

std::optional<Constant> ConstantFolder::compute(const syntax::Expression& node) {
  using namespace syntax;
  if (const auto* op = as_if<UnaryOp>(&node)) {
    const auto operand = value_of(*op->operand);
    return operand ? unary(op->op, *operand) : std::nullopt;
  }
  if (const auto* op = as_if<BinOp>(&node)) {
    const auto left = value_of(*op->left);
    const auto right = value_of(*op->right);
    return left && right ? binary(op->op, *left, *right) : std::nullopt;
  }
  if (const auto* tuple = as_if<Tuple>(&node)) return tuple->context == ExprContext::Load ? tuple_of(tuple->elts) : std::nullopt;
  if (const auto* name = as_if<Name>(&node)) {
    return name->context == ExprContext::Load && name->id == "__debug__" ? std::optional(bytecode::Constant{true}) : std::nullopt;
  }
  if (const auto* item = as_if<Subscript>(&node)) {
    if (item->context != ExprContext::Load || item->slice->kind == ExpressionKind::Slice) return std::nullopt;
    const auto value = value_of(*item->value);
    const auto key = value ? value_of(*item->slice) : std::nullopt;
    return key ? subscript(*value, *key) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace lockweave::bytecode
