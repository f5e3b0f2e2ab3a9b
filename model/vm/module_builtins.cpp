// The functions of the module builtins that are one operation on plain values. Where a class of the program has a say, the
// native library's function of the same purpose takes over.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "model/builtins/arithmetic.h"
#include "model/builtins/operators.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/unicode.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::CollectStatus;
using builtins::done;
using builtins::done_none;
using builtins::plain_next;
using builtins::stop;
using builtins::TextStatus;
using builtins::type_id;
using builtins::type_value;
using builtins::unwrap;

namespace {

Result length(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "len", 1, 1)) return *refused;
  if (const auto result = builtins::plain_length(context, arguments[0])) return *result;
  return context.call_library("_slow_len", arguments.positional);
}

// --- isinstance, issubclass

enum class Answer : std::uint8_t { No, Yes, NeedsPython, Refused };

bool has_own_check(Vm& vm, Value cls, Value special) { return vm.find_in_class(vm.type_of(cls), special).is_object(); }

Answer check_class(Vm& vm, Value v, Value cls, bool is_instance, int depth = 0) {
  if (vm.heap.is_kind(cls, ObjectKind::Tuple) && depth < 100) {
    for (Value one : vm.heap.at(cls).slots) {
      const Answer answer = check_class(vm, v, one, is_instance, depth + 1);
      if (answer != Answer::No) return answer;
    }
    return Answer::No;
  }
  if (is_instance && vm.type_of(v) == cls) return Answer::Yes;
  if (has_own_check(vm, cls, is_instance ? vm.names.instancecheck : vm.names.subclasscheck)) return Answer::NeedsPython;
  if (!is_class(vm, cls)) return Answer::Refused;
  const bool holds = is_instance ? is_plain_instance(vm, v, cls) : vm.is_subclass(v, cls);
  return holds ? Answer::Yes : Answer::No;
}

Result is_instance_of(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "isinstance", 2, 2)) return *refused;
  switch (check_class(machine(context), arguments[0], arguments[1], true)) {
    case Answer::No: return done(Value::boolean(false));
    case Answer::Yes: return done(Value::boolean(true));
    case Answer::NeedsPython: return context.call_library("_slow_isinstance", arguments.positional);
    case Answer::Refused: break;
  }
  return context.raise(TypeId::TypeError, context.version_at_least(3, 10) ? "isinstance() arg 2 must be a type, a tuple of types, or a union"
                                                                          : "isinstance() arg 2 must be a type or tuple of types");
}

Result is_subclass_of(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "issubclass", 2, 2)) return *refused;
  Vm& vm = machine(context);
  if (!is_class(vm, arguments[0])) return context.raise(TypeId::TypeError, "issubclass() arg 1 must be a class");
  switch (check_class(vm, arguments[0], arguments[1], false)) {
    case Answer::No: return done(Value::boolean(false));
    case Answer::Yes: return done(Value::boolean(true));
    case Answer::NeedsPython: return context.call_library("_slow_issubclass", arguments.positional);
    case Answer::Refused: break;
  }
  return context.raise(TypeId::TypeError, context.version_at_least(3, 10) ? "issubclass() arg 2 must be a class, a tuple of classes, or a union"
                                                                          : "issubclass() arg 2 must be a class or tuple of classes");
}

Result callable(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "callable", 1, 1)) return *refused;
  return done(Value::boolean(is_callable(machine(context), arguments[0])));
}

// --- attributes

std::optional<Result> refuse_name(Context& context, Value& name, std::string_view function) {
  name = unwrap(context, name);
  if (name.is_string()) return std::nullopt;
  if (context.version_at_least(3, 11)) {
    return context.raise(TypeId::TypeError, fmt::format("attribute name must be string, not '{}'", context.type_name_of(name)));
  }
  if (function == "getattr" || function == "hasattr") return context.raise(TypeId::TypeError, fmt::format("{}(): attribute name must be string", function));
  return context.raise(TypeId::TypeError, fmt::format("attribute name must be string, not '{}'", context.type_name_of(name)));
}

