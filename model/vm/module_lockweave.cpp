// _lockweave: what the machine gives to the library texts. Each function is described in model/library/README.md.
#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "model/builtins/arithmetic.h"
#include "model/builtins/comparison.h"
#include "model/builtins/operators.h"
#include "model/builtins/plain_value.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;
using builtins::TextStatus;
using builtins::type_id;
using builtins::type_value;
using builtins::unwrap;
using bytecode::BinaryOperator;
using bytecode::CompareOperator;

namespace {

Value not_implemented() { return Value(Tag::NotImplemented); }

// --- looking things up

// A class attribute found for x, as an attribute of x.
Result bind_to(Vm& vm, Value found, Value x) {
  const auto pair = [&](ObjectKind kind, TypeId type, Value function, Value self) {
    const Value slots[] = {function, self};
    return done(make_of_class(vm, kind, type_value(type), slots));
  };
  if (found.is(Tag::Builtin)) {
    return vm.table().row(found).is_method ? pair(ObjectKind::BoundBuiltin, TypeId::BuiltinFunction, found, x) : done(found);
  }
  if (!found.is_object()) return done(found);
  const Object& object = vm.heap.at(found);
  switch (object.kind) {
    case ObjectKind::Function: return pair(ObjectKind::BoundMethod, TypeId::Method, found, x);
    case ObjectKind::StaticMethod: return done(object.slots[0]);
    case ObjectKind::ClassMethod: return pair(ObjectKind::BoundMethod, TypeId::Method, object.slots[0], vm.type_of(x));
    case ObjectKind::Property: return vm.tail_call(object.slots[0], std::span(&x, 1));
    case ObjectKind::Instance: {
      const Value get = vm.find_in_class(object.cls, vm.names.get);
      if (!get.is_object()) return done(found);
      const Value arguments[] = {found, x, vm.type_of(x)};
      return vm.tail_call(get, arguments);
    }
    default: return done(found);
  }
}

Result lookup_special(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  const Value cls = vm.type_of(arguments[0]);
  if (!cls.is_object()) return done(vm.fixtures.missing);
  for (Value c : vm.heap.at(vm.heap.at(cls).slots[slot::klass::mro]).slots) {
    if (c.is(Tag::Type)) {
      if (!vm.table().own_method(type_id(c), arguments[1]).is_unset()) break;
      continue;
    }
    const Value found = vm.heap.get_item(vm.heap.at(c).slots[slot::klass::dictionary].object_id(), arguments[1]);
    if (!found.is_unset()) return bind_to(vm, found, arguments[0]);
  }
  return done(vm.fixtures.missing);
}

Result lookup_type(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (!is_class(vm, arguments[0])) return done(vm.fixtures.missing);
  const Value found = vm.find_in_class(arguments[0], arguments[1]);
  return done(found.is_unset() ? vm.fixtures.missing : found);
}

// --- operations on the built-in part of a value

Result plain_repr(Context& context, const Arguments& arguments) {
  if (arguments[0].is(Tag::Builtin)) {
    const auto& row = machine(context).table().row(arguments[0]);
    if (!row.is_method) return done(context.string(fmt::format("<built-in function {}>", row.name)));
    return done(context.string(fmt::format("<{} '{}' of '{}' objects>", row.name.starts_with("__") ? "slot wrapper" : "method", row.name, builtins::type_name(row.owner))));
  }
  std::string text;
  const TextStatus status = builtins::plain_repr(context, unwrap(context, arguments[0]), text);
  if (status == TextStatus::Stop) return stop();
  if (status == TextStatus::Ok) return done(context.string(text));
  return done(context.string(fmt::format("<{} object at <id>>", context.type_name_of(arguments[0]))));
}

Result plain_str(Context& context, const Arguments& arguments) {
  const Value plain = unwrap(context, arguments[0]);
  return plain.is_string() ? done(plain) : plain_repr(context, arguments);
}

Result plain_format(Context& context, const Arguments& arguments) {
  if (const auto result = builtins::plain_format(context, unwrap(context, arguments[0]), context.text(unwrap(context, arguments[1])))) return *result;
  return context.raise(TypeId::TypeError, fmt::format("unsupported format string passed to {}.__format__", context.type_name_of(arguments[0])));
}

template <std::size_t n>
std::size_t position_of(const std::array<std::string_view, n>& symbols, std::string_view symbol) {
  return static_cast<std::size_t>(std::ranges::find(symbols, symbol) - symbols.begin());
}

constexpr std::array<std::string_view, 6> compare_symbols{"<", "<=", "==", "!=", ">", ">="};

Result plain_compare(Context& context, const Arguments& arguments) {
  const std::size_t position = position_of(compare_symbols, context.text(arguments[0]));
  const auto op = static_cast<CompareOperator>(position);
  const Value a = unwrap(context, arguments[1]);
  const Value b = unwrap(context, arguments[2]);
  const auto has_value = [&](Value v) { return !context.heap.is_kind(v, ObjectKind::Instance); };
  if (!has_value(a) || !has_value(b)) return done(not_implemented());
  switch (builtins::compare(context, op, a, b)) {
    case builtins::Verdict::False: return done(Value::boolean(false));
    case builtins::Verdict::True: return done(Value::boolean(true));
    case builtins::Verdict::Stop: case builtins::Verdict::Ended: return stop();
    case builtins::Verdict::NoOrder: case builtins::Verdict::NeedsPython: break;
  }
  return done(not_implemented());
}

struct NamedOperator {
  std::string_view symbol;
  BinaryOperator op;
};
constexpr NamedOperator binary_operators[] = {
    {"+", BinaryOperator::Add},          {"-", BinaryOperator::Subtract},    {"*", BinaryOperator::Multiply},  {"@", BinaryOperator::MatrixMultiply},
    {"/", BinaryOperator::TrueDivide},   {"//", BinaryOperator::FloorDivide}, {"%", BinaryOperator::Modulo}, {"**", BinaryOperator::Power},
    {"<<", BinaryOperator::LeftShift},   {">>", BinaryOperator::RightShift}, {"&", BinaryOperator::And},       {"^", BinaryOperator::Xor},
    {"|", BinaryOperator::Or},
};

Result plain_binary(Context& context, const Arguments& arguments) {
  std::string_view symbol = context.text(arguments[0]);
  const Value b = unwrap(context, arguments[2]);
  if (symbol == "divmod()") return builtins::plain_divmod(context, unwrap(context, arguments[1]), b).value_or(done(not_implemented()));
  const bool inplace = symbol.ends_with('=');
  if (inplace) symbol.remove_suffix(1);
  for (const NamedOperator& named : binary_operators) {
    if (named.symbol != symbol) continue;
    const Value a = unwrap(context, arguments[1]);
    return (inplace ? builtins::plain_inplace(context, named.op, a, b) : builtins::plain_binary(context, named.op, a, b)).value_or(done(not_implemented()));
  }
  return done(not_implemented());
}

Result plain_unary(Context& context, const Arguments& arguments) {
  const std::string& symbol = context.text(arguments[0]);
  const Value a = unwrap(context, arguments[1]);
  const auto result = symbol == "-"   ? builtins::plain_unary_negative(context, a)
                      : symbol == "+" ? builtins::plain_unary_positive(context, a)
                      : symbol == "~" ? builtins::plain_unary_invert(context, a)
                                      : builtins::plain_absolute(context, a);
  return result.value_or(done(not_implemented()));
}

Result construct_plain(Context& context, TypeId type, Value v) {
  const Value call[] = {type_value(type), unwrap(context, v)};
  return machine(context).table().constructor(type)(context, Arguments{call, {}});
}

Result plain_int(Context& context, const Arguments& arguments) { return construct_plain(context, TypeId::Int, arguments[0]); }
Result plain_float(Context& context, const Arguments& arguments) { return construct_plain(context, TypeId::Float, arguments[0]); }

Result plain_truth(Context& context, const Arguments& arguments) {
  return builtins::plain_truth(context, unwrap(context, arguments[0])).value_or(done(Value::boolean(true)));
}

Result plain_len(Context& context, const Arguments& arguments) {
  if (const auto result = builtins::plain_length(context, unwrap(context, arguments[0]))) return *result;
  return context.raise(TypeId::TypeError, fmt::format("object of type '{}' has no len()", context.type_name_of(arguments[0])));
}

Result plain_hash(Context& context, const Arguments& arguments) {
  const Value v = unwrap(context, arguments[0]);
  machine(context).watch_number_of(v);
  if (v.is_int()) return done(v);
  if (const auto hash = builtins::plain_hash(context, v)) return done(Value(Tag::Opaque, (std::uint64_t{1} << 42) | (*hash & 0x3ffffffffffu)));
  const ObjectKind kind = builtins::kind_of(context, v);
  if (kind == ObjectKind::List || kind == ObjectKind::Dict || kind == ObjectKind::Set) {
    return context.raise(TypeId::TypeError, fmt::format("unhashable type: '{}'", context.type_name_of(arguments[0])));
  }
  return done(Value(Tag::Opaque, (std::uint64_t{1} << 42) | (context.heap.plain_hash(v) & 0x3ffffffffffu)));
}

Result plain_iter(Context& context, const Arguments& arguments) {
  if (const auto result = builtins::plain_iter(context, unwrap(context, arguments[0]))) return *result;
  return context.raise(TypeId::TypeError, fmt::format("'{}' object is not iterable", context.type_name_of(arguments[0])));
}

Result plain_getitem(Context& context, const Arguments& arguments) {
  if (const auto result = builtins::plain_getitem(context, unwrap(context, arguments[0]), unwrap(context, arguments[1]))) return *result;
  return context.raise(TypeId::TypeError, fmt::format("'{}' object is not subscriptable", context.type_name_of(arguments[0])));
}

Result plain_setitem(Context& context, const Arguments& arguments) {
  if (const auto result = builtins::plain_setitem(context, arguments[0], unwrap(context, arguments[1]), arguments[2])) return *result;
  return context.raise(TypeId::TypeError, fmt::format("'{}' object does not support item assignment", context.type_name_of(arguments[0])));
}

Result plain_delitem(Context& context, const Arguments& arguments) {
  if (const auto result = builtins::plain_delitem(context, arguments[0], unwrap(context, arguments[1]))) return *result;
  return context.raise(TypeId::TypeError, fmt::format("'{}' object doesn't support item deletion", context.type_name_of(arguments[0])));
}

Result plain_contains(Context& context, const Arguments& arguments) {
  if (const auto result = builtins::plain_contains(context, unwrap(context, arguments[0]), unwrap(context, arguments[1]))) return *result;
  return context.raise(TypeId::TypeError, fmt::format("'in <string>' requires string as left operand, not {}", context.type_name_of(arguments[1])));
}

Result plain_getattr(Context& context, const Arguments& arguments) { return machine(context).plain_load_attribute(arguments[0], arguments[1]); }
Result plain_setattr(Context& context, const Arguments& arguments) { return machine(context).plain_store_attribute(arguments[0], arguments[1], arguments[2]); }
Result plain_delattr(Context& context, const Arguments& arguments) { return machine(context).plain_store_attribute(arguments[0], arguments[1], Value()); }
Result plain_dir(Context& context, const Arguments& arguments) { return machine(context).plain_directory(arguments[0]); }

Result plain_isinstance(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (is_class(vm, arguments[1])) return done(Value::boolean(is_plain_instance(vm, arguments[0], arguments[1])));
  return vm.raise(TypeId::TypeError, vm.version_at_least(3, 10) ? "isinstance() arg 2 must be a type, a tuple of types, or a union" : "isinstance() arg 2 must be a type or tuple of types");
}

Result plain_issubclass(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (!is_class(vm, arguments[0])) return vm.raise(TypeId::TypeError, "issubclass() arg 1 must be a class");
  if (is_class(vm, arguments[1])) return done(Value::boolean(vm.is_subclass(arguments[0], arguments[1])));
  return vm.raise(TypeId::TypeError, vm.version_at_least(3, 10) ? "issubclass() arg 2 must be a class, a tuple of classes, or a union" : "issubclass() arg 2 must be a class or tuple of classes");
}

Result is_iterator(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (vm.heap.is_kind(arguments[0], ObjectKind::Iterator)) return done(Value::boolean(true));
  return done(Value::boolean(!vm.find_in_class(vm.type_of(arguments[0]), vm.names.next).is_unset()));
}

// --- dictionaries and sets, entry by entry

std::size_t stride_of(const Object& table) { return table.kind == ObjectKind::Dict ? 2 : 1; }

// Hashes that a program's __hash__ gave are not kept: such keys are always candidates, and the library asks each.
Result table_candidates(Context& context, const Arguments& arguments) {
  const ObjectId id = arguments[0].object_id();
  if (context.read_order(id)) return stop();
  const Object& table = context.heap.at(id);
  std::vector<Value> keys;
  for (std::size_t i = 0; i < table.slots.size(); i += stride_of(table)) {
    const Value key = table.slots[i];
    const auto hash = builtins::plain_hash(context, key);
    const bool fits = !hash || arguments[1] == Value(Tag::Opaque, (std::uint64_t{1} << 42) | (*hash & 0x3ffffffffffu)) || arguments[1] == unwrap(context, key) ||
                      !(arguments[1].is(Tag::Opaque));
    if (fits) keys.push_back(key);
  }
  return done(context.list(keys));
}

Result table_value(Context& context, const Arguments& arguments) {
  const ObjectId id = arguments[0].object_id();
  if (context.read(id, arguments[1])) return stop();
  const Value found = context.heap.get_item(id, arguments[1]);
  return found.is_unset() ? context.raise_key_error(arguments[1]) : done(found);
}

Result table_store(Context& context, const Arguments& arguments) {
  const ObjectId id = arguments[0].object_id();
  const Value key = arguments[1];
  if (context.write(id, key)) return stop();
  const bool inserts = context.heap.find_key(id, key) == Heap::absent;
  if (inserts) machine(context).note_key(id, key);
  if (inserts && (context.write(id, Part::Order) || context.write(id, Part::Length))) return stop();
  if (context.heap.at(id).kind == ObjectKind::Dict) context.heap.set_item(id, key, arguments[3]);
  else context.heap.add_key(id, key);
  return done_none();
}

Result table_remove(Context& context, const Arguments& arguments) {
  const ObjectId id = arguments[0].object_id();
  if (context.write(id, arguments[1]) || context.write(id, Part::Order) || context.write(id, Part::Length)) return stop();
  if (context.heap.at(id).kind == ObjectKind::Dict) context.heap.delete_item(id, arguments[1]);
  else context.heap.delete_key(id, arguments[1]);
  return done_none();
}

// --- classes and frames

Result caller_locals(Context& context, const Arguments&) {
  Vm& vm = machine(context);
  const ObjectId frame = vm.caller_frame(0);
  if (vm.reads_cells(frame)) return stop();
  return done(Value::object(vm.frame_namespace(frame)));
}

Result run_class_body(Context& context, const Arguments& arguments) { return machine(context).run_class_body(arguments[0], arguments[1]); }

Result make_class(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  const ObjectId copy = vm.new_dict();
  if (vm.read_order(arguments[3].object_id())) return stop();
  vm.heap.assign(copy, std::vector<Value>(vm.heap.at(arguments[3]).slots));
  const Value made = vm.make_class(arguments[0], arguments[1], arguments[2], copy);
  return made.is_unset() ? Result{ResultKind::Raised, {}} : done(made);
}

Result set_cell(Context& context, const Arguments& arguments) {
  if (context.write(arguments[0].object_id(), Part::State)) return stop();
  context.heap.set(arguments[0].object_id(), 0, arguments[1]);
  return done_none();
}

// --- the machine

Result is_standard_stream(Context& context, const Arguments& arguments) { return done(Value::boolean(context.heap.is_kind(arguments[0], ObjectKind::Stream))); }

Result write(Context& context, const Arguments& arguments) {
  if (context.heap.at(arguments[0]).slots[0] != Value::small_int(1)) return done_none();
  if (approach_output(machine(context))) return stop();
  machine(context).print(context.text(unwrap(context, arguments[1])));
  return done_none();
}

// One function of <cmath>, which is what CPython calls. Infinite or no number: the library says which error that is.
Result mathematics(Context& context, const Arguments& arguments) {
  using Function = double (*)(double);
  static constexpr std::pair<std::string_view, Function> functions[] = {
      {"log", std::log}, {"log2", std::log2}, {"log10", std::log10}, {"log1p", std::log1p}, {"exp", std::exp}, {"expm1", std::expm1},
      {"sin", std::sin}, {"cos", std::cos}, {"tan", std::tan}, {"asin", std::asin}, {"acos", std::acos}, {"atan", std::atan},
      {"sinh", std::sinh}, {"cosh", std::cosh}, {"tanh", std::tanh}, {"sqrt", std::sqrt}, {"cbrt", std::cbrt}, {"gamma", std::tgamma}, {"erf", std::erf}};
  const std::string& name = context.text(arguments[0]);
  const double x = context.constants.number(arguments[1]);
  if (name == "atan2") return done(context.constants.floating(std::atan2(x, context.constants.number(arguments[2]))));
  for (const auto& [word, function] : functions) {
    if (word == name) return done(context.constants.floating(function(x)));
  }
  return context.unsupported("math." + name);
}

Result end_with(Context& context, const Arguments& arguments) { return machine(context).end_with(arguments[0], arguments[1]); }

Result io(Context& context, const Arguments&) { return machine(context).release_gil(Value::none()); }
Result clock(Context& context, const Arguments&) { return done(context.constants.floating(1.0)); }

Result choose(Context& context, const Arguments& arguments) {
  const auto count = builtins::to_index(context, arguments[0]);
  if (count.refused) return *count.refused;
  if (count.value < 1 || count.value > 1'000'000) return context.raise(TypeId::ValueError, "choose() takes a number from 1 to 1000000");
  return machine(context).choose(static_cast<std::uint32_t>(count.value));
}

Result state_property(Context& context, const Arguments& arguments) {
  if (machine(context).current_interpreter() != 0) return context.unsupported("lockweave.always, eventually or sometimes in another interpreter than main's");
  constexpr std::array<std::string_view, 3> kinds{"always", "eventually", "sometimes"};
  return machine(context).register_observer(static_cast<std::uint32_t>(position_of(kinds, context.text(arguments[0]))), arguments[1]);
}

// interrupt(handle, kind, function)
Result interrupt(Context& context, const Arguments& arguments) {
  if (machine(context).current_interpreter() != 0) return context.unsupported("lockweave.interrupt in another interpreter than main's");
  constexpr std::array<std::string_view, 3> kinds{"signal", "finalizer", "async-exception"};
  const auto kind = static_cast<state::InterruptKind>(position_of(kinds, context.text(unwrap(context, arguments[1]))));
  return machine(context).interrupt(arguments[0].object_id(), kind, arguments[2]);
}

Result unsupported(Context& context, const Arguments& arguments) { return context.unsupported(context.text(arguments[0])); }

Result collect_now(Context& context, const Arguments&) { return machine(context).collect_cycles(); }

// A GIL's text may have to stop other threads first; it calls collect_now.
Result collect(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (!vm.in_gil_text("collect_garbage").is_object()) return collect_now(context, arguments);
  const auto around = vm.let_go_around("collect_garbage", {});
  return around ? *around : collect_now(context, arguments);
}

// Notes a new class with those of its bases that are classes of Python code.
Result note_subclass(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  const Value cls = arguments[0];
  for (Value base : std::vector<Value>(vm.heap.at(vm.heap.at(cls).slots[slot::klass::bases]).slots)) {
    if (!base.is_object()) continue;
    if (context.write(base.object_id(), Part::Order)) return stop();  // the first one makes the table
    Value known = vm.heap.at(base).slots[slot::klass::subclasses];
    if (!known.is_object()) {
      known = Value::object(vm.new_dict());
      vm.heap.set(base.object_id(), slot::klass::subclasses, known);
    }
    // Nobody asks for a single one: only who reads them all must come before or after this.
    if (context.write(known.object_id(), Part::Order) || context.write(known.object_id(), Part::Length)) return stop();
    vm.heap.set_item(known.object_id(), cls, Value::none());
  }
  return done_none();
}

// --- threads: a handle is the Thread object

// spawn(function, name, daemon, *arguments)
Result spawn(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (const auto started = vm.let_go_around("start_python_thread", arguments.positional)) return *started;
  const std::vector<Value> given(arguments.positional.begin() + 3, arguments.positional.end());
  const auto daemon = builtins::plain_truth(vm, arguments[2]);
  const Value name = unwrap(vm, arguments[1]);
  ObjectId made = state::no_object;
  const Result result = vm.start_thread(arguments[0], given, Value(), name.is_string() ? std::string_view(vm.text(name)) : "", daemon && daemon->value.is(Tag::True), &made);
  if (result.kind != ResultKind::Done) return result;
  if (!given.empty()) vm.note_likeness(made, given.front());
  return done(Value::object(made));
}

bool sees_part(Vm& vm, ObjectId thread, Part part, bool write) { return vm.visible(thread, Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits(), write); }

Result await_started(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  const ObjectId thread = arguments[0].object_id();
  if (sees_part(vm, thread, Part::Started, false)) return stop();
  if (vm.heap.at(thread).slots[slot::thread::started].is(Tag::True)) {
    vm.was_access(thread, AccessKind::Join, Part::Started);
    return done_none();
  }
  if (const auto around = vm.let_go_around("_blocking_await_started", arguments.positional)) return vm.was_access(thread, AccessKind::FailedTry, Part::Started), *around;
  vm.was_access(thread, vm.has_interrupts && vm.current_number() == 0 ? AccessKind::FailedTry : AccessKind::Park, Part::Started);
  return vm.wait_thread(thread, ThreadStatus::Started, false);
}

Result set_started(Context& context, const Arguments&) {
  Vm& vm = machine(context);
  if (sees_part(vm, vm.current_thread(), Part::Started, true)) return stop();
  vm.was_access(vm.current_thread(), AccessKind::Begin, Part::Started);
  vm.heap.set(vm.current_thread(), slot::thread::started, Value::boolean(true));
  return done_none();
}

bool is_like_others(Vm& vm, ObjectId thread) { return !vm.heap.at(thread).slots[slot::thread::likeness].is_unset(); }

bool has_ended(Vm& vm, ObjectId thread) {
  return vm.heap.at(thread).slots[slot::thread::status] == Value::small_int(static_cast<int>(ThreadStatus::Ended));
}

Result join(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  const ObjectId thread = arguments[0].object_id();
  if (is_like_others(vm, thread) && (vm.current_number() != 0 || !arguments[1].is_none())) vm.tell_apart("a thread is joined with a timeout, or by another thread than the main one");
  if (vm.current_number() != 0 && thread == vm.thread_object(0)) vm.tell_apart("another thread waits for the main thread to end");
  const Value timeout = arguments[1];
  const bool has_limit = !timeout.is_none() && !timeout.is_unset();
  if (!has_limit && !has_ended(vm, thread)) vm.approach_untimed_wait();
  if (sees_part(vm, thread, Part::State, false)) return stop();
  if (has_ended(vm, thread)) {
    vm.was_access(thread, AccessKind::Join);
    vm.touch_own_wait();  // it could have had to wait
    vm.saw_end(thread);
    return done(Value::boolean(true));
  }
  const bool at_once = timeout == Value::small_int(0) || (timeout.is(Tag::Float) && vm.constants.number(timeout) <= 0.0) || (timeout.is_int() && timeout.as_int() < 0);
  if (at_once) return done(Value::boolean(false));
  if (const auto around = vm.let_go_around("_blocking_join", arguments.positional)) return vm.was_access(thread, AccessKind::FailedTry), *around;
  const bool may_be_broken_off = vm.has_interrupts && vm.current_number() == 0;
  vm.was_access(thread, has_limit || may_be_broken_off ? AccessKind::FailedTry : AccessKind::Park);
  return vm.wait_thread(thread, ThreadStatus::Join, has_limit);
}

// Main, and a thread that threading has not started, have always.
Result has_started(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  const ObjectId thread = arguments[0].object_id();
  if (thread == vm.current_thread() || vm.heap.at(thread).slots[slot::thread::number] == Value::small_int(0)) return done(Value::boolean(true));
  if (sees_part(vm, thread, Part::Started, false)) return stop();
  const bool started = vm.heap.at(thread).slots[slot::thread::started].is(Tag::True);
  if (started) vm.was_access(thread, AccessKind::Join, Part::Started);
  return done(Value::boolean(started));
}

Result is_ended(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (is_like_others(vm, arguments[0].object_id())) vm.tell_apart("a program asks whether a thread is alive");
  if (sees_part(vm, arguments[0].object_id(), Part::State, false)) return stop();
  const bool ended = has_ended(vm, arguments[0].object_id());
  if (ended) vm.saw_end(arguments[0].object_id());
  return done(Value::boolean(ended));
}

Result ident(Context& context, const Arguments& arguments) {
  return done(Value(Tag::Opaque, static_cast<std::uint64_t>(context.heap.at(arguments[0]).slots[slot::thread::number].as_int()) + 1));
}

Result current(Context& context, const Arguments&) { return done(Value::object(machine(context).current_thread())); }
Result hands_out_thread(Context& context, const Arguments&) {
  machine(context).tell_apart("a hook is handed the thread, or a thread joins itself");
  return done_none();
}
Result main_thread(Context& context, const Arguments&) { return done(Value::object(machine(context).thread_object(0))); }

Result thread_dict(Context& context, const Arguments&) {
  Vm& vm = machine(context);
  const ObjectId thread = vm.current_thread();
  Value dictionary = vm.heap.at(thread).slots[slot::thread::local];
  if (!dictionary.is_object()) {
    dictionary = Value::object(vm.new_dict());
    vm.set_thread_local(dictionary);
  }
  return done(dictionary);
}

// --- C code (specs/gil, capi)

Result fatal_error(Context& context, const Arguments& arguments) { return machine(context).fatal_error(context.text(unwrap(context, arguments[0]))); }

std::vector<Keyword> named_arguments(Vm& vm, Value table) {
  std::vector<Keyword> keywords;
  const std::vector<Value> pairs = vm.heap.at(table).slots;
  for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) keywords.push_back({pairs[i], pairs[i + 1]});
  return keywords;
}

