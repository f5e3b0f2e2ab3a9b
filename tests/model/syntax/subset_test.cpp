#include "model/syntax/subset.h"

#include "model/syntax/parser.h"

#include <doctest/doctest.h>

#include <string>

using namespace lockweave;
using namespace lockweave::syntax;

namespace {

std::string outside(const std::string& text) {
  const SourceFile file("t.py", text);
  const auto module = parse(file);
  REQUIRE_MESSAGE(module, render(module.error()));
  const auto found = check_subset(file, *module);
  if (!found) return "nothing";
  CHECK(found->code == DiagnosticCode::Unsupported);
  CHECK_FALSE(found->hint.empty());
  return std::to_string(found->line) + ":" + std::to_string(found->column) + " " + found->message;
}

}  // namespace

TEST_SUITE("model/syntax/subset") {
  TEST_CASE("what the machine does not run is found wherever it stands") {
    CHECK(outside("x = 1\ndef f(a=2j): pass\n") == "2:9 complex numbers");
    CHECK(outside("try: pass\nexcept* A: pass\n") == "2:1 except* and exception groups");
    CHECK(outside("x = ['\\ud800']\n") == "1:6 a string with a lone surrogate");
    CHECK(outside("f'{a:{1j}}'\n") == "1:7 complex numbers");
  }

  TEST_CASE("what people write in small concurrent programs is inside") {
    CHECK(
        outside("async def f():\n    async with a as b:\n        return [x async for x in b]\nx = a @ b\nprint(f'{x!r:>{w}}', '퟿')\n") ==
        "nothing");
  }
}
