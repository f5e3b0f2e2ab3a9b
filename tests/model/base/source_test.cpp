#include "model/base/source.h"

#include <doctest/doctest.h>

using namespace lockweave;

TEST_SUITE_BEGIN("model/base");

TEST_CASE("lines and columns count from one") {
  const SourceFile file("a.py", "x = 1\nyy = 2\n");
  CHECK(file.line_column(0) == LineColumn{1, 1});
  CHECK(file.line_column(4) == LineColumn{1, 5});
  CHECK(file.line_column(5) == LineColumn{1, 6});  // the newline belongs to its line
  CHECK(file.line_column(6) == LineColumn{2, 1});
  CHECK(file.line_text(2) == "yy = 2");
}

TEST_CASE("columns count characters, not bytes") {
  const SourceFile file("a.py", "é€ = 1\n");  // two and three bytes
  CHECK(file.line_column(2) == LineColumn{1, 2});
  CHECK(file.line_column(5) == LineColumn{1, 3});
}

TEST_CASE("an offset behind the end is the end") {
  const SourceFile file("a.py", "ab");
  CHECK(file.line_column(100) == LineColumn{1, 3});
  CHECK(file.text_of({1, 100}) == "b");
  CHECK(file.text_of({7, 3}).empty());
}

TEST_CASE("a line may end with LF, CR LF or CR") {
  const SourceFile file("a.py", "a\r\nb\rc\n");
  CHECK(file.line_text(1) == "a");
  CHECK(file.line_text(2) == "b");
  CHECK(file.line_text(3) == "c");
  CHECK(file.line_column(3) == LineColumn{2, 1});
}

TEST_CASE("a line that is not there is empty") {
  const SourceFile file("a.py", "a");
  CHECK(file.line_text(0).empty());
  CHECK(file.line_text(2).empty());
  CHECK(SourceFile().line_count() == 1);
}

TEST_SUITE_END();
