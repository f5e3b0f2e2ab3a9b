// Attributes that are fields of the C structure in CPython: __name__ of a function, tb_frame, gi_code, ...
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;

// A function that abc.abstractmethod has marked.
bool Vm::is_abstract(Value v) {
  if (heap.is_kind(v, ObjectKind::StaticMethod) || heap.is_kind(v, ObjectKind::ClassMethod)) return is_abstract(heap.at(v).slots[0]);
  return v.is_object() && heap.get_attribute(v.object_id(), names.isabstractmethod).is(Tag::True);
}

// What a suspended generator or coroutine waits for at `yield from` or `await`; else Unset.
Value Vm::delegate_of(Value generator) {
  const Object& object = heap.at(generator);
  if (object.slots[slot::generator::status].as_int() != 1 || !object.slots[slot::generator::frame].is_object()) return {};
  const Object& frame = heap.at(object.slots[slot::generator::frame]);
  const auto& instructions = code_of(frame).code->instructions;
  const auto pc = static_cast<std::size_t>(frame.slots[slot::frame::pc].as_int());
  if (pc >= instructions.size() || instructions[pc].opcode != bytecode::Opcode::YieldFrom) return {};
  return frame.slots.back();
}

// Attributes that live in an object's own slots.
std::optional<Result> Vm::header_attribute(Value v, Value name) {
  const Object& o = heap.at(v);
  const auto or_none = [](Value x) { return done(x.is_unset() ? Value::none() : x); };
  if (is_instance(v, TypeId::BaseException)) {
    if (name == names.traceback || name == names.cause || name == names.context) return done_none();
    if (name == names.suppress_context) return done(Value::boolean(false));
    if (name == names.args) return done(tuple({}));
    if (name == names.dict) return makes_dictionary(v.object_id()) ? stop() : done(Value::object(heap.attribute_dictionary(v.object_id())));
    if ((name == names.name_plain || name == names.path || name == names.msg) && is_instance(v, TypeId::ImportError)) return done_none();
    if (name == names.value && is_instance(v, TypeId::StopIteration)) return done_none();
    if (name == names.code_plain && is_instance(v, TypeId::SystemExit)) return done_none();
    return std::nullopt;
  }
  switch (o.kind) {
    case ObjectKind::Function: {
      namespace f = slot::function;
      if (read(v.object_id(), name)) return stop();
      if (name == names.name) return done(o.slots[f::name]);
      if (name == names.qualname) return done(o.slots[f::qualname]);
      if (name == names.doc) return or_none(o.slots[f::doc]);
      if (name == names.code) return done(o.slots[f::code]);
      if (name == names.globals) return done(o.slots[f::globals]);
      if (name == names.defaults) return or_none(o.slots[f::defaults]);
      if (name == names.kwdefaults) return or_none(o.slots[f::keyword_defaults]);
      if (name == names.closure) return or_none(o.slots[f::closure]);
      if (name == names.module) {
        const Value module = heap.get_item(o.slots[f::globals].object_id(), names.name);
        return or_none(module);
      }
      if (name == names.annotations) {
        if (o.slots[f::annotations].is_unset() && write(v.object_id(), name)) return stop();
        if (o.slots[f::annotations].is_unset()) heap.set(v.object_id(), f::annotations, Value::object(new_dict()));
        return done(heap.at(v).slots[f::annotations]);
      }
      if (name == names.dict) return makes_dictionary(v.object_id()) ? stop() : done(Value::object(heap.attribute_dictionary(v.object_id())));
      return std::nullopt;
    }
    case ObjectKind::BoundMethod: case ObjectKind::BoundBuiltin:
      if (name == names.func) return done(o.slots[0]);
      if (name == names.self) return done(o.slots[1]);
      if (o.kind == ObjectKind::BoundBuiltin && (name == names.name || name == names.qualname)) return done(string(table_->row(o.slots[0]).name));
      return std::nullopt;
    case ObjectKind::Generator: {
      const bool running = o.slots[slot::generator::status].as_int() == 2;
      if (name == names.name || name == names.qualname) return done(o.slots[slot::generator::name]);
      const auto which = o.slots[slot::generator::which].as_int();
      const auto is_any = [&](Value generator, Value coroutine, Value asynchronous) { return name == (which == 0 ? generator : which == 1 ? coroutine : asynchronous); };
      if (is_any(names.gi_code, names.cr_code, names.ag_code)) return done(o.slots[slot::generator::code]);
      const bool is_state = is_any(names.gi_frame, names.cr_frame, names.ag_frame) || is_any(names.gi_running, names.cr_running, names.ag_running) ||
                            is_any(names.gi_yieldfrom, names.cr_await, names.ag_await);
      if (is_state && read(v.object_id(), Part::State)) return stop();
      if (is_any(names.gi_frame, names.cr_frame, names.ag_frame)) return or_none(o.slots[slot::generator::frame]);
      if (is_any(names.gi_running, names.cr_running, names.ag_running)) return done(Value::boolean(running));
      if (is_any(names.gi_yieldfrom, names.cr_await, names.ag_await)) return or_none(delegate_of(v));
      return std::nullopt;
    }
    case ObjectKind::Property:
      if (name == names.fget) return or_none(o.slots[0]);
      if (name == names.fset) return or_none(o.slots[1]);
      if (name == names.fdel) return or_none(o.slots[2]);
      if (name == names.doc) return or_none(o.slots[3]);
      if (name == names.isabstractmethod) return done(Value::boolean(is_abstract(o.slots[0]) || is_abstract(o.slots[1]) || is_abstract(o.slots[2])));
      return std::nullopt;
    case ObjectKind::StaticMethod: case ObjectKind::ClassMethod:
      if (name == names.isabstractmethod) return done(Value::boolean(is_abstract(o.slots[0])));
      if (name == names.func || name == names.wrapped) return done(o.slots[0]);
      return std::nullopt;
    case ObjectKind::Cell:
      if (name != names.cell_contents) return std::nullopt;
      if (read(v.object_id(), Part::State)) return stop();
      if (o.slots[0].is_unset()) return raise(TypeId::ValueError, "Cell is empty");
      return done(o.slots[0]);
    case ObjectKind::Traceback:
      if (name == names.tb_frame) return done(o.slots[0]);
      if (name == names.tb_lineno) return done(o.slots[1]);
      if (name == names.tb_next) return or_none(o.slots[2]);
      return std::nullopt;
    case ObjectKind::Frame: {
      const LoadedCode& code = code_of(o);
      const bool running = v.object_id() == frame_id_;
      if (name == names.f_code) return done(o.slots[slot::frame::code]);
      if (name == names.f_globals) return done(o.slots[slot::frame::globals]);
      if (name == names.f_back) return or_none(o.slots[slot::frame::back]);
      if (name == names.f_lineno) {
        const std::uint32_t at = running ? pc_ : static_cast<std::uint32_t>(std::max<std::int64_t>(0, o.slots[slot::frame::pc].as_int() - 1));
        return done(integer(code.code->instructions[at].line));
      }
      if (name == names.f_locals) tell_apart("a program looks into frames");
      if (name == names.f_locals && reads_cells(v.object_id())) return stop();
      if (name == names.f_locals) return done(Value::object(frame_namespace(v.object_id())));
      return std::nullopt;
    }
    case ObjectKind::Slice: case ObjectKind::Range:
      if (name == names.start) return done(o.slots[0]);
      if (name == names.stop) return done(o.slots[1]);
      if (name == names.step) return done(o.slots[2]);
      return std::nullopt;
    case ObjectKind::WeakRef:
      if (name == names.callback) return or_none(o.slots[slot::weakref::callback]);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

}  // namespace lockweave::vm
