// The loop: from one visible operation to right before the next.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "model/base/check.h"
#include "model/vm/modules.h"
#include "model/vm/vm.h"

namespace lockweave::vm {
namespace {

// Instructions of one text of the library or of a design, which takes some 100,000.
constexpr std::uint64_t most_while_loading = 20'000'000;

}  // namespace

const StepReport& Vm::step(const Choice& choice) {
  report_ = StepReport{};
  armed_ = holding_ = check_pending_ = body_begins_ = python_ran_ = python_switch_ = false;
  visible_ = right_movers_ = 0;
  executed_ = 0;
  branch_given_ = false;
  forced_ = choice.instructions;
  thread_ = thread_object(choice.thread);
  number_ = choice.thread;
  frame_ = nullptr;
  const Standing in(*this, 0);  // in the end
  stand_in(interpreter_of(thread_));
  StepWords standing;  // where the thread stands before the step, should nothing else be worth saying about it
  if (recording_) {
    describe_stop();
    standing = std::move(report_.words);
    report_.words = {};
  }
  concurrent_ = has_company();
  const bool takes_for_one = like_threads_are_one_ && !recording_ && sharing_->any_alike();
  stands_for_several_ = takes_for_one && has_like();
  // When the interpreter finalises, what a daemon's frames hold does not die: each return counts.
  stops_often_ = sharing_->leaves_threads_behind() && has_finalizers_beside_daemons() && thread().slots[slot::thread::daemon].is(Tag::True);
  looked_at_others_ = looked_at_waits_ = false;
  objects_looked_at_.clear();
  plain_accesses_.clear();
  may_others_come_in_ = false;
  runs_outside_ = is_outside(thread());
  has_company_outside_ = leaves_gil_in_c && is_anybody_else_outside();
  moved_release_.reset();
  heap.begin_step(concurrent_ && sharing_->any_watched() ? sharing_ : nullptr);

  if (heap.at(fixtures.root).slots[slot::root::is_fresh].is(Tag::True)) {
    heap.set(fixtures.root, slot::root::is_fresh, Value());
    report_.events = prefix_events_;
    if (!prefix_error_.empty()) {
      report_.status = StepStatus::Unsupported;
      report_.error = prefix_error_;
      return report_;
    }
  }
  const bool is_stopped = thread().slots[slot::thread::end].is_string();  // it waits without the GIL, and does not get it back
  switch (choice.kind) {
    case ChoiceKind::WakeUp: {
      const ObjectId lock = thread().slots[slot::thread::waits_for].object_id();
      heap.set(lock, lock == fixtures.root ? unsigned{slot::root::import_lock_taken} : unsigned{slot::lock::taken}, Value::small_int(1));
      set_status(thread_, is_stopped ? ThreadStatus::Stopped : ThreadStatus::GotLock);
      record_access(lock, Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits(), AccessKind::Acquire);
      touch_own_wait();
      report_.visible = true;
      describe_stop();
      if (recording_) {
        report_.words.operation = "wake-up";
        report_.words.object = describe(Value::object(lock));
      }
      break;
    }
    case ChoiceKind::Timeout:
      if (const Value waits_for = thread().slots[slot::thread::waits_for]; waits_for.is_object())
        record_access(waits_for.object_id(), Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits(), AccessKind::FailedTry);
      set_status(thread_, is_stopped ? ThreadStatus::Stopped : ThreadStatus::TimedOut);
      touch_own_wait();
      report_.visible = true;
      describe_stop();
      if (recording_) {
        report_.words.operation = "timeout";
        report_.words.object = describe(thread().slots[slot::thread::waits_for]);
      }
      break;
    case ChoiceKind::Branch:
      branch_given_ = true;
      branch_ = choice.branch;
      became_visible();
      report_.words.operation = "choose";
      report_.words.object = fmt::format("{}", choice.branch);
      set_private(thread_, slot::thread::waits_for, Value());
      set_status(thread_, ThreadStatus::Ready);
      run_thread(thread_);
      break;
    case ChoiceKind::Interrupt:
      begin_interrupt(choice.branch);
      break;
    case ChoiceKind::Run:
      run_thread(thread_);
      break;
  }
  if (recording_ && report_.words.operation.empty()) report_.words.operation = "run";
  if (recording_ && report_.words.line == 0) {
    report_.words.file = std::move(standing.file);
    report_.words.line = standing.line;
    report_.words.function = std::move(standing.function);
    report_.words.source = std::move(standing.source);
  }
  report_.instructions = static_cast<std::uint32_t>(executed_ + 1);  // 0 would mean: as far as it goes by itself
  // Without a GIL nobody waits for a thread that stands ready: that another one runs is a preemption.
  if (python_at_once && status_of(thread_) == ThreadStatus::Ready) report_.released = false;
  if (runs_outside_) report_.released = true;  // nobody takes the GIL from it
  if (forced_ > 0) {
    report_.released = choice.released;
    if (choice.holds_gil && !holding_ && !runs_gil_text()) heap.set(fixtures.root, slot::root::gil_holder, Value::small_int(number_));
  }
  if (choice.kind == ChoiceKind::Run || choice.kind == ChoiceKind::Branch) note_gil_check(forced_ > 0 ? choice.holds_gil : holding_);
  forced_ = 0;
  // Who let go of something others would notice the loss of, in whatever way: after that, another's drop may be the last one.
  const std::size_t accesses = report_.footprint.size();
  for (const state::Heap::Count& before : heap.counted) {
    const Object& object = heap.at(before.id);
    if (object.kind == ObjectKind::Free || object.site != before.site || object.refcount >= before.references) continue;
    if (has_anchor(before.id)) {
      const state::Heap::Anchor anchor = heap.anchor(before.id);
      look_at(anchor.table, anchor.key);
      if (is_anchored(before.id)) continue;
    }
    const Access drop{location_of(before.id, Value(Tag::Unset, static_cast<std::uint64_t>(Part::References)).bits()), AccessKind::Write};
    if (std::ranges::find(report_.footprint, drop) == report_.footprint.end()) report_.footprint.push_back(drop);
  }
  std::sort(report_.footprint.begin() + static_cast<std::ptrdiff_t>(accesses), report_.footprint.end());
  if (report_.status == StepStatus::Done && sharing_->refined()) report_.status = StepStatus::Refined;
  if (report_.status == StepStatus::Done) look_for_races();
  report_.holds_gil = holding_;
  if (report_.status == StepStatus::Done) look_at_the_end();
  if (report_.status == StepStatus::Done && !run_observers()) report_.status = StepStatus::Unsupported;
  if (report_.status == StepStatus::Done && sharing_->refined()) report_.status = StepStatus::Refined;
  report_.teaches = sharing_->take_news();
  frame_ = nullptr;  // whoever asks afterwards may ask about another state
  return report_;
}

// Can what this thread does matter to another, or the order in which they did it? Not if all others have ended, and it has seen that.
bool Vm::has_company() {
  for (ObjectId id : threads()) {
    if (id == thread_) continue;
    if (is_left_behind(id)) return true;  // what it did last may have come before the fork or not
    if (status_of(id) != ThreadStatus::Ended || !heap.at(id).slots[slot::thread::handled].is(Tag::True)) return true;
  }
  return false;
}

// Has a thread that is like the running one begun, and is not known to have ended?
bool Vm::has_like() {
  const Value likeness = heap.at(thread_).slots[slot::thread::likeness];
  if (likeness.is_unset()) return false;
  return std::ranges::any_of(threads(), [&](ObjectId id) {
    const auto& slots = heap.at(id).slots;
    const bool was_joined = slots[slot::thread::status].as_int() == static_cast<int>(ThreadStatus::Ended) && slots[slot::thread::handled].is(Tag::True);
    return id != thread_ && slots[slot::thread::likeness] == likeness && slots[slot::thread::started].is(Tag::True) && !was_joined;
  });
}

// The running thread knows that this one has ended.
void Vm::saw_end(ObjectId ended) {
  if (!concurrent_ || heap.at(ended).slots[slot::thread::handled].is(Tag::True) || is_left_behind(ended)) return;
  set_private(ended, slot::thread::handled, Value::boolean(true));
  concurrent_ = has_company();
}

void Vm::run_thread(ObjectId id) {
  const Value holder = heap.at(fixtures.root).slots[slot::root::gil_holder];
  if (!holder.is_unset() && !runs_outside_) heap.set(fixtures.root, slot::root::gil_holder, Value());
  heap.touch(id);
  const Value top = thread().slots[slot::thread::frame];
  frame_ = nullptr;
  if (serial_records) find_untouched_import();
  if (top.is_object()) enter_context(top.object_id());
  history_ = static_cast<std::uint32_t>(thread().slots[slot::thread::history].as_int());
  is_naming_ = creations_ != nullptr;
  points_ = 0;
  has_passed_ = false;
  if (const Value stands = thread().slots[slot::thread::interruptible]; !stands.is_unset()) {
    points_ = static_cast<unsigned>(stands.as_int());
    has_passed_ = true;
    set_private(thread_, slot::thread::interruptible, Value());
  }
  resume_after_wait();
  look_whether_to_let_go();
  for (;;) {
    if (frame_ == nullptr) {
      if (!end_thread()) break;
      continue;
    }
    if (!run_instructions()) break;
  }
  is_naming_ = false;
  if (status_of(thread_) == ThreadStatus::Ended) history_ = 0;  // it makes nothing more
  if (const Value history = Value::small_int(history_); history != thread().slots[slot::thread::history]) set_private(thread_, slot::thread::history, history);
  if (frame_ != nullptr) save_pc();
  if (points_ != 0 && frame_ != nullptr && status_of(thread_) == ThreadStatus::Ready) set_private(thread_, slot::thread::interruptible, Value::small_int(points_));
  if (serial_records) mark_untouched_import();
  if (status_of(thread_) == ThreadStatus::Ready) report_.inside_import = inside_import(number_);
  if (runs_outside_) holding_ = false;  // it has not the GIL, and keeps nobody from taking it
  if (holding_ && report_.status == StepStatus::Done && !runs_gil_text()) heap.set(fixtures.root, slot::root::gil_holder, Value::small_int(number_));
}

void Vm::enter_context(ObjectId frame) {
  frame_id_ = frame;
  frame_ = &heap.at(frame);
  heap.touch(frame);
  code_ = &code_of(*frame_);
  pc_ = static_cast<std::uint32_t>(frame_->slots[slot::frame::pc].as_int());
}

void Vm::save_pc() { frame_->slots[slot::frame::pc] = Value::small_int(pc_); }

// The second half of a wait: the thread has the GIL again.
void Vm::resume_after_wait() {
  const ThreadStatus status = status_of(thread_);
  if (status == ThreadStatus::Ready) return;
  const Value object = thread().slots[slot::thread::waits_for];
  Value result = Value::boolean(status != ThreadStatus::TimedOut);
  if (status == ThreadStatus::GotLock && thread().slots[slot::thread::restored_depth].is_none()) {
    set_private(thread_, slot::thread::restored_depth, Value());  // take_lock: the second word is set later
    became_visible();
  } else if (status == ThreadStatus::GotLock) {
    const ObjectId lock = object.object_id();
    if (lock == fixtures.root) {
      heap.set(lock, slot::root::import_lock_owner, Value::small_int(number_));
      heap.set(lock, slot::root::import_lock_count, Value::small_int(1));
      result = Value::none();
    } else {
      heap.set(lock, slot::lock::locked, Value::small_int(1));
      heap.set(lock, slot::lock::owner, Value::small_int(number_));
      note_holding(lock);
      const Value restored = thread().slots[slot::thread::restored_depth];
      heap.set(lock, slot::lock::depth, restored.is_unset() ? Value::small_int(1) : restored);
      if (!restored.is_unset()) result = Value::none();
      set_private(thread_, slot::thread::restored_depth, Value());
    }
    record_access(lock, Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits(), AccessKind::Write);
    became_visible();
    note_acquired(lock);
    describe_visible(lock, Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits(), AccessKind::Acquire);
  } else if (status == ThreadStatus::Gil) {
    set_private(thread_, slot::thread::gil_check, Value());
    runs_outside_ = false;
    result = Value::none();
  } else if (status == ThreadStatus::TimedOut) {
    set_private(thread_, slot::thread::restored_depth, Value());
    became_visible();
  } else if (status == ThreadStatus::Started) {
    result = Value::none();
    record_access(object.object_id(), Value(Tag::Unset, static_cast<std::uint64_t>(Part::Started)).bits(), AccessKind::Join);
  } else if (status == ThreadStatus::Join) {
    record_access(object.object_id(), Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits(), AccessKind::Join);
    touch_own_wait();
    saw_end(object.object_id());
  }
  set_private(thread_, slot::thread::waits_for, Value());
  set_status(thread_, ThreadStatus::Ready);
  push(result);
  if (pc_ > 0) check_pending_ = code_->switches[pc_ - 1].rule != SwitchRule::Never;
}

void Vm::became_visible() {
  if (moved_release_) sharing_->note_tight_release(*moved_release_);
  ++visible_;
  armed_ = may_others_come_in_ = false;
  report_.visible = true;
  report_.released = false;
}

void Vm::at_switch_point() {
  if (runs_gil_text() && frame_ != nullptr && !is_in_c(frame_id_)) python_switch_ = true;
  if (visible_ > 0 && forced_ == 0) armed_ = true;
  moved_release_.reset();
}

void Vm::stop_here() {
  if (recording_) describe_stop();
}

bool Vm::run_instructions() {
  for (;;) {
    const bytecode::Instruction& instruction = code_->code->instructions[pc_];
    if (has_company_outside_ && visible_ > 0 && forced_ == 0 && !code_->code->flags.native) may_others_come_in_ = true;
    const bool at_switch = check_pending_ && !observing_ && !code_->switches[pc_].is_protected && may_switch_here();
    if (has_interrupts && !has_passed_) points_ = interrupt_points(instruction, at_switch);
    if (check_pending_) {
      check_pending_ = false;
      if (at_switch) {
        at_switch_point();
        if ((stop_everywhere || stops_often_) && concurrent_ && forced_ == 0 && executed_ + visible_ > 0) {
          stop_here();
          return false;
        }
        if (body_begins_ && forced_ == 0 && (report_.released || code_->origin == Origin::Scenario)) {
          stop_here();
          return false;
        }
      }
    }
    if (has_interrupts && points_ != 0 && stops_for_interrupt()) {
      stop_here();
      return false;
    }
    if (forced_ > 0 && executed_ + 1 >= forced_) {
      stop_here();
      return false;
    }
    if (loading_ && executed_ >= most_while_loading) {
      (void)unsupported("a text that does not come to an end while it is loaded");
      return false;
    }
    if (executed_ >= limits.instructions_per_step && !loading_) {  // an endless loop is left to the search and its budget
      if (visible_ > 0 && !armed_) holding_ = true;
      stop_here();
      return false;
    }
    if (heap.release_watch != nullptr && !observing_ && !approach_drops(instruction)) {
      stop_here();
      return false;
    }
    if (sharing_->do_types_change() && reads_types(instruction.opcode)) {
      stop_here();
      return false;
    }
    earlier_history_ = history_;
    const bool is_python = runs_gil_text() && !python_ran_ && !loading_ && !observing_ && !is_in_c(frame_id_);
    if (is_python && concurrent_ && is_python_run_by_another()) {
      ++executed_;  // so that a schedule can tell this from a step that ends before the instruction
      return false;
    }
    if (runs_outside_ && is_python_run_outside()) {
      ++executed_;
      return false;
    }
    const Flow flow = dispatch(instruction);
    if (flow != Flow::Stop) {
      points_ = 0;
      has_passed_ = false;
      ++executed_;
      python_ran_ = python_ran_ || is_python;
    }
    const bool goes_on = finish_instruction(flow);
    if (!heap.released.empty() && flow != Flow::Stop) note_releases();
    if (!goes_on) return false;
    if (frame_ == nullptr) return true;
  }
}

bool Vm::finish_instruction(Flow flow) {
  switch (flow) {
    case Flow::Next: {
      const SwitchRule rule = code_->switches[pc_].rule;
      if (rule == SwitchRule::After || rule == SwitchRule::AfterCCall) check_pending_ = true;
      ++pc_;
      break;
    }
    case Flow::Jump: case Flow::Frame: case Flow::Stay:
      break;
    case Flow::Raise:
      if (const Flow unwound = unwind(); unwound == Flow::Stop) {
        history_ = earlier_history_;  // the instruction runs again
        // What the frames held that the exception has left goes with this step, not with whichever comes next.
        if (heap.has_drops()) sweep();
        if (!heap.released.empty()) note_releases();
        stop_here();
        return false;
      }
      break;
    case Flow::Stop:
      history_ = earlier_history_;  // the instruction runs again
      if (heap.has_drops()) sweep();  // what it has made in vain
      stop_here();
      return false;
    case Flow::Wait:
      report_.released = true;
      if (recording_ && !report_.visible) describe_stop();
      settle();
      return false;
    case Flow::Ended:
      break;
    case Flow::Unsupported:
      report_.status = StepStatus::Unsupported;
      return false;
  }
  if (heap.has_drops() || thread().slots[slot::thread::pending].is_object()) return settle();
  return true;
}

bool Vm::settle() {
  if (heap.has_drops()) sweep();
  if (status_of(thread_) != ThreadStatus::Ready) return true;
  if (thread().slots[slot::thread::pending].is_object()) return start_pending();
  return true;
}

// Main has run its last line: others may come in, as in threading._shutdown. If the program can notice anything of it, the interpreter finalises (specs/exit);
// then the GIL's text lets go of it.
bool Vm::begin_exit() {
  if (number_ != 0) return false;
  const auto is_empty_list = [&](Value list) { return heap.is_kind(list, ObjectKind::List) && heap.at(list).slots.empty(); };
  const auto in = [&](ObjectId dictionary, std::string_view name) { return heap.get_item(dictionary, string(name)); };
  const auto in_threads = [&](std::string_view name) { return in(heap.at(builtin_module(*this, "_threads")).slots[slot::module::dictionary].object_id(), name); };
  if (concurrent_ && !is_main_c() && is_empty_list(in_threads("main_at_end"))) {
    (void)invoke(in_threads("main_ends"), {}, {});
    pending_.mode = FrameMode::Callback;
    return push_frame(pending_);
  }
  if (is_empty_list(in_exit_text("begun"))) {
    const Value atexit = builtin_module(*this, "atexit");
    const bool has_registered = atexit.is_object() && !is_empty_list(in(heap.at(atexit).slots[slot::module::dictionary].object_id(), "_registered"));
    const bool goes_on = has_finalizers_beside_daemons();
    if (has_registered || goes_on || !is_empty_list(in_exit_text("threading_atexits"))) {
      const Value given[] = {atexit.is_object() ? atexit : Value::none(), Value::boolean(goes_on)};
      (void)invoke(in_exit_text("Py_FinalizeEx"), given, {});
      pending_.mode = FrameMode::Callback;
      return push_frame(pending_);
    }
  }
  // What other interpreters have left to call at their end. The list is empty when they have ended.
  for (std::size_t number = 1; number < interpreters.size(); ++number) {
    const auto atexit = modules_of_interpreters[number].find("atexit");
    if (atexit == modules_of_interpreters[number].end() || is_empty_list(in(heap.at(atexit->second).slots[slot::module::dictionary].object_id(), "_registered"))) continue;
    (void)invoke(in(heap.at(builtin_module(*this, "_subinterpreters")).slots[slot::module::dictionary].object_id(), "_end_those_left"), {}, {});
    pending_.mode = FrameMode::Callback;
    return push_frame(pending_);
  }
  if (!runs_gil_text() || is_main_c() || !is_empty_list(in(fixtures.capi, "_end_begun"))) return false;
  const bool waits = std::ranges::any_of(threads(), [&](ObjectId id) { return id != thread_ && !heap.at(id).slots[slot::thread::daemon].is(Tag::True); });
  const Value facts[] = {Value::boolean(python_switch_), Value::boolean(waits)};
  (void)invoke(in(fixtures.capi, "_end_of_main"), facts, {});
  pending_.mode = FrameMode::Callback;
  return push_frame(pending_);
}

// No frame is left: what the last reference dropped may still want to run; then the thread ends.
// True: there is a frame again. False: the step is over.
bool Vm::end_thread() {
  if (!settle()) return false;
  if (frame_ != nullptr || begin_exit()) return true;
  if (forced_ > 0 && executed_ + 1 >= forced_) return false;
  if (visible(thread_, Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits(), true)) return false;
  was_access(thread_, AccessKind::End);
  // The last of them ends the program, and cuts off what daemons are at: with daemons it matters who ends first.
  if (sharing_->has_daemons()) note_end_order();
  ++executed_;  // so that a schedule can tell a thread that stands before its end from one that has ended
  set_status(thread_, ThreadStatus::Ended);
  set_private(thread_, slot::thread::handled, Value::boolean(false));
  forget_interrupts(thread_);
  report_.released = true;
  if (heap.has_drops()) sweep();
  return false;
}

void Vm::note_end_order() { record_access(fixtures.root, Value(Tag::Unset, static_cast<std::uint64_t>(Part::References)).bits(), AccessKind::Write); }

// --- accesses

// Keys that are equal are one location: of numbers, the whole number.
std::uint64_t Vm::plain_key(std::uint64_t key) {
  const Value v = Value::from_bits(key);
  if (v.is(Tag::True) || v.is(Tag::False)) return Value::small_int(v.is(Tag::True) ? 1 : 0).bits();
  if (!v.is(Tag::Float)) return key;
  const double number = constants.number(v);
  return std::isfinite(number) && number == std::floor(number) ? constants.integer(state::BigInt(number)).bits() : key;
}

bool Vm::shared_access(ObjectId id, std::uint64_t given_key, bool write) {
  const std::uint64_t key = plain_key(given_key);
  if (id == fixtures.active_threads || (heap.at(id).cls == fixtures.thread_class && heap.at(id).kind == ObjectKind::Instance)) watch_identity(id, Value::from_bits(key), write);
  if (!concurrent_ && !observing_) return false;
  const Value as_value = Value::from_bits(key);
  std::uint64_t class_key = key;
  const Object& object = heap.at(id);
  // That the referent of a weak reference is no more stays so; but who sees it comes after its death, and could have come before. The step ends before it as
  // it does where the referent is still there.
  if (object.kind == ObjectKind::WeakRef && as_value == Value(Tag::Unset, static_cast<std::uint64_t>(Part::State))) {
    if (write) {
      if (!observing_) record_access(id, key, AccessKind::Write);
      return false;
    }
    const Value place = object.slots[slot::weakref::next];
    const auto references = Value(Tag::Unset, static_cast<std::uint64_t>(Part::References)).bits();
    const auto locks = [&](bool) { return held_locks(fixtures.root, false); };  // its own protector is gone with it
    if (!place.is_int() || !sharing_->access(static_cast<state::SiteId>(place.as_int()), references, observer_bit(), false, locks)) return false;
    if (observing_) return false;
    if ((armed_ || may_others_come_in_) && !goes_with_acquire(object.kind)) return ends_here();
    record_access(id, key, AccessKind::Read);
    became_visible();
    return false;
  }
  if (forced_ > 0 && object.escaped && is_plain_c_access()) note_plain_access(id, as_value, write);  // what can race was learnt by the search
  // Items of a list, and keys that are objects, are one class each: their numbers depend on the execution.
  if (object.kind == ObjectKind::List && as_value.is_int()) class_key = Value(Tag::Unset, static_cast<std::uint64_t>(Part::Whole)).bits();
  if (as_value.is_object()) class_key = Value(Tag::Object).bits();
  if (observing_ && write) return true;
  // What existed before the threads began is told apart one by one; what they make, by where they make it.
  const state::SiteId place = place_of(id);
  const auto held = [&](bool gives_protector) { return held_locks(id, gives_protector); };
  const std::uint32_t observer = like_threads_are_one_ && !recording_ && sharing_->any_alike() ? observer_among_like(id, as_value, class_key) : observer_bit();
  if (!write && is_compared_with_all(id, as_value) && shared_access(id, Value(Tag::Unset, static_cast<std::uint64_t>(Part::Order)).bits(), false)) return true;
  const bool is_table = object.kind == ObjectKind::Dict || object.kind == ObjectKind::Set || object.kind == ObjectKind::FrozenSet;
  if (is_table && as_value.is(Tag::Unset) && write) {  // order and length exist from the first time somebody reads them
    if (!sharing_->write_if_read(place, class_key, observer, held)) return false;
  } else if (!sharing_->access(place, class_key, observer, write, held)) {
    return false;
  }
  if (observing_) return false;
  if ((armed_ || may_others_come_in_) && !goes_with_acquire(object.kind)) return ends_here();
  if (forced_ == 0 && is_plain_c_access()) note_plain_access(id, as_value, write);
  record_access(id, key, write ? AccessKind::Write : AccessKind::Read);
  became_visible();
  if (recording_) describe_visible(id, key, write ? AccessKind::Write : AccessKind::Read);
  return false;
}

bool Vm::visible(ObjectId id, std::uint64_t key, bool write) {
  if (!concurrent_ || observing_) return false;
  if (ends_here()) return true;
  record_access(id, key, write ? AccessKind::Write : AccessKind::Read);
  became_visible();
  if (recording_) describe_visible(id, key, write ? AccessKind::Write : AccessKind::Read);
  return false;
}

void Vm::record_access(ObjectId id, std::uint64_t key, AccessKind kind) {
  // Of a whole list each item is told: it is with one of them that another access may meet.
  if (heap.at(id).kind == ObjectKind::List && Value::from_bits(key) == Value(Tag::Unset, static_cast<std::uint64_t>(Part::Whole))) {
    for (std::size_t i = 0; i < heap.at(id).slots.size(); ++i) report_.footprint.push_back({location_of(id, Value::small_int(static_cast<std::int64_t>(i)).bits()), kind});
    return;
  }
  report_.footprint.push_back({location_of(id, key), kind});
}

// An object's number is the path that finds it, which can change: only objects that were there before the threads keep theirs. Of
// the others is told where they were made, and, if wanted, by whom and as the how manieth. So is of keys that are objects: two that are equal need not be one.
Location Vm::location_of(ObjectId id, std::uint64_t key) {
  const Object& object = heap.at(id);
  Location location{id, key};
  if (object.kind == ObjectKind::Thread) {
    location.object = kThreadObject | static_cast<std::uint64_t>(object.slots[slot::thread::number].as_int());
  } else if (object.creation != 0 && creations_ != nullptr) {
    const ObjectId base = creations_->base_of(object.creation);
    location.object = base != state::no_object ? base : kMadeObject | object.creation;
  } else if (id >= heap.base_limit()) {
    location.object = kManyObjects | object.site;
    if (is_naming_ && !creations_->is_told_apart(object.site)) {
      sharing_->refine();
      if (sharing_->refined()) creations_->tell_apart(object.site);  // which a fork leaves to its origin
    }
  }
  if (Value::from_bits(key).is_object()) location.key = Value(Tag::Object).bits();
  return location;
}

void Vm::tell_objects_apart(state::Creations* creations) {
  creations_ = creations;
  heap.name_creation = nullptr;
  heap.name_part_of = nullptr;
  if (creations == nullptr) return;
  heap.name_creation = [this](ObjectKind kind, state::SiteId site) { return name_creation(kind, site); };
  heap.name_part_of = [this](ObjectId base) { return creations_->part_of(base); };
}

state::CreationId Vm::name_creation(ObjectKind kind, state::SiteId site) {
  if (!is_naming_ || observing_) return 0;
  if (kind != ObjectKind::Lock && kind != ObjectKind::RLock && !creations_->is_told_apart(site)) return 0;
  const state::Creations::Made made = creations_->make(history_, number_, site);
  history_ = made.history;
  return made.name;
}

void Vm::was_access(ObjectId id, AccessKind kind, builtins::Part part) {
  if (report_.footprint.empty()) return;
  Access& last = report_.footprint.back();
  if (last.location == location_of(id, Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits())) last.kind = kind;
}

void Vm::was_no_access(ObjectId id, builtins::Part part) {
  if (report_.footprint.empty()) return;
  const Access& last = report_.footprint.back();
  if (last.location == location_of(id, Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits())) report_.footprint.pop_back();
}

bool Vm::read_order(ObjectId table) {
  if (prefix_) sharing_->track_order_quietly(heap.at(table).site);  // whoever goes along it may not be done when threads begin
  else if (!loading_) sharing_->track_order(heap.at(table).site);
  if (!concurrent_ && !observing_ && !loading_ && !prefix_ && heap.at(table).escaped) sharing_->read_alone(place_of(table), Value(Tag::Unset, static_cast<std::uint64_t>(Part::Order)).bits());
  if (read(table, Part::Order) || read(table, Part::Length)) return true;
  if (heap.at(table).kind != ObjectKind::Dict || !heap.at(table).escaped) return false;
  // What the keys lead to is read as well: to put another value in an old key's place changes neither order nor length.
  for (std::size_t i = 0; i < heap.at(table).slots.size(); i += 2) {
    if (read(table, heap.at(table).slots[i])) return true;
  }
  return false;
}

bool Vm::read_attributes(ObjectId instance) {
  if (!heap.at(instance).escaped) return false;
  if (read(instance, Part::Whole)) return true;
  for (std::size_t i = 0; i + 1 < heap.at(instance).slots.size(); i += 2) {
    if (read(instance, heap.at(instance).slots[i])) return true;
  }
  return false;
}

bool Vm::read_length(ObjectId table) { return read(table, Part::Length); }

// --- what can run

std::vector<ObjectId> Vm::threads() {
  looked_at_others_ = true;
  return threads_by_number();
}

std::vector<ObjectId> Vm::threads_by_number() {
  std::vector<ObjectId> result;
  const Object& root = heap.at(fixtures.root);
  for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2) result.push_back(root.slots[i + 1].object_id());
  return result;
}

