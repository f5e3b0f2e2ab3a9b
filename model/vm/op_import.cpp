// The import statement, and what properties are told about imports: which body began, ended, failed, in which thread, and
// what an import handed out. The C side itself is Python text (specs/import_c); this file only calls it.
#include <fmt/format.h>

#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::type_value;
using namespace state::slot::module_life;

namespace {

// In the frame of an outermost import in which nothing visible has happened yet.
const Value untouched_import = Value::small_int(1);

bool is_import(Role role) { return role == Role::ImportName || role == Role::FindAndLoad || role == Role::ImportModule; }

}  // namespace

Flow Vm::import_name(Value name) {
  if (code_->origin == Origin::Library || code_->origin == Origin::ImportC) {  // the machine's own texts take the machine's own modules
    const std::string& full = text(name);
    const bool top_only = peek(0).is_none();
    const auto found = builtin_modules().find(top_only ? full.substr(0, full.find('.')) : full);
    if (found != builtin_modules().end() && builtin_modules().count(full) > 0) return done_with(2, found->second);
  }
  if (read(fixtures.builtins, names.import_)) return Flow::Stop;
  const Value importer = heap.get_item(fixtures.builtins, names.import_);
  if (importer.is_unset()) {
    (void)raise(TypeId::ImportError, "__import__ not found");
    return Flow::Raise;
  }
  const Value globals = frame_->slots[slot::frame::globals];
  const Value name_space = frame_->slots[slot::frame::name_space];
  const Value arguments[] = {name, globals, name_space.is_object() ? name_space : Value::none(), peek(0), peek(1)};
  const Value function = importer == fixtures.original_import ? heap.get_item(fixtures.import_c, string("import_name")) : importer;
  return replace(2, invoke(function, arguments, {}));
}

Flow Vm::import_from(Value name) {
  const Value module = peek();
  if (heap.is_kind(module, ObjectKind::Module) && heap.at(module).cls.is(Tag::Type)) {
    const ObjectId dict = heap.at(module).slots[slot::module::dictionary].object_id();
    if (read(dict, name)) return Flow::Stop;
    const Value v = heap.get_item(dict, name);
    if (!v.is_unset()) {
      push(v);
      return Flow::Next;
    }
  }
  const Value arguments[] = {module, name};
  return replace(0, invoke(heap.get_item(fixtures.import_c, string("import_from")), arguments, {}));
}

Flow Vm::import_star() {
  const Value arguments[] = {peek(), Value::object(body_namespace())};
  return replace(1, invoke(heap.get_item(fixtures.import_c, string("import_star")), arguments, {}), FrameMode::Drop);
}

// --- records

ObjectId Vm::module_life(std::string_view name) {
  const ObjectId lives = fixtures.lives;
  const Value key = string(name);
  const Value found = heap.get_item(lives, key);
  if (found.is_object()) return found.object_id();
  const ObjectId id = heap.allocate(ObjectKind::ModuleLife, type_value(TypeId::Object), sharing_->site(~0u, 3), slot::life::count);
  heap.share(Value::object(id));
  heap.set(id, slot::life::name, key);
  for (const unsigned number : {unsigned{slot::life::running}, unsigned{slot::life::era}, unsigned{slot::life::ordinal}, unsigned{slot::life::starts}}) heap.set(id, number, Value::small_int(0));
  heap.set_item(lives, key, Value::object(id));
  return id;
}

bool Vm::in_scenario_code() {
  for (ObjectId id = frame_id_; frame_ != nullptr;) {
    const Object& frame = heap.at(id);
    const LoadedCode& code = code_of(frame);
    if (!code.code->flags.native) return code.origin == Origin::Scenario;
    const Value back = frame.slots[slot::frame::back];
    if (!back.is_object()) return false;
    id = back.object_id();
  }
  return false;
}

// --- what properties look at

void Vm::touch_life(Value name, AccessKind kind) {
  if (concurrent_ && !observing_) report_.footprint.push_back({{fixtures.life_marks, name.bits()}, kind});
}

