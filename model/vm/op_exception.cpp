// Exceptions: raising, finding a handler, tracebacks, `with`.
#include <utility>

#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;
using builtins::is_subtype;
using builtins::type_id;
using builtins::type_value;

namespace {

constexpr int blocks_shift = 24;
constexpr std::int64_t blocks_mask = std::int64_t{0xfff} << blocks_shift;
constexpr std::int64_t mode_mask = 0xff;

}  // namespace

// --- blocks: one Int each, handler | height << 1 | target << 24

std::uint32_t Vm::block_count() const { return static_cast<std::uint32_t>((frame_->slots[slot::frame::mode].as_int() & blocks_mask) >> blocks_shift); }

void Vm::set_block_count(std::uint32_t count) {
  const std::int64_t mode = frame_->slots[slot::frame::mode].as_int();
  frame_->slots[slot::frame::mode] = Value::small_int((mode & ~blocks_mask) | std::int64_t{count} << blocks_shift);
}

void Vm::push_block(bool handler, std::uint32_t target, std::size_t level) {
  const std::uint32_t count = block_count();
  const auto height = static_cast<std::int64_t>(level - code_->stack_first);
  frame_->slots[code_->block_first + count] = Value::small_int((handler ? 1 : 0) | height << 1 | std::int64_t{target} << 24);
  set_block_count(count + 1);
}

Vm::Block Vm::top_block() const {
  const std::int64_t packed = frame_->slots[code_->block_first + block_count() - 1].as_int();
  return {(packed & 1) != 0, static_cast<std::uint32_t>(packed >> 24), static_cast<std::uint32_t>((packed >> 1 & 0x7fffff)) + code_->stack_first};
}

void Vm::pop_block() {
  const std::uint32_t count = block_count();
  frame_->slots[code_->block_first + count - 1] = Value();
  set_block_count(count - 1);
}

// --- making and raising

Value Vm::make_exception(TypeId type, std::span<const Value> arguments) {
  const ObjectId id = heap.allocate(ObjectKind::Instance, type_value(type), site());
  heap.set_attribute(id, names.args, tuple(arguments));
  if (type == TypeId::StopIteration && !arguments.empty()) heap.set_attribute(id, names.value, arguments[0]);
  return Value::object(id);
}

Result Vm::raise_value(Value exception) {
  pending_exception_ = exception;
  pending_is_reraise_ = false;
  return {ResultKind::Raised, {}};
}

// `raise v`: a class is called without arguments. Unset: something else is pending (a Python __init__ runs).
Value Vm::normalise_exception(Value v) {
  if (v.is(Tag::Type) && is_subtype(type_id(v), TypeId::BaseException)) return make_exception(type_id(v), {});
  return v;
}

Value Vm::current_exception() {
  ObjectId id = frame_ == nullptr ? state::no_object : frame_id_;
  while (id != state::no_object) {
    const Object& frame = heap.at(id);
    const Value handled = frame.slots[slot::frame::handled];
    if (!handled.is_unset() && !handled.is_none()) return handled;
    const Value back = frame.slots[slot::frame::back];
    id = back.is_object() ? back.object_id() : state::no_object;
  }
  return {};
}

void Vm::chain_context(Value exception) {
  const Value handled = current_exception();
  if (handled.is_unset() || handled == exception) return;
  // Do not make a cycle: the exception is taken out of the chain it is already part of.
  for (Value link = handled; link.is_object();) {
    const Value next = heap.get_attribute(link.object_id(), names.context);
    if (next == exception) {
      heap.delete_attribute(link.object_id(), names.context);
      break;
    }
    link = next;
  }
  heap.set_attribute(exception.object_id(), names.context, handled);
}

void Vm::add_traceback(Value exception) {
  if (code_->code->flags.native && !loading_) return;  // C code has no frames
  const Value before = heap.get_attribute(exception.object_id(), names.traceback);
  const Value entry = new_object(ObjectKind::Traceback, TypeId::Traceback, 3);
  heap.set(entry.object_id(), 0, Value::object(frame_id_));
  heap.set(entry.object_id(), 1, integer(code_->code->instructions[pc_].line));
  heap.set(entry.object_id(), 2, before.is_unset() ? Value::none() : before);
  heap.set_attribute(exception.object_id(), names.traceback, entry);
}

// To raise an exception that others know changes its traceback, and what it was raised in the handling of. True: the step ends before that.
bool Vm::changes_exception(Value exception) {
  const ObjectId id = exception.object_id();
  return write(id, names.traceback) || write(id, names.context) || write(id, Part::Whole);
}

