// Operators, displays, jumps, iteration and generators.
#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;
using builtins::type_value;
using bytecode::Opcode;

namespace {

struct SpecialNames {
  std::string_view name, reflected, inplace, symbol;
};

constexpr SpecialNames binary_names[] = {
    {"__add__", "__radd__", "__iadd__", "+"},          {"__sub__", "__rsub__", "__isub__", "-"},
    {"__mul__", "__rmul__", "__imul__", "*"},          {"__matmul__", "__rmatmul__", "__imatmul__", "@"},
    {"__truediv__", "__rtruediv__", "__itruediv__", "/"}, {"__floordiv__", "__rfloordiv__", "__ifloordiv__", "//"},
    {"__mod__", "__rmod__", "__imod__", "%"},          {"__pow__", "__rpow__", "__ipow__", "** or pow()"},
    {"__lshift__", "__rlshift__", "__ilshift__", "<<"}, {"__rshift__", "__rrshift__", "__irshift__", ">>"},
    {"__and__", "__rand__", "__iand__", "&"},          {"__or__", "__ror__", "__ior__", "|"},
    {"__xor__", "__rxor__", "__ixor__", "^"},
};

constexpr std::string_view compare_symbols[] = {"<", "<=", "==", "!=", ">", ">="};

// The status of a Generator object.
enum : int { created = 0, suspended = 1, running = 2, finished = 3 };
// Who resumed it.
enum : std::uint8_t { by_call = 0, by_loop = 1, by_yield_from = 2, by_close = 3 };
constexpr std::int64_t mode_mask = 0xff;

}  // namespace

Flow Vm::truth_jump(const bytecode::Instruction& instruction) {
  const Value v = peek();
  if (v.is_bool()) return branch_on(instruction, v.is(Tag::True), true);
  const auto result = builtins::plain_truth(*this, v);
  if (!result) {
    const Result call = call_library("_slow_truth", std::span(&v, 1));
    if (call.kind != ResultKind::Call) return replace(1, call);
    save_pc();  // the operand stays; the answer decides this very jump (deliver_return)
    pending_.mode = FrameMode::Truth;
    return push_frame(pending_) ? Flow::Frame : Flow::Raise;
  }
  if (const auto flow = not_done(*result)) return *flow;
  return branch_on(instruction, result->value.is(Tag::True), false);
}

// The operand is on the stack; `exact`: it is True or False itself.
Flow Vm::branch_on(const bytecode::Instruction& instruction, bool truth, bool exact) {
  const bool jump_if = instruction.opcode == Opcode::PopJumpIfTrue || instruction.opcode == Opcode::JumpIfTrueOrPop;
  const bool jumps = truth == jump_if;
  const bool keeps = jumps && (instruction.opcode == Opcode::JumpIfFalseOrPop || instruction.opcode == Opcode::JumpIfTrueOrPop);
  const auto target = jumps ? static_cast<std::uint32_t>(instruction.arg) : pc_ + 1;
  const SwitchRule rule = code_->switches[pc_].rule;
  if (rule == SwitchRule::After || (rule == SwitchRule::AfterNonBool && !exact) || (rule == SwitchRule::AfterBackward && jumps && target <= pc_)) check_pending_ = true;
  if (!keeps) pop();
  pc_ = target;
  return Flow::Jump;
}

Flow Vm::unary(Opcode op) {
  const Value v = peek();
  if (op == Opcode::UnaryNot) {
    auto result = builtins::plain_truth(*this, v);
    if (!result) return replace(1, call_library("_slow_not", std::span(&v, 1)));
    if (result->kind == ResultKind::Done) result->value = Value::boolean(!result->value.is(Tag::True));
    return replace(1, *result);
  }
  const auto result = op == Opcode::UnaryNegative ? builtins::plain_unary_negative(*this, v)
                      : op == Opcode::UnaryPositive ? builtins::plain_unary_positive(*this, v)
                                                    : builtins::plain_unary_invert(*this, v);
  if (result) return replace(1, *result);
  const Value arguments[] = {string(op == Opcode::UnaryNegative ? "__neg__" : op == Opcode::UnaryPositive ? "__pos__" : "__invert__"),
                             string(op == Opcode::UnaryNegative ? "-" : op == Opcode::UnaryPositive ? "+" : "~"), v};
  return replace(1, call_library("_slow_unary", arguments));
}

