#include "model/state/heap.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "model/base/check.h"
#include "model/state/sharing.h"

namespace lockweave::state {
namespace {

// Tables with more keys than this get a lookup index; below, a scan is as fast.
constexpr std::size_t index_from = 8;

std::uint64_t mix(std::uint64_t x) {
  x ^= x >> 33;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ x >> 33;
}

bool is_number(Tag tag) {
  return tag == Tag::Int || tag == Tag::BigInt || tag == Tag::Float || tag == Tag::True || tag == Tag::False;
}

}  // namespace

ObjectId Heap::allocate(ObjectKind kind, Value cls, SiteId site, std::size_t slot_count) {
  return allocate_named(kind, cls, site, slot_count, name_creation ? name_creation(kind, site) : 0);
}

ObjectId Heap::allocate_named(ObjectKind kind, Value cls, SiteId site, std::size_t slot_count, CreationId creation) {
  ObjectId id;
  if (!frozen_) {
    id = static_cast<ObjectId>(named_.size());
    named_.push_back(std::make_unique<Object>());
  } else {
    std::uint32_t number;
    if (free_temporaries_.empty()) {
      number = static_cast<std::uint32_t>(temporary_.size());
      temporary_.push_back(std::make_unique<Object>());
    } else {
      number = free_temporaries_.back();
      free_temporaries_.pop_back();
    }
    id = number | temporary_bit;
    live_temporaries_.push_back(id);
  }
  Object& object = at(id);
  object.kind = kind;
  object.cls = cls;
  retain(cls);
  object.attributes = Value();
  object.protector = Value();
  object.site = site;
  object.creation = creation;
  object.escaped = false;
  object.finalized = false;
  object.class_dictionary = false;
  object.weak_head = no_object;
  object.slots.assign(slot_count, Value());
  object.index.reset();
  touch(id, object);
  note_drop(id, object);
  return id;
}

void Heap::mark_dirty(ObjectId id, Object& object) {
  object.dirty = true;
  if (object.class_dictionary) ++class_version_;
  if (!(id & temporary_bit)) dirty_.push_back(id);
}

void Heap::stored_shared(Object& holder, Value v) {
  if (!at(v).escaped) share(v);
  if (any_weak && on_shared_store) on_shared_store(holder, v);
}

void Heap::set(ObjectId id, std::size_t index, Value v) {
  Object& object = at(id);
  touch(id, object);
  const Value old = object.slots[index];
  retain(v);
  object.slots[index] = v;
  stored(object, v);
  release(old);
}

void Heap::append(ObjectId id, Value v) {
  Object& object = at(id);
  touch(id, object);
  retain(v);
  object.slots.push_back(v);
  stored(object, v);
}

void Heap::insert(ObjectId id, std::size_t index, Value v) {
  Object& object = at(id);
  touch(id, object);
  retain(v);
  object.slots.insert(object.slots.begin() + static_cast<std::ptrdiff_t>(index), v);
  object.index.reset();
  stored(object, v);
}

void Heap::erase(ObjectId id, std::size_t first, std::size_t count) {
  Object& object = at(id);
  touch(id, object);
  const auto begin = object.slots.begin() + static_cast<std::ptrdiff_t>(first);
  const auto end = begin + static_cast<std::ptrdiff_t>(count);
  release_all(object.kind, std::span(begin, end));
  object.slots.erase(begin, end);
  object.index.reset();
}

// Lists and tuples let go from their end on, as in CPython (Objects/listobject.c, list_dealloc and list_ass_slice).
void Heap::release_all(ObjectKind kind, std::span<const Value> values) {
  if (kind == ObjectKind::List || kind == ObjectKind::Tuple) {
    for (std::size_t i = values.size(); i > 0; --i) release(values[i - 1]);
  } else {
    for (std::size_t i = 0; i < values.size(); ++i) release(values[i]);
  }
}

void Heap::assign(ObjectId id, std::span<const Value> values) {
  Object& object = at(id);
  touch(id, object);
  for (Value v : values) retain(v);
  std::vector<Value> old(values.begin(), values.end());
  old.swap(object.slots);
  object.index.reset();
  for (Value v : object.slots) stored(object, v);
  release_all(object.kind, old);
}

void Heap::set_class(ObjectId id, Value cls) {
  Object& object = at(id);
  touch(id, object);
  retain(cls);
  std::swap(object.cls, cls);
  stored(object, object.cls);
  release(cls);
}

void Heap::set_attributes(ObjectId id, Value dictionary) {
  Object& object = at(id);
  touch(id, object);
  retain(dictionary);
  std::swap(object.attributes, dictionary);
  stored(object, object.attributes);
  release(dictionary);
}

void Heap::set_protector(ObjectId id, Value lock) {
  Object& object = at(id);
  touch(id, object);
  retain(lock);
  std::swap(object.protector, lock);
  stored(object, object.protector);
  release(lock);
}

void Heap::set_weak_head(ObjectId id, ObjectId head) {
  Object& object = at(id);
  touch(id, object);
  object.weak_head = head;
}

void Heap::set_finalized(ObjectId id) {
  Object& object = at(id);
  touch(id, object);
  object.finalized = true;
}

void Heap::begin_step(const Sharing* watch) {
  release_watch = watch;
  released.clear();
  counted.clear();
  ++step_;
}

void Heap::note_count(ObjectId id, Object& object) {
  object.step = step_;
  if (release_watch->is_watched(object.site)) counted.push_back({id, object.site, object.refcount});
}

void Heap::note_release(ObjectId id, Object& object) {
  if (object.step != step_) note_count(id, object);
  if (release_watch->is_watched(object.site) && std::ranges::find(released, id) == released.end()) released.push_back(id);
}

void Heap::free(ObjectId id) {
  Object& object = at(id);
  LOCKWEAVE_CHECK(object.refcount == 0, "an object that somebody holds is freed");
  touch(id, object);
  release_all(object.kind, object.slots);
  object.slots.clear();
  const Value cls = std::exchange(object.cls, Value());
  const Value attributes = std::exchange(object.attributes, Value());
  release(cls);
  release(attributes);
  release(std::exchange(object.protector, Value()));
  object.kind = ObjectKind::Free;
  object.escaped = false;
  object.finalized = false;
  object.site = 0;
  object.index.reset();
  if (id & temporary_bit) {
    object.dirty = false;
    free_temporaries_.push_back(id & ~temporary_bit);
    live_temporaries_.erase(std::find(live_temporaries_.rbegin(), live_temporaries_.rend(), id).base() - 1);
  }
}

namespace {

// None once the referent is gone.
Value referent_of(const Object& reference) {
  const Value referent = reference.slots[slot::weakref::referent];
  return referent.is(Tag::Weak) ? Value::object(referent.object_id()) : Value::none();
}

ObjectId next_reference(const Object& reference) {
  const Value next = reference.slots[slot::weakref::next];
  return next.is(Tag::Weak) ? next.object_id() : no_object;
}

}  // namespace

void Heap::share(Value first) {
  if (!first.is_object() || at(first).escaped) return;
  std::vector<Value> stack{first};
  while (!stack.empty()) {
    const Value v = stack.back();
    stack.pop_back();
    Object& object = at(v);
    if (object.escaped) continue;
    touch(v.object_id(), object);
    object.escaped = true;
    object.step = step_;  // what nobody else could reach when the step began was not counted among the others
    const auto follow = [&](Value next) {
      if (next.is_object() && !at(next).escaped) stack.push_back(next);
    };
    follow(object.cls);
    follow(object.attributes);
    follow(object.protector);
    // A weak reference gives its referent to whoever calls it, and getweakrefs() the references to it.
    if (object.kind == ObjectKind::WeakRef) follow(referent_of(object));
    for (ObjectId id = object.weak_head; id != no_object; id = next_reference(at(id))) follow(Value::object(id));
    if (object.kind == ObjectKind::Thread) continue;  // its frames are its own
    for (Value next : object.slots) {
      follow(next);
      if (any_weak && on_shared_store && next.is_object()) on_shared_store(object, next);
    }
  }
}

// --- tables

bool Heap::plain_equal(Value a, Value b) const {
  if (a == b) return true;
  if (a.tag() == Tag::Object && b.tag() == Tag::Object) {
    const Object& x = at(a);
    const Object& y = at(b);
    if (x.kind != y.kind) return false;
    if (x.kind == ObjectKind::BoundMethod || x.kind == ObjectKind::BoundBuiltin) return x.slots == y.slots;
    if (x.kind == ObjectKind::WeakRef) {  // equal if what they refer to is the same; id() tokens are one per object anyhow
      const Value referent = x.slots[slot::weakref::referent];
      return referent.is(Tag::Weak) && referent == y.slots[slot::weakref::referent];
    }
    if (x.kind == ObjectKind::FrozenSet) {
      if (x.slots.size() != y.slots.size()) return false;
      return std::all_of(x.slots.begin(), x.slots.end(), [&](Value key) { return scan_keys(y, 1, key) != absent; });
    }
    if (x.kind != ObjectKind::Tuple || x.slots.size() != y.slots.size()) return false;
    for (std::size_t i = 0; i < x.slots.size(); ++i) {
      if (!plain_equal(x.slots[i], y.slots[i])) return false;
    }
    return true;
  }
  if (!is_number(a.tag()) || !is_number(b.tag())) return false;
  const auto to_small = [](Value v) { return v.is(Tag::True) ? 1 : v.is(Tag::False) ? 0 : v.as_int(); };
  const bool a_small = !a.is(Tag::Float) && !a.is(Tag::BigInt);
  const bool b_small = !b.is(Tag::Float) && !b.is(Tag::BigInt);
  if (a_small && b_small) return to_small(a) == to_small(b);
  if (a.is(Tag::Float) && b.is(Tag::Float)) return constants_->number(a) == constants_->number(b);
  if (!a.is(Tag::Float) && !b.is(Tag::Float)) return false;  // both canonical, and different
  const double real = constants_->number(a.is(Tag::Float) ? a : b);
  if (!std::isfinite(real) || real != std::floor(real)) return false;
  return BigInt(real) == constants_->big(a.is(Tag::Float) ? b : a);
}

std::uint64_t Heap::plain_hash(Value v) const {
  switch (v.tag()) {
    case Tag::True: return mix(Value::small_int(1).bits());
    case Tag::False: return mix(Value::small_int(0).bits());
    case Tag::Float: {
      const double real = constants_->number(v);
      if (std::isfinite(real) && real == std::floor(real)) return plain_hash(constants_->integer(BigInt(real)));
      return mix(v.bits());
    }
    case Tag::Object: {
      const Object& object = at(v);
      if (object.kind == ObjectKind::Tuple) {
        std::uint64_t h = 0x345678;
        for (Value item : object.slots) h = mix(h * 1000003 ^ plain_hash(item));
        return h;
      }
      if (object.kind == ObjectKind::FrozenSet) {
        std::uint64_t h = object.slots.size();
        for (Value item : object.slots) h += plain_hash(item);
        return mix(h);
      }
      if (object.kind == ObjectKind::BoundMethod || object.kind == ObjectKind::BoundBuiltin)
        return mix(object.slots[0].bits() ^ object.slots[1].bits());
      if (object.kind == ObjectKind::WeakRef) return 0x77;  // must outlive the referent
      return mix(v.bits());
    }
    default: return mix(v.bits());
  }
}

std::size_t Heap::scan_keys(const Object& object, std::size_t stride, Value key) const {
  const auto& slots = object.slots;
  if (key.is_string() || key.is(Tag::Opaque)) {
    for (std::size_t i = 0; i < slots.size(); i += stride) {
      if (slots[i] == key) return i;
    }
    return absent;
  }
  for (std::size_t i = 0; i < slots.size(); i += stride) {
    if (plain_equal(slots[i], key)) return i;
  }
  return absent;
}

void Heap::build_index(Object& object, std::size_t stride) {
  const std::size_t keys = object.slots.size() / stride;
  auto index = std::make_unique<KeyIndex>();
  index->table.assign(std::bit_ceil(keys * 2 + 2), 0);
  const std::size_t mask = index->table.size() - 1;
  for (std::size_t k = 0; k < keys; ++k) {
    std::size_t at_table = plain_hash(object.slots[k * stride]) & mask;
    while (index->table[at_table] != 0) at_table = (at_table + 1) & mask;
    index->table[at_table] = static_cast<std::uint32_t>(k + 1);
  }
  object.index = std::move(index);
}

std::size_t Heap::find_key(ObjectId table, Value key) {
  Object& object = at(table);
  const std::size_t stride = stride_of(object);
  if (object.slots.size() / stride <= index_from) return scan_keys(object, stride, key);
  if (!object.index) build_index(object, stride);
  const auto& slots = object.index->table;
  const std::size_t mask = slots.size() - 1;
  for (std::size_t i = plain_hash(key) & mask; slots[i] != 0; i = (i + 1) & mask) {
    const std::size_t position = (slots[i] - 1) * stride;
    if (object.slots[position] == key || plain_equal(object.slots[position], key)) return position;
  }
  return absent;
}

Value Heap::get_item(ObjectId dict, Value key) {
  const std::size_t i = find_key(dict, key);
  return i == absent ? Value() : at(dict).slots[i + 1];
}

void Heap::set_item(ObjectId dict, Value key, Value v) {
  const std::size_t i = find_key(dict, key);
  if (i != absent) {
    set(dict, i + 1, v);
    return;
  }
  Object& object = at(dict);
  if (object.index && (object.slots.size() / 2 + 1) * 2 < object.index->table.size()) {
    auto& slots = object.index->table;
    const std::size_t mask = slots.size() - 1;
    std::size_t at_table = plain_hash(key) & mask;
    while (slots[at_table] != 0) at_table = (at_table + 1) & mask;
    slots[at_table] = static_cast<std::uint32_t>(object.slots.size() / 2 + 1);
  } else {
    object.index.reset();
  }
  append(dict, key);
  append(dict, v);
}

bool Heap::delete_item(ObjectId dict, Value key) {
  const std::size_t i = find_key(dict, key);
  if (i == absent) return false;
  erase(dict, i, 2);
  return true;
}

bool Heap::add_key(ObjectId set, Value key) {
  if (find_key(set, key) != absent) return false;
  at(set).index.reset();
  append(set, key);
  return true;
}

bool Heap::delete_key(ObjectId set, Value key) {
  const std::size_t i = find_key(set, key);
  if (i == absent) return false;
  erase(set, i, 1);
  return true;
}

std::size_t Heap::table_size(ObjectId table) const {
  const Object& object = at(table);
  return object.slots.size() / stride_of(object);
}

// --- attributes

Value Heap::get_attribute(ObjectId instance, Value name) {
  Object& object = at(instance);
  if (!object.attributes.is_unset()) return get_item(object.attributes.object_id(), name);
  if (object.kind != ObjectKind::Instance) return Value();
  for (std::size_t i = 0; i < object.slots.size(); i += 2) {
    if (object.slots[i] == name) return object.slots[i + 1];
  }
  return Value();
}

void Heap::set_attribute(ObjectId instance, Value name, Value v) {
  Object& object = at(instance);
  if (object.attributes.is_unset() && object.kind == ObjectKind::Instance) {
    for (std::size_t i = 0; i < object.slots.size(); i += 2) {
      if (object.slots[i] == name) return set(instance, i + 1, v);
    }
    append(instance, name);
    append(instance, v);
    return;
  }
  set_item(attribute_dictionary(instance), name, v);
}

bool Heap::delete_attribute(ObjectId instance, Value name) {
  Object& object = at(instance);
  if (!object.attributes.is_unset()) return delete_item(object.attributes.object_id(), name);
  if (object.kind != ObjectKind::Instance) return false;
  for (std::size_t i = 0; i < object.slots.size(); i += 2) {
    if (object.slots[i] == name) {
      erase(instance, i, 2);
      return true;
    }
  }
  return false;
}

ObjectId Heap::attribute_dictionary(ObjectId instance) {
  Object& object = at(instance);
  if (!object.attributes.is_unset()) return object.attributes.object_id();
  // It takes the place of the object where locations are told: attributes do not become others.
  const CreationId creation = instance < base_limit_ && name_part_of ? name_part_of(instance) : object.creation;
  const ObjectId dict = allocate_named(ObjectKind::Dict, Value(Tag::Type, 12), object.site, 0, creation);  // 12: checked against TypeId::Dict in vm/
  Object& owner = at(instance);
  if (owner.kind == ObjectKind::Instance) {
    assign(dict, owner.slots);
    erase(instance, 0, at(instance).slots.size());
  }
  set_attributes(instance, Value::object(dict));
  return dict;
}

// --- base image

void Heap::copy_base(const Heap& other) {
  for (ObjectId id = 0; id < other.base_limit_; ++id) named_.push_back(std::make_unique<Object>(*other.named_[id]));
  base_limit_ = other.base_limit_;
  anchors_ = other.anchors_;
  frozen_ = true;
  class_version_ = other.class_version_;
  any_weak = true;  // the other will have had one when it matters
}

void Heap::freeze_base() {
  frozen_ = true;
  base_limit_ = static_cast<ObjectId>(named_.size());
  anchors_.assign(base_limit_, {});
  for (ObjectId table = 1; table < base_limit_; ++table) {
    if (!named_[table] || named_[table]->kind != ObjectKind::Dict || !named_[table]->escaped) continue;
    const auto& slots = named_[table]->slots;
    for (std::size_t i = 0; i + 1 < slots.size(); i += 2) {
      if (!slots[i].is_string() || !slots[i + 1].is_object()) continue;
      if (Anchor& anchor = anchors_[slots[i + 1].object_id()]; anchor.table == 0) anchor = {table, slots[i]};
    }
  }
}

Object& Heap::ensure_named(ObjectId id) {
  while (named_.size() <= id) named_.push_back(nullptr);
  if (!named_[id]) named_[id] = std::make_unique<Object>();
  return *named_[id];
}

void Heap::for_each(const std::function<void(ObjectId)>& visit) const {
  for (ObjectId id = 0; id < named_.size(); ++id) {
    if (named_[id] && named_[id]->kind != ObjectKind::Free) visit(id);
  }
  for (ObjectId id : live_temporaries_) {
    if (at(id).kind != ObjectKind::Free) visit(id);
  }
}

void Heap::unload(ObjectId id) {
  Object& object = at(id);
  // No sweep: whoever unloads replaces the whole state, and counts come out right at its end.
  const auto let_go = [this](Value v) { if (v.is_object()) --at(v).refcount; };
  let_go(object.cls);
  let_go(object.attributes);
  let_go(object.protector);
  for (Value v : object.slots) let_go(v);
  object.cls = Value();
  object.attributes = Value();
  object.protector = Value();
  object.slots.clear();
  object.kind = ObjectKind::Free;
  object.index.reset();
  object.part = 0;
  object.dirty = false;
  object.escaped = false;
  object.finalized = false;
  if (object.class_dictionary) ++class_version_;
  object.class_dictionary = false;
  object.weak_head = no_object;
}

void Heap::recycle_temporaries() {
  for (ObjectId id : live_temporaries_) {
    at(id).dirty = false;
    at(id).dropped = false;
    free_temporaries_.push_back(id & ~temporary_bit);
  }
  live_temporaries_.clear();
}

}  // namespace lockweave::state
