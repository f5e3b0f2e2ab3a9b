// Where a scenario's files come from, and which modules they make. Used by scenario.cpp.
#pragma once

#include "model/base/result.h"
#include "model/formats/txtar.h"
#include "model/scenario/scenario.h"

#include <string>

namespace lockweave::scenario {

Result<formats::Archive> read_archive(const std::string& path);

// The files of a folder at any depth, and as comment the text of README.md or README.txt, if there is one.
Result<formats::Archive> read_folder(const std::string& path);

// Fills `modules` and `namespace_folders` from `files`.
void list_modules(Scenario& scenario);

}  // namespace lockweave::scenario
