#include "model/vm/vm.h"

#include <algorithm>
#include <fmt/format.h>

#include "model/base/check.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done_none;
using builtins::stop;

Names::Names(state::Constants& constants) {
#define NAME(identifier, text) identifier = constants.string(text);
#include "model/vm/names.def"
#undef NAME
}

Vm::Vm(Heap& heap_, state::Constants& constants_, Program& program, state::Sharing& sharing, const builtins::BuiltinTable& table,
       std::pair<int, int> version)
    : Context(heap_, constants_), names(constants_), program_(&program), sharing_(&sharing), explored_(&sharing), recorded_(sharing.sites()), table_(&table), version_(version) {
  // Whoever holds a watched object keeps it alive: dropping the holder may drop it.
  heap.on_shared_store = [this](const Object& holder, Value v) {
    if (v.is_object() && holder.kind != ObjectKind::Thread && sharing_->is_watched(heap.at(v).site)) sharing_->watch(holder.site);
  };
}

void Vm::take_image(const Vm& other) {
  fixtures = other.fixtures;
  files = other.files;
  compiles_files = other.compiles_files;
  interpreters = other.interpreters;
  modules_of_interpreters = other.modules_of_interpreters;
  limits = other.limits;
  ordered_output = other.ordered_output;
  serial_records = other.serial_records;
  stop_everywhere = other.stop_everywhere;
  movers = other.movers;
  has_extensions = other.has_extensions;
  leaves_gil_in_c = other.leaves_gil_in_c;
  python_at_once = other.python_at_once;
  has_interrupts = other.has_interrupts;
  base_locks_ = other.base_locks_;
  prefix_events_ = other.prefix_events_;
  prefix_error_ = other.prefix_error_;
}

void Vm::set_recording(bool on) {
  recording_ = on;
  recorded_ = state::Sharing(explored_->sites(), true);
  sharing_ = on ? &recorded_ : explored_;
}

// Runs functions that touch nothing but what they make: no thread, no switch.
std::optional<std::string> Vm::run_to_end(Value function, Value name_space) {
  return load_call({.function = function, .positional = {}, .keywords = {}, .mode = FrameMode::Thread, .extra = {}, .name_space = name_space});
}

std::optional<std::string> Vm::call_to_end(Value function, std::span<const Value> arguments) {
  return load_call({.function = function, .positional = {arguments.begin(), arguments.end()}, .keywords = {}, .mode = FrameMode::Thread, .extra = {}, .name_space = {}});
}

std::optional<std::string> Vm::load_call(PendingCall call) {
  loading_ = true;
  load_error_.clear();
  report_ = StepReport{};
  thread_ = threads().front();
  number_ = 0;
  frame_ = nullptr;
  concurrent_ = false;
  heap.touch(thread_);
  LOCKWEAVE_CHECK(push_frame(call), "a library function is called with the wrong arguments");
  executed_ = 0;
  while (frame_ != nullptr || thread().slots[slot::thread::pending].is_object()) {
    if (frame_ == nullptr) {
      (void)settle();
      continue;
    }
    if (!run_instructions() && report_.status == StepStatus::Unsupported) break;
    if (frame_ != nullptr && status_of(thread_) != ThreadStatus::Ready) {
      report_.error = "error: a library text waits while it is loaded";
      break;
    }
  }
  if (heap.has_drops()) sweep();
  frame_ = nullptr;
  set_frame(state::no_object);
  set_private(thread_, slot::thread::end, Value());
  loading_ = false;
  if (!report_.error.empty()) return report_.error;
  if (!load_error_.empty()) return load_error_;
  return std::nullopt;
}

void Vm::start_main(Value function, Value name_space) {
  thread_ = threads().front();
  number_ = 0;
  const ObjectId frame = make_frame({.function = function, .positional = {}, .keywords = {}, .mode = FrameMode::Thread, .extra = {}, .name_space = name_space});
  set_private(frame, slot::frame::mode, Value::small_int(static_cast<std::int64_t>(FrameMode::Thread) | std::int64_t{1} << 36));
  set_frame(frame);
  if (heap.has_drops()) sweep();
}

