#include "tests/support/golden.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <doctest/doctest.h>

namespace lockweave::support {

namespace {

std::filesystem::path source_root() {
  const char* root = std::getenv("LOCKWEAVE_SOURCE_DIR");
  return root != nullptr ? root : LOCKWEAVE_SOURCE_DIR;
}

bool is_updating() {
  const char* update = std::getenv("LOCKWEAVE_UPDATE_GOLDEN");
  return update != nullptr && std::string_view(update) == "1";
}

}  // namespace

std::string read_source_file(const std::string& path) {
  std::ifstream stream(source_root() / path, std::ios::binary);
  CAPTURE(path);
  REQUIRE_MESSAGE(stream.good(), "the file cannot be read");
  return {std::istreambuf_iterator<char>(stream), {}};
}

void check_golden(const std::string& path, std::string_view actual) {
  const std::string full = "tests/golden/" + path;
  if (is_updating()) {
    std::filesystem::create_directories((source_root() / full).parent_path());
    std::ofstream(source_root() / full, std::ios::binary) << actual;
    return;
  }
  CAPTURE(full);
  CHECK_MESSAGE(read_source_file(full) == actual, "the golden differs; LOCKWEAVE_UPDATE_GOLDEN=1 rewrites it");
}

}  // namespace lockweave::support
