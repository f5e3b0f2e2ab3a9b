#include "model/base/property_words.h"

#include <algorithm>

namespace lockweave {

namespace {

struct Row {
  std::string_view word;
  bool on_by_default;
  std::string_view sentence;
};

constexpr std::array<Row, property_count> rows{{
#define PROPERTY(name, word, on_by_default, sentence) {word, on_by_default, sentence},
#include "model/base/property_words.def"
#undef PROPERTY
}};

const Row& row(PropertyWord property) { return rows[static_cast<std::size_t>(property)]; }

}  // namespace

std::string_view to_word(PropertyWord property) { return row(property).word; }
std::string_view sentence(PropertyWord property) { return row(property).sentence; }
bool is_on_by_default(PropertyWord property) { return row(property).on_by_default; }

std::optional<PropertyWord> property_from_word(std::string_view word) {
  const auto found = std::ranges::find(all_properties, word, to_word);
  if (found == all_properties.end()) return std::nullopt;
  return *found;
}

}  // namespace lockweave