Flow Vm::binary(bytecode::BinaryOperator op, bool inplace) {
  const Value a = peek(1);
  const Value b = peek(0);
  const auto result = inplace ? builtins::plain_inplace(*this, op, a, b) : builtins::plain_binary(*this, op, a, b);
  if (result) return replace(2, *result);
  const SpecialNames& special = binary_names[static_cast<std::size_t>(op)];
  if (inplace) {
    const Value arguments[] = {string(special.inplace), string(special.name), string(special.reflected), string(special.symbol), a, b};
    return replace(2, call_library("_slow_inplace", arguments));
  }
  const Value arguments[] = {string(special.name), string(special.reflected), string(special.symbol), a, b};
  return replace(2, call_library("_slow_binary", arguments));
}

Flow Vm::compare(bytecode::CompareOperator op) {
  const Value a = peek(1);
  const Value b = peek(0);
  if (const auto result = builtins::plain_compare(*this, op, a, b)) return replace(2, *result);
  const Value arguments[] = {string(compare_symbols[static_cast<std::size_t>(op)]), a, b};
  return replace(2, call_library("_slow_compare", arguments));
}

Flow Vm::format_value(std::uint32_t arg) {
  const bool has_spec = (arg & 4) != 0;
  const std::size_t operands = has_spec ? 2 : 1;
  const Value v = peek(has_spec ? 1 : 0);
  const Value spec = has_spec ? peek(0) : string("");
  const unsigned conversion = arg & 3;
  if (conversion == 0) {
    if (const auto result = builtins::plain_format(*this, v, text(spec))) return replace(operands, *result);
    const Value arguments[] = {v, spec};
    return replace(operands, call_library("_slow_format", arguments));
  }
  std::string out;
  const auto status = conversion == 1 ? builtins::plain_str(*this, v, out) : builtins::plain_repr(*this, v, out);
  if (status == builtins::TextStatus::Stop) return Flow::Stop;
  if (status == builtins::TextStatus::NeedsPython) {
    const Value arguments[] = {v, spec, string(conversion == 1 ? "s" : conversion == 2 ? "r" : "a")};
    return replace(operands, call_library("_slow_convert_format", arguments));
  }
  if (conversion == 3) {
    const Value arguments[] = {v, spec, string("a")};
    return replace(operands, call_library("_slow_convert_format", arguments));
  }
  const Value converted = string(out);
  const auto result = builtins::plain_format(*this, converted, text(spec));
  return replace(operands, *result);
}

Flow Vm::build(const bytecode::Instruction& instruction) {
  const auto count = static_cast<std::size_t>(instruction.arg);
  switch (instruction.opcode) {
    case Opcode::BuildTuple: return done_with(count, tuple(top_values(count)));
    case Opcode::BuildList: return done_with(count, list(top_values(count)));
    case Opcode::BuildSlice: {
      const Value slice = new_object(ObjectKind::Slice, TypeId::Slice, 3);
      for (std::size_t i = 0; i < 3; ++i) heap.set(slice.object_id(), i, i < count ? peek(count - 1 - i) : Value::none());
      return done_with(count, slice);
    }
    case Opcode::BuildString: {
      std::string out;
      for (Value piece : top_values(count)) out += text(piece);
      return done_with(count, string(out));
    }
    case Opcode::BuildMap: {
      const Value dict = Value::object(new_dict());
      for (std::size_t i = 0; i < count; ++i) {
        const Value key = peek(2 * count - 1 - 2 * i);
        const Value v = peek(2 * count - 2 - 2 * i);
        const auto result = builtins::plain_setitem(*this, dict, key, v);
        if (!result) {
          const Value items = tuple(top_values(2 * count));
          return replace(2 * count, call_library("_slow_build_map", std::span(&items, 1)));
        }
        if (result->kind == ResultKind::Call) {
          const Value items = tuple(top_values(2 * count));
          return replace(2 * count, call_library("_slow_build_map", std::span(&items, 1)));
        }
        if (const auto flow = not_done(*result)) return *flow;
      }
      return done_with(2 * count, dict);
    }
    case Opcode::BuildSet: {
      const Value set = new_object(ObjectKind::Set, TypeId::Set);
      for (std::size_t i = 0; i < count; ++i) {
        const Value key = peek(count - 1 - i);
        if (!builtins::plain_hash(*this, key)) {
          const Value items = tuple(top_values(count));
          return replace(count, call_library("_slow_build_set", std::span(&items, 1)));
        }
        heap.add_key(set.object_id(), key);
      }
      return done_with(count, set);
    }
    default:
      return Flow::Next;
  }
}

