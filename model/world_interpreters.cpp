// The interpreters that the program may create. Each is built as the first one is, by running the same texts again, before the program runs; so its objects have
// names that do not depend on who creates it when. `_subinterpreters.py` hands them out in the order of their numbers.
#include <fmt/format.h>

#include <array>

#include "model/vm/modules.h"
#include "model/world.h"

namespace lockweave {

namespace {

// Texts that stand for what the process has once: the file system, the C API and what extension modules leave in the process, who forks and how it ends.
constexpr std::array<const char*, 8> of_the_process{"_lockweave", "_files", "capi", "_extensions", "_machine_gil", "_fork", "_exit", "_subinterpreters"};

}  // namespace

void WorldBuilder::take_from_first() {
  for (const char* name : of_the_process) {
    const auto found = first_->modules_.find(name);
    if (found == first_->modules_.end()) continue;
    modules_[name] = found->second;
    vm_.builtin_modules()[name] = found->second;
    loaded_.insert(name);
  }
  vm_.fixtures.lives = vm_.new_dict();
  vm_.fixtures.life_marks = vm_.new_dict();
  for (const ObjectId own : {vm_.fixtures.lives, vm_.fixtures.life_marks}) vm_.heap.retain(state::Value::object(own));
}

// What `_subinterpreters.py` is to know of the interpreter that was built last.
Result<bool> WorldBuilder::make_interpreter_record() {
  const auto found = [&](const char* name) {
    const auto known = modules_.find(name);
    return known == modules_.end() ? Value::none() : known->second;
  };
  const Value facts[] = {found("sys"), Value::object(vm_.fixtures.modules), found("_imp"), found("_import_c"), found("_threads"), found("atexit")};
  const ObjectId process = dictionary_of(module("_subinterpreters"));
  if (const auto error = vm_.call_to_end(vm_.heap.get_item(process, vm_.string("_add")), facts))
    return fail(make_diagnostic(DiagnosticCode::Unsupported, fmt::format("an interpreter could not be made: {}", without_heading(*error))));
  return true;
}

void WorldBuilder::give_lockweave_interpreters() {
  const auto found = modules_.find("lockweave");
  if (found == modules_.end()) return;
  const ObjectId process = dictionary_of(module("_subinterpreters"));
  set(dictionary_of(found->second), "Interpreter", vm_.heap.get_item(process, vm_.string("Interpreter")));
}

Result<bool> WorldBuilder::build_further_interpreters() {
  const std::uint64_t count = scenario_.further_interpreters();
  if (count == 0) return true;
  set(dictionary_of(module("_subinterpreters")), "interpreters", module("_subinterpreters"));
  set(dictionary_of(module("_subinterpreters")), "extensions", vm_.has_extensions ? module("_extensions") : Value::none());
  const bool has_import_locks = design_.runs_cpython() && design_.python_version >= design::PythonVersion{3, 12};
  set(dictionary_of(module("_subinterpreters")), "has_import_locks", Value::boolean(has_import_locks));
  if (auto done = load_native("_subinterpreters"); !done) return done;
  if (auto done = make_interpreter_record(); !done) return done;
  give_lockweave_interpreters();
  const ObjectId process = dictionary_of(module("_subinterpreters"));
  const auto refuse = [&](const char* why) { set(process, "refusal", vm_.string(why)); };
  if (vm_.runs_gil_text()) refuse("interpreters together with C code that deals in thread states, or with a GIL that is a text");
  if (says("interrupt")) refuse("interpreters together with lockweave.interrupt");
  if (design_.python_at_once) refuse("interpreters without a GIL");
  for (std::uint64_t i = 0; i < count; ++i) {
    vm_.begin_interpreter();
    WorldBuilder further(*this);
    further.take_from_first();
    if (auto done = further.build_interpreter(); !done) return done;
    (void)further.make_main_module();
    for (const vm::ScenarioFile& file : vm_.files) (void)vm_.module_life(file.module);
    if (auto done = further.make_interpreter_record(); !done) return done;
    further.give_lockweave_interpreters();
    vm_.keep_interpreter();
  }
  vm_.stand_in(0);
  return true;
}

}  // namespace lockweave
