// BaseException and its kin: one set of methods for all; an exception is an Instance whose class says which.
#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;
using builtins::TextStatus;
using builtins::type_value;

namespace {

void set_keyword_attributes(Vm& vm, ObjectId id, std::span<const Keyword> keywords) {
  for (const Keyword& keyword : keywords) vm.heap.set_attribute(id, keyword.name, keyword.value);
}

bool takes_keyword(Vm& vm, Value exception, std::string_view name) {
  if (vm.is_instance(exception, TypeId::ImportError)) return name == "name" || name == "path" || (name == "name_from" && vm.version_at_least(3, 12));
  if (vm.is_instance(exception, TypeId::NameError)) return name == "name" && vm.version_at_least(3, 10);
  if (vm.is_instance(exception, TypeId::AttributeError)) return (name == "name" || name == "obj") && vm.version_at_least(3, 10);
  return false;
}

std::optional<Result> refuse_keywords(Vm& vm, Value exception, std::span<const Keyword> keywords) {
  for (const Keyword& keyword : keywords) {
    const std::string& name = vm.text(keyword.name);
    if (takes_keyword(vm, exception, name)) continue;
    const std::string own = vm.type_name_of(exception);
    if (vm.is_instance(exception, TypeId::ImportError)) return vm.raise(TypeId::TypeError, fmt::format("'{}' is an invalid keyword argument for ImportError()", name));
    return vm.raise(TypeId::TypeError, fmt::format("{}() takes no keyword arguments", own));
  }
  return std::nullopt;
}

// OSError(errno, text) is made as the subclass that stands for that number.
TypeId os_error_for(std::int64_t number) {
  switch (number) {
    case 1: case 13: return TypeId::PermissionError;
    case 2: return TypeId::FileNotFoundError;
    case 3: return TypeId::ProcessLookupError;
    case 4: return TypeId::InterruptedError;
    case 10: return TypeId::ChildProcessError;
    case 11: case 114: case 115: return TypeId::BlockingIOError;
    case 17: return TypeId::FileExistsError;
    case 20: return TypeId::NotADirectoryError;
    case 21: return TypeId::IsADirectoryError;
    case 110: return TypeId::TimeoutError;
    default: return TypeId::OSError;
  }
}

Result make(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  Value cls = arguments[0];
  if (cls == type_value(TypeId::OSError) && arguments.size() >= 3 && arguments[1].is_int()) cls = type_value(os_error_for(arguments[1].as_int()));
  const Value exception = Value::object(vm.heap.allocate(ObjectKind::Instance, cls, vm.site()));
  // A class of the program may take keywords in its own __init__; then they are not ours.
  const bool own_init = vm.find_in_class(cls, vm.names.init).is_object();
  if (!own_init) {
    if (auto refused = refuse_keywords(vm, exception, arguments.keywords)) return *refused;
  }
  set_exception_arguments(vm, exception, arguments.positional.subspan(1), own_init ? std::span<const Keyword>() : arguments.keywords);
  return done(exception);
}

Result initialise(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (arguments.size() == 0 || !vm.is_instance(arguments[0], TypeId::BaseException)) return vm.raise(TypeId::TypeError, "descriptor '__init__' requires a 'BaseException' object");
  if (auto refused = refuse_keywords(vm, arguments[0], arguments.keywords)) return *refused;
  if (vm.write(arguments[0].object_id(), vm.names.args)) return stop();
  set_exception_arguments(vm, arguments[0], arguments.positional.subspan(1), arguments.keywords);
  return done_none();
}

Value arguments_of(Vm& vm, Value exception) {
  const Value args = vm.heap.get_attribute(exception.object_id(), vm.names.args);
  return vm.heap.is_kind(args, ObjectKind::Tuple) ? args : vm.tuple({});
}

std::optional<Result> refuse_exception(Vm& vm, const Arguments& arguments, std::string_view method, std::size_t count = 0) {
  if (auto refused = refuse_count(vm, arguments, method, count, count, 1)) return refused;
  if (vm.is_instance(arguments[0], TypeId::BaseException)) return std::nullopt;
  return vm.raise(TypeId::TypeError, fmt::format("descriptor '{}' requires a 'BaseException' object but received a '{}'", method, vm.type_name_of(arguments[0])));
}

Result with_traceback(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "with_traceback", 1)) return *refused;
  if (!arguments[1].is_none() && !vm.heap.is_kind(arguments[1], ObjectKind::Traceback)) return vm.raise(TypeId::TypeError, "__traceback__ must be a traceback or None");
  if (vm.write(arguments[0].object_id(), vm.names.traceback)) return stop();
  vm.heap.set_attribute(arguments[0].object_id(), vm.names.traceback, arguments[1]);
  return done(arguments[0]);
}

