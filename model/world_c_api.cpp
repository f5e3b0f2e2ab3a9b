// C code in the world: the C API, the GIL as a text, extension modules.
#include <fmt/format.h>

#include "model/base/embedded.h"
#include "model/design/gil_texts.h"
#include "model/world.h"

namespace lockweave {

using state::ObjectKind;
using state::Tag;
using vm::Origin;

// The C API, with the design's GIL behind it where threads get at more of it than the machine's own GIL shows.
Result<bool> WorldBuilder::load_c_api() {
  const bool collects = design_.gil_stops_for_collection && is_mentioned(scenario_, "gc");
  const bool is_without_gil = design_.python_at_once && scenario_.has_extensions();
  const bool runs_text = scenario_.meets_thread_states() || design_.always_runs_gil_text() || collects || is_without_gil;
  if (!runs_text && !scenario_.has_extensions()) return true;
  if (auto done = load_native("capi"); !done) return done;
  const ObjectId dict = dictionary_of(module("capi"));
  vm_.heap.set_item(vm_.fixtures.modules, vm_.string("capi"), module("capi"));
  const Value numbers[] = {vm_.constants.integer(design_.python_version.major), vm_.constants.integer(design_.python_version.minor)};
  set(dict, "VERSION", vm_.tuple(numbers));
  if (runs_text) {
    if (auto done = load_gil(); !done) return done;
  } else if (auto done = give_to_c("_machine_gil"); !done) {
    return done;
  }
  return scenario_.has_extensions() ? load_extensions() : true;
}

// What a text of the library defines, C code finds in the C API.
Result<bool> WorldBuilder::give_to_c(const std::string& text) {
  if (auto done = load_native(text); !done) return done;
  const ObjectId dict = dictionary_of(module("capi"));
  const std::vector<Value> all = vm_.heap.at(dictionary_of(module(text))).slots;
  for (std::size_t i = 0; i < all.size(); i += 2) {
    if (vm_.text(all[i]).starts_with("Py")) vm_.heap.set_item(dict, all[i], all[i + 1]);
  }
  return true;
}

Result<bool> WorldBuilder::load_extensions() {
  const ObjectId dict = dictionary_of(module("_extensions"));
  set(dict, "capi", module("capi"));
  set(dict, "sys", module("sys"));
  set(dict, "modules", Value::object(vm_.fixtures.modules));
  set(dict, "package_context_of_thread", Value::boolean(design_.package_context_of_thread));
  if (auto done = give_to_c("_extensions"); !done) return done;
  const ObjectId imp = dictionary_of(module("_imp"));
  for (const char* name : {"create_dynamic", "exec_dynamic"}) set(imp, name, vm_.heap.get_item(dict, vm_.string(name)));
  // In an isolated interpreter a thread has another GIL than main's (model/vm/interpreters.cpp).
  const bool may_have_own_gil = scenario_.further_interpreters() > 0 && design_.python_version >= design::PythonVersion{3, 12};
  vm_.leaves_gil_in_c = (scenario_.leaves_gil_in_c() || may_have_own_gil) && !vm_.runs_gil_text();
  if (vm_.leaves_gil_in_c) vm_.movers = false;
  return true;
}

// A shared library: its variables are initialised before the program runs, since when that happens makes no difference.
Result<bool> WorldBuilder::load_library(const scenario::ScenarioFile& file, Value code) {
  const Value variables = Value::object(vm_.new_dict());
  set(variables.object_id(), "__builtins__", module("builtins"));
  if (auto done = run_module(code, variables.object_id(), file.name); !done) return done;
  vm_.heap.set_item(variables.object_id(), vm_.names.known_to, Value::object(vm_.new_dict()));
  const ObjectId libraries = vm_.heap.get_item(dictionary_of(module("_extensions")), vm_.string("libraries")).object_id();
  for (const std::string& path : {file.name, fmt::format("{}/{}", vm::scenario_folder, file.name)}) vm_.heap.set_item(libraries, vm_.string(path), variables);
  return true;
}

Result<bool> WorldBuilder::load_gil() {
  const ObjectId dict = dictionary_of(module("capi"));
  const auto run = [&](const std::string& path, const std::string& text) -> Result<bool> {
    auto code = compile(path, text, Origin::Gil, false, true);
    if (!code) return fail(code);
    return run_module(*code, dict, path);
  };
  const std::string common(design::common_gil_text);
  if (auto done = run(common, std::string(*embedded_file(common))); !done) return done;
  const SourceFile own = design_.gil_text ? *design_.gil_text : design::gil_text(design_.gil);
  const auto texts = design::gil_with_bases(own);
  if (!texts) return fail(texts);
  for (const SourceFile& text : *texts) {
    if (auto done = run(text.name(), text.text()); !done) return done;
  }
  if (is_mentioned(scenario_, "Py_FinalizeEx")) {
    set(dict, "LATE_THREADS", vm_.in_exit_text("LATE_THREADS"));
    const std::string finalize = "specs/capi/finalize.py";
    if (auto done = run(finalize, std::string(*embedded_file(finalize))); !done) return done;
  }
  // What the machine calls, and what common.py calls and does not define.
  for (const char* name : {"Py_Initialize", "PyEval_InitThreads", "PyEval_SaveThread", "PyEval_RestoreThread", "PyGILState_Ensure", "PyGILState_Release",
                           "PyGILState_Check", "handle_pending", "start_python_thread", "take_gil", "drop_gil", "native_thread", "call_python", "import_extension", "_start_new_thread",
                           "_blocking_acquire", "_blocking_restore", "_blocking_import_lock", "_blocking_join", "_blocking_await_started", "_blocking_io", "_end_of_main"}) {
    if (vm_.heap.is_kind(vm_.heap.get_item(dict, vm_.string(name)), ObjectKind::Function)) continue;
    return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("this GIL has no function {}", name), own.name()).with_hint("specs/gil/eager.py has one to start from"));
  }
  vm_.fixtures.capi = dict;
  vm_.movers = false;
  if (const auto lockweave = modules_.find("lockweave"); lockweave != modules_.end())
    set(dictionary_of(lockweave->second), "native_thread", vm_.heap.get_item(dict, vm_.string("native_thread")));
  const Value initialize = vm_.heap.get_item(dict, vm_.string("Py_Initialize"));
  const auto error = vm_.call_to_end(initialize, {});
  if (vm_.is_dead()) return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("this GIL's Py_Initialize ends the process: {}", vm_.text(Value(Tag::String, vm_.report().events.back().subject))), own.name()));
  if (error) return fail(make_diagnostic(DiagnosticCode::Unsupported, fmt::format("{}: Py_Initialize failed: {}", own.name(), without_heading(*error))));
  return true;
}

}  // namespace lockweave
