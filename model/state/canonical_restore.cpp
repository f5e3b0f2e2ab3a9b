// Canonical: the base image, and the heap put back into a state.
#include <algorithm>

#include "model/state/canonical.h"

namespace lockweave::state {
namespace {

bool stays_private(ObjectKind kind) {
  return kind == ObjectKind::BoundMethod || kind == ObjectKind::BoundBuiltin || kind == ObjectKind::Iterator || kind == ObjectKind::Tuple ||
         kind == ObjectKind::Generator || kind == ObjectKind::Frame;
}

}  // namespace

void Canonical::freeze() {
  heap_->freeze_base();
  names_->start_at(heap_->base_limit());
  base_natural_.assign(heap_->base_limit(), 0);
  natural_order_ = true;
  for (ObjectId id = 0; id < heap_->base_limit(); ++id) {
    base_natural_[id] = make_part(id, heap_->at(id));
    heap_->at(id).section = id == 0 ? root_section : global_section;
  }
  natural_order_ = false;
  base_references_.assign(heap_->base_limit(), 0);
  for (ObjectId id = 0; id < heap_->base_limit(); ++id) {
    for (const std::uint64_t bits : parts_->words(base_natural_[id]).subspan(part_word::of_class)) {
      if (const Value v = Value::from_bits(bits); v.is_object()) ++base_references_[v.object_id()];
    }
  }
  const Object& root = heap_->at(0);
  std::uint32_t section = first_thread_section;
  for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2, ++section) {
    const ObjectId thread = root.slots[i + 1].object_id();
    const auto owner = static_cast<std::uint32_t>(root.slots[i].as_int()) + 1;
    heap_->at(thread).section = section;
    names_->set_base_owner(thread, owner, true);
    for (ObjectId id : private_base_objects(thread)) {
      heap_->at(id).section = section;
      names_->set_base_owner(id, owner, false);
    }
  }
  rebase();
}

// The thread's frames, and what nothing else refers to of what a program hardly ever hands on.
std::vector<ObjectId> Canonical::private_base_objects(ObjectId thread) {
  std::vector<ObjectId> found;
  std::vector<std::uint32_t> seen(heap_->base_limit(), 0);  // references met so far
  const auto take_when_all_met = [&](Value v) {
    if (v.is_object() && stays_private(heap_->at(v).kind) && ++seen[v.object_id()] == base_references_[v.object_id()] && heap_->at(v).refcount == base_references_[v.object_id()])
      found.push_back(v.object_id());
  };
  const Value top = heap_->at(thread).slots[slot::thread::frame];
  for (Value frame = top; frame.is_object(); frame = heap_->at(frame).slots[slot::frame::back]) {
    seen[frame.object_id()] = base_references_[frame.object_id()];  // whoever refers to it, it is the thread's
    found.push_back(frame.object_id());
  }
  for (std::size_t next = 0; next < found.size(); ++next) {
    const Object& object = heap_->at(found[next]);
    take_when_all_met(object.attributes);
    for (Value v : object.slots) take_when_all_met(v);
  }
  return found;
}

void Canonical::rebase() {
  if (!base_parts_.empty()) restore({});
  base_parts_.assign(heap_->base_limit(), 0);
  for (ObjectId id = 0; id < heap_->base_limit(); ++id) {
    Object& object = heap_->at(id);
    base_parts_[id] = make_part(id, object);
    object.part = object.rest_part = base_parts_[id];
    object.dirty = false;
  }
  heap_->forget_dirty();
}