// enter_python(function, arguments, keywords)
Result enter_python(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  return vm.enter_python(arguments[0], std::vector<Value>(vm.heap.at(arguments[1]).slots), named_arguments(vm, arguments[2]));
}

// enter_c(function, arguments, keywords)
Result enter_c(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  return vm.enter_c(arguments[0], std::vector<Value>(vm.heap.at(arguments[1]).slots), named_arguments(vm, arguments[2]));
}

ObjectId lock_or_import_lock(Vm& vm, Value v) { return v.is_none() ? vm.fixtures.root : v.object_id(); }

Result take(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  return vm.take_lock(lock_or_import_lock(vm, arguments[0]), arguments[1].is(Tag::True));
}

Result own(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  return vm.own_lock(lock_or_import_lock(vm, arguments[0]), arguments[1]);
}

Result let(Context& context, const Arguments& arguments) { return machine(context).let_go_of_lock(arguments[0].object_id()); }
Result holds(Context& context, const Arguments& arguments) { return done(Value::boolean(machine(context).holds_lock(arguments[0].object_id()))); }
Result passed_switch_point(Context& context, const Arguments&) { return done(Value::boolean(machine(context).passed_switch_point())); }
Result in_c(Context& context, const Arguments&) { return done(Value::boolean(machine(context).runs_c_code())); }

