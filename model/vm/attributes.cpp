// Attribute look-up: Objects/object.c, PyObject_GenericGetAttr, and the type objects' own ways.
#include <algorithm>

#include <fmt/format.h>

#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::is_subtype;
using builtins::stop;
using builtins::type_id;
using builtins::type_name;
using builtins::type_value;

std::vector<Value> Vm::order_of_resolution(Value cls) {
  std::vector<Value> order;
  if (heap.is_kind(cls, ObjectKind::Class)) {
    const Object& object = heap.at(cls);
    const Object& mro = heap.at(object.slots[slot::klass::mro]);
    return mro.slots;
  }
  for (TypeId type = type_id(cls);; type = builtins::base_of(type)) {
    order.push_back(type_value(type));
    if (type == TypeId::Object) return order;
  }
}

bool Vm::is_subclass(Value cls, Value of) {
  if (cls == of) return true;
  if (cls.is(Tag::Type)) return of.is(Tag::Type) && is_subtype(type_id(cls), type_id(of));
  if (!heap.is_kind(cls, ObjectKind::Class)) return false;
  const Object& mro = heap.at(heap.at(cls).slots[slot::klass::mro]);
  return std::find(mro.slots.begin(), mro.slots.end(), of) != mro.slots.end();
}

Value Vm::builtin_attribute(TypeId type, Value name) { return table_->own_method(type, name); }

// Along the order of resolution. Unset if absent.
Value Vm::find_in_class(Value cls, Value name) {
  if (cls.is(Tag::Type)) return table_->method(type_id(cls), name);
  MethodCache& cached = method_cache_[(cls.bits() ^ name.bits() * 31) >> 8 & (method_cache_.size() - 1)];
  if (cached.version == heap.class_version() && cached.cls == cls.bits() && cached.name == name.bits()) return cached.found;
  Value found;
  const Object& mro = heap.at(heap.at(cls).slots[slot::klass::mro]);
  for (std::size_t i = 0; i < mro.slots.size() && found.is_unset(); ++i) {
    const Value c = mro.slots[i];
    if (c.is(Tag::Type)) found = builtin_attribute(type_id(c), name);
    else found = heap.get_item(heap.at(c).slots[slot::klass::dictionary].object_id(), name);
  }
  cached = {heap.class_version(), cls.bits(), name.bits(), found};
  return found;
}

// Reports the reads that finding `name` in the class makes. Classes that no thread has changed while others ran need none.
bool Vm::reads_class(Value cls, Value name) {
  if (!concurrent_ || !sharing_->classes_change() || !heap.is_kind(cls, ObjectKind::Class)) return false;
  const Object& mro = heap.at(heap.at(cls).slots[slot::klass::mro]);
  for (Value c : mro.slots) {
    if (!c.is_object()) continue;
    const ObjectId dict = heap.at(c).slots[slot::klass::dictionary].object_id();
    if (read(dict, name)) return true;
    if (heap.find_key(dict, name) != Heap::absent) return false;
  }
  return false;
}

Value Vm::find_special(Value v, std::string_view name) { return find_in_class(type_of(v), constants.string(name)); }

bool Vm::has_python_special(Value v, std::string_view name) {
  if (!v.is_object()) return false;
  const Value cls = heap.at(v).cls;
  if (!heap.is_kind(cls, ObjectKind::Class)) return false;
  return find_in_class(cls, constants.string(name)).is_object();
}

