#include "model/builtins/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <span>

namespace lockweave::builtins::unicode {
namespace {

// In the order of the rows in character_tables.def.
enum class Table { Alpha, Decimal, Digit, Numeric, Unprintable, Upper, Lower, Title, ToUpper, ToLower, ToFold };
enum class SpecialTable { Upper, Lower, Title, Fold };

struct Run {
  Table table;
  char32_t first;
  char32_t last;
  char32_t stride;
  std::int32_t delta;
};

struct Special {
  SpecialTable table;
  char32_t character;
  std::string_view text;
};

constexpr Run runs[] = {
#define RANGE(table, first, last) Run{Table::table, first, last, 1, 0},
#define CASE(table, first, last, stride, delta) Run{Table::table, first, last, stride, delta},
#define SPECIAL(table, character, text)
#include "model/builtins/character_tables.def"
#undef RANGE
#undef CASE
#undef SPECIAL
};

constexpr Special specials[] = {
#define RANGE(table, first, last)
#define CASE(table, first, last, stride, delta)
#define SPECIAL(table, character, text) Special{SpecialTable::table, character, text},
#include "model/builtins/character_tables.def"
#undef RANGE
#undef CASE
#undef SPECIAL
};

// The rows of a table lie together and in order of their first characters; runs of one table with stride 2 may interleave
// with the next one's first character, never by more than one row.
std::span<const Run> rows_of(Table table) {
  const auto rows = std::ranges::equal_range(runs, table, {}, &Run::table);
  return {rows.begin(), rows.end()};
}

const Run* find_run(Table table, char32_t c) {
  const std::span<const Run> rows = rows_of(table);
  auto after = std::ranges::upper_bound(rows, c, {}, &Run::first);
  for (int tries = 0; tries < 4 && after != rows.begin(); ++tries) {
    --after;
    if (c <= after->last && (c - after->first) % after->stride == 0) return &*after;
  }
  return nullptr;
}

bool in_table(Table table, char32_t c) { return find_run(table, c) != nullptr; }

std::optional<std::string_view> find_special(SpecialTable table, char32_t c) {
  for (const Special& special : specials) {
    if (special.character == c && special.table == table) return special.text;
  }
  return std::nullopt;
}

char32_t mapped(Table table, char32_t c) {
  const Run* run = find_run(table, c);
  return run == nullptr ? c : static_cast<char32_t>(static_cast<std::int32_t>(c) + run->delta);
}

bool is_ascii_upper(char32_t c) { return c >= 'A' && c <= 'Z'; }
bool is_ascii_lower(char32_t c) { return c >= 'a' && c <= 'z'; }

void append_upper(std::string& out, char32_t c) {
  if (c < 0x80) out += static_cast<char>(is_ascii_lower(c) ? c - 32 : c);
  else if (const auto text = find_special(SpecialTable::Upper, c)) out += *text;
  else append(out, mapped(Table::ToUpper, c));
}

void append_lower(std::string& out, char32_t c) {
  if (c < 0x80) out += static_cast<char>(is_ascii_upper(c) ? c + 32 : c);
  else if (const auto text = find_special(SpecialTable::Lower, c)) out += *text;
  else append(out, mapped(Table::ToLower, c));
}

void append_title(std::string& out, char32_t c) {
  if (const auto text = c < 0x80 ? std::nullopt : find_special(SpecialTable::Title, c)) out += *text;
  else append_upper(out, c);
}

bool is_cased(char32_t c) { return is_upper(c) || is_lower(c) || is_title(c); }

// Greek sigma at the end of a word has a form of its own.
constexpr char32_t capital_sigma = 0x3a3;

void append_lower_at(std::string& out, std::u32string_view text, std::size_t i) {
  if (text[i] != capital_sigma) return append_lower(out, text[i]);
  const bool after_letter = i > 0 && is_cased(text[i - 1]);
  const bool before_letter = i + 1 < text.size() && is_cased(text[i + 1]);
  append(out, after_letter && !before_letter ? 0x3c2 : 0x3c3);
}

}  // namespace

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::size_t length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

std::size_t offset_of(std::string_view text, std::size_t index) {
  std::size_t offset = 0;
  while (index > 0 && offset < text.size()) {
    next(text, offset);
    --index;
  }
  return offset;
}

char32_t next(std::string_view text, std::size_t& offset) {
  const auto first = static_cast<unsigned char>(text[offset++]);
  if (first < 0x80) return first;
  char32_t c = first >= 0xf0 ? first & 0x07 : first >= 0xe0 ? first & 0x0f : first & 0x1f;
  while (offset < text.size() && (text[offset] & 0xc0) == 0x80) c = c << 6 | static_cast<char32_t>(text[offset++] & 0x3f);
  return c;
}

char32_t previous(std::string_view text, std::size_t& offset) {
  do {
    --offset;
  } while (offset > 0 && (text[offset] & 0xc0) == 0x80);
  std::size_t behind = offset;
  return next(text, behind);
}

void append(std::string& text, char32_t c) {
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xc0 | c >> 6);
    text += static_cast<char>(0x80 | (c & 0x3f));
  } else if (c < 0x10000) {
    text += static_cast<char>(0xe0 | c >> 12);
    text += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (c & 0x3f));
  } else {
    text += static_cast<char>(0xf0 | c >> 18);
    text += static_cast<char>(0x80 | (c >> 12 & 0x3f));
    text += static_cast<char>(0x80 | (c >> 6 & 0x3f));
    text += static_cast<char>(0x80 | (c & 0x3f));
  }
}

