#include "model/base/text_file.h"

#include "model/base/embedded.h"
#include "tests/support/temporary_folder.h"

#include <doctest/doctest.h>

using namespace lockweave;

TEST_SUITE_BEGIN("model/base");

TEST_CASE("a file is read as it is") {
  const testing::TemporaryFolder folder;
  const std::string text("a\r\n\0b", 5);
  const auto file = read_text_file(folder.write("x", text), "called so");
  REQUIRE(file);
  CHECK(file->text() == text);
  CHECK(file->name() == "called so");
}

TEST_CASE("a missing file is an error that names a similar one") {
  const testing::TemporaryFolder folder;
  folder.write("scenario.txtar", "");
  const auto file = read_text_file(folder.path("scenaro.txtar"));
  REQUIRE(!file);
  CHECK(file.error().code == DiagnosticCode::UnreadableFile);
  CHECK(file.error().hint == "did you mean '" + folder.path("scenario.txtar") + "'?");
}

TEST_CASE("what is no regular file is refused") {
  const testing::TemporaryFolder folder;
  for (const std::string& path : {folder.path(), std::string("/dev/zero")}) {
    CAPTURE(path);
    const auto file = read_text_file(path);
    REQUIRE(!file);
    CHECK(file.error().code == DiagnosticCode::UnreadableFile);
  }
}

TEST_CASE("a file below a file is an error") {
  const testing::TemporaryFolder folder;
  const auto file = read_text_file(folder.write("x", "") + "/y");
  REQUIRE(!file);
  CHECK(file.error().code == DiagnosticCode::UnreadableFile);
}

TEST_CASE("an enormous file is refused before it is read") {
  const testing::TemporaryFolder folder;
  const auto path = folder.write("x", "");
  std::filesystem::resize_file(path, std::uintmax_t{1} << 34);  // sparse: takes no room
  const auto file = read_text_file(path);
  REQUIRE(!file);
  CHECK(file.error().code == DiagnosticCode::LimitExceeded);
}

TEST_CASE("an embedded text is the file of the tree") {
  const auto path = "specs/designs/cpython-3.12/design.toml";
  const auto file = read_text_file(std::string(LOCKWEAVE_SOURCE_DIR) + "/" + path);
  REQUIRE(file);
  CHECK(embedded_file(path) == file->text());
  CHECK_FALSE(embedded_file("specs/designs/nonsense/design.toml"));
}

TEST_CASE("every embedded text equals the file it was made of") {
  for (const auto& embedded : embedded_files()) {
    CAPTURE(embedded.path);
    const auto file = read_text_file(std::string(LOCKWEAVE_SOURCE_DIR) + "/" + std::string(embedded.path));
    REQUIRE(file);
    CHECK(embedded.text == file->text());
  }
}

TEST_SUITE_END();
