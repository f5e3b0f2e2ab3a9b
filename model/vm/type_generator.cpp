// Generators and coroutines: send, throw, close. Asynchronous generators are the library's (anext).
#include <fmt/format.h>

#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;
using builtins::type_id;
using builtins::type_value;

namespace {

enum : std::int64_t { created = 0, suspended = 1, running = 2, finished = 3 };

std::optional<Result> refuse_generator(Vm& vm, const Arguments& arguments, std::string_view method, std::size_t least, std::size_t most) {
  if (auto refused = refuse_count(vm, arguments, method, least, most, 1)) return refused;
  if (vm.heap.is_kind(arguments[0], ObjectKind::Generator)) return std::nullopt;
  return vm.raise(TypeId::TypeError, fmt::format("descriptor '{}' requires a 'generator' object but received a '{}'", method, vm.type_name_of(arguments[0])));
}

std::int64_t status_of(Vm& vm, Value generator) { return vm.heap.at(generator).slots[slot::generator::status].as_int(); }

bool is_coroutine(Vm& vm, Value generator) { return vm.heap.at(generator).slots[slot::generator::which].as_int() == 1; }

Result send(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_generator(vm, arguments, "send", 1, 1)) return *refused;
  if (vm.write(arguments[0].object_id(), builtins::Part::State)) return stop();
  const std::string_view what = is_coroutine(vm, arguments[0]) ? "coroutine" : "generator";
  if (status_of(vm, arguments[0]) == created && !arguments[1].is_none()) {
    return vm.raise(TypeId::TypeError, fmt::format("can't send non-None value to a just-started {}", what));
  }
  if (status_of(vm, arguments[0]) == finished && what == "coroutine") return vm.raise(TypeId::RuntimeError, "cannot reuse already awaited coroutine");
  return vm.generator_send(arguments[0], arguments[1], 0);
}

Result next(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_generator(vm, arguments, "__next__", 0, 0)) return *refused;
  return vm.generator_send(arguments[0], Value::none(), 0);
}

// throw(exception), throw(Class), throw(Class, value[, traceback]).
Result throw_into(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_generator(vm, arguments, "throw", 1, 3)) return *refused;
  Value exception = arguments[1];
  const Value given = arguments.size() > 2 ? arguments[2] : Value::none();
  if (exception.is(Tag::Type) && builtins::is_subtype(type_id(exception), TypeId::BaseException)) {
    if (!given.is_none() && vm.is_subclass(vm.type_of(given), exception)) {
      exception = given;
    } else {
      const TypeId type = type_id(exception);
      const auto construct = vm.table().constructor(type);
      const Value call[] = {exception, given};
      const Result made = construct(vm, Arguments{std::span(call).first(given.is_none() ? 1 : 2), {}});
      if (made.kind != ResultKind::Done) return made;
      exception = made.value;
    }
  } else if (vm.heap.is_kind(exception, ObjectKind::Class) && vm.is_subclass(exception, type_value(TypeId::BaseException))) {
    // Its constructor may be Python: the library makes the instance and comes back here with it.
    if (given.is_none() || !vm.is_subclass(vm.type_of(given), exception)) return vm.call_library("_slow_throw", arguments.positional);
    exception = given;
  }
  if (!vm.is_instance(exception, TypeId::BaseException)) {
    return vm.raise(TypeId::TypeError, fmt::format("exceptions must be classes or instances deriving from BaseException, not {}", vm.type_name_of(exception)));
  }
  if (arguments.size() > 3 && !arguments[3].is_none()) vm.heap.set_attribute(exception.object_id(), vm.names.traceback, arguments[3]);
  return vm.generator_throw(arguments[0], exception, false);
}

Result close(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_generator(vm, arguments, "close", 0, 0)) return *refused;
  if (vm.write(arguments[0].object_id(), builtins::Part::State)) return stop();
  if (status_of(vm, arguments[0]) == finished) return done_none();
  return vm.generator_throw(arguments[0], vm.make_exception(TypeId::GeneratorExit, {}), true);
}

Result itself(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  if (auto refused = refuse_generator(vm, arguments, "__iter__", 0, 0)) return *refused;
  return done(arguments[0]);
}

constexpr BuiltinEntry generator_methods[] = {
    {"send", send}, {"throw", throw_into}, {"close", close}, {"__next__", next}, {"__iter__", itself},
};
constexpr BuiltinEntry coroutine_methods[] = {
    {"send", send}, {"throw", throw_into}, {"close", close}, {"__await__", itself}, {"__next__", next},
};

// __anext__, asend, athrow and aclose make awaitable objects, which are Python text (_machine.py).
Result async_call(Context& context, const Arguments& arguments, std::string_view method, std::size_t least, std::size_t most, std::string_view text) {
  Vm& vm = machine(context);
  if (auto refused = refuse_generator(vm, arguments, method, least, most)) return *refused;
  return vm.call_library(text, arguments.positional);
}

Result async_next(Context& context, const Arguments& arguments) { return async_call(context, arguments, "__anext__", 0, 0, "_async_next"); }
Result async_send(Context& context, const Arguments& arguments) { return async_call(context, arguments, "asend", 1, 1, "_async_send"); }
Result async_throw(Context& context, const Arguments& arguments) { return async_call(context, arguments, "athrow", 1, 3, "_async_throw"); }
Result async_close(Context& context, const Arguments& arguments) { return async_call(context, arguments, "aclose", 0, 0, "_async_close"); }

constexpr BuiltinEntry async_methods[] = {
    {"__aiter__", itself}, {"__anext__", async_next}, {"asend", async_send}, {"athrow", async_throw}, {"aclose", async_close},
};

}  // namespace

Result resume_async(Context& context, const Arguments& arguments) { return machine(context).generator_send(arguments[0], arguments[1], 0); }
Result throw_into_async(Context& context, const Arguments& arguments) { return throw_into(context, arguments); }
Result async_status(Context& context, const Arguments& arguments) { return done(Value::small_int(status_of(machine(context), arguments[0]))); }

std::span<const TypeMethods> generator_types() {
  static constexpr TypeMethods types[] = {
      {TypeId::Generator, generator_methods, nullptr},
      {TypeId::Coroutine, coroutine_methods, nullptr},
      {TypeId::AsyncGenerator, async_methods, nullptr},
  };
  return types;
}

}  // namespace lockweave::vm
