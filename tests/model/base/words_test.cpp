// Small things about words and names: globs, suggestions, property words, ids.
#include "model/base/glob.h"
#include "model/base/id.h"
#include "model/base/property_words.h"
#include "model/base/suggest.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace lockweave;

TEST_SUITE_BEGIN("model/base");

TEST_CASE("a star fits any characters, a question mark one") {
  CHECK(glob_matches("cpython-3.*", "cpython-3.12"));
  CHECK(glob_matches("*", ""));
  CHECK(glob_matches("cpython-3.1?", "cpython-3.12"));
  CHECK(glob_matches("*-*-*", "a-b-c-d"));
  CHECK_FALSE(glob_matches("cpython-3.1?", "cpython-3.1"));
  CHECK_FALSE(glob_matches("cpython-3.*", "cpython-2.7"));
  CHECK_FALSE(glob_matches("", "a"));
}

TEST_CASE("a set in brackets fits one of its characters") {
  CHECK(glob_matches("cpython-3.[67]", "cpython-3.7"));
  CHECK(glob_matches("cpython-3.[6-9]", "cpython-3.8"));
  CHECK(glob_matches("[!a-c]", "d"));
  CHECK_FALSE(glob_matches("[!a-c]", "b"));
  CHECK_FALSE(glob_matches("cpython-3.[6-9]", "cpython-3.10"));
  CHECK(glob_matches("a[b", "a[b"));  // never closed: just a bracket
}

TEST_CASE("a glob of many stars is decided quickly") { CHECK_FALSE(glob_matches("*a*a*a*a*a*a*a*a*a*a*b", std::string(2000, 'a'))); }

TEST_CASE("the weight of a glob is its characters that are not wildcards") {
  CHECK(literal_characters("cpython-3.*") == 10);
  CHECK(literal_characters("cpython-3.[6-9]") == 10);
  CHECK(literal_characters("no-lock") == 7);
  CHECK(has_wildcard("cpython-*"));
  CHECK_FALSE(has_wildcard("no-lock"));
}

TEST_CASE("the nearest word is suggested, a far one is not") {
  const std::vector<std::string> words{"deadlock", "exception", "livelock"};
  CHECK(nearest_word("dedlock", words) == "deadlock");
  CHECK(nearest_word("Exeption", words) == "exception");
  CHECK(nearest_word("lvielock", words) == "livelock");
  CHECK(nearest_word("banana", words) == std::nullopt);
  CHECK(nearest_word("", words) == std::nullopt);
  CHECK(nearest_word(std::string(100000, 'x'), words) == std::nullopt);
  CHECK(suggestion("dedlock", words) == "did you mean 'deadlock'?");
  CHECK(suggestion("banana", words) == "known: deadlock, exception, livelock");
}

TEST_CASE("every property is found by its word") {
  for (const auto property : all_properties) CHECK(property_from_word(to_word(property)) == property);
  CHECK(property_from_word("nonsense") == std::nullopt);
  CHECK(to_word(PropertyWord::PartialModuleCycle) == "partial-module-cycle");
  CHECK(is_on_by_default(PropertyWord::Deadlock));
  CHECK_FALSE(is_on_by_default(PropertyWord::Unserializable));
}

TEST_CASE("an id that was never set names nothing") {
  using Number = Id<struct Tag>;
  CHECK_FALSE(Number().is_valid());
  CHECK(Number(3).index() == 3);
  CHECK(Number(3) < Number(4));
}

TEST_SUITE_END();