Result add_note(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "add_note", 1)) return *refused;
  if (!vm.version_at_least(3, 11)) return vm.raise(TypeId::AttributeError, fmt::format("'{}' object has no attribute 'add_note'", vm.type_name_of(arguments[0])));
  if (!arguments[1].is_string()) return vm.raise(TypeId::TypeError, fmt::format("add_note() argument must be str, not {}", vm.type_name_of(arguments[1])));
  const Value name = vm.string("__notes__");
  const ObjectId id = arguments[0].object_id();
  if (vm.write(id, name)) return stop();
  Value notes = vm.heap.get_attribute(id, name);
  if (notes.is_unset()) {
    notes = vm.list({});
    vm.heap.set_attribute(id, name, notes);
  }
  if (vm.write(notes.object_id(), Part::Length)) return stop();
  vm.heap.append(notes.object_id(), arguments[1]);
  return done_none();
}

// The text of one value, or what else there is to do for it.
Result text_or_library(Vm& vm, Value v, bool is_repr) {
  std::string text;
  const TextStatus status = is_repr ? builtins::plain_repr(vm, v, text) : builtins::plain_str(vm, v, text);
  if (status == TextStatus::Ok) return done(vm.string(text));
  if (status == TextStatus::Stop) return stop();
  return vm.call_library(is_repr ? "_slow_repr" : "_slow_str", std::span(&v, 1));
}

Result text_of_arguments(Vm& vm, Value exception, bool repr_of_one) {
  if (vm.read(exception.object_id(), vm.names.args)) return stop();
  const Value args = arguments_of(vm, exception);
  const auto& items = vm.heap.at(args).slots;
  if (items.empty()) return done(vm.string(""));
  if (items.size() == 1) return text_or_library(vm, items[0], repr_of_one);
  return text_or_library(vm, args, true);
}

Result text_of(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "__str__")) return *refused;
  return text_of_arguments(vm, arguments[0], false);
}

Result text_of_key_error(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "__str__")) return *refused;
  return text_of_arguments(vm, arguments[0], true);
}

Result text_of_import_error(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "__str__")) return *refused;
  if (vm.read(arguments[0].object_id(), vm.names.msg)) return stop();
  const Value message = vm.heap.get_attribute(arguments[0].object_id(), vm.names.msg);
  if (message.is_string()) return done(message);
  return text_of_arguments(vm, arguments[0], false);
}

Result text_of_os_error(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "__str__")) return *refused;
  const ObjectId id = arguments[0].object_id();
  for (const std::string_view field : {"errno", "strerror", "filename", "filename2"}) {
    if (vm.read(id, vm.string(field))) return stop();
  }
  const Value number = vm.heap.get_attribute(id, vm.string("errno"));
  const Value words = vm.heap.get_attribute(id, vm.string("strerror"));
  if (number.is_unset() || words.is_unset()) return text_of_arguments(vm, arguments[0], false);
  std::string number_text;
  std::string words_text;
  if (builtins::plain_str(vm, number, number_text) != TextStatus::Ok || builtins::plain_str(vm, words, words_text) != TextStatus::Ok) {
    return text_of_arguments(vm, arguments[0], false);
  }
  std::string file;
  const Value name = vm.heap.get_attribute(id, vm.string("filename"));
  if (!name.is_unset() && !name.is_none()) {
    std::string shown;
    if (builtins::plain_repr(vm, name, shown) == TextStatus::Ok) file = ": " + shown;
  }
  return done(vm.string(fmt::format("[Errno {}] {}{}", number_text, words_text, file)));
}