void Vm::touch_module(Value module, AccessKind kind) {
  if (!heap.is_kind(module, ObjectKind::Module)) return;
  const Value name = heap.get_item(heap.at(module).slots[slot::module::dictionary].object_id(), names.name);
  if (name.is_string()) touch_life(name, kind);
}

void Vm::touch_binding(Value name, AccessKind kind) {
  if (!concurrent_ || observing_) return;
  report_.footprint.push_back({{fixtures.lives, name.bits()}, kind});
}

void Vm::touch_wait(ObjectId thread, AccessKind kind) {
  if (!concurrent_ || observing_) return;
  report_.footprint.push_back({{kThreadWaits | static_cast<std::uint64_t>(heap.at(thread).slots[slot::thread::number].as_int()), 0}, kind});
}

// A location of the program that a property looks at: it is learnt that others meet there, but that is no reason to stop.
void Vm::look_at(ObjectId id, Value key) {
  if (!concurrent_ || observing_ || !heap.at(id).escaped) return;
  const bool is_always_visible = key.is(Tag::Unset);
  if (!is_always_visible && !sharing_->access(place_of(id), key.bits(), observer_bit(), false, [&](bool gives_protector) { return held_locks(id, gives_protector); })) return;
  record_access(id, key.bits(), AccessKind::Read);
}

// The running thread begins or ends a wait. Inside the acquire of a module's lock that makes no difference (thread_awaited_by).
void Vm::touch_own_wait() {
  if (!concurrent_ || observing_) return;
  for (Value link = frame_ != nullptr ? Value::object(frame_id_) : thread().slots[slot::thread::frame]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    if (code_of(heap.at(link)).role == Role::AcquireModuleLock) return;
  }
  touch_wait(thread_, AccessKind::Write);
}

// The name that the thread is importing: the innermost import machinery frame's first argument. skip_own: not if it is the thread's own to initialise.
Value Vm::import_name_in_progress(ObjectId thread, bool skip_own) {
  const Value top = heap.at(thread).slots[slot::thread::frame];
  for (Value link = thread == thread_ && frame_ != nullptr ? Value::object(frame_id_) : top; link.is_object();) {
    const Object& frame = heap.at(link);
    const Role role = code_of(frame).role;
    if (role == Role::RunInInterpreter) return {};
    if (role == Role::FindAndLoad || role == Role::LockUnlockModule) {
      const Value name = frame.slots[slot::frame::first_local];
      if (!skip_own) return name;
      const Value module = name.is_string() ? heap.get_item(fixtures.modules, name) : Value();
      if (!heap.is_kind(module, ObjectKind::Module) || heap.at(module).slots[slot::module::thread] != heap.at(thread).slots[slot::thread::number]) return name;
      return {};
    }
    link = frame.slots[slot::frame::back];
  }
  return {};
}

// Whom a thread waits for: it has entered acquire or join for something of theirs and not returned.
std::optional<ThreadNumber> Vm::thread_awaited_by(ObjectId thread) {
  if (thread != thread_) touch_wait(thread, AccessKind::Read);
  looked_at_waits_ = looked_at_waits_ || thread != thread_;
  for (Value link = thread == thread_ && frame_ != nullptr ? Value::object(frame_id_) : heap.at(thread).slots[slot::thread::frame]; link.is_object();) {
    const Object& frame = heap.at(link);
    if (code_of(frame).role == Role::AcquireModuleLock) {
      const Value lock = frame.slots[slot::frame::first_local];
      const Value owner = lock.is_object() ? heap.get_attribute(lock.object_id(), string("owner")) : Value();
      if (lock.is_object()) look_at(lock.object_id(), string("owner"));
      if (lock.is_object()) note_lock_looked_at(lock.object_id());
      if (owner.is(Tag::Opaque)) return static_cast<ThreadNumber>(owner.number() - 1);
      return std::nullopt;
    }
    link = frame.slots[slot::frame::back];
  }
  const ThreadStatus status = status_of(thread);
  const Value object = heap.at(thread).slots[slot::thread::waits_for];
  if (status == ThreadStatus::Join && movers) sharing_->note_join_seen();
  // A wait inside Thread.start is in no cycle: it is for a thread that has not begun, and so waits for nobody itself, or is over.
  if (status == ThreadStatus::Join) return static_cast<ThreadNumber>(heap.at(object).slots[slot::thread::number].as_int());
  if (status == ThreadStatus::Lock && object.object_id() != fixtures.root) {
    const Value owner = heap.at(object).slots[slot::lock::owner];
    note_lock_looked_at(object.object_id());
    look_at(object.object_id(), Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)));
    if (!owner.is_unset()) return static_cast<ThreadNumber>(owner.as_int());
  }
  return std::nullopt;
}

