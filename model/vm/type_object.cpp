// object, type, module, super and the objects that can be called.
#include <algorithm>

#include <fmt/format.h>

#include "model/builtins/comparison.h"
#include "model/builtins/operators.h"
#include "model/builtins/plain_value.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::is_subtype;
using builtins::stop;
using builtins::TextStatus;
using builtins::type_id;
using builtins::type_value;

namespace {

Value not_implemented() { return Value(Tag::NotImplemented); }

std::string class_name(Vm& vm, Value cls) {
  if (cls.is(Tag::Type)) return std::string(builtins::type_name(type_id(cls)));
  return vm.text(vm.heap.at(cls).slots[slot::klass::name]);
}

// --- object.__new__

std::optional<Result> refuse_abstract(Vm& vm, Value cls) {
  if (!cls.is_object()) return std::nullopt;
  const Value names = vm.heap.get_item(vm.heap.at(cls).slots[slot::klass::dictionary].object_id(), vm.string("__abstractmethods__"));
  if (!names.is_object() || vm.heap.at(names).slots.empty()) return std::nullopt;
  std::vector<std::string> missing;
  for (Value name : vm.heap.at(names).slots) {
    if (name.is_string()) missing.push_back(vm.text(name));
  }
  std::ranges::sort(missing);
  const bool quoted = vm.version_at_least(3, 12);
  const std::string_view plural = missing.size() == 1 && vm.version_at_least(3, 9) ? "" : "s";
  std::string listed;
  for (const std::string& name : missing) {
    if (!listed.empty()) listed += ", ";
    listed += quoted ? "'" + name + "'" : name;
  }
  return vm.raise(TypeId::TypeError, fmt::format("Can't instantiate abstract class {} {} method{} {}", class_name(vm, cls),
                                                 quoted ? "without an implementation for abstract" : "with abstract", plural, listed));
}

std::optional<Result> refuse_arguments_of_new(Vm& vm, const Arguments& arguments, Value cls) {
  if (arguments.size() <= 1 && arguments.keywords.empty()) return std::nullopt;
  const Value make = vm.find_in_class(cls, vm.names.new_);
  const Value init = vm.find_in_class(cls, vm.names.init);
  if (make != vm.table().method(TypeId::Object, vm.names.new_)) {
    return vm.raise(TypeId::TypeError, vm.version_at_least(3, 7) ? "object.__new__() takes exactly one argument (the type to instantiate)" : "object() takes no parameters");
  }
  if (init == vm.table().method(TypeId::Object, vm.names.init)) {
    return vm.raise(TypeId::TypeError, vm.version_at_least(3, 7) ? fmt::format("{}() takes no arguments", class_name(vm, cls)) : std::string("object() takes no parameters"));
  }
  return std::nullopt;
}

bool fills_in_init(TypeId type) { return type == TypeId::List || type == TypeId::Dict || type == TypeId::Set; }

// Also what `T.__new__` finds for a builtin type T: an instance of what cls is made of.
Result make(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (arguments.size() == 0) return vm.raise(TypeId::TypeError, "object.__new__(): not enough arguments");
  const Value cls = arguments[0];
  if (!is_class(vm, cls)) {
    return vm.raise(TypeId::TypeError, fmt::format("object.__new__(X): X is not a type object ({})", vm.type_name_of(cls)));
  }
  if (auto refused = refuse_abstract(vm, cls)) return *refused;
  const TypeId base = builtin_base(vm, cls);
  if (base == TypeId::Object) {
    if (auto refused = refuse_arguments_of_new(vm, arguments, cls)) return *refused;
    return done(vm.new_instance(cls));
  }
  const auto construct = vm.table().constructor(base);
  if (construct == nullptr) return vm.raise(TypeId::TypeError, fmt::format("cannot create '{}' instances", builtins::type_name(base)));
  if (fills_in_init(base)) return construct(context, Arguments{arguments.positional.first(1), {}});
  return construct(context, arguments);
}

Result construct_object(Context& context, const Arguments& arguments) {
  if (arguments.size() > 1 || !arguments.keywords.empty()) {
    return context.raise(TypeId::TypeError, context.version_at_least(3, 7) ? "object() takes no arguments" : "object() takes no parameters");
  }
  return make(context, arguments);
}

Result initialise(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = arguments.size() == 0 ? refuse_count(context, arguments, "__init__", 0, 0, 1) : std::nullopt) return *refused;
  if (arguments.size() == 1 && arguments.keywords.empty()) return done_none();
  const Value cls = vm.type_of(arguments[0]);
  const Value init = vm.find_in_class(cls, vm.names.init);
  const Value make_method = vm.find_in_class(cls, vm.names.new_);
  const bool own_new = builtin_base(vm, cls) != TypeId::Object || make_method != vm.table().method(TypeId::Object, vm.names.new_);
  if (init != vm.table().method(TypeId::Object, vm.names.init)) {
    return vm.raise(TypeId::TypeError, vm.version_at_least(3, 7) ? "object.__init__() takes exactly one argument (the instance to initialize)" : "object.__init__() takes no parameters");
  }
  if (!own_new) {
    return vm.raise(TypeId::TypeError, vm.version_at_least(3, 7) ? fmt::format("{}.__init__() takes exactly one argument (the instance to initialize)", class_name(vm, cls))
                                                                 : std::string("object.__init__() takes no parameters"));
  }
  return done_none();
}