Value builtin_module(Vm& vm, std::string_view name) {
  const auto found = vm.builtin_modules().find(name);
  return found == vm.builtin_modules().end() ? Value() : found->second;
}

void Vm::run_prefix() {
  const Standing in(*this, 0);  // in the end
  prefix_ = true;
  report_ = StepReport{};
  thread_ = threads().front();
  number_ = 0;
  concurrent_ = false;
  armed_ = holding_ = check_pending_ = false;
  executed_ = 0;
  enter_context(thread().slots[slot::thread::frame].object_id());
  while (frame_ != nullptr) {
    if (!run_instructions()) break;
  }
  if (frame_ != nullptr) save_pc();
  prefix_ = false;
  holding_ = false;
  prefix_events_ = report_.events;
  prefix_error_ = report_.status == StepStatus::Unsupported ? report_.error : "";
  heap.set(fixtures.root, slot::root::is_fresh, Value::boolean(true));
  frame_ = nullptr;
}

// --- functions given to lockweave.always and its kin: run after each step, alone, and seen by nobody

Result Vm::register_observer(std::uint32_t which, Value function) {
  Value list = heap.at(fixtures.root).slots[slot::root::observers];
  if (!list.is_object()) {
    list = new_object(ObjectKind::List, TypeId::List);
    heap.set(fixtures.root, slot::root::observers, list);
  }
  heap.share(function);
  heap.append(list.object_id(), Value::small_int(which));
  heap.append(list.object_id(), function);
  if (which == 0) return done_none();
  const std::vector<Value>& observers = heap.at(list).slots;
  emit(which == 1 ? EventKind::EventuallyStated : EventKind::SometimesStated, observer_name(observers, observers.size() - 2));
  return done_none();
}

// Its name and place; if it was stated more than once (a lambda in a loop), also which time this is: no two of one execution are called alike.
std::string Vm::observer_name(const std::vector<Value>& observers, std::size_t index) {
  const auto place_of = [&](std::size_t i) {
    const Value function = observers[i + 1];
    std::string name = describe(function);
    if (!heap.is_kind(function, ObjectKind::Function)) return name;
    const bytecode::Code& code = *program_->code(heap.at(function).slots[slot::function::code].number()).code;
    return fmt::format("{} ({}:{})", name, code.file->name(), code.first_line);
  };
  const std::string name = place_of(index);
  std::size_t time = 1;
  for (std::size_t i = 0; i < index; i += 2) {
    if (observers[i] == observers[index] && place_of(i) == name) ++time;
  }
  return time == 1 ? name : fmt::format("{}, stated as number {}", name, time);
}

std::optional<bool> Vm::observe(Value function) {
  const Value saved_frame = thread().slots[slot::thread::frame];
  heap.retain(saved_frame);
  const bool was_concurrent = concurrent_;
  observing_ = true;
  frame_ = nullptr;
  observed_ = Value();
  const Result call = call_library("_observed", std::span(&function, 1));
  std::optional<bool> answer;
  if (call.kind == ResultKind::Done) {
    observed_ = call.value;
  } else if (call.kind == ResultKind::Call) {
    pending_.mode = FrameMode::Observer;
    const std::uint64_t limit = limits.instructions_per_step;
    executed_ = 0;
    if (push_frame(pending_)) {
      while (frame_ != nullptr && executed_ < limit) {
        if (!run_instructions()) break;
      }
    }
  }
  if (!observed_.is_unset()) answer = observed_.is(Tag::True);
  else if (report_.error.empty()) {
    (void)unsupported(fmt::format("the function '{}' given to always, eventually or sometimes must not write, block, print or raise", describe(function)));
  }
  observing_ = false;
  concurrent_ = was_concurrent;
  frame_ = nullptr;
  set_private(thread_, slot::thread::frame, saved_frame);
  heap.release(saved_frame);
  if (heap.has_drops()) sweep();
  return answer;
}