Flow Vm::raise_varargs(std::uint32_t count) {
  if (count == 0) {
    const Value handled = current_exception();
    if (handled.is_unset()) {
      (void)raise(TypeId::RuntimeError, "No active exception to reraise");
      return Flow::Raise;
    }
    if (changes_exception(handled)) return Flow::Stop;
    pending_exception_ = handled;
    pending_is_reraise_ = true;
    return Flow::Raise;
  }
  Value exception = peek(count - 1);
  Value cause = count == 2 ? peek() : Value();
  const auto is_class = [&](Value v) {
    return (v.is(Tag::Type) && is_subtype(type_id(v), TypeId::BaseException)) || (heap.is_kind(v, ObjectKind::Class) && is_subclass(v, type_value(TypeId::BaseException)));
  };
  // A class of the program: its constructor may be Python; the instance takes the operand's place, and we come back here.
  for (const std::size_t depth : {std::size_t{0}, std::size_t{1}}) {
    if (depth >= count) break;
    const Value v = peek(depth);
    if (!heap.is_kind(v, ObjectKind::Class) || !is_class(v)) continue;
    if (depth != 0) {
      const Value arguments[] = {v, peek(0)};
      return replace(2, call_library("_raise_from", arguments));
    }
    const Result made = invoke(v, {}, {});
    if (made.kind == ResultKind::Call) {
      pop();
      save_pc();
      return push_frame(pending_) ? Flow::Frame : Flow::Raise;
    }
    if (const auto flow = not_done(made)) return *flow;
    (count == 2 ? cause : exception) = made.value;
  }
  exception = normalise_exception(exception);
  if (!is_instance(exception, TypeId::BaseException)) {
    (void)raise(TypeId::TypeError, "exceptions must derive from BaseException");
    return Flow::Raise;
  }
  if (count == 2) {
    cause = normalise_exception(cause);
    if (!cause.is_none() && !is_instance(cause, TypeId::BaseException)) {
      (void)raise(TypeId::TypeError, "exception causes must derive from BaseException");
      return Flow::Raise;
    }
    if (write(exception.object_id(), names.cause) || write(exception.object_id(), names.suppress_context)) return Flow::Stop;
  }
  if (changes_exception(exception)) return Flow::Stop;
  if (count == 2) {
    heap.set_attribute(exception.object_id(), names.cause, cause);
    heap.set_attribute(exception.object_id(), names.suppress_context, Value::boolean(true));
  }
  pending_exception_ = exception;
  pending_is_reraise_ = false;
  return Flow::Raise;
}

Flow Vm::reraise() {
  pending_exception_ = peek();
  pending_is_reraise_ = true;
  return Flow::Raise;
}

Flow Vm::exception_matches(std::uint32_t target) {
  const Value exception = peek(1);
  const Value type = peek(0);
  const Value cls = type_of(exception);
  bool matches = false;
  const auto check = [&](Value t) {
    const bool ok = (t.is(Tag::Type) && is_subtype(type_id(t), TypeId::BaseException)) || (heap.is_kind(t, ObjectKind::Class) && is_subclass(t, type_value(TypeId::BaseException)));
    matches = matches || (ok && is_subclass(cls, t));
    return ok;
  };
  bool valid = true;
  if (heap.is_kind(type, ObjectKind::Tuple)) {
    for (Value t : heap.at(type).slots) valid = check(t) && valid;
  } else {
    valid = check(type);
  }
  if (!valid) {
    (void)raise(TypeId::TypeError, "catching classes that do not inherit from BaseException is not allowed");
    return Flow::Raise;
  }
  if (code_->switches[pc_].rule == SwitchRule::After) check_pending_ = true;
  pop(2);
  pc_ = matches ? pc_ + 1 : target;
  return Flow::Jump;
}

void Vm::pop_except() {
  Value previous = peek();
  if (heap.is_kind(previous, ObjectKind::Tuple)) previous = heap.at(previous).slots[0];
  set_private(frame_id_, slot::frame::handled, previous.is_none() ? Value() : previous);
  pop();
  pop_block();
}