ObjectId Vm::thread_object(ThreadNumber number) {
  if (number != number_) looked_at_others_ = true;
  return thread_with(number);
}

ObjectId Vm::thread_with(ThreadNumber number) {
  const Object& root = heap.at(fixtures.root);
  for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2) {
    if (root.slots[i].as_int() == number) return root.slots[i + 1].object_id();
  }
  LOCKWEAVE_CHECK(false, "a choice names a thread that is not there");
  return state::no_object;
}

void Vm::enabled(std::vector<Choice>& choices, bool timeouts_last) {
  choices.clear();
  if (is_final()) return;
  const Object& root = heap.at(fixtures.root);
  const Value holder = root.slots[slot::root::gil_holder];
  bool only_timeouts = true;
  for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2) {
    const auto number = static_cast<ThreadNumber>(root.slots[i].as_int());
    const Object& t = heap.at(root.slots[i + 1]);
    const bool has_or_gets_gil = holder.is_unset() || holder.as_int() == number;
    const bool gil_free = has_or_gets_gil || is_outside(t);
    const Value object = t.slots[slot::thread::waits_for];
    const bool timed = t.slots[slot::thread::handled].is(Tag::True);
    const auto add = [&](ChoiceKind kind, std::uint32_t branch = 0) {
      choices.push_back({number, kind, branch});
      if (kind != ChoiceKind::Timeout && kind != ChoiceKind::Interrupt) only_timeouts = false;
    };
    switch (static_cast<ThreadStatus>(t.slots[slot::thread::status].as_int())) {
      case ThreadStatus::Ready: case ThreadStatus::GotLock: case ThreadStatus::TimedOut:
        if (gil_free) add(ChoiceKind::Run);
        break;
      case ThreadStatus::Lock: {
        const unsigned taken = object.object_id() == fixtures.root ? unsigned{slot::root::import_lock_taken} : unsigned{slot::lock::taken};
        if (heap.at(object).slots[taken].as_int() == 0) add(ChoiceKind::WakeUp);
        if (timed) add(ChoiceKind::Timeout);
        break;
      }
      case ThreadStatus::Join:
        if (status_of(object.object_id()) == ThreadStatus::Ended) {
          if (gil_free) add(ChoiceKind::Run);
        }
        if (timed) add(ChoiceKind::Timeout);
        break;
      case ThreadStatus::Started:
        if (gil_free && heap.at(object).slots[slot::thread::started].is(Tag::True)) add(ChoiceKind::Run);
        break;
      case ThreadStatus::Choosing:
        if (gil_free) {
          for (std::int64_t b = 0; b < object.as_int(); ++b) add(ChoiceKind::Branch, static_cast<std::uint32_t>(b));
        }
        break;
      case ThreadStatus::Gil:
        if (has_or_gets_gil) add(ChoiceKind::Run);
        break;
      case ThreadStatus::Stopped: case ThreadStatus::Ended:
        break;
    }
    const Value pending = t.slots[slot::thread::interrupts];
    if (pending.is_unset()) continue;
    const state::InterruptsOfThread interrupts{.pending = pending,
                                               .points = t.slots[slot::thread::interruptible],
                                               .status = static_cast<ThreadStatus>(t.slots[slot::thread::status].as_int()),
                                               .is_in_blocking_call = object != Value::object(fixtures.root) && t.slots[slot::thread::restored_depth].is_unset()};
    interrupts.for_each([&](std::uint32_t which) { add(ChoiceKind::Interrupt, which); });
  }
  state::add_that_none_comes(choices, [&](ThreadNumber number) { return heap.at(thread_with(number)).slots[slot::thread::interrupts]; });
  if (timeouts_last && !only_timeouts) std::erase_if(choices, [](const Choice& c) { return c.kind == ChoiceKind::Timeout; });
}

