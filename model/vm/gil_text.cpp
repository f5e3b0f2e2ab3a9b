// Where the GIL is a text (specs/gil): its functions run as C code, thread by thread, and nothing else keeps two threads apart.
//
// The machine calls the text where the interpreter does:
// - at a switch point of Python code, before the thread goes on: handle_pending(), which lets go of the GIL if somebody has asked for it;
// - around an operation that waits (a lock, a join, sleep, I/O): `_blocking_...` of specs/gil/common.py;
// - where Python code starts a thread: start_python_thread;
// - where C code calls Python code: call_python, which looks whether the thread may;
// - where Python code calls C code of an extension: call_c, if the text has that.
//
// As with the machine's own GIL, a thread looks only at the last switch point before its next visible operation
// (docs/step.md): what it would give up at an earlier one it may as well give up there.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "model/base/check.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;

bool Vm::is_in_c(ObjectId frame) {
  for (Value link = Value::object(frame); link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    const LoadedCode& code = code_of(heap.at(link));
    if (!code.code->flags.native) return code.is_c;
  }
  return false;
}

bool Vm::is_python_code(Value function) {
  if (!heap.is_kind(function, ObjectKind::Function)) return false;
  const LoadedCode& code = program_->code(heap.at(function).slots[slot::function::code].number());
  return !code.is_c && !code.code->flags.native;
}

// A program that embeds Python, and ends when its main function does.
bool Vm::is_main_c() {
  const auto main = std::ranges::find(files, "main.py", &ScenarioFile::path);
  return main != files.end() && program_->code(main->code.number()).is_c;
}

std::optional<Result> Vm::let_go_around(std::string_view function, std::span<const Value> arguments) {
  if (!runs_gil_text() || loading_ || observing_ || runs_c_code()) return std::nullopt;
  return tail_call(heap.get_item(fixtures.capi, string(function)), arguments);
}

// Python code calls C code, and a switch point lies between the last visible operation and here: the thread may lose the GIL before C code does anything.
bool Vm::begins_c_code(Value function) {
  if (!runs_gil_text() || frame_ == nullptr || !armed_ || observing_ || !heap.is_kind(function, ObjectKind::Function) || runs_c_code()) return false;
  return program_->code(heap.at(function).slots[slot::function::code].number()).is_c;
}

// Python code calls C code of an extension, and the text wants to know: some designs have a lock around such calls.
bool Vm::asks_before_c(Value function) {
  if (enters_c_ || loading_ || !runs_gil_text() || frame_ == nullptr || !heap.is_kind(function, ObjectKind::Function) || runs_c_code()) return false;
  const LoadedCode& code = program_->code(heap.at(function).slots[slot::function::code].number());
  const bool is_file = !code.code->flags.optimized;  // what stands in a file of C code outside its functions is no call
  return code.is_c && !is_file && code.origin == Origin::Scenario && in_gil_text("call_c").is_object();
}

Result Vm::ask_before(std::string_view question, Value function, std::span<const Value> positional, std::span<const Keyword> keywords, FrameMode mode, Value extra) {
  const Value given = Value::object(new_dict());
  for (const Keyword& keyword : keywords) heap.set_item(given.object_id(), keyword.name, keyword.value);
  const Value all[] = {function, tuple(positional), given};
  pending_ = PendingCall{heap.get_item(fixtures.capi, string(question)), {std::begin(all), std::end(all)}, {}, mode, extra, {}};
  return {ResultKind::Call, {}};
}

Result Vm::enter_python(Value function, std::span<const Value> positional, std::span<const Keyword> keywords) {
  enters_python_ = true;
  const Result result = invoke(function, positional, keywords);
  enters_python_ = false;
  return result;
}

Result Vm::enter_c(Value function, std::span<const Value> positional, std::span<const Keyword> keywords) {
  enters_c_ = true;
  const Result result = invoke(function, positional, keywords);
  enters_c_ = false;
  return result;
}

// The thread stands at a switch point of Python code.
void Vm::look_whether_to_let_go() {
  if (!runs_gil_text() || frame_ == nullptr || thread().slots[slot::thread::gil_check].is_unset() || gil_check() != GilCheck::Due) return;
  set_private(thread_, slot::thread::gil_check, Value::small_int(static_cast<int>(GilCheck::Done)));
  save_pc();
  const bool check = check_pending_;
  const Result call = invoke(heap.get_item(fixtures.capi, string("handle_pending")), {}, {});
  LOCKWEAVE_CHECK(call.kind == ResultKind::Call, "the text of a GIL has no function handle_pending");
  pending_.mode = FrameMode::Drop;
  (void)push_frame(pending_);
  check_pending_ = check_pending_ || check;
}