// A class attribute as seen through an instance (self set) or through the class itself (self unset).
Result Vm::bind(Value found, Value self, Value cls) {
  if (found.is(Tag::Builtin)) {
    const auto& row = table_->row(found);
    if (row.is_class_method) {
      const ObjectId bound = heap.allocate(ObjectKind::BoundBuiltin, type_value(TypeId::BuiltinFunction), site(), 2);
      heap.set(bound, 0, found);
      heap.set(bound, 1, cls);
      return done(Value::object(bound));
    }
    if (self.is_unset() || !row.is_method) return done(found);
    const ObjectId bound = heap.allocate(ObjectKind::BoundBuiltin, type_value(TypeId::BuiltinFunction), site(), 2);
    heap.set(bound, 0, found);
    heap.set(bound, 1, self);
    return done(Value::object(bound));
  }
  if (!found.is_object()) return done(found);
  const Object& object = heap.at(found);
  const auto method_of = [&](Value function, Value receiver) {
    const ObjectId bound = heap.allocate(ObjectKind::BoundMethod, type_value(TypeId::Method), site(), 2);
    heap.set(bound, 0, function);
    heap.set(bound, 1, receiver);
    return done(Value::object(bound));
  };
  switch (object.kind) {
    case ObjectKind::Function:
      return self.is_unset() ? done(found) : method_of(found, self);
    case ObjectKind::StaticMethod:
      return done(object.slots[0]);
    case ObjectKind::ClassMethod: {
      const Value inner = object.slots[0];
      if (heap.is_kind(inner, ObjectKind::Property)) return invoke(heap.at(inner).slots[0], std::span(&cls, 1), {});
      return method_of(inner, cls);
    }
    case ObjectKind::Property: {
      if (self.is_unset()) return done(found);
      const Value getter = object.slots[0];
      if (getter.is_none() || getter.is_unset()) return raise(TypeId::AttributeError, version_at_least(3, 11) ? "property has no getter" : "unreadable attribute");
      return invoke(getter, std::span(&self, 1), {});
    }
    case ObjectKind::Instance: {
      if (object.cls == type_value(TypeId::MemberDescriptor)) {  // an instance that has the value was asked first
        if (self.is_unset()) return done(found);
        const Value slot_name = heap.get_attribute(found.object_id(), names.name);
        return version_at_least(3, 10) ? missing_attribute(self, slot_name) : raise(TypeId::AttributeError, text(slot_name));
      }
      const Value get = find_in_class(object.cls, names.get);
      if (get.is_unset() || get.is(Tag::Builtin)) return done(found);
      const Value arguments[] = {found, self.is_unset() ? Value::none() : self, cls};
      return invoke(get, arguments, {});
    }
    default:
      return done(found);
  }
}

Result Vm::missing_attribute(Value v, Value name) {
  if (heap.is_kind(v, ObjectKind::Class) || v.is(Tag::Type))
    return raise(TypeId::AttributeError, fmt::format("type object '{}' has no attribute '{}'", describe(v), text(name)));
  return raise(TypeId::AttributeError, fmt::format("'{}' object has no attribute '{}'", type_name_of(v), text(name)));
}

// The descriptor of a name in __slots__.
bool Vm::is_member(Value v) { return heap.is_kind(v, ObjectKind::Instance) && heap.at(v).cls == type_value(TypeId::MemberDescriptor); }

// __dict__ of an instance. What __slots__ names stays outside of it, among the object's own slots.
ObjectId Vm::instance_dictionary(ObjectId id) {
  const Object& object = heap.at(id);
  std::vector<Value> members;
  if (object.kind == ObjectKind::Instance && object.attributes.is_unset() && !find_in_class(object.cls, names.slots).is_unset()) {
    for (std::size_t i = 0; i < object.slots.size(); i += 2) {
      if (is_member(find_in_class(object.cls, object.slots[i]))) members.insert(members.end(), {object.slots[i], object.slots[i + 1]});
    }
  }
  for (Value member : members) heap.retain(member);
  const ObjectId dictionary = heap.attribute_dictionary(id);
  for (std::size_t i = 0; i < members.size(); i += 2) {
    heap.delete_item(dictionary, members[i]);
    heap.append(id, members[i]);
    heap.append(id, members[i + 1]);
  }
  for (Value member : members) heap.release(member);
  return dictionary;
}

