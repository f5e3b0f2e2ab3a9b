#include "model/syntax/lexer.h"

#include "model/syntax/characters.h"
#include "model/syntax/scanner.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace lockweave::syntax {

namespace {

// The limits of CPython's tokenizer (3.12, Parser/tokenizer.h): MAXINDENT, MAXLEVEL.
constexpr std::size_t kMaxIndentations = 100;
constexpr std::size_t kMaxBrackets = 200;
constexpr std::uint32_t kTabStop = 8;
// So that an offset fits in 32 bits with room to add to it.
constexpr std::size_t kMaxFileSize = std::numeric_limits<std::uint32_t>::max() / 4;

struct Operator {
  std::string_view spelling;
  TokenKind kind;
};

using OperatorTable = std::array<std::vector<Operator>, 128>;

// By first character, the longest spelling first.
const OperatorTable& operators() {
  static const OperatorTable table = [] {
    OperatorTable made;
    const auto put = [&made](std::string_view text, TokenKind kind) { made[static_cast<unsigned char>(text[0])].push_back({text, kind}); };
// clang-format off
#define LOCKWEAVE_OPERATOR(name, text) put(text, TokenKind::name);
#include "model/syntax/token.def"
    // clang-format on
    for (auto& entry : made) {
      std::ranges::stable_sort(entry, std::greater{}, [](const Operator& o) { return o.spelling.size(); });
    }
    return made;
  }();
  return table;
}

char closing_of(char opening) {
  if (opening == '(') return ')';
  return opening == '[' ? ']' : '}';
}

bool is_utf8_name(std::string_view encoding) {
  std::string name;
  for (const char c : encoding) name.push_back(c == '_' ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  return name == "utf-8" || name.starts_with("utf-8-") || name == "utf8" || name == "ascii" || name == "us-ascii";
}

// `coding[:=]\s*([-\w.]+)` of a comment (PEP 263); empty if there is none.
std::string_view encoding_in(std::string_view comment) {
  const auto found = comment.find("coding");
  if (found == std::string_view::npos) return {};
  std::size_t at = found + 6;
  if (at >= comment.size() || (comment[at] != ':' && comment[at] != '=')) return {};
  ++at;
  while (at < comment.size() && (comment[at] == ' ' || comment[at] == '\t')) ++at;
  const std::size_t begin = at;
  while (at < comment.size() && (is_ascii_letter(comment[at]) || is_digit(comment[at]) || comment[at] == '-' || comment[at] == '.')) ++at;
  return comment.substr(begin, at - begin);
}

}  // namespace

Result<TokenStream> lex(const SourceFile& file) {
  if (file.text().size() > kMaxFileSize) {
    return fail(make_diagnostic(DiagnosticCode::LimitExceeded, "the file is too large", file.name()));
  }
  try {
    return Scanner(file).run();
  } catch (Refusal& refusal) {
    return fail(std::move(refusal.diagnostic));
  }
}

Scanner::Scanner(const SourceFile& file) : file_(file), text_(file.text()) { stream_.tokens.reserve(text_.size() / 4 + 8); }

TokenStream Scanner::run() {
  check_encoding_comment();
  check_text();
  if (text_.starts_with("\xEF\xBB\xBF")) {
    position_ = 3;
    line_start_ = 3;
  }
  while (!done_) scan_token();
  if (!brackets_.empty()) {
    const Bracket& bracket = brackets_.back();
    stream_.unclosed = UnclosedBracket{bracket.span, bracket.line, bracket.is_field};
  }
  return std::move(stream_);
}

void Scanner::check_text() const {
  const auto zero = text_.find('\0');
  if (zero != std::string_view::npos) {
    refuse(file_, {static_cast<std::uint32_t>(zero), static_cast<std::uint32_t>(zero) + 1}, "source code cannot contain null bytes");
  }
  if (const auto bad = find_invalid_utf8(text_)) {
    const auto at = static_cast<std::uint32_t>(*bad);
    refuse(file_, {at, at + 1},
           fmt::format("(unicode error) 'utf-8' codec can't decode byte 0x{:02x}", static_cast<unsigned char>(text_[at])));
  }
}

void Scanner::check_encoding_comment() const {
  for (std::uint32_t line = 1; line <= 2; ++line) {
    const std::string_view text = file_.line_text(line);
    const auto first = text.find_first_not_of(" \t\f\xEF\xBB\xBF");
    if (first == std::string_view::npos) continue;
    if (text[first] != '#') return;  // the second line counts only if the first holds no code
    const std::string_view encoding = encoding_in(text.substr(first));
    if (encoding.empty()) continue;
    if (is_utf8_name(encoding)) return;
    const std::uint32_t begin = file_.line_start(line);
    refuse_unsupported(file_, {begin, begin + static_cast<std::uint32_t>(text.size())}, fmt::format("source encoding '{}'", encoding),
                       "save the file as UTF-8");
  }
}

void Scanner::scan_token() {
  if (in_fstring_text()) return scan_fstring_text();
  if (at_line_start_ && brackets_.empty()) return scan_indentation();
  if (at_end()) return finish();
  const char c = peek();
  if (c == ' ' || c == '\t' || c == '\f') {
    ++position_;
    return;
  }
  if (c == '#') return scan_comment();
  if (newline_length() != 0) return scan_newline();
  if (c == '\\') {
    skip_continuation();
    return;
  }
  if (is_digit(c) || (c == '.' && is_digit(peek(1)))) return scan_number();
  if (scan_string_or_fstring()) return;
  if (is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80) return scan_identifier();
  scan_operator();
}

// ---- lines ----------------------------------------------------------------------------------------------------------

std::uint32_t Scanner::newline_length() const {
  if (peek() == '\n') return 1;
  if (peek() != '\r') return 0;
  return peek(1) == '\n' ? 2 : 1;
}

void Scanner::pass_newline() {
  position_ += newline_length();
  ++line_;
  line_start_ = position_;
}

void Scanner::scan_comment() {
  while (!at_end() && !is_newline(peek())) ++position_;
}

// A backslash and the end of the line. False if the scan has ended in an error.
bool Scanner::skip_continuation() {
  const SourceSpan backslash{position_, position_ + 1};
  ++position_;
  if (newline_length() == 0) {
    const bool ended = at_end();
    stop_with(ended ? "unexpected EOF while parsing" : "unexpected character after line continuation character", backslash);
    return false;
  }
  pass_newline();
  if (at_end()) {
    stop_with("unexpected EOF while parsing", backslash);
    return false;
  }
  return true;
}

void Scanner::scan_newline() {
  if (brackets_.empty()) {
    const std::uint32_t begin = position_;
    position_ += newline_length();
    add(TokenKind::Newline, begin);
    position_ = begin;
    at_line_start_ = true;
  }
  pass_newline();
}

void Scanner::scan_indentation() {
  Indentation measured;
  measure_indentation(measured);
  if (done_) return;
  if (at_end()) return finish();
  if (peek() == '#') scan_comment();
  if (at_end()) return finish();
  if (newline_length() != 0) return pass_newline();  // a line with no code has no indentation
  at_line_start_ = false;
  apply_indentation(measured);
}

void Scanner::measure_indentation(Indentation& measured) {
  // A backslash may end a line of white space: what stands before the first one counts (3.12, Parser/tokenizer.c, cont_line_col).
  std::optional<Indentation> before_continuation;
  for (;; ++position_) {
    switch (peek()) {
      case ' ':
        ++measured.column;
        ++measured.alternative;
        continue;
      case '\t':
        measured.column = (measured.column / kTabStop + 1) * kTabStop;
        ++measured.alternative;
        continue;
      case '\f': measured = {}; continue;
      case '\\':
        if (!before_continuation && measured.column != 0) before_continuation = measured;
        if (!skip_continuation()) return;
        measured = {};
        --position_;  // the loop's step forward
        continue;
      default:
        if (before_continuation) measured = *before_continuation;
        return;
    }
  }
}

void Scanner::apply_indentation(Indentation measured) {
  constexpr std::string_view kMixed = "inconsistent use of tabs and spaces in indentation";
  const SourceSpan here{line_start_, position_};
  const Indentation current = indentations_.back();
  if (measured.column == current.column) {
    if (measured.alternative != current.alternative) stop_with(std::string(kMixed), here);
    return;
  }
  if (measured.column > current.column) {
    if (measured.alternative <= current.alternative) return stop_with(std::string(kMixed), here);
    if (indentations_.size() >= kMaxIndentations) return stop_with("too many levels of indentation", here);
    indentations_.push_back(measured);
    return add(TokenKind::Indent, line_start_);
  }
  while (measured.column < indentations_.back().column) {
    indentations_.pop_back();
    if (measured.column > indentations_.back().column) {
      return stop_with("unindent does not match any outer indentation level", here);
    }
    add(TokenKind::Dedent, position_);
  }
  if (measured.alternative != indentations_.back().alternative) stop_with(std::string(kMixed), here);
}

void Scanner::finish() {
  if (!fstrings_.empty()) {
    const FString& open = fstrings_.back();
    if (brackets_.empty()) refuse_unterminated(open.start, open.is_triple, true);
  }
  if (!brackets_.empty()) {
    const Bracket& bracket = brackets_.back();
    return stop_with(fmt::format("'{}' was never closed", bracket.opening), bracket.span);
  }
  const bool mid_line = !stream_.tokens.empty() && !at_line_start_;
  if (mid_line) add(TokenKind::Newline, position_);
  // An error at the end of the file is one of its last line.
  const bool ends_in_newline = position_ == line_start_ && line_ > 1;
  const std::uint32_t last_line = ends_in_newline ? line_ - 1 : line_;
  for (; indentations_.size() > 1; indentations_.pop_back()) add(TokenKind::Dedent, position_, last_line, 0);
  add(TokenKind::EndMarker, position_, last_line, 0);
  done_ = true;
}

// ---- names and operators --------------------------------------------------------------------------------------------

void Scanner::scan_identifier() {
  const std::uint32_t begin = position_;
  bool needs_rewriting = false;
  while (!at_end()) {
    const char c = peek();
    if (is_ascii_letter(c) || is_digit(c)) {
      ++position_;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x80) break;
    const auto character = decode_utf8(text_, position_);
    const IdentifierClass kind = identifier_class(character->code);
    if (kind == IdentifierClass::None || (kind == IdentifierClass::Continue && position_ == begin))
      refuse_strange_character(character->code);
    needs_rewriting |= kind == IdentifierClass::Unstable;
    position_ += character->size;
  }
  if (needs_rewriting) {
    refuse_unsupported(file_, span_from(begin), "an identifier that Python would rewrite (NFKC)", "use its plain form");
  }
  add(keyword_or_name(text_.substr(begin, position_ - begin)), begin);
}

void Scanner::refuse_strange_character(char32_t code) const {
  const auto number = static_cast<std::uint32_t>(code);
  const auto character = decode_utf8(text_, position_);
  const SourceSpan span{position_, position_ + (character ? character->size : 1)};
  const bool is_space = code == 0xA0 || code == 0xAD || (code >= 0x2000 && code <= 0x200F) || code == 0x2028 || code == 0x2029 ||
                        code == 0x202F || code == 0x205F || code == 0x3000 || code == 0xFEFF || code < 0x20 || code == 0x7F;
  if (is_space) refuse(file_, span, fmt::format("invalid non-printable character U+{:04X}", number));
  refuse(file_, span, fmt::format("invalid character '{}' (U+{:04X})", file_.text_of(span), number));
}

void Scanner::scan_operator() {
  const char c = peek();
  if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) refuse_strange_character(static_cast<unsigned char>(c));
  if (c == '(' || c == '[' || c == '{') return scan_opening_bracket(c);
  if (c == ')' || c == ']' || c == '}') return scan_closing_bracket(c);
  if (scan_field_punctuation(c)) return;
  const std::uint32_t begin = position_;
  for (const Operator& candidate : operators()[static_cast<unsigned char>(c)]) {
    if (!text_.substr(position_).starts_with(candidate.spelling)) continue;
    position_ += static_cast<std::uint32_t>(candidate.spelling.size());
    return add(candidate.kind, begin);
  }
  ++position_;
  add(TokenKind::Unknown, begin);
}

