// Shell-like patterns over names: `*` any characters, `?` one, `[a-c]` or `[!a-c]` one of a set.
#pragma once

#include <cstddef>
#include <string_view>

namespace lockweave {

bool glob_matches(std::string_view pattern, std::string_view name);
bool has_wildcard(std::string_view pattern);
// How many characters of a pattern stand for themselves: the more, the more specific it is.
std::size_t literal_characters(std::string_view pattern);

}  // namespace lockweave
