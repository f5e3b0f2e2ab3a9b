// Numbers and texts as reports print them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::report {

// "1 state", "12,345 states". `one` is a noun that takes an "s", or an "es" after "s".
std::string count(std::uint64_t number, std::string_view one);
// "12,345"
std::string grouped(std::uint64_t number);
// "0.31 s", "2 min 5 s"
std::string duration(double seconds);
// "512 bytes", "24.1 MiB"
std::string size(std::uint64_t bytes);

// Columns that a text takes on a terminal, one a code point. (Wide characters of East Asia count as one too.)
std::size_t columns(std::string_view text);
// Cut into lines of at most `width` columns, at blanks where there are some; what follows a break is indented.
std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent);
std::vector<std::string> lines_of(std::string_view text);

// "/usr/lib/python3.12/importlib/_bootstrap.py" -> "importlib/_bootstrap.py"; a relative path stays as it is.
std::string short_file(const std::string& file);

// A word for a POSIX shell, in quotes if it needs them.
std::string shell_word(std::string_view text);

}  // namespace lockweave::report