// A step has ended. Within a section without a switch point the thread keeps the GIL.
void Vm::note_gil_check(bool stays_in_section) {
  if (!runs_gil_text()) return;
  const Value known = thread().slots[slot::thread::gil_check];
  Value now = known;
  if (python_ran_) now = Value();
  const bool is_at_switch_point = frame_ != nullptr && status_of(thread_) == ThreadStatus::Ready && !stays_in_section && !is_in_c(frame_id_);
  if (is_at_switch_point && python_switch_ && now.is_unset()) now = Value::small_int(static_cast<int>(GilCheck::Due));
  if (status_of(thread_) == ThreadStatus::Ended) now = Value();
  if (now != known) set_private(thread_, slot::thread::gil_check, now);
}

// A GIL that lets two threads run Python code at once is none. The running thread is about to; another one stands in the middle of it.
bool Vm::is_python_run_by_another() {
  if (python_at_once) return false;
  const auto python_frame = [&](ObjectId thread) -> const Object* {
    for (Value link = heap.at(thread).slots[slot::thread::frame]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
      const Object& frame = heap.at(link);
      if (code_of(frame).code->flags.native) continue;
      return code_of(frame).is_c ? nullptr : &frame;
    }
    return nullptr;
  };
  const auto place = [&](ObjectId id, const Object& frame, std::uint32_t pc) {
    const bytecode::Code& code = *code_of(frame).code;
    return fmt::format("{} at {}:{}", text(heap.at(id).slots[slot::thread::name]), code.file->name(), code.instructions[std::min<std::size_t>(pc, code.instructions.size() - 1)].line);
  };
  for (ObjectId other : threads()) {
    if (other == thread_ || status_of(other) != ThreadStatus::Ready) continue;
    const Object* const theirs = python_frame(other);
    const Object* const ours = python_frame(thread_);
    if (theirs == nullptr || ours == nullptr) continue;
    const auto their_pc = static_cast<std::uint32_t>(theirs->slots[slot::frame::pc].as_int());
    const auto our_pc = ours == frame_ ? pc_ : static_cast<std::uint32_t>(ours->slots[slot::frame::pc].as_int());
    (void)fatal_error(fmt::format("two threads run Python code at once: {} and {}", place(other, *theirs, their_pc), place(thread_, *ours, our_pc)));
    return true;
  }
  return false;
}

// What the other threads would have done after it is cut off: it goes with no step of theirs, as a section does that keeps the GIL.
Result Vm::fatal_error(std::string_view message) {
  if (prefix_) return stop();  // there must be a step to tell it
  holding_ = true;
  emit(EventKind::FatalError, message);
  heap.set(fixtures.root, slot::root::is_dead, Value::boolean(true));
  set_private(thread_, slot::thread::end, string(message));
  if (recording_ && report_.words.operation.empty()) report_.words.operation = "fatal error";
  became_visible();
  return {ResultKind::Wait, {}};
}

Result Vm::take_lock(ObjectId lock, bool timed) {
  if (approach_lock(lock, true)) return stop();
  const bool is_import_lock = lock == fixtures.root;
  const unsigned taken = is_import_lock ? unsigned{slot::root::import_lock_taken} : unsigned{slot::lock::taken};
  if (timed && !is_import_lock) watch_lock(lock);
  if (heap.at(lock).slots[taken].as_int() == 0) {
    heap.set(lock, taken, Value::small_int(1));
    was_access(lock, timed ? AccessKind::TryAcquire : AccessKind::Acquire);
    return done(Value::boolean(true));
  }
  set_private(thread_, slot::thread::restored_depth, Value::none());  // resume_after_wait leaves the second word alone
  return wait_lock(lock, timed);
}

Result Vm::own_lock(ObjectId lock, Value depth) {
  if (approach_lock(lock, true)) return stop();
  if (lock == fixtures.root) {
    heap.set(lock, slot::root::import_lock_owner, Value::small_int(number_));
    heap.set(lock, slot::root::import_lock_count, depth);
    return done_none();
  }
  heap.set(lock, slot::lock::locked, Value::small_int(1));
  heap.set(lock, slot::lock::owner, Value::small_int(number_));
  heap.set(lock, slot::lock::depth, depth);
  note_holding(lock);
  return done_none();
}

// Any thread may: the lock is a turn to wait for, which nobody owns.
Result Vm::let_go_of_lock(ObjectId lock) {
  if (approach_lock(lock, true)) return stop();
  watch_lock(lock);
  was_access(lock, AccessKind::ForeignRelease);
  heap.set(lock, slot::lock::taken, Value::small_int(0));
  return done_none();
}