// ListAppend and its kin: the container lies below, made by this very frame.
Flow Vm::extend_below(const bytecode::Instruction& instruction) {
  const auto depth = static_cast<std::size_t>(instruction.arg);
  switch (instruction.opcode) {
    case Opcode::ListAppend:
      heap.append(peek(depth).object_id(), peek());
      pop();
      return Flow::Next;
    case Opcode::SetAdd: {
      const Value set = peek(depth);
      if (!builtins::plain_hash(*this, peek())) {
        const Value arguments[] = {set, peek()};
        return replace(1, call_library("_slow_set_add", arguments), FrameMode::Drop);
      }
      heap.add_key(set.object_id(), peek());
      pop();
      return Flow::Next;
    }
    case Opcode::MapAdd: {
      const Value arguments[] = {peek(depth + 1), peek(1), peek(0)};
      if (auto result = builtins::plain_setitem(*this, arguments[0], arguments[1], arguments[2])) return replace(2, *result, FrameMode::Drop);
      return replace(2, call_library("_slow_setitem", arguments), FrameMode::Drop);
    }
    case Opcode::ListExtend: case Opcode::SetUpdate: {
      std::vector<Value> items;
      const bool is_list = instruction.opcode == Opcode::ListExtend;
      const auto status = builtins::collect(*this, peek(), items);
      if (status == builtins::CollectStatus::Stop) return Flow::Stop;
      const Value arguments[] = {peek(depth), peek()};
      if (status != builtins::CollectStatus::Ok) return replace(1, call_library(is_list ? "_slow_list_extend" : "_slow_set_update", arguments), FrameMode::Drop);
      for (Value item : items) {
        if (is_list) heap.append(arguments[0].object_id(), item);
        else heap.add_key(arguments[0].object_id(), item);
      }
      pop();
      return Flow::Next;
    }
    default: {
      const bool merges = instruction.opcode == Opcode::DictMerge;
      const Value arguments[] = {peek(depth), peek(), merges ? string(callee_text(peek(depth + 2))) : Value::boolean(false)};
      if (!heap.is_kind(arguments[1], ObjectKind::Dict) || heap.at(arguments[1]).cls.is_object()) return replace(1, call_library("_slow_merge", arguments), FrameMode::Drop);
      if (read_order(arguments[1].object_id())) return Flow::Stop;
      const std::vector<Value> pairs = heap.at(arguments[1]).slots;
      for (std::size_t i = 0; i < pairs.size(); i += 2) {
        if (instruction.opcode == Opcode::DictMerge && heap.find_key(arguments[0].object_id(), pairs[i]) != Heap::absent) {
          (void)raise(TypeId::TypeError, fmt::format("{} got multiple values for keyword argument '{}'", callee_text(peek(depth + 2)), pairs[i].is_string() ? text(pairs[i]) : "?"));
          return Flow::Raise;
        }
        heap.set_item(arguments[0].object_id(), pairs[i], pairs[i + 1]);
      }
      pop();
      return Flow::Next;
    }
  }
}

Flow Vm::not_unpackable(Value v) {
  (void)raise(TypeId::TypeError, version_at_least(3, 7) ? fmt::format("cannot unpack non-iterable {} object", type_name_of(v)) : fmt::format("'{}' object is not iterable", type_name_of(v)));
  return Flow::Raise;
}

Flow Vm::unpack_sequence(std::uint32_t count) {
  std::vector<Value> items;
  const Value v = peek();
  const auto status = builtins::collect(*this, v, items);
  if (status == builtins::CollectStatus::Stop) return Flow::Stop;
  if (status == builtins::CollectStatus::NotIterable) return not_unpackable(v);
  if (status == builtins::CollectStatus::NeedsPython) {
    const Value arguments[] = {v, integer(count)};
    const Result call = call_library("_slow_unpack", arguments);
    if (call.kind != ResultKind::Call) return replace(1, call);
    pop();
    save_pc();  // the tuple comes back, and this instruction runs again
    return push_frame(pending_) ? Flow::Frame : Flow::Raise;
  }
  if (items.size() != count) {
    (void)raise(TypeId::ValueError, items.size() < count ? fmt::format("not enough values to unpack (expected {}, got {})", count, items.size())
                                                         : fmt::format("too many values to unpack (expected {})", count));
    return Flow::Raise;
  }
  // The items are put on before the sequence is let go.
  const Value sequence = v;
  heap.retain(sequence);
  pop();
  for (auto item = items.rbegin(); item != items.rend(); ++item) push(*item);
  heap.release(sequence);
  return Flow::Next;
}

