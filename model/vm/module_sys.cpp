// sys, and the two standard streams.
#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/builtins/plain_value.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;

namespace {

Result exc_info(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "exc_info", 0, 0)) return *refused;
  Vm& vm = machine(context);
  const Value exception = vm.current_exception();
  Value values[] = {Value::none(), Value::none(), Value::none()};
  if (!exception.is_unset() && !exception.is_none()) {
    const Value traceback = vm.heap.get_attribute(exception.object_id(), vm.names.traceback);
    values[0] = vm.type_of(exception);
    values[1] = exception;
    if (!traceback.is_unset()) values[2] = traceback;
  }
  return done(context.tuple(values));
}

Result current_exception(Context& context, const Arguments&) {
  const Value exception = machine(context).current_exception();
  return done(exception.is_unset() ? Value::none() : exception);
}

Result intern(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "intern", 1, 1)) return *refused;
  if (arguments[0].is_string()) return done(arguments[0]);
  return context.raise(TypeId::TypeError, fmt::format("can't intern {}", context.type_name_of(arguments[0])));
}

Result recursion_limit(Context& context, const Arguments&) { return done(context.integer(machine(context).limits.frames)); }

// The limit is the machine's own: the same for all threads and all states.
Result set_recursion_limit(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "setrecursionlimit", 1, 1)) return *refused;
  const auto limit = builtins::to_index(context, arguments[0]);
  if (limit.refused) return *limit.refused;
  if (limit.value < 1) return context.raise(TypeId::ValueError, "recursion limit must be greater or equal than 1");
  return done_none();
}

Result switch_interval(Context& context, const Arguments&) { return done(context.constants.floating(0.005)); }
Result nothing(Context&, const Arguments&) { return done_none(); }
Result no(Context&, const Arguments&) { return done(Value::boolean(false)); }
Result utf8(Context& context, const Arguments&) { return done(context.string("utf-8")); }
Result not_counted(Context& context, const Arguments&) { return context.unsupported("the size of an object and how many references it has"); }

// Frames of library functions that stand for C code are not there for the program.
Result get_frame(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "_getframe", 0, 1)) return *refused;
  Vm& vm = machine(context);
  std::int64_t depth = 0;
  if (arguments.size() > 0) {
    const auto given = builtins::to_index(context, arguments[0]);
    if (given.refused) return *given.refused;
    depth = given.value;
  }
  for (Value frame = Value::object(running_frame(vm)); frame.is_object(); frame = vm.heap.at(frame).slots[slot::frame::back]) {
    const Object& object = vm.heap.at(frame);
    if (vm.program().code(object.slots[slot::frame::code].number()).code->flags.native) continue;
    if (depth-- <= 0) return done(frame);
  }
  return context.raise(TypeId::ValueError, "call stack is not deep enough");
}

Result leave(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "exit", 0, 1)) return *refused;
  Vm& vm = machine(context);
  const Value exception = vm.make_exception(TypeId::SystemExit, {});
  set_exception_arguments(vm, exception, arguments.positional, {});
  return vm.raise_value(exception);
}

Result set_hook(Context& context, const Arguments& arguments) {
  if (arguments.size() == 1 && arguments[0].is_none()) return done_none();
  return context.unsupported("a trace or profile function");
}

// 3.13 on. A text of a GIL knows better.
Result is_gil_enabled(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "_is_gil_enabled", 0, 0)) return *refused;
  Vm& vm = machine(context);
  if (!vm.version_at_least(3, 13)) return context.raise(TypeId::AttributeError, "module 'sys' has no attribute '_is_gil_enabled'");
  const Value asked = vm.in_gil_text("_PyEval_IsGILEnabled");
  return asked.is_object() ? vm.tail_call(asked, {}) : done(Value::boolean(!vm.python_at_once));
}

constexpr BuiltinEntry entries[] = {
    {"exc_info", exc_info},       {"exception", current_exception},  {"intern", intern},
    {"getrecursionlimit", recursion_limit}, {"setrecursionlimit", set_recursion_limit}, {"getswitchinterval", switch_interval},
    {"setswitchinterval", nothing}, {"_getframe", get_frame},        {"exit", leave},
    {"getrefcount", not_counted}, {"getsizeof", not_counted},        {"settrace", set_hook},
    {"setprofile", set_hook},      {"gettrace", nothing},             {"getprofile", nothing},
    {"is_finalizing", no},        {"getdefaultencoding", utf8},      {"getfilesystemencoding", utf8},
    {"audit", nothing},           {"_clear_type_cache", nothing},
    {"_is_gil_enabled", is_gil_enabled},
};

// --- streams

std::optional<Result> refuse_stream(Context& context, const Arguments& arguments, std::string_view method, std::size_t least, std::size_t most) {
  if (auto refused = refuse_count(context, arguments, method, least, most, 1)) return refused;
  if (context.heap.is_kind(arguments[0], ObjectKind::Stream)) return std::nullopt;
  return context.raise(TypeId::TypeError, fmt::format("descriptor '{}' requires a stream", method));
}

bool is_output(Context& context, Value stream) { return context.heap.at(stream).slots[0] == Value::small_int(1); }

std::int64_t characters(std::string_view text) {
  std::int64_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  return count;
}

// What goes to the error output is not part of a program's behaviour.
Result write(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_stream(context, arguments, "write", 1, 1)) return *refused;
  const Value v = builtins::unwrap(context, arguments[1]);
  if (!v.is_string()) return context.raise(TypeId::TypeError, fmt::format("write() argument must be str, not {}", context.type_name_of(v)));
  if (is_output(context, arguments[0])) {
    if (approach_output(machine(context))) return stop();
    machine(context).print(context.text(v));
  }
  return done(context.integer(characters(context.text(v))));
}

Result write_lines(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_stream(context, arguments, "writelines", 1, 1)) return *refused;
  std::vector<Value> lines;
  const auto status = builtins::collect(context, arguments[1], lines);
  if (status == builtins::CollectStatus::Stop) return stop();
  if (status != builtins::CollectStatus::Ok) return context.unsupported("writelines() of an iterable that runs Python");
  std::string text;
  for (Value line : lines) {
    if (!line.is_string()) return context.raise(TypeId::TypeError, fmt::format("write() argument must be str, not {}", context.type_name_of(line)));
    text += context.text(line);
  }
  if (is_output(context, arguments[0])) {
    if (approach_output(machine(context))) return stop();
    machine(context).print(text);
  }
  return done_none();
}

Result file_number(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_stream(context, arguments, "fileno", 0, 0)) return *refused;
  return done(context.heap.at(arguments[0]).slots[0]);
}

constexpr BuiltinEntry stream_methods[] = {
    {"write", write}, {"flush", nothing}, {"isatty", no}, {"writelines", write_lines}, {"fileno", file_number},
};

}  // namespace

bool approach_output(Vm& vm) {
  if (vm.ordered_output && vm.visible(vm.fixtures.root, Value(Tag::Unset, static_cast<std::uint64_t>(Part::Whole)).bits(), true)) return true;
  const ObjectId thread = vm.current_thread();
  return vm.may_be_cut_off(thread) && vm.write(thread, Part::Whole);
}

std::span<const BuiltinEntry> sys_functions() { return entries; }

std::span<const TypeMethods> stream_types() {
  static constexpr TypeMethods types[] = {{TypeId::Stream, stream_methods, nullptr}};
  return types;
}

}  // namespace lockweave::vm
