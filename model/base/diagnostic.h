// What is wrong with the input, and where.
#pragma once

#include "model/base/source.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace lockweave {

enum class DiagnosticCode : std::uint8_t {
#define DIAGNOSTIC(name, word, meaning) name,
#include "model/base/diagnostic.def"
#undef DIAGNOSTIC
};

// The code's stable word, e.g. "syntax-error".
std::string_view word(DiagnosticCode code);

// Line and column count from 1; 0 means "no place": the error is about the whole file, or (file empty) about no file.
struct Diagnostic {
  DiagnosticCode code = DiagnosticCode::UsageError;
  std::string message;
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::string source_line;
  std::string hint;

  // diagnostic.with_hint("did you mean ...?")
  Diagnostic with_hint(std::string text) &&;
  bool operator==(const Diagnostic&) const = default;
};

Diagnostic make_diagnostic(DiagnosticCode code, std::string message);
// About a file as a whole.
Diagnostic make_diagnostic(DiagnosticCode code, std::string message, std::string file);
// About a place in a file: line, column and the line's text are looked up.
Diagnostic make_diagnostic(DiagnosticCode code, std::string message, const SourceFile& file, SourceSpan span);
Diagnostic make_diagnostic(DiagnosticCode code, std::string message, const SourceFile& file, LineColumn place);

// file:line:col: error: message
//     the source line
//        ^
// hint: …
// Lines end in "\n"; parts that are not known are left out.
std::string render(const Diagnostic& diagnostic);

}  // namespace lockweave
