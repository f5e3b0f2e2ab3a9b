// What calls pass and what functions take.

#include "model/syntax/grammar.h"

#include <fmt/format.h>

namespace lockweave::syntax {

// ---- calls ----------------------------------------------------------------------------------------------------------

ExpressionPtr Grammar::call(ExpressionPtr function, TokenIndex start) {
  auto node = std::make_unique<Call>();
  node->func = std::move(function);
  call_arguments(node->args, node->keywords);
  return finish(std::move(node), start);
}

// (a, *b, c=1, **d), parentheses included; also those of a class
void Grammar::call_arguments(ExpressionList& args, std::vector<Keyword>& keywords) {
  const TokenIndex opening = at_;
  expect(TokenKind::LeftParenthesis);
  ++brackets_;
  while (!at(TokenKind::RightParenthesis)) {
    call_argument(args, keywords, opening);
    if (!accept(TokenKind::Comma)) break;
  }
  close(TokenKind::RightParenthesis);
}

void Grammar::call_argument(ExpressionList& args, std::vector<Keyword>& keywords, TokenIndex opening) {
  const Descent descent(*this);
  const TokenIndex start = at_;
  const bool after_unpacking = !keywords.empty() && keywords.back().name.empty();
  if (at(TokenKind::DoubleStar) || (at(TokenKind::Name) && kind_after() == TokenKind::Equal)) return keyword_argument(keywords);
  if (accept(TokenKind::Star)) {
    if (after_unpacking) refuse_at(start, "iterable argument unpacking follows keyword argument unpacking");
    auto starred = std::make_unique<Starred>();
    starred->value = expression();
    args.push_back(finish(std::move(starred), start));
    return;
  }
  ExpressionPtr value = named_expression_in_call();
  if (at_comprehension()) {
    const bool is_alone = args.empty() && keywords.empty();
    auto node = std::make_unique<GeneratorExp>();
    node->elt = std::move(value);
    node->generators = comprehension_clauses();
    if (!is_alone || !at(TokenKind::RightParenthesis)) {
      if (at(TokenKind::Comma) || at(TokenKind::RightParenthesis)) refuse_at(start, "Generator expression must be parenthesized");
      invalid_syntax();
    }
    // Its place is that of the call's parentheses.
    ++at_;
    ExpressionPtr generator = finish(std::move(node), opening);
    --at_;
    args.push_back(std::move(generator));
    return;
  }
  if (!keywords.empty()) {
    refuse_at(at_,
              after_unpacking ? "positional argument follows keyword argument unpacking" : "positional argument follows keyword argument");
  }
  args.push_back(std::move(value));
}

ExpressionPtr Grammar::named_expression_in_call() {
  const TokenIndex start = at_;
  const bool is_constant = at(TokenKind::KeywordTrue) || at(TokenKind::KeywordFalse) || at(TokenKind::KeywordNone);
  if (is_constant && kind_after() == TokenKind::Equal) refuse_at(start, fmt::format("cannot assign to {}", text(token())));
  ExpressionPtr value = expression();
  if (at(TokenKind::Equal)) refuse_at(start, "expression cannot contain assignment, perhaps you meant \"==\"?");
  return at(TokenKind::ColonEqual) ? walrus(std::move(value), start) : std::move(value);
}

void Grammar::keyword_argument(std::vector<Keyword>& keywords) {
  const TokenIndex start = at_;
  Keyword keyword;
  if (!accept(TokenKind::DoubleStar)) {
    keyword.name = name();
    expect(TokenKind::Equal);
    if (at(TokenKind::Comma) || at(TokenKind::RightParenthesis)) refuse_at(start, "expected argument value expression");
  }
  keyword.value = expression();
  if (!keyword.name.empty() && at_comprehension()) refuse_at(start, "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
  keyword.place = place_from(start);
  keywords.push_back(std::move(keyword));
}

// ---- parameters -----------------------------------------------------------------------------------------------------

// a, b=1, /, c=2, *args, d, e=3, **kwargs: up to the closing token, which stays
Arguments Grammar::parameters(TokenKind closing, bool with_annotations) {
  ParameterList list{.closing = closing, .with_annotations = with_annotations};
  while (!at(closing)) {
    const Descent descent(*this);
    if (list.is_finished) refuse_at(at_, "arguments cannot follow var-keyword argument");
    switch (kind()) {
      case TokenKind::Slash: slash_parameter(list); break;
      case TokenKind::Star: star_parameter(list); break;
      case TokenKind::DoubleStar: double_star_parameter(list); break;
      default: named_parameter(list);
    }
    if (!accept(TokenKind::Comma)) break;
  }
  if (list.bare_star && list.result.kwonlyargs.empty()) refuse_at(*list.bare_star, "named arguments must follow bare *");
  return std::move(list.result);
}

void Grammar::slash_parameter(ParameterList& list) {
  if (list.has_slash) refuse_at(at_, "/ may appear only once");
  if (list.is_keyword_only) refuse_at(at_, "/ must be ahead of *");
  if (list.result.args.empty()) refuse_at(at_, "at least one argument must precede /");
  list.has_slash = true;
  list.result.posonlyargs = std::exchange(list.result.args, {});
  ++at_;
}

void Grammar::star_parameter(ParameterList& list) {
  if (list.is_keyword_only) refuse_at(at_, "* argument may appear only once");
  list.is_keyword_only = true;
  const TokenIndex star = at_++;
  if (at(TokenKind::Comma)) {
    list.bare_star = star;
    return;
  }
  if (at(list.closing)) refuse_at(star, "named arguments must follow bare *");
  list.result.vararg = parameter(list.with_annotations, true);
  if (at(TokenKind::Equal)) refuse_at(at_, "var-positional argument cannot have default value");
}

void Grammar::double_star_parameter(ParameterList& list) {
  ++at_;
  list.result.kwarg = parameter(list.with_annotations, false);
  if (at(TokenKind::Equal)) refuse_at(at_, "var-keyword argument cannot have default value");
  list.is_finished = true;
}

void Grammar::named_parameter(ParameterList& list) {
  const TokenIndex start = at_;
  Arg arg = parameter(list.with_annotations, false);
  ExpressionPtr default_value;
  if (accept(TokenKind::Equal)) {
    if (at(TokenKind::Comma) || at(list.closing)) refuse_at(at_ - 1, "expected default value expression");
    default_value = expression();
  }
  Arguments& result = list.result;
  if (list.is_keyword_only) {
    result.kwonlyargs.push_back(std::move(arg));
    result.kw_defaults.push_back(std::move(default_value));
    return;
  }
  if (default_value != nullptr) {
    result.defaults.push_back(std::move(default_value));
  } else if (!result.defaults.empty()) {
    refuse_at(start, "parameter without a default follows parameter with a default");
  }
  result.args.push_back(std::move(arg));
}

Arg Grammar::parameter(bool with_annotations, bool allow_star_annotation) {
  const TokenIndex start = at_;
  Arg arg;
  arg.name = name();
  if (with_annotations && accept(TokenKind::Colon)) arg.annotation = allow_star_annotation ? star_expression() : expression();
  arg.place = place_from(start);
  return arg;
}

}  // namespace lockweave::syntax
