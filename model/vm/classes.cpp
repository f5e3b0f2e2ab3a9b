// Making classes (Objects/typeobject.c, type_new; the rest of it is Python text in the library), modules and frames' namespaces.
#include <fmt/format.h>

#include <algorithm>

#include "model/bytecode/symbols.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::type_value;

namespace {

// C3 linearisation: https://www.python.org/download/releases/2.3/mro/. Empty: there is none.
std::vector<Value> merge(std::vector<std::vector<Value>> lists) {
  std::vector<Value> merged;
  for (;;) {
    std::erase_if(lists, [](const auto& list) { return list.empty(); });
    if (lists.empty()) return merged;
    const auto in_a_tail = [&](Value c) {
      return std::any_of(lists.begin(), lists.end(), [&](const auto& list) { return std::find(list.begin() + 1, list.end(), c) != list.end(); });
    };
    const auto next = std::find_if(lists.begin(), lists.end(), [&](const auto& list) { return !in_a_tail(list.front()); });
    if (next == lists.end()) return {};
    const Value c = next->front();
    merged.push_back(c);
    for (auto& list : lists) {
      if (!list.empty() && list.front() == c) list.erase(list.begin());
    }
  }
}

}  // namespace

// Unset: an exception is pending.
Value Vm::make_class(Value meta, Value name, Value bases, ObjectId dict) {
  std::vector<Value> base_list = heap.at(bases).slots;
  if (base_list.empty()) base_list.push_back(type_value(TypeId::Object));
  std::vector<std::vector<Value>> lists;
  TypeId solid = TypeId::Object;
  for (Value base : base_list) {
    if (!base.is(Tag::Type) && !heap.is_kind(base, ObjectKind::Class)) {
      (void)raise(TypeId::TypeError, "bases must be types");
      return {};
    }
    if (base == type_value(TypeId::Bool) || base == type_value(TypeId::NoneType) || base == type_value(TypeId::Function)) {
      (void)raise(TypeId::TypeError, fmt::format("type '{}' is not an acceptable base type", describe(base)));
      return {};
    }
    lists.push_back(order_of_resolution(base));
    // Objects/typeobject.c, best_base. Exceptions have layouts that go together here.
    const TypeId built_in = builtin_base(*this, base);
    const bool goes_together = solid == TypeId::Object || built_in == TypeId::Object || builtins::is_subtype(built_in, solid) || builtins::is_subtype(solid, built_in) ||
                               (builtins::is_subtype(built_in, TypeId::BaseException) && builtins::is_subtype(solid, TypeId::BaseException));
    if (!goes_together) {
      (void)raise(TypeId::TypeError, "multiple bases have instance lay-out conflict");
      return {};
    }
    if (solid == TypeId::Object || builtins::is_subtype(built_in, solid)) solid = built_in;
  }
  lists.push_back(base_list);
  std::vector<Value> order = merge(std::move(lists));
  if (order.empty()) {
    (void)raise(TypeId::TypeError, "Cannot create a consistent method resolution order (MRO) for bases");
    return {};
  }
  const ObjectId id = heap.allocate(ObjectKind::Class, meta, site(), slot::klass::count);
  const ObjectId own = heap.allocate(ObjectKind::Dict, type_value(TypeId::Dict), site());
  heap.assign(own, std::vector<Value>(heap.at(dict).slots));
  heap.at(own).class_dictionary = true;
  heap.bump_class_version();
  heap.delete_item(own, names.classcell);
  const Value qualname = heap.get_item(own, names.qualname);
  heap.delete_item(own, names.qualname);
  for (const Value implicit : {names.new_, names.init_subclass, names.class_getitem}) {
    const Value function = heap.get_item(own, implicit);
    if (!heap.is_kind(function, ObjectKind::Function)) continue;
    const bool is_static = implicit == names.new_;
    const Value wrapped = new_object(is_static ? ObjectKind::StaticMethod : ObjectKind::ClassMethod, is_static ? TypeId::StaticMethod : TypeId::ClassMethod, 1);
    heap.set(wrapped.object_id(), 0, function);
    heap.set_item(own, implicit, wrapped);
  }
  // The library has made __slots__ a tuple; the values themselves are kept as other attributes are.
  if (const Value slots = heap.get_item(own, names.slots); heap.is_kind(slots, ObjectKind::Tuple)) {
    for (Value slot_name : std::vector<Value>(heap.at(slots).slots)) {
      const std::string plain = text(slot_name);
      if (plain == "__dict__" || plain == "__weakref__") continue;
      const Value stored = string(bytecode::mangle(text(name), plain));
      const Value descriptor = new_object(ObjectKind::Instance, TypeId::MemberDescriptor);
      heap.set_attribute(descriptor.object_id(), names.name, stored);
      heap.set_attribute(descriptor.object_id(), names.objclass, Value::object(id));
      heap.set_item(own, stored, descriptor);
    }
  }
  // A class that defines __eq__ alone has no hash.
  if (!heap.get_item(own, names.eq).is_unset() && heap.get_item(own, names.hash).is_unset()) heap.set_item(own, names.hash, Value::none());
  heap.set(id, slot::klass::name, name);
  heap.set(id, slot::klass::qualname, qualname.is_unset() ? name : qualname);
  heap.set(id, slot::klass::bases, tuple(base_list));
  heap.set(id, slot::klass::dictionary, Value::object(own));
  order.insert(order.begin(), Value::object(id));
  heap.set(id, slot::klass::mro, tuple(order));
  heap.at(id).class_dictionary = true;
  return Value::object(id);
}