Result get_attribute(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "getattr", 2, 3)) return *refused;
  Vm& vm = machine(context);
  Value name = arguments[1];
  if (auto refused = refuse_name(context, name, "getattr")) return *refused;
  const Result result = vm.load_attribute(arguments[0], name);
  if (arguments.size() == 2) return result;
  if (result.kind == ResultKind::Raised && vm.discard_exception(TypeId::AttributeError)) return done(arguments[2]);
  if (result.kind == ResultKind::Call) return context.call_library("_slow_getattr_default", arguments.positional);
  return result;
}

Result has_attribute(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "hasattr", 2, 2)) return *refused;
  Vm& vm = machine(context);
  Value name = arguments[1];
  if (auto refused = refuse_name(context, name, "hasattr")) return *refused;
  const Result result = vm.load_attribute(arguments[0], name);
  if (result.kind == ResultKind::Done) return done(Value::boolean(true));
  if (result.kind == ResultKind::Raised && vm.discard_exception(TypeId::AttributeError)) return done(Value::boolean(false));
  if (result.kind == ResultKind::Call) return context.call_library("_slow_hasattr", arguments.positional);
  return result;
}

Result set_attribute(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "setattr", 3, 3)) return *refused;
  Value name = arguments[1];
  if (auto refused = refuse_name(context, name, "setattr")) return *refused;
  return machine(context).store_attribute(arguments[0], name, arguments[2]);
}

Result delete_attribute(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "delattr", 2, 2)) return *refused;
  Value name = arguments[1];
  if (auto refused = refuse_name(context, name, "delattr")) return *refused;
  return machine(context).store_attribute(arguments[0], name, Value());
}

// --- identity, hash, text

// What id() gives is good for == and as a key and is never a number that could differ between two ways to the same
// state: a weak reference to the object stands for it. Equal objects have unequal ones because these references are
// compared by identity (their class is not weakref's).
Result identity(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "id", 1, 1)) return *refused;
  Vm& vm = machine(context);
  const Value v = arguments[0];
  vm.watch_number_of(v);
  if (vm.heap.is_kind(v, ObjectKind::BoundMethod)) vm.tell_apart("a number is made of what a thread calls");
  if (!v.is_object()) return done(Value(Tag::Opaque, (std::uint64_t{1} << 40) | (std::uint64_t{v.number()} << 5 & 0xffffffffffu) | static_cast<std::uint64_t>(v.tag())));
  // One that was made before the base image was frozen is looked for first: somebody may have kept it.
  for (ObjectId reference = vm.heap.at(v).weak_head; reference != state::no_object;) {
    const Object& object = vm.heap.at(reference);
    if (object.cls == type_value(TypeId::Opaque)) return done(Value::object(reference));
    const Value next = object.slots[slot::weakref::next];
    reference = next.is(Tag::Weak) || next.is_object() ? next.object_id() : state::no_object;
  }
  if (v.object_id() < vm.heap.base_limit()) return done(Value(Tag::Opaque, (std::uint64_t{1} << 41) | v.object_id()));
  return vm.add_weakref(v, Value::none(), type_value(TypeId::Opaque));
}

Result hash_of(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "hash", 1, 1)) return *refused;
  const Value v = unwrap(context, arguments[0]);
  machine(context).watch_number_of(v);
  if (v.is_bool()) return done(Value::small_int(v.is(Tag::True) ? 1 : 0));
  if (v.is_int() && !machine(context).has_python_special(arguments[0], "__hash__")) return done(v == Value::small_int(-1) ? Value::small_int(-2) : v);
  if (v.is(Tag::Float)) {
    const double number = context.constants.number(v);
    if (number == std::floor(number) && std::abs(number) < 0x1p60) return done(context.integer(number == -1.0 ? -2 : static_cast<std::int64_t>(number)));
  }
  if (const auto hash = builtins::plain_hash(context, arguments[0])) return done(Value(Tag::Opaque, (std::uint64_t{1} << 42) | (*hash & 0x3ffffffffffu)));
  return context.call_library("_slow_hash", arguments.positional);
}

