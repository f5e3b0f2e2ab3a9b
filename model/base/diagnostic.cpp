#include "model/base/diagnostic.h"

#include <fmt/format.h>

namespace lockweave {

namespace {

std::string place_prefix(const Diagnostic& diagnostic) {
  if (diagnostic.file.empty()) return "";
  if (diagnostic.line == 0) return fmt::format("{}: ", diagnostic.file);
  if (diagnostic.column == 0) return fmt::format("{}:{}: ", diagnostic.file, diagnostic.line);
  return fmt::format("{}:{}:{}: ", diagnostic.file, diagnostic.line, diagnostic.column);
}

// Tabs are kept as tabs, so that the caret stands under its character whatever a tab's width;
// other control characters would garble a terminal.
std::string printable(std::string_view line) {
  std::string out;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    out += (byte < 0x20 && c != '\t') || byte == 0x7f ? '?' : c;
  }
  return out;
}

std::string caret_line(const Diagnostic& diagnostic) {
  std::string out;
  std::uint32_t column = 1;
  for (const char c : diagnostic.source_line) {
    if ((static_cast<unsigned char>(c) & 0xC0) == 0x80) continue;  // the rest of a UTF-8 character
    if (column == diagnostic.column) break;
    out += c == '\t' ? '\t' : ' ';
    ++column;
  }
  out.append(diagnostic.column - column, ' ');
  return out + "^";
}

}  // namespace

std::string_view word(DiagnosticCode code) {
  switch (code) {
#define DIAGNOSTIC(name, text, meaning) \
  case DiagnosticCode::name:            \
    return text;
#include "model/base/diagnostic.def"
#undef DIAGNOSTIC
  }
  return "unknown";
}

Diagnostic Diagnostic::with_hint(std::string text) && {
  hint = std::move(text);
  return std::move(*this);
}

Diagnostic make_diagnostic(DiagnosticCode code, std::string message) { return make_diagnostic(code, std::move(message), std::string{}); }

Diagnostic make_diagnostic(DiagnosticCode code, std::string message, std::string file) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.message = std::move(message);
  diagnostic.file = std::move(file);
  return diagnostic;
}

Diagnostic make_diagnostic(DiagnosticCode code, std::string message, const SourceFile& file, SourceSpan span) {
  return make_diagnostic(code, std::move(message), file, file.line_column(span.begin));
}

Diagnostic make_diagnostic(DiagnosticCode code, std::string message, const SourceFile& file, LineColumn place) {
  Diagnostic diagnostic = make_diagnostic(code, std::move(message), file.name());
  diagnostic.line = place.line;
  diagnostic.column = place.column;
  diagnostic.source_line = file.line_text(place.line);
  return diagnostic;
}

std::string render(const Diagnostic& diagnostic) {
  std::string out = fmt::format("{}error: {}\n", place_prefix(diagnostic), diagnostic.message);
  if (diagnostic.line != 0 && !diagnostic.source_line.empty()) {
    out += fmt::format("    {}\n", printable(diagnostic.source_line));
    // The caret may stand one past the end of the line, but not far out in the void.
    if (diagnostic.column != 0 && diagnostic.column <= diagnostic.source_line.size() + 1)
      out += fmt::format("    {}\n", caret_line(diagnostic));
  }
  if (!diagnostic.hint.empty()) out += fmt::format("hint: {}\n", diagnostic.hint);
  return out;
}

}  // namespace lockweave
