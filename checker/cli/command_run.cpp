// `lockweave run`: a program once, by one fixed schedule. Not listed in --help: it is for tests that compare the machine
// with real interpreters.
#include "checker/cli/command.h"
#include "checker/cli/run.h"
#include "model/base/text_file.h"
#include "model/scenario/scenario_files.h"

#include <fmt/format.h>

#include <limits>
#include <memory>
#include <ostream>

namespace lockweave::cli {

void add_run(CLI::App& tool, Action& chosen);

namespace {

struct Options {
  std::string program;
  DesignOptions designs;
};

// A plain .py file is a scenario of that one file.
Result<scenario::Scenario> load_program(const std::string& path) {
  if (!path.ends_with(".py")) return scenario::load_scenario(path);
  const auto source = read_text_file(path);
  if (!source) return fail(source);
  scenario::Scenario program;
  program.name = path;
  program.path = path;
  program.files.push_back({"main.py", source->text()});
  scenario::list_modules(program);
  program.digest = fingerprint(source->text());
  return program;
}

int run_program(const Options& options, Console& console) {
  const auto program = load_program(options.program);
  if (!program) return report(program.error(), console);
  const auto design = choose_one_design(options.designs, "run");
  if (!design) return report(design.error(), console);
  const auto machine = load_machine(*program, *design, {});
  if (!machine) return report(machine.error(), console);
  const auto done = (*machine)->run_once(std::numeric_limits<std::uint64_t>::max());
  console.out << done.output << std::flush;
  if (!done.unsupported.empty()) {
    console.err << done.unsupported << (done.unsupported.ends_with('\n') ? "" : "\n");
    return exit_bad_input;
  }
  if (!done.error.empty()) {
    console.err << done.traceback << done.error << "\n";
    return exit_violation;
  }
  if (done.stuck) {
    console.err << "deadlock: no thread can go on\n";
    return exit_violation;
  }
  return exit_success;
}

}  // namespace

void add_run(CLI::App& tool, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = tool.add_subcommand("run", "run a program once, each thread as long as it can");
  command->group("");
  command->add_option("PROGRAM", options->program, "a .py file, a .txtar archive or a folder with a main.py")->required();
  add_design_options(*command, options->designs, "the newest CPython found");
  command->callback([options, &chosen] { chosen = [options](Console& console) { return run_program(*options, console); }; });
}

}  // namespace lockweave::cli
