// _thread.
#include <fmt/format.h>

#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::type_value;

namespace {

Value ident_of(Vm& vm) { return Value(Tag::Opaque, std::uint64_t{vm.current_number()} + 1); }

Result allocate_lock(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "allocate_lock", 0, 0)) return *refused;
  Vm& vm = machine(context);
  const ObjectId id = vm.heap.allocate(ObjectKind::Lock, type_value(TypeId::Lock), vm.site(), slot::lock::count);
  for (const unsigned index : {slot::lock::taken, slot::lock::locked, slot::lock::depth}) vm.heap.set(id, index, Value::small_int(0));
  return done(Value::object(id));
}

Result start_new_thread(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "start_new_thread", 2, 3)) return *refused;
  Vm& vm = machine(context);
  if (!is_callable(vm, arguments[0])) return vm.raise(TypeId::TypeError, "first arg must be callable");
  if (!vm.heap.is_kind(arguments[1], ObjectKind::Tuple)) return vm.raise(TypeId::TypeError, "2nd arg must be a tuple");
  if (arguments.size() > 2 && !vm.heap.is_kind(arguments[2], ObjectKind::Dict)) return vm.raise(TypeId::TypeError, "optional 3rd arg must be a dictionary");
  const Value started[] = {arguments[0], arguments[1], arguments.size() > 2 ? arguments[2] : Value::object(vm.new_dict())};
  if (const auto by_text = vm.let_go_around("_start_new_thread", started)) return *by_text;
  ObjectId made = state::no_object;
  const std::vector<Value> values = vm.heap.at(arguments[1]).slots;
  const Result result = vm.start_thread(arguments[0], values, arguments[2], "", true, &made);
  if (result.kind != ResultKind::Done || made == state::no_object) return result;
  return done(Value(Tag::Opaque, static_cast<std::uint64_t>(vm.heap.at(made).slots[slot::thread::number].as_int()) + 1));
}

Result get_ident(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "get_ident", 0, 0)) return *refused;
  return done(ident_of(machine(context)));
}

// How many threads are alive is not asked by programs that mean it.
Result count(Context& context, const Arguments&) { return context.unsupported("_thread._count()"); }
Result stack_size(Context&, const Arguments&) { return done(Value::small_int(0)); }
Result leave(Context& context, const Arguments&) { return context.raise_value(context.make_exception(TypeId::SystemExit, {})); }
Result interrupt_main(Context& context, const Arguments&) { return context.unsupported("_thread.interrupt_main()"); }
Result yes(Context&, const Arguments&) { return done(Value::boolean(true)); }

constexpr BuiltinEntry entries[] = {
    {"allocate_lock", allocate_lock}, {"allocate", allocate_lock},      {"start_new_thread", start_new_thread}, {"start_new", start_new_thread},
    {"get_ident", get_ident},         {"get_native_id", get_ident},     {"_count", count},                      {"stack_size", stack_size},
    {"exit", leave},                  {"exit_thread", leave},           {"interrupt_main", interrupt_main},     {"daemon_threads_allowed", yes},
    {"_is_main_interpreter", yes},
};

}  // namespace

std::span<const BuiltinEntry> thread_functions() { return entries; }

}  // namespace lockweave::vm
