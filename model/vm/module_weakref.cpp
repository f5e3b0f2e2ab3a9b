// _weakref.
#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;
using builtins::type_value;

namespace {

// ref(object[, callback]); also its __new__. Keywords are for a subclass's own __init__.
Result make(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (arguments.size() < 2) return vm.raise(TypeId::TypeError, "__new__ expected at least 1 argument, got 0");
  if (arguments.size() > 3) return vm.raise(TypeId::TypeError, fmt::format("__new__ expected at most 2 arguments, got {}", arguments.size() - 1));
  return vm.add_weakref(arguments[1], arguments.size() > 2 ? arguments[2] : Value::none(), arguments[0]);
}

Result initialise(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__init__", 1, 2, 1)) return *refused;
  return done_none();
}

Value referent_of(Vm& vm, Value reference) { return vm.heap.at(reference).slots[slot::weakref::referent]; }

// A visible read of the referent's references: whether it is still there.
bool reads_referent(Vm& vm, Value reference) {
  const Value referent = referent_of(vm, reference);
  return referent.is(Tag::Weak) ? vm.read(referent.object_id(), Part::References) : vm.read(reference.object_id(), Part::State);
}

Value alive(Value referent) { return referent.is(Tag::Weak) ? Value::object(referent.object_id()) : Value::none(); }

std::optional<Result> refuse_reference(Vm& vm, const Arguments& arguments, std::string_view method, std::size_t count) {
  if (auto refused = refuse_count(vm, arguments, method, count, count, 1)) return refused;
  if (vm.heap.is_kind(arguments[0], ObjectKind::WeakRef)) return std::nullopt;
  return vm.raise(TypeId::TypeError, fmt::format("descriptor '{}' requires a 'weakref' object", method));
}

Result call(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_reference(vm, arguments, "__call__", 0)) return *refused;
  const Value referent = referent_of(vm, arguments[0]);
  if (reads_referent(vm, arguments[0])) return stop();
  return done(alive(referent));
}

Result equal(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_reference(vm, arguments, "__eq__", 1)) return *refused;
  if (!vm.heap.is_kind(arguments[1], ObjectKind::WeakRef)) return done(Value(Tag::NotImplemented));
  const Value a = referent_of(vm, arguments[0]);
  const Value b = referent_of(vm, arguments[1]);
  if (reads_referent(vm, arguments[0]) || reads_referent(vm, arguments[1])) return stop();
  if (!a.is(Tag::Weak) || !b.is(Tag::Weak)) return done(Value::boolean(arguments[0] == arguments[1]));
  if (const auto result = builtins::plain_compare(vm, bytecode::CompareOperator::Equal, alive(a), alive(b))) return *result;
  const Value all[] = {vm.string("=="), alive(a), alive(b)};
  return vm.call_library("_slow_compare", all);
}

Result hash(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_reference(vm, arguments, "__hash__", 0)) return *refused;
  const Value referent = referent_of(vm, arguments[0]);
  if (reads_referent(vm, arguments[0])) return stop();
  if (!referent.is(Tag::Weak)) return vm.raise(TypeId::TypeError, "weak object has gone away");
  return vm.tail_call(vm.heap.get_item(vm.fixtures.builtins, vm.string("hash")), std::vector<Value>{alive(referent)});
}

std::vector<Value> references_to(Vm& vm, Value v) {
  std::vector<Value> found;
  if (!v.is_object()) return found;
  for (ObjectId id = vm.heap.at(v).weak_head; id != state::no_object;) {
    const Object& reference = vm.heap.at(id);
    if (reference.cls != type_value(TypeId::Opaque)) found.push_back(Value::object(id));
    const Value next = reference.slots[slot::weakref::next];
    id = next.is(Tag::Weak) || next.is_object() ? next.object_id() : state::no_object;
  }
  return found;
}

Result count_references(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "getweakrefcount", 1, 1)) return *refused;
  if (arguments[0].is_object() && context.read(arguments[0].object_id(), Part::References)) return stop();
  return done(context.integer(static_cast<std::int64_t>(references_to(machine(context), arguments[0]).size())));
}

Result list_references(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "getweakrefs", 1, 1)) return *refused;
  if (arguments[0].is_object() && context.read(arguments[0].object_id(), Part::References)) return stop();
  return done(context.list(references_to(machine(context), arguments[0])));
}

// Deletes the entry if its value is a reference to something dead: one operation, as in CPython (bpo-28427).
Result remove_dead(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "_remove_dead_weakref", 2, 2)) return *refused;
  Vm& vm = machine(context);
  if (!vm.heap.is_kind(arguments[0], ObjectKind::Dict)) return vm.raise(TypeId::TypeError, "_remove_dead_weakref() argument 1 must be dict");
  const ObjectId dictionary = arguments[0].object_id();
  if (vm.read(dictionary, arguments[1])) return stop();
  const Value reference = vm.heap.get_item(dictionary, arguments[1]);
  if (reference.is_unset()) return done_none();
  if (!vm.heap.is_kind(reference, ObjectKind::WeakRef)) return vm.raise(TypeId::TypeError, "not a weakref");
  const Value referent = referent_of(vm, reference);
  if (reads_referent(vm, reference)) return stop();
  if (referent.is(Tag::Weak)) return done_none();
  if (vm.write(dictionary, arguments[1]) || vm.write(dictionary, Part::Order) || vm.write(dictionary, Part::Length)) return stop();
  vm.heap.delete_item(dictionary, arguments[1]);
  return done_none();
}

Result proxy(Context& context, const Arguments&) { return context.unsupported("weakref.proxy"); }

constexpr BuiltinEntry entries[] = {
    {"getweakrefcount", count_references}, {"getweakrefs", list_references}, {"_remove_dead_weakref", remove_dead}, {"proxy", proxy},
};
constexpr BuiltinEntry reference_methods[] = {
    {"__new__", make}, {"__init__", initialise}, {"__call__", call}, {"__eq__", equal}, {"__hash__", hash},
};

}  // namespace

std::span<const BuiltinEntry> weakref_functions() { return entries; }

std::span<const TypeMethods> weakref_types() {
  static constexpr TypeMethods types[] = {{TypeId::WeakRef, reference_methods, make}};
  return types;
}

}  // namespace lockweave::vm
