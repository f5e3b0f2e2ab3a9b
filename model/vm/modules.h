// The machine's own modules and the types that only the machine knows: their functions, by module and by type.
#pragma once

#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

#include "model/builtins/builtin.h"
#include "model/builtins/builtin_table.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::BuiltinEntry;
using builtins::Context;
using builtins::TypeMethods;

// Their context is always the machine.
inline Vm& machine(Context& context) { return static_cast<Vm&>(context); }

std::span<const BuiltinEntry> builtins_functions();
std::span<const BuiltinEntry> thread_functions();
std::span<const BuiltinEntry> imp_functions();
std::span<const BuiltinEntry> sys_functions();
std::span<const BuiltinEntry> weakref_functions();
std::span<const BuiltinEntry> warnings_functions();
std::span<const BuiltinEntry> lockweave_functions();

std::span<const BuiltinEntry> process_functions();  // of _lockweave: forks, the end of processes
std::span<const TypeMethods> object_types();      // object, type, module, super, function, method, code
std::span<const TypeMethods> exception_types();
std::span<const TypeMethods> lock_types();
std::span<const TypeMethods> generator_types();
std::span<const TypeMethods> property_types();    // property, staticmethod, classmethod
std::span<const TypeMethods> weakref_types();
std::span<const TypeMethods> stream_types();

void register_builtins(builtins::BuiltinTable& table, state::Constants& constants);

// Before anything is printed. A thread's own output concerns nobody else, but for two cases: with ordered output all output is one
// location; how far a daemon comes before the program ends is part of the outcome. True: the step ends here (return stop()).
bool approach_output(Vm& vm);

// Whether the standard library's module has this name in the design's version, and the machine's has not (not_modelled.txt); with
// an empty module: whether there is such a module and the machine has none.
bool is_not_modelled(Vm& vm, std::string_view module, std::string_view name);

// The module object of an intrinsic or native module; Unset if there is none of this name.
Value builtin_module(Vm& vm, std::string_view name);

// --- arguments

// What to raise if there are keywords, or not so many positional arguments. `skip`: leading ones that do not count (self).
std::optional<Result> refuse_count(Context& context, const Arguments& arguments, std::string_view function, std::size_t least,
                                   std::size_t most, std::size_t skip = 0);
// Arguments by position or by name: values[i] is the one for names[i], or stays as it is. The first `required` must be there.
std::optional<Result> bind_names(Context& context, const Arguments& arguments, std::string_view function,
                                 std::initializer_list<std::string_view> names, std::span<Value> values, std::size_t required,
                                 std::size_t skip = 0);

// --- what several of these files need

// The frame that called the running builtin function.
inline ObjectId running_frame(Vm& vm) { return vm.heap.at(vm.current_thread()).slots[slot::thread::frame].object_id(); }
// Asynchronous generators as _machine.py drives them.
Result resume_async(Context& context, const Arguments& arguments);
Result throw_into_async(Context& context, const Arguments& arguments);
Result async_status(Context& context, const Arguments& arguments);
// A class: a builtin type or a Class object.
inline bool is_class(Vm& vm, Value v) { return v.is(Tag::Type) || vm.heap.is_kind(v, ObjectKind::Class); }
// Has it something to call?
bool is_callable(Vm& vm, Value v);
// The builtin type that instances of this class are made of: the first one in its order of resolution.
TypeId builtin_base(Vm& vm, Value cls);
// An object of kind `kind` and class `cls` (the type or a subclass of it) with these slots.
Value make_of_class(Vm& vm, ObjectKind kind, Value cls, std::span<const Value> slots);
// A function of the native library, with keywords.
Result library_call(Vm& vm, std::string_view name, std::span<const Value> positional, std::span<const Keyword> keywords = {});
Value keyword_dictionary(Vm& vm, std::span<const Keyword> keywords);
// isinstance(v, cls) by order of resolution. An opaque value stands for an integer.
bool is_plain_instance(Vm& vm, Value v, Value cls);
// An exception instance of a builtin type with its attributes, as the type's constructor makes it.
void set_exception_arguments(Vm& vm, Value exception, std::span<const Value> arguments, std::span<const Keyword> keywords);

}  // namespace lockweave::vm
