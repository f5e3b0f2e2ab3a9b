// Expressions that are assigned to or deleted.

#include "model/syntax/grammar.h"

#include <fmt/format.h>

namespace lockweave::syntax {

namespace {

std::string_view words_for_constant(const Constant& node) {
  if (std::holds_alternative<NoneValue>(node.value)) return "None";
  if (std::holds_alternative<EllipsisValue>(node.value)) return "ellipsis";
  if (const bool* value = std::get_if<bool>(&node.value)) return *value ? "True" : "False";
  return "literal";
}

}  // namespace

std::string_view words_for(const Expression& node) {
  switch (node.kind) {
    case ExpressionKind::Attribute: return "attribute";
    case ExpressionKind::Subscript: return "subscript";
    case ExpressionKind::Starred: return "starred";
    case ExpressionKind::Name: return "name";
    case ExpressionKind::List: return "list";
    case ExpressionKind::Tuple: return "tuple";
    case ExpressionKind::Lambda: return "lambda";
    case ExpressionKind::Call: return "function call";
    case ExpressionKind::BoolOp:
    case ExpressionKind::BinOp:
    case ExpressionKind::UnaryOp: return "expression";
    case ExpressionKind::GeneratorExp: return "generator expression";
    case ExpressionKind::Yield:
    case ExpressionKind::YieldFrom: return "yield expression";
    case ExpressionKind::Await: return "await expression";
    case ExpressionKind::ListComp: return "list comprehension";
    case ExpressionKind::SetComp: return "set comprehension";
    case ExpressionKind::DictComp: return "dict comprehension";
    case ExpressionKind::Dict: return "dict literal";
    case ExpressionKind::Set: return "set display";
    case ExpressionKind::JoinedStr:
    case ExpressionKind::FormattedValue: return "f-string expression";
    case ExpressionKind::Constant: return words_for_constant(as<Constant>(node));
    case ExpressionKind::Compare: return "comparison";
    case ExpressionKind::IfExp: return "conditional expression";
    case ExpressionKind::NamedExpr: return "named expression";
    case ExpressionKind::Slice: return "slice";
  }
  return "expression";
}

void Grammar::make_target(Expression& node, TargetUse use) {
  set_context(node, use == TargetUse::Delete ? ExprContext::Del : ExprContext::Store, use, true);
}

void Grammar::set_context(Expression& node, ExprContext context, TargetUse use, bool is_top) {
  switch (node.kind) {
    case ExpressionKind::Name: as<Name>(node).context = context; return;
    case ExpressionKind::Attribute: as<Attribute>(node).context = context; return;
    case ExpressionKind::Subscript: as<Subscript>(node).context = context; return;
    case ExpressionKind::Tuple:
      as<Tuple>(node).context = context;
      for (auto& element : as<Tuple>(node).elts) set_context(*element, context, use, false);
      return;
    case ExpressionKind::List:
      as<List>(node).context = context;
      for (auto& element : as<List>(node).elts) set_context(*element, context, use, false);
      return;
    case ExpressionKind::Starred:
      if (use == TargetUse::Delete) refuse_target(node, use, is_top);
      as<Starred>(node).context = context;
      return set_context(*as<Starred>(node).value, context, use, false);
    default: refuse_target(node, use, is_top);
  }
}

void Grammar::refuse_target(const Expression& node, TargetUse use, bool is_top) const {
  const std::string_view verb = use == TargetUse::Delete ? "delete" : "assign to";
  const bool is_keyword_constant = node.kind == ExpressionKind::Constant && words_for(node) != "literal" && words_for(node) != "ellipsis";
  const bool may_mean_comparison = use == TargetUse::Assignment && is_top && !is_keyword_constant;
  refuse_node(
      node, fmt::format("cannot {} {}{}", verb, words_for(node), may_mean_comparison ? " here. Maybe you meant '==' instead of '='?" : ""));
}

// `a, *b` before `in`: elements are no comparisons, or `in` would be taken for one.
ExpressionPtr Grammar::target_list(TargetUse use, TokenKind stop) {
  const TokenIndex start = at_;
  const auto element = [this] {
    const Descent descent(*this);
    const TokenIndex begin = at_;
    if (!accept(TokenKind::Star)) return bitwise_or();
    auto starred = std::make_unique<Starred>();
    starred->value = bitwise_or();
    return finish(std::move(starred), begin);
  };
  ExpressionPtr target = element();
  if (at(TokenKind::Comma)) {
    auto tuple = std::make_unique<Tuple>();
    tuple->elts.push_back(std::move(target));
    while (accept(TokenKind::Comma) && !at(stop)) tuple->elts.push_back(element());
    target = finish(std::move(tuple), start);
  }
  if (!at(stop)) invalid_syntax();
  make_target(*target, use);
  return target;
}

}  // namespace lockweave::syntax
