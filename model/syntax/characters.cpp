#include "model/syntax/characters.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace lockweave::syntax {

namespace {

struct IdentifierRange {
  char32_t first;
  char32_t last;
  IdentifierClass kind;
};

constexpr IdentifierRange kIdentifierRanges[] = {
// clang-format off
#define RANGE(first, last, kind) {first, last, IdentifierClass::kind},
#include "model/syntax/identifier_ranges.def"
#undef RANGE
    // clang-format on
};

struct CharacterName {
  std::string_view name;
  char32_t code;
};

constexpr CharacterName kCharacterNames[] = {
// clang-format off
#define NAME(name, code) {name, code},
#include "model/syntax/character_names.def"
#undef NAME
    // clang-format on
};

constexpr std::uint32_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

}  // namespace

std::optional<DecodedCharacter> decode_utf8(std::string_view text, std::size_t offset) {
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  constexpr std::array<unsigned char, 5> kLeadBits = {0, 0x7F, 0x1F, 0x0F, 0x07};
  const auto lead = static_cast<unsigned char>(text[offset]);
  const std::uint32_t size = sequence_length(lead);
  if (size == 0 || offset + size > text.size()) return std::nullopt;
  char32_t code = lead & kLeadBits[size];
  for (std::uint32_t i = 1; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(text[offset + i]);
    if ((byte & 0xC0) != 0x80) return std::nullopt;
    code = (code << 6) | (byte & 0x3Fu);
  }
  if (code < kSmallest[size] || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return std::nullopt;
  return DecodedCharacter{code, size};
}

void append_utf8(std::string& text, char32_t code) {
  const auto add = [&text](char32_t byte) { text.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  std::size_t offset = 0;
  while (offset < text.size()) {
    if (static_cast<unsigned char>(text[offset]) < 0x80) {
      ++offset;
      continue;
    }
    const auto character = decode_utf8(text, offset);
    if (!character) return offset;
    offset += character->size;
  }
  return std::nullopt;
}

IdentifierClass identifier_class(char32_t code) {
  const auto* range = std::lower_bound(std::begin(kIdentifierRanges), std::end(kIdentifierRanges), code,
                                       [](const IdentifierRange& r, char32_t c) { return r.last < c; });
  return range != std::end(kIdentifierRanges) && range->first <= code ? range->kind : IdentifierClass::None;
}

std::optional<char32_t> character_named(std::string_view name) {
  std::string upper(name);
  std::ranges::transform(upper, upper.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  const auto* found = std::ranges::lower_bound(kCharacterNames, std::string_view(upper), {}, &CharacterName::name);
  return found != std::end(kCharacterNames) && found->name == upper ? std::optional(found->code) : std::nullopt;
}

std::optional<int> digit_value(char c, int base) {
  int value = -1;
  if (is_digit(c)) value = c - '0';
  if (c >= 'a' && c <= 'f') value = c - 'a' + 10;
  if (c >= 'A' && c <= 'F') value = c - 'A' + 10;
  return value >= 0 && value < base ? std::optional<int>(value) : std::nullopt;
}

}  // namespace lockweave::syntax
