// Expressions, but for calls (compile_call.cpp) and those that make a code object (compile_function.cpp, compile_comprehension.cpp).
#include <fmt/format.h>

#include <algorithm>

#include "model/bytecode/operator_number.h"
#include "model/bytecode/tree_compiler.h"

namespace lockweave::bytecode {

using syntax::as_if;
using syntax::ExprContext;
using syntax::ExpressionKind;

namespace {

bool has_star(const syntax::ExpressionList& elements) {
  return std::any_of(elements.begin(), elements.end(), [](const auto& node) { return node->kind == ExpressionKind::Starred; });
}

// `not (a is b)` is `a is not b`: the operator instead, if there is one.
std::optional<syntax::CompareOperator> negated(const syntax::UnaryOp& node) {
  if (node.op != syntax::UnaryOperator::Not) return std::nullopt;
  const auto* compare = as_if<syntax::Compare>(node.operand);
  if (compare == nullptr || compare->ops.size() != 1) return std::nullopt;
  switch (compare->ops.front()) {
    case syntax::CompareOperator::Is: return syntax::CompareOperator::IsNot;
    case syntax::CompareOperator::IsNot: return syntax::CompareOperator::Is;
    case syntax::CompareOperator::In: return syntax::CompareOperator::NotIn;
    case syntax::CompareOperator::NotIn: return syntax::CompareOperator::In;
    default: return std::nullopt;
  }
}

}  // namespace

// The line of an expression holds for its own instructions; then the one before goes on.
void TreeCompiler::expr(const syntax::Expression& node) { expr_on_line(node, node.place.line); }

void TreeCompiler::expr_on_line(const syntax::Expression& node, std::uint32_t at) {
  const std::uint32_t line = unit_->line;
  unit_->line = at;
  if (auto value = folder_.value_of(node)) load_constant(*std::move(value));
  else syntax::visit(node, *this);
  unit_->line = line;
}

void TreeCompiler::exprs(const syntax::ExpressionList& nodes) {
  for (const syntax::ExpressionPtr& node : nodes) expr(*node);
}

void TreeCompiler::operator()(const syntax::Constant& node) {
  if (std::holds_alternative<syntax::ImaginaryValue>(node.value)) return complain("complex numbers are not supported", node.place.span);
  load_constant(to_constant(node.value));
}

void TreeCompiler::operator()(const syntax::Name& node) {
  const NameUse use = node.context == ExprContext::Load    ? NameUse::Load
                      : node.context == ExprContext::Store ? NameUse::Store
                                                           : NameUse::Delete;
  if (use != NameUse::Load && node.id == "__debug__") complain("cannot assign to __debug__", node.place.span);
  name_operation(node.id, use);
}

void TreeCompiler::operator()(const syntax::Attribute& node) {
  expr(*node.value);
  switch (node.context) {
    case ExprContext::Load: return emit_name(Opcode::LoadAttr, node.attr);
    case ExprContext::Store: return emit_name(Opcode::StoreAttr, node.attr);
    case ExprContext::Del: return emit_name(Opcode::DeleteAttr, node.attr);
  }
}

void TreeCompiler::operator()(const syntax::Subscript& node) {
  expr(*node.value);
  expr(*node.slice);
  switch (node.context) {
    case ExprContext::Load: return emit(Opcode::BinarySubscr);
    case ExprContext::Store: return emit(Opcode::StoreSubscr);
    case ExprContext::Del: return emit(Opcode::DeleteSubscr);
  }
}

void TreeCompiler::operator()(const syntax::Slice& node) {
  const auto part = [this](const syntax::ExpressionPtr& bound) {
    if (bound) expr(*bound);
    else load_none();
  };
  part(node.lower);
  part(node.upper);
  if (node.step) expr(*node.step);
  emit(Opcode::BuildSlice, node.step ? 3 : 2);
}

void TreeCompiler::operator()(const syntax::Starred& node) {
  complain(
      node.context == ExprContext::Store ? "starred assignment target must be in a list or tuple" : "can't use starred expression here",
      node.place.span);
}

void TreeCompiler::operator()(const syntax::NamedExpr& node) {
  expr(*node.value);
  emit(Opcode::DupTop);
  expr(*node.target);
}

void TreeCompiler::operator()(const syntax::UnaryOp& node) {
  if (const auto op = negated(node)) {
    const auto& compare = syntax::as<syntax::Compare>(*node.operand);
    expr(*compare.left);
    compare_operand(compare, 0);
    return compare_operation(*op);
  }
  expr(*node.operand);
  switch (node.op) {
    case syntax::UnaryOperator::Invert: return emit(Opcode::UnaryInvert);
    case syntax::UnaryOperator::Not: return emit(Opcode::UnaryNot);
    case syntax::UnaryOperator::UAdd: return emit(Opcode::UnaryPositive);
    case syntax::UnaryOperator::USub: return emit(Opcode::UnaryNegative);
  }
}

void TreeCompiler::operator()(const syntax::BinOp& node) {
  expr(*node.left);
  expr(*node.right);
  emit(Opcode::BinaryOp, operator_number(node.op));
}

void TreeCompiler::operator()(const syntax::BoolOp& node) {
  const Label end = new_label();
  const Opcode test = node.op == syntax::BoolOperator::And ? Opcode::JumpIfFalseOrPop : Opcode::JumpIfTrueOrPop;
  for (std::size_t i = 0; i + 1 < node.values.size(); ++i) {
    expr(*node.values[i]);
    jump(test, end);
  }
  expr(*node.values.back());
  bind(end);
}

void TreeCompiler::operator()(const syntax::IfExp& node) {
  const Label end = new_label(), next = new_label();
  jump_if(*node.test, next, false);
  expr(*node.body);
  jump_forward(Opcode::Jump, end);
  bind(next);
  expr(*node.orelse);
  bind(end);
}

// --- comparisons

void TreeCompiler::compare_operation(syntax::CompareOperator op) {
  const auto compare = [this](CompareOperator ours) { emit(Opcode::CompareOp, static_cast<std::int32_t>(ours)); };
  switch (op) {
    case syntax::CompareOperator::Eq: return compare(CompareOperator::Equal);
    case syntax::CompareOperator::NotEq: return compare(CompareOperator::NotEqual);
    case syntax::CompareOperator::Lt: return compare(CompareOperator::Less);
    case syntax::CompareOperator::LtE: return compare(CompareOperator::LessEqual);
    case syntax::CompareOperator::Gt: return compare(CompareOperator::Greater);
    case syntax::CompareOperator::GtE: return compare(CompareOperator::GreaterEqual);
    case syntax::CompareOperator::Is: return emit(Opcode::IsOp, 0);
    case syntax::CompareOperator::IsNot: return emit(Opcode::IsOp, 1);
    case syntax::CompareOperator::In: return emit(Opcode::ContainsOp, 0);
    case syntax::CompareOperator::NotIn: return emit(Opcode::ContainsOp, 1);
  }
}

// The list or set at the end of `x in [1, 2]` becomes a tuple.
void TreeCompiler::compare_operand(const syntax::Compare& node, std::size_t index) {
  const syntax::Expression& operand = *node.comparators[index];
  const auto op = node.ops[index];
  const bool contains = op == syntax::CompareOperator::In || op == syntax::CompareOperator::NotIn;
  if (contains && index + 1 == node.ops.size()) iterable(operand);
  else expr(operand);
}

// What is only iterated or searched: a list display of it is made as a tuple, one of constants is a constant.
void TreeCompiler::iterable(const syntax::Expression& node) {
  const auto* list = as_if<syntax::List>(&node);
  const auto* set = as_if<syntax::Set>(&node);
  const syntax::ExpressionList* elements = list != nullptr ? &list->elts : set != nullptr ? &set->elts : nullptr;
  if (elements == nullptr || has_star(*elements)) return expr(node);
  auto folded = folder_.tuple_of(*elements);
  if (!folded && set != nullptr) return expr(node);
  const std::uint32_t line = unit_->line;
  unit_->line = node.place.line;
  if (folded) {
    load_constant(*std::move(folded));
  } else {
    display(*elements, 0, {Opcode::BuildList, Opcode::ListAppend, Opcode::ListExtend, true});
  }
  unit_->line = line;
}

void TreeCompiler::operator()(const syntax::Compare& node) {
  if (node.ops.size() > 1) return chained_comparison(node);
  expr(*node.left);
  compare_operand(node, 0);
  compare_operation(node.ops.front());
}

// a < b < c
void TreeCompiler::chained_comparison(const syntax::Compare& node) {
  const Label cleanup = new_label(), end = new_label();
  const std::size_t last = node.ops.size() - 1;
  expr(*node.left);
  for (std::size_t i = 0; i < last; ++i) {
    compare_operand(node, i);
    emit(Opcode::DupTop);
    emit(Opcode::RotThree);
    compare_operation(node.ops[i]);
    jump(Opcode::JumpIfFalseOrPop, cleanup);
  }
  compare_operand(node, last);
  compare_operation(node.ops[last]);
  jump_forward(Opcode::Jump, end);
  bind(cleanup);
  emit(Opcode::RotTwo);
  emit(Opcode::PopTop);
  bind(end);
}

// --- conditions

// Goes to target if the truth of the node is `condition`, else goes on; leaves nothing on the stack.
void TreeCompiler::jump_if(const syntax::Expression& node, Label target, bool condition) {
  if (!folder_.value_of(node)) {
    if (const auto* op = as_if<syntax::UnaryOp>(&node); op != nullptr && op->op == syntax::UnaryOperator::Not && !negated(*op)) {
      return jump_if(*op->operand, target, !condition);
    }
    if (const auto* op = as_if<syntax::BoolOp>(&node)) {
      const bool decides = op->op == syntax::BoolOperator::Or;  // the truth of an operand that decides the whole
      const Label decided = decides == condition ? target : new_label();
      for (std::size_t i = 0; i + 1 < op->values.size(); ++i) jump_if(*op->values[i], decided, decides);
      jump_if(*op->values.back(), target, condition);
      if (decides != condition) bind(decided);
      return;
    }
    if (const auto* choice = as_if<syntax::IfExp>(&node)) {
      const Label end = new_label(), next = new_label();
      jump_if(*choice->test, next, false);
      jump_if(*choice->body, target, condition);
      jump_forward(Opcode::Jump, end);
      bind(next);
      jump_if(*choice->orelse, target, condition);
      bind(end);
      return;
    }
    if (const auto* compare = as_if<syntax::Compare>(&node); compare != nullptr && compare->ops.size() > 1) {
      return jump_if_chained(*compare, target, condition);
    }
  }
  expr(node);
  jump(condition ? Opcode::PopJumpIfTrue : Opcode::PopJumpIfFalse, target);
}

void TreeCompiler::jump_if_chained(const syntax::Compare& node, Label target, bool condition) {
  const Label cleanup = new_label(), end = new_label();
  const std::size_t last = node.ops.size() - 1;
  expr(*node.left);
  for (std::size_t i = 0; i < last; ++i) {
    compare_operand(node, i);
    emit(Opcode::DupTop);
    emit(Opcode::RotThree);
    compare_operation(node.ops[i]);
    jump(Opcode::PopJumpIfFalse, cleanup);
  }
  compare_operand(node, last);
  compare_operation(node.ops[last]);
  jump(condition ? Opcode::PopJumpIfTrue : Opcode::PopJumpIfFalse, target);
  jump_forward(Opcode::Jump, end);
  bind(cleanup);
  emit(Opcode::PopTop);
  if (!condition) jump_forward(Opcode::Jump, target);
  bind(end);
}

// --- displays

void TreeCompiler::unpack_to(const syntax::ExpressionList& targets, SourceSpan span) {
  const std::size_t count = targets.size();
  bool starred = false;
  for (std::size_t i = 0; i < count; ++i) {
    if (targets[i]->kind != ExpressionKind::Starred) continue;
    if (starred) return complain("multiple starred expressions in assignment", span);
    if (i >= 256) return complain("too many expressions in star-unpacking assignment", span);
    starred = true;
    emit(Opcode::UnpackEx, static_cast<std::int32_t>(i | (count - i - 1) << 8));
  }
  if (!starred) emit(Opcode::UnpackSequence, static_cast<std::int32_t>(count));
  for (const syntax::ExpressionPtr& target : targets) {
    const auto* star = as_if<syntax::Starred>(target);
    expr(star != nullptr ? *star->value : *target);
  }
}

void TreeCompiler::display(const syntax::ExpressionList& elements, std::int32_t pushed, Display how) {
  const auto count = static_cast<std::int32_t>(elements.size());
  if (count > 2) {
    if (auto folded = folder_.tuple_of(elements)) {
      if (how.tuple && pushed == 0) return load_constant(*std::move(folded));
      emit(how.build, pushed);
      load_constant(*std::move(folded));
      emit(how.extend, 1);
      if (how.tuple) emit(Opcode::ListToTuple);
      return;
    }
  }
  if (!has_star(elements)) {
    exprs(elements);
    return emit(how.tuple ? Opcode::BuildTuple : how.build, count + pushed);
  }
  bool started = false;
  for (std::int32_t i = 0; i < count; ++i) {
    const syntax::Expression& element = *elements[static_cast<std::size_t>(i)];
    if (const auto* star = as_if<syntax::Starred>(&element)) {
      if (!started) emit(how.build, i + pushed);
      started = true;
      expr(*star->value);
      emit(how.extend, 1);
    } else {
      expr(element);
      if (started) emit(how.add, 1);
    }
  }
  if (how.tuple) emit(Opcode::ListToTuple);
}

void TreeCompiler::operator()(const syntax::List& node) {
  if (node.context == ExprContext::Store) return unpack_to(node.elts, node.place.span);
  if (node.context == ExprContext::Del) return exprs(node.elts);
  display(node.elts, 0, {Opcode::BuildList, Opcode::ListAppend, Opcode::ListExtend});
}

void TreeCompiler::operator()(const syntax::Tuple& node) {
  if (node.context == ExprContext::Store) return unpack_to(node.elts, node.place.span);
  if (node.context == ExprContext::Del) return exprs(node.elts);
  display(node.elts, 0, {Opcode::BuildList, Opcode::ListAppend, Opcode::ListExtend, true});
}

void TreeCompiler::operator()(const syntax::Set& node) { display(node.elts, 0, {Opcode::BuildSet, Opcode::SetAdd, Opcode::SetUpdate}); }

void TreeCompiler::operator()(const syntax::Dict& node) {
  std::size_t begin = 0;
  bool started = false;
  const auto flush = [&](std::size_t end) {
    if (begin == end) return;
    dictionary_part(node, begin, end);
    if (started) emit(Opcode::DictUpdate, 1);
    started = true;
  };
  for (std::size_t i = 0; i < node.keys.size(); ++i) {
    if (node.keys[i]) continue;
    flush(i);
    if (!started) emit(Opcode::BuildMap, 0);
    started = true;
    expr(*node.values[i]);
    emit(Opcode::DictUpdate, 1);
    begin = i + 1;
  }
  flush(node.keys.size());
  if (!started) emit(Opcode::BuildMap, 0);
}

void TreeCompiler::dictionary_part(const syntax::Dict& node, std::size_t begin, std::size_t end) {
  bool constant_keys = end - begin > 1;
  for (std::size_t i = begin; i < end; ++i) constant_keys = constant_keys && folder_.value_of(*node.keys[i]).has_value();
  for (std::size_t i = begin; i < end; ++i) {
    // CPython loads constant keys as one tuple, behind the values; no thread switch lies at either place.
    if (constant_keys) load_key(*folder_.value_of(*node.keys[i]), *node.values[i]);
    else expr(*node.keys[i]);
    expr(*node.values[i]);
  }
  emit(Opcode::BuildMap, static_cast<std::int32_t>(end - begin), constant_keys ? 2 : 1);
}

// --- strings, generators

void TreeCompiler::operator()(const syntax::JoinedStr& node) {
  // To the compiler all parts of an f-string begin where it begins; only what stands in braces has lines of its own.
  for (const syntax::ExpressionPtr& part : node.values) expr_on_line(*part, unit_->line);
  if (node.values.size() != 1) emit(Opcode::BuildString, static_cast<std::int32_t>(node.values.size()));
}

void TreeCompiler::operator()(const syntax::FormattedValue& node) {
  expr(*node.value);
  std::int32_t how = node.conversion == 's' ? 1 : node.conversion == 'r' ? 2 : node.conversion == 'a' ? 3 : 0;
  if (node.format_spec) {
    expr(*node.format_spec);
    how |= 4;
  }
  emit(Opcode::FormatValue, how);
}

void TreeCompiler::operator()(const syntax::Yield& node) {
  if (!in_function()) complain("'yield' outside function", node.place.span);
  if (node.value) expr(*node.value);
  else load_none();
  emit(Opcode::YieldValue);
}

void TreeCompiler::operator()(const syntax::YieldFrom& node) {
  if (!in_function()) complain("'yield from' outside function", node.place.span);
  if (unit_->scope->is_coroutine) complain("'yield from' inside async function", node.place.span);
  expr(*node.value);
  emit(Opcode::GetYieldFromIter);
  load_none();
  emit(Opcode::YieldFrom);
}

void TreeCompiler::operator()(const syntax::Await& node) {
  if (!in_function()) complain("'await' outside function", node.place.span);
  else if (!may_await()) complain("'await' outside async function", node.place.span);
  expr(*node.value);
  await_top();
}

}  // namespace lockweave::bytecode