bool Vm::is_final() {
  const Object& root = heap.at(fixtures.root);
  if (root.slots[slot::root::is_dead].is(Tag::True)) return true;
  for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2) {
    const Object& t = heap.at(root.slots[i + 1]);
    if (static_cast<ThreadStatus>(t.slots[slot::thread::status].as_int()) != ThreadStatus::Ended && !t.slots[slot::thread::daemon].is(Tag::True)) return false;
  }
  return true;
}

bool Vm::nobody_can_step() {
  std::vector<Choice> choices;
  enabled(choices, false);
  return std::ranges::all_of(choices, [](const Choice& choice) { return choice.kind == ChoiceKind::Interrupt; });
}

void Vm::waits(std::vector<Waiting>& waiting) {
  waiting.clear();
  const Object& root = heap.at(fixtures.root);
  for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2) {
    const Object& t = heap.at(root.slots[i + 1]);
    const auto status = static_cast<ThreadStatus>(t.slots[slot::thread::status].as_int());
    if (status != ThreadStatus::Lock && status != ThreadStatus::Join && status != ThreadStatus::Started) continue;
    const Value object = t.slots[slot::thread::waits_for];
    Waiting w{.thread = static_cast<ThreadNumber>(root.slots[i].as_int()), .kind = WaitKind::Join, .timed = t.slots[slot::thread::handled].is(Tag::True), .has_owner = false, .owner = 0, .object = {}};
    if (status == ThreadStatus::Lock) {
      w.kind = WaitKind::Lock;
      const bool import_lock = object.object_id() == fixtures.root;
      const Object& lock = heap.at(object);
      const Value owner = lock.slots[import_lock ? unsigned{slot::root::import_lock_owner} : unsigned{slot::lock::owner}];
      const bool taken = lock.slots[import_lock ? unsigned{slot::root::import_lock_taken} : unsigned{slot::lock::taken}].as_int() != 0;
      // Anybody may release a plain lock (it is often used as a signal), so it has no owner while somebody can still do so.
      w.has_owner = taken && !owner.is_unset() && (import_lock || lock.kind == ObjectKind::RLock || nobody_can_step());
      if (w.has_owner) w.owner = static_cast<ThreadNumber>(owner.as_int());
      // What it has acquired itself, to be woken by a release, it still waits for when the program ends: that is no deadlock.
      if (w.owner == w.thread && !import_lock && is_final()) w.has_owner = false;
    } else {
      const bool is_start = status == ThreadStatus::Started;  // over when the other thread has begun
      if (is_start) w.kind = WaitKind::Started;
      w.has_owner = is_start ? !heap.at(object).slots[slot::thread::started].is(Tag::True) : status_of(object.object_id()) != ThreadStatus::Ended;
      w.owner = static_cast<ThreadNumber>(heap.at(object).slots[slot::thread::number].as_int());
    }
    if (recording_) w.object = describe(object);
    waiting.push_back(std::move(w));
  }
}

}  // namespace lockweave::vm
