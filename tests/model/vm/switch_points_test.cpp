#include "model/vm/switch_points.h"

#include <doctest/doctest.h>

#include <memory>
#include <set>
#include <string>

#include "model/bytecode/compiler.h"
#include "model/syntax/parser.h"

namespace lockweave {
namespace {

using vm::SwitchPoints;
using vm::SwitchRule;

// The lines of the instructions after which a switch may come whatever they do.
std::set<std::uint32_t> switching_lines(const std::string& text, SwitchPoints points) {
  const auto file = std::make_shared<const SourceFile>("test.py", text);
  const auto tree = syntax::parse(*file);
  REQUIRE(tree);
  const auto code = bytecode::compile(*tree, file, {});
  REQUIRE(code);
  const auto rules = vm::switch_rules(**code, points);
  std::set<std::uint32_t> lines;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i].rule == SwitchRule::After) lines.insert((*code)->instructions[i].line);
  }
  return lines;
}

}  // namespace

TEST_SUITE("model/vm/switch_points") {
  // dis shows JUMP_BACKWARD at the end of a handler on 3.12, JUMP_FORWARD on 3.11, JUMP_BACKWARD_NO_INTERRUPT on 3.13.
  TEST_CASE("threads may change where a handler is left, on 3.12 only") {
    const std::string plain = "try:\n    a = b\nexcept KeyError:\n    a = 1\nc = a\nd = c\ne = d\n";
    const std::string named = "try:\n    a = b\nexcept KeyError as error:\n    a = 1\nc = a\nd = c\ne = d\n";
    for (const SwitchPoints points : {SwitchPoints::V311, SwitchPoints::V313}) {
      CHECK(switching_lines(plain, points).empty());
      CHECK(switching_lines(named, points).empty());
    }
    CHECK(switching_lines(plain, SwitchPoints::V312).size() == 1);
    CHECK(switching_lines(named, SwitchPoints::V312).size() == 1);
  }

  TEST_CASE("threads may change where a with has swallowed an exception, on 3.12 only") {
    const std::string text = "with a:\n    b = c\nd = b\ne = d\nf = e\n";
    CHECK(switching_lines(text, SwitchPoints::V311).empty());
    CHECK(switching_lines(text, SwitchPoints::V312).size() == 1);
    CHECK(switching_lines(text, SwitchPoints::V313).empty());
  }

  // The way to `return` is copied behind the handler, and nothing jumps back.
  TEST_CASE("a handler that is the end of its function is left without a place to change threads") {
    CHECK(switching_lines("try:\n    a = b\nexcept KeyError:\n    a = 1\n", SwitchPoints::V312).empty());
  }
}

}  // namespace lockweave