void Vm::note_lock_looked_at(ObjectId lock) {
  objects_looked_at_.push_back(lock);
  if (const Value attributes = heap.at(lock).attributes; attributes.is_object()) objects_looked_at_.push_back(attributes.object_id());
}

// Would waiting for this thread close a cycle of waits that ends at the running one?
bool Vm::waits_in_cycle(ThreadNumber for_thread) {
  ThreadNumber t = for_thread;
  for (std::size_t steps = 0; steps < 64; ++steps) {
    if (t == number_) return true;
    bool exists = false;
    for (ObjectId id : threads_by_number()) exists = exists || heap.at(id).slots[slot::thread::number].as_int() == t;
    if (!exists) return false;
    const auto next = thread_awaited_by(thread_with(t));
    if (!next) return false;
    t = *next;
  }
  return false;
}

// --- initialisation

// A namespace package to 3.6: its spec has no loader, and importlib's _load_unlocked runs nothing for it. From 3.7 on it has a loader, whose exec_module is empty.
static bool has_no_body(state::Heap& heap, state::Constants& constants, ObjectId dictionary) {
  const Value spec = heap.get_item(dictionary, constants.string("__spec__"));
  if (!heap.is_kind(spec, ObjectKind::Instance)) return false;
  const Value folders = heap.get_attribute(spec.object_id(), constants.string("submodule_search_locations"));
  return heap.get_attribute(spec.object_id(), constants.string("loader")).is_none() && folders.is_object();
}

void Vm::begin_initialisation(Value module, bool by_exec) {
  Object& object = heap.at(module);
  const ObjectId dict = object.slots[slot::module::dictionary].object_id();
  const Value name = heap.get_item(dict, names.name);
  if (!name.is_string()) return;
  const auto life_of = [&](Value m) { return static_cast<int>(heap.at(m).slots[slot::module::life].as_int()); };
  const ObjectId life = module_life(text(name));
  const auto begin = [&] {
    set_private(module.object_id(), slot::module::life, Value::small_int(initialising));
    set_private(module.object_id(), slot::module::thread, Value::small_int(number_));
    set_private(module.object_id(), slot::module::era, heap.at(life).slots[slot::life::era]);
    heap.set(life, slot::life::era_is_new, Value());
    touch_life(name, AccessKind::Write);
  };
  touch_life(name, by_exec ? AccessKind::Write : AccessKind::Read);
  if (!by_exec) {
    if (life_of(module) != untouched) return;
    begin();
    if (has_no_body(heap, constants, dict)) complete_initialisation(module, life);
    return;
  }
  if (life_of(module) == deferred) set_private(module.object_id(), slot::module::life, Value::small_int(loading));
  else if (life_of(module) != complete && life_of(module) != initialising && life_of(module) != loading) begin();
  bool reload = false;
  for (Value link = Value::object(frame_id_); link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    if (is_border(link.object_id())) break;
    reload = reload || code_of(heap.at(link)).role == Role::Reload;
  }
  const Object& record = heap.at(life);
  std::uint32_t flags = 0;
  if (record.slots[slot::life::running].as_int() > 0) flags |= EarlierRuns;
  const Value era = heap.at(module).slots[slot::module::era];
  const Value succeeded = record.slots[slot::life::succeeded];
  if (!succeeded.is_unset()) flags |= EarlierSucceeded;
  if (reload || (succeeded.is_int() && era.is_int() && era.as_int() > succeeded.as_int())) flags |= Excused;
  emit(EventKind::InitialisationStarted, in_interpreter(text(name)), {}, flags);
  heap.set(life, slot::life::running, Value::small_int(heap.at(life).slots[slot::life::running].as_int() + 1));
  heap.set(life, slot::life::starts, Value::small_int(record.slots[slot::life::starts].as_int() + 1));
  heap.set(life, slot::life::end, Value::none());
  if (life_of(module) == complete) set_private(module.object_id(), slot::module::reloader, Value::small_int(number_));
  else set_private(module.object_id(), slot::module::thread, Value::small_int(number_));
  const std::string& full = text(name);
  const std::size_t dot = full.rfind('.');
  if (dot == std::string::npos) return;
  const Value parent_name = string(full.substr(0, dot));
  const Value parent = heap.get_item(fixtures.modules, parent_name);
  touch_binding(parent_name, AccessKind::Read);
  touch_module(parent, AccessKind::Read);
  if (heap.is_kind(parent, ObjectKind::Module) && life_of(parent) == initialising && heap.at(parent).slots[slot::module::thread] != Value::small_int(number_))
    emit(EventKind::ChildBeforeParent, in_interpreter(full));
}

