// "Did you mean …?"
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave {

// The known word nearest to a mistyped one, the first of equals; nothing if none is near enough to be meant.
std::optional<std::string> nearest_word(std::string_view typed, std::span<const std::string> known);

// A hint for a diagnostic: "did you mean 'x'?", or else the list of all known words.
std::string suggestion(std::string_view typed, std::span<const std::string> known);

}  // namespace lockweave
