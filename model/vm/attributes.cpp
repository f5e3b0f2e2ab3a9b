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

// What an instruction looks up in types (special methods, names for a message, of operands and of what lies in them) is one location. True: the step ends
// before the instruction.
bool Vm::reads_types(bytecode::Opcode opcode) {
  using bytecode::Opcode;
  switch (opcode) {
    case Opcode::Nop: case Opcode::PopTop: case Opcode::RotTwo: case Opcode::RotThree: case Opcode::RotFour: case Opcode::DupTop: case Opcode::DupTopTwo:
    case Opcode::LoadConst: case Opcode::LoadFast: case Opcode::StoreFast: case Opcode::LoadClosure: case Opcode::LoadDeref: case Opcode::StoreDeref:
    case Opcode::LoadGlobal: case Opcode::StoreGlobal: case Opcode::Jump: case Opcode::BuildTuple: case Opcode::BuildList: case Opcode::ReturnValue:
      return false;
    default:
      return read(fixtures.root, Part::Class);
  }
}

bool Vm::changes_types() {
  if (!concurrent_ || observing_) return false;
  sharing_->note_type_change();
  return write(fixtures.root, Part::Class);
}

// Which dictionary of attributes the object has. True: the step ends before the instruction.
bool Vm::reads_dictionary(ObjectId id) { return sharing_->dictionaries_change() && read(id, Part::Dictionary); }

// The object is given another one. Likewise.
bool Vm::changes_dictionary(ObjectId id) {
  if (!concurrent_ || observing_ || !heap.at(id).escaped) return false;
  sharing_->note_dictionary_change();
  return write(id, Part::Dictionary);
}

// The dictionary of attributes is asked for. The first time it takes the attributes over from the object.
bool Vm::makes_dictionary(ObjectId id) { return heap.at(id).attributes.is_unset() ? changes_dictionary(id) : reads_dictionary(id); }

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

// What an instance or its class has under a name for which the class has no data descriptor.
std::optional<Result> Vm::own_or_class_attribute(Value v, Value name, Value in_class) {
  const ObjectId id = v.object_id();
  const Value cls = heap.at(id).cls;
  const Value dictionary = heap.at(id).attributes;
  if (reads_dictionary(id)) return stop();
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
  return header_attribute(v, name);
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
    if (read_attributes(id) || makes_dictionary(id)) return stop();
    if (is_instance(v, TypeId::BaseException) && heap.at(id).attributes.is_unset()) return done(exception_dictionary(id));
    return done(Value::object(instance_dictionary(id)));
  }
  if (const auto found = own_or_class_attribute(v, name, in_class)) return *found;
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
  if (reads_class(meta, name)) return stop();
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
    if (reads_class(cls, name)) return stop();
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
  if (code_ == nullptr || code_->origin != Origin::Library) {
    const auto machines_own = builtin_modules().find(text(own_name));
    if (machines_own != builtin_modules().end() && machines_own->second == v && is_not_modelled(*this, text(own_name), text(name)))
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
    if (concurrent_ && sharing_->classes_change() && c.is_object() && read(heap.at(c).slots[slot::klass::dictionary].object_id(), name)) return stop();
    const Value found = c.is(Tag::Type) ? builtin_attribute(type_id(c), name) : heap.get_item(heap.at(c).slots[slot::klass::dictionary].object_id(), name);
    if (found.is_unset()) continue;
    if (heap.is_kind(found, ObjectKind::StaticMethod)) return done(heap.at(found).slots[0]);
    if (name == names.new_) return done(found);
    return bind(found, self == cls ? Value() : self, cls);
  }
  return raise(TypeId::AttributeError, fmt::format("'super' object has no attribute '{}'", text(name)));
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
    if (reads_dictionary(v.object_id())) return stop();
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

}  // namespace lockweave::vm