void Vm::end_initialisation(Value module, bool has_failed) {
  Object& object = heap.at(module);
  const Value name = heap.get_item(object.slots[slot::module::dictionary].object_id(), names.name);
  if (!name.is_string()) return;
  const ObjectId life = module_life(text(name));
  const Object& record = heap.at(life);
  touch_life(name, AccessKind::Write);
  emit(EventKind::InitialisationEnded, in_interpreter(text(name)), {}, has_failed ? Failed : 0u);
  heap.set(life, slot::life::running, Value::small_int(std::max<std::int64_t>(0, record.slots[slot::life::running].as_int() - 1)));
  // exec_module of a loader that has passed on to a LazyLoader's
  if (!has_failed && object.slots[slot::module::life].as_int() == deferred) return;
  heap.set(life, slot::life::end, string(has_failed ? "failed" : "complete"));
  if (!has_failed) return complete_initialisation(module, life);
  if (object.slots[slot::module::reloader].is_int()) set_private(module.object_id(), slot::module::reloader, Value());
  else set_private(module.object_id(), slot::module::life, Value::small_int(failed));
}

void Vm::complete_initialisation(Value module, ObjectId life) {
  const Object& object = heap.at(module);
  const Object& record = heap.at(life);
  const Value era = object.slots[slot::module::era];
  heap.set(life, slot::life::succeeded, era.is_int() ? era : record.slots[slot::life::era]);
  if (object.slots[slot::module::reloader].is_int()) {
    set_private(module.object_id(), slot::module::reloader, Value());
    return;
  }
  // A body that two threads run in one lazy module makes no second module.
  if (!object.slots[slot::module::ordinal].is_int()) {
    const std::int64_t ordinal = record.slots[slot::life::ordinal].as_int() + 1;
    heap.set(life, slot::life::ordinal, Value::small_int(ordinal));
    set_private(module.object_id(), slot::module::ordinal, Value::small_int(ordinal));
  }
  set_private(module.object_id(), slot::module::life, Value::small_int(complete));
}

// LazyLoader.exec_module: the module is ready to be handed out, and its first initialisation has not begun.
void Vm::defer_initialisation(Value module) {
  const auto life = heap.at(module).slots[slot::module::life].as_int();
  const Value name = heap.get_item(heap.at(module).slots[slot::module::dictionary].object_id(), names.name);
  if (!name.is_string() || life == complete) return;
  begin_initialisation(module, false);
  touch_life(name, AccessKind::Write);
  set_private(module.object_id(), slot::module::life, Value::small_int(deferred));
}

