// One line an instruction; what each does is in opcode.def, the work in the functions named here.
#include <fmt/format.h>

#include "model/vm/vm.h"

namespace lockweave::vm {

using bytecode::Opcode;

Flow Vm::dispatch(const bytecode::Instruction& instruction) {
  const auto arg = static_cast<std::uint32_t>(instruction.arg);
  const auto name = [&] { return code_->names[arg]; };
  switch (instruction.opcode) {
    case Opcode::Nop: return Flow::Next;
    case Opcode::PopTop: pop(); return Flow::Next;
    case Opcode::RotTwo: rotate(2); return Flow::Next;
    case Opcode::RotThree: rotate(3); return Flow::Next;
    case Opcode::RotFour: rotate(4); return Flow::Next;
    case Opcode::DupTop: push(peek()); return Flow::Next;
    case Opcode::DupTopTwo: push(peek(1)); push(peek(1)); return Flow::Next;
    case Opcode::LoadConst:
      if (code_->constants[arg].is_unset()) return load_made_constant(arg);
      push(code_->constants[arg]);
      return Flow::Next;
    case Opcode::LoadFast: return load_fast(arg);
    case Opcode::StoreFast: return store_fast(arg);
    case Opcode::DeleteFast: return delete_fast(arg);
    case Opcode::LoadName: return load_name(name());
    case Opcode::StoreName: return store_in(body_namespace(), name(), peek());
    case Opcode::DeleteName: return delete_in(body_namespace(), name());
    case Opcode::LoadGlobal: return load_global(name());
    case Opcode::StoreGlobal: return store_in(frame_->slots[slot::frame::globals].object_id(), name(), peek());
    case Opcode::DeleteGlobal: return delete_in(frame_->slots[slot::frame::globals].object_id(), name());
    case Opcode::LoadClosure: push(local(code_->cell_first + arg)); return Flow::Next;
    case Opcode::LoadDeref: return load_deref(arg, false);
    case Opcode::LoadClassDeref: return load_deref(arg, true);
    case Opcode::StoreDeref: return store_deref(arg, peek());
    case Opcode::DeleteDeref: return store_deref(arg, Value());
    case Opcode::LoadAttr: return replace(1, load_attribute(peek(), name()));
    case Opcode::StoreAttr: return replace(2, store_attribute(peek(0), name(), peek(1)), FrameMode::Drop);
    case Opcode::DeleteAttr: return replace(1, store_attribute(peek(), name(), Value()), FrameMode::Drop);
    case Opcode::LoadMethod: return load_method(name());
    case Opcode::BinarySubscr: case Opcode::StoreSubscr: case Opcode::DeleteSubscr: return subscript(instruction.opcode);
    case Opcode::UnaryNot: case Opcode::UnaryNegative: case Opcode::UnaryPositive: case Opcode::UnaryInvert: return unary(instruction.opcode);
    case Opcode::BinaryOp: return binary(static_cast<bytecode::BinaryOperator>(arg), false);
    case Opcode::InplaceOp: return binary(static_cast<bytecode::BinaryOperator>(arg), true);
    case Opcode::CompareOp: return compare(static_cast<bytecode::CompareOperator>(arg));
    case Opcode::IsOp: return done_with(2, Value::boolean((peek(1) == peek(0)) != (arg == 1)));
    case Opcode::ContainsOp: return contains(arg == 1);
    case Opcode::BuildTuple: case Opcode::BuildList: case Opcode::BuildSet: case Opcode::BuildMap:
    case Opcode::BuildString: case Opcode::BuildSlice: return build(instruction);
    case Opcode::FormatValue: return format_value(arg);
    case Opcode::ListAppend: case Opcode::SetAdd: case Opcode::MapAdd: case Opcode::ListExtend: case Opcode::SetUpdate:
    case Opcode::DictUpdate: case Opcode::DictMerge: return extend_below(instruction);
    case Opcode::ListToTuple: return done_with(1, tuple(std::vector<Value>(heap.at(peek()).slots)));
    case Opcode::UnpackSequence: return unpack_sequence(arg);
    case Opcode::UnpackEx: return unpack_ex(arg);
    case Opcode::Jump: return jump(arg);
    case Opcode::PopJumpIfFalse: case Opcode::PopJumpIfTrue: case Opcode::JumpIfFalseOrPop: case Opcode::JumpIfTrueOrPop: return truth_jump(instruction);
    case Opcode::JumpIfNotExcMatch: return exception_matches(arg);
    case Opcode::GetIter: return get_iter();
    case Opcode::ForIter: return for_iter(arg);
    case Opcode::CallFunction: return call_function(arg);
    case Opcode::CallMethod: return call_method(arg);
    case Opcode::CallFunctionKw: return call_function_kw(arg);
    case Opcode::CallFunctionEx: return call_function_ex(arg);
    case Opcode::MakeFunction: return make_function(arg);
    case Opcode::LoadBuildClass: return load_build_class();
    case Opcode::ReturnValue: return leave_frame(peek());
    case Opcode::YieldValue: return yield_value();
    case Opcode::GetYieldFromIter: return get_iter();
    case Opcode::GetAwaitable: return get_awaitable();
    case Opcode::YieldFrom: return yield_from();
    case Opcode::GetAiter: return call_special(names.aiter, 1);
    case Opcode::GetAnext: return call_special(names.anext, 0);
    case Opcode::EndAsyncFor: return end_async_for();
    case Opcode::SetupFinally: push_block(false, arg, frame_->slots.size()); return Flow::Next;
    case Opcode::PopBlock: pop_block(); return Flow::Next;
    case Opcode::PopExcept: pop_except(); return Flow::Next;
    case Opcode::Reraise: return reraise();
    case Opcode::RaiseVarargs: return raise_varargs(arg);
    case Opcode::BeforeWith: return before_with(names.enter, names.exit);
    case Opcode::BeforeAsyncWith: return before_with(names.aenter, names.aexit);
    case Opcode::SetupWith: push_block(false, arg, frame_->slots.size() - 1); return Flow::Next;
    case Opcode::WithExceptStart: return with_except_start();
    case Opcode::LoadAssertionError: push(builtins::type_value(TypeId::AssertionError)); return Flow::Next;
    case Opcode::ImportName: return import_name(name());
    case Opcode::ImportFrom: return import_from(name());
    case Opcode::ImportStar: return import_star();
  }
  return Flow::Next;
}

// The top goes down to position n, the others come up.
void Vm::rotate(std::size_t n) {
  auto& slots = frame_->slots;
  std::rotate(slots.end() - static_cast<std::ptrdiff_t>(n), slots.end() - 1, slots.end());
}

// While the library is loaded the builtins are not filled yet.
Flow Vm::load_build_class() {
  if (read(fixtures.builtins, names.build_class)) return Flow::Stop;
  const Value v = heap.get_item(fixtures.builtins, names.build_class);
  push(v.is_unset() ? heap.get_item(fixtures.library, names.build_class) : v);
  return Flow::Next;
}

Flow Vm::load_fast(std::uint32_t i) {
  const Value v = local(slot::frame::first_local + i);
  if (v.is_unset()) {
    (void)raise(TypeId::UnboundLocalError, version_at_least(3, 11) ? fmt::format("cannot access local variable '{}' where it is not associated with a value", code_->code->local_names[i])
                                                                   : fmt::format("local variable '{}' referenced before assignment", code_->code->local_names[i]));
    return Flow::Raise;
  }
  push(v);
  return Flow::Next;
}

Flow Vm::store_fast(std::uint32_t i) {
  const Value v = peek();
  frame_->slots.pop_back();
  const Value old = std::exchange(local(slot::frame::first_local + i), v);
  heap.release(old);
  return Flow::Next;
}

Flow Vm::delete_fast(std::uint32_t i) {
  if (local(slot::frame::first_local + i).is_unset()) return load_fast(i);
  heap.release(std::exchange(local(slot::frame::first_local + i), Value()));
  return Flow::Next;
}

ObjectId Vm::body_namespace() const {
  const Value name_space = frame_->slots[slot::frame::name_space];
  return name_space.is_object() ? name_space.object_id() : frame_->slots[slot::frame::globals].object_id();
}

Flow Vm::jump(std::uint32_t target) {
  const SwitchRule rule = code_->switches[pc_].rule;
  if (rule == SwitchRule::After || (rule == SwitchRule::AfterBackward && target <= pc_)) check_pending_ = true;
  pc_ = target;
  return Flow::Jump;
}

// o.__aiter__() in place of o, or it.__anext__() on top of it.
Flow Vm::call_special(Value special, std::size_t operands) {
  const Value v = peek();
  const Value method = find_in_class(type_of(v), special);
  if (method.is_unset()) {
    (void)raise(TypeId::TypeError, special == names.aiter ? fmt::format("'async for' requires an object with __aiter__ method, got {}", type_name_of(v))
                                                          : fmt::format("'async for' requires an iterator with __anext__ method, got {}", type_name_of(v)));
    return Flow::Raise;
  }
  const Result bound = bind(method, v, type_of(v));
  if (const auto flow = not_done(bound)) return *flow;
  return replace(operands, invoke(bound.value, {}, {}));
}

Flow Vm::end_async_for() {
  const Value exception = peek();
  if (!is_instance(exception, TypeId::StopAsyncIteration)) return reraise();
  pop();
  pop_except();
  pop();
  return Flow::Next;
}

}  // namespace lockweave::vm
