// The program under test: its files, and what its author says about it.
#pragma once

#include "model/base/fingerprint.h"
#include "model/base/property_words.h"
#include "model/base/result.h"
#include "model/base/source.h"
#include "model/scenario/expectation.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::scenario {

// Of a file that stands for an extension module: "m.native.py" is imported as m.
inline constexpr std::string_view extension_suffix = ".native.py";

struct ScenarioFile {
  std::string name;  // relative to the scenario, with "/"
  std::string text;

  // Does it stand for C code: an extension module (NAME.native.py), or a program that embeds Python (it imports capi)?
  bool is_c() const;
  bool is_extension() const;
};

// One module that the scenario's files can be imported as.
struct ScenarioModule {
  std::string name;  // dotted
  bool is_package = false;
  std::size_t file = 0;  // index into Scenario::files
};

// When a timed wait may time out: at any time, or only when nothing else can step.
enum class TimeoutRule : std::uint8_t { May, Last };

// Who finds and loads the scenario's files: a short model of CPython's, over files that never change; or, on designs that run CPython's
// importlib, its own other half, `_bootstrap_external.py`, over a modelled file system.
enum class Finder : std::uint8_t { Plain, Files };

// Whether a change of a file or folder gives it another modification time: it may or may not, it always does, it never does.
enum class ModificationTimes : std::uint8_t { Any, Change, Stand };

inline constexpr std::int64_t most_interpreters = 64;  // each takes the time and the memory of a world

struct Bounds {
  TimeoutRule timeouts = TimeoutRule::May;
  ModificationTimes mtime = ModificationTimes::Any;
  bool ident_reuse = false;  // an ended thread's identifier may be given again
  std::optional<std::uint64_t> interpreters;  // how many the program may create
  std::optional<std::uint64_t> max_states;
  std::optional<std::uint64_t> preemptions;
};

// Invariant: `files` is sorted by name, without scenario.toml; it holds "main.py". `modules` is sorted by name, and a
// package hides a plain module of its name, as it does in CPython. "main" is among them: it can be imported by its name.
struct Scenario {
  std::string name;  // the last part of the path, without ".txtar"
  std::string path;  // as it was given
  std::string title;
  std::string description;           // the free text
  std::string reference;             // a URL, or empty
  std::vector<std::string> designs;  // globs of the designs it is meant for; empty: all
  Finder finder = Finder::Plain;
  SourceFile settings;        // scenario.toml, for what turns out only with a design
  LineColumn finder_place{};  // where it says `finder`
  std::vector<ScenarioFile> files;
  std::vector<ScenarioModule> modules;
  // Folders with Python files but no __init__.py. CPython would make namespace packages of them.
  std::vector<std::string> namespace_folders;
  std::map<PropertyWord, bool> properties;  // what [properties] says, no defaults
  Bounds bounds;
  Expectations expectations;
  // Of all that can change how the program runs: its files and the bounds on its behaviour. The same for a folder and
  // an archive of the same content, wherever they are.
  Fingerprint digest;

  const ScenarioFile* find_file(std::string_view file_name) const;
  const ScenarioModule* find_module(std::string_view module_name) const;
  const std::string& text_of(const ScenarioModule& module) const { return files[module.file].text; }
  // Is it one of the default properties or switched on by [properties], and not switched off?
  bool judges(PropertyWord property) const;
  bool is_meant_for(std::string_view design_name) const;
  // Does it have C code that embeds Python, makes threads or deals in thread states, or a thread that Python has not made?
  bool meets_thread_states() const;
  bool has_extensions() const;
  // How many interpreters the program may create: none if nothing in it says so.
  std::uint64_t further_interpreters() const;
  // Does C code of an extension let go of the GIL, or wait?
  bool leaves_gil_in_c() const;
};

// From a folder or a .txtar file.
Result<Scenario> load_scenario(const std::string& path);

// The paths of all scenarios in a folder, at any depth, sorted. A file, or a folder with a main.py, is one scenario.
// Folders and files whose name begins with "." and folders named __pycache__ are passed over.
Result<std::vector<std::string>> find_scenarios(const std::string& path);

}  // namespace lockweave::scenario
