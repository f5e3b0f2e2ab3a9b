// What a scenario runs on: which importlib, which C-level import path, which GIL, where threads may switch.
#pragma once

#include "model/base/fingerprint.h"
#include "model/base/result.h"
#include "model/base/source.h"
#include "model/design/installed_python.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::design {

// Where the running thread may lose the GIL: by CPython version, or one of three that no CPython has.
enum class SwitchPoints : std::uint8_t { V36, V37, V38, V39, V310, V311, V312, V313, EveryOpcode, BlockingOnly, FreeThreaded };

// "3.6" … "3.13", "every-opcode", "blocking-only", "free-threaded".
std::string_view to_text(SwitchPoints switch_points);

struct Design {
  std::string name;
  std::string summary;  // one sentence
  // The importlib that is run. Its name is the file's path, or for a design of ours its path in the project's tree.
  SourceFile importlib;
  // CPython's importlib/util.py that goes with it; none for a short design of ours, or if no interpreter of that version is here.
  std::optional<SourceFile> importlib_util;
  std::string import_c;                           // "3.12", or "plain"
  std::optional<PythonVersion> import_c_version;  // of "3.12"; none for "plain"
  std::string gil;                                // a name in specs/gil/, or the path of a text
  std::optional<SourceFile> gil_text;             // of a path
  bool python_at_once = false;                    // several threads may run Python code at a time: GilTraits
  bool gil_stops_for_collection = false;          // likewise
  std::string fork;                               // a name in specs/fork/, or the path of a text
  std::optional<SourceFile> fork_text;            // of a path
  std::string exit;                               // a name in specs/exit/, or the path of a text
  std::optional<SourceFile> exit_text;            // of a path
  bool package_context_of_thread = false;         // else there is one in the process: what a module of a single phase takes its full name from
  SwitchPoints switch_points = SwitchPoints::V312;
  PythonVersion python_version;  // the one whose standard library and builtins the program sees
  // The other half of CPython's importlib, which finds and loads files: `_bootstrap_external.py`, the one beside `importlib`, else the installed one of
  // `python_version`. None if the design runs none of CPython's importlibs, or if there is none. Only scenarios with finder = "files" run it.
  std::optional<SourceFile> importlib_external;
  // Of all of the above but names, summary and paths, and but for `importlib_external` and `importlib_util`, which few programs run: Machine::design_digest.
  Fingerprint digest;

  // Of what a run depends on: with `importlib_external`, if the scenario has it run.
  Fingerprint digest_of_run(bool runs_external) const;

  // Is the GIL's text run whatever the scenario? A GIL of the project's own that lets one thread run at a time is done by the machine itself, which comes to
  // the same, where the scenario has no C code (docs/c-code.md); so does one that lets all threads
  // run, with nothing that keeps them apart.
  bool always_runs_gil_text() const;
  // An installed CPython's own importlib, or a version of it, rather than one of our short ones?
  bool runs_cpython() const { return import_c_version.has_value() && *import_c_version >= oldest_version; }
};

// One line of `lockweave designs`.
struct DesignListing {
  std::string name;
  std::string summary;
  std::string importlib;               // where it comes from, as design.toml says it
  std::optional<std::string> missing;  // why it cannot be used here, if it cannot
};

// Everything that knows which designs there are. Keeps where to look for interpreters and what was found there.
class DesignCatalog {
 public:
  explicit DesignCatalog(SearchPlaces places = SearchPlaces::from_environment()) : places_(std::move(places)) {}

  // The names that come with the program, "cpython-3.9" before "cpython-3.10".
  static std::vector<std::string> names();
  std::vector<DesignListing> list() const;

  // --design: a name, a folder with a design.toml, or a design.toml. A CPython source tree or an importlib file
  // is taken as load_bootstrap takes it.
  Result<Design> load(const std::string& spec) const;
  // --python: a version or an interpreter; see find_python.
  Result<Design> load_python(const std::string& wanted) const;
  // --bootstrap: that file, everything else as in the CPython version whose importlib resembles it most.
  Result<Design> load_bootstrap(const std::string& path) const;
  // No option at all: the newest interpreter found.
  Result<Design> load_default() const;

  // What `--design` of matrix and diff may say: a glob becomes the names it fits whose interpreter is found; anything
  // else stays as it is. A glob that leaves nothing is an error.
  Result<std::vector<std::string>> expand(const std::string& spec) const;

 private:
  SearchPlaces places_;
};

}  // namespace lockweave::design
