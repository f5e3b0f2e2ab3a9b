// object.__getattribute__, __setattr__, __delattr__ and __dir__: what attribute access is when the class's own special
// methods are left out.
#include <fmt/format.h>

#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::stop;
using builtins::type_id;

Result Vm::plain_load_attribute(Value v, Value name) {
  if (!v.is_object() || !heap.at(v).cls.is_object()) return load_attribute(v, name);
  const ObjectKind kind = heap.at(v).kind;
  if (kind == ObjectKind::Class) return class_attribute(v, name);
  if (kind == ObjectKind::Module) return module_attribute(v, name);
  const ObjectId id = v.object_id();
  const Value cls = heap.at(id).cls;
  if (reads_class(cls, name)) return stop();
  const Value in_class = find_in_class(cls, name);
  if (in_class.is_object()) {
    const Object& object = heap.at(in_class);
    const bool sets = object.kind == ObjectKind::Instance && !find_in_class(object.cls, names.set).is_unset();
    if (object.kind == ObjectKind::Property || sets) return bind(in_class, v, cls);
  }
  if (name == names.dict && in_class.is_unset()) {
    if (read_attributes(id) || makes_dictionary(id)) return stop();
    return done(Value::object(instance_dictionary(id)));
  }
  if (const auto found = own_or_class_attribute(v, name, in_class)) return *found;
  return missing_attribute(v, name);
}

Result Vm::plain_store_attribute(Value v, Value name, Value value) { return store_attribute(v, name, value, true); }

// The names that dir() lists, in any order, each once.
Result Vm::plain_directory(Value v) {
  const Value set = new_object(ObjectKind::Set, TypeId::Set);
  std::optional<Result> refused;
  const auto add_dictionary = [&](ObjectId dictionary) {
    if (read_order(dictionary)) return false;
    const auto& slots = heap.at(dictionary).slots;
    for (std::size_t i = 0; i < slots.size(); i += 2) {
      if (slots[i].is_string()) heap.add_key(set.object_id(), slots[i]);
    }
    return true;
  };
  const auto add_class = [&](Value cls) {
    for (Value c : order_of_resolution(cls)) {
      if (c.is(Tag::Type)) {
        for (const std::string& name : table_->method_names(type_id(c))) heap.add_key(set.object_id(), string(name));
        for (Value name : {names.class_, names.doc}) heap.add_key(set.object_id(), name);
      } else if (!add_dictionary(heap.at(c).slots[slot::klass::dictionary].object_id())) {
        return false;
      }
    }
    return true;
  };
  const ObjectKind kind = v.is_object() ? heap.at(v).kind : ObjectKind::Free;
  if (kind == ObjectKind::Module) {
    if (!add_dictionary(heap.at(v).slots[slot::module::dictionary].object_id())) return stop();
  } else if (v.is(Tag::Type) || kind == ObjectKind::Class) {
    if (!add_class(v)) return stop();
  } else {
    if (v.is_object() && reads_dictionary(v.object_id())) return stop();
    if (v.is_object() && !heap.at(v).attributes.is_unset()) {
      if (!add_dictionary(heap.at(v).attributes.object_id())) return stop();
    } else if (kind == ObjectKind::Instance) {
      if (read_attributes(v.object_id())) return stop();
      const auto& slots = heap.at(v).slots;
      for (std::size_t i = 0; i < slots.size(); i += 2) {
        if (!text(slots[i]).starts_with('(')) heap.add_key(set.object_id(), slots[i]);
      }
    }
    if (!add_class(type_of(v))) return stop();
  }
  return done(list(heap.at(set).slots));
}

}  // namespace lockweave::vm