// What C keeps in an exception is an attribute with us, and is left out. Departure: a copy, so nothing can be written through it.
Value Vm::exception_dictionary(ObjectId id) {
  std::vector<std::string_view> kept_by_c{"args", "__traceback__", "__cause__", "__context__", "__suppress_context__"};
  const auto add = [&](TypeId type, std::initializer_list<std::string_view> fields) {
    if (is_instance(Value::object(id), type)) kept_by_c.insert(kept_by_c.end(), fields);
  };
  add(TypeId::ImportError, {"msg", "name", "path", "name_from"});
  add(TypeId::StopIteration, {"value"});
  add(TypeId::SystemExit, {"code"});
  add(TypeId::OSError, {"errno", "strerror", "filename", "filename2"});
  add(TypeId::SyntaxError, {"msg", "filename", "lineno", "offset", "text"});
  add(TypeId::NameError, {"name"});
  add(TypeId::AttributeError, {"name", "obj"});
  const Value dictionary = Value::object(new_dict());
  const std::vector<Value> slots = heap.at(id).slots;
  for (std::size_t i = 0; i < slots.size(); i += 2) {
    const bool own = !slots[i].is_string() || std::ranges::find(kept_by_c, text(slots[i])) == kept_by_c.end();
    if (own) heap.set_item(dictionary.object_id(), slots[i], slots[i + 1]);
  }
  return dictionary;
}

// Of an instance that has a dictionary besides.
Value* Vm::slot_of(ObjectId id, Value name) {
  auto& slots = heap.at(id).slots;
  for (std::size_t i = 0; i < slots.size(); i += 2) {
    if (slots[i] == name) return &slots[i + 1];
  }
  return nullptr;
}

Result Vm::instance_attribute(Value v, Value name) {
  const ObjectId id = v.object_id();
  const Value cls = heap.at(id).cls;
  if (reads_class(cls, name)) return stop();
  const Value in_class = find_in_class(cls, name);
  if (in_class.is_object()) {
    const Object& object = heap.at(in_class);
    const bool data = object.kind == ObjectKind::Property || (object.kind == ObjectKind::Instance && find_in_class(object.cls, names.set).is_object());
    if (data) return bind(in_class, v, cls);
  }
  if (name == names.dict && in_class.is_unset()) {
    if (cls.is_object() && !find_in_class(cls, names.slots).is_unset() && !allows_attribute(cls, name)) return missing_attribute(v, name);
    if (read(id, Part::Whole)) return stop();
    if (is_instance(v, TypeId::BaseException) && heap.at(id).attributes.is_unset()) return done(exception_dictionary(id));
    return done(Value::object(instance_dictionary(id)));
  }
  const Value dictionary = heap.at(id).attributes;
  if (!dictionary.is_unset() && heap.at(id).kind == ObjectKind::Instance && is_member(in_class)) {
    if (read(id, name)) return stop();
    const Value* kept = slot_of(id, name);
    return kept != nullptr ? done(*kept) : bind(in_class, v, cls);
  }
  if (dictionary.is_unset() ? read(id, name) : read(dictionary.object_id(), name)) return stop();
  const Value own = heap.get_attribute(id, name);
  if (!own.is_unset()) return done(own);
  if (!in_class.is_unset()) return bind(in_class, v, cls);
  if (name == names.class_) return done(cls);
  if (const auto header = header_attribute(v, name)) return *header;
  const Value fallback = find_in_class(cls, names.getattr);
  if (fallback.is_object()) {
    const Value arguments[] = {v, name};
    const Result bound = bind(fallback, v, cls);
    if (bound.kind != ResultKind::Done) return bound;
    return invoke(bound.value, std::span(arguments).subspan(1), {});
  }
  return missing_attribute(v, name);
}

