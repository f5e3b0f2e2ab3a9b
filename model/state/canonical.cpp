#include "model/state/canonical.h"

#include <algorithm>
#include <numeric>

#include "model/base/check.h"

namespace lockweave::state {

// --- walk

void Canonical::reach(ObjectId id, ObjectId parent, std::uint64_t label, Parts::Edge* edge) {
  Object& object = heap_->at(id);
  if (object.walk == epoch_) return;
  if (!(id & temporary_bit)) {
    if (object.section < section_ && !changed_[object.section]) return;  // reached there as it was
    if (object.section == section_) ++found_again_;
    changed_[object.section] = 1;  // if it is taken out of a later section, that must be walked again
  }
  object.walk = epoch_;
  if (edge == nullptr) {
    object.canonical = names_->child(parent, label);
  } else {
    object.canonical = edge->known_name();
    if (object.canonical == 0) {
      object.canonical = names_->child(parent, label);
      edge->know_name(object.canonical);
    }
  }
  if (object.canonical != id && !(id & temporary_bit)) any_renamed_ = true;
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
    reach(key, name, label::key(k));
    if (stride == 2) reach(object.slots[order_[k] * stride + 1], name, label::item(key, k));
  }
}

// What an object leads to. Threads are walked by walk_thread, the root by walk_globals.
void Canonical::walk(ObjectId id) {
  const Object& object = heap_->at(id);
  if (object.kind == ObjectKind::Thread || object.kind == ObjectKind::Root) return;
  if (object.dirty || object.part == 0 || (!is_base(id) && object.canonical != id)) return walk_content(id, object);
  const Parts::Edges edges = parts_->edges(object.part, heap_->base_limit(), *names_);
  if (edges.weak) weak_.push_back(id);
  for (std::uint32_t i = edges.begin; i < edges.begin + edges.count; ++i) {
    Parts::Edge& edge = parts_->edge(i);
    reach(edge.child, id, edge.label, &edge);
  }
}

void Canonical::walk_content(ObjectId id, const Object& object) {
  const ObjectId name = is_base(id) ? id : object.canonical;
  reach(object.cls, name, label::of_class);
  reach(object.attributes, name, label::attributes);
  reach(object.protector, name, label::protector);
  if (object.weak_head != no_object || object.kind == ObjectKind::WeakRef) weak_.push_back(id);
  if (is_table(object.kind)) return walk_table(name, object, table_stride(object.kind));
  for (std::size_t i = 0; i < object.slots.size(); ++i) reach(object.slots[i], name, i);
}

std::uint64_t Canonical::named(Value v) const {
  if (!v.is_object() && !v.is(Tag::Weak)) return v.bits();
  const ObjectId id = v.object_id();
  return is_base(id) ? v.bits() : Value(v.tag(), heap_->at(id).canonical).bits();
}

bool Canonical::names_hold(ObjectId id, const Object& object) {
  const ObjectId base = heap_->base_limit();
  if (id >= base && object.canonical != id) return false;
  if (!object.dirty && object.part != 0) {
    const Parts::Edges edges = parts_->edges(object.part, base, *names_);
    if (!edges.weak) {
      for (std::uint32_t i = edges.begin; i < edges.begin + edges.count; ++i) {
        const ObjectId child = parts_->edge(i).child;
        if (heap_->at(child).canonical != child) return false;
      }
      return true;
    }
  }
  const auto holds = [&](Value v) {
    if (!v.is_object() && !v.is(Tag::Weak)) return true;
    const ObjectId other = v.object_id();
    return other < base || heap_->at(other).canonical == other;
  };
  if (!holds(object.cls) || !holds(object.attributes) || !holds(object.protector)) return false;
  if (object.weak_head != no_object && !holds(Value::object(object.weak_head))) return false;
  return std::all_of(object.slots.begin(), object.slots.end(), holds);
}

