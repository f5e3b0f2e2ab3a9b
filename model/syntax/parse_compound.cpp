// Statements with suites.

#include "model/syntax/grammar.h"

#include <fmt/format.h>

namespace lockweave::syntax {

bool Grammar::at_compound_statement() const {
  switch (kind()) {
    case TokenKind::KeywordIf:
    case TokenKind::KeywordWhile:
    case TokenKind::KeywordFor:
    case TokenKind::KeywordTry:
    case TokenKind::KeywordWith:
    case TokenKind::KeywordDef:
    case TokenKind::KeywordClass:
    case TokenKind::KeywordAsync:
    case TokenKind::At: return true;
    default: return false;
  }
}

StatementPtr Grammar::compound_statement() {
  const TokenIndex start = at_;
  switch (kind()) {
    case TokenKind::KeywordIf: return if_statement();
    case TokenKind::KeywordWhile: return while_statement();
    case TokenKind::KeywordFor: return for_statement(start, false);
    case TokenKind::KeywordTry: return try_statement();
    case TokenKind::KeywordWith: return with_statement(start, false);
    case TokenKind::KeywordDef: return function_definition(start, {}, false);
    case TokenKind::KeywordClass: return class_definition(start, {});
    case TokenKind::KeywordAsync: return async_statement(start);
    default: return decorated();
  }
}

// The suite of `what`, which began on `line`: statements on the same line, or indented ones on the next.
Block Grammar::block(std::string_view what, std::uint32_t line) {
  if (!at(TokenKind::Colon)) refuse_at(at_, "expected ':'");
  ++at_;
  Block body;
  if (!accept(TokenKind::Newline)) {
    simple_statements(body);
    return body;
  }
  if (!accept(TokenKind::Indent)) refuse_at(at_, fmt::format("expected an indented block after {} on line {}", what, line));
  while (!at(TokenKind::Dedent) && !at(TokenKind::EndMarker)) statement(body);
  accept(TokenKind::Dedent);
  return body;
}

Block Grammar::optional_else(std::string_view what) {
  const std::uint32_t line = token().line;
  if (!accept(TokenKind::KeywordElse)) return {};
  return block(what, line);
}

// ---- definitions ----------------------------------------------------------------------------------------------------

StatementPtr Grammar::decorated() {
  ExpressionList decorators;
  while (accept(TokenKind::At)) {
    const Descent descent(*this);
    decorators.push_back(named_expression());
    expect(TokenKind::Newline);
  }
  const TokenIndex start = at_;
  if (at(TokenKind::KeywordClass)) return class_definition(start, std::move(decorators));
  const bool is_async = accept(TokenKind::KeywordAsync);
  if (!at(TokenKind::KeywordDef)) invalid_syntax();
  return function_definition(start, std::move(decorators), is_async);
}

StatementPtr Grammar::async_statement(TokenIndex start) {
  expect(TokenKind::KeywordAsync);
  switch (kind()) {
    case TokenKind::KeywordDef: return function_definition(start, {}, true);
    case TokenKind::KeywordFor: return for_statement(start, true);
    case TokenKind::KeywordWith: return with_statement(start, true);
    default: invalid_syntax();
  }
}

StatementPtr Grammar::function_definition(TokenIndex start, ExpressionList decorators, bool is_async) {
  const std::uint32_t line = token().line;
  expect(TokenKind::KeywordDef);
  auto node = std::make_unique<FunctionDef>();
  node->is_async = is_async;
  node->decorator_list = std::move(decorators);
  node->name = name();
  if (at(TokenKind::LeftBracket)) refuse_feature(at_, "type parameters", "leave them out");
  if (!at(TokenKind::LeftParenthesis)) refuse_at(at_, "expected '('");
  ++at_;
  ++brackets_;
  node->args = parameters(TokenKind::RightParenthesis, true);
  close(TokenKind::RightParenthesis);
  if (accept(TokenKind::Arrow)) node->returns = expression();
  node->body = block("function definition", line);
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::class_definition(TokenIndex start, ExpressionList decorators) {
  const std::uint32_t line = token().line;
  expect(TokenKind::KeywordClass);
  auto node = std::make_unique<ClassDef>();
  node->decorator_list = std::move(decorators);
  node->name = name();
  if (at(TokenKind::LeftBracket)) refuse_feature(at_, "type parameters", "leave them out");
  const TokenIndex parenthesis = at_;
  if (at(TokenKind::LeftParenthesis)) call_arguments(node->bases, node->keywords);
  // A call may share its parentheses with a generator expression, a class may not.
  const bool is_shared = !node->bases.empty() && node->bases[0]->kind == ExpressionKind::GeneratorExp &&
                         node->bases[0]->place.span.begin == tokens_[parenthesis].span.begin;
  if (is_shared) refuse_at(parenthesis, "invalid syntax");
  node->body = block("class definition", line);
  return finish_statement(std::move(node), start);
}

// ---- branches and loops ---------------------------------------------------------------------------------------------

StatementPtr Grammar::if_statement() {
  const TokenIndex start = at_++;
  const bool is_elif = tokens_[start].kind == TokenKind::KeywordElif;
  auto node = std::make_unique<If>();
  node->test = named_expression();
  node->body = block(is_elif ? "'elif' statement" : "'if' statement", tokens_[start].line);
  if (at(TokenKind::KeywordElif)) {
    const Descent descent(*this);
    node->orelse.push_back(if_statement());
  } else {
    node->orelse = optional_else("'else' statement");
  }
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::while_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<While>();
  node->test = named_expression();
  node->body = block("'while' statement", tokens_[start].line);
  node->orelse = optional_else("'else' statement");
  return finish_statement(std::move(node), start);
}

StatementPtr Grammar::for_statement(TokenIndex start, bool is_async) {
  const std::uint32_t line = token().line;
  expect(TokenKind::KeywordFor);
  auto node = std::make_unique<For>();
  node->is_async = is_async;
  node->target = target_list(TargetUse::For, TokenKind::KeywordIn);
  expect(TokenKind::KeywordIn);
  node->iter = star_expressions();
  node->body = block("'for' statement", line);
  node->orelse = optional_else("'else' statement");
  return finish_statement(std::move(node), start);
}

// ---- with -----------------------------------------------------------------------------------------------------------

StatementPtr Grammar::with_statement(TokenIndex start, bool is_async) {
  const std::uint32_t line = token().line;
  expect(TokenKind::KeywordWith);
  auto node = std::make_unique<With>();
  node->is_async = is_async;
  const bool in_parentheses = at_parenthesised_with_items();
  if (in_parentheses) {
    ++at_;
    ++brackets_;
  }
  do node->items.push_back(with_item());
  while (accept(TokenKind::Comma) && !(in_parentheses && at(TokenKind::RightParenthesis)));
  if (in_parentheses) close(TokenKind::RightParenthesis);
  node->body = block("'with' statement", line);
  return finish_statement(std::move(node), start);
}

// `with (a as b, c):`: the parentheses hold the items if they end before the colon and hold nothing that only an expression in parentheses
// can (`yield`, `:=`, a star, a generator). Looking at the tokens is enough; no item has these at its own level.
bool Grammar::at_parenthesised_with_items() const {
  if (!at(TokenKind::LeftParenthesis) || kind_after() == TokenKind::RightParenthesis) return false;
  std::size_t depth = 0;
  for (TokenIndex i = at_; i + 1 < tokens_.size(); ++i) {
    switch (tokens_[i].kind) {
      case TokenKind::LeftParenthesis:
      case TokenKind::LeftBracket:
      case TokenKind::LeftBrace: ++depth; break;
      case TokenKind::RightParenthesis:
      case TokenKind::RightBracket:
      case TokenKind::RightBrace:
        if (--depth == 0) return tokens_[i + 1].kind == TokenKind::Colon;
        break;
      case TokenKind::KeywordYield:
      case TokenKind::KeywordFor:
      case TokenKind::ColonEqual:
        if (depth == 1) return false;
        break;
      case TokenKind::Star:
        if (depth == 1 && (tokens_[i - 1].kind == TokenKind::Comma || i == at_ + 1)) return false;
        break;
      default: break;
    }
  }
  return false;
}

WithItem Grammar::with_item() {
  const Descent descent(*this);
  WithItem item;
  item.context_expr = expression();
  if (accept(TokenKind::KeywordAs)) {
    item.optional_vars = star_expression();
    make_target(*item.optional_vars, TargetUse::With);
  }
  return item;
}

// ---- try ------------------------------------------------------------------------------------------------------------

StatementPtr Grammar::try_statement() {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Try>();
  node->body = block("'try' statement", tokens_[start].line);
  while (at(TokenKind::KeywordExcept)) {
    const bool is_star = kind_after() == TokenKind::Star;
    if (!node->handlers.empty() && is_star != node->is_star) refuse_at(at_, "cannot have both 'except' and 'except*' on the same 'try'");
    node->is_star = is_star;
    node->handlers.push_back(except_handler(*node));
  }
  if (!node->handlers.empty()) node->orelse = optional_else("'else' statement");
  const std::uint32_t line = token().line;
  if (accept(TokenKind::KeywordFinally)) {
    node->finalbody = block("'finally' statement", line);
  } else if (node->handlers.empty()) {
    refuse_at(at_, "expected 'except' or 'finally' block");
  }
  return finish_statement(std::move(node), start);
}

// except Type as name:
ExceptHandler Grammar::except_handler(Try& node) {
  const Descent descent(*this);
  const TokenIndex start = at_++;
  ExceptHandler handler;
  const std::string_view what = node.is_star ? "'except*' statement" : "'except' statement";
  if (node.is_star) ++at_;
  if (at(TokenKind::Colon)) {
    if (node.is_star) refuse_at(at_, "expected one or more exception types");
  } else {
    const TokenIndex type = at_;
    handler.type = expression();
    if (at(TokenKind::Comma)) refuse_at(type, "multiple exception types must be parenthesized");
    if (accept(TokenKind::KeywordAs)) handler.name = name();
  }
  handler.body = block(what, tokens_[start].line);
  handler.place = place_from(start);
  return handler;
}

}  // namespace lockweave::syntax