// --- text and comparison

Result text_of(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_count(context, arguments, "__repr__", 0, 0, 1)) return *refused;
  const Value v = arguments[0];
  const Value cls = vm.type_of(v);
  if (cls.is(Tag::Type)) return done(vm.string(fmt::format("<{} object at <id>>", builtins::type_name(type_id(cls)))));
  const Value module = vm.find_in_class(cls, vm.names.module);
  const std::string prefix = module.is_string() && vm.text(module) != "builtins" ? vm.text(module) + "." : "";
  return done(vm.string(fmt::format("<{}{} object at <id>>", prefix, vm.text(vm.heap.at(cls).slots[slot::klass::qualname]))));
}

// repr(v) and str(v) as any caller would get them.
Result text_by(Context& context, const Arguments& arguments, bool is_repr, std::string_view slow) {
  std::string text;
  const TextStatus status = is_repr ? builtins::plain_repr(context, arguments[0], text) : builtins::plain_str(context, arguments[0], text);
  if (status == TextStatus::Ok) return done(context.string(text));
  if (status == TextStatus::Stop) return stop();
  return context.call_library(slow, arguments.positional.first(1));
}

Result object_repr(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__repr__", 0, 0, 1)) return *refused;
  Vm& vm = machine(context);
  if (vm.has_python_special(arguments[0], "__repr__") && builtin_base(vm, vm.type_of(arguments[0])) == TypeId::Object) return text_of(context, arguments);
  if (vm.has_python_special(arguments[0], "__repr__")) {  // super().__repr__() in a subclass of a builtin type
    std::string text;
    const Value plain = builtins::unwrap(context, arguments[0]);
    if (plain != arguments[0]) return builtins::plain_repr(context, plain, text) == TextStatus::Ok ? done(context.string(text)) : stop();
    return context.call_library("_container_repr", arguments.positional);
  }
  return text_by(context, arguments, true, "_slow_repr");
}

Result object_str(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__str__", 0, 0, 1)) return *refused;
  Vm& vm = machine(context);
  const Value plain = builtins::unwrap(context, arguments[0]);
  if (plain.is_string()) return done(plain);
  if (vm.has_python_special(arguments[0], "__repr__")) return context.call_library("_slow_repr", arguments.positional);
  return object_repr(context, arguments);
}

Result object_format(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__format__", 1, 1, 1)) return *refused;
  if (!arguments[1].is_string()) return context.raise(TypeId::TypeError, "__format__() argument must be str");
  if (context.text(arguments[1]).empty()) {
    if (context.has_python_special(arguments[0], "__str__") || context.has_python_special(arguments[0], "__repr__")) {
      return context.call_library("_slow_str", arguments.positional.first(1));
    }
    return text_by(context, arguments, false, "_slow_str");
  }
  if (const auto result = builtins::plain_format(context, builtins::unwrap(context, arguments[0]), context.text(arguments[1]))) return *result;
  return context.raise(TypeId::TypeError, fmt::format("unsupported format string passed to {}.__format__", context.type_name_of(arguments[0])));
}