// sys.modules[name] was set or deleted.
void Vm::note_modules_change(Value name, Value before, Value after) {
  if (!name.is_string()) return;
  touch_binding(name, AccessKind::Write);
  const bool by_scenario = in_scenario_code();
  if (by_scenario && !loading_ && !before.is_unset() && before != after) {
    const ObjectId life = module_life(text(name));
    touch_life(name, AccessKind::Write);
    if (!heap.at(life).slots[slot::life::era_is_new].is(Tag::True)) {  // else nothing has begun since the last change
      heap.set(life, slot::life::era, Value::small_int(heap.at(life).slots[slot::life::era].as_int() + 1));
      heap.set(life, slot::life::era_is_new, Value::boolean(true));
    }
  }
  if (!heap.is_kind(after, ObjectKind::Module)) return;
  // A loader of the scenario may insert the module that is to be initialised. A body that puts another module in its own place does not.
  const auto is_put_by_body = [&] {
    for (Value link = Value::object(frame_id_); link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
      const Object& frame = heap.at(link);
      if (is_border(link.object_id())) return false;
      if (code_of(frame).role != Role::ExecModule) continue;
      const Value running = frame.slots[slot::frame::first_local + 1];
      return running != after && heap.is_kind(running, ObjectKind::Module) && heap.get_item(heap.at(running).slots[slot::module::dictionary].object_id(), names.name) == name;
    }
    return false;
  };
  if (!by_scenario || (import_name_in_progress(thread_, false) == name && !is_put_by_body())) begin_initialisation(after, false);
}

// --- frames with a role

// A thread that comes to wait for a module's lock may close a cycle of waits. Whoever is in it has a reason to take what is
// half-made, also when the others have moved on by the time its import returns.
void Vm::note_wait_cycle() {
  const auto own = thread_awaited_by(thread_);
  if (!own || !waits_in_cycle(*own)) return;
  for (ThreadNumber t = number_;;) {
    const ObjectId id = thread_with(t);
    for (Value link = id == thread_ ? Value::object(frame_id_) : heap.at(id).slots[slot::thread::frame]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
      const Role role = code_of(heap.at(link)).role;
      if (role != Role::FindAndLoad && role != Role::LockUnlockModule) continue;
      set_private(link.object_id(), slot::frame::extra, Value::boolean(true));
      touch_wait(id, AccessKind::Write);
      break;
    }
    const auto next = thread_awaited_by(id);
    if (!next || *next == number_) return;
    t = *next;
  }
}

void Vm::on_enter(const LoadedCode& code, ObjectId frame) {
  if (code.role == Role::AcquireModuleLock && concurrent_) {
    touch_wait(thread_, AccessKind::Write);
    note_wait_cycle();
  }
  if (serial_records && is_import(code.role)) import_began(frame);
  if ((code.role != Role::ExecModule && code.role != Role::DeferModule) || heap.at(frame).slots.size() < slot::frame::first_local + 2) return;
  const Value module = heap.at(frame).slots[slot::frame::first_local + 1];
  if (!heap.is_kind(module, ObjectKind::Module)) return;
  if (code.role == Role::DeferModule) return defer_initialisation(module);
  // exec_module of a loader that passes on to another loader's: one initialisation.
  for (Value link = heap.at(frame).slots[slot::frame::back]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    const Object& outer = heap.at(link);
    if (code_of(outer).role == Role::ExecModule && outer.slots[slot::frame::first_local + 1] == module) return;
  }
  begin_initialisation(module, true);
  // The end of a body that fails cannot stop a step, and where nobody inserts the module first there is no other visible operation
  // between the beginning and the end. So others get their chance where the body begins.
  const Value name = heap.get_item(heap.at(module).slots[slot::module::dictionary].object_id(), names.name);
  if (!concurrent_ || !name.is_string()) return;
  const ObjectId life = module_life(text(name));
  const auto before = visible_;
  if (write(life, name)) {  // too late to stop before it
    record_access(life, name.bits(), AccessKind::Write);
    became_visible();
  }
  body_begins_ = visible_ != before;
  if (life >= heap.base_limit()) looked_at_others_ = true;  // perhaps made in this step: its number says nothing in another state
}

