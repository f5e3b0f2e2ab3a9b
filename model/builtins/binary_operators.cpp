// a + b and its kin, a += b and its kin: numbers, sequences, sets, dictionaries, text.
#include <fmt/format.h>

#include "model/builtins/arithmetic.h"
#include "model/builtins/binary_operators.h"
#include "model/builtins/dict_update.h"
#include "model/builtins/format_text.h"
#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/sequence_operations.h"
#include "model/builtins/set_operations.h"

namespace lockweave::builtins {
namespace {

using bytecode::BinaryOperator;

struct MethodNames {
  std::string_view plain;
  std::string_view reflected;
  std::string_view inplace;
};

MethodNames names_of(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::Add: return {"__add__", "__radd__", "__iadd__"};
    case BinaryOperator::Subtract: return {"__sub__", "__rsub__", "__isub__"};
    case BinaryOperator::Multiply: return {"__mul__", "__rmul__", "__imul__"};
    case BinaryOperator::MatrixMultiply: return {"__matmul__", "__rmatmul__", "__imatmul__"};
    case BinaryOperator::TrueDivide: return {"__truediv__", "__rtruediv__", "__itruediv__"};
    case BinaryOperator::FloorDivide: return {"__floordiv__", "__rfloordiv__", "__ifloordiv__"};
    case BinaryOperator::Modulo: return {"__mod__", "__rmod__", "__imod__"};
    case BinaryOperator::Power: return {"__pow__", "__rpow__", "__ipow__"};
    case BinaryOperator::LeftShift: return {"__lshift__", "__rlshift__", "__ilshift__"};
    case BinaryOperator::RightShift: return {"__rshift__", "__rrshift__", "__irshift__"};
    case BinaryOperator::And: return {"__and__", "__rand__", "__iand__"};
    case BinaryOperator::Or: return {"__or__", "__ror__", "__ior__"};
    case BinaryOperator::Xor: return {"__xor__", "__rxor__", "__ixor__"};
  }
  return {};
}

bool is_set_operator(BinaryOperator op) {
  return op == BinaryOperator::Or || op == BinaryOperator::And || op == BinaryOperator::Xor || op == BinaryOperator::Subtract;
}

std::optional<Result> binary(Context& context, BinaryOperator op, Value a, Value b) {
  if ((is_number(a) || a.is(Tag::Opaque)) && (is_number(b) || b.is(Tag::Opaque))) return number_binary(context, op, a, b);
  if (op == BinaryOperator::Add) return concatenate(context, a, b);
  if (op == BinaryOperator::Multiply) return repeat(context, a, b);
  if (op == BinaryOperator::Modulo && a.is_string()) return percent_format(context, a, b);
  if (op == BinaryOperator::Modulo && a.is(Tag::Bytes)) return context.unsupported("'%' with bytes");
  if (is_set_operator(op) && is_set_like(context, a) && is_set_like(context, b)) return set_binary(context, op, a, b);
  if (op == BinaryOperator::Or && context.version_at_least(3, 9)) return merge_dicts(context, a, b);
  return std::nullopt;
}

std::optional<Result> binary_inplace(Context& context, BinaryOperator op, Value a, Value b) {
  const ObjectKind kind = kind_of(context, a);
  if (kind == ObjectKind::List && op == BinaryOperator::Add) return extend_inplace(context, a, b);
  if (kind == ObjectKind::List && op == BinaryOperator::Multiply) return repeat_inplace(context, a, b);
  if (kind == ObjectKind::Set && is_set_operator(op) && is_set_like(context, b)) return set_inplace(context, op, a, b);
  if (kind == ObjectKind::Dict && op == BinaryOperator::Or && context.version_at_least(3, 9)) return merge_inplace(context, a, b);
  return std::nullopt;
}

}  // namespace

std::optional<Result> binary_of_builtin_parts(Context& context, BinaryOperator op, Value a, Value b) {
  return binary(context, op, unwrap(context, a), unwrap(context, b));
}

std::optional<Result> inplace_of_builtin_parts(Context& context, BinaryOperator op, Value a, Value b) {
  return binary_inplace(context, op, a, b);
}

std::optional<Result> plain_binary(Context& context, BinaryOperator op, Value a, Value b) {
  if (a.is_object() || b.is_object()) {
    const MethodNames names = names_of(op);
    // str % anything is the str's own affair, unless the other one is a str of a class that says otherwise.
    const bool formats = op == BinaryOperator::Modulo && a.is_string() && !unwrap(context, b).is_string();
    if (overrides(context, a, names.plain) || (!formats && overrides(context, b, names.reflected))) return std::nullopt;
    return binary(context, op, unwrap(context, a), unwrap(context, b));
  }
  return binary(context, op, a, b);
}

std::optional<Result> plain_inplace(Context& context, BinaryOperator op, Value a, Value b) {
  if (a.is_object()) {
    if (overrides(context, a, names_of(op).inplace)) return std::nullopt;
    if (const auto changed = binary_inplace(context, op, a, b)) return changed;
  }
  return plain_binary(context, op, a, b);
}

}  // namespace lockweave::builtins
