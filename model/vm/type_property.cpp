// property, staticmethod, classmethod.
#include <fmt/format.h>

#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;

namespace {

Value doc_of(Vm& vm, Value getter) {
  if (!vm.heap.is_kind(getter, ObjectKind::Function)) return Value::none();
  const Value doc = vm.heap.at(getter).slots[slot::function::doc];
  return doc.is_unset() ? Value::none() : doc;
}

Result make_property(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  Value values[] = {Value::none(), Value::none(), Value::none(), Value::none()};
  if (auto refused = bind_names(context, arguments, "property", {"fget", "fset", "fdel", "doc"}, values, 0, 1)) return *refused;
  if (values[3].is_none()) values[3] = doc_of(vm, values[0]);
  return done(make_of_class(vm, ObjectKind::Property, arguments[0], values));
}

std::optional<Result> refuse_property(Vm& vm, const Arguments& arguments, std::string_view method, std::size_t least, std::size_t most) {
  if (auto refused = refuse_count(vm, arguments, method, least, most, 1)) return refused;
  if (vm.heap.is_kind(arguments[0], ObjectKind::Property)) return std::nullopt;
  return vm.raise(TypeId::TypeError, fmt::format("descriptor '{}' requires a 'property' object but received a '{}'", method, vm.type_name_of(arguments[0])));
}

// A copy with another getter (0), setter (1) or deleter (2).
Result with_other(Context& context, const Arguments& arguments, std::string_view method, std::size_t which) {
  Vm& vm = machine(context);
  if (auto refused = refuse_property(vm, arguments, method, 1, 1)) return *refused;
  std::vector<Value> slots = vm.heap.at(arguments[0]).slots;
  const Value cls = vm.heap.at(arguments[0]).cls;
  slots[which] = arguments[1];
  if (which == 0) slots[3] = doc_of(vm, arguments[1]);
  return done(make_of_class(vm, ObjectKind::Property, cls, slots));
}

Result getter(Context& context, const Arguments& arguments) { return with_other(context, arguments, "getter", 0); }
Result setter(Context& context, const Arguments& arguments) { return with_other(context, arguments, "setter", 1); }
Result deleter(Context& context, const Arguments& arguments) { return with_other(context, arguments, "deleter", 2); }

Result missing_accessor(Vm& vm, std::string_view word, std::string_view before_3_11) {
  return vm.raise(TypeId::AttributeError, vm.version_at_least(3, 11) ? fmt::format("property has no {}", word) : std::string(before_3_11));
}

Result get_through(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_property(vm, arguments, "__get__", 1, 2)) return *refused;
  if (arguments[1].is_none()) return done(arguments[0]);
  const Value function = vm.heap.at(arguments[0]).slots[0];
  if (function.is_none()) return missing_accessor(vm, "getter", "unreadable attribute");
  return vm.tail_call(function, arguments.positional.subspan(1, 1));
}

Result set_through(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_property(vm, arguments, "__set__", 2, 2)) return *refused;
  const Value function = vm.heap.at(arguments[0]).slots[1];
  if (function.is_none()) return missing_accessor(vm, "setter", "can't set attribute");
  return vm.tail_call(function, arguments.positional.subspan(1));
}

Result delete_through(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_property(vm, arguments, "__delete__", 1, 1)) return *refused;
  const Value function = vm.heap.at(arguments[0]).slots[2];
  if (function.is_none()) return missing_accessor(vm, "deleter", "can't delete attribute");
  return vm.tail_call(function, arguments.positional.subspan(1));
}

constexpr BuiltinEntry property_methods[] = {
    {"getter", getter},        {"setter", setter},     {"deleter", deleter},
    {"__get__", get_through},  {"__set__", set_through}, {"__delete__", delete_through},
};

Result make_static(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "staticmethod", 1, 1, 1)) return *refused;
  return done(make_of_class(machine(context), ObjectKind::StaticMethod, arguments[0], arguments.positional.subspan(1)));
}

Result make_of_class_method(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "classmethod", 1, 1, 1)) return *refused;
  return done(make_of_class(machine(context), ObjectKind::ClassMethod, arguments[0], arguments.positional.subspan(1)));
}

Result get_static(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__get__", 1, 2, 1)) return *refused;
  return done(context.heap.at(arguments[0]).slots[0]);
}

Result get_of_class(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__get__", 1, 2, 1)) return *refused;
  Vm& vm = machine(context);
  const bool named = arguments.size() == 3 && !arguments[2].is_none();
  const Value slots[] = {vm.heap.at(arguments[0]).slots[0], named ? arguments[2] : vm.type_of(arguments[1])};
  return done(make_of_class(vm, ObjectKind::BoundMethod, builtins::type_value(TypeId::Method), slots));
}

constexpr BuiltinEntry static_methods[] = {{"__get__", get_static}};
constexpr BuiltinEntry class_methods[] = {{"__get__", get_of_class}};

}  // namespace

std::span<const TypeMethods> property_types() {
  static constexpr TypeMethods types[] = {
      {TypeId::Property, property_methods, make_property},
      {TypeId::StaticMethod, static_methods, make_static},
      {TypeId::ClassMethod, class_methods, make_of_class_method},
  };
  return types;
}

}  // namespace lockweave::vm