// Up to 3.10 a handler holds type, value and traceback (Python/ceval.c, exc_info): the traceback that an exception loses while it is
// handled lives on there. It is put beside what is kept of the exception before.
void Vm::keep_traceback(Value exception) {
  if (version_at_least(3, 11) || frame_ == nullptr || frame_->slots[slot::frame::handled] != exception) return;
  const auto block = [&](std::uint32_t index) { return frame_->slots[code_->block_first + index].as_int(); };
  std::uint32_t innermost = block_count();
  while (innermost > 0 && (block(innermost - 1) & 1) == 0) --innermost;
  if (innermost == 0) return;
  const std::size_t place = static_cast<std::size_t>(block(innermost - 1) >> 1 & 0x7fffff) + code_->stack_first;
  const Value traceback = heap.get_attribute(exception.object_id(), names.traceback);
  if (!traceback.is_object() || heap.is_kind(frame_->slots[place], ObjectKind::Tuple)) return;
  const Value both[] = {frame_->slots[place], traceback};
  set_private(frame_id_, place, tuple(both));
}

// --- unwinding

// Takes pending_exception_ to its handler. Frame: a frame runs on (pc_ set). Ended: no frame is left.
Flow Vm::unwind() {
  const Value exception = pending_exception_;
  heap.retain(exception);
  pending_exception_ = Value();
  if (code_->code->instructions[pc_].opcode != bytecode::Opcode::RaiseVarargs) {  // what raises has done its work: the step cannot end before it any more
    const CannotEnd here(*this);
    (void)changes_exception(exception);
  }
  if (!pending_is_reraise_) chain_context(exception);
  bool first = true;
  Flow flow = Flow::Frame;
  for (;;) {
    if (!(first && pending_is_reraise_ && heap.get_attribute(exception.object_id(), names.traceback).is_object())) add_traceback(exception);
    first = false;
    bool handled = false;
    while (block_count() > 0) {
      const Block block = top_block();
      if (block.handler) {
        while (frame_->slots.size() > block.level + 1) heap.drop_top(*frame_);
        pop_except();
        continue;
      }
      pop_block();
      while (frame_->slots.size() > block.level) heap.drop_top(*frame_);
      push_block(true, 0, frame_->slots.size());
      const Value previous = frame_->slots[slot::frame::handled];
      push(previous.is_unset() ? Value::none() : previous);
      set_private(frame_id_, slot::frame::handled, exception);
      push(exception);
      pc_ = block.target;
      if (program_->frames().at_handler && !code_->code->flags.native) check_pending_ = true;
      handled = true;
      flow = Flow::Frame;
      break;
    }
    if (handled) break;
    flow = unwind_frame_exit(exception);
    if (flow != Flow::Raise) break;
  }
  pending_is_reraise_ = false;
  heap.release(exception);
  if (flow == Flow::Stop) {  // raised again when the thread goes on: the instruction runs again from its start
    pending_exception_ = Value();
    return Flow::Stop;
  }
  return flow;
}