// What a builtin value answers when asked through its type: int.__eq__(1, 2), super().__lt__(other).
Result compare_by(Context& context, const Arguments& arguments, std::string_view name, bytecode::CompareOperator op) {
  if (auto refused = refuse_count(context, arguments, name, 1, 1, 1)) return *refused;
  const bool equality = op == bytecode::CompareOperator::Equal || op == bytecode::CompareOperator::NotEqual;
  Vm& vm = machine(context);
  const Value a = builtins::unwrap(context, arguments[0]);
  const Value b = builtins::unwrap(context, arguments[1]);
  const bool plain = builtin_base(vm, vm.type_of(a)) != TypeId::Object;
  if (plain && !is_class(vm, a) && builtin_base(vm, vm.type_of(b)) != TypeId::Object) {
    if (const auto result = builtins::plain_compare(context, op, a, b)) return *result;
    return done(not_implemented());
  }
  if (!equality || a != b) return done(not_implemented());
  return done(Value::boolean(op == bytecode::CompareOperator::Equal));
}

template <bytecode::CompareOperator op>
Result compare(Context& context, const Arguments& arguments) {
  using bytecode::CompareOperator;
  // `!=` is what the class itself says about `==`, turned round.
  if (op == CompareOperator::NotEqual && arguments.size() == 2 && context.has_python_special(arguments[0], "__eq__")) {
    return context.call_library("_object_ne", arguments.positional);
  }
  return compare_by(context, arguments, builtins::method_of(op), op);
}

Result object_hash(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__hash__", 0, 0, 1)) return *refused;
  const Value v = builtins::unwrap(context, arguments[0]);
  machine(context).watch_number_of(v);
  if (v.is_int()) return done(v);
  return done(Value(Tag::Opaque, (std::uint64_t{1} << 42) | (context.heap.plain_hash(v) & 0x3ffffffffffu)));
}

// --- attributes

Result object_getattribute(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__getattribute__", 1, 1, 1)) return *refused;
  if (!arguments[1].is_string()) return context.raise(TypeId::TypeError, fmt::format("attribute name must be string, not '{}'", context.type_name_of(arguments[1])));
  return machine(context).plain_load_attribute(arguments[0], arguments[1]);
}

Result object_setattr(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__setattr__", 2, 2, 1)) return *refused;
  if (!arguments[1].is_string()) return context.raise(TypeId::TypeError, fmt::format("attribute name must be string, not '{}'", context.type_name_of(arguments[1])));
  return machine(context).plain_store_attribute(arguments[0], arguments[1], arguments[2]);
}

Result object_delattr(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__delattr__", 1, 1, 1)) return *refused;
  if (!arguments[1].is_string()) return context.raise(TypeId::TypeError, fmt::format("attribute name must be string, not '{}'", context.type_name_of(arguments[1])));
  return machine(context).plain_store_attribute(arguments[0], arguments[1], Value());
}

Result object_init_subclass(Context& context, const Arguments& arguments) {
  if (arguments.size() > 1) return refuse_count(context, arguments, "__init_subclass__", 0, 0, 1).value_or(done_none());
  if (!arguments.keywords.empty()) {
    return context.raise(TypeId::TypeError, fmt::format("{}.__init_subclass__() takes no keyword arguments", class_name(machine(context), arguments[0])));
  }
  return done_none();
}

Result object_subclasshook(Context&, const Arguments&) { return done(not_implemented()); }

Result object_dir(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__dir__", 0, 0, 1)) return *refused;
  return machine(context).plain_directory(arguments[0]);
}

constexpr BuiltinEntry object_methods[] = {
    {"__new__", make},
    {"__init__", initialise},
    {"__repr__", object_repr},
    {"__str__", object_str},
    {"__format__", object_format},
    {"__eq__", compare<bytecode::CompareOperator::Equal>},
    {"__ne__", compare<bytecode::CompareOperator::NotEqual>},
    {"__lt__", compare<bytecode::CompareOperator::Less>},
    {"__le__", compare<bytecode::CompareOperator::LessEqual>},
    {"__gt__", compare<bytecode::CompareOperator::Greater>},
    {"__ge__", compare<bytecode::CompareOperator::GreaterEqual>},
    {"__hash__", object_hash},
    {"__getattribute__", object_getattribute},
    {"__setattr__", object_setattr},
    {"__delattr__", object_delattr},
    {"__init_subclass__", object_init_subclass},
    {"__subclasshook__", object_subclasshook},
    {"__dir__", object_dir},
};

