#include "model/syntax/parser.h"

#include "model/syntax/grammar.h"
#include "model/syntax/scope_rules.h"
#include "model/syntax/placement_rules.h"

#include <fmt/format.h>

namespace lockweave::syntax {

namespace {

// Nested calls of the grammar's functions; one level takes at most about 2 KB of stack (10 KB under AddressSanitizer).
constexpr std::uint32_t kMaxDepth = 600;

}  // namespace

Result<Module> parse(const SourceFile& file) {
  auto stream = lex(file);
  if (!stream) return fail(stream);
  try {
    Module module = Grammar(file, std::move(*stream)).module();
    check_scope_rules(file, module);
    check_placement_rules(file, module);
    return module;
  } catch (Refusal& refusal) {
    return fail(std::move(refusal.diagnostic));
  }
}

Result<ExpressionPtr> parse_expression(const SourceFile& file) {
  auto stream = lex(file);
  if (!stream) return fail(stream);
  try {
    ExpressionPtr expression = Grammar(file, std::move(*stream)).only_expression();
    check_scope_rules(file, *expression);
    check_placement_rules(file, *expression);
    return expression;
  } catch (Refusal& refusal) {
    return fail(std::move(refusal.diagnostic));
  }
}

Grammar::Grammar(const SourceFile& file, TokenStream stream) : file_(file), stream_(std::move(stream)) {}

Module Grammar::module() {
  Module module;
  while (!at(TokenKind::EndMarker)) statement(module.body);
  return module;
}

ExpressionPtr Grammar::only_expression() {
  ExpressionPtr result = star_expressions();
  while (accept(TokenKind::Newline)) {
  }
  if (!at(TokenKind::EndMarker)) invalid_syntax();
  return result;
}

// ---- recursion ------------------------------------------------------------------------------------------------------

Grammar::Descent::Descent(Grammar& grammar) : grammar_(grammar), outer_height_(std::exchange(grammar.height_, 0)) {
  if (++grammar_.depth_ > kMaxDepth) {
    throw Refusal{make_diagnostic(DiagnosticCode::LimitExceeded, "nested too deeply", grammar_.file_, grammar_.token().span)};
  }
}

Grammar::Descent::~Descent() {
  --grammar_.depth_;
  grammar_.height_ = std::max(outer_height_, grammar_.height_);
}

void Grammar::grow() {
  if (++height_ > kMaxTreeHeight) {
    throw Refusal{
        make_diagnostic(DiagnosticCode::LimitExceeded, "too long a chain of operators or too deeply nested", file_, token().span)};
  }
}

// ---- tokens ---------------------------------------------------------------------------------------------------------

bool Grammar::accept(TokenKind wanted) {
  if (kind() != wanted) return false;
  ++at_;
  return true;
}

void Grammar::expect(TokenKind wanted) {
  if (!accept(wanted)) invalid_syntax();
}

std::string Grammar::name() {
  const Token& t = token();
  expect(TokenKind::Name);
  return std::string(text(t));
}

Place Grammar::place_from(TokenIndex start) const {
  const Token& first = tokens_[start];
  const auto is_layout = [](TokenKind k) { return k == TokenKind::Newline || k == TokenKind::Indent || k == TokenKind::Dedent; };
  TokenIndex last = at_ > start ? at_ - 1 : start;
  while (last > start && is_layout(tokens_[last].kind)) --last;
  const std::uint32_t end = tokens_[last].span.end;
  return {{first.span.begin, std::max(end, first.span.begin)}, first.line, first.column};
}

// ---- errors ---------------------------------------------------------------------------------------------------------

void Grammar::refuse_at(TokenIndex index, std::string message) const {
  const Token& t = tokens_[index];
  if (t.kind == TokenKind::Error) throw Refusal{*stream_.error};
  refuse_unclosed_bracket();
  if (message == "invalid syntax" && t.kind == TokenKind::Indent) message = "unexpected indent";
  if (message == "invalid syntax" && t.kind == TokenKind::Dedent) message = "unexpected unindent";
  throw Refusal{
      make_diagnostic(DiagnosticCode::SyntaxError, std::move(message), file_,
                      LineColumn{t.line, file_.line_column(t.span.begin).line == t.line ? file_.line_column(t.span.begin).column : 1})};
}

// What follows a bracket that is never closed is read as its content; the bracket is the better place
// (3.12, Parser/pegen_errors.c, _PyPegen_tokenize_full_source_to_check_for_errors).
void Grammar::refuse_unclosed_bracket() const {
  if (!stream_.unclosed || token().line <= stream_.unclosed->line) return;
  refuse(file_, stream_.unclosed->span, fmt::format("'{}' was never closed", file_.text_of(stream_.unclosed->span)));
}

void Grammar::refuse_node(const Expression& node, std::string message) const {
  refuse_unclosed_bracket();
  refuse(file_, node.place.span, std::move(message));
}

void Grammar::refuse_feature(TokenIndex index, std::string what, std::string hint) const {
  refuse_unsupported(file_, tokens_[index].span, std::move(what), std::move(hint));
}

void Grammar::refuse_literal(Diagnostic diagnostic, TokenIndex index) const {
  Diagnostic placed = make_diagnostic(diagnostic.code, std::move(diagnostic.message), file_, tokens_[index].span);
  throw Refusal{std::move(placed).with_hint(std::move(diagnostic.hint))};
}

}  // namespace lockweave::syntax
