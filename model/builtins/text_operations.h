// What str and bytes do alike, on the bytes of either: UTF-8 can be searched and cut as bytes are.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lockweave::builtins {

using Pieces = std::vector<std::string_view>;

enum class Alphabet { Characters, Bytes };  // what a space or an empty separator means

// At most `most` cuts; < 0: all.
Pieces split_by(std::string_view text, std::string_view separator, long most);
Pieces split_by_last(std::string_view text, std::string_view separator, long most);
Pieces split_at_spaces(std::string_view text, long most, Alphabet alphabet);
Pieces split_at_last_spaces(std::string_view text, long most, Alphabet alphabet);
Pieces split_lines(std::string_view text, bool keep_ends, Alphabet alphabet);

std::string replaced(std::string_view text, std::string_view old, std::string_view by, long most, Alphabet alphabet);
std::size_t occurrences(std::string_view text, std::string_view part, Alphabet alphabet);

// Without the characters at its ends that are in `chars`, or that are spaces if `chars` is null.
std::string_view stripped(std::string_view text, const std::string_view* chars, bool left, bool right, Alphabet alphabet);
std::string tabs_expanded(std::string_view text, long size);

}  // namespace lockweave::builtins
