// Statements of one line.

#include "model/syntax/grammar.h"

#include <fmt/format.h>

namespace lockweave::syntax {

namespace {

std::optional<BinaryOperator> augmented_operator(TokenKind kind) {
  switch (kind) {
    case TokenKind::PlusEqual: return BinaryOperator::Add;
    case TokenKind::MinusEqual: return BinaryOperator::Sub;
    case TokenKind::StarEqual: return BinaryOperator::Mult;
    case TokenKind::SlashEqual: return BinaryOperator::Div;
    case TokenKind::DoubleSlashEqual: return BinaryOperator::FloorDiv;
    case TokenKind::PercentEqual: return BinaryOperator::Mod;
    case TokenKind::AtEqual: return BinaryOperator::MatMult;
    case TokenKind::AmpersandEqual: return BinaryOperator::BitAnd;
    case TokenKind::BarEqual: return BinaryOperator::BitOr;
    case TokenKind::CaretEqual: return BinaryOperator::BitXor;
    case TokenKind::LeftShiftEqual: return BinaryOperator::LShift;
    case TokenKind::RightShiftEqual: return BinaryOperator::RShift;
    case TokenKind::DoubleStarEqual: return BinaryOperator::Pow;
    default: return std::nullopt;
  }
}

}  // namespace

// One line of simple statements, or one compound statement.
void Grammar::statement(Block& block) {
  const Descent descent(*this);
  if (at_compound_statement()) {
    block.push_back(compound_statement());
  } else {
    simple_statements(block);
  }
}

void Grammar::simple_statements(Block& block) {
  do {
    const Descent descent(*this);
    block.push_back(simple_statement());
  } while (accept(TokenKind::Semicolon) && !at(TokenKind::Newline));
  expect(TokenKind::Newline);
}

StatementPtr Grammar::simple_statement() {
  switch (kind()) {
    case TokenKind::KeywordReturn: return return_statement();
    case TokenKind::KeywordRaise: return raise_statement();
    case TokenKind::KeywordAssert: return assert_statement();
    case TokenKind::KeywordDel: return delete_statement();
    case TokenKind::KeywordImport: return import_statement();
    case TokenKind::KeywordFrom: return from_statement();
    case TokenKind::KeywordGlobal: return scope_statement<Global>();
    case TokenKind::KeywordNonlocal: return scope_statement<Nonlocal>();
    case TokenKind::KeywordPass: return word_statement<Pass>();
    case TokenKind::KeywordBreak: return word_statement<Break>();
    case TokenKind::KeywordContinue: return word_statement<Continue>();
    default: return expression_statement();
  }
}

template <class Node>
StatementPtr Grammar::word_statement() {
  const TokenIndex start = at_++;
  return finish_statement(std::make_unique<Node>(), start);
}

template <class Node>
StatementPtr Grammar::scope_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Node>();
  do node->names.push_back(name());
  while (accept(TokenKind::Comma));
  return finish_statement(std::move(node), start);
}

// ---- expressions and assignments ------------------------------------------------------------------------------------

StatementPtr Grammar::expression_statement() {
  refuse_soft_keyword_statements();
  const TokenIndex start = at_;
  const bool in_parentheses = at(TokenKind::LeftParenthesis);
  ExpressionPtr first = yield_or_star_expressions();
  if (at(TokenKind::Equal)) return assignment(std::move(first), start);
  if (const auto op = augmented_operator(kind())) return augmented_assignment(std::move(first), *op, start);
  if (at(TokenKind::Colon)) return annotated_assignment(std::move(first), in_parentheses, start);
  const bool is_old_statement = first->kind == ExpressionKind::Name && (as<Name>(*first).id == "print" || as<Name>(*first).id == "exec");
  if (is_old_statement && at_ == start + 1 && starts_expression(kind())) {
    refuse_node(*first, fmt::format("Missing parentheses in call to '{0}'. Did you mean {0}(...)?", as<Name>(*first).id));
  }
  auto node = std::make_unique<Expr>();
  node->value = std::move(first);
  return finish_statement(std::move(node), start);
}

