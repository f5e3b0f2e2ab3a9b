// design.toml as it stands, before any file it names is looked for. Used by design.cpp.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"
#include "model/design/design.h"

#include <optional>
#include <string>

namespace lockweave::design {

struct DesignSettings {
  std::string summary;
  std::string importlib;  // "python:VERSION-OR-PATH", or a file
  LineColumn importlib_place;
  std::string import_c;
  std::optional<PythonVersion> import_c_version;
  std::string gil;
  LineColumn gil_place;
  std::string fork;  // empty: that of the Python version
  LineColumn fork_place;
  std::string exit;  // likewise
  LineColumn exit_place;
  bool package_context_of_thread = false;
  SwitchPoints switch_points = SwitchPoints::V312;
  LineColumn switch_points_place;
  PythonVersion python_version;
};

// Errors: unknown keys, values of the wrong kind, missing keys.
Result<DesignSettings> parse_design(const SourceFile& source);

}  // namespace lockweave::design