Flow Vm::unpack_ex(std::uint32_t arg) {
  const std::size_t before = arg & 255;
  const std::size_t after = arg >> 8;
  std::vector<Value> items;
  const Value v = peek();
  const auto status = builtins::collect(*this, v, items);
  if (status == builtins::CollectStatus::Stop) return Flow::Stop;
  if (status == builtins::CollectStatus::NeedsPython) {
    const Result call = call_library("_slow_list", std::span(&v, 1));
    if (call.kind != ResultKind::Call) return replace(1, call);
    pop();
    save_pc();
    return push_frame(pending_) ? Flow::Frame : Flow::Raise;
  }
  if (status == builtins::CollectStatus::NotIterable) return not_unpackable(v);
  if (items.size() < before + after) {
    (void)raise(TypeId::ValueError, fmt::format("not enough values to unpack (expected at least {}, got {})", before + after, items.size()));
    return Flow::Raise;
  }
  const Value rest = list(std::span(items).subspan(before, items.size() - before - after));
  heap.retain(v);
  pop();
  for (std::size_t i = 0; i < after; ++i) push(items[items.size() - 1 - i]);
  push(rest);
  for (std::size_t i = 0; i < before; ++i) push(items[before - 1 - i]);
  heap.release(v);
  return Flow::Next;
}

Flow Vm::get_iter() {
  const Value v = peek();
  if (heap.is_kind(v, ObjectKind::Generator) && (heap.at(v).slots[slot::generator::which].as_int() == 0 || code_->code->flags.coroutine)) return Flow::Next;
  if (const auto result = builtins::plain_iter(*this, v)) return replace(1, *result);
  const Value method = find_in_class(type_of(v), names.iter);
  if (method.is_object()) {
    const Result bound = bind(method, v, type_of(v));
    if (bound.kind != ResultKind::Done) return replace(1, bound);
    return replace(1, invoke(bound.value, {}, {}));
  }
  if (find_in_class(type_of(v), names.getitem).is_object()) return replace(1, call_library("_slow_iter", std::span(&v, 1)));
  (void)raise(TypeId::TypeError, fmt::format("'{}' object is not iterable", type_name_of(v)));
  return Flow::Raise;
}

Flow Vm::for_iter(std::uint32_t target) {
  const Value it = peek();
  const auto exhausted = [&] {
    pop();
    if (code_->switches[pc_].rule == SwitchRule::After) check_pending_ = true;
    pc_ = target;
    return Flow::Jump;
  };
  if (heap.is_kind(it, ObjectKind::Iterator)) {
    const Result result = builtins::plain_next(*this, it);
    if (const auto flow = not_done(result)) return *flow;
    if (result.value.is_unset()) return exhausted();
    push(result.value);
    return Flow::Next;
  }
  if (heap.is_kind(it, ObjectKind::Generator)) return resume_generator(it, Value::none(), by_loop);
  const Value method = find_in_class(type_of(it), names.next);
  if (method.is_unset()) {
    (void)raise(TypeId::TypeError, fmt::format("'{}' object is not an iterator", type_name_of(it)));
    return Flow::Raise;
  }
  const Result bound = bind(method, it, type_of(it));
  if (const auto flow = not_done(bound)) return *flow;
  const Result result = invoke(bound.value, {}, {});
  if (result.kind == ResultKind::Raised && is_instance(pending_exception_, TypeId::StopIteration)) {
    pending_exception_ = Value();
    return exhausted();
  }
  return replace(0, result, FrameMode::Next);
}

// --- generators