std::u32string points(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) result += next(text, offset);
  return result;
}

std::string from_points(std::u32string_view points) {
  std::string result;
  result.reserve(points.size());
  for (char32_t c : points) append(result, c);
  return result;
}

bool is_alpha(char32_t c) {
  if (c < 0x80) return is_ascii_lower(c) || is_ascii_upper(c);
  if (c < 0x10000) return in_table(Table::Alpha, c);
  return (c >= 0x1d400 && c < 0x1d7ce) || (c >= 0x20000 && c <= 0x323af);
}

bool is_decimal(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9';
  return in_table(Table::Decimal, c) || (c >= 0x1d7ce && c <= 0x1d7ff);
}

bool is_digit(char32_t c) { return is_decimal(c) || in_table(Table::Digit, c); }
bool is_numeric(char32_t c) { return is_digit(c) || in_table(Table::Numeric, c); }
bool is_alnum(char32_t c) { return is_alpha(c) || is_numeric(c); }

bool is_space(char32_t c) {
  if (c < 0x80) return (c >= 9 && c <= 13) || (c >= 28 && c <= 32);
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
         c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_line_break(char32_t c) {
  return (c >= 10 && c <= 13) || (c >= 28 && c <= 30) || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_printable(char32_t c) {
  if (c < 0x80) return c >= 32 && c < 127;
  if (c >= 0xd800 && c < 0xe000) return false;
  if (c < 0x10000) return !in_table(Table::Unprintable, c);
  return c < 0xe0000;
}

bool is_upper(char32_t c) { return c < 0x80 ? is_ascii_upper(c) : in_table(Table::Upper, c); }
bool is_lower(char32_t c) { return c < 0x80 ? is_ascii_lower(c) : in_table(Table::Lower, c); }
bool is_title(char32_t c) { return c >= 0x80 && in_table(Table::Title, c); }

int decimal_value(char32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  if (c >= 0x1d7ce && c <= 0x1d7ff) return static_cast<int>((c - 0x1d7ce) % 10);
  const Run* run = find_run(Table::Decimal, c);
  return run == nullptr ? -1 : static_cast<int>((c - run->first) % 10);
}

std::string upper(std::string_view text) {
  std::string out;
  for (std::size_t offset = 0; offset < text.size();) append_upper(out, next(text, offset));
  return out;
}

std::string lower(std::string_view text) {
  std::string out;
  const std::u32string characters = points(text);
  for (std::size_t i = 0; i < characters.size(); ++i) append_lower_at(out, characters, i);
  return out;
}

std::string title(std::string_view text) {
  std::string out;
  const std::u32string characters = points(text);
  bool inside_word = false;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (inside_word) append_lower_at(out, characters, i);
    else append_title(out, characters[i]);
    inside_word = is_cased(characters[i]);
  }
  return out;
}

std::string capitalize(std::string_view text) {
  std::string out;
  const std::u32string characters = points(text);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (i == 0) append_title(out, characters[i]);
    else append_lower_at(out, characters, i);
  }
  return out;
}

std::string swapcase(std::string_view text) {
  std::string out;
  const std::u32string characters = points(text);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (is_upper(characters[i])) append_lower_at(out, characters, i);
    else if (is_lower(characters[i])) append_upper(out, characters[i]);
    else append(out, characters[i]);
  }
  return out;
}

std::string casefold(std::string_view text) {
  std::string out;
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t c = next(text, offset);
    if (c < 0x80) append_lower(out, c);
    else if (const auto special = find_special(SpecialTable::Fold, c)) out += *special;
    else if (find_run(Table::ToFold, c) != nullptr) append(out, mapped(Table::ToFold, c));
    else if (c >= 0x13a0 && c <= 0x13f5) append(out, c);  // Cherokee folds to its capitals
    else append_lower(out, c);
  }
  return out;
}

}  // namespace lockweave::builtins::unicode
