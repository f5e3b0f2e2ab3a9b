// What breaks into a thread, at most once, at any point where the design's version lets it (lockweave.interrupt): signal handlers, finalisers that a
// garbage collection calls, asynchronous exceptions. Each is a choice of its own beside going on (ChoiceKind::Interrupt); the step puts its frame
// on top of the thread and ends, so that running it is the thread's next step. docs/interrupts.md.
#include <fmt/format.h>

#include "model/base/check.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using bytecode::Opcode;
using builtins::done_none;
using builtins::stop;
using state::InterruptKind;
using state::PendingInterrupts;

namespace {

constexpr std::uint64_t interrupts_key = Value(Tag::Unset, static_cast<std::uint64_t>(Part::Interrupts)).bits();
constexpr std::uint64_t state_key = Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits();

bool collects_at_allocations(SwitchPoints points) { return points <= SwitchPoints::V311; }

// May the instruction make an object that the collector knows? Those that take one from a list of free ones start no collection (3.11,
// Modules/gcmodule.c, gc_alloc, is not called for them), but whether one is there is up to what the process has done before.
// tests/real_python/collection_points_test.py holds this against the interpreters.
bool may_allocate(Opcode opcode) {
  switch (opcode) {
    case Opcode::BuildTuple: case Opcode::BuildList: case Opcode::BuildSet: case Opcode::BuildMap: case Opcode::BuildSlice:
    case Opcode::ListToTuple: case Opcode::ListExtend: case Opcode::SetUpdate: case Opcode::DictUpdate: case Opcode::DictMerge:
    case Opcode::BinaryOp: case Opcode::InplaceOp: case Opcode::BinarySubscr: case Opcode::UnpackEx:
    case Opcode::LoadAttr: case Opcode::StoreAttr: case Opcode::LoadMethod:
    case Opcode::GetIter: case Opcode::ForIter: case Opcode::GetYieldFromIter: case Opcode::YieldFrom: case Opcode::GetAwaitable:
    case Opcode::GetAiter: case Opcode::GetAnext:
    case Opcode::CallFunction: case Opcode::CallMethod: case Opcode::CallFunctionKw: case Opcode::CallFunctionEx:
    case Opcode::MakeFunction: case Opcode::BeforeWith: case Opcode::BeforeAsyncWith: case Opcode::WithExceptStart:
    case Opcode::RaiseVarargs: case Opcode::ImportName: case Opcode::ImportFrom: case Opcode::ImportStar:
      return true;
    default:
      return false;
  }
}

// repr() looks for signals before it does anything (3.12, Objects/object.c, PyObject_Repr), so these may run a handler though no switch point is near.
bool formats_values(const bytecode::Instruction& instruction) {
  return instruction.opcode == Opcode::FormatValue ||
         (instruction.opcode == Opcode::BinaryOp && static_cast<bytecode::BinaryOperator>(instruction.arg) == bytecode::BinaryOperator::Modulo);
}

}  // namespace

// lockweave.interrupt: something will break into that thread, if it does not end before. Requires: it has been started.
Result Vm::interrupt(ObjectId target, InterruptKind kind, Value function) {
  if (observing_) return unsupported("a function given to always, eventually or sometimes must not interrupt a thread");
  if (prefix_) return stop();
  if (runs_gil_text() || has_extensions) return unsupported("lockweave.interrupt in a program with C code, or on a design whose GIL is a text");
  if (!has_interrupts) return unsupported("lockweave.interrupt under another name: no file of the scenario says `interrupt`");
  if (target != thread_) {
    looked_at_others_ = true;
    if (visible(target, state_key, false)) return stop();
    if (status_of(target) == ThreadStatus::Ended) {
      const bool was_joined = heap.at(target).slots[slot::thread::handled].is(Tag::True);
      if (was_joined) return unsupported("lockweave.interrupt of a thread that has ended, and has been seen to have ended");
      return done_none();  // as PyThreadState_SetAsyncExc, which then finds nobody
    }
    if (shared_access(target, interrupts_key, true)) return stop();
  }
  PendingInterrupts pending(heap.at(target).slots[slot::thread::interrupts]);
  if (pending.count() == PendingInterrupts::most) return unsupported(fmt::format("more than {} interrupts that wait for one thread", PendingInterrupts::most));
  pending.add(kind);
  std::vector<Value> handlers;
  if (const Value known = heap.at(target).slots[slot::thread::handlers]; known.is_object()) handlers = heap.at(known).slots;
  handlers.push_back(function);
  heap.set(target, slot::thread::interrupts, pending.value());
  heap.set(target, slot::thread::handlers, tuple(handlers));
  return done_none();
}

// Which kinds may come before the instruction. In code that stands for C there is no place but the call that gives up the GIL.
unsigned Vm::interrupt_points(const bytecode::Instruction& instruction, bool at_switch) const {
  if (observing_ || loading_ || prefix_) return 0;
  if (code_->code->flags.native) return check_pending_ ? unsigned{state::blocking_call} : 0;
  unsigned points = 0;
  if (at_switch) points |= state::eval_breaker;
  if (formats_values(instruction) && program_->points() != SwitchPoints::BlockingOnly) points |= state::blocking_call;
  const bool may_collect = collects_at_allocations(program_->points()) ? may_allocate(instruction.opcode) : at_switch;
  if (may_collect) points |= state::collection;
  return points;
}

bool Vm::has_interrupt_at(unsigned points) {
  const PendingInterrupts pending(thread().slots[slot::thread::interrupts]);
  for (std::uint32_t which = 0; which < pending.count(); ++which) {
    if ((state::points_of(pending.kind(which)) & points) != 0) return true;
  }
  return false;
}

