// _thread.lock and _thread.RLock. What taking and releasing mean is the machine's; here are the arguments.
#include <fmt/format.h>

#include "model/builtins/operators.h"
#include "model/builtins/value_text.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::stop;

namespace {

bool is_lock(Vm& vm, Value v) { return vm.heap.is_kind(v, ObjectKind::Lock) || vm.heap.is_kind(v, ObjectKind::RLock); }

std::optional<Result> refuse_lock(Context& context, const Arguments& arguments, std::string_view method, std::size_t most = 0) {
  if (auto refused = refuse_count(context, arguments, method, most, most, 1)) return refused;
  if (is_lock(machine(context), arguments[0])) return std::nullopt;
  return context.raise(TypeId::TypeError, std::string("descriptor '") + std::string(method) + "' needs a lock, not a '" + context.type_name_of(arguments[0]) + "' object");
}

struct Number {
  bool known = false;
  double value = 0;
};

Number number_of(Context& context, Value v) {
  if (v.is_int()) return {true, static_cast<double>(v.as_int())};
  if (v.is_bool()) return {true, v.is(Tag::True) ? 1.0 : 0.0};
  if (v.is(Tag::Float)) return {true, context.constants.number(v)};
  if (v.is(Tag::BigInt)) return {true, context.constants.big(v) < 0 ? -1e300 : 1e300};
  return {};
}

// Modules/_threadmodule.c, lock_acquire_parse_args.
Result acquire(Context& context, const Arguments& arguments) {
  Vm& vm = machine(context);
  Value values[] = {Value::boolean(true), Value::small_int(-1)};
  if (auto refused = bind_names(context, arguments, "acquire", {"blocking", "timeout"}, values, 0, 1)) return *refused;
  if (!is_lock(vm, arguments[0])) return context.raise(TypeId::TypeError, "descriptor 'acquire' needs a lock");
  const auto truth = builtins::plain_truth(context, values[0]);
  if (!truth) return context.unsupported("acquire() with an object that decides its own truth");
  if (truth->kind != builtins::ResultKind::Done) return *truth;
  const bool blocking = truth->value.is(Tag::True);
  bool timed = false;
  bool waits = blocking;
  if (!values[1].is(Tag::Opaque)) {
    const Number timeout = number_of(context, values[1]);
    if (!timeout.known) {
      return context.raise(TypeId::TypeError, "'" + context.type_name_of(values[1]) + "' object cannot be interpreted as an integer");
    }
    if (!blocking && timeout.value != -1) return context.raise(TypeId::ValueError, "can't specify a timeout for a non-blocking call");
    if (timeout.value < 0 && timeout.value != -1) {
      return context.raise(TypeId::ValueError, context.version_at_least(3, 13) ? "timeout value must be a non-negative number"
                                               : context.version_at_least(3, 5) ? "timeout value must be positive" : "timeout value must be strictly positive");
    }
    if (timeout.value > 9223372036.0) return context.raise(TypeId::OverflowError, "timeout value is too large");
    timed = timeout.value > 0;
    waits = blocking && timeout.value != 0;
  } else {
    timed = true;  // what is left of some time: any amount
  }
  return vm.lock_acquire(arguments[0].object_id(), waits, timed);
}

Result release(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "release")) return *refused;
  return machine(context).lock_release(arguments[0].object_id());
}

Result locked(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "locked")) return *refused;
  return machine(context).lock_locked(arguments[0].object_id());
}

Result enter(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "__enter__")) return *refused;
  return machine(context).lock_acquire(arguments[0].object_id(), true, false);
}

Result leave(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "__exit__", 0, 3, 1)) return *refused;
  if (!is_lock(machine(context), arguments[0])) return context.raise(TypeId::TypeError, "descriptor '__exit__' needs a lock");
  return machine(context).lock_release(arguments[0].object_id());
}

