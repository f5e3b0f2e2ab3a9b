// How the lexer and the parser leave from deep inside: by a C++ exception that `lex` and `parse` catch and turn into their Result.
// A recursive descent that handed a Result up through every level would be twice as long and say the same.
#pragma once

#include "model/base/diagnostic.h"

#include <string>
#include <utility>

namespace lockweave::syntax {

struct Refusal {
  Diagnostic diagnostic;
};

[[noreturn]] inline void refuse(const SourceFile& file, SourceSpan span, std::string message) {
  throw Refusal{make_diagnostic(DiagnosticCode::SyntaxError, std::move(message), file, span)};
}

[[noreturn]] inline void refuse_unsupported(const SourceFile& file, SourceSpan span, std::string message, std::string hint) {
  throw Refusal{make_diagnostic(DiagnosticCode::Unsupported, std::move(message), file, span).with_hint(std::move(hint))};
}

}  // namespace lockweave::syntax
