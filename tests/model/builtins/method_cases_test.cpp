// The answers of a real Python to several thousand calls, see make_method_cases.py.
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <fstream>
#include <map>

#include "model/builtins/arithmetic.h"
#include "model/builtins/format_text.h"
#include "model/builtins/value_text.h"
#include "tests/support/fake_context.h"

namespace lockweave::testing {
namespace {

using builtins::Result;
using bytecode::BinaryOperator;
using bytecode::CompareOperator;
using state::Value;

using Answer = std::optional<Result>;
using Operation = Answer (*)(FakeContext&, const std::vector<Value>&);

template <BinaryOperator op>
Answer binary(FakeContext& c, const std::vector<Value>& a) { return builtins::plain_binary(c, op, a[0], a[1]); }
template <CompareOperator op>
Answer compare(FakeContext& c, const std::vector<Value>& a) { return builtins::plain_compare(c, op, a[0], a[1]); }

Value at_or_unset(const std::vector<Value>& a, std::size_t i) { return i < a.size() ? a[i] : Value(); }

const std::map<std::string, Operation, std::less<>>& operations() {
  static const std::map<std::string, Operation, std::less<>> table{
      {"+", binary<BinaryOperator::Add>}, {"-", binary<BinaryOperator::Subtract>}, {"*", binary<BinaryOperator::Multiply>},
      {"/", binary<BinaryOperator::TrueDivide>}, {"//", binary<BinaryOperator::FloorDivide>}, {"%", binary<BinaryOperator::Modulo>},
      {"**", binary<BinaryOperator::Power>}, {"<<", binary<BinaryOperator::LeftShift>}, {">>", binary<BinaryOperator::RightShift>},
      {"&", binary<BinaryOperator::And>}, {"|", binary<BinaryOperator::Or>}, {"^", binary<BinaryOperator::Xor>},
      {"==", compare<CompareOperator::Equal>}, {"!=", compare<CompareOperator::NotEqual>}, {"<", compare<CompareOperator::Less>},
      {"<=", compare<CompareOperator::LessEqual>}, {">", compare<CompareOperator::Greater>}, {">=", compare<CompareOperator::GreaterEqual>},
      {"[]", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_getitem(c, a[0], a[1]); }},
      {"in", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_contains(c, a[0], a[1]); }},
      {"bool", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_truth(c, a[0]); }},
      {"neg", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_unary_negative(c, a[0]); }},
      {"invert", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_unary_invert(c, a[0]); }},
      {"abs", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_absolute(c, a[0]); }},
      {"round", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_round(c, a[0], at_or_unset(a, 1)); }},
      {"divmod", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_divmod(c, a[0], a[1]); }},
      {"pow", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_power(c, a[0], a[1], at_or_unset(a, 2)); }},
      {"repr", [](FakeContext& c, const std::vector<Value>& a) { return Answer(builtins::repr_result(c, a[0])); }},
      {"ascii", [](FakeContext& c, const std::vector<Value>& a) {
         std::string text;
         (void)builtins::plain_ascii(c, a[0], text);
         return Answer(builtins::done(c.string(text)));
       }},
      {"format", [](FakeContext& c, const std::vector<Value>& a) { return builtins::plain_format(c, a[0], c.text(a[1])); }},
  };
  return table;
}

Answer run(FakeContext& context, std::string_view name, const std::vector<Value>& arguments) {
  const auto operation = operations().find(name);
  if (operation != operations().end()) return operation->second(context, arguments);
  const std::size_t dot = name.find('.');
  const auto type = type_named(name.substr(0, dot));
  REQUIRE(type);
  if (dot != std::string_view::npos && name.substr(dot) != ".fromkeys") return context.call(*type, name.substr(dot + 1), arguments);
  std::vector<Value> all{builtins::type_value(*type)};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return context.call(*type, "", all);
}

// The machine leaves these to the library, which raises for them.
bool is_left_to_library(std::string_view got, std::string_view expected) {
  if (got == "nothing") return expected.starts_with("TypeError: ");
  return got.starts_with("call _sort_list") && expected.starts_with("TypeError: ");
}

// Sets have no order of their own: what is written differently may still be equal.
bool is_equal_set(FakeContext& context, std::string_view got, std::string_view expected) {
  if (got.find('{') == std::string_view::npos || got.size() != expected.size() || expected.find("Error: ") != std::string_view::npos) return false;
  const auto same = builtins::plain_compare(context, CompareOperator::Equal, python_literal(context, got), python_literal(context, expected));
  return same && same->value == Value::boolean(true);
}

bool agrees(FakeContext& context, const std::string& got, const std::string& expected) {
  const std::string shown = builtins::escaped(got);
  return shown == expected || is_left_to_library(shown, expected) || is_equal_set(context, shown, expected);
}

std::vector<std::string> columns(const std::string& line) {
  std::vector<std::string> result(1);
  for (char c : line) {
    if (c == '\t') result.emplace_back();
    else result.back() += c;
  }
  return result;
}

TEST_SUITE("model/builtins") {
  TEST_CASE("builtin values answer as those of a real Python") {
    std::ifstream file(std::string(LOCKWEAVE_SOURCE_DIR) + "/tests/model/builtins/method_cases.txt");
    REQUIRE(file);
    std::size_t cases = 0;
    for (std::string line; std::getline(file, line); ++cases) {
      const auto parts = columns(line);
      REQUIRE(parts.size() == 4);
      FakeContext context;
      const Value tuple = python_literal(context, parts[1]);
      const std::vector<Value> arguments = context.heap.at(tuple).slots;
      const std::string got = context.words(run(context, parts[0], arguments));
      INFO(line);
      CHECK_MESSAGE(agrees(context, got, parts[2]), got);
      if (!parts[3].empty() && !got.starts_with("call")) CHECK(agrees(context, context.repr(arguments[0]), parts[3]));
    }
    CHECK(cases > 3000);
  }
}

}  // namespace
}  // namespace lockweave::testing