Result text_of(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "repr", 1, 1)) return *refused;
  std::string text;
  switch (builtins::plain_repr(context, arguments[0], text)) {
    case TextStatus::Ok: return done(context.string(text));
    case TextStatus::Stop: return stop();
    case TextStatus::NeedsPython: break;
  }
  return context.call_library("_slow_repr", arguments.positional);
}

std::string ascii_of(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      out += text[i++];
      continue;
    }
    const int more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    std::uint32_t point = byte & (0x3f >> more);
    for (int k = 1; k <= more && i + static_cast<std::size_t>(k) < text.size(); ++k) {
      point = point << 6 | (static_cast<unsigned char>(text[i + static_cast<std::size_t>(k)]) & 0x3f);
    }
    i += static_cast<std::size_t>(more) + 1;
    out += point < 0x100 ? fmt::format("\\x{:02x}", point) : point < 0x10000 ? fmt::format("\\u{:04x}", point) : fmt::format("\\U{:08x}", point);
  }
  return out;
}

Result ascii_text(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "ascii", 1, 1)) return *refused;
  std::string text;
  switch (builtins::plain_repr(context, arguments[0], text)) {
    case TextStatus::Ok: return done(context.string(ascii_of(text)));
    case TextStatus::Stop: return stop();
    case TextStatus::NeedsPython: break;
  }
  return context.call_library("_slow_ascii", arguments.positional);
}

bool is_standard_output(Vm& vm, Value v) { return vm.heap.is_kind(v, ObjectKind::Stream) && vm.heap.at(v).slots[0] == Value::small_int(1); }

// All in one piece if everything is plain and goes to the machine's own output.
Result print(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  Value values[] = {Value::none(), Value::none(), Value::none(), Value()};
  const Arguments named{{}, arguments.keywords};
  if (auto refused = bind_names(context, named, "print", {"sep", "end", "file", "flush"}, values, 0)) return *refused;
  const auto slow = [&] {
    const Value call[] = {context.tuple(arguments.positional), values[0], values[1], values[2]};
    return context.call_library("_slow_print", call);
  };
  for (Value v : std::span(values).first(2)) {
    if (!v.is_none() && !v.is_string()) return slow();
  }
  Value file = values[2];
  if (file.is_none()) {
    const Value sys = builtin_module(vm, "sys");
    const ObjectId dictionary = vm.heap.at(sys).slots[slot::module::dictionary].object_id();
    const Value name = context.string("stdout");
    if (context.read(dictionary, name)) return stop();
    file = vm.heap.get_item(dictionary, name);
  }
  if (!is_standard_output(vm, file)) return slow();
  std::string text;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (i > 0) text += values[0].is_none() ? " " : context.text(values[0]);
    std::string piece;
    const TextStatus status = builtins::plain_str(context, arguments[i], piece);
    if (status == TextStatus::Stop) return stop();
    if (status == TextStatus::NeedsPython) return slow();
    text += piece;
  }
  text += values[1].is_none() ? "\n" : context.text(values[1]);
  if (approach_output(vm)) return stop();
  vm.print(text);
  return done_none();
}

// --- numbers and characters

std::string encoded(std::uint32_t point) {
  std::string out;
  const auto tail = [&](unsigned shift) { out += static_cast<char>(0x80 | (point >> shift & 0x3f)); };
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    tail(6), tail(0);
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    tail(12), tail(6), tail(0);
  }
  return out;
}

Result character(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "chr", 1, 1)) return *refused;
  const auto index = builtins::to_index(context, arguments[0]);
  if (index.refused) return *index.refused;
  if (index.value < 0 || index.value > 0x10ffff) return context.raise(TypeId::ValueError, "chr() arg not in range(0x110000)");
  return done(context.string(encoded(static_cast<std::uint32_t>(index.value))));
}

