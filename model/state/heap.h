// The working heap: the one state a cursor stands in, as mutable objects.
//
// References are counted. A count that reaches zero does not free at once: the object goes on a list that is swept
// when the running instruction has ended (Vm::sweep), which is where CPython's own drop is seen from outside. So a
// value held only by a C++ variable is safe within one instruction, and no handle class is needed.
//
// Between steps the heap is `at rest`: every dynamic object's number is its canonical name (canonical.h). Objects made
// during a step get temporary numbers (temporary_bit) until the state is encoded and restored.
// Objects made before the threads of the program start are `base` objects: numbers below base_limit, kept loaded.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "model/state/constants.h"
#include "model/state/object.h"

namespace lockweave::state {

class Sharing;

inline constexpr ObjectId temporary_bit = 0x80000000u;

class Heap {
 public:
  explicit Heap(Constants& constants) : constants_(&constants) {}
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  Constants& constants() const { return *constants_; }

  Object& at(ObjectId id) { return (id & temporary_bit) ? *temporary_[id & ~temporary_bit] : *named_[id]; }
  const Object& at(ObjectId id) const { return const_cast<Heap*>(this)->at(id); }
  Object& at(Value v) { return at(v.object_id()); }
  const Object& at(Value v) const { return at(v.object_id()); }
  bool is_kind(Value v, ObjectKind kind) const { return v.is_object() && at(v).kind == kind; }

  // A new object with no reference to it; on the drop list until somebody stores it.
  ObjectId allocate(ObjectKind kind, Value cls, SiteId site, std::size_t slot_count = 0);

  void retain(Value v) {
    if (!v.is_object()) return;
    Object& object = at(v);
    if (object.escaped && release_watch != nullptr && object.step != step_) note_count(v.object_id(), object);
    ++object.refcount;
  }
  void release(Value v) {
    if (!v.is_object()) return;
    Object& object = at(v);
    if (object.release_matters && object.refcount <= object.rest_refcount) released_low.push_back(v.object_id());
    if (object.escaped && release_watch != nullptr) note_release(v.object_id(), object);
    if (--object.refcount == 0) note_drop(v.object_id(), object);
  }

  // Gives objects names by who made them, while it is set.
  std::function<CreationId(ObjectKind kind, SiteId site)> name_creation;
  std::function<CreationId(ObjectId base)> name_part_of;

  // Every change of an object's content goes through one of these: they count references, mark the object as
  // changed, and let what becomes reachable from a shared object be shared.
  void set(ObjectId id, std::size_t index, Value v);
  void append(ObjectId id, Value v);
  void insert(ObjectId id, std::size_t index, Value v);
  void erase(ObjectId id, std::size_t first, std::size_t count = 1);
  void assign(ObjectId id, std::span<const Value> values);
  void clear(ObjectId id) { erase(id, 0, at(id).slots.size()); }
  void set_class(ObjectId id, Value cls);
  void set_attributes(ObjectId id, Value dictionary);
  void set_protector(ObjectId id, Value lock);
  void set_weak_head(ObjectId id, ObjectId head);
  void set_finalized(ObjectId id);
  void touch(ObjectId id) { touch(id, at(id)); }  // about to change some other way

  // The running frame's operand stack: no barrier but the count (frames are private; see share()).
  void push(Object& frame, Value v) { retain(v); frame.slots.push_back(v); }
  void drop_top(Object& frame) { Value v = frame.slots.back(); frame.slots.pop_back(); release(v); }

  // Tables (Dict: stride 2, Set and FrozenSet: stride 1). Keys are compared as Python compares plain values; an
  // instance whose class defines __eq__ is compared by identity here (the VM takes a slow path before).
  static constexpr std::size_t absent = static_cast<std::size_t>(-1);
  std::size_t find_key(ObjectId table, Value key);     // index of the key in slots, or absent
  Value get_item(ObjectId dict, Value key);            // Unset if absent
  void set_item(ObjectId dict, Value key, Value v);
  bool delete_item(ObjectId dict, Value key);
  bool add_key(ObjectId set, Value key);               // false if there
  bool delete_key(ObjectId set, Value key);
  std::size_t table_size(ObjectId table) const;

