// counted_program NAME N [ROUNDS]: a program of tests/support/counted_programs.h as a scenario, for compare.py.
#include <fmt/format.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include "tests/support/counted_programs.h"

int main(int argc, char** argv) {
  namespace counted = lockweave::testing::counted;
  const std::string_view name = argc > 1 ? argv[1] : "";
  const auto number = [&](int at) {
    std::uint32_t value = 0;
    if (argc > at) std::from_chars(argv[at], argv[at] + std::strlen(argv[at]), value);
    return value;
  };
  if (name == "writers") fmt::print("{}", counted::writers(number(2)).scenario());
  else if (name == "lastzero") fmt::print("{}", counted::lastzero(number(2)).scenario());
  else if (name == "mutex") fmt::print("{}", counted::mutex(number(2), number(3)).scenario());
  else return EXIT_FAILURE;
  return EXIT_SUCCESS;
}
