// Storing and deleting attributes: Objects/object.c, PyObject_GenericSetAttr, and the type objects' own ways.
#include <algorithm>

#include <fmt/format.h>

#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done_none;
using builtins::is_subtype;
using builtins::stop;
using builtins::type_id;
using builtins::type_value;

namespace {

// Slots of all classes that it inherits from, in order. Requires: a class.
std::vector<Value> slots_of_class(Vm& vm, Value cls) {
  std::vector<Value> all;
  for (Value c : vm.order_of_resolution(cls)) {
    if (!c.is_object()) continue;
    const Value own = vm.heap.get_item(vm.heap.at(c).slots[slot::klass::dictionary].object_id(), vm.names.slots);
    if (vm.heap.is_kind(own, ObjectKind::Tuple) || vm.heap.is_kind(own, ObjectKind::List)) {
      const auto& names = vm.heap.at(own).slots;
      all.insert(all.end(), names.begin(), names.end());
    } else if (!own.is_unset()) {
      all.push_back(own);
    }
  }
  return all;
}

// Objects/typeobject.c, object_set_class: what an object may not become.
std::optional<Result> refuse_class(Vm& vm, Value v, Value cls) {
  const Value before = vm.type_of(v);
  if (cls.is_unset()) return vm.raise(TypeId::TypeError, "can't delete __class__ attribute");
  if (!cls.is(Tag::Type) && !vm.heap.is_kind(cls, ObjectKind::Class)) {
    return vm.raise(TypeId::TypeError, fmt::format("__class__ must be set to a class, not '{}' object", vm.type_name_of(cls)));
  }
  const bool are_modules = builtin_base(vm, cls) == TypeId::Module && builtin_base(vm, before) == TypeId::Module;
  if (!are_modules && (cls.is(Tag::Type) || before.is(Tag::Type))) {
    const std::string_view which = vm.version_at_least(3, 10) ? "mutable" : "heap";
    return vm.raise(TypeId::TypeError, fmt::format("__class__ assignment only supported for {} types or ModuleType subclasses", which));
  }
  const auto name_of = [&](Value c) { return c.is(Tag::Type) ? std::string(builtins::type_name(type_id(c))) : vm.text(vm.heap.at(c).slots[slot::klass::name]); };
  if (builtin_base(vm, cls) != builtin_base(vm, before) || slots_of_class(vm, cls) != slots_of_class(vm, before)) {
    return vm.raise(TypeId::TypeError, fmt::format("__class__ assignment: '{}' object layout differs from '{}'", name_of(cls), name_of(before)));
  }
  return std::nullopt;
}

}  // namespace

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
    if (reads_class(cls, name)) return stop();
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
  if (name == names.class_) {
    if (auto refused = refuse_class(*this, v, value)) return *refused;
    if (object.escaped && changes_types()) return stop();
    heap.set_class(id, value);
    return done_none();
  }
  const auto refuse_name = [&] { return raise(TypeId::TypeError, fmt::format("{} must be set to a string object", text(name))); };
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
        if (own_name.is_string()) {
          const std::string child = text(own_name) + "." + text(name);
          heap.set(module_life(child), slot::life::child_deleted, Value::boolean(true));
          touch_life(string(child), AccessKind::Write);
        }
      }
      return result;
    }
    case ObjectKind::Class: {
      const std::string& plain = text(name);
      if (name == names.bases) return unsupported("other __bases__ for a class are not modelled");
      const bool is_special = plain.size() > 4 && plain.starts_with("__") && plain.ends_with("__");
      if (is_special && object.escaped && changes_types()) return stop();
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
        if (write(id, Part::Whole) || changes_dictionary(id)) return stop();
        for (std::size_t i = 0; i + 1 < object.slots.size(); i += 2) {
          if (write(id, object.slots[i])) return stop();
        }
        instance_dictionary(id);
        heap.set_attributes(id, value);
        return done_none();
      }
      if (reads_dictionary(id)) return stop();
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
      const bool is_cause = name == names.cause && is_instance(v, TypeId::BaseException);
      if (is_cause) {  // Objects/exceptions.c, BaseException_set_cause
        if (deleting) return raise(TypeId::TypeError, "__cause__ may not be deleted");
        if (!value.is_none() && !is_instance(value, TypeId::BaseException)) return raise(TypeId::TypeError, "exception cause must be None or derive from BaseException");
        if (write(id, names.suppress_context)) return stop();
      }
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
      // Who looks at all attributes sees it come and go.
      if ((deleting || heap.get_attribute(id, name).is_unset()) && write(id, Part::Whole)) return stop();
      if (name == names.traceback) keep_traceback(v);
      if (deleting) heap.delete_attribute(id, name);
      else heap.set_attribute(id, name, value);
      if (is_cause) heap.set_attribute(id, names.suppress_context, Value::boolean(true));
      return done_none();
    }
    case ObjectKind::Function: {
      namespace f = slot::function;
      const auto set_slot = [&](unsigned index) {
        if (write(id, name)) return stop();
        heap.set(id, index, value);
        return done_none();
      };
      if ((name == names.name || name == names.qualname) && !value.is_string()) return refuse_name();
      if (deleting && (name == names.doc || name == names.defaults || name == names.kwdefaults)) return store_attribute(v, name, Value::none(), true);
      if (!deleting) {
        if (name == names.name) return set_slot(f::name);
        if (name == names.qualname) return set_slot(f::qualname);
        if (name == names.doc) return set_slot(f::doc);
        if ((name == names.defaults || name == names.kwdefaults) && concurrent_ && object.escaped)
          return unsupported(fmt::format("a change of the {} of a function that another thread may call is not modelled", text(name)));
        if (name == names.defaults && !value.is_none() && !heap.is_kind(value, ObjectKind::Tuple)) return raise(TypeId::TypeError, "__defaults__ must be set to a tuple object");
        if (name == names.defaults) return set_slot(f::defaults);
        if (name == names.kwdefaults) return set_slot(f::keyword_defaults);
        if (name == names.annotations) return set_slot(f::annotations);
        if (name == names.code || name == names.dict) return unsupported(fmt::format("another {} for a function is not modelled", text(name)));
      }
      if (makes_dictionary(id)) return stop();
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
  if (cls.is_object()) return makes_dictionary(id) ? stop() : store_item(heap.attribute_dictionary(id));  // a subclass of list, dict, ...
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
