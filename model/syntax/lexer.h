// Text → tokens, as CPython 3.12 cuts them: indentation becomes Indent and Dedent, lines inside brackets join, and an f-string is
// FStringStart, then FStringMiddle and the tokens of its fields in turn, then FStringEnd:
//
//     f"a{b!r:>{w}}"   →   f"   a   {   b   !   r   :   >   {   w   }   }   "
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"
#include "model/syntax/token.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace lockweave::syntax {

// An opening bracket that has no closing one.
struct UnclosedBracket {
  SourceSpan span;
  std::uint32_t line = 1;
  bool in_fstring = false;  // the { of a field
};

struct TokenStream {
  std::vector<Token> tokens;  // ends with EndMarker or Error
  // Set if the last token is Error: what to report if the parser gets that far. (CPython lets a mistake of the grammar
  // that comes earlier win over these: wrong unindent, end of file inside a bracket, junk after a backslash.)
  std::optional<Diagnostic> error;
  std::optional<UnclosedBracket> unclosed;  // the innermost one at the end of the file
};

// An error of the Result is one that CPython reports whatever else is wrong: unterminated strings, unmatched closing
// brackets, characters that start nothing, bad numbers.
Result<TokenStream> lex(const SourceFile& file);

}  // namespace lockweave::syntax
