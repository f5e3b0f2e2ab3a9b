// A folder that is gone after the test.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lockweave::testing {

class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  // Writes a file, making the folders above it; gives its path.
  std::string write(std::string_view name, std::string_view text) const;
  void link(std::string_view name, std::string_view target) const;
  std::string path(std::string_view name = {}) const;

 private:
  std::filesystem::path path_;
};

}  // namespace lockweave::testing
