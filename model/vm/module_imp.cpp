// _imp.
#include <fmt/format.h>

#include "model/base/fingerprint.h"
#include "model/builtins/plain_value.h"
#include "model/scenario/scenario.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;

namespace {

Result acquire_lock(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "acquire_lock", 0, 0)) return *refused;
  return machine(context).import_lock_acquire();
}

Result release_lock(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "release_lock", 0, 0)) return *refused;
  return machine(context).import_lock_release();
}

Result lock_held(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "lock_held", 0, 0)) return *refused;
  return machine(context).import_lock_held();
}

Result is_builtin(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "is_builtin", 1, 1)) return *refused;
  if (!arguments[0].is_string()) return context.raise(TypeId::TypeError, fmt::format("is_builtin() argument must be str, not {}", context.type_name_of(arguments[0])));
  const bool there = !builtin_module(machine(context), context.text(arguments[0])).is_unset();
  return done(Value::small_int(there ? 1 : 0));
}

Result no(Context&, const Arguments&) { return done(Value::boolean(false)); }
Result nothing(Context&, const Arguments&) { return done_none(); }
Result zero(Context&, const Arguments&) { return done(Value::small_int(0)); }

Result extension_suffixes(Context& context, const Arguments&) {
  std::vector<Value> suffixes;
  if (machine(context).has_extensions) suffixes.push_back(context.string(scenario::extension_suffix));
  return done(context.list(suffixes));
}

Result create_builtin(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "create_builtin", 1, 1)) return *refused;
  Vm& vm = machine(context);
  const Result name = vm.load_attribute(arguments[0], vm.names.name_plain);
  if (name.kind != ResultKind::Done) return name;
  if (!name.value.is_string()) return vm.raise(TypeId::TypeError, "spec.name must be a string");
  const Value module = builtin_module(vm, vm.text(name.value));
  return module.is_unset() ? done_none() : done(module);
}

Result no_dynamic(Context& context, const Arguments&) { return context.unsupported("extension modules"); }

Result get_frozen_object(Context& context, const Arguments& arguments) {
  const std::string name = arguments.size() > 0 && arguments[0].is_string() ? context.text(arguments[0]) : "?";
  return context.raise(TypeId::ImportError, fmt::format("No such frozen object named {}", name));
}

// Eight bytes, equal for equal texts; CPython's are those of SipHash.
Result source_hash(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_count(context, arguments, "source_hash", 2, 2)) return *refused;
  const Value source = builtins::unwrap(context, arguments[1]);
  if (!source.is(Tag::Bytes)) return context.raise(TypeId::TypeError, fmt::format("a bytes-like object is required, not '{}'", context.type_name_of(arguments[1])));
  return done(context.constants.bytes(to_text(fingerprint(context.constants.content(source))).substr(0, 8)));
}

constexpr BuiltinEntry entries[] = {
    {"acquire_lock", acquire_lock},     {"release_lock", release_lock},   {"lock_held", lock_held},
    {"is_builtin", is_builtin},         {"is_frozen", no},                {"is_frozen_package", no},
    {"create_builtin", create_builtin}, {"exec_builtin", zero},           {"create_dynamic", no_dynamic},
    {"exec_dynamic", no_dynamic},       {"get_frozen_object", get_frozen_object}, {"init_frozen", nothing},
    {"find_frozen", nothing},           {"extension_suffixes", extension_suffixes}, {"_fix_co_filename", nothing},
    {"source_hash", source_hash},
    {"_override_frozen_modules_for_tests", nothing},
};

}  // namespace

std::span<const BuiltinEntry> imp_functions() { return entries; }

}  // namespace lockweave::vm
