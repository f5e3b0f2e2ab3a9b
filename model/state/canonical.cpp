#include "model/state/canonical.h"

#include <xxhash.h>

#include <algorithm>
#include <cstring>
#include <numeric>

#include "model/base/check.h"

namespace lockweave::state {
namespace {

// Labels of paths other than slot numbers.
constexpr std::uint64_t label_class = ~std::uint64_t{0};
constexpr std::uint64_t label_attributes = ~std::uint64_t{1};
constexpr std::uint64_t label_weak = ~std::uint64_t{2};
constexpr std::uint64_t label_weak_head = ~std::uint64_t{3};
constexpr std::uint64_t label_thread = std::uint64_t{1} << 48;

constexpr std::size_t header_words = 4;

constexpr std::uint64_t flag_escaped = 1 << 8;
constexpr std::uint64_t flag_finalized = 1 << 9;
constexpr std::uint64_t flag_class_dictionary = 1 << 10;

std::uint32_t hash_pair(std::uint32_t a, std::uint64_t b) {
  std::uint64_t x = (b + 0x9e3779b97f4a7c15ULL) ^ std::uint64_t{a} * 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  return static_cast<std::uint32_t>(x ^ x >> 32);
}

bool is_table(ObjectKind kind) {
  return kind == ObjectKind::Dict || kind == ObjectKind::Set || kind == ObjectKind::FrozenSet;
}

std::size_t table_stride(const Object& object) { return object.kind == ObjectKind::Dict ? 2 : 1; }

}  // namespace

// --- names

void PathNames::start_at(ObjectId first) {
  first_ = first;
  paths_.clear();
  table_.assign(1024, 0);
}

void PathNames::grow() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (std::size_t p = 0; p < paths_.size(); ++p) {
    std::size_t i = hash_pair(paths_[p].parent, paths_[p].label) & mask;
    while (table_[i] != 0) i = (i + 1) & mask;
    table_[i] = static_cast<std::uint32_t>(p + 1);
  }
}

ObjectId PathNames::child(ObjectId parent, std::uint64_t label) {
  const std::size_t mask = table_.size() - 1;
  std::size_t i = hash_pair(parent, label) & mask;
  for (; table_[i] != 0; i = (i + 1) & mask) {
    const Path& path = paths_[table_[i] - 1];
    if (path.parent == parent && path.label == label) return first_ + table_[i] - 1;
  }
  paths_.push_back({parent, label});
  table_[i] = static_cast<std::uint32_t>(paths_.size());
  const auto name = static_cast<ObjectId>(first_ + paths_.size() - 1);
  if (paths_.size() * 2 > table_.size()) grow();
  return name;
}

std::size_t PathNames::bytes() const { return paths_.capacity() * sizeof(Path) + table_.capacity() * sizeof(std::uint32_t); }

// --- parts