// The thread stands before an instruction where interrupts may come (points_). Whether another thread has registered one is looked at, at each such place.
// True: the step ends here, since one of its own may come, or another thread may register one first.
bool Vm::stops_for_interrupt() {
  if (!has_passed_ && forced_ == 0 && has_interrupt_at(points_)) return true;
  if (!concurrent_) return false;
  const auto held = [&](bool gives_protector) { return held_locks(thread_, gives_protector); };
  if (!sharing_->access(place_of(thread_), interrupts_key, observer_bit(), false, held)) return false;
  if (armed_) return true;
  record_access(thread_, interrupts_key, AccessKind::Read);
  became_visible();
  return false;
}

// One breaks in; or, one more than there are: none will.
void Vm::begin_interrupt(std::uint32_t which) {
  report_.visible = true;
  record_access(thread_, interrupts_key, AccessKind::Write);
  PendingInterrupts pending(thread().slots[slot::thread::interrupts]);
  if (which >= pending.count()) {
    if (recording_) report_.words.operation = "is not interrupted";
    forget_interrupts(thread_);
    return;
  }
  const InterruptKind kind = pending.kind(which);
  std::vector<Value> handlers = heap.at(thread().slots[slot::thread::handlers]).slots;
  const Value function = handlers[which];
  heap.retain(function);
  handlers.erase(handlers.begin() + which);
  pending.remove(which);
  set_private(thread_, slot::thread::interrupts, pending.value());
  set_private(thread_, slot::thread::handlers, handlers.empty() ? Value() : tuple(handlers));
  enter_context(thread().slots[slot::thread::frame].object_id());
  describe_stop();
  if (recording_) {
    constexpr std::string_view words[] = {"signal", "finalizer", "async-exception"};
    report_.words.operation = words[static_cast<std::size_t>(kind)];
    report_.words.object = describe(function);
  }
  const Value broken_into = leave_where_it_stands();
  heap.retain(broken_into);
  const Value arguments[] = {function};
  const std::string_view caller = kind == InterruptKind::AsyncException ? "_raise_async" : "_call_handler";
  pending_ = PendingCall{.function = heap.get_item(fixtures.library, string(caller)), .positional = {arguments[0]}, .keywords = {}, .mode = FrameMode::Signal, .extra = broken_into};
  if (kind == InterruptKind::Finalizer) pending_.mode = FrameMode::Finalizer;
  if (!push_frame(pending_)) {
    pending_exception_ = Value();
    (void)unsupported("an interrupt where no function can be called any more: the stack is too deep");
  }
  check_pending_ = false;
  if (frame_ != nullptr) save_pc();
  heap.release(broken_into);
  heap.release(function);
  if (heap.has_drops()) sweep();
}

// How it will go on there: a number, the points where it stood; or a tuple, what it waits for.
Value Vm::leave_where_it_stands() {
  const auto& slots = thread().slots;
  if (status_of(thread_) == ThreadStatus::Ready) {
    const Value points = slots[slot::thread::interruptible];
    set_private(thread_, slot::thread::interruptible, Value());
    return points;
  }
  const Value wait[] = {slots[slot::thread::status], slots[slot::thread::waits_for], slots[slot::thread::handled]};
  const Value kept = tuple(wait);
  const Part part = status_of(thread_) == ThreadStatus::Started ? Part::Started : Part::State;
  record_access(wait[1].object_id(), Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits(), AccessKind::FailedTry);
  touch_own_wait();
  set_private(thread_, slot::thread::waits_for, Value());
  set_private(thread_, slot::thread::handled, Value::boolean(false));
  set_status(thread_, ThreadStatus::Ready);
  return kept;
}

// It has returned, or, of a finaliser, been left with an exception: the thread goes on where it was broken into. One that waited waits on: the real one tries
// again first, without letting go of the GIL (3.9, Modules/_threadmodule.c, acquire_timed), which is the same as being woken up at once.
Flow Vm::interrupt_is_over(Value broken_into) {
  if (broken_into.is_object()) {
    const std::vector<Value> wait = heap.at(broken_into).slots;
    set_private(thread_, slot::thread::waits_for, wait[1]);
    set_private(thread_, slot::thread::handled, wait[2]);
    set_status(thread_, static_cast<ThreadStatus>(wait[0].as_int()));
    const Part part = status_of(thread_) == ThreadStatus::Started ? Part::Started : Part::State;
    record_access(wait[1].object_id(), Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits(), AccessKind::FailedTry);
    touch_own_wait();
    return Flow::Wait;
  }
  const auto points = static_cast<unsigned>(broken_into.as_int());
  check_pending_ = (points & state::eval_breaker) != 0 || code_->code->flags.native;
  if ((points & state::blocking_call) != 0 && code_->code->flags.native) {  // a sleep sleeps on, without the GIL
    at_switch_point();
    report_.released = true;
  }
  return Flow::Frame;
}

void Vm::note_dropped(Value exception) {
  if (recording_) report_.words.effects.push_back(fmt::format("{} is dropped: the finaliser raised it", exception_text(exception)));
}

void Vm::forget_interrupts(ObjectId id) {
  for (const unsigned of_them : {unsigned{slot::thread::interrupts}, unsigned{slot::thread::handlers}, unsigned{slot::thread::interruptible}}) {
    if (!heap.at(id).slots[of_them].is_unset()) set_private(id, of_them, Value());
  }
}

}  // namespace lockweave::vm
