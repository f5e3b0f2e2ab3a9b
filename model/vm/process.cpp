// Forks, and the end of processes (docs/fork.md, docs/finalisation.md). Parent and child share no memory, so a state is one process: after os.fork an execution goes
// on either as the parent or as the child. What a thread that is left behind holds stays held, and its frames stay where they are, with all that they refer to.
#include <fmt/format.h>

#include <algorithm>

#include "model/builtins/plain_value.h"
#include "model/vm/modules.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;
using builtins::TypeId;

namespace {

constexpr std::string_view left_behind = "left behind by a fork";
constexpr std::string_view stopped = "stopped when the interpreter began to finalise";
constexpr std::string_view untold = "a child that ends with a status which no file gives as a number (os._exit(3), sys.exit(3)): os.waitpid could not tell its parent";
constexpr std::string_view child_suffix = " in the child";
constexpr std::uint64_t state_key = Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits();

}  // namespace

bool Vm::is_left_behind(ObjectId thread) {
  const Value end = heap.at(thread).slots[slot::thread::end];
  return status_of(thread) == ThreadStatus::Ended && end.is_string() && text(end) == left_behind;
}

// The thread stands before this instruction until it is chosen who goes on, as in choose().
Result Vm::fork_process() {
  if (runs_gil_text()) return unsupported("os.fork in a program with C code, or on a GIL that is a text");
  if (concurrent_) {
    sharing_->note_left_behind();
    tell_apart("a program forks while it has several threads");
  }
  const bool is_chosen = branch_given_;
  const Result chosen = choose(2);
  if (!is_chosen || chosen.kind != builtins::ResultKind::Done) return chosen;
  const bool as_child = chosen.value == Value::small_int(1);
  if (recording_) {
    report_.words.operation = "fork";
    report_.words.object = as_child ? "go on as the child" : "go on as the parent";
  }
  if (as_child) become_child();
  return done(Value::boolean(as_child));
}

// The child's output is what it prints itself. The step depends on whatever other threads do, which no footprint says: see Sharing::note_left_behind.
void Vm::become_child() {
  for (ObjectId id : threads()) {
    set_private(id, slot::thread::output, Value::small_int(0));
    if (id != thread_ && status_of(id) != ThreadStatus::Ended) leave_behind(id);
  }
  look_at_modules();
  heap.set(fixtures.root, slot::root::ordered_output, Value());
  set_private(thread_, slot::thread::daemon, Value::boolean(false));  // the process lasts as long as it does
  if (!is_child()) set_private(thread_, slot::thread::name, string(text(thread().slots[slot::thread::name]) + std::string(child_suffix)));
  heap.set(fixtures.root, slot::root::is_child, Value::boolean(true));
}

// What it was initialising is nobody's initialisation any more: whoever begins again begins the only one.
void Vm::leave_behind(ObjectId thread) {
  const Value number = heap.at(thread).slots[slot::thread::number];
  std::vector<ObjectId> half_made;
  heap.for_each([&](ObjectId id) {
    const Object& object = heap.at(id);
    if (object.kind == ObjectKind::Module && object.slots[slot::module::life] == Value::small_int(state::slot::module_life::initialising) && object.slots[slot::module::thread] == number)
      half_made.push_back(id);
  });
  for (ObjectId id : half_made) {
    const Value name = heap.get_item(heap.at(id).slots[slot::module::dictionary].object_id(), names.name);
    if (!name.is_string()) continue;
    const ObjectId life = module_life(text(name));
    const Value running = heap.at(life).slots[slot::life::running];
    if (running.is_int() && running.as_int() > 0) heap.set(life, slot::life::running, Value::small_int(running.as_int() - 1));
  }
  set_private(thread, slot::thread::status, Value::small_int(static_cast<int>(ThreadStatus::Ended)));
  set_private(thread, slot::thread::end, string(left_behind));
  set_private(thread, slot::thread::waits_for, Value());
  set_private(thread, slot::thread::handled, Value::boolean(false));
}

