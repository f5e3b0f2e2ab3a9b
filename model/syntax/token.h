// The words of a Python file.
#pragma once

#include "model/base/source.h"

#include <cstdint>
#include <string_view>

namespace lockweave::syntax {

enum class TokenKind : std::uint8_t {
// clang-format off
#define LOCKWEAVE_TOKEN(name, words) name,
#define LOCKWEAVE_OPERATOR(name, spelling) name,
#define LOCKWEAVE_KEYWORD(name, spelling) Keyword##name,
#include "model/syntax/token.def"
  // clang-format on
};

struct Token {
  TokenKind kind = TokenKind::EndMarker;
  SourceSpan span;
  std::uint32_t line = 1;    // of its first byte
  std::uint32_t column = 0;  // in bytes, from 0
};

// "+=", "while", "end of line": for messages and goldens.
std::string_view spelling(TokenKind kind);
bool is_keyword(TokenKind kind);
// The keyword's kind, or Name.
TokenKind keyword_or_name(std::string_view word);

}  // namespace lockweave::syntax
