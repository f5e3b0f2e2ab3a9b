// --design, --python, --bootstrap: which designs a command runs on.
#pragma once

#include "model/base/result.h"
#include "model/design/design.h"

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace lockweave::cli {

struct DesignOptions {
  std::vector<std::string> designs;
  std::vector<std::string> pythons;
  std::vector<std::string> bootstraps;
};

// A design and how to name it again.
struct ChosenDesign {
  design::Design design;
  std::string label;   // what --design takes for it, in another run too; reports call it so
  std::string option;  // "--design cpython-3.12", quoted for a shell
};

struct ChosenDesigns {
  std::vector<ChosenDesign> designs;
  std::vector<std::string> notes;  // interpreters that are not here
};

enum class WhenMissing { Fail, Skip };
enum class WhenNone { Newest, All };

void add_design_options(CLI::App& command, DesignOptions& options, const std::string& without_any);

// In the order of the command line, each once. With none named: the newest interpreter, or all designs there are.
Result<ChosenDesigns> choose_designs(const DesignOptions& options, WhenNone when_none, WhenMissing when_missing);

// For commands that run on one design.
Result<ChosenDesign> choose_one_design(const DesignOptions& options, const std::string& command);

// By the label of a report.
Result<ChosenDesign> design_of_label(const std::string& label);

}  // namespace lockweave::cli