// --- type

Result make_type(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (arguments.size() == 2 && arguments[0] == type_value(TypeId::Type)) return done(vm.type_of(arguments[1]));
  if (arguments.size() != 4) return vm.raise(TypeId::TypeError, "type() takes 1 or 3 arguments");
  if (!arguments[1].is_string()) return vm.raise(TypeId::TypeError, fmt::format("type.__new__() argument 1 must be str, not {}", vm.type_name_of(arguments[1])));
  if (!vm.heap.is_kind(arguments[2], ObjectKind::Tuple)) return vm.raise(TypeId::TypeError, fmt::format("type.__new__() argument 2 must be tuple, not {}", vm.type_name_of(arguments[2])));
  if (!vm.heap.is_kind(arguments[3], ObjectKind::Dict)) return vm.raise(TypeId::TypeError, fmt::format("type.__new__() argument 3 must be dict, not {}", vm.type_name_of(arguments[3])));
  return library_call(vm, "_type_new", arguments.positional, arguments.keywords);
}

Result initialise_type(Context& context, const Arguments& arguments) {
  if (arguments.size() == 2 || arguments.size() == 4) return done_none();
  return context.raise(TypeId::TypeError, "type.__init__() takes 1 or 3 arguments");
}

Result call_type(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (arguments.size() == 0 || !is_class(vm, arguments[0])) return vm.raise(TypeId::TypeError, "descriptor '__call__' requires a 'type' object");
  if (arguments[0].is(Tag::Type)) return vm.tail_call(arguments[0], arguments.positional.subspan(1), arguments.keywords);
  const Value call[] = {arguments[0], vm.tuple(arguments.positional.subspan(1)), keyword_dictionary(vm, arguments.keywords)};
  return vm.call_library("_construct", call);
}

Result prepare(Context& context, const Arguments&) { return done(Value::object(machine(context).new_dict())); }

std::optional<Result> refuse_type(Context& context, const Arguments& arguments, std::string_view method, std::size_t count) {
  if (auto refused = refuse_count(context, arguments, method, count, count, 1)) return refused;
  if (is_class(machine(context), arguments[0])) return std::nullopt;
  return context.raise(TypeId::TypeError, fmt::format("descriptor '{}' requires a 'type' object but received a '{}'", method, context.type_name_of(arguments[0])));
}

Result order(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_type(context, arguments, "mro", 0)) return *refused;
  return done(context.list(machine(context).order_of_resolution(arguments[0])));
}

Result subclasses(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_type(context, arguments, "__subclasses__", 0)) return *refused;
  Vm& vm = machine(context);
  if (!arguments[0].is_object()) return vm.unsupported("__subclasses__() of a built-in class");
  if (context.read(arguments[0].object_id(), Part::Order)) return stop();
  const Value known = vm.heap.at(arguments[0]).slots[slot::klass::subclasses];
  if (!known.is_object()) return done(context.list({}));
  if (context.read_order(known.object_id())) return stop();
  std::vector<Value> classes;
  const auto& slots = vm.heap.at(known).slots;
  for (std::size_t i = 0; i < slots.size(); i += 2) classes.push_back(slots[i]);
  return done(context.list(classes));
}

Result instance_check(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_type(context, arguments, "__instancecheck__", 1)) return *refused;
  return done(Value::boolean(is_plain_instance(machine(context), arguments[1], arguments[0])));
}

Result subclass_check(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_type(context, arguments, "__subclasscheck__", 1)) return *refused;
  return done(Value::boolean(machine(context).is_subclass(arguments[1], arguments[0])));
}

Result type_repr(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_type(context, arguments, "__repr__", 0)) return *refused;
  Vm& vm = machine(context);
  const Value cls = arguments[0];
  if (cls.is(Tag::Type)) return done(vm.string(fmt::format("<class '{}'>", builtins::type_name(type_id(cls)))));
  const Value module = vm.heap.get_item(vm.heap.at(cls).slots[slot::klass::dictionary].object_id(), vm.names.module);
  const std::string prefix = module.is_string() && vm.text(module) != "builtins" ? vm.text(module) + "." : "";
  return done(vm.string(fmt::format("<class '{}{}'>", prefix, vm.text(vm.heap.at(cls).slots[slot::klass::qualname]))));
}

