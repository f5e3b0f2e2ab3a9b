// Builds the base image: builtins, the machine's modules, the library texts, the design's importlib and C side of import,
// the scenario's files compiled, and a main thread that stands at the first instruction of main.py.
#pragma once

#include <functional>
#include <initializer_list>
#include <map>
#include <set>
#include <string>

#include "model/base/result.h"
#include "model/design/design.h"
#include "model/design/texts.h"
#include "model/scenario/scenario.h"
#include "model/vm/vm.h"

namespace lockweave {

// The design's digest, as far as it counts for this program: with CPython's util.py only where that is loaded.
Fingerprint design_digest(const scenario::Scenario& scenario, const design::Design& design);

// Does the last part of the name occur as a word in some file of the scenario?
bool is_mentioned(const scenario::Scenario& scenario, std::string_view name);

// A rendered diagnostic as part of another one.
std::string without_heading(std::string text);

class WorldBuilder {
 public:
  WorldBuilder(vm::Vm& vm, const scenario::Scenario& scenario, const design::Design& design) : vm_(vm), scenario_(scenario), design_(design) {}
  // Of a further interpreter of the world that this one builds.
  explicit WorldBuilder(WorldBuilder& first) : vm_(first.vm_), scenario_(first.scenario_), design_(first.design_), first_(&first) {}

  Result<bool> build();

 private:
  using Value = state::Value;
  using ObjectId = state::ObjectId;

  Result<Value> compile(std::string name, std::string text, vm::Origin origin, bool native, bool is_c = false);
  Result<bool> run_module(Value code, ObjectId dictionary, const std::string& what);
  Value module(const std::string& name);
  ObjectId dictionary_of(Value module);
  void set(ObjectId dictionary, std::string_view name, Value v);
  void make_root();
  Result<bool> build_interpreter();
  Result<bool> build_further_interpreters();
  void take_from_first();
  Result<bool> make_interpreter_record();
  void give_lockweave_interpreters();
  state::ObjectId make_main_module();
  void make_builtins();
  void make_sys();
  void make_lockweave();
  void lay_out_files();
  Value named_fields(std::initializer_list<std::pair<std::string_view, Value>> fields);
  Result<bool> load_native(const std::string& name);
  Result<bool> load_python_module(const std::string& name);
  Result<bool> load_importlib();
  Result<bool> load_machine_importers();
  Result<bool> check_finder() const;
  Result<bool> load_external();
  Result<bool> install_external();
  Result<bool> load_import_c();
  Result<bool> load_scenario_files();
  Result<bool> load_c_api();
  bool says(std::string_view name);
  Result<bool> load_gil();
  Result<bool> give_to_c(const std::string& text);
  Result<bool> load_extensions();
  Result<bool> load_library(const scenario::ScenarioFile& file, Value code);
  Result<bool> check_end();
  Value exit_statuses();
  Result<bool> load_process_text(const std::string& module_name, design::TextFolder folder, const std::string& name, const std::optional<SourceFile>& own,
                                 std::initializer_list<std::string_view> functions);
  void start_main();
  bool runs_external() const;
  bool has_version(std::string_view name) const;
  void share_all();

  vm::Vm& vm_;
  const scenario::Scenario& scenario_;
  const design::Design& design_;
  WorldBuilder* first_ = nullptr;  // which outlives it
  std::map<std::pair<std::string, std::string>, Value> codes_;  // of texts and their names
  std::map<std::string, Value> modules_;
  std::set<std::string> loaded_;
  Value importlib_;
  Value external_;  // what stands in sys.modules as _frozen_importlib_external
};

}  // namespace lockweave