// Only what the thread has done itself decides the answer, so this is no access.
bool Vm::holds_lock(ObjectId lock) {
  const Object& object = heap.at(lock);
  return object.slots[slot::lock::taken].as_int() != 0 && object.slots[slot::lock::owner] == Value::small_int(number_);
}

// --- data races: two steps, one right after the other, of two threads, access one ordinary variable of C, and one of them writes it. Neither waited for the
// other, or there would be a step between them. An exploration that reaches every state finds each race so: where nothing orders two accesses, some execution has them
// side by side.

void Vm::note_plain_access(ObjectId id, Value key, bool write) {
  sharing_->note_plain_access();
  if (plain_accesses_.empty()) plain_with_gil_ = !runs_gil_text() && !runs_outside_;
  plain_accesses_.push_back({id, key, write, call_stack(thread_)});
}

namespace {

// Nobody else holds the old list. It is not left to a sweep, for no instruction runs any more: garbage in a state has everything walked (Canonical::encode), and then the step is
// not remembered.
void replace_last_accesses(state::Heap& heap, ObjectId root, Value list) {
  const Value old = heap.at(root).slots[slot::root::last_accesses];
  heap.set(root, slot::root::last_accesses, list);
  if (old.is_object() && heap.at(old).refcount == 0) heap.free(old.object_id());
}

}  // namespace

// root::last_accesses: thread, did it have the machine's own GIL, then (object, key, writes, calls that led there) of each access of the step before. A step has all its
// accesses with the GIL or all without, since it ends where a thread lets go of it.
void Vm::look_for_races() {
  const Value last = heap.at(fixtures.root).slots[slot::root::last_accesses];
  if (last.is_unset() && plain_accesses_.empty()) return;
  if (last.is_object()) {
    const std::vector<Value> before = heap.at(last).slots;
    const auto verb = [](bool writes) { return writes ? "writes" : "reads"; };
    const bool gil_orders_them = before[1].is(Tag::True) && plain_with_gil_;
    for (std::size_t i = 2; i < before.size() && before[0].as_int() != number_ && !gil_orders_them; i += 4) {
      for (const PlainAccess& now : plain_accesses_) {
        const bool wrote = before[i + 2].is(Tag::True);
        if (before[i] != Value::object(now.object) || before[i + 1] != now.key || (!wrote && !now.writes)) continue;
        const std::string first = fmt::format("{} {} it ({})", text(heap.at(thread_with(static_cast<ThreadNumber>(before[0].as_int()))).slots[slot::thread::name]), verb(wrote), text(before[i + 3]));
        const std::string second = fmt::format("{} {} it ({})", text(thread().slots[slot::thread::name]), verb(now.writes), now.calls);
        emit(EventKind::DataRace, fmt::format("{}: {}; {}", describe_location(now.object, now.key), first, second));
      }
    }
  }
  if (plain_accesses_.empty()) return replace_last_accesses(heap, fixtures.root, Value());
  std::vector<Value> kept{Value::small_int(number_), Value::boolean(plain_with_gil_)};
  for (const PlainAccess& access : plain_accesses_) kept.insert(kept.end(), {Value::object(access.object), access.key, Value::boolean(access.writes), string(access.calls)});
  const Value list = new_object(ObjectKind::List, TypeId::List);
  heap.assign(list.object_id(), kept);
  replace_last_accesses(heap, fixtures.root, list);
}

// Its calls, the innermost last: "main.py:7 in work > specs/gil/lazy.py:20 in take_gil".
std::string Vm::call_stack(ObjectId thread) {
  std::string calls;
  for (Value link = heap.at(thread).slots[slot::thread::frame]; link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    const LoadedCode& code = code_of(heap.at(link));
    if (code.code->flags.native || code.origin == Origin::Library) continue;
    auto pc = static_cast<std::size_t>(heap.at(link).slots[slot::frame::pc].as_int());
    if (frame_ != nullptr && link.object_id() == frame_id_) pc = pc_;
    else if (link != heap.at(thread).slots[slot::thread::frame] && pc > 0) --pc;  // a caller stands behind its call
    pc = std::min(pc, code.code->instructions.size() - 1);
    calls = fmt::format("{}:{} in {}{}{}", code.code->file->name(), code.code->instructions[pc].line, code.code->name, calls.empty() ? "" : " > ", calls);
  }
  return calls;
}

}  // namespace lockweave::vm
