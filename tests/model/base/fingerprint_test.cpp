#include "model/base/fingerprint.h"

#include <doctest/doctest.h>

using namespace lockweave;

TEST_SUITE_BEGIN("model/base");

TEST_CASE("fingerprints are the published XXH3 values on every machine") {
  // XXH3_128bits of nothing with seed 0, as the xxHash project publishes it.
  CHECK(to_text(fingerprint(std::string_view{})) == "99aa06d3014798d86001c324468d497f");
}

TEST_CASE("the parts of a fingerprint do not run together") {
  const auto of = [](std::string_view a, std::string_view b) {
    Hasher hasher;
    hasher.add(a);
    hasher.add(b);
    return hasher.finish();
  };
  CHECK(of("ab", "c") == of("ab", "c"));
  CHECK(of("ab", "c") != of("a", "bc"));
  CHECK(of("ab", "c") != of("c", "ab"));
}

TEST_CASE("a hasher can go on after it was asked") {
  Hasher hasher;
  hasher.add(std::uint64_t{1});
  const auto first = hasher.finish();
  CHECK(hasher.finish() == first);
  hasher.add(first);
  CHECK(hasher.finish() != first);
}

TEST_SUITE_END();