// The number of the one that the running thread is in.
Result interpreter(Context& context, const Arguments&) { return done(Value::small_int(machine(context).current_interpreter())); }

Result enter_interpreter(Context& context, const Arguments& arguments) {
  machine(context).enter_interpreter(static_cast<std::uint32_t>(arguments[0].as_int()), arguments[1].is(Tag::True));
  return done_none();
}

Result has_gil(Context& context, const Arguments&) { return done(Value::boolean(machine(context).has_gil())); }
Result leave_gil(Context& context, const Arguments&) { return machine(context).leave_gil(); }
Result take_gil(Context& context, const Arguments&) { return machine(context).take_gil(); }

// What a module object has beside its dictionary: md_def and md_state, as an object of _extensions.py.
Result extension(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (!vm.heap.is_kind(arguments[0], ObjectKind::Module)) return done_none();
  const Value record = vm.heap.at(arguments[0]).slots[slot::module::extension];
  return done(record.is_unset() ? Value::none() : record);
}

Result set_extension(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (vm.heap.is_kind(arguments[0], ObjectKind::Module)) vm.heap.set(arguments[0].object_id(), slot::module::extension, arguments[1]);
  return done_none();
}

Result is_c_function(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (!vm.heap.is_kind(arguments[0], ObjectKind::Function)) return done(Value::boolean(false));
  return done(Value::boolean(vm.program().code(vm.heap.at(arguments[0]).slots[slot::function::code].number()).is_c));
}