Result ordinal(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "ord", 1, 1)) return *refused;
  const Value v = unwrap(context, arguments[0]);
  if (v.is(Tag::Bytes) && context.constants.content(v).size() == 1) {
    return done(Value::small_int(static_cast<unsigned char>(context.constants.content(v)[0])));
  }
  if (!v.is_string()) {
    return context.raise(TypeId::TypeError, fmt::format("ord() expected string of length 1, but {} found", context.type_name_of(arguments[0])));
  }
  const std::string& text = context.text(v);
  std::size_t count = 0;
  std::uint32_t point = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0) != 0x80) {
      ++count;
      point = byte < 0x80 ? byte : byte >= 0xf0 ? byte & 7 : byte >= 0xe0 ? byte & 15 : byte & 31;
    } else {
      point = point << 6 | (byte & 0x3f);
    }
  }
  if (count != 1) return context.raise(TypeId::TypeError, fmt::format("ord() expected a character, but string of length {} found", count));
  return done(Value::small_int(point));
}

Result absolute(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "abs", 1, 1)) return *refused;
  if (const auto result = builtins::plain_absolute(context, arguments[0])) return *result;
  const Value call[] = {context.string("__abs__"), context.string("abs"), arguments[0]};
  return context.call_library("_slow_unary", call);
}

Result rounded(Context& context, const Arguments& arguments) {
  Value values[] = {Value(), Value::none()};
  if (auto refused = bind_names(context, arguments, "round", {"number", "ndigits"}, values, 1)) return *refused;
  if (const auto result = builtins::plain_round(context, values[0], values[1])) return *result;
  return context.call_library("_slow_round", values);
}

Result quotient_and_rest(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "divmod", 2, 2)) return *refused;
  if (const auto result = builtins::plain_divmod(context, arguments[0], arguments[1])) return *result;
  const Value call[] = {context.string("__divmod__"), context.string("__rdivmod__"), context.string("divmod()"), arguments[0], arguments[1]};
  return context.call_library("_slow_binary", call);
}

Result power(Context& context, const Arguments& arguments) {
  Value values[] = {Value(), Value(), Value::none()};
  if (auto refused = bind_names(context, arguments, "pow", {"base", "exp", "mod"}, values, 2)) return *refused;
  if (values[2].is_none()) {
    if (const auto result = builtins::plain_binary(context, bytecode::BinaryOperator::Power, values[0], values[1])) return *result;
    const Value call[] = {context.string("__pow__"), context.string("__rpow__"), context.string("**"), values[0], values[1]};
    return context.call_library("_slow_binary", call);
  }
  if (const auto result = builtins::plain_power(context, values[0], values[1], values[2])) return *result;
  return context.raise(TypeId::TypeError, fmt::format("unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'", context.type_name_of(values[0]),
                                                      context.type_name_of(values[1]), context.type_name_of(values[2])));
}

Result in_base(Context& context, const Arguments& arguments, std::string_view name, unsigned bits, std::string_view prefix) {
  if (auto refused = refuse_count(context, arguments, name, 1, 1)) return *refused;
  const Value v = unwrap(context, arguments[0]);
  if (!builtins::is_integer(v)) {
    if (builtins::overrides(context, arguments[0], "__index__")) {
      const Value call[] = {context.string(name), arguments[0]};
      return context.call_library("_slow_in_base", call);
    }
    return context.raise(TypeId::TypeError, fmt::format("'{}' object cannot be interpreted as an integer", context.type_name_of(arguments[0])));
  }
  state::BigInt number = context.constants.big(v);
  const bool negative = number < 0;
  if (negative) number = -number;
  std::string digits;
  const unsigned mask = (1u << bits) - 1;
  do {
    digits += "0123456789abcdef"[static_cast<unsigned>(number & mask)];
    number >>= bits;
  } while (number != 0);
  std::ranges::reverse(digits);
  return done(context.string(fmt::format("{}{}{}", negative ? "-" : "", prefix, digits)));
}

