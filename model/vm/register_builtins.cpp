// Collects all builtin functions and types, and reads their arguments.
#include <algorithm>

#include <fmt/format.h>

#include "model/builtins/type_methods.h"
#include "model/vm/modules.h"

namespace lockweave::vm {
namespace {

std::string count_message(Context& context, std::string_view function, std::size_t least, std::size_t most, std::size_t given) {
  if (least == 0 && most == 0) return fmt::format("{}() takes no arguments ({} given)", function, given);
  if (least == 1 && most == 1) return fmt::format("{}() takes exactly one argument ({} given)", function, given);
  const std::size_t limit = given < least ? least : most;
  const std::string_view plural = limit == 1 && context.version_at_least(3, 8) ? "" : "s";
  if (least == most) return fmt::format("{} expected {} argument{}, got {}", function, limit, plural, given);
  return fmt::format("{} expected at {} {} argument{}, got {}", function, given < least ? "least" : "most", limit, plural, given);
}

}  // namespace

std::optional<Result> refuse_count(Context& context, const Arguments& arguments, std::string_view function, std::size_t least,
                                   std::size_t most, std::size_t skip) {
  if (!arguments.keywords.empty()) return context.raise(TypeId::TypeError, fmt::format("{}() takes no keyword arguments", function));
  const std::size_t given = arguments.size() - std::min(skip, arguments.size());
  if (arguments.size() < skip) return context.raise(TypeId::TypeError, fmt::format("unbound method {}() needs an argument", function));
  if (given >= least && given <= most) return std::nullopt;
  return context.raise(TypeId::TypeError, count_message(context, function, least, most, given));
}

std::optional<Result> bind_names(Context& context, const Arguments& arguments, std::string_view function,
                                 std::initializer_list<std::string_view> names, std::span<Value> values, std::size_t required,
                                 std::size_t skip) {
  if (arguments.size() < skip) return context.raise(TypeId::TypeError, fmt::format("unbound method {}() needs an argument", function));
  const std::size_t given = arguments.size() - skip;
  if (given > names.size()) {
    return context.raise(TypeId::TypeError, fmt::format("{}() takes at most {} argument{} ({} given)", function, names.size(),
                                                        names.size() == 1 ? "" : "s", given + arguments.keywords.size()));
  }
  for (std::size_t i = 0; i < given; ++i) values[i] = arguments[skip + i];
  for (const Keyword& keyword : arguments.keywords) {
    const std::string& name = context.text(keyword.name);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) {
      return context.raise(TypeId::TypeError, context.version_at_least(3, 13)
                                                  ? fmt::format("{}() got an unexpected keyword argument '{}'", function, name)
                                                  : fmt::format("'{}' is an invalid keyword argument for {}()", name, function));
    }
    const auto position = static_cast<std::size_t>(found - names.begin());
    if (position < given) {
      return context.raise(TypeId::TypeError, fmt::format("argument for {}() given by name ('{}') and position ({})", function, name, position + 1));
    }
    values[position] = keyword.value;
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (values[i].is_unset()) {
      return context.raise(TypeId::TypeError, fmt::format("{}() missing required argument '{}' (pos {})", function, *(names.begin() + i), i + 1));
    }
  }
  return std::nullopt;
}

TypeId builtin_base(Vm& vm, Value cls) {
  if (cls.is(Tag::Type)) return builtins::type_id(cls);
  for (Value c : vm.order_of_resolution(cls)) {
    if (c.is(Tag::Type)) return builtins::type_id(c);
  }
  return TypeId::Object;
}

Value make_of_class(Vm& vm, ObjectKind kind, Value cls, std::span<const Value> slots) {
  const ObjectId id = vm.heap.allocate(kind, cls, vm.site());
  vm.heap.assign(id, slots);
  return Value::object(id);
}

Value keyword_dictionary(Vm& vm, std::span<const Keyword> keywords) {
  const ObjectId dict = vm.new_dict();
  for (const Keyword& keyword : keywords) vm.heap.set_item(dict, keyword.name, keyword.value);
  return Value::object(dict);
}

Result library_call(Vm& vm, std::string_view name, std::span<const Value> positional, std::span<const Keyword> keywords) {
  if (keywords.empty()) return vm.call_library(name, positional);
  return vm.tail_call(vm.heap.get_item(vm.fixtures.library, vm.string(name)), positional, keywords);
}

bool is_plain_instance(Vm& vm, Value v, Value cls) {
  if (v.is(Tag::Opaque) && cls == builtins::type_value(TypeId::Int)) return true;
  return vm.is_subclass(vm.type_of(v), cls);
}

void register_builtins(builtins::BuiltinTable& table, state::Constants&) {
  for (const auto& types : {object_types(), exception_types(), lock_types(), generator_types(), property_types(), weakref_types(), stream_types()}) {
    for (const TypeMethods& methods : types) table.add_type(methods);
  }
  builtins::register_value_types(table);
  table.add_module("builtins", builtins_functions());
  table.add_module("_thread", thread_functions());
  table.add_module("_imp", imp_functions());
  table.add_module("sys", sys_functions());
  table.add_module("_weakref", weakref_functions());
  table.add_module("_warnings", warnings_functions());
  table.add_module("_lockweave", lockweave_functions());
  table.add_module("_lockweave", process_functions());
}

}  // namespace lockweave::vm