constexpr BuiltinEntry type_methods[] = {
    {"__new__", make_type},   {"__init__", initialise_type}, {"__call__", call_type},
    {"__prepare__", prepare}, {"mro", order},                {"__subclasses__", subclasses},
    {"__instancecheck__", instance_check}, {"__subclasscheck__", subclass_check}, {"__repr__", type_repr},
};

// --- module

Result make_module(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  Value values[] = {Value(), Value::none()};
  if (auto refused = bind_names(context, arguments, "module", {"name", "doc"}, values, 1, 1)) return *refused;
  if (!values[0].is_string()) return vm.raise(TypeId::TypeError, fmt::format("module() argument 'name' must be str, not {}", vm.type_name_of(values[0])));
  const Value made = vm.new_module(vm.text(values[0]));
  if (!values[1].is_none()) vm.heap.set_item(vm.heap.at(made).slots[slot::module::dictionary].object_id(), vm.names.doc, values[1]);
  if (arguments[0].is_object()) vm.heap.set_class(made.object_id(), arguments[0]);
  return done(made);
}

// A subclass's `super().__init__(name, doc)`.
Result initialise_module(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  Value values[] = {Value(), Value::none()};
  if (auto refused = bind_names(context, arguments, "module", {"name", "doc"}, values, 1, 1)) return *refused;
  if (!vm.heap.is_kind(arguments[0], ObjectKind::Module)) return vm.raise(TypeId::TypeError, "descriptor '__init__' requires a 'module' object");
  const ObjectId dictionary = vm.heap.at(arguments[0]).slots[slot::module::dictionary].object_id();
  if (vm.write(dictionary, vm.names.name) || vm.write(dictionary, vm.names.doc)) return stop();
  vm.heap.set_item(dictionary, vm.names.name, values[0]);
  vm.heap.set_item(dictionary, vm.names.doc, values[1]);
  return done_none();
}

Result module_repr(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__repr__", 0, 0, 1)) return *refused;
  Vm& vm = machine(context);
  if (!vm.heap.is_kind(arguments[0], ObjectKind::Module)) return vm.raise(TypeId::TypeError, "descriptor '__repr__' requires a 'module' object");
  const ObjectId dictionary = vm.heap.at(arguments[0]).slots[slot::module::dictionary].object_id();
  if (vm.read(dictionary, vm.names.name) || vm.read(dictionary, vm.names.file)) return stop();
  const Value name = vm.heap.get_item(dictionary, vm.names.name);
  const Value file = vm.heap.get_item(dictionary, vm.names.file);
  const std::string from = file.is_string() ? fmt::format(" from '{}'", vm.text(file)) : "";
  return done(vm.string(fmt::format("<module '{}'{}>", name.is_string() ? vm.text(name) : "?", from)));
}

constexpr BuiltinEntry module_methods[] = {{"__init__", initialise_module}, {"__repr__", module_repr}};

// --- super

Result make_super_for(Vm& vm, Value cls, Value start, Value self) {
  if (!is_class(vm, start)) return vm.raise(TypeId::TypeError, fmt::format("super() argument 1 must be a type, not {}", vm.type_name_of(start)));
  Value of;
  if (is_class(vm, self) && vm.is_subclass(self, start)) of = self;
  else if (vm.is_subclass(vm.type_of(self), start)) of = vm.type_of(self);
  else return vm.raise(TypeId::TypeError, vm.version_at_least(3, 13) ? fmt::format("super(type, obj): obj ({}{}) is not an instance or subtype of type ({}).", is_class(vm, self) ? "type " : "instance of ",
                                                                                   is_class(vm, self) ? class_name(vm, self) : vm.type_name_of(self), class_name(vm, start))
                                                                     : std::string("super(type, obj): obj must be an instance or subtype of type"));
  const Value slots[] = {start, self, of};
  return done(make_of_class(vm, ObjectKind::Super, cls, slots));
}

// The first argument of the method that runs: also if it is kept in a cell because an inner function uses it.
Value first_argument(Vm& vm, const Object& frame, const LoadedCode& code) {
  const bytecode::Code& c = *code.code;
  for (std::size_t i = 0; i < c.cell_argument.size(); ++i) {
    if (c.cell_argument[i] != 0) continue;
    const Value content = vm.heap.at(frame.slots[code.cell_first + i]).slots[0];
    if (!content.is_unset()) return content;
  }
  return frame.slots[slot::frame::first_local];
}

