// The parser's inside: one function a rule of the grammar, in the files named below. parse() is the way in.
#pragma once

#include "model/syntax/ast.h"
#include "model/syntax/lexer.h"
#include "model/syntax/refusal.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockweave::syntax {

// What an expression is being turned into; chooses the words of the error.
enum class TargetUse : std::uint8_t { Assignment, For, With, Comprehension, Delete };

class Grammar {
 public:
  Grammar(const SourceFile& file, TokenStream stream);

  // All throw Refusal.
  Module module();
  ExpressionPtr only_expression();

 private:
  using TokenIndex = std::size_t;

  // Guards recursion and measures the tree: `height_` is the height of what was built in the innermost Descent so far; siblings are
  // built in Descents of their own, so that only their maximum counts.
  class Descent {
   public:
    explicit Descent(Grammar& grammar);
    ~Descent();
    Descent(const Descent&) = delete;
    Descent& operator=(const Descent&) = delete;

   private:
    Grammar& grammar_;
    std::uint32_t outer_height_;
  };

  // A list of parameters while it is being read.
  struct ParameterList {
    TokenKind closing;
    bool with_annotations = false;
    Arguments result = {};
    bool has_slash = false;
    bool is_keyword_only = false;  // after a star
    bool is_finished = false;      // after two stars
    std::optional<TokenIndex> bare_star = {};
  };

  // ---- parser.cpp: tokens, places, errors
  const Token& token() const { return tokens_[at_]; }
  TokenKind kind() const { return tokens_[at_].kind; }
  TokenKind kind_after(std::size_t ahead = 1) const { return tokens_[std::min(at_ + ahead, tokens_.size() - 1)].kind; }
  bool at(TokenKind wanted) const { return kind() == wanted; }
  bool accept(TokenKind wanted);
  void expect(TokenKind wanted);
  std::string_view text(const Token& t) const { return file_.text_of(t.span); }
  std::string name();
  bool at_soft_keyword(std::string_view word) const { return at(TokenKind::Name) && text(token()) == word; }
  Place place_from(TokenIndex start) const;
  void grow();
  template <class Node>
  ExpressionPtr finish(std::unique_ptr<Node> node, TokenIndex start) {
    node->place = place_from(start);
    grow();
    return node;
  }
  template <class Node>
  StatementPtr finish_statement(std::unique_ptr<Node> node, TokenIndex start) {
    node->place = place_from(start);
    grow();
    return node;
  }

  [[noreturn]] void invalid_syntax() const { refuse_at(at_, "invalid syntax"); }
  [[noreturn]] void refuse_at(TokenIndex index, std::string message) const;
  void refuse_unclosed_bracket() const;
  [[noreturn]] void refuse_node(const Expression& node, std::string message) const;
  [[noreturn]] void refuse_feature(TokenIndex index, std::string what, std::string hint) const;
  template <class Value>
  Value literal_or_refuse(Result<Value> value, TokenIndex index) const {
    if (!value) refuse_literal(std::move(value.error()), index);
    return std::move(*value);
  }
  [[noreturn]] void refuse_literal(Diagnostic diagnostic, TokenIndex index) const;

  // ---- parse_expression.cpp: from `lambda` down to operators
  bool starts_expression(TokenKind k) const;
  ExpressionPtr star_expressions();
  ExpressionPtr star_expression();
  ExpressionPtr yield_or_star_expressions();
  ExpressionPtr yield_expression();
  ExpressionPtr named_expression();
  ExpressionPtr walrus(ExpressionPtr target, TokenIndex start);
  ExpressionPtr star_named_expression();
  ExpressionPtr expression();
  ExpressionPtr conditional(TokenIndex start, ExpressionPtr body);
  ExpressionPtr lambda();
  ExpressionPtr disjunction();
  ExpressionPtr conjunction();
  ExpressionPtr inversion();
  ExpressionPtr comparison();
  std::optional<CompareOperator> accept_compare_operator();
  ExpressionPtr bitwise_or() { return binary(1); }
  ExpressionPtr binary(int lowest);
  ExpressionPtr factor();
  ExpressionPtr power();
  ExpressionPtr await_primary();
  void check_missing_comma(const Expression& first);