// target = target = value
StatementPtr Grammar::assignment(ExpressionPtr first, TokenIndex start) {
  auto node = std::make_unique<Assign>();
  ExpressionPtr value = std::move(first);
  while (accept(TokenKind::Equal)) {
    if (value->kind == ExpressionKind::Yield || value->kind == ExpressionKind::YieldFrom) {
      refuse_node(*value, "assignment to yield expression not possible");
    }
    make_target(*value, TargetUse::Assignment);
    node->targets.push_back(std::move(value));
    const Descent descent(*this);
    value = yield_or_star_expressions();
  }
  if (augmented_operator(kind()) || at(TokenKind::ColonEqual)) invalid_syntax();
  node->value = std::move(value);
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::augmented_assignment(ExpressionPtr target, BinaryOperator op, TokenIndex start) {
  const bool is_single =
      target->kind == ExpressionKind::Name || target->kind == ExpressionKind::Attribute || target->kind == ExpressionKind::Subscript;
  if (!is_single) refuse_node(*target, fmt::format("'{}' is an illegal expression for augmented assignment", words_for(*target)));
  make_target(*target, TargetUse::Assignment);
  ++at_;
  auto node = std::make_unique<AugAssign>();
  node->target = std::move(target);
  node->op = op;
  const Descent descent(*this);
  node->value = yield_or_star_expressions();
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::annotated_assignment(ExpressionPtr target, bool in_parentheses, TokenIndex start) {
  switch (target->kind) {
    case ExpressionKind::Name:
    case ExpressionKind::Attribute:
    case ExpressionKind::Subscript: break;
    case ExpressionKind::List:
    case ExpressionKind::Tuple: refuse_node(*target, fmt::format("only single target (not {}) can be annotated", words_for(*target)));
    default: refuse_node(*target, starts_expression(kind_after()) ? "illegal target for annotation" : "invalid syntax");
  }
  make_target(*target, TargetUse::Assignment);
  expect(TokenKind::Colon);
  auto node = std::make_unique<AnnAssign>();
  node->simple = target->kind == ExpressionKind::Name && !in_parentheses;
  node->target = std::move(target);
  {
    const Descent descent(*this);
    node->annotation = expression();
  }
  if (accept(TokenKind::Equal)) {
    const Descent descent(*this);
    node->value = yield_or_star_expressions();
  }
  return finish_statement(std::move(node), start);
}

// ---- match, type: names unless the line says otherwise --------------------------------------------------------------

void Grammar::refuse_soft_keyword_statements() const {
  if (at_soft_keyword("match") && at_match_statement()) refuse_feature(at_, "the match statement", "write it as if … elif");
  const bool is_type_alias = at_soft_keyword("type") && kind_after() == TokenKind::Name &&
                             (kind_after(2) == TokenKind::Equal || kind_after(2) == TokenKind::LeftBracket);
  if (is_type_alias) refuse_feature(at_, "the type statement", "write a plain assignment");
}

// `match SUBJECT:` and, indented on the next line, `case`: no other statement looks like that.
bool Grammar::at_match_statement() const {
  if (!starts_expression(kind_after()) && kind_after() != TokenKind::Star) return false;
  TokenIndex end = at_ + 1;
  while (end + 3 < tokens_.size() && tokens_[end].kind != TokenKind::Newline) ++end;
  return end + 3 < tokens_.size() && tokens_[end - 1].kind == TokenKind::Colon && tokens_[end + 1].kind == TokenKind::Indent &&
         tokens_[end + 2].kind == TokenKind::Name && text(tokens_[end + 2]) == "case";
}

// ---- statements that begin with their word --------------------------------------------------------------------------

StatementPtr Grammar::return_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Return>();
  if (!at(TokenKind::Newline) && !at(TokenKind::Semicolon)) node->value = star_expressions();
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::raise_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Raise>();
  if (!at(TokenKind::Newline) && !at(TokenKind::Semicolon)) {
    node->exc = expression();
    if (accept(TokenKind::KeywordFrom)) node->cause = expression();
  }
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::assert_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Assert>();
  node->test = expression();
  if (accept(TokenKind::Comma)) node->msg = expression();
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::delete_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Delete>();
  do {
    const Descent descent(*this);
    node->targets.push_back(star_expression());
  } while (accept(TokenKind::Comma) && !at(TokenKind::Semicolon) && !at(TokenKind::Newline));
  if (!at(TokenKind::Semicolon) && !at(TokenKind::Newline)) invalid_syntax();
  for (auto& target : node->targets) make_target(*target, TargetUse::Delete);
  return finish_statement(std::move(node), start);
}

// ---- imports --------------------------------------------------------------------------------------------------------

StatementPtr Grammar::import_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Import>();
  if (at(TokenKind::Newline)) refuse_at(at_, "Expected one or more names after 'import'");
  do node->names.push_back(alias(true));
  while (accept(TokenKind::Comma));
  return finish_statement(std::move(node), start);
}

// from ...a.b import c as d, e
StatementPtr Grammar::from_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<ImportFrom>();
  for (; at(TokenKind::Dot) || at(TokenKind::Ellipsis); ++at_) node->level += at(TokenKind::Dot) ? 1 : 3;
  if (node->level == 0 || !at(TokenKind::KeywordImport)) node->module = dotted_name();
  expect(TokenKind::KeywordImport);
  from_names(*node);
  return finish_statement(std::move(node), start);
}

void Grammar::from_names(ImportFrom& node) {
  if (at(TokenKind::Star)) {
    Alias star;
    star.name = "*";
    const TokenIndex start = at_++;
    star.place = place_from(start);
    node.names.push_back(std::move(star));
    return;
  }
  const bool in_parentheses = accept(TokenKind::LeftParenthesis);
  if (at(TokenKind::Newline)) refuse_at(at_, "Expected one or more names after 'import'");
  node.names.push_back(alias(false));
  while (accept(TokenKind::Comma)) {
    if (in_parentheses && at(TokenKind::RightParenthesis)) break;
    if (at(TokenKind::Newline)) refuse_at(at_, "trailing comma not allowed without surrounding parentheses");
    node.names.push_back(alias(false));
  }
  if (in_parentheses) expect(TokenKind::RightParenthesis);
}

std::string Grammar::dotted_name() {
  std::string result = name();
  while (accept(TokenKind::Dot)) result += "." + name();
  return result;
}

Alias Grammar::alias(bool is_dotted) {
  const TokenIndex start = at_;
  Alias result;
  result.name = is_dotted ? dotted_name() : name();
  if (accept(TokenKind::KeywordAs)) result.asname = name();
  result.place = place_from(start);
  return result;
}

}  // namespace lockweave::syntax
