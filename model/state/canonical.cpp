#include "model/state/canonical.h"

#include <algorithm>
#include <iterator>
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
constexpr std::uint64_t label_frame = std::uint64_t{1} << 49;

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

std::size_t table_stride(ObjectKind kind) { return kind == ObjectKind::Dict ? 2 : 1; }

// Of an entry of a table: its key, or where in the walk it comes if the key is an object. The low byte of a key is its
// tag, so labels of positions, whose low byte is no tag, are different from all keys.
std::uint64_t value_label(Value key, std::size_t position) { return key.is_object() ? position << 8 | 0xfe : key.bits(); }
std::uint64_t key_label(std::size_t position) { return position << 8 | 0xfd; }

bool stays_private(ObjectKind kind) {
  return kind == ObjectKind::BoundMethod || kind == ObjectKind::BoundBuiltin || kind == ObjectKind::Iterator || kind == ObjectKind::Tuple ||
         kind == ObjectKind::Generator || kind == ObjectKind::Frame;
}

}  // namespace

// --- names

void PathNames::start_at(ObjectId first) {
  first_ = first;
  base_owners_.assign(first, BaseOwner{});
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
  const bool is_thread = parent == 0 && (label & label_thread) != 0;
  const bool is_weak = label == label_weak || label == label_weak_head || this->is_weak(parent);
  const std::uint32_t owner = is_thread ? static_cast<std::uint32_t>(label & ~label_thread) + 1 : this->owner(parent);
  paths_.push_back({parent, owner & 0x3fffffffu, is_thread, is_weak, label});
  table_[i] = static_cast<std::uint32_t>(paths_.size());
  const auto name = static_cast<ObjectId>(first_ + paths_.size() - 1);
  if (paths_.size() * 2 > table_.size()) grow();
  return name;
}

std::size_t PathNames::bytes() const { return paths_.capacity() * sizeof(Path) + table_.capacity() * sizeof(std::uint32_t); }

// --- parts

const Parts::Edges& Parts::edges(std::uint32_t part, ObjectId base_limit, const PathNames& names) {
  if (edges_.size() < rows_.size()) edges_.resize(rows_.size());
  if (edges_[part].count == Edges::unknown) find_edges(part, base_limit, names);
  return edges_[part];
}

void Parts::find_edges(std::uint32_t part, ObjectId base_limit, const PathNames& names) {
  const std::span<const std::uint64_t> words = rows_[part];
  Edges& edges = edges_[part];
  edges.begin = static_cast<std::uint32_t>(all_edges_.size());
  const auto follow = [&](std::uint64_t bits, std::uint64_t label) {
    const Value v = Value::from_bits(bits);
    if (!v.is_object() && !v.is(Tag::Weak)) return;
    const ObjectId id = v.object_id();
    if (v.is_object() && id >= base_limit) all_edges_.push_back({id, 0, label});
    const std::uint32_t owner = names.is_thread(id) ? PathNames::global : names.owner(id);
    if (owner != PathNames::global && owner != edges.owner) edges.owner = edges.owner == PathNames::global ? owner : Edges::several;
  };
  follow(words[2], label_class);
  follow(words[3], label_attributes);
  const auto kind = static_cast<ObjectKind>(words[1] & 0xff);
  const std::span<const std::uint64_t> slots = words.subspan(header_words);
  if (is_table(kind)) {
    const std::size_t stride = table_stride(kind);
    for (std::size_t i = 0; i < slots.size(); i += stride) {
      const Value key = Value::from_bits(slots[i]);
      follow(slots[i], key_label(i / stride));
      if (stride == 2) follow(slots[i + 1], value_label(key, i / stride));
    }
  } else {
    for (std::size_t i = 0; i < slots.size(); ++i) follow(slots[i], i);
  }
  edges.count = static_cast<std::uint32_t>(all_edges_.size()) - edges.begin;
  edges.weak = kind == ObjectKind::WeakRef || words[1] >> 32 != no_object;
  if (words[1] >> 32 != no_object) follow(Value(Tag::Weak, words[1] >> 32).bits(), 0);
}

// --- walk

void Canonical::reach(ObjectId id, ObjectId parent, std::uint64_t label, ObjectId* known) {
  Object& object = heap_->at(id);
  if (object.walk == epoch_) return;
  if (!(id & temporary_bit)) {
    if (object.section < section_ && !changed_[object.section]) return;  // reached there as it was
    if (object.section == section_) ++found_again_;
    changed_[object.section] = 1;  // if it is taken out of a later section, that must be walked again
  }
  object.walk = epoch_;
  if (known == nullptr) {
    object.canonical = names_->child(parent, label);
  } else {
    if (*known == 0) *known = names_->child(parent, label);
    object.canonical = *known;
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
    reach(key, name, key_label(k));
    if (stride == 2) reach(object.slots[order_[k] * stride + 1], name, value_label(key, k));
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
    reach(edge.child, id, edge.label, &edge.name);
  }
}