Result binary_text(Context& context, const Arguments& arguments) { return in_base(context, arguments, "bin", 1, "0b"); }
Result octal_text(Context& context, const Arguments& arguments) { return in_base(context, arguments, "oct", 3, "0o"); }
Result hexadecimal_text(Context& context, const Arguments& arguments) { return in_base(context, arguments, "hex", 4, "0x"); }

// --- iteration

Result next_item(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "next", 1, 2)) return *refused;
  Vm& vm = machine(context);
  const Value it = arguments[0];
  if (vm.heap.is_kind(it, ObjectKind::Iterator)) {
    const Result result = plain_next(context, it);
    if (result.kind != ResultKind::Done || !result.value.is_unset()) return result;
    return arguments.size() == 2 ? done(arguments[1]) : context.raise_stop_iteration();
  }
  const Value method = vm.find_in_class(vm.type_of(it), vm.names.next);
  if (method.is_unset()) return context.raise(TypeId::TypeError, fmt::format("'{}' object is not an iterator", context.type_name_of(it)));
  if (arguments.size() == 2) return context.call_library("_slow_next_default", arguments.positional);
  if (vm.heap.is_kind(it, ObjectKind::Generator)) return vm.generator_send(it, Value::none(), 0);
  return context.tail_call(method, std::span(&it, 1));
}

Result make_iterator(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "iter", 1, 2)) return *refused;
  if (arguments.size() == 2) return context.call_library("_slow_iter_sentinel", arguments.positional);
  if (const auto result = builtins::plain_iter(context, arguments[0])) return *result;
  return context.call_library("_slow_iter", arguments.positional);
}

// --- frames and namespaces

Result globals(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "globals", 0, 0)) return *refused;
  Vm& vm = machine(context);
  return done(vm.heap.at(running_frame(vm)).slots[slot::frame::globals]);
}

Result locals(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "locals", 0, 0)) return *refused;
  Vm& vm = machine(context);
  if (vm.reads_cells(running_frame(vm))) return stop();
  return done(Value::object(vm.frame_namespace(running_frame(vm))));
}

// exec and eval.
Result execute_in(Context& context, const Arguments& given, std::string_view name) {
  Vm& vm = machine(context);
  const bool is_eval = name == "eval";
  Value values[] = {Value(), Value::none(), Value::none()};
  if (auto refused = bind_names(context, given, name, {"", "globals", "locals"}, values, 1)) return *refused;
  const Value source = unwrap(context, values[0]);
  if (source.is_string() || source.is(Tag::Bytes)) {
    std::string text = source.is_string() ? vm.text(source) : context.constants.content(source);
    if (is_eval) text.erase(0, text.find_first_not_of(" \t"));
    const Result compiled = vm.compile_text(text, "<string>", is_eval);
    if (compiled.kind != ResultKind::Done) return compiled;
    values[0] = compiled.value;
  }
  const Arguments arguments{values, {}};
  Value globals_given = arguments.size() > 1 ? arguments[1] : Value::none();
  Value locals_given = arguments.size() > 2 ? arguments[2] : Value::none();
  if (!arguments[0].is(Tag::Code)) {
    return context.raise(TypeId::TypeError, fmt::format("{}() arg 1 must be a string, bytes or code object", name));
  }
  const ObjectId frame = running_frame(vm);
  if (globals_given.is_none()) {
    globals_given = vm.heap.at(frame).slots[slot::frame::globals];
    if (locals_given.is_none() && vm.reads_cells(frame)) return stop();
    if (locals_given.is_none()) locals_given = Value::object(vm.frame_namespace(frame));
  }
  if (!vm.heap.is_kind(globals_given, ObjectKind::Dict)) {
    return context.raise(TypeId::TypeError, is_eval ? std::string("globals must be a dict") : fmt::format("exec() globals must be a dict, not {}", context.type_name_of(globals_given)));
  }
  if (locals_given.is_none()) locals_given = globals_given;
  const ObjectId dictionary = globals_given.object_id();
  if (context.read(dictionary, vm.names.builtins)) return stop();
  if (vm.heap.find_key(dictionary, vm.names.builtins) == state::Heap::absent) {
    if (context.write(dictionary, vm.names.builtins) || context.write(dictionary, Part::Order) || context.write(dictionary, Part::Length)) return stop();
    vm.heap.set_item(dictionary, vm.names.builtins, Value::object(vm.fixtures.builtins));
  }
  return vm.run_class_body(vm.new_function(arguments[0], dictionary), locals_given);
}

