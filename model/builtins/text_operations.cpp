#include "model/builtins/text_operations.h"

#include <algorithm>

#include "model/builtins/unicode.h"

namespace lockweave::builtins {
namespace {

char32_t next(std::string_view text, std::size_t& offset, Alphabet alphabet) {
  if (alphabet == Alphabet::Bytes) return static_cast<unsigned char>(text[offset++]);
  return unicode::next(text, offset);
}

char32_t previous(std::string_view text, std::size_t& offset, Alphabet alphabet) {
  if (alphabet == Alphabet::Bytes) return static_cast<unsigned char>(text[--offset]);
  return unicode::previous(text, offset);
}

bool is_space(char32_t c, Alphabet alphabet) {
  return alphabet == Alphabet::Bytes ? (c >= 9 && c <= 13) || c == ' ' : unicode::is_space(c);
}

bool is_line_break(char32_t c, Alphabet alphabet) { return alphabet == Alphabet::Bytes ? c == '\n' || c == '\r' : unicode::is_line_break(c); }

// Moves over characters as long as they are spaces (or as long as they are not).
void skip(std::string_view text, std::size_t& offset, bool spaces, Alphabet alphabet) {
  while (offset < text.size()) {
    std::size_t behind = offset;
    if (is_space(next(text, behind, alphabet), alphabet) != spaces) return;
    offset = behind;
  }
}

void skip_back(std::string_view text, std::size_t& offset, bool spaces, Alphabet alphabet) {
  while (offset > 0) {
    std::size_t before = offset;
    if (is_space(previous(text, before, alphabet), alphabet) != spaces) return;
    offset = before;
  }
}

}  // namespace

Pieces split_by(std::string_view text, std::string_view separator, long most) {
  Pieces pieces;
  std::size_t start = 0;
  for (; most != 0; --most) {
    const std::size_t at = text.find(separator, start);
    if (at == std::string_view::npos) break;
    pieces.push_back(text.substr(start, at - start));
    start = at + separator.size();
  }
  pieces.push_back(text.substr(start));
  return pieces;
}

Pieces split_by_last(std::string_view text, std::string_view separator, long most) {
  Pieces pieces;
  for (; most != 0; --most) {
    const std::size_t at = text.rfind(separator);
    if (at == std::string_view::npos) break;
    pieces.push_back(text.substr(at + separator.size()));
    text = text.substr(0, at);
  }
  pieces.push_back(text);
  std::ranges::reverse(pieces);
  return pieces;
}

Pieces split_at_spaces(std::string_view text, long most, Alphabet alphabet) {
  Pieces pieces;
  std::size_t offset = 0;
  for (skip(text, offset, true, alphabet); offset < text.size(); skip(text, offset, true, alphabet)) {
    if (most-- == 0) {
      pieces.push_back(text.substr(offset));  // with the spaces behind it
      break;
    }
    const std::size_t start = offset;
    skip(text, offset, false, alphabet);
    pieces.push_back(text.substr(start, offset - start));
  }
  return pieces;
}

Pieces split_at_last_spaces(std::string_view text, long most, Alphabet alphabet) {
  Pieces pieces;
  std::size_t offset = text.size();
  for (skip_back(text, offset, true, alphabet); offset > 0; skip_back(text, offset, true, alphabet)) {
    if (most-- == 0) {
      pieces.push_back(text.substr(0, offset));
      break;
    }
    const std::size_t end = offset;
    skip_back(text, offset, false, alphabet);
    pieces.push_back(text.substr(offset, end - offset));
  }
  std::ranges::reverse(pieces);
  return pieces;
}

Pieces split_lines(std::string_view text, bool keep_ends, Alphabet alphabet) {
  Pieces lines;
  std::size_t start = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const std::size_t end = offset;
    const char32_t c = next(text, offset, alphabet);
    if (!is_line_break(c, alphabet)) continue;
    if (c == '\r' && offset < text.size() && text[offset] == '\n') ++offset;
    lines.push_back(text.substr(start, (keep_ends ? offset : end) - start));
    start = offset;
  }
  if (start < text.size()) lines.push_back(text.substr(start));
  return lines;
}

std::string replaced(std::string_view text, std::string_view old, std::string_view by, long most, Alphabet alphabet) {
  std::string out;
  if (old.empty()) {
    std::size_t offset = 0;
    while (most-- != 0) {
      out += by;
      if (offset == text.size()) return out;
      const std::size_t start = offset;
      next(text, offset, alphabet);
      out += text.substr(start, offset - start);
    }
    return out += text.substr(offset);
  }
  std::size_t start = 0;
  for (; most != 0; --most) {
    const std::size_t at = text.find(old, start);
    if (at == std::string_view::npos) break;
    (out += text.substr(start, at - start)) += by;
    start = at + old.size();
  }
  return out += text.substr(start);
}

std::size_t occurrences(std::string_view text, std::string_view part, Alphabet alphabet) {
  if (part.empty()) return (alphabet == Alphabet::Bytes ? text.size() : unicode::length(text)) + 1;
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

std::string_view stripped(std::string_view text, const std::string_view* chars, bool left, bool right, Alphabet alphabet) {
  std::u32string set;
  if (chars != nullptr) {
    for (std::size_t offset = 0; offset < chars->size();) set += next(*chars, offset, alphabet);
  }
  const auto goes = [&](char32_t c) { return chars == nullptr ? is_space(c, alphabet) : set.find(c) != std::u32string::npos; };
  std::size_t start = 0;
  while (left && start < text.size()) {
    std::size_t behind = start;
    if (!goes(next(text, behind, alphabet))) break;
    start = behind;
  }
  std::size_t end = text.size();
  while (right && end > start) {
    std::size_t before = end;
    if (!goes(previous(text, before, alphabet))) break;
    end = before;
  }
  return text.substr(start, end - start);
}

std::string tabs_expanded(std::string_view text, long size) {
  std::string out;
  long column = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t c = unicode::next(text, offset);
    if (c == '\t') {
      const long spaces = size > 0 ? size - column % size : 0;
      out.append(static_cast<std::size_t>(spaces), ' ');
      column += spaces;
      continue;
    }
    unicode::append(out, c);
    column = c == '\n' || c == '\r' ? 0 : column + 1;
  }
  return out;
}

}  // namespace lockweave::builtins