Flow Vm::resume_generator(Value generator, Value sent, std::uint8_t kind) {
  const ObjectId id = generator.object_id();
  Object& object = heap.at(id);
  if (write(id, Part::State)) return Flow::Stop;
  const auto status = static_cast<int>(object.slots[slot::generator::status].as_int());
  if (status == running) {
    (void)raise(TypeId::ValueError, object.slots[slot::generator::which].as_int() == 0 ? "generator already executing" : "coroutine already executing");
    return Flow::Raise;
  }
  if (status == finished) {
    if (object.slots[slot::generator::which].as_int() == 1 && kind != by_loop) {
      (void)raise(TypeId::RuntimeError, "cannot reuse already awaited coroutine");
      return Flow::Raise;
    }
    return generator_result(kind, Value::none(), true);
  }
  if (status == created && !sent.is_none()) {
    (void)raise(TypeId::TypeError, object.slots[slot::generator::which].as_int() == 0 ? "can't send non-None value to a just-started generator"
                                                                                       : "can't send non-None value to a just-started coroutine");
    return Flow::Raise;
  }
  const ObjectId frame = object.slots[slot::generator::frame].object_id();
  heap.set(id, slot::generator::status, Value::small_int(running));
  if (kind == by_loop) ++pc_;          // a yielded value goes on the stack, then the loop's body
  save_pc();
  set_private(frame, slot::frame::back, Value::object(frame_id_));
  Object& resumed = heap.at(frame);
  heap.touch(frame);
  const auto packed = resumed.slots[slot::frame::mode].as_int();
  resumed.slots[slot::frame::mode] = Value::small_int((packed & ~std::int64_t{0xffffff}) | std::int64_t{kind} << 16 | static_cast<std::int64_t>(FrameMode::Generator));
  set_private(frame, slot::frame::extra, generator);
  set_frame(frame);
  enter_context(frame);
  if (status == suspended) {
    push(sent);
    if (program_->frames().at_resume && !code_->code->flags.native) check_pending_ = code_->code->instructions[pc_].opcode != Opcode::YieldFrom;
  } else if (code_->switch_at_entry) {
    check_pending_ = true;
  }
  return Flow::Frame;
}

// The running frame is the generator's. Who knows the generator can run it on, and reaches what it holds.
void Vm::suspend_generator(ObjectId generator) {
  heap.set(generator, slot::generator::status, Value::small_int(suspended));
  if (!heap.at(generator).escaped) return;
  for (Value inside : std::vector<Value>(frame_->slots)) heap.share(inside);
}

// What the one who resumed a generator gets: a yielded value, or the end. The resumer's frame runs again.
Flow Vm::generator_result(std::uint8_t kind, Value v, bool returned) {
  if (!returned) {
    switch (kind) {
      case by_call: case by_loop:
        push(v);
        return Flow::Frame;
      case by_yield_from: {
        // The frame that runs now is itself a generator at YieldFrom: it yields on, and runs the instruction again.
        const auto outer_kind = static_cast<std::uint8_t>(frame_->slots[slot::frame::mode].as_int() >> 16 & 0xff);
        const Value outer = frame_->slots[slot::frame::extra];
        heap.retain(v);
        save_pc();
        suspend_generator(outer.object_id());
        const ObjectId back = frame_->slots[slot::frame::back].object_id();
        const ObjectId own = frame_id_;
        set_frame(back);
        enter_context(back);
        set_private(own, slot::frame::back, Value());
        set_private(own, slot::frame::extra, Value());
        const Flow flow = generator_result(outer_kind, v, false);
        heap.release(v);
        return flow;
      }
      default:
        (void)raise(TypeId::RuntimeError, "generator ignored GeneratorExit");
        return Flow::Raise;
    }
  }
  switch (kind) {
    case by_call:
      (void)raise_stop_iteration(v);
      return Flow::Raise;
    case by_loop: {
      // pc_ stands behind ForIter if the generator ran, at it if it had finished before.
      if (code_->code->instructions[pc_].opcode != Opcode::ForIter || !heap.is_kind(peek(), ObjectKind::Generator)) --pc_;
      const auto target = static_cast<std::uint32_t>(code_->code->instructions[pc_].arg);
      pop();
      pc_ = target;
      return Flow::Frame;
    }
    case by_yield_from:
      heap.retain(v);
      pop();
      push(v);
      heap.release(v);
      ++pc_;
      return Flow::Frame;
    default:
      push(Value::none());
      return Flow::Frame;
  }
}

// The running generator is about to be suspended, and with it those that delegate to it: until then they are `already executing` to others.
bool Vm::suspends_generators() {
  for (const Object* frame = frame_; frame->slots[slot::frame::extra].is_object(); frame = &heap.at(frame->slots[slot::frame::back])) {
    const auto packed = frame->slots[slot::frame::mode].as_int();
    if (static_cast<FrameMode>(packed & mode_mask) != FrameMode::Generator) return false;
    if (write(frame->slots[slot::frame::extra].object_id(), Part::State)) return true;
    if (static_cast<std::uint8_t>(packed >> 16 & 0xff) != by_yield_from) return false;
  }
  return false;
}

