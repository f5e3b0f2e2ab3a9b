#include <doctest/doctest.h>

#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "model/base/append_only.h"
#include "model/base/intern_table.h"
#include "model/state/row_table.h"

using namespace lockweave;

TEST_SUITE("model/base/intern_table") {
  TEST_CASE("what an array that only grows holds stays where it is") {
    AppendOnly<std::string> array;
    array.emplace_back("first");
    const std::string* first = &array[0];
    for (int i = 1; i < 5000; ++i) array.emplace_back(std::to_string(i));
    CHECK(first == &array[0]);
    CHECK(array.size() == 5000);
    for (std::uint32_t i : {1u, 255u, 256u, 257u, 511u, 512u, 513u, 4095u, 4096u, 4999u}) CHECK(array[i] == std::to_string(i));
    array.clear();
    CHECK(array.size() == 0);
    CHECK(array.emplace_back("again") == 0);
  }

  TEST_CASE("threads that intern the same rows at once agree on their numbers") {
    state::RowTable<std::uint32_t> rows;
    constexpr std::uint32_t count = 20'000;  // the index is outgrown several times
    const auto row = [](std::uint32_t i) { return std::vector<std::uint32_t>(1 + i % 5, i * 2654435761u); };
    std::vector<std::vector<std::uint32_t>> numbers(3, std::vector<std::uint32_t>(count));
    {
      std::vector<std::jthread> threads;
      for (std::uint32_t t = 0; t < numbers.size(); ++t) {
        threads.emplace_back([&, t] {
          for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t which = t == 1 ? count - 1 - i : i;
            numbers[t][which] = rows.intern(row(which));
          }
        });
      }
    }
    CHECK(numbers[0] == numbers[1]);
    CHECK(numbers[0] == numbers[2]);
    for (std::uint32_t i = 0; i < count; ++i) {
      const auto words = rows[numbers[0][i]];
      REQUIRE(std::vector<std::uint32_t>(words.begin(), words.end()) == row(i));
    }
  }

  TEST_CASE("lists of any length come back as they were interned") {
    state::ListTable lists;
    std::vector<std::uint32_t> found;
    for (std::uint32_t length : {0u, 1u, 7u, 8u, 9u, 64u, 65u, 200u, 513u, 5000u}) {
      std::vector<std::uint32_t> list;
      for (std::uint32_t i = 0; i < length; ++i) list.push_back(i * i + length);
      const std::uint32_t number = lists.intern(list);
      CHECK(number == lists.intern(list));
      lists.expand(number, found);
      CHECK(found == list);
    }
  }
}
