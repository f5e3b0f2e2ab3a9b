#include "checker/cli/values.h"

#include <doctest/doctest.h>

#include <vector>

using namespace lockweave;
using namespace lockweave::cli;

TEST_SUITE_BEGIN("checker/cli");

TEST_CASE("sizes are powers of 1024") {
  CHECK(*read_size("--max-memory", "4096") == 4096);
  CHECK(*read_size("--max-memory", "512M") == 512ull << 20);
  CHECK(*read_size("--max-memory", "2GiB") == 2ull << 30);
  CHECK(*read_size("--max-memory", "1.5k") == 1536);
}

TEST_CASE("durations") {
  CHECK(*read_duration("--max-time", "30") == doctest::Approx(30));
  CHECK(*read_duration("--max-time", "30s") == doctest::Approx(30));
  CHECK(*read_duration("--max-time", "500ms") == doctest::Approx(0.5));
  CHECK(*read_duration("--max-time", "5m") == doctest::Approx(300));
  CHECK(*read_duration("--max-time", "1.5h") == doctest::Approx(5400));
}

TEST_CASE("bad values are named with their option") {
  for (const auto* value : {"", "M", "-1M", "1e3", "12parrots", "1.2.3", ".", "inf", "nan", "0x10", " 5", "99999999999999999999T", "0"}) {
    CAPTURE(value);
    const auto size = read_size("--max-memory", value);
    REQUIRE(!size);
    CHECK(size.error().message.find(std::string("--max-memory cannot be '") + value) == 0);
  }
  for (const auto* value : {"", "soon", "-5s", "1d", "5 m", "s"}) {
    CAPTURE(value);
    CHECK(!read_duration("--max-time", value));
  }
  for (const auto* value : {"", "-1", "+1", "1.5", "many", "99999999999999999999999", "1 "}) {
    CAPTURE(value);
    CHECK(!read_count("--seed", value));
  }
  CHECK(!read_count("--jobs", "0", 1));
  CHECK(*read_count("--jobs", "1", 1) == 1);
}

TEST_CASE("a mistyped word is met with the nearest one") {
  const std::vector<std::string> known{"auto", "exhaustive", "bounded"};
  CHECK(*read_word("--strategy", "bounded", known) == "bounded");
  CHECK(read_word("--strategy", "exhaustiv", known).error().hint == "did you mean 'exhaustive'?");
  CHECK(read_word("--strategy", "zzz", known).error().hint == "known: auto, exhaustive, bounded");
}

TEST_SUITE_END();