Result Vm::class_attribute(Value cls, Value name) {
  const Object& object = heap.at(cls);
  const Value meta = object.cls;
  const Value in_meta = find_in_class(meta, name);
  if (heap.is_kind(in_meta, ObjectKind::Property)) return bind(in_meta, cls, meta);
  if (reads_class(cls, name)) return stop();
  const Object& mro = heap.at(object.slots[slot::klass::mro]);
  const auto special = [&]() -> Value {
    if (name == names.name) return object.slots[slot::klass::name];
    if (name == names.qualname) return object.slots[slot::klass::qualname];
    if (name == names.bases) return object.slots[slot::klass::bases];
    if (name == names.mro) return object.slots[slot::klass::mro];
    if (name == names.class_) return meta;
    if (name == names.base) return mro.slots.size() > 1 ? mro.slots[1] : type_value(TypeId::Object);
    return {};
  }();
  if (!special.is_unset()) return done(special);
  if (name == names.dict) {
    const ObjectId proxy = heap.allocate(ObjectKind::MappingProxy, type_value(TypeId::MappingProxy), site(), 1);
    heap.set(proxy, 0, heap.at(cls).slots[slot::klass::dictionary]);
    return done(Value::object(proxy));
  }
  const Value found = find_in_class(cls, name);
  if (!found.is_unset()) return bind(found, Value(), cls);
  if (!in_meta.is_unset()) return bind(in_meta, cls, meta);
  if (name == names.doc) return done_none();
  if (name == names.annotations) return done(Value::object(new_dict()));
  const Value fallback = find_in_class(meta, names.getattr);
  if (fallback.is_object()) {
    const Value arguments[] = {cls, name};
    return invoke(fallback, arguments, {});
  }
  return missing_attribute(cls, name);
}

Result Vm::module_attribute(Value v, Value name) {
  const Object& module = heap.at(v);
  const ObjectId dict = module.slots[slot::module::dictionary].object_id();
  const Value cls = module.cls;
  if (cls.is_object()) {  // `module.__class__ = C`
    const Value in_class = find_in_class(cls, name);
    if (heap.is_kind(in_class, ObjectKind::Property)) return bind(in_class, v, cls);
  }
  if (name == names.dict) return done(Value::object(dict));
  if (name == names.class_) return done(cls);
  if (read(dict, name)) return stop();
  const Value own = heap.get_item(dict, name);
  if (!own.is_unset()) return done(own);
  const Value in_class = find_in_class(cls, name);
  if (!in_class.is_unset()) return bind(in_class, v, cls);
  if (version_at_least(3, 7)) {
    if (read(dict, names.getattr)) return stop();
    const Value getter = heap.get_item(dict, names.getattr);
    if (!getter.is_unset()) return invoke(getter, std::span(&name, 1), {});
  }
  if (cls.is_object()) {
    const Value fallback = find_in_class(cls, names.getattr);
    const Value arguments[] = {v, name};
    if (fallback.is_object()) return invoke(fallback, arguments, {});
  }
  if (read(dict, names.name)) return stop();
  const Value own_name = heap.get_item(dict, names.name);
  if (!own_name.is_string()) return raise(TypeId::AttributeError, fmt::format("module has no attribute '{}'", text(name)));
  if (code_ == nullptr || code_->origin == Origin::Scenario || code_->origin == Origin::ImportC) {
    const auto machines_own = builtin_modules.find(text(own_name));
    if (machines_own != builtin_modules.end() && machines_own->second == v && is_not_modelled(*this, text(own_name), text(name)))
      return unsupported(fmt::format("{}.{} is not modelled", text(own_name), text(name)));
  }
  if (version_at_least(3, 8) && !own_name.is_unset()) {
    if (read(dict, names.spec)) return stop();
    const Value spec = heap.get_item(dict, names.spec);
    if (heap.is_kind(spec, ObjectKind::Instance)) {
      const bool asks_python = heap.is_kind(find_in_class(type_of(spec), names.initializing), ObjectKind::Property) ||
                               heap.is_kind(heap.get_attribute(spec.object_id(), names.initializing), ObjectKind::Instance);
      if (!version_at_least(3, 12) && asks_python) {
        // From 3.12 on hasattr() and its kin, which are nearly all that asks for what is missing, leave the spec alone.
        const Value arguments[] = {spec, own_name, name};
        return call_library("_slow_missing_in_module", arguments);
      }
      if (read(spec.object_id(), names.initializing)) return stop();
      if (heap.get_attribute(spec.object_id(), names.initializing).is(Tag::True))
        return raise(TypeId::AttributeError, fmt::format("partially initialized module '{}' has no attribute '{}' (most likely due to a circular import)", text(own_name), text(name)));
    }
  }
  return raise(TypeId::AttributeError, fmt::format("module '{}' has no attribute '{}'", text(own_name), text(name)));
}

