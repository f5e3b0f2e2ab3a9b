#include "model/syntax/characters.h"
#include "model/syntax/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace lockweave::syntax {

namespace {

// The limits of CPython's tokenizer (3.12, Parser/tokenizer.c): MAXFSTRINGLEVEL, MAX_EXPR_NESTING.
constexpr std::size_t kMaxFStrings = 150;
constexpr std::size_t kMaxFields = 3;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_string_prefix(std::string_view prefix) {
  std::string sorted(prefix);
  std::ranges::transform(sorted, sorted.begin(), lower);
  std::ranges::sort(sorted);
  return sorted.empty() || sorted == "b" || sorted == "f" || sorted == "r" || sorted == "u" || sorted == "br" || sorted == "fr";
}

}  // namespace

bool Scanner::scan_string_or_fstring() {
  std::uint32_t prefix_size = 0;
  while (prefix_size < 3 && is_ascii_letter(peek(prefix_size))) ++prefix_size;
  const char quote = peek(prefix_size);
  if (quote != '"' && quote != '\'') return false;
  const std::string_view prefix = text_.substr(position_, prefix_size);
  if (!is_string_prefix(prefix)) return false;
  const std::uint32_t begin = position_;
  position_ += prefix_size;
  if (prefix.find_first_of("fF") != std::string_view::npos) {
    start_fstring(begin, prefix.find_first_of("rR") != std::string_view::npos);
  } else {
    scan_string(begin, line_, begin - line_start_);
  }
  return true;
}

bool Scanner::at_closing_quote(char quote, bool is_triple) const {
  return peek() == quote && (!is_triple || (peek(1) == quote && peek(2) == quote));
}

void Scanner::scan_string(std::uint32_t begin, std::uint32_t line, std::uint32_t column) {
  const char quote = peek();
  const bool is_triple = peek(1) == quote && peek(2) == quote;
  position_ += is_triple ? 3 : 1;
  const SourceSpan start{begin, position_};
  while (!at_closing_quote(quote, is_triple)) {
    const bool is_escaped = peek() == '\\';
    if (is_escaped) ++position_;
    if (at_end() || (newline_length() != 0 && !is_triple && !is_escaped)) {
      // The string that ends a field's f-string: what is missing is the brace.
      const bool closes_fstring =
          innermost_field() != nullptr && fstrings_.back().quote == quote && fstrings_.back().is_triple == is_triple;
      if (closes_fstring) refuse(file_, start, "f-string: expecting '}'");
      refuse_unterminated(start, is_triple, false);
    }
    if (newline_length() != 0) {
      pass_newline();
    } else {
      ++position_;
    }
  }
  position_ += is_triple ? 3 : 1;
  add(TokenKind::String, begin, line, column);
}

void Scanner::refuse_unterminated(SourceSpan start, bool is_triple, bool is_fstring) const {
  const bool after_last_line = at_end() && !text_.empty() && is_newline(text_.back());
  refuse(file_, start,
         fmt::format("unterminated {}{} literal (detected at line {})", is_triple ? "triple-quoted " : "",
                     is_fstring ? "f-string" : "string", after_last_line ? line_ - 1 : line_));
}

// ---- f-strings ------------------------------------------------------------------------------------------------------

void Scanner::start_fstring(std::uint32_t begin, bool is_raw) {
  if (fstrings_.size() >= kMaxFStrings) refuse_here("too many nested f-strings");
  const char quote = peek();
  const bool is_triple = peek(1) == quote && peek(2) == quote;
  position_ += is_triple ? 3 : 1;
  add(TokenKind::FStringStart, begin);
  fstrings_.push_back({quote, is_triple, is_raw, {begin, position_}, line_, {}});
}

// The text up to the next field, the end of this field's format specification, or the end of the f-string.
void Scanner::scan_fstring_text() {
  const FString& fstring = fstrings_.back();
  const bool in_spec = !fstring.fields.empty();
  const std::uint32_t begin = position_;
  const std::uint32_t line = line_;
  const std::uint32_t column = begin - line_start_;
  while (!at_fstring_mark(in_spec)) pass_fstring_character(fstring, in_spec);
  if (at_end()) refuse_unterminated(fstring.start, fstring.is_triple, true);
  if (position_ != begin) add(TokenKind::FStringMiddle, begin, line, column);
  if (peek() == '{') return open_field();
  if (peek() == '}' && !in_spec) refuse_here("f-string: single '}' is not allowed");
  if (peek() == '}') return scan_closing_bracket('}');
  if (in_spec) refuse_here("f-string: expecting '}'");
  end_fstring();
}

// Where a run of text ends: at a quote that closes the f-string, at a brace that stands alone, at the end of the file.
bool Scanner::at_fstring_mark(bool in_spec) const {
  const FString& fstring = fstrings_.back();
  if (at_end() || at_closing_quote(fstring.quote, fstring.is_triple)) return true;
  const char c = peek();
  return (c == '{' || c == '}') && (in_spec || peek(1) != c);
}

void Scanner::pass_fstring_character(const FString& fstring, bool in_spec) {
  const char c = peek();
  if (newline_length() != 0) {
    if (!fstring.is_triple && in_spec) refuse_here("f-string: newlines are not allowed in format specifiers for single quoted f-strings");
    if (!fstring.is_triple) refuse_unterminated(fstring.start, false, true);
    return pass_newline();
  }
  if (c == '{' || c == '}') {
    position_ += 2;  // doubled
    return;
  }
  if (c != '\\') {
    ++position_;
    return;
  }
  if (!fstring.is_raw && pass_character_name()) return;
  ++position_;
  if (newline_length() != 0) return pass_newline();
  if (peek() != '{' && peek() != '}' && !at_end()) ++position_;
}

void Scanner::end_fstring() {
  const std::uint32_t begin = position_;
  position_ += fstrings_.back().is_triple ? 3 : 1;
  add(TokenKind::FStringEnd, begin);
  fstrings_.pop_back();
}

// \N{name}: its brace opens no field.
bool Scanner::pass_character_name() {
  if (peek(1) != 'N' || peek(2) != '{') return false;
  const std::size_t end = text_.find_first_of("}\"'\n\r", position_);
  if (end == std::string_view::npos || text_[end] != '}') return false;
  position_ = static_cast<std::uint32_t>(end) + 1;
  return true;
}

void Scanner::open_field() {
  if (fstrings_.back().fields.size() >= kMaxFields) refuse_here("f-string: expressions nested too deeply");
  scan_opening_bracket('{');
  brackets_.back().is_field = true;
  fstrings_.back().fields.push_back({brackets_.size(), false});
}

}  // namespace lockweave::syntax