void Canonical::walk_content(ObjectId id, const Object& object) {
  const ObjectId name = is_base(id) ? id : object.canonical;
  reach(object.cls, name, label_class);
  reach(object.attributes, name, label_attributes);
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
  if (!holds(object.cls) || !holds(object.attributes)) return false;
  if (object.weak_head != no_object && !holds(Value::object(object.weak_head))) return false;
  return std::all_of(object.slots.begin(), object.slots.end(), holds);
}

std::uint32_t Canonical::make_part(ObjectId id, Object& object) {
  const ObjectId name = is_base(id) ? id : object.canonical;
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

bool Canonical::root_leads_elsewhere() const {
  const Object& root = heap_->at(0);
  std::size_t known = 0;
  for (const Value v : root.slots) {
    if (v.is_object() && (known == rest_root_.size() || rest_root_[known++] != v)) return true;
  }
  return known != rest_root_.size();
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
    thread.canonical = names_->child(0, label_thread | root.slots[i].bits() >> 8);
  }
  const std::size_t sections = first_thread_section + threads_.size() + 1;
  whole = whole || rest_.size() != sections || rest_.back().number != 0 || root_leads_elsewhere();
  changed_.assign(sections, whole ? 1 : 0);
  any_renamed_ = whole;
  globals_kept_ = !whole;
  if (whole) return;
  for (ObjectId id : heap_->dirty()) {
    const Object& object = heap_->at(id);
    changed_[object.section] = 1;
    if (object.kind == ObjectKind::Free && object.section == global_section) globals_kept_ = false;
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
    reach(Value::object(frames_[frames_.size() - 1 - depth]), name, label_frame | depth);
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
      if (object.slots[slot::weakref::referent].is(Tag::Weak)) follow(object.slots[slot::weakref::referent].object_id(), label_weak);
      if (object.slots[slot::weakref::next].is(Tag::Weak)) follow(object.slots[slot::weakref::next].object_id(), label_weak_head);
    }
    follow(object.weak_head, label_weak_head);
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
    if (section == global_section) globals_kept_ = false;
    if (object.weak_head != no_object) return false;
    if (object.walk != epoch_) unreached_.push_back(id);
    std::fill(changed_.begin() + section, changed_.end(), std::uint8_t{1});
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

// --- back to a state

void Canonical::load(ObjectId id, std::uint32_t part) {
  Object& object = heap_->ensure_named(id);
  const std::span<const std::uint64_t> words = parts_->words(part);
  const bool was_class_dictionary = object.class_dictionary;
  object.site = static_cast<SiteId>(words[0] >> 32);
  object.kind = static_cast<ObjectKind>(words[1] & 0xff);
  object.escaped = words[1] & flag_escaped;
  object.finalized = words[1] & flag_finalized;
  object.class_dictionary = words[1] & flag_class_dictionary;
  if (object.class_dictionary || was_class_dictionary) heap_->bump_class_version();
  object.weak_head = static_cast<ObjectId>(words[1] >> 32);
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
  replace(object.cls, words[2]);
  replace(object.attributes, words[3]);
  const std::size_t size = words.size() - header_words;
  for (std::size_t i = size; i < object.slots.size(); ++i) replace(object.slots[i], 0);
  object.slots.resize(size);
  for (std::size_t i = 0; i < size; ++i) replace(object.slots[i], words[header_words + i]);
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
  rest_root_.clear();
  for (const Value v : heap_->at(0).slots) {
    if (v.is_object()) rest_root_.push_back(v);
  }
}

// --- what a step of one thread may depend on

Canonical::SectionFacts Canonical::facts(std::uint32_t number) {
  if (number >= facts_.size()) facts_.resize(number + 1 + number / 2);
  if (!facts_[number].is_known) find_facts(number, facts_[number]);
  return facts_[number];
}

void Canonical::find_facts(std::uint32_t number, SectionFacts& facts) {
  facts.is_known = true;
  lists_->expand(number, list_);
  Lost lost;
  for (const std::uint32_t part : list_) {
    const std::uint32_t owner = parts_->edges(part, heap_->base_limit(), *names_).owner;
    if (owner != PathNames::global && owner != facts.owner) facts.owner = facts.owner == PathNames::global ? owner : Parts::Edges::several;
    const std::span<const std::uint64_t> words = parts_->words(part);
    if (static_cast<ObjectKind>(words[1] & 0xff) == ObjectKind::Thread) {
      const Value status = Value::from_bits(words[header_words + slot::thread::status]);
      facts.has_ended = status.as_int() == static_cast<int>(ThreadStatus::Ended);
      facts.has_started = words[header_words + slot::thread::started] == Value(Tag::True).bits();
    }
    if (!is_base(name_in(part))) continue;
    for (ObjectId id : lost_references(part)) {
      const auto known = std::ranges::find(lost, id, [](const auto& entry) { return entry.first; });
      if (known == lost.end()) {
        lost.emplace_back(id, 1);
      } else {
        ++known->second;
      }
    }
  }
  facts.has_lost = !lost.empty();
  if (facts.has_lost) lost_.emplace(number, std::move(lost));
}

// References to base objects that a base object had in the base image and has not in this part of it.
const std::vector<ObjectId>& Canonical::lost_references(std::uint32_t part) {
  const auto [place, is_new] = lost_references_.try_emplace(part);
  if (!is_new) return place->second;
  const auto references = [this](std::uint32_t from) {
    std::vector<ObjectId> found;
    for (const std::uint64_t bits : parts_->words(from).subspan(2)) {
      if (const Value v = Value::from_bits(bits); v.is_object() && is_base(v.object_id())) found.push_back(v.object_id());
    }
    std::ranges::sort(found);
    return found;
  };
  std::ranges::set_difference(references(base_natural_[name_in(part)]), references(part), std::back_inserter(place->second));
  return place->second;
}

// Base objects that base objects may hold no more, as far as the references lost can tell: none is forgotten, but one
// that got a new reference elsewhere may be among them. (Only the global section and main's have base objects.)
void Canonical::find_orphans(std::uint32_t globals, std::uint32_t main, std::vector<ObjectId>& orphans) {
  orphans.clear();
  static const Lost nothing;
  const Lost& a = facts(globals).has_lost ? lost_.at(globals) : nothing;
  const Lost& b = facts(main).has_lost ? lost_.at(main) : nothing;
  const auto lost_in = [](const Lost& lost, ObjectId id) {
    const auto known = std::ranges::find(lost, id, [](const auto& entry) { return entry.first; });
    return known == lost.end() ? 0 : known->second;
  };
  for (const auto& [id, count] : a) {
    if (count + lost_in(b, id) >= base_references_[id]) orphans.push_back(id);
  }
  for (const auto& [id, count] : b) {
    if (lost_in(a, id) == 0 && count >= base_references_[id]) orphans.push_back(id);
  }
}

bool Canonical::are_threads_apart(std::span<const std::uint32_t> words) {
  if (words.size() <= first_thread_section || words.size() > first_thread_section + 33 || words.back() != 0) return false;
  if (facts(words[global_section]).owner != PathNames::global) return false;
  const std::span<const std::uint64_t> root = parts_->words(words[root_section]);
  for (std::size_t k = first_thread_section; k + 1 < words.size(); ++k) {
    const std::uint32_t owner = facts(words[k]).owner;
    const Value number = Value::from_bits(root[header_words + slot::root::threads + 2 * (k - first_thread_section)]);
    if (owner != PathNames::global && owner != static_cast<std::uint32_t>(number.as_int()) + 1) return false;
  }
  return true;
}

std::uint64_t Canonical::thread_facts(std::span<const std::uint32_t> words) {
  std::uint64_t bits = 0;
  for (std::size_t k = first_thread_section; k + 1 < words.size(); ++k) {
    const SectionFacts thread = facts(words[k]);
    bits |= (std::uint64_t{thread.has_ended} | std::uint64_t{thread.has_started} << 1) << 2 * (k - first_thread_section);
  }
  return bits;
}

std::uint32_t Canonical::section_of(std::span<const std::uint32_t> words, std::uint32_t thread_number) const {
  const std::span<const std::uint64_t> root = parts_->words(words[root_section]);
  for (std::uint32_t k = first_thread_section; k + 1 < words.size(); ++k) {
    if (Value::from_bits(root[header_words + slot::root::threads + 2 * (k - first_thread_section)]).as_int() == thread_number) return k;
  }
  LOCKWEAVE_CHECK(false, "a state has no such thread");
  return 0;
}

bool Canonical::are_globals_kept(std::span<const std::uint32_t> words, std::uint32_t own_section) {
  if (!globals_kept_ || words.size() != rest_.size()) return false;
  // Nobody but the stepping thread held it, and it is alive: so the thread has held it all the time.
  const auto only_own = [&](ObjectId id) {
    std::uint32_t own = 0;
    for (const std::uint32_t part : rest_[own_section].parts) {
      for (const std::uint64_t bits : parts_->words(part).subspan(2)) own += bits == Value::object(id).bits();
    }
    return own == heap_->at(id).rest_refcount;
  };
  if (!std::ranges::all_of(heap_->released_low, only_own)) return false;
  find_orphans(words[global_section], words[first_thread_section], new_orphans_);
  return std::ranges::all_of(new_orphans_, [this](ObjectId id) { return heap_->at(id).release_matters || heap_->at(id).kind == ObjectKind::Free; });
}

// Objects whose life may be up to the frames of several threads: global ones that only weak references lead to (they
// come last in their section), and base objects that the base image may not hold any more.
void Canonical::watch_releases(std::span<const std::uint32_t> words) {
  for (ObjectId id : watched_) heap_->at(id).release_matters = false;
  watched_.clear();
  heap_->released_low.clear();
  if (words.size() <= first_thread_section) return;
  find_orphans(words[global_section], words[first_thread_section], watched_);
  const std::vector<ObjectId>& globals = rest_[global_section].names;
  for (auto id = globals.rbegin(); id != globals.rend() && names_->is_weak(*id); ++id) watched_.push_back(*id);
  for (ObjectId id : watched_) {
    Object& object = heap_->at(id);
    object.release_matters = true;
    object.rest_refcount = object.refcount;
  }
}

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
    for (const std::uint64_t bits : parts_->words(base_natural_[id]).subspan(2)) {
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

}  // namespace lockweave::state