// The exception leaves the running frame. Raise: it goes on in the caller. Frame: somebody swallowed it.
Flow Vm::unwind_frame_exit(Value exception) {
  (void)before_leave(true);  // never stops
  const LoadedCode& code = *code_;
  const ObjectId own = frame_id_;
  const std::int64_t packed = frame_->slots[slot::frame::mode].as_int();
  const auto mode = static_cast<FrameMode>(packed & mode_mask);
  const auto resumed_by = static_cast<std::uint8_t>(packed >> 16 & 0xff);
  const Value extra = frame_->slots[slot::frame::extra];
  const Value back = frame_->slots[slot::frame::back];
  Object& leaving = *frame_;
  heap.retain(Value::object(own));
  heap.retain(extra);
  save_pc();
  while (leaving.slots.size() > code.stack_first) heap.drop_top(leaving);
  set_private(own, slot::frame::handled, Value());
  go_back(own, back);
  after_leave(code, leaving, true, exception, extra.is(Tag::True));
  Flow flow = Flow::Raise;
  if (mode == FrameMode::Generator) {
    // The step cannot end here any more: the access belongs to it even where a switch point came before.
    {
      const CannotEnd here(*this);
      (void)write(extra.object_id(), Part::State);
    }
    heap.set(extra.object_id(), slot::generator::status, Value::small_int(3));
    heap.set(extra.object_id(), slot::generator::frame, Value());
    const bool stop_iteration = is_instance(exception, TypeId::StopIteration);
    if (resumed_by == 3 && (stop_iteration || is_instance(exception, TypeId::GeneratorExit))) {
      push(Value::none());
      flow = Flow::Frame;
    } else if (stop_iteration ? stop_is_error(extra, leaving) : is_instance(exception, TypeId::StopAsyncIteration) && heap.at(extra).slots[slot::generator::which].as_int() == 2) {  // PEP 479
      const auto which = heap.at(extra).slots[slot::generator::which].as_int();
      const Value message = string(fmt::format("{} raised {}", which == 0 ? "generator" : which == 1 ? "coroutine" : "async generator", type_name_of(exception)));
      const Value error = make_exception(TypeId::RuntimeError, std::span(&message, 1));
      heap.set_attribute(error.object_id(), names.cause, exception);
      heap.set_attribute(error.object_id(), names.context, exception);
      heap.set_attribute(error.object_id(), names.suppress_context, Value::boolean(true));
      if (pc_ > 0 && resumed_by != 2) --pc_;
      pending_exception_ = error;
      pending_is_reraise_ = true;
      heap.release(extra);
      heap.release(Value::object(own));
      return unwind();
    } else if (stop_iteration) {  // 3.6: the generator has ended
      const Value value = heap.get_attribute(exception.object_id(), names.value);
      flow = generator_result(resumed_by, value.is_unset() ? Value::none() : value, true);
    }
  } else if (mode == FrameMode::Callback) {
    heap.set_attribute(exception.object_id(), names.traceback, Value::none());
    end_callback();
    flow = frame_ == nullptr ? Flow::Ended : Flow::Frame;
  } else if (mode == FrameMode::Finalizer) {
    note_dropped(exception);
    heap.set_attribute(exception.object_id(), names.traceback, Value::none());
    flow = interrupt_is_over(extra);
  } else if (mode == FrameMode::Next && is_instance(exception, TypeId::StopIteration)) {
    const auto target = static_cast<std::uint32_t>(code_->code->instructions[pc_ - 1].arg);
    pop();
    if (code_->switches[pc_ - 1].rule == SwitchRule::After) check_pending_ = true;
    pc_ = target;
    flow = Flow::Frame;
  } else if (mode == FrameMode::Observer) {
    flow = Flow::Ended;
  } else if (frame_ == nullptr) {
    flow = Flow::Ended;
    if (needs_python_text(exception) && !loading_) {
      (void)call_library("_end_with", std::span(&exception, 1));
      pending_.mode = FrameMode::Callback;
      if (push_frame(pending_)) flow = Flow::Frame;
    } else {
      finish_with_exception(exception, exception_text(exception));
    }
  }
  // The caller's pc stands behind the call (but where the instruction runs again): errors belong to the call.
  if (flow == Flow::Raise && pc_ > 0 && !runs_again(mode, resumed_by)) --pc_;
  heap.release(extra);
  heap.release(Value::object(own));
  return flow;
}

// Before 3.7 a generator may end so, unless its file asks for generator_stop.
bool Vm::stop_is_error(Value generator, const Object& frame) const {
  return version_at_least(3, 7) || heap.at(generator).slots[slot::generator::which].as_int() != 0 || code_of(frame).code->flags.native;
}

// Did the caller save its pc at the calling instruction itself?
bool Vm::runs_again(FrameMode mode, std::uint8_t resumed_by) const {
  using bytecode::Opcode;
  if (mode == FrameMode::Generator) return resumed_by == 2;
  if (mode == FrameMode::Send || mode == FrameMode::Truth) return true;
  if (mode != FrameMode::Call) return false;
  // The operand of these is made by a call, and then they run again. A pc behind a call never stands at one of them with
  // the call's own line differing, except right after it; the error's line is then the same statement's.
  const Opcode op = code_->code->instructions[pc_].opcode;
  const Opcode previous = pc_ > 0 ? code_->code->instructions[pc_ - 1].opcode : Opcode::Nop;
  const bool call_before = previous == Opcode::CallFunction || previous == Opcode::CallMethod || previous == Opcode::CallFunctionKw || previous == Opcode::CallFunctionEx;
  return !call_before && (op == Opcode::UnpackSequence || op == Opcode::UnpackEx || op == Opcode::RaiseVarargs);
}

// str(exception) is Python of the program.
bool Vm::needs_python_text(Value exception) {
  if (is_instance(exception, TypeId::SystemExit)) return false;
  if (has_python_special(exception, "__str__")) return true;
  const Value args = heap.get_attribute(exception.object_id(), names.args);
  if (!heap.is_kind(args, ObjectKind::Tuple) || heap.at(args).slots.empty()) return false;
  std::string ignored;
  const bool single = heap.at(args).slots.size() == 1;
  const Value shown = single ? heap.at(args).slots[0] : args;
  const bool as_repr = !single || is_instance(exception, TypeId::KeyError);
  const auto status = as_repr ? builtins::plain_repr(*this, shown, ignored) : builtins::plain_str(*this, shown, ignored);
  return status == builtins::TextStatus::NeedsPython;
}