// --- the scenario's files

// "./plugins/" is the scenario's folder "plugins"; its root is "".
std::string folder_name(std::string_view given) {
  std::string name;
  while (!given.empty()) {
    const std::size_t slash = std::min(given.find('/'), given.size());
    const std::string_view part = given.substr(0, slash);
    given.remove_prefix(std::min(slash + 1, given.size()));
    if (part.empty() || part == ".") continue;
    if (part == "..") name.resize(name.rfind('/') == std::string::npos ? 0 : name.rfind('/'));
    else name += (name.empty() ? "" : "/") + std::string(part);
  }
  return name;
}

// What stands for a name in a folder of the scenario: (file, is it a package), or (folder, None) for a part of a namespace package.
Result find_file(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  const Value folder = unwrap(vm, arguments[0]);
  const Value name = unwrap(vm, arguments[1]);
  if (!folder.is_string() || !name.is_string() || vm.text(name).empty()) return done_none();
  std::string path = folder_name(vm.text(folder));
  path += (path.empty() ? "" : "/") + vm.text(name);
  const auto pair = [&](const std::string& found, Value is_package) {
    const Value items[] = {vm.string(found), is_package};
    return done(vm.tuple(items));
  };
  // 3.6, Lib/importlib/_bootstrap_external.py, FileFinder: a package before a module, an extension before a source.
  for (const auto& [suffix, is_package] : {std::pair<std::string_view, bool>{"/__init__.native.py", true}, {"/__init__.py", true}, {".native.py", false}, {".py", false}}) {
    const auto found = std::ranges::find(vm.files, path + std::string(suffix), &ScenarioFile::path);
    if (found != vm.files.end()) return pair(found->path, Value::boolean(is_package));
  }
  const auto is_below = [&](const ScenarioFile& file) { return file.path.starts_with(path + "/"); };
  return std::ranges::any_of(vm.files, is_below) ? pair(path, Value::none()) : done_none();
}