// The modules of files that the program has written itself, under names that no file of the scenario has. `possible`: all that could be one.
std::vector<std::string> Vm::modules_of_new_files(bool possible) {
  std::vector<std::string> found;
  if (!compiles_files) return found;
  const std::vector<Value> lives = heap.at(fixtures.lives).slots;
  for (std::size_t i = 0; i < lives.size(); i += 2) {
    const std::string& name = text(lives[i]);
    if (std::ranges::find(files, name, &ScenarioFile::module) != files.end()) continue;
    const Value module = heap.get_item(fixtures.modules, lives[i]);
    const auto is_of_file = [&] {
      if (!heap.is_kind(module, ObjectKind::Module)) return false;
      const Value file = heap.get_item(heap.at(module).slots[slot::module::dictionary].object_id(), string("__file__"));
      return file.is_string() && text(file).starts_with(fmt::format("{}/", scenario_folder));
    };
    if (possible || is_of_file()) found.push_back(name);
  }
  std::ranges::sort(found);
  return found;
}

// Daemons are cut off where they stand when the program ends, and the outcome says how far they came: the end reads what they print,
// how many threads they have started, and what becomes of the modules. Also if they are through already: it might have come earlier.
void Vm::look_at_the_end() {
  if (!is_final()) return;
  std::vector<ObjectId> daemons;
  for (ObjectId id : threads()) {
    const bool is_cut_off = is_dead() && status_of(id) != ThreadStatus::Ended;
    if (is_cut_off || heap.at(id).slots[slot::thread::daemon].is(Tag::True)) daemons.push_back(id);
  }
  if (daemons.empty()) return;
  observing_ = true;
  const auto look = [&](ObjectId id, Value key) {
    (void)shared_access(id, key.bits(), false);
    record_access(id, key.bits(), AccessKind::Read);
  };
  for (ObjectId id : daemons) {
    for (const Part part : {Part::Whole, Part::Length}) look(id, Value(Tag::Unset, static_cast<std::uint64_t>(part)));
  }
  observing_ = false;
  look_at_modules();
}

// What becomes of the scenario's modules is part of the outcome.
void Vm::look_at_modules() {
  observing_ = true;
  const auto look = [&](ObjectId id, Value key) {
    (void)shared_access(id, key.bits(), false);
    record_access(id, key.bits(), AccessKind::Read);
  };
  for (std::uint32_t number = 0; number < interpreters.size(); ++number) {
    const Standing in(*this, number);
    std::vector<std::string> modules = modules_of_new_files(true);
    for (const ScenarioFile& file : files) modules.push_back(file.module);
    for (const std::string& module : modules) {
      const Value name = string(module);
      look(fixtures.modules, name);
      if (const Value life = heap.get_item(fixtures.lives, name); life.is_object()) look(life.object_id(), name);
    }
  }
  observing_ = false;
}

bool Vm::run_observers() {
  const Value list = heap.at(fixtures.root).slots[slot::root::observers];
  if (!list.is_object()) return true;
  const Standing in(*this, 0);  // who states something is main's
  const std::vector<Value> observers = heap.at(list).slots;
  // They see every state, so no two steps that change something can be exchanged.
  const auto changes = [](const Access& access) { return access.kind != AccessKind::Read && access.kind != AccessKind::FailedTry && access.kind != AccessKind::OwnTry; };
  if (std::ranges::any_of(report_.footprint, changes)) report_.footprint.push_back({{kObservedState, 0}, AccessKind::Write});
  for (std::size_t i = 0; i < observers.size(); i += 2) {
    const auto answer = observe(observers[i + 1]);
    if (!answer) return false;
    const bool is_invariant = observers[i].as_int() == 0;
    if (*answer == is_invariant) continue;
    const std::string name = observer_name(observers, i);
    if (is_invariant) emit(EventKind::InvariantBroken, name);
    else emit(observers[i].as_int() == 1 ? EventKind::EventuallyReached : EventKind::SometimesReached, name);
  }
  return true;
}

}  // namespace lockweave::vm