// Is it among the statuses that os.waitpid may answer? Which of them a child has is not known to its parent's execution (docs/fork.md).
bool Vm::is_told_to_parents(std::int64_t status) {
  const Value known = heap.get_item(heap.at(builtin_module(*this, "_lockweave")).slots[slot::module::dictionary].object_id(), string("exit_statuses"));
  return std::ranges::find(heap.at(known).slots, Value::small_int(status)) != heap.at(known).slots.end();
}

Result Vm::exit_process(std::uint32_t status) {
  if (prefix_) return stop();
  if (loading_) return unsupported("the end of the process while a text is loaded");
  if (runs_gil_text()) return unsupported("os._exit in a program with C code, or on a GIL that is a text");
  if (is_child() && !is_told_to_parents(status)) return unsupported(untold);
  if (concurrent_) sharing_->note_left_behind();
  if (visible(thread_, state_key, true)) return stop();
  was_access(thread_, AccessKind::End);
  holding_ = true;
  heap.set(fixtures.root, slot::root::is_dead, Value::boolean(true));
  set_private(thread_, slot::thread::end, string(fmt::format("os._exit({})", status)));
  set_status(thread_, ThreadStatus::Ended);
  if (recording_ && report_.words.operation.empty()) report_.words.operation = "os._exit";
  return {builtins::ResultKind::Wait, {}};
}

// Those that wait for a lock do so without the GIL: they may still come by the lock, and then wait for the GIL.
Result Vm::stop_other_threads() {
  if (prefix_) return stop();
  if (loading_) return unsupported("the end of the interpreter while a text is loaded");
  std::vector<ObjectId> others = threads();
  std::erase_if(others, [&](ObjectId id) { return id == thread_ || status_of(id) == ThreadStatus::Ended; });
  if (!others.empty()) sharing_->note_left_behind();
  const bool was_silent = report_.words.operation.empty();
  if (visible(fixtures.root, Value(Tag::Unset, static_cast<std::uint64_t>(Part::References)).bits(), true)) return stop();
  if (recording_ && was_silent) {
    report_.words.operation = "begin to finalise";
    report_.words.object.clear();
  }
  heap.set(fixtures.root, slot::root::is_finalizing, Value::boolean(true));
  for (ObjectId id : others) {
    set_private(id, slot::thread::end, string(stopped));
    const bool goes_on = status_of(id) == ThreadStatus::Lock || (is_outside(heap.at(id)) && status_of(id) != ThreadStatus::Gil);
    if (!goes_on) set_status(id, ThreadStatus::Stopped);
  }
  return done_none();
}

Result Vm::set_import_lock(std::int64_t count) {
  if (approach_lock(fixtures.root, true)) return stop();
  watch_lock(fixtures.root);
  heap.set(fixtures.root, slot::root::import_lock_owner, count > 0 ? Value::small_int(number_) : Value());
  heap.set(fixtures.root, slot::root::import_lock_count, Value::small_int(count));
  heap.set(fixtures.root, slot::root::import_lock_taken, Value::small_int(count > 0 ? 1 : 0));
  return done_none();
}

// Only what the thread has done itself decides the answer, so this is no access.
std::int64_t Vm::import_lock_count() {
  const Object& root = heap.at(fixtures.root);
  return root.slots[slot::root::import_lock_owner] == Value::small_int(number_) ? root.slots[slot::root::import_lock_count].as_int() : 0;
}

// Finalisers that run when the interpreter ends can meet what daemons have left. Without daemons they are not followed.
bool Vm::has_finalizers_beside_daemons() {
  return !runs_gil_text() && sharing_->has_daemons() && program_->defines_finalizer();
}

Value Vm::in_exit_text(std::string_view name) {
  return heap.get_item(heap.at(builtin_module(*this, "_exit")).slots[slot::module::dictionary].object_id(), string(name));
}

