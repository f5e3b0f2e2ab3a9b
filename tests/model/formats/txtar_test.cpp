#include "model/formats/txtar.h"

#include "model/base/random.h"

#include <doctest/doctest.h>

using namespace lockweave;
using formats::parse_txtar;

namespace {

Diagnostic error_of(std::string text) {
  const auto archive = parse_txtar(SourceFile("it.txtar", std::move(text)));
  REQUIRE(!archive);
  CHECK(archive.error().code == DiagnosticCode::MalformedArchive);
  return archive.error();
}

}  // namespace

TEST_SUITE_BEGIN("model/formats");

TEST_CASE("an archive is free text and files in their order") {
  const auto archive = parse_txtar(SourceFile("it.txtar",
                                              "What it shows.\n"
                                              "-- main.py --\nimport a\n"
                                              "-- p/__init__.py --\n"
                                              "--  a.py  --\nx = 1\n\ny = 2"));
  REQUIRE(archive);
  CHECK(archive->comment == "What it shows.\n");
  REQUIRE(archive->files.size() == 3);
  CHECK(archive->files[0].name == "main.py");
  CHECK(archive->files[0].text == "import a\n");
  CHECK(archive->files[1].name == "p/__init__.py");
  CHECK(archive->files[1].text.empty());
  CHECK(archive->files[2].name == "a.py");
  CHECK(archive->files[2].text == "x = 1\n\ny = 2\n");  // the last line gets its end
}

TEST_CASE("a text without files is an archive of none") {
  const auto archive = parse_txtar(SourceFile("it.txtar", "just words"));
  REQUIRE(archive);
  CHECK(archive->files.empty());
  CHECK(archive->comment == "just words\n");
  CHECK(parse_txtar(SourceFile("it.txtar", ""))->comment.empty());
}

TEST_CASE("what only resembles a marker is text") {
  const auto archive = parse_txtar(SourceFile("it.txtar", "-- a --\n --b --\n--c--\n-- d\ne --\n-----\n# -- f --\n"));
  REQUIRE(archive);
  REQUIRE(archive->files.size() == 1);
  CHECK(archive->files[0].text == " --b --\n--c--\n-- d\ne --\n-----\n# -- f --\n");
}

TEST_CASE("markers may end in CR LF") {
  const auto archive = parse_txtar(SourceFile("it.txtar", "-- a.py --\r\nx = 1\r\n"));
  REQUIRE(archive);
  CHECK(archive->files.at(0).name == "a.py");
  CHECK(archive->files.at(0).text == "x = 1\r\n");
}

TEST_CASE("a name that stands twice is refused at its second place") {
  const auto error = error_of("-- a.py --\n-- b.py --\n-- a.py --\n");
  CHECK(error.line == 3);
  CHECK(error.message == "two files are named 'a.py'");
}

TEST_CASE("a file cannot be a folder too") {
  CHECK(error_of("-- p --\n-- p/q.py --\n").message == "'p' is a file and a folder");
  CHECK(error_of("-- p/q.py --\n-- p --\n").message == "'p' is a file and a folder");
}

TEST_CASE("names that lead elsewhere are refused") {
  CHECK(error_of("words\n-- /etc/passwd --\n").line == 2);
  CHECK(error_of("-- ../a.py --\n").message == "'../a.py' leads out of the archive");
  CHECK(error_of("-- a/../../b.py --\n").message == "'a/../../b.py' leads out of the archive");
  CHECK(error_of("-- a\\b.py --\n").message == "'a\\b.py' has a backslash; folders are parted by '/'");
}

TEST_CASE("names that are none are refused") {
  CHECK(error_of("--  --\n").message == "a file needs a name");
  CHECK(error_of("-- --\n").message == "a file needs a name");
  CHECK(error_of("-- a//b.py --\n").message == "'a//b.py' has an empty part");
  CHECK(error_of("-- a/ --\n").message == "'a/' has an empty part");
  CHECK(error_of("-- ./a.py --\n").message == "'./a.py' has an empty part");
  CHECK(error_of("-- a\tb --\n").message == "a file name has a control character");
}

TEST_CASE("random bytes are an archive or an error, never a crash") {
  Random random(11);
  for (int i = 0; i < 2000; ++i) {
    std::string text;
    for (auto size = random.below(60); size > 0; --size) text += "-- ab/.\n\r\\\0\xff"[random.below(13)];
    CAPTURE(text);
    const auto archive = parse_txtar(SourceFile("it.txtar", text));
    if (!archive) CHECK(archive.error().line > 0);
  }
}

TEST_SUITE_END();