Result shown(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "__repr__")) return *refused;
  if (vm.read(arguments[0].object_id(), vm.names.args)) return stop();
  const Value args = arguments_of(vm, arguments[0]);
  std::string text;
  const TextStatus status = builtins::plain_repr(vm, args, text);
  if (status == TextStatus::Stop) return stop();
  if (status == TextStatus::NeedsPython) return vm.call_library("_container_repr", arguments.positional);
  if (vm.heap.at(args).slots.size() == 1 && vm.version_at_least(3, 7)) text = text.substr(0, text.size() - 2) + ")";
  const std::string name = vm.type_name_of(arguments[0]);
  return done(vm.string(name + text));
}

constexpr BuiltinEntry base_methods[] = {
    {"__new__", make},   {"__init__", initialise}, {"with_traceback", with_traceback},
    {"add_note", add_note}, {"__str__", text_of},  {"__repr__", shown},
};
constexpr BuiltinEntry key_error_methods[] = {{"__str__", text_of_key_error}};
constexpr BuiltinEntry import_error_methods[] = {{"__str__", text_of_import_error}};
Result text_of_syntax_error(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_exception(vm, arguments, "__str__")) return *refused;
  return text_or_library(vm, arguments[0], false);
}

constexpr BuiltinEntry syntax_error_methods[] = {{"__str__", text_of_syntax_error}};
constexpr BuiltinEntry os_error_methods[] = {{"__str__", text_of_os_error}};

}  // namespace

void set_exception_arguments(Vm& vm, Value exception, std::span<const Value> arguments, std::span<const Keyword> keywords) {
  const ObjectId id = exception.object_id();
  const bool os_error = vm.is_instance(exception, TypeId::OSError) && arguments.size() >= 2 && arguments.size() <= 5;
  vm.heap.set_attribute(id, vm.names.args, vm.tuple(os_error ? arguments.first(2) : arguments));
  const auto set = [&](std::string_view name, Value v) { vm.heap.set_attribute(id, vm.string(name), v); };
  if (os_error) {
    set("errno", arguments[0]);
    set("strerror", arguments[1]);
    set("filename", arguments.size() > 2 ? arguments[2] : Value::none());
  }
  if (vm.is_instance(exception, TypeId::StopIteration)) set("value", arguments.empty() ? Value::none() : arguments[0]);
  if (vm.is_instance(exception, TypeId::SystemExit)) set("code", arguments.empty() ? Value::none() : arguments.size() == 1 ? arguments[0] : vm.tuple(arguments));
  if (vm.is_instance(exception, TypeId::ImportError)) set("msg", arguments.size() == 1 ? arguments[0] : Value::none());
  if (vm.is_instance(exception, TypeId::SyntaxError)) {
    set("msg", arguments.empty() ? Value::none() : arguments[0]);
    static constexpr std::string_view fields[] = {"filename", "lineno", "offset", "text"};
    const bool has_place = arguments.size() == 2 && vm.heap.is_kind(arguments[1], ObjectKind::Tuple) && vm.heap.at(arguments[1]).slots.size() >= 4;
    for (std::size_t i = 0; i < 4; ++i) set(fields[i], has_place ? vm.heap.at(arguments[1]).slots[i] : Value::none());
  }
  set_keyword_attributes(vm, id, keywords);
}

std::span<const TypeMethods> exception_types() {
  static constexpr TypeMethods types[] = {
      {TypeId::BaseException, base_methods, make},
      {TypeId::KeyError, key_error_methods, nullptr},
      {TypeId::ImportError, import_error_methods, nullptr},
      {TypeId::OSError, os_error_methods, nullptr},
      {TypeId::SyntaxError, syntax_error_methods, nullptr},
  };
  return types;
}

}  // namespace lockweave::vm