// Only a child of fork() calls it in earnest: there it makes the lock new.
Result at_fork_reinit(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "_at_fork_reinit")) return *refused;
  return context.unsupported("a lock's _at_fork_reinit()");
}

Result text_of_lock(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "__repr__")) return *refused;
  const ObjectId id = arguments[0].object_id();
  if (context.read(id, Part::State)) return stop();
  return done(context.string(fmt::format("<{} at <id>>", builtins::lock_text(context, arguments[0]))));
}

Result is_owned(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "_is_owned")) return *refused;
  Vm& vm = machine(context);
  const ObjectId id = arguments[0].object_id();
  if (context.read(id, Part::State)) return stop();
  vm.was_no_access(id);
  const Object& lock = context.heap.at(id);
  const Value depth = lock.slots[slot::lock::depth];
  return done(Value::boolean(depth.is_int() && depth.as_int() > 0 && lock.slots[slot::lock::owner] == Value::small_int(static_cast<std::int64_t>(vm.current_number()))));
}

Result recursion_count(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "_recursion_count")) return *refused;
  Vm& vm = machine(context);
  const ObjectId id = arguments[0].object_id();
  if (context.read(id, Part::State)) return stop();
  vm.was_no_access(id);
  const Object& lock = context.heap.at(id);
  const bool mine = lock.slots[slot::lock::owner] == Value::small_int(static_cast<std::int64_t>(vm.current_number()));
  const Value depth = lock.slots[slot::lock::depth];
  return done(mine && depth.is_int() ? depth : Value::small_int(0));
}

Result release_save(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "_release_save")) return *refused;
  return machine(context).rlock_release_save(arguments[0].object_id());
}

Result acquire_restore(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_lock(context, arguments, "_acquire_restore", 1)) return *refused;
  return machine(context).rlock_acquire_restore(arguments[0].object_id(), arguments[1]);
}

Result make_lock(Context& context, const Arguments& arguments, ObjectKind kind) {
  Vm& vm = machine(context);
  const ObjectId id = vm.heap.allocate(kind, arguments[0], vm.site(), slot::lock::count);
  vm.heap.set(id, slot::lock::taken, Value::small_int(0));
  vm.heap.set(id, slot::lock::locked, Value::small_int(0));
  vm.heap.set(id, slot::lock::depth, Value::small_int(0));
  return done(Value::object(id));
}

Result construct_lock(Context& context, const Arguments& arguments) {
  if (!machine(context).version_at_least(3, 13)) return context.raise(TypeId::TypeError, "cannot create '_thread.lock' instances");
  if (auto refused = refuse_count(context, arguments, "lock", 0, 0, 1)) return *refused;
  return make_lock(context, arguments, ObjectKind::Lock);
}

Result construct_rlock(Context& context, const Arguments& arguments) { return make_lock(context, arguments, ObjectKind::RLock); }

constexpr BuiltinEntry lock_methods[] = {
    {"acquire", acquire},       {"release", release},          {"locked", locked},   {"__enter__", enter},
    {"__exit__", leave},        {"acquire_lock", acquire},     {"release_lock", release},
    {"locked_lock", locked},    {"_at_fork_reinit", at_fork_reinit}, {"__repr__", text_of_lock},
};

constexpr BuiltinEntry rlock_methods[] = {
    {"acquire", acquire},           {"release", release},   {"locked", locked},       {"__enter__", enter},
    {"__exit__", leave},            {"_is_owned", is_owned}, {"_release_save", release_save},
    {"_acquire_restore", acquire_restore}, {"_recursion_count", recursion_count}, {"_at_fork_reinit", at_fork_reinit},
    {"__repr__", text_of_lock},
};

}  // namespace

std::span<const TypeMethods> lock_types() {
  static constexpr TypeMethods types[] = {
      {TypeId::Lock, lock_methods, construct_lock},
      {TypeId::RLock, rlock_methods, construct_rlock},
  };
  return types;
}

}  // namespace lockweave::vm
