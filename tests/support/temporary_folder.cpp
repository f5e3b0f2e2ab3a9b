#include "tests/support/temporary_folder.h"

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace lockweave::testing {

namespace fs = std::filesystem;

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "lockweave-test-XXXXXX").string();
  if (!::mkdtemp(pattern.data())) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(std::string_view name, std::string_view text) const {
  const auto file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

void TemporaryFolder::link(std::string_view name, std::string_view target) const {
  const auto file = path_ / name;
  fs::create_directories(file.parent_path());
  fs::create_symlink(target, file);
}

std::string TemporaryFolder::path(std::string_view name) const { return name.empty() ? path_.string() : (path_ / name).string(); }

}  // namespace lockweave::testing