// Threads and forks are refused near the end: by 3.12.0 once main has run its last line, later once nobody else gets the GIL (NO_NEW_AFTER in specs/exit).
std::optional<Result> Vm::refuse_at_the_end(std::string_view what) {
  const Value after = in_exit_text("NO_NEW_AFTER");
  if (!after.is_string()) return std::nullopt;
  const Value begun = in_exit_text(text(after) == "main" ? "begun" : "finalizing");
  if (!heap.is_kind(begun, ObjectKind::List)) return std::nullopt;
  if (read(begun.object_id(), Part::Length)) return stop();
  bool is_over = !heap.at(begun).slots.empty();
  if (!is_over && text(after) == "main" && number_ != 0) {
    const ObjectId main = thread_object(0);
    if (visible(main, state_key, false)) return stop();
    is_over = status_of(main) == ThreadStatus::Ended && !is_left_behind(main);
  }
  if (!is_over) return std::nullopt;
  return raise(TypeId::RuntimeError, fmt::format("can't {} at interpreter shutdown", what));
}

// SystemExit has left main.
void Vm::note_exit(Value exception) {
  if (number_ != 0 || !is_child()) return;
  const Value args = heap.get_attribute(exception.object_id(), names.args);
  if (!heap.is_kind(args, ObjectKind::Tuple) || heap.at(args).slots.empty() || heap.at(args).slots[0].is_none()) return;
  const Value code = heap.at(args).slots[0];
  const std::int64_t status = code.is_int() ? code.as_int() & 0xff : 1;
  if (!is_told_to_parents(status)) (void)unsupported(untold);
  set_private(thread_, slot::thread::end, string(fmt::format("exit status {}", status)));
}

namespace {

Result fork_process(Context& context, const Arguments&) { return machine(context).fork_process(); }

Result exit_process(Context& context, const Arguments& arguments) {
  return machine(context).exit_process(arguments[0].is_int() ? static_cast<std::uint32_t>(arguments[0].as_int() & 0xff) : 255);
}

// pthread_exit: nothing that the thread has begun is ended.
Result exit_thread(Context& context, const Arguments&) {
  Vm& vm = machine(context);
  const ObjectId thread = vm.current_thread();
  if (vm.visible(thread, state_key, true)) return stop();
  vm.was_access(thread, AccessKind::End);
  if (vm.sharing().has_daemons()) vm.note_end_order();
  vm.heap.set(thread, slot::thread::status, Value::small_int(static_cast<int>(ThreadStatus::Ended)));
  vm.heap.set(thread, slot::thread::handled, Value::boolean(false));
  return {builtins::ResultKind::Wait, {}};
}

Result before_fork(Context& context, const Arguments&) {
  if (const auto refused = machine(context).refuse_fork_here()) return *refused;
  if (const auto refused = machine(context).refuse_at_the_end("fork")) return *refused;
  return done_none();
}

Result stop_other_threads(Context& context, const Arguments&) { return machine(context).stop_other_threads(); }
Result set_import_lock(Context& context, const Arguments& arguments) { return machine(context).set_import_lock(arguments[0].as_int()); }
Result import_lock_count(Context& context, const Arguments&) { return done(Value::small_int(machine(context).import_lock_count())); }

Result is_of_scenario(Context& context, const Arguments& arguments) {
  const Value name = builtins::unwrap(context, arguments[0]);
  const auto& files = machine(context).files;
  return done(Value::boolean(name.is_string() && std::ranges::find(files, context.text(name), &ScenarioFile::module) != files.end()));
}

constexpr BuiltinEntry entries[] = {
    {"fork_process", fork_process},       {"exit_process", exit_process},           {"stop_other_threads", stop_other_threads},
    {"set_import_lock", set_import_lock}, {"import_lock_count", import_lock_count},
    {"is_of_scenario", is_of_scenario},   {"before_fork", before_fork},           {"exit_thread", exit_thread},
};

}  // namespace

std::span<const BuiltinEntry> process_functions() { return entries; }

}  // namespace lockweave::vm
