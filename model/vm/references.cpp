// The last reference is gone: weak references are cleared and their callbacks called, finalisers run, and the object is
// freed, all at the end of the instruction that let go (Objects/weakrefobject.c, PyObject_ClearWeakRefs; Objects/typeobject.c,
// subtype_dealloc).
#include <algorithm>
#include <iterator>
#include <span>
#include <unordered_map>
#include <unordered_set>

#include "model/vm/vm.h"

namespace lockweave::vm {

using bytecode::Opcode;
using builtins::done;

namespace {

// Who calls the reference from now on meets the thread that let go of the referent: a dead reference knows in `next` where the referent was made
// (Vm::shared_access), also one that a single thread has.
void note_end_of_reference(Vm& vm, ObjectId reference) {
  vm.heap.share(Value::object(reference));
  (void)vm.write(reference, builtins::Part::State);
}

}  // namespace

Result Vm::add_weakref(Value referent, Value callback, Value cls) {
  if (!referent.is_object()) return raise(TypeId::TypeError, "cannot create weak reference to '" + type_name_of(referent) + "' object");
  const Object& target = heap.at(referent);
  const bool is_identity = cls == builtins::type_value(TypeId::Opaque);  // id(): one token per object, for as long as it lives
  switch (is_identity ? ObjectKind::Instance : target.kind) {
    case ObjectKind::Tuple: case ObjectKind::Iterator: case ObjectKind::BoundBuiltin: case ObjectKind::Range: case ObjectKind::Slice:
      return raise(TypeId::TypeError, "cannot create weak reference to '" + type_name_of(referent) + "' object");
    case ObjectKind::List: case ObjectKind::Dict:
      if (target.cls.is(Tag::Type)) return raise(TypeId::TypeError, "cannot create weak reference to '" + type_name_of(referent) + "' object");
      break;
    default: break;
  }
  if (!is_identity && target.cls.is_object() && target.kind == ObjectKind::Instance && !find_in_class(target.cls, names.slots).is_unset() &&
      !allows_attribute(target.cls, names.weakref)) {
    return raise(TypeId::TypeError, "cannot create weak reference to '" + type_name_of(referent) + "' object");
  }
  const bool has_callback = !callback.is_none() && !callback.is_unset();
  if (heap.at(referent).escaped && concurrent_ && write(referent.object_id(), Part::References)) return builtins::stop();
  if (!has_callback && (cls == builtins::type_value(TypeId::WeakRef) || is_identity)) {  // one plain reference serves all
    for (ObjectId id = target.weak_head; id != state::no_object;) {
      const Object& ref = heap.at(id);
      const Value next = ref.slots[slot::weakref::next];
      if (ref.cls == cls && ref.slots[slot::weakref::callback].is_none()) return done(Value::object(id));
      id = next.is(Tag::Weak) ? next.object_id() : state::no_object;
    }
  }
  const ObjectId id = heap.allocate(ObjectKind::WeakRef, cls, site(), slot::weakref::count);
  heap.at(id).slots[slot::weakref::referent] = Value(Tag::Weak, referent.object_id());
  heap.set(id, slot::weakref::callback, has_callback ? callback : Value::none());
  if (target.weak_head != state::no_object) heap.at(id).slots[slot::weakref::next] = Value(Tag::Weak, target.weak_head);
  heap.set_weak_head(referent.object_id(), id);
  heap.any_weak = true;
  if (target.escaped) heap.share(Value::object(id));
  if (!is_identity) sharing_->watch(heap.at(referent).site);
  if (has_callback) sharing_->watch(heap.at(id).site);  // whoever drops it last before its referent dies keeps the callback from being called
  if (!is_identity && (target.kind == ObjectKind::Lock || target.kind == ObjectKind::RLock)) sharing_->watch_lock(place_of(referent.object_id()));
  return done(Value::object(id));
}

// Of a class of the program's. One with a finaliser is watched: who drops the last reference runs it.
Value Vm::new_instance(Value cls) {
  const ObjectId id = heap.allocate(ObjectKind::Instance, cls, site());
  if (!find_in_class(cls, names.del).is_unset()) {
    heap.any_weak = true;
    sharing_->watch(heap.at(id).site);
  }
  return Value::object(id);
}

void Vm::add_pending(Value function, Value argument) {
  Value list = thread().slots[slot::thread::pending];
  if (!list.is_object()) {
    list = new_object(ObjectKind::List, TypeId::List);
    set_private(thread_, slot::thread::pending, list);
  }
  // Before those that a running callback has made wait (see start_pending).
  const auto& slots = heap.at(list).slots;
  std::size_t end = 0;
  while (end < slots.size() && !slots[end].is_none()) ++end;
  heap.insert(list.object_id(), end, function);
  heap.insert(list.object_id(), end + 1, argument);
}

// Takes the dying weak reference out of its referent's list.
void Vm::unlink_weakref(ObjectId id) {
  const Object& ref = heap.at(id);
  const Value referent = ref.slots[slot::weakref::referent];
  if (!referent.is(Tag::Weak)) return;
  // Whether its callback is called is up to which of the two dies first.
  if (concurrent_ && !observing_ && !ref.slots[slot::weakref::callback].is_none()) record_access(referent.object_id(), Value(Tag::Unset, static_cast<std::uint64_t>(Part::References)).bits(), AccessKind::Write);
  const Value next = ref.slots[slot::weakref::next];
  const ObjectId next_id = next.is(Tag::Weak) ? next.object_id() : state::no_object;
  if (heap.at(referent.object_id()).weak_head == id) {
    heap.set_weak_head(referent.object_id(), next_id);
    return;
  }
  for (ObjectId link = heap.at(referent.object_id()).weak_head; link != state::no_object;) {
    const Value after = heap.at(link).slots[slot::weakref::next];
    const ObjectId after_id = after.is(Tag::Weak) ? after.object_id() : state::no_object;
    if (after_id == id) {
      set_private(link, slot::weakref::next, next);
      return;
    }
    link = after_id;
  }
}

void Vm::object_dies(ObjectId id) {
  Object& object = heap.at(id);
  if (is_drop_watched(object)) note_late_drop(id);
  if (object.cls.is_object() && !object.finalized) {
    const Value finaliser = find_in_class(object.cls, names.del);
    if (heap.is_kind(finaliser, ObjectKind::Function)) {
      heap.set_finalized(id);
      add_pending(finaliser, Value::object(id));
      return;
    }
  }
  if (object.kind == ObjectKind::Generator && !object.finalized && object.slots[slot::generator::status].as_int() == 1) {
    const Object& frame = heap.at(object.slots[slot::generator::frame]);
    if ((frame.slots[slot::frame::mode].as_int() >> 24 & 0xfff) != 0) {  // inside a try or with: GeneratorExit is thrown in
      heap.set_finalized(id);
      add_pending(heap.get_item(fixtures.library, string("_close_generator")), Value::object(id));
      return;
    }
  }
  // Whoever calls a reference to it sees that, whether or not the last drop was foreseen (drops_before).
  if ((object.weak_head != state::no_object || sharing_->is_watched(object.site)) && object.escaped && concurrent_ && !observing_)
    record_access(id, Value(Tag::Unset, static_cast<std::uint64_t>(Part::References)).bits(), AccessKind::Write);
  for (ObjectId ref = object.weak_head; ref != state::no_object;) {
    Object& weak = heap.at(ref);
    const Value next = weak.slots[slot::weakref::next];
    if (concurrent_) note_end_of_reference(*this, ref);
    set_private(ref, slot::weakref::referent, Value::none());
    set_private(ref, slot::weakref::next, concurrent_ ? Value::small_int(place_of(id)) : Value());
    const Value callback = weak.slots[slot::weakref::callback];
    if (!callback.is_none() && weak.refcount > 0) {
      if (is_drop_watched(weak)) note_late_drop(ref);  // what waits to be called holds it, too: who drops it next does not drop it last
      add_pending(callback, Value::object(ref));
    }
    ref = next.is(Tag::Weak) ? next.object_id() : state::no_object;
  }
  if (object.weak_head != state::no_object) heap.set_weak_head(id, state::no_object);
  if (object.kind == ObjectKind::WeakRef) unlink_weakref(id);
  heap.free(id);
}

void Vm::sweep() {
  // What an object held dies before the next one that was dropped with it.
  std::vector<ObjectId> stack;
  const auto take = [&] {
    heap.take_drops(drops_);
    stack.insert(stack.end(), drops_.rbegin(), drops_.rend());
    drops_.clear();
  };
  for (take(); !stack.empty();) {
    const ObjectId id = stack.back();
    stack.pop_back();
    Object& object = heap.at(id);
    object.dropped = false;
    if (object.kind == ObjectKind::Free || object.refcount > 0) continue;
    object_dies(id);
    if (heap.has_drops()) take();
  }
}

// Calls the next callback or finaliser that waits, on top of the running frame. Always true: the step goes on.
bool Vm::start_pending() {
  const Value list = thread().slots[slot::thread::pending];
  if (heap.at(list).slots[0].is_none()) return true;
  const Value function = heap.at(list).slots[0];
  const Value argument = heap.at(list).slots[1];
  heap.retain(function);
  heap.retain(argument);
  heap.erase(list.object_id(), 0, 2);
  if (heap.at(list).slots.empty()) set_private(thread_, slot::thread::pending, Value());
  if (frame_ != nullptr) save_pc();
  const bool check = check_pending_;
  const Result result = invoke(function, std::span(&argument, 1), {});
  if (result.kind == ResultKind::Call && pending_.mode == FrameMode::Call) {
    pending_.mode = FrameMode::Callback;
    // The next callback comes after this one, not on top of it; what dies meanwhile goes first.
    if (push_frame(pending_) && thread().slots[slot::thread::pending].is_object()) heap.insert(thread().slots[slot::thread::pending].object_id(), 0, Value::none());
  } else {
    check_pending_ = check;
  }
  pending_exception_ = Value();
  heap.release(function);
  heap.release(argument);
  return true;
}

// The frame of a callback is left: the next one that waits may start.
void Vm::end_callback() {
  const Value list = thread().slots[slot::thread::pending];
  if (!list.is_object()) return;
  const auto& slots = heap.at(list).slots;
  const auto mark = std::find_if(slots.begin(), slots.end(), [](Value v) { return v.is_none(); });
  if (mark != slots.end()) heap.erase(list.object_id(), static_cast<std::size_t>(mark - slots.begin()), 1);
  if (heap.at(list).slots.empty()) set_private(thread_, slot::thread::pending, Value());
}

// --- gc.collect()

namespace {

template <typename Visit>
void for_each_reference(const Object& object, Visit visit) {
  if (object.cls.is_object()) visit(object.cls);
  if (object.attributes.is_object()) visit(object.attributes);
  for (Value v : object.slots) {
    if (v.is_object()) visit(v);
  }
}

}  // namespace

// Objects that only each other hold (Modules/gcmodule.c, deduce_unreachable): what is left of a count when the references from
// other objects are taken off comes from outside.
std::vector<ObjectId> Vm::cyclic_garbage() {
  std::unordered_map<ObjectId, std::int64_t> outside;
  std::vector<ObjectId> all;
  heap.for_each([&](ObjectId id) { all.push_back(id); });
  for (ObjectId id : all) outside[id] += heap.at(id).refcount;
  for (ObjectId id : all) for_each_reference(heap.at(id), [&](Value v) { --outside[v.object_id()]; });
  std::unordered_set<ObjectId> alive;
  std::vector<ObjectId> stack;
  const auto reach = [&](ObjectId id) {
    if (alive.insert(id).second) stack.push_back(id);
  };
  // What was there before the program is held by the machine for good, until the interpreter finalises; then the program's own may go.
  const bool is_finalizing = heap.at(fixtures.root).slots[slot::root::is_finalizing].is(Tag::True);
  const auto is_held = [&](ObjectId id) { return !is_finalizing || id == fixtures.builtins || id == fixtures.library || id == fixtures.import_c || id == fixtures.modules; };
  for (ObjectId id : all) {
    if (id == fixtures.root || (id < heap.base_limit() && is_held(id)) || outside[id] > 0) reach(id);
  }
  while (!stack.empty()) {
    const ObjectId id = stack.back();
    stack.pop_back();
    for_each_reference(heap.at(id), [&](Value v) { reach(v.object_id()); });
  }
  std::erase_if(all, [&](ObjectId id) { return alive.count(id) > 0; });
  return all;
}

// Weak references to it are cleared first, then finalisers run; only when there are none is it taken apart: the library calls twice.
Result Vm::collect_cycles() {
  const std::vector<ObjectId> garbage = cyclic_garbage();
  const std::unordered_set<ObjectId> is_garbage(garbage.begin(), garbage.end());
  bool finalises = false;
  for (ObjectId id : garbage) {
    if (is_drop_watched(heap.at(id))) note_late_drop(id);
    for (ObjectId ref = heap.at(id).weak_head; ref != state::no_object;) {
      const Object& weak = heap.at(ref);
      const Value next = weak.slots[slot::weakref::next];
      const Value callback = weak.slots[slot::weakref::callback];
      if (concurrent_) note_end_of_reference(*this, ref);
      set_private(ref, slot::weakref::referent, Value::none());
      set_private(ref, slot::weakref::next, concurrent_ ? Value::small_int(place_of(id)) : Value());
      if (!callback.is_none() && is_garbage.count(ref) == 0) {
        if (is_drop_watched(weak)) note_late_drop(ref);
        add_pending(callback, Value::object(ref));
      }
      ref = next.is(Tag::Weak) ? next.object_id() : state::no_object;
    }
    if (heap.at(id).weak_head != state::no_object) heap.set_weak_head(id, state::no_object);
  }
  for (ObjectId id : garbage) {
    const Object& object = heap.at(id);
    if (!object.cls.is_object() || object.finalized) continue;
    const Value finaliser = find_in_class(object.cls, names.del);
    if (!heap.is_kind(finaliser, ObjectKind::Function)) continue;
    heap.set_finalized(id);
    add_pending(finaliser, Value::object(id));
    finalises = true;
  }
  if (finalises) return done(integer(static_cast<std::int64_t>(garbage.size())));
  for (ObjectId id : garbage) heap.retain(Value::object(id));
  for (ObjectId id : garbage) {
    switch (heap.at(id).kind) {
      case ObjectKind::Instance:
        heap.set_attributes(id, Value());
        heap.assign(id, {});
        break;
      case ObjectKind::List: case ObjectKind::Dict: case ObjectKind::Set:
        heap.assign(id, {});
        break;
      case ObjectKind::Cell:
        heap.set(id, 0, Value());
        break;
      default:
        break;
    }
  }
  for (ObjectId id : garbage) heap.release(Value::object(id));
  return done(integer(static_cast<std::int64_t>(garbage.size())));
}

// --- who drops last is something others can notice

namespace {

unsigned count_in(std::span<const Value> values, Value v) { return static_cast<unsigned>(std::ranges::count(values, v)); }

// Of a weak reference with a callback the object whose death calls it. Whether it still does when that object dies is up to who lets go of the weak reference,
// and whoever lets go of the object after that finds no weak reference to look at: the two meet at the object.
ObjectId dies_with_callback(const Heap& heap, ObjectId reference) {
  const Object& object = heap.at(reference);
  if (object.kind != ObjectKind::WeakRef || object.slots[slot::weakref::callback].is_none()) return state::no_object;
  const Value referent = object.slots[slot::weakref::referent];
  return referent.is(Tag::Weak) ? referent.object_id() : state::no_object;
}

}  // namespace

// Does the running thread hold more references to v than the `copies` it is about to drop? Its own are those in its frames, and in objects
// that nobody else reaches and that its frames hold, but for those that are `dropping` as well.
bool Vm::is_held_elsewhere(Value v, unsigned copies, std::span<const Value> dropping) {
  unsigned found = 0;
  std::vector<Value> holders;
  const auto count_held_by = [&](Value holder) {
    if (heap.at(holder).escaped || count_in(dropping, holder) != 0 || count_in(holders, holder) != 0) return;
    const Object& object = heap.at(holder);
    if (object.kind == ObjectKind::Frame || object.kind == ObjectKind::Thread || object.kind == ObjectKind::Generator) return;
    holders.push_back(holder);
    found += count_in(object.slots, v);
    if (object.attributes.is_object() && !heap.at(object.attributes).escaped) found += count_in(heap.at(object.attributes).slots, v);
  };
  for (ObjectId id = frame_id_;;) {
    const Object& frame = heap.at(id);
    for (std::size_t i = slot::frame::extra; i < frame.slots.size() && found <= copies; ++i) {
      if (frame.slots[i] == v) ++found;
      else if (frame.slots[i].is_object()) count_held_by(frame.slots[i]);
    }
    if (found > copies) return true;
    const Value back = frame.slots[slot::frame::back];
    if (!back.is_object()) return false;
    id = back.object_id();
  }
}

// Before an instruction, if losing a reference may be noticed. False: the step ends here.
bool Vm::approach_drops(const bytecode::Instruction& instruction) {
  running_code_ = code_;
  running_pc_ = pc_;
  announced_drops_.clear();
  heap.released.clear();
  if (armed_ && sharing_->any_drop_places() && sharing_->is_drop_place(site_in(*code_, pc_))) return false;
  return drops_before(instruction);
}

// What the instruction let go of and drops_before() did not foresee: the content of containers, frames that an exception leaves.
void Vm::note_releases() {
  for (ObjectId id : std::exchange(heap.released, {})) {
    if (heap.at(id).kind == ObjectKind::Free) continue;  // see object_dies()
    if (is_drop_watched(heap.at(id)) && (frame_ == nullptr || !is_held_elsewhere(Value::object(id), 0, {}))) note_late_drop(id);
  }
}

// Is the object held by the place in the base image that held it before there were threads? Then another reference to it is not the last one:
// to drop it reads that place, no more. (Whoever asks has read it, whatever the answer.)
bool Vm::is_anchored(ObjectId id) {
  const state::Heap::Anchor anchor = heap.anchor(id);
  return has_anchor(id) && heap.get_item(anchor.table, anchor.key) == Value::object(id);
}

// True: the step ends here.
bool Vm::read_anchor(ObjectId id) {
  const state::Heap::Anchor anchor = heap.anchor(id);
  return read(anchor.table, anchor.key);
}

// Should the step have ended before the instruction, it will from now on.
void Vm::note_late_drop(ObjectId id) {
  if (std::ranges::find(announced_drops_, id) != announced_drops_.end()) return;
  if (running_code_ == nullptr) return;
  const bool reads_late = has_anchor(id) && read_anchor(id);
  const bool drops_late = !is_anchored(id) && write(id, Part::References);
  const ObjectId dying = is_anchored(id) ? state::no_object : dies_with_callback(heap, id);
  const bool meets_late = dying != state::no_object && write(dying, Part::References);
  if (reads_late || drops_late || meets_late) sharing_->note_drop_place(site_in(*running_code_, running_pc_));
}

// False: the step ends before the instruction, which lets go of references whose loss others may notice.
bool Vm::drops_before(const bytecode::Instruction& instruction) {
  const auto check = [&](Value v, std::span<const Value> dropping) { return !notice_drop(v, count_in(dropping, v), dropping, 0); };
  const auto check_top = [&](std::size_t count) {
    const std::span<const Value> dropping = std::span(frame_->slots).last(count);
    return std::ranges::all_of(dropping, [&](Value v) { return check(v, dropping); });
  };
  switch (instruction.opcode) {
    case Opcode::PopTop: case Opcode::LoadAttr: case Opcode::PopJumpIfFalse: case Opcode::PopJumpIfTrue:
      return check_top(1);
    case Opcode::StoreFast: case Opcode::DeleteFast: {
      const Value v = local(slot::frame::first_local + static_cast<unsigned>(instruction.arg));
      return check(v, std::span(&v, 1));
    }
    case Opcode::IsOp: case Opcode::CompareOp: case Opcode::BinarySubscr: case Opcode::DeleteSubscr:
      return check_top(2);
    case Opcode::CallFunction: case Opcode::CallMethod: {
      // What a builtin is given is dropped when it has run; a Python function keeps its arguments.
      const auto count = static_cast<std::size_t>(instruction.arg) + (instruction.opcode == Opcode::CallMethod ? 1 : 0);
      const Value function = peek(count);
      return heap.is_kind(function, ObjectKind::Function) || heap.is_kind(function, ObjectKind::BoundMethod) || check_top(count + 1);
    }
    case Opcode::ReturnValue:
      return frame_drops_before(peek());
    case Opcode::StoreAttr: {
      const Value owner = peek();
      return !heap.is_kind(owner, ObjectKind::Instance) || check(heap.get_attribute(owner.object_id(), code_->names[static_cast<unsigned>(instruction.arg)]), {});
    }
    default:
      return true;
  }
}

// The same of a frame that is left with this result: all that it holds goes.
bool Vm::frame_drops_before(Value result) {
  const std::span<const Value> held = std::span(frame_->slots).subspan(slot::frame::extra);
  std::vector<Value> dropping;
  std::ranges::copy_if(held, std::back_inserter(dropping), [&](Value v) { return v.is_object() && v != result; });
  for (Value v : dropping) {
    if (notice_drop(v, count_in(held, v), dropping, 0)) return false;
  }
  if (const Value kept = frame_->slots[slot::frame::kept]; kept.is_object()) {
    for (std::size_t i = 0; i < heap.at(kept).slots.size(); ++i) {
      const Value v = heap.at(kept).slots[i];
      if (v != result && notice_drop(v, 0, dropping, 0)) return false;
    }
  }
  return true;
}

// Reports the access to every watched object that goes with v, of whose references in frames `copies` are dropped. True: the step ends here.
bool Vm::notice_drop(Value v, unsigned copies, std::span<const Value> dropping, int depth) {
  if (!v.is_object() || depth > 6) return false;
  const Object& object = heap.at(v);
  if (object.escaped) {
    if (!is_drop_watched(object) || is_held_elsewhere(v, copies, dropping)) return false;
    if (has_anchor(v.object_id())) {
      if (read_anchor(v.object_id())) return true;
      if (is_anchored(v.object_id())) return false;
    }
    if (const ObjectId dying = dies_with_callback(heap, v.object_id()); dying != state::no_object && write(dying, Part::References)) return true;
    announced_drops_.push_back(v.object_id());
    return write(v.object_id(), Part::References);
  }
  if (object.refcount > std::max(copies, 1u) || object.kind == ObjectKind::Frame || object.kind == ObjectKind::Thread) return false;
  // What v holds, v holds: its references count for nothing any more.
  std::vector<Value> with_this(dropping.begin(), dropping.end());
  with_this.push_back(v);
  if (object.attributes.is_object() && notice_drop(object.attributes, 0, with_this, depth + 1)) return true;
  for (std::size_t i = 0; i < heap.at(v).slots.size(); ++i) {
    if (notice_drop(heap.at(v).slots[i], 0, with_this, depth + 1)) return true;
  }
  return false;
}

}  // namespace lockweave::vm
