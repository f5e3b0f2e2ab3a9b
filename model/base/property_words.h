// The words of the built-in properties: of the command line, of [expect] and [properties], of the JSON report.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lockweave {

enum class PropertyWord : std::uint8_t {
#define PROPERTY(name, word, on_by_default, sentence) name,
#include "model/base/property_words.def"
#undef PROPERTY
};

// In the order of the table, which is the order of reports.
inline constexpr std::array all_properties{
#define PROPERTY(name, word, on_by_default, sentence) PropertyWord::name,
#include "model/base/property_words.def"
#undef PROPERTY
};
inline constexpr std::size_t property_count = all_properties.size();

std::string_view to_word(PropertyWord property);
std::string_view sentence(PropertyWord property);
bool is_on_by_default(PropertyWord property);
std::optional<PropertyWord> property_from_word(std::string_view word);

}  // namespace lockweave
