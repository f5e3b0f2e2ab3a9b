#include "model/base/diagnostic.h"

#include "model/base/result.h"

#include <doctest/doctest.h>

using namespace lockweave;

TEST_SUITE_BEGIN("model/base");

TEST_CASE("a diagnostic shows place, line, caret and hint") {
  const SourceFile file("a.py", "import b\nx = = 1\n");
  const auto diagnostic =
      make_diagnostic(DiagnosticCode::SyntaxError, "invalid syntax", file, SourceSpan{13, 14}).with_hint("one '=' is enough");
  CHECK(render(diagnostic) ==
        "a.py:2:5: error: invalid syntax\n"
        "    x = = 1\n"
        "        ^\n"
        "hint: one '=' is enough\n");
}

TEST_CASE("the caret keeps tabs and counts characters") {
  const SourceFile file("a.py", "\té = $\n");
  const auto diagnostic = make_diagnostic(DiagnosticCode::SyntaxError, "what?", file, SourceSpan{6, 7});
  CHECK(render(diagnostic) == "a.py:1:6: error: what?\n    \té = $\n    \t    ^\n");
}

TEST_CASE("the caret may stand behind the last character") {
  const SourceFile file("a.py", "x = (\n");
  CHECK(render(make_diagnostic(DiagnosticCode::SyntaxError, "never closed", file, SourceSpan{5, 5})) ==
        "a.py:1:6: error: never closed\n    x = (\n         ^\n");
}

TEST_CASE("control characters do not reach the terminal") {
  const SourceFile file("a.py", std::string("a\x1b[31m\0b", 8));
  CHECK(render(make_diagnostic(DiagnosticCode::SyntaxError, "bad", file, SourceSpan{0, 1})) ==
        "a.py:1:1: error: bad\n    a?[31m?b\n    ^\n");
}

TEST_CASE("parts that are not known are left out") {
  CHECK(render(make_diagnostic(DiagnosticCode::UsageError, "say what to do")) == "error: say what to do\n");
  CHECK(render(make_diagnostic(DiagnosticCode::UnreadableFile, "is a folder", "x")) == "x: error: is a folder\n");
}

TEST_CASE("codes have stable words") {
  CHECK(word(DiagnosticCode::SyntaxError) == "syntax-error");
  CHECK(word(DiagnosticCode::NotImportlib) == "not-importlib");
}

TEST_CASE("a result hands its error on") {
  const Result<int> inner = fail(make_diagnostic(DiagnosticCode::BadValue, "no number"));
  const auto outer = [&]() -> Result<std::string> { return fail(inner); }();
  REQUIRE(!outer);
  CHECK(outer.error() == inner.error());
}

TEST_SUITE_END();
