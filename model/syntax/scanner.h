// The lexer's inside: a cursor over the text and what it has to remember. lex() is the way in.
#pragma once

#include "model/syntax/lexer.h"
#include "model/syntax/refusal.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::syntax {

class Scanner {
 public:
  explicit Scanner(const SourceFile& file);

  // Throws Refusal.
  TokenStream run();

 private:
  struct Indentation {
    std::uint32_t column = 0;       // a tab goes to the next multiple of 8
    std::uint32_t alternative = 0;  // a tab counts 1: if the two measures disagree about the order, the file is ambiguous
  };
  struct Bracket {
    char opening = '(';
    bool is_field = false;  // the { of an f-string's field
    SourceSpan span;
    std::uint32_t line = 1;
  };
  struct Field {
    std::size_t bracket_depth = 0;  // brackets_.size() directly inside the field
    bool in_format_spec = false;
  };
  struct FString {
    char quote = '"';
    bool is_triple = false;
    bool is_raw = false;
    SourceSpan start;
    std::uint32_t line = 1;
    std::vector<Field> fields;
  };

  // lexer.cpp: lines and operators
  void check_text() const;
  void check_encoding_comment() const;
  void scan_token();
  void scan_indentation();
  void measure_indentation(Indentation& measured);
  void apply_indentation(Indentation measured);
  void scan_comment();
  bool skip_continuation();
  void scan_newline();
  void scan_identifier();
  void scan_operator();
  void scan_opening_bracket(char c);
  void scan_closing_bracket(char c);
  bool scan_field_punctuation(char c);
  void finish();
  void refuse_strange_character(char32_t code) const;

  // scan_number.cpp
  void scan_number();
  void scan_based_number(int base, std::string_view name);
  void scan_digits(int base, std::string_view name);
  void scan_decimal_number();
  bool scan_exponent();
  void check_number_end(std::string_view name) const;

  // scan_string.cpp
  bool scan_string_or_fstring();
  void scan_string(std::uint32_t begin, std::uint32_t line, std::uint32_t column);
  void start_fstring(std::uint32_t begin, bool is_raw);
  void scan_fstring_text();
  bool at_closing_quote(char quote, bool is_triple) const;
  [[noreturn]] void refuse_unterminated(SourceSpan start, bool is_triple, bool is_fstring) const;
  bool at_fstring_mark(bool in_spec) const;
  void pass_fstring_character(const FString& fstring, bool in_spec);
  void end_fstring();
  bool pass_character_name();
  void open_field();

  bool in_fstring_text() const {
    return !fstrings_.empty() && (fstrings_.back().fields.empty() || fstrings_.back().fields.back().in_format_spec);
  }
  Field* innermost_field() { return fstrings_.empty() || fstrings_.back().fields.empty() ? nullptr : &fstrings_.back().fields.back(); }
  bool directly_in_field() { return innermost_field() != nullptr && innermost_field()->bracket_depth == brackets_.size(); }

  bool at_end() const { return position_ >= text_.size(); }
  char peek(std::uint32_t ahead = 0) const { return position_ + ahead < text_.size() ? text_[position_ + ahead] : '\0'; }
  std::uint32_t newline_length() const;
  void pass_newline();
  void add(TokenKind kind, std::uint32_t begin);  // a token of one line, up to position_
  void add(TokenKind kind, std::uint32_t begin, std::uint32_t line, std::uint32_t column);
  void stop_with(std::string message, SourceSpan span);
  SourceSpan span_from(std::uint32_t begin) const { return {begin, position_}; }
  [[noreturn]] void refuse_here(std::string message) const { refuse(file_, {position_, position_ + 1}, std::move(message)); }

  const SourceFile& file_;
  std::string_view text_;
  std::uint32_t position_ = 0;
  std::uint32_t line_ = 1;
  std::uint32_t line_start_ = 0;
  bool at_line_start_ = true;
  bool done_ = false;
  std::vector<Indentation> indentations_ = {Indentation{}};
  std::vector<Bracket> brackets_;
  std::vector<FString> fstrings_;
  TokenStream stream_;
};

}  // namespace lockweave::syntax