// Reports what the properties look at when the running frame is left. False: the step ends here.
bool Vm::before_leave(bool has_failed) {
  const Role role = code_->role;
  if (role == Role::None || !concurrent_) return true;
  const auto sees_life = [&](Value module, bool changes) {
    if (!heap.is_kind(module, ObjectKind::Module)) return false;
    const Value name = heap.get_item(heap.at(module).slots[slot::module::dictionary].object_id(), names.name);
    if (!name.is_string()) return false;
    const ObjectId life = module_life(text(name));
    if (!(changes ? write(life, name) : read(life, name))) return false;
    if (!has_failed) return true;
    record_access(life, name.bits(), changes ? AccessKind::Write : AccessKind::Read);  // too late to stop before it: the next one stops
    return false;
  };
  if (role == Role::ExecModule) return !sees_life(frame_->slots[slot::frame::first_local + 1], true);
  if (has_failed || (role != Role::ImportName && role != Role::ImportModule)) return true;
  const Value name = frame_->slots[slot::frame::first_local];
  const auto before = visible_;
  if (name.is_string()) touch_binding(name, AccessKind::Read);
  if (name.is_string() && sees_life(heap.get_item(fixtures.modules, name), false)) return false;
  if (sees_life(peek(), false)) return false;
  if (visible_ != before || !is_half_made_by_other(peek())) return true;
  // Whom the other waits for is looked at: it can come to wait after what this thread did last, even if the module's life is nobody else's at the time.
  if (ends_here()) return false;
  became_visible();
  return true;
}

bool Vm::is_half_made_by_other(Value module) {
  if (!heap.is_kind(module, ObjectKind::Module)) return false;
  const Object& object = heap.at(module);
  return static_cast<int>(object.slots[slot::module::life].as_int()) == initialising && object.slots[slot::module::thread] != Value::small_int(number_);
}

void Vm::after_leave(const LoadedCode& code, const Object& frame, bool has_failed, Value result, bool justified) {
  if (code.role == Role::None) return;
  if (code.role == Role::AcquireModuleLock) touch_wait(thread_, AccessKind::Write);
  if (code.role == Role::FindAndLoad || code.role == Role::LockUnlockModule) touch_wait(thread_, AccessKind::Read);  // `justified`, which others may have said
  if (justified && (code.role == Role::FindAndLoad || code.role == Role::LockUnlockModule) && frame_ != nullptr) {
    for (Value link = Value::object(frame_id_); link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
      const Role role = code_of(heap.at(link)).role;
      if (role != Role::ImportName && role != Role::ImportModule) continue;
      set_private(link.object_id(), slot::frame::extra, Value::boolean(true));
      break;
    }
  }
  if (code.role == Role::ExecModule) {
    const Value module = frame.slots[slot::frame::first_local + 1];
    if (!heap.is_kind(module, ObjectKind::Module)) return;
    for (Value link = frame_ != nullptr ? Value::object(frame_id_) : Value(); link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
      const Object& outer = heap.at(link);
      if (code_of(outer).role == Role::ExecModule && outer.slots[slot::frame::first_local + 1] == module) return;
    }
    end_initialisation(module, has_failed);
    return;
  }
  if (code.role != Role::ImportName && code.role != Role::ImportModule) return;
  const Value name = frame.slots[slot::frame::first_local];
  if (serial_records && !inside_import(number_)) record_import(name, has_failed, result);
  if (has_failed || !name.is_string()) return;
  const bool from_library = frame_ != nullptr && code_->origin != Origin::Scenario && code_->origin != Origin::ImportC && !code_->code->flags.native;
  if (from_library && code_->origin == Origin::Importlib) return;
  import_returned(result, name, justified);
  // `import a.b` returns a, and has imported a.b.
  const Value fromlist = code.role == Role::ImportName ? frame.slots[slot::frame::first_local + 3] : Value();
  const bool gives_front = fromlist.is_none() && frame.slots[slot::frame::first_local + 4] == Value::small_int(0) && text(name).find('.') != std::string::npos;
  if (gives_front) touch_binding(name, AccessKind::Read);
  if (gives_front) import_returned(heap.get_item(fixtures.modules, name), name, justified);
  if (frame_ == nullptr || pc_ == 0 || code_->code->instructions[pc_ - 1].opcode != bytecode::Opcode::ImportName) return;
  const bytecode::Opcode next = code_->code->instructions[pc_].opcode;
  if (next == bytecode::Opcode::ImportFrom || next == bytecode::Opcode::ImportStar) return;
  check_bound(text(name));
}