Result Vm::run_class_body(Value function, Value name_space) {
  Result result = python_call(function, {}, {});
  pending_.name_space = name_space;
  return result;
}

Value Vm::new_module(std::string_view name) {
  const Value module = new_object(ObjectKind::Module, TypeId::Module, slot::module::count);
  const ObjectId dict = new_dict();
  heap.set(module.object_id(), slot::module::dictionary, Value::object(dict));
  heap.set(module.object_id(), slot::module::life, Value::small_int(0));
  heap.set_item(dict, names.name, string(name));
  for (const Value none : {names.doc, names.package, names.loader, names.spec}) heap.set_item(dict, none, Value::none());
  return module;
}

// The innermost frame of Python code, `skip` more of them passed over.
ObjectId Vm::caller_frame(unsigned skip) {
  for (ObjectId id = frame_id_;;) {
    const Object& frame = heap.at(id);
    if (!code_of(frame).code->flags.native && skip-- == 0) return id;
    const Value back = frame.slots[slot::frame::back];
    if (!back.is_object()) return id;
    id = back.object_id();
  }
}

// True: the step ends before the instruction, which looks at all variables of the function.
bool Vm::reads_cells(ObjectId id) {
  const LoadedCode& code = code_of(heap.at(id));
  if (!code.code->flags.optimized) return false;
  const std::size_t count = code.code->cell_names.size() + code.code->free_names.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (read(heap.at(id).slots[code.cell_first + i].object_id(), builtins::Part::State)) return true;
  }
  return false;
}

// locals(): the namespace of a module or class body, or a new dictionary of a function's variables.
ObjectId Vm::frame_namespace(ObjectId id) {
  const Object& frame = heap.at(id);
  const LoadedCode& code = code_of(frame);
  if (!code.code->flags.optimized) {
    const Value name_space = frame.slots[slot::frame::name_space];
    return name_space.is_object() ? name_space.object_id() : frame.slots[slot::frame::globals].object_id();
  }
  const ObjectId dict = new_dict();
  for (std::uint32_t i = 0; i < code.local_count; ++i) {
    const Value v = heap.at(id).slots[slot::frame::first_local + i];
    if (!v.is_unset()) heap.set_item(dict, string(code.code->local_names[i]), v);
  }
  std::vector<std::string> cells = code.code->cell_names;
  cells.insert(cells.end(), code.code->free_names.begin(), code.code->free_names.end());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Value content = heap.at(heap.at(id).slots[code.cell_first + i]).slots[0];
    if (!content.is_unset()) heap.set_item(dict, string(cells[i]), content);
  }
  return dict;
}

}  // namespace lockweave::vm
