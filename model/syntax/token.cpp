#include "model/syntax/token.h"

#include <unordered_map>

namespace lockweave::syntax {

std::string_view spelling(TokenKind kind) {
  switch (kind) {
// clang-format off
#define LOCKWEAVE_TOKEN(name, words) \
    case TokenKind::name:            \
        return words;
#define LOCKWEAVE_OPERATOR(name, text) \
    case TokenKind::name:              \
        return text;
#define LOCKWEAVE_KEYWORD(name, text) \
    case TokenKind::Keyword##name:    \
        return text;
#include "model/syntax/token.def"
    // clang-format on
  }
  return "?";
}

bool is_keyword(TokenKind kind) { return kind >= TokenKind::KeywordFalse; }

TokenKind keyword_or_name(std::string_view word) {
  // Looked up only, never walked: the order inside does not matter.
  static const std::unordered_map<std::string_view, TokenKind> keywords = {
// clang-format off
#define LOCKWEAVE_KEYWORD(name, text) {text, TokenKind::Keyword##name},
#include "model/syntax/token.def"
      // clang-format on
  };
  if (word.size() < 2 || word.size() > 8) return TokenKind::Name;
  const auto found = keywords.find(word);
  return found == keywords.end() ? TokenKind::Name : found->second;
}

}  // namespace lockweave::syntax
