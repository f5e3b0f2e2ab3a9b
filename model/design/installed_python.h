// Where installed CPythons keep their importlib/_bootstrap.py. Files are looked at; nothing is run, except an
// interpreter named by its path whose library is not beside it.
#pragma once

#include "model/base/result.h"

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::design {

struct PythonVersion {
  int major = 0;
  int minor = 0;
  auto operator<=>(const PythonVersion&) const = default;
};

// "3.12"
std::string to_text(PythonVersion version);
// From "3.12"; nothing if it is anything else.
std::optional<PythonVersion> version_from_text(std::string_view text);

// The versions that Lockweave models.
inline constexpr PythonVersion oldest_version{3, 6};
inline constexpr PythonVersion newest_version{3, 13};

struct InstalledPython {
  PythonVersion version;
  int patch = -1;          // -1: not known
  std::string executable;  // empty if only the library was found
  std::string bootstrap;   // path of importlib/_bootstrap.py
  bool operator==(const InstalledPython&) const = default;
};

// Where to look. Tests make their own.
struct SearchPlaces {
  std::vector<std::string> folders;  // that hold executables, as in PATH
  std::string pyenv_root;            // its versions/ folder holds one installation a folder; may be empty

  // PATH, /usr/local/bin, /usr/bin; $PYENV_ROOT or ~/.pyenv.
  static SearchPlaces from_environment();
};

// All that are found, one a minor version (the newest patch), oldest first. Any version, modelled or not.
std::vector<InstalledPython> find_installed_pythons(const SearchPlaces& places);

// `wanted` is a version ("3.12", "3.12.1"), or the path of an interpreter or of the folder it is installed in,
// or a command found in PATH ("python3").
Result<InstalledPython> find_python(std::string_view wanted, const SearchPlaces& places);

// The newest one that is modelled.
Result<InstalledPython> find_newest_python(const SearchPlaces& places);

}  // namespace lockweave::design
