// Names, cells, attributes and items.
#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;

Flow Vm::load_global(Value name) {
  const ObjectId globals = frame_->slots[slot::frame::globals].object_id();
  if (read(globals, name)) return Flow::Stop;
  Value v = heap.get_item(globals, name);
  if (v.is_unset()) {
    if (read(fixtures.builtins, name)) return Flow::Stop;
    v = heap.get_item(fixtures.builtins, name);
  }
  if (has_extensions && code_->is_c) note_native_variable(globals, name, false);
  if (v.is_unset() && is_not_modelled(*this, "builtins", text(name))) {
    (void)unsupported(fmt::format("{} is not modelled", text(name)));
    return Flow::Unsupported;
  }
  if (v.is_unset()) {
    (void)raise(TypeId::NameError, fmt::format("name '{}' is not defined", text(name)));
    return Flow::Raise;
  }
  push(v);
  return Flow::Next;
}

Flow Vm::load_name(Value name) {
  const Value name_space = frame_->slots[slot::frame::name_space];
  if (name_space.is_object() && name_space != frame_->slots[slot::frame::globals]) {
    if (heap.at(name_space).kind != ObjectKind::Dict || heap.at(name_space).cls.is_object()) {
      const Value arguments[] = {name_space, name, frame_->slots[slot::frame::globals]};
      return replace(0, call_library("_slow_load_name", arguments));
    }
    if (read(name_space.object_id(), name)) return Flow::Stop;
    const Value v = heap.get_item(name_space.object_id(), name);
    if (!v.is_unset()) {
      push(v);
      return Flow::Next;
    }
  }
  return load_global(name);
}

Flow Vm::store_in(ObjectId dict, Value name, Value v) {
  if (heap.at(dict).kind != ObjectKind::Dict || heap.at(dict).cls.is_object()) {
    const Value arguments[] = {Value::object(dict), name, v};
    return replace(1, call_library("_slow_setitem", arguments), FrameMode::Drop);
  }
  const bool present = heap.find_key(dict, name) != Heap::absent;
  if (write(dict, name)) return Flow::Stop;
  if (!present && (write(dict, Part::Order) || write(dict, Part::Length))) return Flow::Stop;
  heap.set_item(dict, name, v);
  if (has_extensions && code_->is_c) note_native_variable(dict, name, true);
  pop();
  return Flow::Next;
}

Flow Vm::delete_in(ObjectId dict, Value name) {
  if (write(dict, name)) return Flow::Stop;
  if (heap.find_key(dict, name) == Heap::absent) {
    (void)raise(TypeId::NameError, fmt::format("name '{}' is not defined", text(name)));
    return Flow::Raise;
  }
  if (write(dict, Part::Order) || write(dict, Part::Length)) return Flow::Stop;
  heap.delete_item(dict, name);
  return Flow::Next;
}

Flow Vm::load_deref(std::uint32_t cell, bool class_first) {
  const bytecode::Code& code = *code_->code;
  const std::string& name = cell < code.cell_names.size() ? code.cell_names[cell] : code.free_names[cell - code.cell_names.size()];
  const Value id = local(code_->cell_first + cell);
  if (class_first) {
    const Value name_space = frame_->slots[slot::frame::name_space];
    const Value key = string(name);
    if (name_space.is_object()) {
      if (read(name_space.object_id(), key)) return Flow::Stop;
      const Value v = heap.get_item(name_space.object_id(), key);
      if (!v.is_unset()) {
        push(v);
        return Flow::Next;
      }
    }
  }
  if (read(id.object_id(), Part::State)) return Flow::Stop;
  const Value v = heap.at(id).slots[0];
  if (v.is_unset()) {
    const bool is_new = version_at_least(3, 11);
    if (cell < code.cell_names.size()) {
      (void)raise(TypeId::UnboundLocalError, is_new ? fmt::format("cannot access local variable '{}' where it is not associated with a value", name)
                                                    : fmt::format("local variable '{}' referenced before assignment", name));
    } else {
      (void)raise(TypeId::NameError, is_new ? fmt::format("cannot access free variable '{}' where it is not associated with a value in enclosing scope", name)
                                            : fmt::format("free variable '{}' referenced before assignment in enclosing scope", name));
    }
    return Flow::Raise;
  }
  push(v);
  return Flow::Next;
}

Flow Vm::store_deref(std::uint32_t cell, Value v) {
  const Value id = local(code_->cell_first + cell);
  if (write(id.object_id(), Part::State)) return Flow::Stop;
  heap.set(id.object_id(), 0, v);
  if (!v.is_unset()) pop();
  return Flow::Next;
}