Result execute(Context& context, const Arguments& arguments) { return execute_in(context, arguments, "exec"); }
Result evaluate(Context& context, const Arguments& arguments) { return execute_in(context, arguments, "eval"); }

Result compile_code(Context& context, const Arguments& arguments) {
  Value values[] = {Value(), Value(), Value(), Value::small_int(0), Value::boolean(false), Value::small_int(-1)};
  if (auto refused = bind_names(context, arguments, "compile", {"source", "filename", "mode", "flags", "dont_inherit", "optimize"}, values, 3)) return *refused;
  Vm& vm = machine(context);
  const Value source = unwrap(context, values[0]);
  const Value mode = unwrap(context, values[2]);
  if (!source.is_string() && !source.is(Tag::Bytes)) return context.raise(TypeId::TypeError, "compile() arg 1 must be a string, bytes or AST object");
  if (!mode.is_string()) return context.raise(TypeId::TypeError, fmt::format("compile() argument 'mode' must be str, not {}", context.type_name_of(mode)));
  const Value name = unwrap(context, values[1]);
  if (!name.is_string()) return context.raise(TypeId::TypeError, fmt::format("expected str, bytes or os.PathLike object, not {}", context.type_name_of(name)));
  if (vm.text(mode) == "single" || values[3] != Value::small_int(0)) return context.unsupported("compile() with mode 'single' or flags");
  if (vm.text(mode) != "exec" && vm.text(mode) != "eval") return context.raise(TypeId::ValueError, "compile() mode must be 'exec', 'eval' or 'single'");
  return vm.compile_text(source.is_string() ? vm.text(source) : context.constants.content(source), vm.text(name), vm.text(mode) == "eval");
}

constexpr BuiltinEntry entries[] = {
    {"len", length},           {"isinstance", is_instance_of}, {"issubclass", is_subclass_of}, {"callable", callable},
    {"getattr", get_attribute}, {"hasattr", has_attribute},    {"setattr", set_attribute},     {"delattr", delete_attribute},
    {"id", identity},          {"hash", hash_of},              {"repr", text_of},              {"ascii", ascii_text},
    {"print", print},          {"chr", character},             {"ord", ordinal},               {"abs", absolute},
    {"round", rounded},        {"divmod", quotient_and_rest},  {"pow", power},                 {"bin", binary_text},
    {"oct", octal_text},       {"hex", hexadecimal_text},      {"next", next_item},            {"iter", make_iterator},
    {"globals", globals},      {"locals", locals},             {"exec", execute},
    {"eval", evaluate},        {"compile", compile_code},
};

}  // namespace

bool is_callable(Vm& vm, Value v) {
  if (v.is(Tag::Builtin) || is_class(vm, v)) return true;
  if (v.is_object()) {
    const ObjectKind kind = vm.heap.at(v).kind;
    if (kind == ObjectKind::Function || kind == ObjectKind::BoundMethod || kind == ObjectKind::BoundBuiltin) return true;
    if (kind == ObjectKind::StaticMethod) return vm.version_at_least(3, 10);
  }
  return !vm.find_in_class(vm.type_of(v), vm.names.call).is_unset();
}

bool Vm::discard_exception(TypeId type) {
  if (!pending_exception_.is_object() || !is_instance(pending_exception_, type)) return false;
  pending_exception_ = Value();
  return true;
}

std::span<const BuiltinEntry> builtins_functions() { return entries; }

}  // namespace lockweave::vm
