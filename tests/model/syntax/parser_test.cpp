#include "model/syntax/parser.h"

#include "model/syntax/ast_text.h"

#include <doctest/doctest.h>

#include <string>

using namespace lockweave;
using namespace lockweave::syntax;

// What the tree of any valid program is, tests/real_python/parser_conformance_test.py compares with CPython's own. Here stands what that
// test cannot see: spans, limits, the words of errors, and a few trees written out.

namespace {

Module parsed(const std::string& text) {
  auto module = parse(SourceFile("t.py", text));
  REQUIRE_MESSAGE(module, render(module.error()));
  return std::move(*module);
}

Diagnostic refusal(const std::string& text) {
  auto module = parse(SourceFile("t.py", text));
  REQUIRE_FALSE(module);
  return module.error();
}

// "LINE: MESSAGE"
std::string refused(const std::string& text) {
  const Diagnostic error = refusal(text);
  return std::to_string(error.line) + ": " + error.message;
}

std::string repeated(std::string_view text, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += text;
  return result;
}

}  // namespace

TEST_SUITE("model/syntax/parser") {
  TEST_CASE("the tree of an assignment, in text") {
    CHECK(to_text(parsed("x = -1\n")) ==
          "Module\n"
          "  body: [1]\n"
          "    - Assign 1:0\n"
          "      targets: [1]\n"
          "        - Name 1:0\n"
          "          id: x\n"
          "          ctx: Store\n"
          "      value: UnaryOp 1:4\n"
          "        op: USub\n"
          "        operand: Constant 1:5\n"
          "          value: int 1\n");
  }

  TEST_CASE("operators bind as in Python") {
    const auto shape = [](const std::string& text) { return to_text(*parse_expression(SourceFile("t.py", text)).value()); };
    CHECK(shape("a + b * c") != shape("(a + b) * c"));
    CHECK(shape("-a ** -b").find("UnaryOp 1:0\n  op: USub\n  operand: BinOp") != std::string::npos);
    CHECK(shape("not a == b").starts_with("UnaryOp 1:0\n  op: Not\n  operand: Compare"));
    CHECK(shape("a if b else c if d else e").find("orelse: IfExp 1:12") != std::string::npos);
    CHECK(shape("a < b < c").find("ops: [2]") != std::string::npos);
    CHECK(shape("a or b or c").find("values: [3]") != std::string::npos);
  }

  TEST_CASE("a statement's span ends with its last word") {
    const std::string text = "if a:\n    b = (1,\n      2)  # c\n\nd\n";
    const Module module = parsed(text);
    const SourceFile file("t.py", text);
    CHECK(file.text_of(module.body[0]->place.span) == "if a:\n    b = (1,\n      2)");
    CHECK(module.body[1]->place.line == 5);
  }

  TEST_CASE("elif is an if inside the else") {
    const Module module = parsed("if a: pass\nelif b: pass\nelse: pass\n");
    const If& outer = as<If>(*module.body.at(0));
    const If* inner = as_if<If>(outer.orelse.at(0));
    REQUIRE(inner);
    CHECK(inner->place.line == 2);
    CHECK(inner->orelse.size() == 1);
  }

  TEST_CASE("an f-string's `=` shows the text as it was written") {
    const Module module = parsed("f'{ x + 1 = }'\nf'{x=:>5}'\nf'{x=!s}'\n");
    const auto values = [&](std::size_t i) -> const ExpressionList& { return as<JoinedStr>(*as<Expr>(*module.body[i]).value).values; };
    CHECK(std::get<std::string>(as<Constant>(*values(0)[0]).value) == " x + 1 = ");
    CHECK(as<FormattedValue>(*values(0)[1]).conversion == 'r');
    CHECK(as<FormattedValue>(*values(1)[1]).conversion == 0);
    CHECK(as<FormattedValue>(*values(2)[1]).conversion == 's');
  }

  TEST_CASE("match, case and type are names where they are names") {
    parsed("match = case = type = 1\nmatch(case)\nmatch[type]\nmatch.x = 1\ntype(match)\nmatch: int\nprint(match * case)\nmatch -1\n");
    CHECK(refusal("match x:\n    case 1: pass\n").code == DiagnosticCode::Unsupported);
    CHECK(refusal("match (x, y):\n    case _: pass\n").code == DiagnosticCode::Unsupported);
    CHECK(refusal("type X = int\n").code == DiagnosticCode::Unsupported);
    CHECK(refusal("def f[T](x): pass\n").code == DiagnosticCode::Unsupported);
    CHECK(refusal("class A[T]: pass\n").message == "type parameters");
  }

  TEST_CASE("parentheses after with hold items or an expression") {
    const auto items = [](const std::string& text) { return as<With>(*parsed(text).body.at(0)).items.size(); };
    CHECK(items("with (a, b): pass") == 2);
    CHECK(items("with (a as b, c as d,): pass") == 2);
    CHECK(items("with (a, b) as c: pass") == 1);
    CHECK(items("with (a, *b): pass") == 1);
    CHECK(items("with (a := b): pass") == 1);
    CHECK(items("with (a for a in b): pass") == 1);
    CHECK(items("with (): pass") == 1);
    CHECK(items("with (a), (b): pass") == 2);
    CHECK(items("with (a).b(c): pass") == 1);
  }

  TEST_CASE("errors speak as Python does") {
    CHECK(refused("print 'x'\n") == "1: Missing parentheses in call to 'print'. Did you mean print(...)?");
    CHECK(refused("f() = 1\n") == "1: cannot assign to function call here. Maybe you meant '==' instead of '='?");
    CHECK(refused("(a, 1) = x\n") == "1: cannot assign to literal");
    CHECK(refused("None = 1\n") == "1: cannot assign to None");
    CHECK(refused("x = (1,\ny\n") == "1: '(' was never closed");
    CHECK(refused("if x:\ny\n") == "2: expected an indented block after 'if' statement on line 1");
    CHECK(refused("x\n  y\n") == "2: unexpected indent");
    CHECK(refused("while x\n  y\n") == "1: expected ':'");
    CHECK(refused("f(a b)\n") == "1: invalid syntax. Perhaps you forgot a comma?");
    CHECK(refused("f(x for x in y, 1)\n") == "1: Generator expression must be parenthesized");
    CHECK(refused("x = 'a\n") == "1: unterminated string literal (detected at line 1)");
    CHECK(refused("def f(a=1, b): pass\n") == "1: parameter without a default follows parameter with a default");
    CHECK(refused("try: pass\n") == "1: expected 'except' or 'finally' block");
  }

  TEST_CASE("an error has a caret under the place") {
    CHECK(render(refusal("x = 1\ny = (2 3)\n")) ==
          "t.py:2:6: error: invalid syntax. Perhaps you forgot a comma?\n"
          "    y = (2 3)\n"
          "         ^\n");
  }

  TEST_CASE("deep nesting is an error, not a crash") {
    const auto is_refused = [](const std::string& text) {
      const Diagnostic error = refusal(text);
      return error.code == DiagnosticCode::LimitExceeded || error.code == DiagnosticCode::SyntaxError;
    };
    CHECK(is_refused("x = " + repeated("(", 100000)));
    CHECK(is_refused("x = " + repeated("[", 190) + repeated("not ", 100000) + "1" + repeated("]", 190) + "\n"));
    CHECK(is_refused("x = " + repeated("-", 100000) + "1\n"));
    CHECK(is_refused("x = " + repeated("1+", 100000) + "1\n"));
    CHECK(is_refused("x = " + repeated("1**", 100000) + "1\n"));
    CHECK(is_refused("x = a" + repeated(".b", 100000) + "\n"));
    CHECK(is_refused("x = a" + repeated("()", 100000) + "\n"));
    CHECK(is_refused("x = " + repeated("lambda:", 100000) + "1\n"));
    CHECK(is_refused("x = " + repeated("1 if 1 else ", 100000) + "1\n"));
    CHECK(is_refused("if a: pass\n" + repeated("elif a: pass\n", 100000)));
    CHECK(is_refused("x = " + repeated("f'{", 1000)));
    CHECK(is_refused("x = " + repeated("await ", 100000) + "1\n"));
    std::string blocks;
    for (int i = 0; i < 200; ++i) blocks += std::string(static_cast<std::size_t>(i), ' ') + "if x:\n";
    CHECK(is_refused(blocks));
  }

  TEST_CASE("long and flat is no problem") {
    parsed("x = [" + repeated("a.b.c(1, 2) + 3, ", 20000) + "]\n");
    parsed(repeated("x = 1; ", 20000) + "\n");
    parsed("x = " + repeated("a or ", 20000) + "b\n");
    parsed("x = " + repeated("a < ", 20000) + "b\n");
    parsed("f(" + repeated("k, ", 20000) + ")\n");
    parsed("x = " + repeated("'a' ", 20000) + "\n");
  }

  TEST_CASE("one expression alone") {
    CHECK(parse_expression(SourceFile("e", "a, b\n\n")).value()->kind == ExpressionKind::Tuple);
    CHECK_FALSE(parse_expression(SourceFile("e", "a = b")).has_value());
    CHECK_FALSE(parse_expression(SourceFile("e", "")).has_value());
    CHECK_FALSE(parse_expression(SourceFile("e", "yield a")).has_value());
  }
}
