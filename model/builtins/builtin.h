// How a builtin function or method is written.
//
// A builtin runs within one instruction. It may look at anything, but it must report what it looks at and changes
// through Context::read / write *before it changes anything*: if either answers true, another thread may have to run
// first, and the builtin returns stop() with nothing changed; it is called again later from the start.
// Only accesses to an object that may be shared matter; new objects need no report.
//
// A builtin never runs Python. Where it must (an element with its own __eq__, a key function), it ends with
// Context::tail_call or call_library: that call's result is then the builtin's result.
//
// Values in C++ variables need no reference count during one instruction (state/heap.h).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/builtins/type.h"
#include "model/state/heap.h"

namespace lockweave::builtins {

using state::Heap;
using state::ObjectId;
using state::ObjectKind;
using state::Tag;
using state::Value;

enum class ResultKind : std::uint8_t {
  Done,      // `value` is the result
  Raised,    // an exception is pending in the context
  Stop,      // nothing was done: the step ends before this instruction
  Call,      // goes on as the call that the context has noted
  Wait,      // the thread waits; the context has noted for what
  Release,   // `value` is the result, and the GIL was given up (sleep, io)
};

struct [[nodiscard]] Result {
  ResultKind kind = ResultKind::Done;
  Value value;
};

inline Result done(Value v) { return {ResultKind::Done, v}; }
inline Result done_none() { return {ResultKind::Done, Value::none()}; }
inline Result stop() { return {ResultKind::Stop, {}}; }

struct Keyword {
  Value name;  // String
  Value value;
};

// For a method, positional[0] is self.
struct Arguments {
  std::span<const Value> positional;
  std::span<const Keyword> keywords;
  std::size_t size() const { return positional.size(); }
  Value operator[](std::size_t i) const { return i < positional.size() ? positional[i] : Value(); }
};

// The part of a container that an access concerns, when it is not a key.
enum class Part : std::uint64_t { Length = 1, Order = 2, Whole = 3, References = 4, Class = 5, State = 6, Started = 7, Dictionary = 8, Interrupts = 9 };

class Context {
 public:
  Context(Heap& heap_, state::Constants& constants_) : heap(heap_), constants(constants_) {}
  virtual ~Context() = default;

  Heap& heap;
  state::Constants& constants;

  // --- visible accesses; true: return stop() (see above). Cheap for private objects.
  bool read(ObjectId id, Value key) { return heap.at(id).escaped && shared_access(id, key.bits(), false); }
  bool write(ObjectId id, Value key) { return heap.at(id).escaped && shared_access(id, key.bits(), true); }
  // List items: key = Value::small_int(index). Insertion and deletion: write(Part::Length) and the items that move
  // (Part::Whole stands for all items). Reading a whole list: read Whole and Length.
  bool read(ObjectId id, Part part) { return heap.at(id).escaped && shared_access(id, Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits(), false); }
  bool write(ObjectId id, Part part) { return heap.at(id).escaped && shared_access(id, Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits(), true); }
  // Dictionaries and sets: reading or writing one key is read/write(id, key) (also when the key is absent); when a write
  // inserts or deletes, call write(id, Part::Order) and write(id, Part::Length) too. Whoever looks at the order or the
  // length (iteration, len, truth, ==, copy, popitem, update from it) calls these, also for private tables:
  virtual bool read_order(ObjectId table) = 0;   // order and all content
  virtual bool read_length(ObjectId table) = 0;

  // --- exceptions
  Result raise(TypeId type, std::string_view message);
  virtual Result raise_value(Value exception) = 0;        // an exception object
  virtual Value make_exception(TypeId type, std::span<const Value> arguments) = 0;
  Result raise_key_error(Value key);                      // KeyError(key)
  Result raise_stop_iteration(Value v = Value::none());
  // Outside the subset: ends the exploration with this message and the place.
  virtual Result unsupported(std::string_view message) = 0;

  // --- calls that take the builtin's place
  virtual Result tail_call(Value function, std::span<const Value> positional, std::span<const Keyword> keywords = {}) = 0;
  // A function of _builtins.py's namespace (model/library/native/) by name, e.g. "_slow_eq".
  virtual Result call_library(std::string_view name, std::span<const Value> positional) = 0;
  // The argument at `position` can be iterated only by running Python: materialises it as a list, then calls
  // `function` again with that list in its place.
  Result retry_with_list(Value function, const Arguments& arguments, std::size_t position);

  // --- values
  Value string(std::string_view text) { return constants.string(text); }
  const std::string& text(Value s) const { return constants.text(s); }
  Value integer(std::int64_t n) { return constants.integer(n); }
  Value tuple(std::span<const Value> items);
  Value list(std::span<const Value> items);
  Value new_object(ObjectKind kind, TypeId type, std::size_t slots = 0);
  virtual state::SiteId site() const = 0;                 // creation site of the running instruction

  // --- types
  Value type_of(Value v) const;                            // Type or Class object
  bool is_instance(Value v, TypeId type) const;            // by class, through inheritance
  std::string type_name_of(Value v) const;                 // "int", "C"
  // Looks a name up along the type's order of resolution (no visible access is reported: class attributes are
  // reported by the VM's attribute look-up). Unset if absent or if it is object's own default.
  virtual Value find_special(Value v, std::string_view name) = 0;
  // Does the class of v define this special method in Python? (Then the plain operation is not enough.)
  virtual bool has_python_special(Value v, std::string_view name) = 0;

  virtual bool version_at_least(int major, int minor) const = 0;

 private:
  virtual bool shared_access(ObjectId id, std::uint64_t key, bool write) = 0;
};

using BuiltinFunction = Result (*)(Context&, const Arguments&);

// A function or method as it is registered: name and the C++ function. Methods of type T are found by type_of(x) along
// base_of. `self_value` of a Builtin call is positional[0].
struct BuiltinEntry {
  std::string_view name;
  BuiltinFunction function;
};

// All methods of a builtin type; defined in type_<name>.cpp, collected in builtin_table.cpp.
struct TypeMethods {
  TypeId type;
  std::span<const BuiltinEntry> methods;
  BuiltinFunction construct;  // T(...): positional[0] is the class called (T or a subclass); nullptr: cannot be called
};

}  // namespace lockweave::builtins
