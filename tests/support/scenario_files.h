// The scenarios of specs/.
#pragma once

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <vector>

namespace lockweave::testing {

// Sorted. Fails the running test case if LOCKWEAVE_SOURCE_DIR is not set.
inline std::vector<std::filesystem::path> scenario_files() {
  std::vector<std::filesystem::path> paths;
  const char* root = std::getenv("LOCKWEAVE_SOURCE_DIR");
  REQUIRE(root != nullptr);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(root) / "specs" / "scenarios")) {
    if (entry.path().extension() == ".txtar") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);
  return paths;
}

}  // namespace lockweave::testing
