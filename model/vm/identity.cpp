// What tells like threads apart. Threads that run the same function on the same arguments are interchangeable as long as
// nobody looks at which of them is which (state/symmetry.h); here is noticed that somebody does.
//
// A program can refer to a thread in two ways. What main has made of threading.Thread it keeps in lists and variables: these
// references stay what they are when two threads change places. A thread itself, and what `threading` keeps about it, goes along. So
// telling apart is whatever leads from one to the other: from the object to the thread's identifier, handle or progress, or from
// the running thread to its object.
#include <algorithm>

#include <fmt/format.h>

#include "model/state/symmetry.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

void Vm::tell_apart(std::string_view how) {
  if (told_apart_.empty() && !prefix_ && !loading_ && sharing_->any_alike()) told_apart_ = how;
}

void Vm::watch_identity(ObjectId id, Value key, bool write) {
  if (prefix_ || loading_ || code_ == nullptr) return;
  const bool by_library = code_->origin == Origin::Library && !observing_;
  if (id == fixtures.active_threads) {
    const bool is_mains = key == Value(Tag::Opaque, 1);
    if (!(write && by_library) && !is_mains) tell_apart("a thread asks which one it is, or which ones there are");
    return;
  }
  const Value handle = heap.get_attribute(id, string("_handle"));
  if (!handle.is_object()) return;  // not started: like any other object
  if (!key.is_string()) {  // what attributes there are; who adds one is met at its name, too
    if (!write) tell_apart("all attributes of a thread's object are looked at");
    return;
  }
  const bool is_own = is_own_object(id);
  const std::string& name = text(key);
  const auto is = [&](std::initializer_list<std::string_view> names) { return std::ranges::find(names, name) != names.end(); };
  if (is({"_daemonic", "_initialized"})) return;
  if (is({"_name"})) {
    if (is_own) tell_apart("a thread looks at its own name");
  } else if (is({"_handle"})) {
    if (!by_library) tell_apart("the handle of a thread is looked at");
  } else if (is({"_ident", "_started"})) {
    if (!(write && is_own && by_library)) tell_apart("the identifier of a thread is asked for");
  } else if (is({"_target", "_args", "_kwargs"})) {
    if (!(is_own && by_library)) tell_apart("what a thread runs is looked at");
  } else if (write || !heap.get_attribute(id, key).is_unset()) {
    tell_apart("a thread's object has attributes of the program's own");
  }
}

void Vm::note_likeness(ObjectId made, Value thread) {
  const Value likeness = likeness_of(thread);
  if (likeness.is_unset()) return;
  for (const ObjectId other : threads()) {
    if (like_threads_are_one_ && !recording_ && other != made && heap.at(other).slots[slot::thread::likeness] == likeness) sharing_->note_alike(likeness.bits());
  }
  heap.set(made, slot::thread::likeness, likeness);
}

// A number made of a thread's identifier does not change places with it.
void Vm::watch_number_of(Value v, int depth) {
  constexpr int deep_enough = 8;
  if (state::is_thread_identifier(v) || depth > deep_enough) return tell_apart("a number is made of a thread's identifier");
  if (!heap.is_kind(v, ObjectKind::Tuple) && !heap.is_kind(v, ObjectKind::FrozenSet)) return;
  for (const Value item : heap.at(v).slots) watch_number_of(item, depth + 1);
}

// The threading.Thread of the running thread?
bool Vm::is_own_object(ObjectId id) {
  const Object& object = heap.at(id);
  if (object.kind != ObjectKind::Instance || object.cls != fixtures.thread_class) return false;
  const Value handle = heap.get_attribute(id, string("_handle"));
  return handle.is_object() && heap.at(handle).slots[slot::thread::number] == Value::small_int(number_);
}

// Who accesses the location, as far as what is learnt about it goes. While like threads are taken for one, a thread has now this number,
// now that one: it counts as several. But what belongs to a thread is renamed along with it. Of a thread's own object that holds, since
// nobody else gets to what changes in it (watch_identity). Entries of tables under the identifiers of like threads are one class, which all of them have in
// common: each thread's accesses to its own are as one thread's, any other access is what they can meet.
std::uint32_t Vm::observer_among_like(ObjectId id, Value key, std::uint64_t& class_key) {
  constexpr std::uint32_t whose_it_is = 61;
  if (observing_) return observer_bit();
  if (state::is_thread_identifier(key)) {
    const auto number = static_cast<ThreadNumber>(key.payload() - 1);
    const std::vector<ObjectId> all = threads();
    const Value as_number = Value::small_int(number);
    const bool is_like_others = std::ranges::any_of(all, [&](ObjectId thread) {
      const auto& slots = heap.at(thread).slots;
      return slots[slot::thread::number] == as_number && sharing_->are_alike(slots[slot::thread::likeness].bits());
    });
    if (!is_like_others) return observer_bit();
    class_key = Value(Tag::Opaque, ~std::uint64_t{0} >> 8).bits();
    return number == number_ ? whose_it_is : observer_bit();
  }
  if (!stands_for_several_ || !is_own_object(id)) return observer_bit();
  const bool stays = key.is_string() && (text(key) == "_name" || text(key) == "_daemonic" || text(key) == "_initialized");
  return stays ? observer_bit() : std::min<std::uint32_t>(number_, 59);
}

// Of references to what existed before there were threads, and of plain values, it is known that they stay the same.
Value Vm::likeness_of(Value thread) {
  if (!heap.is_kind(thread, ObjectKind::Instance) || heap.at(thread).cls != fixtures.thread_class || heap.at(thread).attributes.is_object()) return {};
  std::string text;
  bool is_known = true;
  const auto add = [&](Value v) {
    is_known = is_known && (!v.is_object() || v.object_id() < heap.base_limit());
    text += fmt::format(" {}", v.bits());
  };
  const auto add_contents = [&](Value v) {  // of what is made anew for each thread and never changes
    const bool is_made = heap.is_kind(v, ObjectKind::Tuple) || heap.is_kind(v, ObjectKind::BoundMethod);
    if (!is_made) return add(v);
    text += fmt::format(" {}(", kind_name(heap.at(v).kind));
    std::ranges::for_each(heap.at(v).slots, add);
    text += ")";
  };
  add_contents(heap.get_attribute(thread.object_id(), string("_target")));
  add_contents(heap.get_attribute(thread.object_id(), string("_args")));
  const Value keywords = heap.get_attribute(thread.object_id(), string("_kwargs"));
  is_known = is_known && heap.is_kind(keywords, ObjectKind::Dict) && heap.at(keywords).slots.empty();
  add(heap.get_attribute(thread.object_id(), string("_daemonic")));
  return is_known ? string(text) : Value();
}

}  // namespace lockweave::vm
