#include "model/syntax/grammar.h"
#include "model/syntax/literal.h"

#include <fmt/format.h>

namespace lockweave::syntax {

// value.attr  value[slice]  value(args): any number of them, to the left.
ExpressionPtr Grammar::primary() {
  const TokenIndex start = at_;
  ExpressionPtr value = atom();
  for (;;) {
    switch (kind()) {
      case TokenKind::Dot: value = attribute(std::move(value), start); break;
      case TokenKind::LeftBracket: value = subscript(std::move(value), start); break;
      case TokenKind::LeftParenthesis: value = call(std::move(value), start); break;
      default: return value;
    }
  }
}

ExpressionPtr Grammar::attribute(ExpressionPtr value, TokenIndex start) {
  expect(TokenKind::Dot);
  auto node = std::make_unique<Attribute>();
  node->value = std::move(value);
  node->attr = name();
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::subscript(ExpressionPtr value, TokenIndex start) {
  expect(TokenKind::LeftBracket);
  ++brackets_;
  auto node = std::make_unique<Subscript>();
  node->value = std::move(value);
  const TokenIndex slice_start = at_;
  ExpressionPtr first = subscript_element();
  const bool is_tuple = at(TokenKind::Comma) || first->kind == ExpressionKind::Starred;
  if (is_tuple) {
    auto tuple = std::make_unique<Tuple>();
    tuple->elts.push_back(std::move(first));
    while (accept(TokenKind::Comma) && !at(TokenKind::RightBracket)) tuple->elts.push_back(subscript_element());
    first = finish(std::move(tuple), slice_start);
  }
  node->slice = std::move(first);
  close(TokenKind::RightBracket);
  return finish(std::move(node), start);
}

// lower:upper:step, each may be missing; or any expression
ExpressionPtr Grammar::subscript_element() {
  const Descent descent(*this);
  const TokenIndex start = at_;
  if (at(TokenKind::Star)) return star_expression();
  ExpressionPtr lower;
  if (!at(TokenKind::Colon)) {
    lower = named_expression();
    if (!at(TokenKind::Colon)) return lower;
  }
  const auto at_part_end = [this] { return at(TokenKind::Colon) || at(TokenKind::Comma) || at(TokenKind::RightBracket); };
  auto slice = std::make_unique<Slice>();
  slice->lower = std::move(lower);
  expect(TokenKind::Colon);
  if (!at_part_end()) slice->upper = expression();
  if (accept(TokenKind::Colon) && !at_part_end()) slice->step = expression();
  return finish(std::move(slice), start);
}

ExpressionPtr Grammar::atom() {
  const TokenIndex start = at_;
  switch (kind()) {
    case TokenKind::Name: {
      auto node = std::make_unique<Name>();
      node->id = name();
      return finish(std::move(node), start);
    }
    case TokenKind::Number: return number();
    case TokenKind::String:
    case TokenKind::FStringStart: return strings();
    case TokenKind::LeftParenthesis: return parenthesised();
    case TokenKind::LeftBracket: return list_display();
    case TokenKind::LeftBrace: return brace_display();
    case TokenKind::KeywordNone: return constant(NoneValue{});
    case TokenKind::KeywordTrue: return constant(true);
    case TokenKind::KeywordFalse: return constant(false);
    case TokenKind::Ellipsis: return constant(EllipsisValue{});
    default: invalid_syntax();
  }
}

ExpressionPtr Grammar::constant(ConstantValue value) {
  const TokenIndex start = at_++;
  auto node = std::make_unique<Constant>();
  node->value = std::move(value);
  return finish(std::move(node), start);
}

ExpressionPtr Grammar::number() { return constant(literal_or_refuse(number_value(text(token())), at_)); }

void Grammar::close(TokenKind closing) {
  expect(closing);
  --brackets_;
}

// ()  (a)  (a, b)  (yield)  (a for …)
ExpressionPtr Grammar::parenthesised() {
  const TokenIndex start = at_;
  expect(TokenKind::LeftParenthesis);
  ++brackets_;
  if (at(TokenKind::RightParenthesis)) {
    close(TokenKind::RightParenthesis);
    return finish(std::make_unique<Tuple>(), start);
  }
  if (at(TokenKind::KeywordYield)) {
    const Descent descent(*this);
    ExpressionPtr node = yield_expression();
    close(TokenKind::RightParenthesis);
    return node;
  }
  ExpressionPtr first = star_named_expression();
  if (at_comprehension()) {
    check_comprehension_element(*first);
    auto node = std::make_unique<GeneratorExp>();
    node->elt = std::move(first);
    return comprehension(std::move(node), start, TokenKind::RightParenthesis);
  }
  if (at(TokenKind::Comma)) {
    auto tuple = std::make_unique<Tuple>();
    tuple->elts.push_back(std::move(first));
    ++at_;
    elements_until(TokenKind::RightParenthesis, tuple->elts);
    close(TokenKind::RightParenthesis);
    return finish(std::move(tuple), start);
  }
  if (first->kind == ExpressionKind::Starred) refuse_node(*first, "cannot use starred expression here");
  close(TokenKind::RightParenthesis);
  return first;  // parentheses alone make no node; the place is that of the inside
}

ExpressionPtr Grammar::list_display() {
  const TokenIndex start = at_;
  expect(TokenKind::LeftBracket);
  ++brackets_;
  auto list = std::make_unique<List>();
  if (!at(TokenKind::RightBracket)) {
    ExpressionPtr first = star_named_expression();
    if (at_comprehension()) {
      check_comprehension_element(*first);
      auto node = std::make_unique<ListComp>();
      node->elt = std::move(first);
      return comprehension(std::move(node), start, TokenKind::RightBracket);
    }
    list->elts.push_back(std::move(first));
    if (accept(TokenKind::Comma)) elements_until(TokenKind::RightBracket, list->elts);
  }
  close(TokenKind::RightBracket);
  return finish(std::move(list), start);
}

void Grammar::elements_until(TokenKind closing, ExpressionList& elements) {
  while (!at(closing)) {
    elements.push_back(star_named_expression());
    if (!accept(TokenKind::Comma)) return;
  }
}

// A dict or a set: the first element tells.
ExpressionPtr Grammar::brace_display() {
  const TokenIndex start = at_;
  expect(TokenKind::LeftBrace);
  ++brackets_;
  if (at(TokenKind::RightBrace) || at(TokenKind::DoubleStar)) return dict_rest(start);
  if (at(TokenKind::Star)) return set_rest(start, star_expression());
  ExpressionPtr first = named_expression();
  if (!at(TokenKind::Colon)) return set_rest(start, std::move(first));
  ++at_;
  ExpressionPtr value = expression();
  if (at_comprehension()) {
    auto node = std::make_unique<DictComp>();
    node->key = std::move(first);
    node->value = std::move(value);
    return comprehension(std::move(node), start, TokenKind::RightBrace);
  }
  auto dict = std::make_unique<Dict>();
  dict->keys.push_back(std::move(first));
  dict->values.push_back(std::move(value));
  while (accept(TokenKind::Comma) && !at(TokenKind::RightBrace)) dict_item(*dict);
  close(TokenKind::RightBrace);
  return finish(std::move(dict), start);
}

ExpressionPtr Grammar::dict_rest(TokenIndex start) {
  auto dict = std::make_unique<Dict>();
  while (!at(TokenKind::RightBrace)) {
    dict_item(*dict);
    if (at_comprehension() && dict->keys.size() == 1 && dict->keys[0] == nullptr) {
      refuse_at(start + 1, "dict unpacking cannot be used in dict comprehension");
    }
    if (!accept(TokenKind::Comma)) break;
  }
  close(TokenKind::RightBrace);
  return finish(std::move(dict), start);
}

void Grammar::dict_item(Dict& dict) {
  const Descent descent(*this);
  if (accept(TokenKind::DoubleStar)) {
    dict.keys.push_back(nullptr);
    dict.values.push_back(bitwise_or());
    return;
  }
  dict.keys.push_back(expression());
  if (!at(TokenKind::Colon)) refuse_at(at_ - 1, "':' expected after dictionary key");
  const TokenIndex colon = at_++;
  if (at(TokenKind::RightBrace) || at(TokenKind::Comma)) refuse_at(colon, "expression expected after dictionary key and ':'");
  if (at(TokenKind::Star)) refuse_at(at_, "cannot use a starred expression in a dictionary value");
  dict.values.push_back(expression());
}

ExpressionPtr Grammar::set_rest(TokenIndex start, ExpressionPtr first) {
  if (at_comprehension()) {
    check_comprehension_element(*first);
    auto node = std::make_unique<SetComp>();
    node->elt = std::move(first);
    return comprehension(std::move(node), start, TokenKind::RightBrace);
  }
  auto set = std::make_unique<Set>();
  set->elts.push_back(std::move(first));
  if (accept(TokenKind::Comma)) elements_until(TokenKind::RightBrace, set->elts);
  close(TokenKind::RightBrace);
  return finish(std::move(set), start);
}

// ---- comprehensions -------------------------------------------------------------------------------------------------

bool Grammar::at_comprehension() const {
  return at(TokenKind::KeywordFor) || (at(TokenKind::KeywordAsync) && kind_after() == TokenKind::KeywordFor);
}

void Grammar::check_comprehension_element(const Expression& element) const {
  if (element.kind == ExpressionKind::Starred) refuse_node(element, "iterable unpacking cannot be used in comprehension");
}

template <class Node>
ExpressionPtr Grammar::comprehension(std::unique_ptr<Node> node, TokenIndex start, TokenKind closing) {
  node->generators = comprehension_clauses();
  close(closing);
  return finish(std::move(node), start);
}

std::vector<Comprehension> Grammar::comprehension_clauses() {
  std::vector<Comprehension> clauses;
  while (at_comprehension()) {
    const Descent descent(*this);
    Comprehension& clause = clauses.emplace_back();
    clause.is_async = accept(TokenKind::KeywordAsync);
    expect(TokenKind::KeywordFor);
    clause.target = target_list(TargetUse::Comprehension, TokenKind::KeywordIn);
    expect(TokenKind::KeywordIn);
    clause.iter = disjunction();
    while (accept(TokenKind::KeywordIf)) {
      const Descent condition(*this);
      clause.ifs.push_back(disjunction());
    }
  }
  return clauses;
}

}  // namespace lockweave::syntax