Result is_module_not_modelled(Context& context, const Arguments& arguments) {
  const Value name = unwrap(context, arguments[0]);
  return done(Value::boolean(name.is_string() && is_not_modelled(machine(context), {}, context.text(name))));
}

// The file of this path, or a FileNotFoundError.
const ScenarioFile* file_at(Vm& vm, Value path, Result& refused) {
  path = unwrap(vm, path);
  const auto found = std::ranges::find(vm.files, path.is_string() ? vm.text(path) : std::string(), &ScenarioFile::path);
  if (found != vm.files.end()) return &*found;
  const Value error = vm.make_exception(TypeId::FileNotFoundError, {});
  const Value details[] = {Value::small_int(2), vm.string("No such file or directory"), path};
  set_exception_arguments(vm, error, details, {});
  refused = vm.raise_value(error);
  return nullptr;
}

Result file_code(Context& context, const Arguments& arguments) {
  Result refused;
  const ScenarioFile* file = file_at(machine(context), arguments[0], refused);
  if (file == nullptr) return refused;
  return file->code.is_unset() ? context.unsupported(fmt::format("importing {}", file->path)) : done(file->code);
}

Result file_source(Context& context, const Arguments& arguments) {
  Result refused;
  const ScenarioFile* file = file_at(machine(context), arguments[0], refused);
  return file == nullptr ? refused : done(context.string(file->text));
}