  // Attributes of an Instance: inline pairs, or its dictionary.
  Value get_attribute(ObjectId instance, Value name);
  void set_attribute(ObjectId instance, Value name, Value v);
  bool delete_attribute(ObjectId instance, Value name);
  ObjectId attribute_dictionary(ObjectId instance);    // makes it if needed (Instance: moves the inline pairs there)

  bool plain_equal(Value a, Value b) const;
  std::uint64_t plain_hash(Value v) const;

  // Marks v and all that is reachable from it as shared. Frames of a running thread are not entered.
  void share(Value v);

  // Drop list: objects whose count reached zero (or that are new) since the last take_drops.
  bool has_drops() const { return !drops_.empty(); }
  void take_drops(std::vector<ObjectId>& out) { out.swap(drops_); drops_.clear(); }
  void note_drop(ObjectId id, Object& object) { if (!object.dropped) { object.dropped = true; drops_.push_back(id); } }
  // Releases what the object holds and gives the number back. Requires: refcount 0, weak references cleared.
  void free(ObjectId id);

  // Base image and at-rest loading; used by canonical.h and machine.cpp only.
  ObjectId base_limit() const { return base_limit_; }
  void freeze_base();
  // Where a table of the base image held the object when it was frozen: while that place still does, nobody else's reference to it is the last.
  struct Anchor {
    ObjectId table = 0;  // a dictionary; 0 if there is none
    Value key;
  };
  Anchor anchor(ObjectId id) const { return id < anchors_.size() ? anchors_[id] : Anchor{}; }
  // Requires: this heap is empty, the other is frozen and stands at its base image.
  void copy_base(const Heap& other);
  Object& ensure_named(ObjectId id);
  void unload(ObjectId id);
  void recycle_temporaries();
  const std::vector<ObjectId>& dirty() const { return dirty_; }
  const std::vector<ObjectId>& temporaries() const { return live_temporaries_; }
  void forget_dirty() { dirty_.clear(); }
  std::uint64_t class_version() const { return class_version_; }  // changes whenever a class or its dictionary may have
  void bump_class_version() { ++class_version_; }
  std::vector<ObjectId> released_low;  // objects with release_matters that have had fewer references than in the state last restored
  // While set: objects that other threads may reach, from places that are watched there, are listed when a reference to them goes, and with the
  // references that they had when the step began.
  const Sharing* release_watch = nullptr;
  std::vector<ObjectId> released;
  struct Count {
    ObjectId id = 0;
    SiteId site = 0;
    std::uint32_t references = 0;
  };
  std::vector<Count> counted;
  // A step begins. `watch`: see release_watch.
  void begin_step(const Sharing* watch);
  bool any_weak = false;   // some object has had a weak reference with a callback, or a finaliser

  // Every object in use, in order of numbers.
  void for_each(const std::function<void(ObjectId)>& visit) const;

  // Called when a reference to `v` is stored in a shared object; lets Sharing learn who holds watched objects.
  std::function<void(const Object& holder, Value v)> on_shared_store;

 private:
  void note_release(ObjectId id, Object& object);
  void note_count(ObjectId id, Object& object);
  ObjectId allocate_named(ObjectKind kind, Value cls, SiteId site, std::size_t slot_count, CreationId creation);
  void release_all(ObjectKind kind, std::span<const Value> values);
  void touch(ObjectId id, Object& object) {
    if (!object.dirty) mark_dirty(id, object);
  }
  void mark_dirty(ObjectId id, Object& object);
  void stored(Object& holder, Value v) {
    if (holder.escaped && v.is_object()) stored_shared(holder, v);
  }
  void stored_shared(Object& holder, Value v);
  std::size_t scan_keys(const Object& object, std::size_t stride, Value key) const;
  void build_index(Object& object, std::size_t stride);
  static std::size_t stride_of(const Object& object) { return object.kind == ObjectKind::Dict ? 2 : 1; }

  Constants* constants_;
  std::vector<std::unique_ptr<Object>> named_;
  std::vector<std::unique_ptr<Object>> temporary_;
  std::vector<std::uint32_t> free_temporaries_;
  std::vector<ObjectId> live_temporaries_;
  std::vector<ObjectId> drops_;
  std::vector<ObjectId> dirty_;
  std::vector<Value> walk_;
  ObjectId base_limit_ = 0;
  std::vector<Anchor> anchors_;
  bool frozen_ = false;
  std::uint64_t class_version_ = 1;
  std::uint64_t step_ = 0;
};

}  // namespace lockweave::state