void Vm::import_returned(Value module, Value name, bool justified) {
  if (!heap.is_kind(module, ObjectKind::Module)) return;
  const Object& object = heap.at(module);
  const auto life = static_cast<int>(object.slots[slot::module::life].as_int());
  const Value mine = Value::small_int(number_);
  std::uint32_t flags = 0;
  const Value own_name = heap.get_item(object.slots[slot::module::dictionary].object_id(), names.name);
  touch_module(module, AccessKind::Read);
  if (is_half_made_by_other(module)) {
    flags |= Partial;
    if (justified || waits_in_cycle(static_cast<ThreadNumber>(object.slots[slot::module::thread].as_int()))) flags |= InWaitCycle;
  }
  if (life == failed && own_name.is_string()) touch_binding(own_name, AccessKind::Read);
  if (life == failed && own_name.is_string() && heap.get_item(fixtures.modules, own_name) != module) flags |= Stale;
  if (object.slots[slot::module::reloader].is_int() && object.slots[slot::module::reloader] != mine) flags |= Reloading;
  if (life == complete && own_name.is_string()) {
    const ObjectId record = module_life(text(own_name));
    const Value handed = heap.at(record).slots[slot::life::handed_out];
    const Value handed_era = heap.at(record).slots[slot::life::handed_out_era];
    const Value era = object.slots[slot::module::era].is_int() ? object.slots[slot::module::era] : Value::small_int(0);
    // Who is first matters where there are several objects to hand out.
    if (object.slots[slot::module::ordinal] != Value::small_int(1) || era.as_int() > 0) touch_life(own_name, AccessKind::Write);
    if (handed.is_unset() || era.as_int() > handed_era.as_int()) {
      heap.set(record, slot::life::handed_out, object.slots[slot::module::ordinal]);
      heap.set(record, slot::life::handed_out_era, era);
    } else if (era == handed_era && handed != object.slots[slot::module::ordinal]) {
      flags |= SecondObject;
    }
  }
  if (flags != 0) emit(EventKind::ImportReturned, in_interpreter(text(own_name.is_string() ? own_name : name)), {}, flags);
}

// `import a.b.c` has returned: is every part bound on its parent?
void Vm::check_bound(const std::string& name) {
  for (std::size_t dot = name.find('.'); dot != std::string::npos; dot = name.find('.', dot + 1)) {
    const std::size_t end = std::min(name.find('.', dot + 1), name.size());
    const Value parent_name = string(name.substr(0, dot));
    const Value child_name = string(name.substr(0, end));
    const Value parent = heap.get_item(fixtures.modules, parent_name);
    const Value child = heap.get_item(fixtures.modules, child_name);
    touch_binding(parent_name, AccessKind::Read);
    touch_binding(child_name, AccessKind::Read);
    touch_module(child, AccessKind::Read);
    if (!heap.is_kind(parent, ObjectKind::Module) || !heap.is_kind(child, ObjectKind::Module)) continue;
    const Object& object = heap.at(child);
    if (object.slots[slot::module::life].as_int() != complete || object.slots[slot::module::thread] == Value::small_int(number_)) continue;
    const Value attribute = string(name.substr(dot + 1, end - dot - 1));
    const ObjectId bindings = heap.at(parent).slots[slot::module::dictionary].object_id();
    look_at(bindings, attribute);
    if (!heap.get_item(bindings, attribute).is_unset()) continue;
    touch_life(child_name, AccessKind::Read);
    if (heap.at(module_life(name.substr(0, end))).slots[slot::life::child_deleted].is(Tag::True)) continue;
    emit(EventKind::ParentUnbound, in_interpreter(name.substr(0, end)));
  }
}