  // ---- parse_atom.cpp: names, displays, comprehensions, subscripts
  ExpressionPtr primary();
  ExpressionPtr attribute(ExpressionPtr value, TokenIndex start);
  ExpressionPtr subscript(ExpressionPtr value, TokenIndex start);
  ExpressionPtr subscript_element();
  ExpressionPtr atom();
  ExpressionPtr constant(ConstantValue value);
  ExpressionPtr number();
  ExpressionPtr parenthesised();
  ExpressionPtr list_display();
  ExpressionPtr brace_display();
  ExpressionPtr dict_rest(TokenIndex start);
  ExpressionPtr set_rest(TokenIndex start, ExpressionPtr first);
  void dict_item(Dict& dict);
  void elements_until(TokenKind closing, ExpressionList& elements);
  bool at_comprehension() const;
  std::vector<Comprehension> comprehension_clauses();
  template <class Node>
  ExpressionPtr comprehension(std::unique_ptr<Node> node, TokenIndex start, TokenKind closing);
  void check_comprehension_element(const Expression& element) const;
  void close(TokenKind closing);

  // ---- parse_string.cpp: strings and f-strings
  ExpressionPtr strings();
  void string_part(std::string& text, bool& is_bytes, bool is_first);
  void fstring(ExpressionList& values, std::string& pending);
  void fstring_part(ExpressionList& values, std::string& pending, bool is_raw, bool in_spec);
  void fstring_field(ExpressionList& values, std::string& pending, bool is_raw);
  ExpressionPtr format_spec(bool is_raw);
  void flush_text(ExpressionList& values, std::string& pending, TokenIndex start);

  // ---- parse_arguments.cpp: what calls pass and functions take
  ExpressionPtr call(ExpressionPtr function, TokenIndex start);
  void call_arguments(ExpressionList& args, std::vector<Keyword>& keywords);
  void call_argument(ExpressionList& args, std::vector<Keyword>& keywords, TokenIndex opening);
  ExpressionPtr named_expression_in_call();
  void keyword_argument(std::vector<Keyword>& keywords);
  Arguments parameters(TokenKind closing, bool with_annotations);
  void slash_parameter(ParameterList& list);
  void star_parameter(ParameterList& list);
  void double_star_parameter(ParameterList& list);
  void named_parameter(ParameterList& list);
  Arg parameter(bool with_annotations, bool allow_star_annotation);

  // ---- parse_statement.cpp: statements of one line
  void statement(Block& block);
  void simple_statements(Block& block);
  StatementPtr simple_statement();
  StatementPtr expression_statement();
  StatementPtr assignment(ExpressionPtr first, TokenIndex start);
  StatementPtr augmented_assignment(ExpressionPtr target, BinaryOperator op, TokenIndex start);
  StatementPtr annotated_assignment(ExpressionPtr target, bool in_parentheses, TokenIndex start);
  StatementPtr return_statement();
  StatementPtr raise_statement();
  StatementPtr assert_statement();
  StatementPtr delete_statement();
  StatementPtr import_statement();
  StatementPtr from_statement();
  void from_names(ImportFrom& node);
  std::string dotted_name();
  Alias alias(bool is_dotted);
  template <class Node>
  StatementPtr scope_statement();
  template <class Node>
  StatementPtr word_statement();
  void refuse_soft_keyword_statements() const;
  bool at_match_statement() const;

  // ---- parse_compound.cpp: statements with suites
  bool at_compound_statement() const;
  StatementPtr compound_statement();
  StatementPtr decorated();
  StatementPtr async_statement(TokenIndex start);
  StatementPtr function_definition(TokenIndex start, ExpressionList decorators, bool is_async);
  StatementPtr class_definition(TokenIndex start, ExpressionList decorators);
  StatementPtr if_statement();
  StatementPtr while_statement();
  StatementPtr for_statement(TokenIndex start, bool is_async);
  StatementPtr with_statement(TokenIndex start, bool is_async);
  bool at_parenthesised_with_items() const;
  WithItem with_item();
  StatementPtr try_statement();
  ExceptHandler except_handler(Try& node);
  Block block(std::string_view what, std::uint32_t line);
  Block optional_else(std::string_view what);

  // ---- targets.cpp
  void make_target(Expression& node, TargetUse use);
  void set_context(Expression& node, ExprContext context, TargetUse use, bool is_top);
  [[noreturn]] void refuse_target(const Expression& node, TargetUse use, bool is_top) const;
  ExpressionPtr target_list(TargetUse use, TokenKind stop);

  const SourceFile& file_;
  TokenStream stream_;
  std::vector<Token>& tokens_ = stream_.tokens;
  TokenIndex at_ = 0;
  std::uint32_t depth_ = 0;
  std::uint32_t height_ = 0;
  std::uint32_t brackets_ = 0;  // how many are open around the token at hand
};

// What CPython calls a node of this kind in "cannot assign to …".
std::string_view words_for(const Expression& node);

}  // namespace lockweave::syntax