void Parts::grow() {
  table_.assign(table_.empty() ? 4096 : table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (std::size_t p = 1; p < arena_.size(); ++p) {
    std::size_t i = arena_[p].hash & mask;
    while (table_[i] != 0) i = (i + 1) & mask;
    table_[i] = static_cast<std::uint32_t>(p);
  }
}

std::uint32_t Parts::intern(std::span<const std::uint64_t> words) {
  if (arena_.size() * 2 > table_.size()) grow();
  const auto hash = static_cast<std::uint32_t>(XXH3_64bits(words.data(), words.size_bytes()));
  const std::size_t mask = table_.size() - 1;
  std::size_t i = hash & mask;
  for (; table_[i] != 0; i = (i + 1) & mask) {
    const Row& row = arena_[table_[i]];
    if (row.hash == hash && row.size == words.size() && std::memcmp(row.data, words.data(), words.size_bytes()) == 0) return table_[i];
  }
  if (block_used_ + words.size() > block_size_) {
    block_size_ = std::max<std::size_t>(words.size(), std::size_t{1} << 16);
    blocks_.push_back(std::make_unique<std::uint64_t[]>(block_size_));
    bytes_ += block_size_ * sizeof(std::uint64_t);
    block_used_ = 0;
  }
  std::uint64_t* data = blocks_.back().get() + block_used_;
  std::memcpy(data, words.data(), words.size_bytes());
  block_used_ += words.size();
  arena_.push_back({data, static_cast<std::uint32_t>(words.size()), hash});
  table_[i] = static_cast<std::uint32_t>(arena_.size() - 1);
  return table_[i];
}

std::size_t Parts::bytes() const { return bytes_ + arena_.capacity() * sizeof(Row) + table_.capacity() * sizeof(std::uint32_t); }

// --- walk

void Canonical::reach(ObjectId id, ObjectId parent, std::uint64_t label) {
  Object& object = heap_->at(id);
  if (object.walk == epoch_) return;
  object.walk = epoch_;
  object.canonical = names_->child(parent, label);
  queue_.push_back(id);
}

void Canonical::sorted_pairs(const Object& object, std::size_t stride) {
  const std::size_t keys = object.slots.size() / stride;
  order_.resize(keys);
  std::iota(order_.begin(), order_.end(), 0u);
  if (natural_order_ || sharing_->tracks_order(object.site)) return;
  const auto rank = [&](std::uint32_t i) {
    const Value key = object.slots[i * stride];
    return key.is_object() ? ~std::uint64_t{0} : key.bits();
  };
  bool sorted = true;
  for (std::size_t k = 1; k < keys && sorted; ++k) sorted = rank(static_cast<std::uint32_t>(k - 1)) <= rank(static_cast<std::uint32_t>(k));
  if (!sorted) std::stable_sort(order_.begin(), order_.end(), [&](auto a, auto b) { return rank(a) < rank(b); });
}

void Canonical::walk_table(ObjectId name, const Object& object, std::size_t stride) {
  sorted_pairs(object, stride);
  for (std::size_t k = 0; k < order_.size(); ++k) {
    const Value key = object.slots[order_[k] * stride];
    const std::uint64_t label = key.is_object() ? k | std::uint64_t{1} << 60 : key.bits();
    if (key.is_object()) reach(key, name, label | std::uint64_t{1} << 61);
    if (stride == 2) reach(object.slots[order_[k] * stride + 1], name, label);
  }
}

void Canonical::walk(ObjectId id) {
  const Object& object = heap_->at(id);
  const ObjectId name = id < heap_->base_limit() ? id : object.canonical;
  reach(object.cls, name, label_class);
  reach(object.attributes, name, label_attributes);
  if (object.weak_head != no_object || object.kind == ObjectKind::WeakRef) weak_.push_back(id);
  if (is_table(object.kind)) {
    walk_table(name, object, table_stride(object));
  } else if (object.kind == ObjectKind::Root) {
    for (std::size_t i = 0; i < slot::root::threads; ++i) reach(object.slots[i], name, i);
    for (std::size_t i = slot::root::threads; i + 1 < object.slots.size(); i += 2) reach(object.slots[i + 1], name, label_thread | object.slots[i].bits() >> 8);
  } else {
    const std::size_t count = object.slots.size();
    for (std::size_t i = 0; i < count; ++i) reach(object.slots[i], name, i);
  }
}

std::uint64_t Canonical::named(Value v) const {
  if (!v.is_object() && !v.is(Tag::Weak)) return v.bits();
  const ObjectId id = v.object_id();
  return id < heap_->base_limit() ? v.bits() : Value(v.tag(), heap_->at(id).canonical).bits();
}

bool Canonical::names_hold(ObjectId id, const Object& object) const {
  const ObjectId base = heap_->base_limit();
  if (id >= base && object.canonical != id) return false;
  const auto holds = [&](Value v) {
    if (!v.is_object() && !v.is(Tag::Weak)) return true;
    const ObjectId other = v.object_id();
    return other < base || heap_->at(other).canonical == other;
  };
  if (!holds(object.cls) || !holds(object.attributes)) return false;
  if (object.weak_head != no_object && !holds(Value::object(object.weak_head))) return false;
  return std::all_of(object.slots.begin(), object.slots.end(), holds);
}

std::uint32_t Canonical::make_part(ObjectId id, Object& object) {
  const ObjectId name = id < heap_->base_limit() ? id : object.canonical;
  scratch_.clear();
  scratch_.push_back(std::uint64_t{object.site} << 32 | name);
  const std::uint64_t weak = object.weak_head == no_object ? no_object : named(Value::object(object.weak_head)) >> 8;
  std::uint64_t flags = static_cast<std::uint64_t>(object.kind);
  if (object.escaped) flags |= flag_escaped;
  if (object.finalized) flags |= flag_finalized;
  if (object.class_dictionary) flags |= flag_class_dictionary;
  scratch_.push_back(weak << 32 | flags);
  scratch_.push_back(named(object.cls));
  scratch_.push_back(named(object.attributes));
  if (is_table(object.kind)) {
    const std::size_t stride = table_stride(object);
    sorted_pairs(object, stride);
    for (std::uint32_t k : order_) {
      for (std::size_t j = 0; j < stride; ++j) scratch_.push_back(named(object.slots[k * stride + j]));
    }
  } else {
    for (Value v : object.slots) scratch_.push_back(named(v));
  }
  return parts_->intern(scratch_);
}

std::uint32_t Canonical::part_of(ObjectId id) {
  Object& object = heap_->at(id);
  const bool hold = names_hold(id, object);
  if (!object.dirty && object.part != 0 && hold) return object.part;
  const std::uint32_t part = make_part(id, object);
  if (hold) {
    object.part = part;
    object.dirty = false;
  } else {
    object.dirty = true;
    object.part = 0;
  }
  return part;
}

void Canonical::encode(std::vector<std::uint32_t>& words) {
  ++epoch_;
  queue_.clear();
  weak_.clear();
  candidates_ = changed_base_;
  for (ObjectId id : heap_->dirty()) {
    if (id < heap_->base_limit()) candidates_.push_back(id);
  }
  candidates_.push_back(0);
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
  changed_base_ = candidates_;

  // The root last: what is reachable from global data is named from there, and only what is private from its thread.
  for (std::size_t i = 1; i < candidates_.size(); ++i) walk(candidates_[i]);
  walk(candidates_[0]);
  std::size_t next = 0;
  std::size_t next_weak = 0;
  for (;;) {
    for (; next < queue_.size(); ++next) walk(queue_[next]);
    if (next_weak == weak_.size()) break;
    // What only weak references lead to: alive, but held by nothing that the program can reach otherwise.
    const ObjectId id = weak_[next_weak++];
    const Object& object = heap_->at(id);
    const ObjectId name = id < heap_->base_limit() ? id : object.canonical;
    const auto reach_weakly = [&](ObjectId target, std::uint64_t label) {
      if (target >= heap_->base_limit() && target != no_object) reach(target, name, label);
    };
    if (object.kind == ObjectKind::WeakRef) {
      if (object.slots[slot::weakref::referent].is(Tag::Weak)) reach_weakly(object.slots[slot::weakref::referent].object_id(), label_weak);
      if (object.slots[slot::weakref::next].is(Tag::Weak)) reach_weakly(object.slots[slot::weakref::next].object_id(), label_weak_head);
    }
    reach_weakly(object.weak_head, label_weak_head);
  }

  words.clear();
  for (ObjectId id : candidates_) {
    const std::uint32_t part = part_of(id);
    if (part != base_parts_[id]) words.push_back(part);
  }
  for (ObjectId id : queue_) words.push_back(part_of(id));
}

void Canonical::load(ObjectId id, std::uint32_t part) {
  Object& object = heap_->ensure_named(id);
  heap_->unload(id);
  const std::span<const std::uint64_t> words = parts_->words(part);
  object.site = static_cast<SiteId>(words[0] >> 32);
  object.kind = static_cast<ObjectKind>(words[1] & 0xff);
  object.escaped = words[1] & flag_escaped;
  object.finalized = words[1] & flag_finalized;
  object.class_dictionary = words[1] & flag_class_dictionary;
  if (object.class_dictionary) heap_->bump_class_version();
  object.weak_head = static_cast<ObjectId>(words[1] >> 32);
  object.part = part;
  object.dirty = false;
  const auto take = [this](std::uint64_t bits) {
    const Value v = Value::from_bits(bits);
    if (v.is_object()) ++heap_->ensure_named(v.object_id()).refcount;
    return v;
  };
  object.cls = take(words[2]);
  object.attributes = take(words[3]);
  object.slots.resize(words.size() - header_words);
  for (std::size_t i = header_words; i < words.size(); ++i) object.slots[i - header_words] = take(words[i]);
}

void Canonical::restore(std::span<const std::uint32_t> words) {
  ++epoch_;
  for (std::uint32_t part : words) heap_->ensure_named(static_cast<ObjectId>(parts_->words(part)[0])).walk = epoch_;
  for (ObjectId id : heap_->temporaries()) {
    if (heap_->at(id).kind != ObjectKind::Free) heap_->unload(id);
  }
  heap_->recycle_temporaries();
  for (ObjectId id : loaded_) {
    Object& object = heap_->at(id);
    if (object.walk != epoch_ && object.kind != ObjectKind::Free) heap_->unload(id);
    if (object.walk != epoch_) object.part = 0;
  }
  const auto back_to_base = [&](ObjectId id) {
    Object& object = heap_->at(id);
    if (object.walk != epoch_ && (object.dirty || object.part != base_parts_[id])) load_base(id);
  };
  for (ObjectId id : changed_base_) back_to_base(id);
  for (ObjectId id : heap_->dirty()) {
    if (id < heap_->base_limit()) back_to_base(id);
  }
  loaded_.clear();
  changed_base_.clear();
  for (std::uint32_t part : words) {
    const auto id = static_cast<ObjectId>(parts_->words(part)[0]);
    const Object& object = heap_->at(id);
    if (object.dirty || object.part != part) load(id, part);
    (id < heap_->base_limit() ? changed_base_ : loaded_).push_back(id);
  }
  heap_->forget_dirty();
}

void Canonical::load_base(ObjectId id) {
  load(id, base_natural_[id]);
  heap_->at(id).part = base_parts_[id];
}

void Canonical::freeze() {
  heap_->freeze_base();
  names_->start_at(heap_->base_limit());
  base_natural_.assign(heap_->base_limit(), 0);
  natural_order_ = true;
  for (ObjectId id = 0; id < heap_->base_limit(); ++id) base_natural_[id] = make_part(id, heap_->at(id));
  natural_order_ = false;
  rebase();
}

void Canonical::rebase() {
  if (!base_parts_.empty()) restore({});
  base_parts_.assign(heap_->base_limit(), 0);
  for (ObjectId id = 0; id < heap_->base_limit(); ++id) {
    Object& object = heap_->at(id);
    base_parts_[id] = make_part(id, object);
    object.part = base_parts_[id];
    object.dirty = false;
  }
  heap_->forget_dirty();
}

}  // namespace lockweave::state