// The file and the text that a module's code was compiled from, or None.
Result compiled_from(Context& context, const Arguments& arguments) {
  if (!arguments[0].is(Tag::Code)) return done_none();
  const auto from = machine(context).compiled_from(arguments[0]);
  if (!from) return done_none();
  const Value pair[] = {context.string(from->first), context.string(from->second)};
  return done(context.tuple(pair));
}

constexpr BuiltinEntry entries[] = {
    {"lookup_special", lookup_special}, {"lookup_type", lookup_type},     {"plain_repr", plain_repr},       {"plain_str", plain_str},
    {"plain_format", plain_format},     {"plain_compare", plain_compare}, {"plain_binary", plain_binary},   {"plain_unary", plain_unary},
    {"plain_int", plain_int},           {"plain_float", plain_float},     {"plain_truth", plain_truth},     {"plain_len", plain_len},
    {"plain_hash", plain_hash},         {"plain_iter", plain_iter},       {"plain_getitem", plain_getitem}, {"plain_setitem", plain_setitem},
    {"plain_delitem", plain_delitem},   {"plain_contains", plain_contains}, {"plain_getattr", plain_getattr}, {"plain_setattr", plain_setattr},
    {"plain_delattr", plain_delattr},   {"plain_isinstance", plain_isinstance}, {"plain_issubclass", plain_issubclass}, {"plain_dir", plain_dir},
    {"is_iterator", is_iterator},       {"table_candidates", table_candidates}, {"table_value", table_value}, {"table_store", table_store},
    {"table_remove", table_remove},     {"caller_locals", caller_locals}, {"run_class_body", run_class_body}, {"make_class", make_class},
    {"set_cell", set_cell},             {"is_standard_stream", is_standard_stream}, {"write", write},       {"io", io},
    {"clock", clock},                   {"choose", choose},               {"state_property", state_property}, {"unsupported", unsupported},
    {"collect", collect}, {"collect_now", collect_now}, {"enter_c", enter_c}, {"passed_switch_point", passed_switch_point},               {"spawn", spawn},                 {"await_started", await_started}, {"set_started", set_started},
    {"has_started", has_started},
    {"join", join},                     {"is_ended", is_ended},           {"hands_out_thread", hands_out_thread},           {"ident", ident},                 {"current", current},
    {"main", main_thread},              {"thread_dict", thread_dict},     {"find_file", find_file},         {"file_code", file_code},
    {"file_source", file_source},       {"note_subclass", note_subclass}, {"resume_async", resume_async},   {"throw_into_async", throw_into_async},
    {"async_status", async_status},     {"mathematics", mathematics},      {"end_with", end_with},
    {"is_not_modelled", is_module_not_modelled}, {"fatal_error", fatal_error}, {"enter_python", enter_python}, {"take", take},
    {"own", own},                       {"let", let}, {"holds", holds},                 {"in_c", in_c},                   {"is_c_function", is_c_function},
    {"compiled_from", compiled_from},   {"has_gil", has_gil},             {"leave_gil", leave_gil},         {"take_gil", take_gil},
    {"extension", extension},           {"set_extension", set_extension},
    {"interrupt", interrupt},           {"interpreter", interpreter},     {"enter_interpreter", enter_interpreter},
};

}  // namespace

// Stored privately: nobody else may reach the dictionary through the thread's object.
void Vm::set_thread_local(Value dictionary) { set_private(thread_, slot::thread::local, dictionary); }

std::span<const BuiltinEntry> lockweave_functions() { return entries; }

}  // namespace lockweave::vm