Flow Vm::yield_value() {
  const Value generator = frame_->slots[slot::frame::extra];
  if (suspends_generators()) return Flow::Stop;
  Value v = peek();
  if (code_->code->flags.async_generator) {  // told apart from what an `await` in it yields; _machine.py unpacks it
    const Value marked[] = {fixtures.missing, v};
    v = tuple(marked);
  }
  heap.retain(v);
  pop();
  ++pc_;
  save_pc();
  suspend_generator(generator.object_id());
  const auto kind = static_cast<std::uint8_t>(frame_->slots[slot::frame::mode].as_int() >> 16 & 0xff);
  const ObjectId back = frame_->slots[slot::frame::back].object_id();
  const ObjectId own = frame_id_;
  set_frame(back);
  enter_context(back);
  set_private(own, slot::frame::back, Value());
  set_private(own, slot::frame::extra, Value());
  const Flow flow = generator_result(kind, v, false);
  heap.release(v);
  return flow;
}

Flow Vm::yield_from() {
  const Value sent = peek(0);
  const Value it = peek(1);
  if (heap.is_kind(it, ObjectKind::Generator)) {
    if (write(it.object_id(), Part::State)) return Flow::Stop;
    if (heap.at(it).slots[slot::generator::status].as_int() == running) {
      (void)raise(TypeId::ValueError, "generator already executing");
      return Flow::Raise;
    }
    heap.retain(sent);
    pop();
    const Flow flow = resume_generator(it, sent, by_yield_from);
    heap.release(sent);
    return flow;
  }
  if (heap.is_kind(it, ObjectKind::Iterator) && sent.is_none()) {
    if (suspends_generators()) return Flow::Stop;
    const Result result = builtins::plain_next(*this, it);
    if (const auto flow = not_done(result)) return *flow;
    if (result.value.is_unset()) {
      pop(2);
      push(Value::none());
      return Flow::Next;
    }
    // Yields on; this instruction runs again with what is sent next.
    const Value v = result.value;
    heap.retain(v);
    pop();
    const auto kind = static_cast<std::uint8_t>(by_yield_from);
    const Flow flow = generator_result(kind, v, false);
    heap.release(v);
    return flow;
  }
  // Any other iterator: the library asks it, and says (True, value) or (False, result); see deliver_return.
  const Value arguments[] = {it, sent};
  const Result call = call_library("_slow_send", arguments);
  if (call.kind != ResultKind::Call) return replace(1, call);
  pop();
  save_pc();
  pending_.mode = FrameMode::Send;
  return push_frame(pending_) ? Flow::Frame : Flow::Raise;
}

Flow Vm::send_result(Value answer) {
  const Value goes_on = heap.at(answer).slots[0];
  const Value v = heap.at(answer).slots[1];
  if (goes_on.is(Tag::True)) {
    const CannotEnd here(*this);
    (void)suspends_generators();
    return generator_result(by_yield_from, v, false);
  }
  return generator_result(by_yield_from, v, true);
}

Flow Vm::get_awaitable() {
  const Value v = peek();
  if (heap.is_kind(v, ObjectKind::Generator) && heap.at(v).slots[slot::generator::which].as_int() == 1) return Flow::Next;
  const Value method = find_in_class(type_of(v), names.await);
  if (method.is_unset()) {
    (void)raise(TypeId::TypeError, fmt::format("object {} can't be used in 'await' expression", type_name_of(v)));
    return Flow::Raise;
  }
  const Result bound = bind(method, v, type_of(v));
  if (bound.kind != ResultKind::Done) return replace(1, bound);
  return replace(1, invoke(bound.value, {}, {}));
}

Result Vm::generator_send(Value generator, Value sent, std::uint8_t kind) {
  pending_ = PendingCall{.function = generator, .positional = {sent}, .keywords = {}, .mode = FrameMode::Generator, .extra = Value::small_int(kind)};
  return {ResultKind::Call, {}};
}

Result Vm::generator_throw(Value generator, Value exception, bool closing) {
  pending_ = PendingCall{.function = generator, .positional = {Value::none(), exception}, .keywords = {}, .mode = FrameMode::Generator,
                         .extra = Value::small_int(closing ? by_close : by_call)};
  return {ResultKind::Call, {}};
}

}  // namespace lockweave::vm