void Scanner::scan_opening_bracket(char c) {
  if (brackets_.size() >= kMaxBrackets) refuse_here("too many nested parentheses");
  ++position_;
  brackets_.push_back({c, false, {position_ - 1, position_}, line_});
  TokenKind kind = TokenKind::LeftParenthesis;
  if (c == '[') kind = TokenKind::LeftBracket;
  if (c == '{') kind = TokenKind::LeftBrace;
  add(kind, position_ - 1);
}

void Scanner::scan_closing_bracket(char c) {
  const bool in_field = innermost_field() != nullptr;
  const char* where = in_field ? "f-string: " : "";
  if (brackets_.empty()) refuse_here(fmt::format("unmatched '{}'", c));
  const Bracket open = brackets_.back();
  if (closing_of(open.opening) != c) {
    if (open.is_field) refuse_here(fmt::format("f-string: unmatched '{}'", c));
    const std::string on_line = open.line == line_ ? "" : fmt::format(" on line {}", open.line);
    refuse_here(fmt::format("{}closing parenthesis '{}' does not match opening parenthesis '{}'{}", where, c, open.opening, on_line));
  }
  if (open.is_field) fstrings_.back().fields.pop_back();
  brackets_.pop_back();
  ++position_;
  TokenKind kind = TokenKind::RightParenthesis;
  if (c == ']') kind = TokenKind::RightBracket;
  if (c == '}') kind = TokenKind::RightBrace;
  add(kind, position_ - 1);
}

// Directly inside a field a colon begins the format specification (so `:=` is no operator there) and `!` the conversion.
bool Scanner::scan_field_punctuation(char c) {
  if (!directly_in_field()) return false;
  if (c == ':') {
    ++position_;
    add(TokenKind::Colon, position_ - 1);
    innermost_field()->in_format_spec = true;
    return true;
  }
  if (c == '!' && peek(1) != '=') {
    ++position_;
    add(TokenKind::Exclamation, position_ - 1);
    return true;
  }
  return false;
}

void Scanner::add(TokenKind kind, std::uint32_t begin) { add(kind, begin, line_, begin - line_start_); }

void Scanner::add(TokenKind kind, std::uint32_t begin, std::uint32_t line, std::uint32_t column) {
  stream_.tokens.push_back({kind, {begin, position_}, line, column});
}

void Scanner::stop_with(std::string message, SourceSpan span) {
  stream_.error = make_diagnostic(DiagnosticCode::SyntaxError, std::move(message), file_, span);
  add(TokenKind::Error, position_);
  done_ = true;
}

}  // namespace lockweave::syntax