// Leaves (function, self) for a plain method, so that no bound method is made.
Flow Vm::load_method(Value name) {
  const Value v = peek();
  const auto plain = [&](Value function) {
    pop();
    push(function);
    push(v);
    return Flow::Next;
  };
  if (!v.is_object() || (heap.at(v).cls.is(Tag::Type) && heap.at(v).kind != ObjectKind::Instance && heap.at(v).kind != ObjectKind::Module &&
                         heap.at(v).kind != ObjectKind::Class && heap.at(v).kind != ObjectKind::Super && heap.at(v).kind != ObjectKind::Function)) {
    if (!v.is(Tag::Type) && (!v.is_object() || heap.at(v).attributes.is_unset())) {
      const Value found = table_->method(builtins::type_id(type_of(v)), name);
      if (found.is(Tag::Builtin) && !table_->row(found).is_class_method) return plain(found);
    }
  } else if (heap.at(v).kind == ObjectKind::Instance && heap.at(v).cls.is_object()) {
    const Object& object = heap.at(v);
    const Value in_class = find_in_class(object.cls, name);
    const bool is_plain = heap.is_kind(in_class, ObjectKind::Function) && !find_in_class(object.cls, names.getattribute).is_object();
    if (is_plain) {
      if (reads_class(object.cls, name)) return Flow::Stop;
      if (reads_dictionary(v.object_id())) return Flow::Stop;
      if (object.attributes.is_unset() ? read(v.object_id(), name) : read(object.attributes.object_id(), name)) return Flow::Stop;
      if (heap.get_attribute(v.object_id(), name).is_unset()) return plain(in_class);
    }
  }
  const Result result = load_attribute(v, name);
  if (result.kind == ResultKind::Done) {
    pop();
    push(result.value);
    heap.push(*frame_, Value());
    return Flow::Next;
  }
  return replace(1, result, FrameMode::PushNull);
}

Flow Vm::subscript(bytecode::Opcode op) {
  using bytecode::Opcode;
  if (op == Opcode::StoreSubscr) {
    const Value arguments[] = {peek(1), peek(0), peek(2)};
    if (arguments[0].is_object() && arguments[0].object_id() == fixtures.modules) {
      const Value before = heap.get_item(fixtures.modules, arguments[1]);
      if (auto result = builtins::plain_setitem(*this, arguments[0], arguments[1], arguments[2])) {
        if (result->kind == ResultKind::Done) note_modules_change(arguments[1], before, arguments[2]);
        return replace(3, *result, FrameMode::Drop);
      }
    }
    if (auto result = builtins::plain_setitem(*this, arguments[0], arguments[1], arguments[2])) return replace(3, *result, FrameMode::Drop);
    return replace(3, call_library("_slow_setitem", arguments), FrameMode::Drop);
  }
  const Value arguments[] = {peek(1), peek(0)};
  if (op == Opcode::DeleteSubscr) {
    const bool of_modules = arguments[0].is_object() && arguments[0].object_id() == fixtures.modules;
    const Value before = of_modules ? heap.get_item(fixtures.modules, arguments[1]) : Value();
    if (auto result = builtins::plain_delitem(*this, arguments[0], arguments[1])) {
      if (result->kind == ResultKind::Done && of_modules) note_modules_change(arguments[1], before, Value());
      return replace(2, *result, FrameMode::Drop);
    }
    return replace(2, call_library("_slow_delitem", arguments), FrameMode::Drop);
  }
  if (auto result = builtins::plain_getitem(*this, arguments[0], arguments[1])) return replace(2, *result);
  if (arguments[0].is(Tag::Type) || heap.is_kind(arguments[0], ObjectKind::Class)) {
    const Value method = find_in_class(arguments[0], names.class_getitem);
    if (!method.is_unset()) {
      const Result bound = bind(method, Value(), arguments[0]);
      if (bound.kind != ResultKind::Done) return replace(2, bound);
      return replace(2, invoke(heap.is_kind(bound.value, ObjectKind::Function) ? method : bound.value, std::span(arguments).subspan(heap.is_kind(bound.value, ObjectKind::Function) ? 0 : 1), {}));
    }
    if (arguments[0].is(Tag::Type)) return replace(2, done(arguments[0]));  // list[int]: the parameters say nothing here
  }
  return replace(2, call_library("_slow_getitem", arguments));
}

Flow Vm::contains(bool negate) {
  const Value item = peek(1);
  const Value container = peek(0);
  auto result = builtins::plain_contains(*this, container, item);
  if (!result) {
    const Value arguments[] = {container, item};
    return replace(2, call_library(negate ? "_slow_not_contains" : "_slow_contains", arguments));
  }
  if (result->kind == ResultKind::Done && negate) result->value = Value::boolean(!result->value.is(Tag::True));
  return replace(2, *result);
}

}  // namespace lockweave::vm