std::uint32_t Canonical::make_part(ObjectId id, Object& object) {
  const ObjectId name = is_base(id) ? id : object.canonical;
  scratch_.clear();
  scratch_.push_back(std::uint64_t{object.site} << 32 | name);
  const std::uint64_t weak = object.weak_head == no_object ? no_object : named(Value::object(object.weak_head)) >> 8;
  std::uint64_t flags = static_cast<std::uint64_t>(object.kind);
  if (object.escaped) flags |= part_word::escaped;
  if (object.finalized) flags |= part_word::finalized;
  if (object.class_dictionary) flags |= part_word::class_dictionary;
  flags |= std::uint64_t{object.creation} << part_word::creation_shift;
  scratch_.push_back(weak << 32 | flags);
  scratch_.push_back(named(object.cls));
  scratch_.push_back(named(object.attributes));
  scratch_.push_back(named(object.protector));
  if (is_table(object.kind)) {
    const std::size_t stride = table_stride(object.kind);
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
  const bool is_clean = !object.dirty && object.part != 0;
  if (is_clean && !any_renamed_) return object.part;
  const bool hold = names_hold(id, object);
  if (is_clean && hold) return object.part;
  const std::uint32_t part = make_part(id, object);
  if (hold) {
    object.part = part;
    object.dirty = false;
  } else {
    object.dirty = true;
    object.part = 0;
    if (!(id & temporary_bit)) renamed_.push_back(id);
  }
  return part;
}

// --- sections

void Canonical::encode(std::vector<std::uint32_t>& words) {
  if (!encode_sections(words, false)) encode_whole(words);
}

void Canonical::encode_whole(std::vector<std::uint32_t>& words) {
  const bool done = encode_sections(words, true);
  LOCKWEAVE_CHECK(done, "a walk over everything has missed something");
}

// False: what is known about the state last restored does not tell enough; only a walk over everything will do.
bool Canonical::encode_sections(std::vector<std::uint32_t>& words, bool whole) {
  ++epoch_;
  unkept_.clear();
  find_changed_sections(whole);
  const auto sections = static_cast<std::uint32_t>(changed_.size());
  queue_.clear();
  next_ = 0;
  walked_.clear();
  weak_.clear();
  unreached_.clear();
  next_weak_ = 0;
  members_.assign(sections, {0, 0});

  // What is reachable from global data is named from there, and only what is private from its thread.
  if (changed_[global_section]) walk_globals();
  if (!settle_names(global_section)) return false;
  for (std::size_t t = 0; t < threads_.size(); ++t) {
    const auto section = static_cast<std::uint32_t>(first_thread_section + t);
    if (changed_[section]) walk_thread(section, threads_[t]);
    if (!settle_names(section)) return false;
  }
  walk_weak_only(sections - 1);
  if (!whole && (walked_.size() > members_.back().first || !unreached_are_found())) return false;

  words.resize(sections);
  words[root_section] = part_of(0);
  for (std::uint32_t section = global_section; section < sections; ++section) {
    if (changed_[section]) {
      write_section(section, words);
    } else {
      words[section] = rest_[section].number;
    }
  }
  return true;
}

bool Canonical::root_leads_elsewhere(std::size_t first, std::size_t end) const {
  const Object& root = heap_->at(0);
  for (std::size_t i = first; i < end; ++i) {
    const Value is = i < root.slots.size() ? root.slots[i] : Value();
    const Value was = i < rest_root_.size() ? rest_root_[i] : Value();
    if (is != was && (is.is_object() || was.is_object())) return true;
  }
  return false;
}

void Canonical::find_changed_sections(bool whole) {
  const Object& root = heap_->at(0);
  threads_.clear();
  for (std::size_t i = slot::root::threads; i + 1 < root.slots.size(); i += 2) {
    const ObjectId id = root.slots[i + 1].object_id();
    threads_.push_back(id);
    if (is_base(id)) continue;
    Object& thread = heap_->at(id);
    thread.walk = epoch_;
    thread.canonical = names_->child(0, label::thread | root.slots[i].bits() >> 8);
  }
  const std::size_t sections = first_thread_section + threads_.size() + 1;
  whole = whole || rest_.size() != sections || rest_.back().number != 0 || root_leads_elsewhere(slot::root::threads, std::max(root.slots.size(), rest_root_.size()));
  changed_.assign(sections, whole ? 1 : 0);
  any_renamed_ = was_whole_ = whole;
  if (whole) return;
  if (root_leads_elsewhere(0, slot::root::threads)) changed_[global_section] = 1;
  for (ObjectId id : heap_->dirty()) {
    const Object& object = heap_->at(id);
    changed_[object.section] = 1;
    if (object.kind == ObjectKind::Free && object.section == global_section) unkept_.push_back(id);
  }
  for (ObjectId id : renamed_) changed_[heap_->at(id).section] = 1;
}

// Base objects of the section that differ from the base image, or may: those that did, and those that were changed.
void Canonical::take_candidates(std::uint32_t section) {
  candidates_.clear();
  if (section < rest_.size()) {
    for (ObjectId id : rest_[section].names) {
      if (!is_base(id)) break;
      candidates_.push_back(id);
    }
  }
  for (ObjectId id : heap_->dirty()) {
    if (is_base(id) && id != 0 && heap_->at(id).section == section) candidates_.push_back(id);
  }
  std::sort(candidates_.begin(), candidates_.end());
  candidates_.erase(std::unique(candidates_.begin(), candidates_.end()), candidates_.end());
}

void Canonical::drain() {
  for (; next_ < queue_.size(); ++next_) {
    walk(queue_[next_]);
    walked_.push_back(queue_[next_]);
  }
}

void Canonical::walk_globals() {
  section_ = global_section;
  found_again_ = 0;
  members_[section_].first = walked_.size();
  take_candidates(section_);
  walked_.insert(walked_.end(), candidates_.begin(), candidates_.end());
  for (ObjectId id : candidates_) walk(id);
  const Object& root = heap_->at(0);
  for (std::size_t i = 0; i < slot::root::threads; ++i) reach(root.slots[i], 0, i);
  drain();
  reach_weakly(next_weak_);
  members_[section_].second = walked_.size();
}

// A thread's frames from the outermost in, each with all that it leads to; then what the thread itself leads to.
void Canonical::walk_thread(std::uint32_t section, ObjectId id) {
  section_ = section;
  found_again_ = 0;
  members_[section_].first = walked_.size();
  take_candidates(section_);
  walked_.insert(walked_.end(), candidates_.begin(), candidates_.end());
  if (!is_base(id)) {
    walked_.push_back(id);
    ++found_again_;
  }
  for (ObjectId candidate : candidates_) walk(candidate);
  drain();
  const Object& thread = heap_->at(id);
  const ObjectId name = is_base(id) ? id : thread.canonical;
  frames_.clear();
  for (Value frame = thread.slots[slot::thread::frame]; frame.is_object(); frame = heap_->at(frame).slots[slot::frame::back]) frames_.push_back(frame.object_id());
  for (std::size_t depth = 0; depth < frames_.size(); ++depth) {
    reach(Value::object(frames_[frames_.size() - 1 - depth]), name, label::frame | depth);
    drain();
  }
  walk_content(id, thread);
  drain();
  members_[section_].second = walked_.size();
}

// What else the weak references of the objects walked lead to.
void Canonical::reach_weakly(std::size_t& next) {
  for (; next < weak_.size(); ++next) {
    const ObjectId id = weak_[next];
    const ObjectId name = is_base(id) ? id : heap_->at(id).canonical;
    const auto follow = [&](ObjectId target, std::uint64_t label) {
      if (target != no_object && !is_base(target)) reach(target, name, label);
      drain();
    };
    const Object& object = heap_->at(id);
    if (object.kind == ObjectKind::WeakRef) {
      if (object.slots[slot::weakref::referent].is(Tag::Weak)) follow(object.slots[slot::weakref::referent].object_id(), label::weak);
      if (object.slots[slot::weakref::next].is(Tag::Weak)) follow(object.slots[slot::weakref::next].object_id(), label::weak_head);
    }
    follow(object.weak_head, label::weak_head);
  }
}

// Alive, but held by nothing that the program can reach without a weak reference of a thread's own.
void Canonical::walk_weak_only(std::uint32_t section) {
  section_ = section;
  changed_[section] = 1;
  members_[section].first = walked_.size();
  reach_weakly(next_weak_);
  members_[section].second = walked_.size();
}

// If not, something is alive and reached from nowhere: a weak reference in a section that was not walked may lead there.
bool Canonical::unreached_are_found() const {
  return std::ranges::all_of(unreached_, [this](ObjectId id) { return heap_->at(id).walk == epoch_ || heap_->at(id).kind == ObjectKind::Free; });
}

// The content of a weak reference names its referent, so it must be looked at again if that has a new name.
bool Canonical::are_weak_references_walked(const Object& referent) const {
  for (ObjectId ref = referent.weak_head; ref != no_object;) {
    const Object& object = heap_->at(ref);
    if (!(ref & temporary_bit) && !changed_[object.section]) return false;
    const Value next = object.slots[slot::weakref::next];
    ref = next.is(Tag::Weak) ? next.object_id() : no_object;
  }
  return true;
}

// After the walk of a section: objects that were in it and have another name now, or none, may be named in later
// sections, which then must be walked as well. False: a weak reference may lead there from anywhere.
bool Canonical::settle_names(std::uint32_t section) {
  if (section >= rest_.size() || !changed_[section] || members_.empty()) return true;
  const bool whole = std::ranges::all_of(changed_, [](std::uint8_t c) { return c != 0; });
  if (whole) return true;
  const std::vector<ObjectId>& names = rest_[section].names;
  const auto first = std::ranges::find_if(names, [this](ObjectId id) { return !is_base(id); });
  if (!any_renamed_ && found_again_ == static_cast<std::size_t>(names.end() - first)) return true;
  for (auto i = first; i != names.end(); ++i) {
    const ObjectId id = *i;
    const Object& object = heap_->at(id);
    if (object.kind == ObjectKind::Free) continue;
    if (object.walk == epoch_ && object.canonical == id) continue;
    if (section == global_section) unkept_.push_back(id);
    if (object.walk != epoch_) unreached_.push_back(id);
    std::fill(changed_.begin() + section, changed_.end(), std::uint8_t{1});
    if (!are_weak_references_walked(object)) return false;
  }
  return true;
}

void Canonical::write_section(std::uint32_t section, std::vector<std::uint32_t>& words) {
  list_.clear();
  for (std::size_t i = members_[section].first; i < members_[section].second; ++i) {
    const ObjectId id = walked_[i];
    const std::uint32_t part = part_of(id);
    if (!is_base(id) || part != base_parts_[id]) list_.push_back(part);
  }
  words[section] = lists_->intern(list_);
}

}  // namespace lockweave::state
