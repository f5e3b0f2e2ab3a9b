#include "model/base/random.h"

#include "model/base/check.h"

#include <doctest/doctest.h>

#include <array>
#include <stdexcept>

using namespace lockweave;

TEST_SUITE_BEGIN("model/base");

TEST_CASE("a seed gives the same numbers everywhere") {
  // splitmix64's published numbers for the seed 1234567 (6457827717110365317, 3203168211198807973, …) are the generator's
  // start; its first output is rotl(3203168211198807973 * 5, 7) * 9 modulo 2^64.
  CHECK(Random(1234567).next() == 3504822795582309479u);
  Random a(7), b(7), c(8);
  const auto first = a.next();
  CHECK(b.next() == first);
  CHECK(c.next() != first);
}

TEST_CASE("numbers below a bound are all reached and about equally often") {
  Random random(1);
  std::array<int, 6> seen{};
  for (int i = 0; i < 6000; ++i) ++seen.at(random.below(6));
  for (const int count : seen) CHECK((count > 850 && count < 1150));
  CHECK(random.below(1) == 0);
}

TEST_CASE("nothing is below zero") {
  const auto before = set_failure_hook([](const BrokenInvariant& broken) { throw std::runtime_error(render(broken)); });
  CHECK_THROWS_WITH_AS(Random(1).below(0), doctest::Contains("a random number below nothing (bound > 0 does not hold)"),
                       std::runtime_error);
  set_failure_hook(before);
}

TEST_SUITE_END();