void Canonical::load(ObjectId id, std::uint32_t part) {
  Object& object = heap_->ensure_named(id);
  const std::span<const std::uint64_t> words = parts_->words(part);
  const bool was_class_dictionary = object.class_dictionary;
  object.site = static_cast<SiteId>(words[part_word::name] >> 32);
  object.kind = part_word::kind(words[part_word::header]);
  object.creation = part_word::creation(words[part_word::header]);
  object.escaped = words[part_word::header] & part_word::escaped;
  object.finalized = words[part_word::header] & part_word::finalized;
  object.class_dictionary = words[part_word::header] & part_word::class_dictionary;
  if (object.class_dictionary || was_class_dictionary) heap_->bump_class_version();
  object.weak_head = part_word::weak_head(words[part_word::header]);
  object.canonical = id;
  object.dirty = false;
  object.index.reset();
  const auto replace = [this](Value& place, std::uint64_t bits) {
    if (place.bits() == bits) return;
    const Value v = Value::from_bits(bits);
    if (v.is_object()) ++heap_->ensure_named(v.object_id()).refcount;
    if (place.is_object()) --heap_->at(place).refcount;
    place = v;
  };
  replace(object.cls, words[part_word::of_class]);
  replace(object.attributes, words[part_word::attributes]);
  replace(object.protector, words[part_word::protector]);
  const std::size_t size = words.size() - part_word::first_slot;
  for (std::size_t i = size; i < object.slots.size(); ++i) replace(object.slots[i], 0);
  object.slots.resize(size);
  for (std::size_t i = 0; i < size; ++i) replace(object.slots[i], words[part_word::first_slot + i]);
}

// Makes the object what it is in the state being restored.
void Canonical::settle(ObjectId id) {
  Object& object = heap_->ensure_named(id);
  if (!object.dirty && object.part == object.rest_part) return;
  if (object.rest_part == 0) {
    if (object.kind != ObjectKind::Free) heap_->unload(id);
    object.part = 0;
    object.dirty = false;
    return;
  }
  load(id, is_base(id) && object.rest_part == base_parts_[id] ? base_natural_[id] : object.rest_part);
  object.part = object.rest_part;
}

void Canonical::restore_section(std::uint32_t section, std::uint32_t number) {
  Section& rest = rest_[section];
  if (rest.number == number) return;
  rest.number = number;
  if (section == root_section) {
    list_.assign(number == 0 ? 0 : 1, number);
  } else {
    lists_->expand(number, list_);
  }
  const auto [old_first, new_first] = std::ranges::mismatch(rest.parts, list_);
  auto old_end = rest.parts.end();
  auto new_end = list_.end();
  while (old_end != old_first && new_end != new_first && *(old_end - 1) == *(new_end - 1)) --old_end, --new_end;
  list_names_.resize(list_.size());
  const std::ptrdiff_t same = old_first - rest.parts.begin();
  std::copy_n(rest.names.begin(), same, list_names_.begin());
  std::copy(rest.names.begin() + (old_end - rest.parts.begin()), rest.names.end(), list_names_.begin() + (new_end - list_.begin()));
  for (auto i = new_first; i != new_end; ++i) {
    const ObjectId id = name_in(*i);
    list_names_[static_cast<std::size_t>(i - list_.begin())] = id;
    Object& object = heap_->ensure_named(id);
    object.walk = epoch_;
    object.rest_part = *i;
    object.section = section;
    unsettled_.push_back(id);
  }
  left_.insert(left_.end(), rest.names.begin() + same, rest.names.begin() + (old_end - rest.parts.begin()));
  rest.parts.swap(list_);
  rest.names.swap(list_names_);
}

void Canonical::restore(std::span<const std::uint32_t> words) {
  ++epoch_;
  for (ObjectId id : heap_->temporaries()) {
    if (heap_->at(id).kind != ObjectKind::Free) heap_->unload(id);
  }
  heap_->recycle_temporaries();
  unsettled_.clear();
  left_.clear();
  if (rest_.size() < words.size()) rest_.resize(words.size());
  for (std::uint32_t section = 0; section < rest_.size(); ++section) restore_section(section, section < words.size() ? words[section] : 0);
  rest_.resize(words.size());
  for (ObjectId id : left_) {
    Object& object = heap_->at(id);
    if (object.walk == epoch_) continue;
    object.rest_part = is_base(id) ? base_parts_[id] : 0;
    unsettled_.push_back(id);
  }
  for (ObjectId id : heap_->dirty()) settle(id);
  for (ObjectId id : renamed_) settle(id);
  for (ObjectId id : unsettled_) settle(id);
  renamed_.clear();
  heap_->forget_dirty();
  watch_releases(words);
  rest_root_.assign(heap_->at(0).slots.begin(), heap_->at(0).slots.end());
}

}  // namespace lockweave::state
