// Strings: adjacent ones are one; with an f-string among them they are a JoinedStr.

#include "model/syntax/grammar.h"
#include "model/syntax/literal.h"

#include <fmt/format.h>

namespace lockweave::syntax {

ExpressionPtr Grammar::strings() {
  const TokenIndex start = at_;
  ExpressionList values;
  std::string pending;  // text that no Constant holds yet
  bool is_bytes = false;
  bool is_joined = false;
  bool is_first = true;
  for (; at(TokenKind::String) || at(TokenKind::FStringStart); is_first = false) {
    if (at(TokenKind::String)) {
      string_part(pending, is_bytes, is_first);
      continue;
    }
    if (is_bytes) refuse_at(start, "cannot mix bytes and nonbytes literals");
    is_joined = true;
    fstring(values, pending);
  }
  if (is_joined) {
    flush_text(values, pending, start);
    auto node = std::make_unique<JoinedStr>();
    node->values = std::move(values);
    return finish(std::move(node), start);
  }
  auto node = std::make_unique<Constant>();
  if (is_bytes) {
    node->value = BytesValue{std::move(pending)};
  } else {
    node->value = std::move(pending);
  }
  return finish(std::move(node), start);
}

void Grammar::string_part(std::string& pending, bool& is_bytes, bool is_first) {
  const StringLiteral literal = split_string(text(token()));
  if (!is_first && literal.is_bytes != is_bytes) refuse_at(at_, "cannot mix bytes and nonbytes literals");
  is_bytes = literal.is_bytes;
  pending += literal_or_refuse(unescape(literal), at_);
  ++at_;
}

// ---- f-strings ------------------------------------------------------------------------------------------------------

void Grammar::fstring(ExpressionList& values, std::string& pending) {
  const Descent descent(*this);
  const bool is_raw = split_string(text(token())).is_raw;
  ++at_;
  while (!at(TokenKind::FStringEnd)) {
    fstring_part(values, pending, is_raw, false);
  }
  ++at_;
}

void Grammar::flush_text(ExpressionList& values, std::string& pending, TokenIndex start) {
  if (pending.empty()) return;
  auto node = std::make_unique<Constant>();
  node->value = std::exchange(pending, {});
  values.push_back(finish(std::move(node), start));
}

// A run of text or a field.
void Grammar::fstring_part(ExpressionList& values, std::string& pending, bool is_raw, bool in_spec) {
  if (at(TokenKind::LeftBrace)) return fstring_field(values, pending, is_raw);
  if (!at(TokenKind::FStringMiddle)) invalid_syntax();
  const std::string body = in_spec ? std::string(text(token())) : undouble_braces(text(token()));
  pending += literal_or_refuse(unescape({is_raw, false, body}), at_);
  ++at_;
}

// {value}  {value=}  {value!r}  {value:spec}; what `=` shows is the text from the brace on, spaces included
void Grammar::fstring_field(ExpressionList& values, std::string& pending, bool is_raw) {
  const Descent descent(*this);
  const TokenIndex start = at_;
  expect(TokenKind::LeftBrace);
  ++brackets_;
  const auto refuse_empty = [&](std::string_view before) {
    refuse_at(at_, fmt::format("f-string: valid expression required before '{}'", before));
  };
  if (at(TokenKind::RightBrace) || at(TokenKind::Colon) || at(TokenKind::Exclamation) || at(TokenKind::Equal))
    refuse_empty(spelling(kind()));
  auto node = std::make_unique<FormattedValue>();
  node->value = yield_or_star_expressions();
  const bool shows_text = accept(TokenKind::Equal);
  if (shows_text) {
    const SourceSpan shown{tokens_[start].span.end, token().span.begin};
    pending += normalise_newlines(file_.text_of(shown));
  }
  if (accept(TokenKind::Exclamation)) {
    const std::string_view conversion = at(TokenKind::Name) ? text(token()) : std::string_view();
    const bool is_known = conversion == "r" || conversion == "s" || conversion == "a";
    if (!is_known && conversion.empty()) refuse_at(at_, "f-string: invalid conversion character");
    if (!is_known) refuse_at(at_, fmt::format("f-string: invalid conversion character '{}': expected 's', 'r', or 'a'", conversion));
    node->conversion = conversion[0];
    ++at_;
  }
  if (accept(TokenKind::Colon)) node->format_spec = format_spec(is_raw);
  if (shows_text && node->conversion == 0 && node->format_spec == nullptr) node->conversion = 'r';
  if (!at(TokenKind::RightBrace)) refuse_at(at_, "f-string: expecting '}'");
  close(TokenKind::RightBrace);
  flush_text(values, pending, start);
  values.push_back(finish(std::move(node), start));
}

ExpressionPtr Grammar::format_spec(bool is_raw) {
  const TokenIndex start = at_;
  auto node = std::make_unique<JoinedStr>();
  std::string pending;
  while (!at(TokenKind::RightBrace)) {
    fstring_part(node->values, pending, is_raw, true);
  }
  flush_text(node->values, pending, start);
  return finish(std::move(node), start);
}

}  // namespace lockweave::syntax
