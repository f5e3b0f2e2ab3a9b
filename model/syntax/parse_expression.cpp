#include "model/syntax/grammar.h"

#include <fmt/format.h>

namespace lockweave::syntax {

namespace {

struct BinaryRule {
  BinaryOperator op;
  int precedence;  // higher binds tighter
};

std::optional<BinaryRule> binary_rule(TokenKind kind) {
  switch (kind) {
    case TokenKind::Bar: return BinaryRule{BinaryOperator::BitOr, 1};
    case TokenKind::Caret: return BinaryRule{BinaryOperator::BitXor, 2};
    case TokenKind::Ampersand: return BinaryRule{BinaryOperator::BitAnd, 3};
    case TokenKind::LeftShift: return BinaryRule{BinaryOperator::LShift, 4};
    case TokenKind::RightShift: return BinaryRule{BinaryOperator::RShift, 4};
    case TokenKind::Plus: return BinaryRule{BinaryOperator::Add, 5};
    case TokenKind::Minus: return BinaryRule{BinaryOperator::Sub, 5};
    case TokenKind::Star: return BinaryRule{BinaryOperator::Mult, 6};
    case TokenKind::Slash: return BinaryRule{BinaryOperator::Div, 6};
    case TokenKind::DoubleSlash: return BinaryRule{BinaryOperator::FloorDiv, 6};
    case TokenKind::Percent: return BinaryRule{BinaryOperator::Mod, 6};
    case TokenKind::At: return BinaryRule{BinaryOperator::MatMult, 6};
    default: return std::nullopt;
  }
}

}  // namespace

bool Grammar::starts_expression(TokenKind k) const {
  switch (k) {
    case TokenKind::Name:
    case TokenKind::Number:
    case TokenKind::String:
    case TokenKind::FStringStart:
    case TokenKind::LeftParenthesis:
    case TokenKind::LeftBracket:
    case TokenKind::LeftBrace:
    case TokenKind::Ellipsis:
    case TokenKind::Minus:
    case TokenKind::Plus:
    case TokenKind::Tilde:
    case TokenKind::KeywordNone:
    case TokenKind::KeywordTrue:
    case TokenKind::KeywordFalse:
    case TokenKind::KeywordLambda:
    case TokenKind::KeywordNot:
    case TokenKind::KeywordAwait: return true;
    default: return false;
  }
}

// a, *b, c
ExpressionPtr Grammar::star_expressions() {
  const TokenIndex start = at_;
  ExpressionPtr first = star_expression();
  if (!at(TokenKind::Comma)) return first;
  auto tuple = std::make_unique<Tuple>();
  tuple->elts.push_back(std::move(first));
  while (accept(TokenKind::Comma) && (at(TokenKind::Star) || starts_expression(kind()))) tuple->elts.push_back(star_expression());
  return finish(std::move(tuple), start);
}

ExpressionPtr Grammar::star_expression() {
  if (!at(TokenKind::Star)) return expression();
  const Descent descent(*this);
  const TokenIndex start = at_++;
  auto starred = std::make_unique<Starred>();
  starred->value = bitwise_or();
  return finish(std::move(starred), start);
}

ExpressionPtr Grammar::yield_or_star_expressions() { return at(TokenKind::KeywordYield) ? yield_expression() : star_expressions(); }

ExpressionPtr Grammar::yield_expression() {
  const TokenIndex start = at_;
  expect(TokenKind::KeywordYield);
  if (accept(TokenKind::KeywordFrom)) {
    auto node = std::make_unique<YieldFrom>();
    node->value = expression();
    return finish(std::move(node), start);
  }
  auto node = std::make_unique<Yield>();
  if (at(TokenKind::Star) || starts_expression(kind())) node->value = star_expressions();
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::star_named_expression() { return at(TokenKind::Star) ? star_expression() : named_expression(); }

// name := value
ExpressionPtr Grammar::named_expression() {
  const TokenIndex start = at_;
  ExpressionPtr target = expression();
  if (at(TokenKind::Equal)) {
    const bool may_be_assignment = target->kind == ExpressionKind::Name;
    if (brackets_ == 0) invalid_syntax();
    if (may_be_assignment) refuse_node(*target, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    refuse_node(*target, fmt::format("cannot assign to {} here. Maybe you meant '==' instead of '='?", words_for(*target)));
  }
  return at(TokenKind::ColonEqual) ? walrus(std::move(target), start) : std::move(target);
}

ExpressionPtr Grammar::walrus(ExpressionPtr target, TokenIndex start) {
  const bool is_plain_name = target->kind == ExpressionKind::Name && tokens_[start].kind == TokenKind::Name;
  if (!is_plain_name) refuse_node(*target, fmt::format("cannot use assignment expressions with {}", words_for(*target)));
  ++at_;
  auto node = std::make_unique<NamedExpr>();
  as<Name>(*target).context = ExprContext::Store;
  node->target = std::move(target);
  node->value = expression();
  return finish(std::move(node), start);
}

// body if test else orelse
ExpressionPtr Grammar::expression() {
  const Descent descent(*this);
  if (at(TokenKind::KeywordLambda)) return lambda();
  const TokenIndex start = at_;
  ExpressionPtr value = disjunction();
  if (at(TokenKind::KeywordIf)) return conditional(start, std::move(value));
  check_missing_comma(*value);
  return value;
}

ExpressionPtr Grammar::conditional(TokenIndex start, ExpressionPtr body) {
  expect(TokenKind::KeywordIf);
  auto node = std::make_unique<IfExp>();
  node->body = std::move(body);
  {
    const Descent descent(*this);
    node->test = disjunction();
  }
  if (!at(TokenKind::KeywordElse)) {
    if (at(TokenKind::Colon)) invalid_syntax();
    refuse_at(start, "expected 'else' after 'if' expression");
  }
  ++at_;
  node->orelse = expression();
  return finish(std::move(node), start);
}

// Inside brackets two expressions in a row have no other meaning.
void Grammar::check_missing_comma(const Expression& first) {
  if (brackets_ == 0 || !starts_expression(kind()) || at(TokenKind::KeywordNot)) return;
  const bool is_prefix_slip = first.kind == ExpressionKind::Name && (at(TokenKind::String) || at(TokenKind::FStringStart));
  if (is_prefix_slip) invalid_syntax();
  expression();
  refuse_node(first, "invalid syntax. Perhaps you forgot a comma?");
}

ExpressionPtr Grammar::lambda() {
  const TokenIndex start = at_;
  expect(TokenKind::KeywordLambda);
  auto node = std::make_unique<Lambda>();
  node->args = parameters(TokenKind::Colon, false);
  expect(TokenKind::Colon);
  node->body = expression();
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::disjunction() {
  const TokenIndex start = at_;
  ExpressionPtr first = conjunction();
  if (!at(TokenKind::KeywordOr)) return first;
  auto node = std::make_unique<BoolOp>();
  node->op = BoolOperator::Or;
  node->values.push_back(std::move(first));
  while (accept(TokenKind::KeywordOr)) {
    const Descent descent(*this);
    node->values.push_back(conjunction());
  }
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::conjunction() {
  const TokenIndex start = at_;
  ExpressionPtr first = inversion();
  if (!at(TokenKind::KeywordAnd)) return first;
  auto node = std::make_unique<BoolOp>();
  node->op = BoolOperator::And;
  node->values.push_back(std::move(first));
  while (accept(TokenKind::KeywordAnd)) {
    const Descent descent(*this);
    node->values.push_back(inversion());
  }
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::inversion() {
  if (!at(TokenKind::KeywordNot)) return comparison();
  const Descent descent(*this);
  const TokenIndex start = at_++;
  auto node = std::make_unique<UnaryOp>();
  node->op = UnaryOperator::Not;
  node->operand = inversion();
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::comparison() {
  const TokenIndex start = at_;
  ExpressionPtr left = bitwise_or();
  auto op = accept_compare_operator();
  if (!op) return left;
  auto node = std::make_unique<Compare>();
  node->left = std::move(left);
  for (; op; op = accept_compare_operator()) {
    const Descent descent(*this);
    node->ops.push_back(*op);
    node->comparators.push_back(bitwise_or());
  }
  return finish(std::move(node), start);
}

std::optional<CompareOperator> Grammar::accept_compare_operator() {
  const auto take = [this](CompareOperator op, std::size_t tokens = 1) {
    at_ += tokens;
    return op;
  };
  switch (kind()) {
    case TokenKind::EqualEqual: return take(CompareOperator::Eq);
    case TokenKind::NotEqual: return take(CompareOperator::NotEq);
    case TokenKind::Less: return take(CompareOperator::Lt);
    case TokenKind::LessEqual: return take(CompareOperator::LtE);
    case TokenKind::Greater: return take(CompareOperator::Gt);
    case TokenKind::GreaterEqual: return take(CompareOperator::GtE);
    case TokenKind::KeywordIn: return take(CompareOperator::In);
    case TokenKind::KeywordIs:
      if (kind_after() == TokenKind::KeywordNot) return take(CompareOperator::IsNot, 2);
      return take(CompareOperator::Is);
    case TokenKind::KeywordNot:
      if (kind_after() == TokenKind::KeywordIn) return take(CompareOperator::NotIn, 2);
      return std::nullopt;
    default: return std::nullopt;
  }
}

// Precedence climbing: operators that bind at least as tightly as `lowest`, all associating to the left.
ExpressionPtr Grammar::binary(int lowest) {
  const TokenIndex start = at_;
  ExpressionPtr left = factor();
  for (auto rule = binary_rule(kind()); rule && rule->precedence >= lowest; rule = binary_rule(kind())) {
    ++at_;
    auto node = std::make_unique<BinOp>();
    node->left = std::move(left);
    node->op = rule->op;
    {
      const Descent descent(*this);
      node->right = binary(rule->precedence + 1);
    }
    left = finish(std::move(node), start);
  }
  return left;
}

ExpressionPtr Grammar::factor() {
  UnaryOperator op{};
  switch (kind()) {
    case TokenKind::Plus: op = UnaryOperator::UAdd; break;
    case TokenKind::Minus: op = UnaryOperator::USub; break;
    case TokenKind::Tilde: op = UnaryOperator::Invert; break;
    default: return power();
  }
  const Descent descent(*this);
  const TokenIndex start = at_++;
  auto node = std::make_unique<UnaryOp>();
  node->op = op;
  node->operand = factor();
  return finish(std::move(node), start);
}

// 2 ** -x: the exponent binds to the right and may have a sign.
ExpressionPtr Grammar::power() {
  const TokenIndex start = at_;
  ExpressionPtr base = await_primary();
  if (!accept(TokenKind::DoubleStar)) return base;
  const Descent descent(*this);
  auto node = std::make_unique<BinOp>();
  node->left = std::move(base);
  node->op = BinaryOperator::Pow;
  node->right = factor();
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::await_primary() {
  if (!at(TokenKind::KeywordAwait)) return primary();
  const TokenIndex start = at_++;
  auto node = std::make_unique<Await>();
  node->value = primary();
  return finish(std::move(node), start);
}

}  // namespace lockweave::syntax
