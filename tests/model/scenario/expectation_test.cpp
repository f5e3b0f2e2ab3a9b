#include "model/scenario/expectation.h"

#include <doctest/doctest.h>

using namespace lockweave;
using scenario::Expectations;
using scenario::ExpectedVerdict;

namespace {

Expectations expectations(const std::vector<std::pair<std::string, ExpectedVerdict>>& entries) {
  Expectations all(SourceFile("scenario.toml", "[expect]\n"));
  for (std::uint32_t line = 2; const auto& [glob, verdict] : entries) all.add(glob, verdict, {line++, 1});
  return all;
}

}  // namespace

TEST_SUITE_BEGIN("model/scenario");

TEST_CASE("the glob with the most characters that are no wildcards wins") {
  const auto all = expectations({{"*", {}},
                                 {"cpython-3.*", {{PropertyWord::Exception}}},
                                 {"cpython-3.1?", {{PropertyWord::Deadlock}}},
                                 {"cpython-3.12", {{PropertyWord::StaleModule, PropertyWord::Deadlock}}}});
  const auto text = [&](std::string_view design) { return to_text(*all.lookup(design).value()); };
  CHECK(text("no-lock") == "pass");
  CHECK(text("cpython-3.9") == "exception");
  CHECK(text("cpython-3.11") == "deadlock");
  CHECK(text("cpython-3.12") == "deadlock, stale-module");  // in the order of the table
}

TEST_CASE("a design that no glob fits has no expectation") {
  const auto found = expectations({{"cpython-*", {}}}).lookup("textbook");
  REQUIRE(found);
  CHECK_FALSE(found->has_value());
}

TEST_CASE("a tie is an error at the later glob") {
  const auto all = expectations({{"cpython-*2", {}}, {"cpython-?.12", {}}, {"cpython-3*2", {}}, {"cpython-3.1?", {}}});
  CHECK(all.lookup("cpython-3.12").error().code == DiagnosticCode::AmbiguousExpectation);
  CHECK(all.lookup("cpython-3.12").error().line == 5);
  CHECK(all.lookup("cpython-3.12").error().message == "'cpython-?.12' and 'cpython-3.1?' fit the design 'cpython-3.12' equally well");
  CHECK(all.lookup("cpython-3.11"));
}

TEST_CASE("a tie that a more specific glob decides is none") {
  const auto all = expectations({{"a*", {{PropertyWord::Deadlock}}}, {"*b", {{PropertyWord::Deadlock}}}, {"ab", {}}});
  CHECK(all.lookup("ab").value()->passes());
  CHECK_FALSE(all.lookup("axb"));
}

TEST_CASE("incomplete explorations are allowed by name only") {
  Expectations all;
  CHECK_FALSE(all.incomplete_ok("cpython-3.6"));
  all.allow_incomplete({"cpython-3.[6-9]"});
  CHECK(all.incomplete_ok("cpython-3.6"));
  CHECK_FALSE(all.incomplete_ok("cpython-3.12"));
}

TEST_SUITE_END();