Result Vm::super_attribute(Value v, Value name) {
  const Object& object = heap.at(v);
  const Value start = object.slots[0];
  const Value self = object.slots[1];
  const Value cls = object.slots[2];
  if (name == names.class_) return done(type_value(TypeId::Super));
  bool after = false;
  for (Value c : order_of_resolution(cls)) {
    if (!after) {
      after = c == start;
      continue;
    }
    const Value found = c.is(Tag::Type) ? builtin_attribute(type_id(c), name) : heap.get_item(heap.at(c).slots[slot::klass::dictionary].object_id(), name);
    if (found.is_unset()) continue;
    if (heap.is_kind(found, ObjectKind::StaticMethod)) return done(heap.at(found).slots[0]);
    if (name == names.new_) return done(found);
    return bind(found, self == cls ? Value() : self, cls);
  }
  return raise(TypeId::AttributeError, fmt::format("'super' object has no attribute '{}'", text(name)));
}

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
    if (name == names.dict) return done(Value::object(heap.attribute_dictionary(v.object_id())));
    if ((name == names.name_plain || name == names.path || name == names.msg) && is_instance(v, TypeId::ImportError)) return done_none();
    if (name == names.value && is_instance(v, TypeId::StopIteration)) return done_none();
    if (name == names.code_plain && is_instance(v, TypeId::SystemExit)) return done_none();
    return std::nullopt;
  }
  switch (o.kind) {
    case ObjectKind::Function: {
      namespace f = slot::function;
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
        if (o.slots[f::annotations].is_unset()) heap.set(v.object_id(), f::annotations, Value::object(new_dict()));
        return done(heap.at(v).slots[f::annotations]);
      }
      if (name == names.dict) return done(Value::object(heap.attribute_dictionary(v.object_id())));
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
      if (is_any(names.gi_frame, names.cr_frame, names.ag_frame)) return or_none(o.slots[slot::generator::frame]);
      if (is_any(names.gi_running, names.cr_running, names.ag_running)) return done(Value::boolean(running));
      if (is_any(names.gi_code, names.cr_code, names.ag_code)) return done(o.slots[slot::generator::code]);
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

Result Vm::load_attribute(Value v, Value name) {
  if (v.is_object()) {
    const Object& object = heap.at(v);
    if (object.cls.is_object()) {
      const Value custom = find_in_class(object.cls, names.getattribute);
      if (custom.is_object()) {
        const Value arguments[] = {v, name};
        return call_library("_slow_getattribute", arguments);
      }
    }
    switch (object.kind) {
      case ObjectKind::Instance: return instance_attribute(v, name);
      case ObjectKind::Module: return module_attribute(v, name);
      case ObjectKind::Class: return class_attribute(v, name);
      case ObjectKind::Super: return super_attribute(v, name);
      default: break;
    }
    if (object.cls.is_object()) return instance_attribute(v, name);  // a subclass of list, dict, ...
    if (!object.attributes.is_unset()) {
      if (read(object.attributes.object_id(), name)) return stop();
      const Value own = heap.get_attribute(v.object_id(), name);
      if (!own.is_unset()) return done(own);
    }
    if (const auto header = header_attribute(v, name)) return *header;
    if (object.kind == ObjectKind::BoundMethod && object.slots[0].is_object() && name != names.class_ && table_->method(type_id(object.cls), name).is_unset())
      return load_attribute(object.slots[0], name);
    const Value found = table_->method(type_id(object.cls), name);
    if (!found.is_unset()) return bind(found, v, object.cls);
    if (name == names.class_) return done(object.cls);
    if (name == names.doc) return done_none();
    return missing_attribute(v, name);
  }
  if (v.is(Tag::Type)) {
    const TypeId type = type_id(v);
    if (name == names.name || name == names.qualname) {
      const std::string_view full = type_name(type);
      return done(string(full.substr(full.rfind('.') + 1)));
    }
    if (name == names.module) return done(string("builtins"));
    if (name == names.class_) return done(type_value(TypeId::Type));
    if (name == names.mro) return done(tuple(order_of_resolution(v)));
    if (name == names.base) return done(type == TypeId::Object ? Value::none() : type_value(builtins::base_of(type)));
    if (name == names.bases) {
      const Value base = type_value(builtins::base_of(type));
      return done(type == TypeId::Object ? tuple({}) : tuple(std::span(&base, 1)));
    }
    if (name == names.doc) return done_none();
    if (name == names.dict) {
      const ObjectId dict = new_dict();
      for (const std::string& method : table_->method_names(type)) heap.set_item(dict, string(method), table_->own_method(type, string(method)));
      return done(Value::object(dict));
    }
    const Value found = table_->method(type, name);
    if (!found.is_unset()) return bind(found, Value(), v);
    const Value in_type = table_->method(TypeId::Type, name);
    if (!in_type.is_unset()) return bind(in_type, v, type_value(TypeId::Type));
    return missing_attribute(v, name);
  }
  if (v.is(Tag::Builtin)) {
    const auto& row = table_->row(v);
    if (name == names.name || name == names.qualname) return done(string(row.name));
    if (name == names.module || name == names.doc || name == names.self) return done_none();
  }
  if (v.is(Tag::Code)) {
    const bytecode::Code& code = *program_->code(v.number()).code;
    if (name == names.co_name) return done(string(code.name));
    if (name == names.co_filename) return done(string(code.file ? code.file->name() : ""));
    if (name == names.co_firstlineno) return done(integer(code.first_line));
    if (name == names.co_argcount) return done(integer(code.argument_count));
    if (name == names.co_flags) return done(integer((code.flags.optimized ? 3 : 0) | (code.flags.varargs ? 4 : 0) | (code.flags.varkeywords ? 8 : 0) | (code.flags.generator ? 32 : 0) | (code.flags.coroutine ? 128 : 0) | (code.flags.async_generator ? 512 : 0)));
    if (name == names.co_posonlyargcount) return done(integer(code.positional_only_count));
    if (name == names.co_kwonlyargcount) return done(integer(code.keyword_only_count));
    if (name == names.co_nlocals) return done(integer(static_cast<std::int64_t>(code.local_names.size())));
    if (name == names.co_qualname && version_at_least(3, 11)) return done(string(code.qualname));
    const auto strings = [&](const std::vector<std::string>& given) {
      std::vector<Value> all;
      for (const auto& n : given) all.push_back(string(n));
      return done(tuple(all));
    };
    if (name == names.co_varnames) return strings(code.local_names);
    if (name == names.co_freevars) return strings(code.free_names);
    if (name == names.co_cellvars) return strings(code.cell_names);
    if (name == names.co_names) return strings(code.names);
  }
  const Value cls = type_of(v);
  if (name == names.class_) return done(cls);
  if (name == names.doc) return done_none();
  const Value found = table_->method(type_id(cls), name);
  if (!found.is_unset()) return bind(found, v, cls);
  if (v.is_int() || v.is_bool()) {
    if (name == names.real) return done(v);
    if (name == names.imag) return done(integer(0));
  }
  return missing_attribute(v, name);
}

// `plain`: as object.__setattr__ does it.
Result Vm::store_attribute(Value v, Value name, Value value, bool plain) {
  const bool deleting = value.is_unset();
  if (!v.is_object()) return missing_attribute(v, name);
  const ObjectId id = v.object_id();
  const Object& object = heap.at(id);
  const Value cls = object.cls;
  if (cls.is_object()) {
    const Value custom = plain ? Value() : find_in_class(cls, deleting ? names.delattr : names.setattr);
    if (custom.is_object()) {
      const Value arguments[] = {v, name, value};
      return invoke(custom, std::span(arguments).first(deleting ? 2 : 3), {});
    }
    const Value in_class = find_in_class(cls, name);
    if (in_class.is_object()) {
      const Object& descriptor = heap.at(in_class);
      if (descriptor.kind == ObjectKind::Property) {
        const Value setter = descriptor.slots[deleting ? 2 : 1];
        if (setter.is_none() || setter.is_unset())
          return raise(TypeId::AttributeError, version_at_least(3, 11) ? fmt::format("property '{}' of '{}' object has no {}", text(name), type_name_of(v), deleting ? "deleter" : "setter")
                                               : fmt::format("can't {} attribute{}", deleting ? "delete" : "set", version_at_least(3, 10) ? " '" + text(name) + "'" : ""));
        const Value arguments[] = {v, value};
        return invoke(setter, std::span(arguments).first(deleting ? 1 : 2), {});
      }
      if (descriptor.kind == ObjectKind::Instance) {
        const Value setter = find_in_class(descriptor.cls, deleting ? names.delete_ : names.set);
        if (setter.is_object()) {
          const Value arguments[] = {in_class, v, value};
          return invoke(setter, std::span(arguments).first(deleting ? 2 : 3), {});
        }
      }
    }
  }
  if (name == names.class_ && !deleting) {
    if (write(id, Part::Class)) return stop();
    heap.set_class(id, value);
    return done_none();
  }
  const auto store_item = [&](ObjectId dict) -> Result {
    const bool present = heap.find_key(dict, name) != Heap::absent;
    if (write(dict, name)) return stop();
    if (present == deleting && (write(dict, Part::Order) || write(dict, Part::Length))) return stop();
    if (!deleting) {
      heap.set_item(dict, name, value);
    } else if (!heap.delete_item(dict, name)) {
      return object.kind == ObjectKind::Module ? raise(TypeId::AttributeError, text(name)) : missing_attribute(v, name);
    }
    return done_none();
  };
  switch (object.kind) {
    case ObjectKind::Module: {
      if (name == names.dict) return raise(TypeId::AttributeError, "readonly attribute");
      const ObjectId dict = object.slots[slot::module::dictionary].object_id();
      const Result result = store_item(dict);
      if (deleting && result.kind == ResultKind::Done && in_scenario_code()) {
        const Value own_name = heap.get_item(dict, names.name);
        if (own_name.is_string()) heap.set(module_life(text(own_name) + "." + text(name)), slot::life::child_deleted, Value::boolean(true));
      }
      return result;
    }
    case ObjectKind::Class: {
      if (!deleting && (name == names.name || name == names.qualname)) {
        heap.set(id, name == names.name ? slot::klass::name : slot::klass::qualname, value);
        return done_none();
      }
      if (concurrent_) sharing_->note_class_change();
      heap.bump_class_version();  // what was cached of this class and its subclasses is void
      return store_item(object.slots[slot::klass::dictionary].object_id());
    }
    case ObjectKind::Instance: {
      if (name == names.dict && !deleting && heap.is_kind(value, ObjectKind::Dict)) {
        if (write(id, Part::Whole)) return stop();
        instance_dictionary(id);
        heap.set_attributes(id, value);
        return done_none();
      }
      if (!object.attributes.is_unset() && cls.is_object() && is_member(find_in_class(cls, name))) {
        if (write(id, name)) return stop();
        const Value* kept = slot_of(id, name);
        const std::size_t place = kept == nullptr ? object.slots.size() : static_cast<std::size_t>(kept - object.slots.data());
        if (deleting && kept == nullptr) return raise(TypeId::AttributeError, text(name));
        if (deleting) {
          heap.erase(id, place - 1, 2);
        } else if (kept != nullptr) {
          heap.set(id, place, value);
        } else {
          heap.append(id, name);
          heap.append(id, value);
        }
        return done_none();
      }
      if (!object.attributes.is_unset()) return store_item(object.attributes.object_id());
      if (deleting && heap.get_attribute(id, name).is_unset()) {
        if (read(id, name)) return stop();
        if (cls.is_object() && heap.is_kind(find_in_class(cls, name), ObjectKind::Instance) && heap.at(find_in_class(cls, name)).cls == type_value(TypeId::MemberDescriptor)) {
          return raise(TypeId::AttributeError, text(name));
        }
        return version_at_least(3, 11) ? missing_attribute(v, name) : raise(TypeId::AttributeError, text(name));
      }
      if (cls.is_object() && !deleting && !find_in_class(cls, names.slots).is_unset() && !allows_attribute(cls, name)) {
        const Result refused = missing_attribute(v, name);
        if (!version_at_least(3, 13)) return refused;
        return raise(TypeId::AttributeError, fmt::format("'{}' object has no attribute '{}' and no __dict__ for setting new attributes", type_name_of(v), text(name)));
      }
      if (write(id, name)) return stop();
      if (name == names.traceback) keep_traceback(v);
      if (deleting) heap.delete_attribute(id, name);
      else heap.set_attribute(id, name, value);
      return done_none();
    }
    case ObjectKind::Function: {
      namespace f = slot::function;
      const auto set_slot = [&](unsigned index) {
        heap.set(id, index, value);
        return done_none();
      };
      if (!deleting) {
        if (name == names.name) return set_slot(f::name);
        if (name == names.qualname) return set_slot(f::qualname);
        if (name == names.doc) return set_slot(f::doc);
        if (name == names.defaults) return set_slot(f::defaults);
        if (name == names.kwdefaults) return set_slot(f::keyword_defaults);
        if (name == names.annotations) return set_slot(f::annotations);
      }
      return store_item(heap.attribute_dictionary(id));
    }
    case ObjectKind::Cell:
      if (name != names.cell_contents) return missing_attribute(v, name);
      if (write(id, Part::State)) return stop();
      heap.set(id, 0, value);
      return done_none();
    default:
      break;
  }
  if (cls.is_object()) return store_item(heap.attribute_dictionary(id));  // a subclass of list, dict, ...
  if (!table_->method(type_id(cls), name).is_unset()) return raise(TypeId::AttributeError, fmt::format("'{}' object attribute '{}' is read-only", type_name_of(v), text(name)));
  return missing_attribute(v, name);
}

// __slots__: every class on the way to object has some, and none of them names this.
bool Vm::allows_attribute(Value cls, Value name) {
  for (Value c : order_of_resolution(cls)) {
    if (c == type_value(TypeId::Object)) return false;
    if (c.is(Tag::Type)) {  // of the built-in ones, exceptions and modules have a dictionary
      if (is_subtype(type_id(c), TypeId::BaseException) || type_id(c) == TypeId::Module) return true;
      continue;
    }
    const Value slots = heap.get_item(heap.at(c).slots[slot::klass::dictionary].object_id(), names.slots);
    if (slots.is_unset()) return true;
    if (slots == name || slots == names.dict) return true;
    if (!slots.is_object()) continue;
    const auto& items = heap.at(slots).slots;
    if (std::find(items.begin(), items.end(), name) != items.end() || std::find(items.begin(), items.end(), names.dict) != items.end()) return true;
    // a mangled private name
    for (Value item : items) {
      if (item.is_string() && text(item).starts_with("__") && text(name).ends_with(text(item))) return true;
    }
  }
  return false;
}

}  // namespace lockweave::vm