// super() without arguments: Objects/typeobject.c, super_init_without_args.
Result make_super_here(Vm& vm, Value cls) {
  const Object& frame = vm.heap.at(running_frame(vm));
  const LoadedCode& code = vm.program().code(frame.slots[slot::frame::code].number());
  if (vm.reads_cells(running_frame(vm))) return stop();
  if (code.code->argument_count == 0 && !code.code->flags.varargs) return vm.raise(TypeId::RuntimeError, "super(): no arguments");
  Value self = code.code->argument_count > 0 ? first_argument(vm, frame, code) : Value();
  if (self.is_unset()) return vm.raise(TypeId::RuntimeError, code.code->argument_count > 0 ? "super(): arg[0] deleted" : "super(): no arguments");
  const auto& free_names = code.code->free_names;
  const auto found = std::find(free_names.begin(), free_names.end(), "__class__");
  if (found == free_names.end()) return vm.raise(TypeId::RuntimeError, "super(): __class__ cell not found");
  const auto index = code.cell_first + code.code->cell_names.size() + static_cast<std::size_t>(found - free_names.begin());
  const Value start = vm.heap.at(frame.slots[index]).slots[0];
  if (start.is_unset()) return vm.raise(TypeId::RuntimeError, "super(): empty __class__ cell");
  return make_super_for(vm, cls, start, self);
}

Result make_super(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "super", 0, 2, 1)) return *refused;
  Vm& vm = machine(context);
  if (arguments.size() == 1) return make_super_here(vm, arguments[0]);
  if (arguments.size() == 2) return vm.unsupported("super() with one argument");
  return make_super_for(vm, arguments[0], arguments[1], arguments[2]);
}

// --- what can be called

Result call_it(Context& context, const Arguments& arguments) {
  if (arguments.size() == 0) return context.raise(TypeId::TypeError, "descriptor '__call__' needs an argument");
  return context.tail_call(arguments[0], arguments.positional.subspan(1), arguments.keywords);
}

// function.__get__(instance, owner=None)
Result bind_function(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__get__", 1, 2, 1)) return *refused;
  Vm& vm = machine(context);
  if (arguments[1].is_none()) return done(arguments[0]);
  const Value slots[] = {arguments[0], arguments[1]};
  return done(make_of_class(vm, ObjectKind::BoundMethod, type_value(TypeId::Method), slots));
}

Result get_method(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__get__", 1, 2, 1)) return *refused;
  return done(arguments[0]);
}

// types.MethodType(function, self)
Result make_method(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "method", 2, 2, 1)) return *refused;
  if (arguments[2].is_none()) return context.raise(TypeId::TypeError, context.version_at_least(3, 12) ? "instance must not be None" : "self must not be None");
  return done(make_of_class(machine(context), ObjectKind::BoundMethod, type_value(TypeId::Method), arguments.positional.subspan(1)));
}

constexpr BuiltinEntry function_methods[] = {{"__call__", call_it}, {"__get__", bind_function}};
constexpr BuiltinEntry method_methods[] = {{"__call__", call_it}, {"__get__", get_method}};
constexpr BuiltinEntry builtin_function_methods[] = {{"__call__", call_it}};

// id() of an object, see module_builtins.cpp.
Result opaque_repr(Context& context, const Arguments&) { return done(context.string("<id>")); }
constexpr BuiltinEntry opaque_methods[] = {{"__repr__", opaque_repr}, {"__str__", opaque_repr}};

}  // namespace

std::span<const TypeMethods> object_types() {
  static constexpr TypeMethods types[] = {
      {TypeId::Object, object_methods, construct_object},
      {TypeId::Type, type_methods, make_type},
      {TypeId::Module, module_methods, make_module},
      {TypeId::Super, {}, make_super},
      {TypeId::Function, function_methods, nullptr},
      {TypeId::Method, method_methods, make_method},
      {TypeId::BuiltinFunction, builtin_function_methods, nullptr},
      {TypeId::Opaque, opaque_methods, nullptr},
  };
  return types;
}

}  // namespace lockweave::vm