// An exception has left a thread's function or main.py.
void Vm::finish_with_exception(Value exception, const std::string& message) {
  if (is_instance(exception, TypeId::SystemExit)) {
    set_private(thread_, slot::thread::end, Value::none());
    note_exit(exception);
    return;
  }
  set_private(thread_, slot::thread::end, type_of(exception));
  set_private(thread_, slot::thread::end_message, string(message));
  std::uint32_t flags = 0;
  if (is_instance(exception, TypeId::AssertionError) && raised_by_scenario_assert(exception)) flags |= ScenarioAssert;
  emit(EventKind::UncaughtException, type_name_of(exception), message, flags);
  if (loading_) load_error_ = traceback_text(exception);
}

// The text is there (_machine.py, _end_with).
Result Vm::end_with(Value exception, Value message) {
  const std::string name = type_name_of(exception);
  finish_with_exception(exception, text(message).empty() ? name : name + ": " + text(message));
  return builtins::done_none();
}

namespace {

// `assert` compiles to LoadAssertionError [message CallFunction] RaiseVarargs 1.
bool ends_assert(const std::vector<bytecode::Instruction>& instructions, std::size_t at) {
  if (instructions[at].opcode != bytecode::Opcode::RaiseVarargs) return false;
  while (at-- > 0 && instructions[at].opcode != bytecode::Opcode::PopJumpIfTrue) {
    if (instructions[at].opcode == bytecode::Opcode::LoadAssertionError) return true;
  }
  return false;
}

}  // namespace

bool Vm::raised_by_scenario_assert(Value exception) {
  Value entry = heap.get_attribute(exception.object_id(), names.traceback);
  Value last;
  while (entry.is_object() && heap.at(entry).kind == ObjectKind::Traceback) {
    last = entry;
    entry = heap.at(entry).slots[2];
  }
  if (!last.is_object()) return false;
  const Object& frame = heap.at(heap.at(last).slots[0]);
  const LoadedCode& code = code_of(frame);
  if (code.origin != Origin::Scenario) return false;
  // By the line: the frame itself may have gone on, into a `finally` or the end of a `with`.
  const std::int64_t line = heap.at(last).slots[1].as_int();
  const auto& instructions = code.code->instructions;
  for (std::size_t i = 0; i < instructions.size(); ++i) {
    if (static_cast<std::int64_t>(instructions[i].line) == line && ends_assert(instructions, i)) return true;
  }
  return false;
}

// --- with

Flow Vm::before_with(Value enter_name, Value exit_name) {
  const Value manager = peek();
  const Value cls = type_of(manager);
  if (reads_class(cls, enter_name) || reads_class(cls, exit_name)) return Flow::Stop;
  const Value enter = find_in_class(cls, enter_name);
  const Value exit = find_in_class(cls, exit_name);
  if (enter.is_unset() || exit.is_unset()) {
    const bool old = !version_at_least(3, 11);
    if (old) (void)raise(TypeId::AttributeError, enter.is_unset() ? text(enter_name) : text(exit_name));
    else (void)raise(TypeId::TypeError, fmt::format("'{}' object does not support the {}context manager protocol{}", type_name_of(manager),
                                                    enter_name == names.aenter ? "asynchronous " : "", enter.is_unset() ? "" : " (missed " + text(exit_name) + " method)"));
    return Flow::Raise;
  }
  const Result bound_exit = bind(exit, manager, cls);
  if (const auto flow = not_done(bound_exit)) return *flow;
  const Result bound_enter = bind(enter, manager, cls);
  if (const auto flow = not_done(bound_enter)) return *flow;
  const Result entered = invoke(bound_enter.value, {}, {});
  if (entered.kind == ResultKind::Stop || entered.kind == ResultKind::Raised) return replace(0, entered);
  heap.retain(bound_enter.value);
  heap.retain(bound_exit.value);
  pop();
  frame_->slots.push_back(bound_exit.value);
  const Flow flow = replace(0, entered);
  heap.release(bound_enter.value);
  return flow;
}

Flow Vm::with_except_start() {
  const Value exception = peek();
  const Value exit = peek(2);
  const Value entry = heap.get_attribute(exception.object_id(), names.traceback);
  const Value arguments[] = {type_of(exception), exception, entry.is_unset() ? Value::none() : entry};
  return replace(0, invoke(exit, arguments, {}));
}

}  // namespace lockweave::vm