bool Vm::inside_import(ThreadNumber number) {
  const ObjectId id = thread_object(number);
  bool inside = false;
  for (Value link = id == thread_ && frame_ != nullptr ? Value::object(frame_id_) : heap.at(id).slots[slot::thread::frame]; link.is_object();) {
    const Object& frame = heap.at(link);
    if (is_import(code_of(frame).role)) {
      if (frame.slots[slot::frame::extra] == untouched_import) return false;
      inside = true;
    }
    link = frame.slots[slot::frame::back];
  }
  return inside;
}

// A thread stops right before its next visible operation. If that is the first one of an outermost import, it stands before the
// import as well as in it, and for `unserializable` it is not inside.
void Vm::import_began(ObjectId frame) {
  for (Value link = heap.at(frame).slots[slot::frame::back]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    if (is_import(code_of(heap.at(link)).role)) return;
  }
  import_begun_ = frame;
  visible_before_import_ = visible_;
}

void Vm::find_untouched_import() {
  import_begun_ = state::no_object;
  for (Value link = heap.at(thread_).slots[slot::thread::frame]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    const Object& frame = heap.at(link);
    if (frame.slots[slot::frame::extra] != untouched_import || !is_import(code_of(frame).role)) continue;
    import_begun_ = link.object_id();
    visible_before_import_ = visible_;
    set_private(import_begun_, slot::frame::extra, Value());
    return;
  }
}

void Vm::mark_untouched_import() {
  if (import_begun_ == state::no_object || visible_ != visible_before_import_ || frame_ == nullptr) return;
  for (Value link = heap.at(thread_).slots[slot::thread::frame]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    if (link == Value::object(import_begun_) && is_import(code_of(heap.at(link)).role)) set_private(import_begun_, slot::frame::extra, untouched_import);
  }
}

// For `unserializable`: what an outermost import of this thread gave.
void Vm::record_import(Value name, bool has_failed, Value result) {
  std::string line = name.is_string() ? text(name) : "?";
  touch_module(result, AccessKind::Read);
  if (has_failed) {
    line += " raised " + type_name_of(result);
  } else if (heap.is_kind(result, ObjectKind::Module)) {
    line += fmt::format(" = {}", heap.at(result).slots[slot::module::life].as_int() == complete ? "complete" : "partial");
  }
  const auto log = static_cast<std::uint32_t>(thread().slots[slot::thread::record].as_int());
  set_private(thread_, slot::thread::record, Value::small_int(constants.append_log(log, string(line + "\n").number())));
}

std::vector<std::string> Vm::import_stack(ObjectId thread) {
  std::vector<std::string> stack;
  for (Value link = thread == thread_ && frame_ != nullptr ? Value::object(frame_id_) : heap.at(thread).slots[slot::thread::frame]; link.is_object();) {
    const Object& frame = heap.at(link);
    const LoadedCode& code = code_of(frame);
    if (code.origin == Origin::Scenario) {
      const auto pc = static_cast<std::size_t>(std::max<std::int64_t>(0, frame.slots[slot::frame::pc].as_int() - 1));
      stack.push_back(fmt::format("{}:{} in {}", code.code->file->name(), code.code->instructions[std::min(pc, code.code->instructions.size() - 1)].line, code.code->name));
    }
    link = frame.slots[slot::frame::back];
  }
  std::reverse(stack.begin(), stack.end());
  return stack;
}

}  // namespace lockweave::vm
