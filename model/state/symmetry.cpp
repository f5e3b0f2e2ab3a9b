// Symmetry: the order into which like threads are put, and what is remembered. How they are exchanged: symmetry_exchange.cpp.
#include "model/state/symmetry.h"

#include <xxhash.h>

#include <algorithm>
#include <bit>
#include <string_view>

#include "model/base/check.h"

namespace lockweave::state {
namespace {

constexpr std::uint64_t hash_of_self = 11;
constexpr std::uint64_t hash_of_others = 13;
constexpr std::uint64_t hash_of_main = 17;
constexpr std::uint32_t nobody = 0xffffffffu;

constexpr std::size_t first_thread = 2;  // section of main

std::uint64_t mix(std::uint64_t a, std::uint64_t b) {
  std::uint64_t x = (a + 0x9e3779b97f4a7c15ULL) * 0xd6e8feb86659fd93ULL ^ b;
  x ^= x >> 32;
  x *= 0x9e6c63d0876a9a47ULL;
  return x ^ x >> 29;
}

std::uint64_t role(std::uint32_t number, std::uint32_t self) { return number == 0 ? hash_of_main : number == self ? hash_of_self : hash_of_others; }

// Of an entry of a table, under a thread's identifier; identifiers are from 1.
bool is_thread_key(std::uint64_t label) {
  const Value key = Value::from_bits(label);
  return is_thread_identifier(key) && key.payload() > 0;
}

std::uint64_t hash_of_text(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

Value word_at(std::span<const std::uint64_t> part, unsigned slot) { return Value::from_bits(part[part_word::first_slot + slot]); }

}  // namespace

bool is_thread_identifier(Value v) { return v.is(Tag::Opaque) && v.payload() < std::uint64_t{1} << 40; }

// Slots of the machine's own records that hold a thread's number.
bool holds_thread_number(ObjectKind kind, std::size_t slot) {
  switch (kind) {
    case ObjectKind::Lock: case ObjectKind::RLock: return slot == slot::lock::owner;
    case ObjectKind::Module: return slot == slot::module::thread || slot == slot::module::reloader;
    case ObjectKind::Root: return slot == slot::root::gil_holder || slot == slot::root::import_lock_owner;
    default: return false;
  }
}

void Symmetry::watch(const Landmarks& landmarks) {
  landmarks_ = landmarks;
  stand_ins_.clear();
  held_by_main_.clear();
  if (!landmarks_.thread_class.is_object()) return;
  for (ObjectId id = 0; id < heap_->base_limit(); ++id) {
    const std::span<const std::uint64_t> words = canonical_->base_words(id);
    if (is_held_by_main(words)) held_by_main_.push_back(id);
    if (part_word::kind(words[part_word::header]) != ObjectKind::Instance || Value::from_bits(words[part_word::of_class]) != landmarks_.thread_class) continue;
    stand_ins_[id] = 1;
    for (std::size_t i = part_word::first_slot; i + 1 < words.size(); i += 2) {
      const Value name = Value::from_bits(words[i]);
      const Value v = Value::from_bits(words[i + 1]);
      const bool is_own = name == landmarks_.target || name == landmarks_.arguments || name == landmarks_.keywords;
      if (!is_own || !v.is_object()) continue;
      const ObjectKind kind = part_word::kind(canonical_->base_words(v.object_id())[part_word::header]);
      if (kind == ObjectKind::Tuple || kind == ObjectKind::Dict || kind == ObjectKind::BoundMethod) stand_ins_[v.object_id()] = name.bits();
    }
  }
}

void Symmetry::clear() {
  threads_.clear();
  globals_.clear();
  global_bytes_ = 0;
  references_.clear();
  moves_.clear();
  section_moves_.clear();
  renames_.clear();
}

std::size_t Symmetry::bytes() const {
  std::size_t renames = 0;
  for (const Renames& list : renames_) renames += list.capacity() * sizeof(Renames::value_type);
  return threads_.capacity() * sizeof(ThreadFacts) + globals_.capacity() * sizeof(GlobalFacts) + global_bytes_ + (moves_.size() + section_moves_.size()) * 48 + renames + name_lists_.bytes();
}

// What is interned has its number from whoever came first: it is hashed by content, or the order of threads would be up to chance.
std::uint64_t Symmetry::plain_hash(Value v) const {
  const Constants& constants = *constants_;
  switch (v.tag()) {
    case Tag::String: return mix(1, hash_of_text(constants.text(v)));
    case Tag::Bytes: return mix(2, hash_of_text(constants.content(v)));
    case Tag::BigInt: return mix(3, hash_of_text(constants.big(v).str()));
    case Tag::Float: return mix(4, std::bit_cast<std::uint64_t>(constants.number(v)));
    default: return v.bits();
  }
}

std::uint64_t Symmetry::log_hash(Value log) const { return hash_of_text(constants_->log_text(static_cast<std::uint32_t>(log.as_int()))); }

// A label says the key of an entry, or the number of a slot, which may look like a key: of a string, or of a value of which the table has none. No list is so long
// that there are not as many strings.
std::uint64_t Symmetry::label_hash(std::uint64_t label) const {
  const Value key = Value::from_bits(label);
  const bool is_key = key.is(Tag::String) && label >> 32 == 0 && key.payload() > 0;
  return is_key ? plain_hash(key) : label;
}

// A path of which no thread's identifier is part.
std::uint64_t Symmetry::path_hash(ObjectId name) const {
  std::uint64_t hash = 0;
  for (; !is_base(name); name = names_->parent(name)) hash = mix(hash, label_hash(names_->label(name)));
  return mix(hash, name);
}

std::uint32_t Symmetry::number_at(std::span<const std::uint32_t> words, std::size_t place) const {
  return static_cast<std::uint32_t>(word_at(parts_->words(words[0]), static_cast<unsigned>(slot::root::threads + 2 * place)).as_int());
}

// --- what a thread's section says

// A path within a thread's own section, the same for each thread.
std::uint64_t Symmetry::own_name_hash(ObjectId name, std::uint32_t number) const {
  if (is_base(name)) return name;
  if (names_->is_thread(name)) return role(names_->owner(name) - 1, number);
  const std::uint64_t label = names_->label(name);
  const Value key = Value::from_bits(label);
  return mix(own_name_hash(names_->parent(name), number), is_thread_key(label) ? role(static_cast<std::uint32_t>(key.payload() - 1), number) : label_hash(label));
}

// Global objects other than base objects are noted: what they are is not known from the section alone.
std::uint64_t Symmetry::own_word_hash(Value v, std::uint32_t number, ThreadFacts* facts) {
  if (is_thread_identifier(v)) return role(static_cast<std::uint32_t>(v.payload() - 1), number);
  if (!v.is_object() && !v.is(Tag::Weak)) return plain_hash(v);
  const ObjectId id = v.object_id();
  if (is_base(id)) {
    const auto stand_in = stand_ins_.find(id);
    return stand_in == stand_ins_.end() ? v.bits() : stand_in->second;
  }
  if (names_->is_thread(id) || names_->owner(id) != PathNames::global) return own_name_hash(id, number);
  references_.push_back(id);
  ++facts->references;
  return 0;
}

const Symmetry::ThreadFacts& Symmetry::thread_facts(std::uint32_t section) {
  if (section >= threads_.size()) threads_.resize(section + 1 + section / 2);
  ThreadFacts& facts = threads_[section];
  if (facts.is_known) return facts;
  facts.is_known = true;
  facts.first_reference = static_cast<std::uint32_t>(references_.size());
  lists_->expand(section, list_);
  for (const std::uint32_t part : list_) {
    const std::span<const std::uint64_t> words = parts_->words(part);
    if (part_word::kind(words[part_word::header]) != ObjectKind::Thread) continue;
    facts.number = static_cast<std::uint32_t>(word_at(words, slot::thread::number).as_int());
    const Value status = word_at(words, slot::thread::status);
    facts.has_ended = status.as_int() == static_cast<int>(ThreadStatus::Ended);
    facts.is_ready = status.as_int() == static_cast<int>(ThreadStatus::Ready);
    facts.was_joined = facts.has_ended && word_at(words, slot::thread::handled).is(Tag::True);
    facts.is_open = !facts.was_joined && word_at(words, slot::thread::started).is(Tag::True);
    facts.likeness = word_at(words, slot::thread::likeness).bits();
    facts.output = word_at(words, slot::thread::output).bits();
    facts.may_move = facts.likeness != 0 && facts.is_open && word_at(words, slot::thread::children) == Value::small_int(0);
    if (status.as_int() == static_cast<int>(ThreadStatus::Join)) facts.awaits = word_at(words, slot::thread::waits_for).object_id();
  }
  std::uint64_t hash = 0;
  for (const std::uint32_t part : list_) {
    const std::span<const std::uint64_t> words = parts_->words(part);
    const ObjectKind kind = part_word::kind(words[part_word::header]);
    const auto name = static_cast<ObjectId>(words[part_word::name]);
    hash = mix(hash, kind == ObjectKind::Thread ? 1 : own_word_hash(Value::object(name), facts.number, &facts));
    hash = mix(hash, words[part_word::header] & 0xffffffffu);
    if (const ObjectId weak = part_word::weak_head(words[part_word::header]); weak != no_object) hash = mix(hash, own_word_hash(Value(Tag::Weak, weak), facts.number, &facts));
    for (std::size_t i = part_word::of_class; i < words.size(); ++i) {
      const Value v = Value::from_bits(words[i]);
      const std::size_t slot = i - part_word::first_slot;
      if (facts.number == 0 && is_thread_identifier(v)) facts.mentions.emplace_back(static_cast<std::uint32_t>(v.payload() - 1), mix(hash, i));
      if (kind == ObjectKind::Thread && (i == part_word::first_slot + slot::thread::number || i == part_word::first_slot + slot::thread::name)) continue;
      if (i >= part_word::first_slot && holds_thread_number(kind, slot) && v.is_int()) {
        hash = mix(hash, role(static_cast<std::uint32_t>(v.as_int()), facts.number));
      } else if (kind == ObjectKind::Thread && i >= part_word::first_slot && (slot == slot::thread::output || slot == slot::thread::record)) {
        hash = mix(hash, log_hash(v));
      } else {
        hash = mix(hash, own_word_hash(v, facts.number, &facts));
      }
    }
  }
  facts.hash = hash;
  return facts;
}

// --- what the global section says

// Does the name contain a thread's, so that another would have another in the same place?
bool Symmetry::is_named_by_thread(ObjectId name) const {
  for (; !is_base(name); name = names_->parent(name)) {
    if (is_thread_key(names_->label(name))) return true;
  }
  return stand_ins_.contains(name);
}

// `along`: the reference goes along with the thread; others stay with its place.
std::uint64_t Symmetry::word_hash(Value v, const GlobalFacts& facts, std::uint32_t self, bool along) const {
  if (is_thread_identifier(v)) return role(static_cast<std::uint32_t>(v.payload() - 1), self);
  if (!v.is_object() && !v.is(Tag::Weak)) return plain_hash(v);
  const ObjectId id = v.object_id();
  const bool is_handle = !is_base(id) && names_->is_thread(id);
  if (!along && (is_handle || is_thread_object(id, facts))) return hash_of_others;
  if (is_handle) return role(names_->owner(id) - 1, self);
  const auto thread = std::ranges::find(facts.threads, id, &ThreadObject::object);
  if (thread != facts.threads.end()) return mix(role(thread->number, self), 1);
  if (is_base(id)) {
    const auto stand_in = stand_ins_.find(id);
    return stand_in == stand_ins_.end() ? v.bits() : stand_in->second;
  }
  const auto color = std::ranges::lower_bound(facts.colors, id, {}, &std::pair<ObjectId, std::uint64_t>::first);
  return color != facts.colors.end() && color->first == id ? color->second : 1;
}

// Entries of tables may stand in any order, since identifiers of threads are among the keys.
std::uint64_t Symmetry::part_hash(std::uint32_t part, const GlobalFacts& facts, std::uint32_t self) {
  const std::span<const std::uint64_t> words = parts_->words(part);
  const ObjectKind kind = part_word::kind(words[part_word::header]);
  const auto name = static_cast<ObjectId>(words[part_word::name]);
  const bool along = name == landmarks_.active || is_thread_object(name, facts);
  std::uint64_t hash = mix(words[part_word::header] & 0xffffffffu, 0);
  for (std::size_t i = part_word::of_class; i < part_word::first_slot; ++i) hash = mix(hash, word_hash(Value::from_bits(words[i]), facts, self, along));
  const std::span<const std::uint64_t> slots = words.subspan(part_word::first_slot);
  const std::size_t stride = is_table(kind) ? table_stride(kind) : kind == ObjectKind::Instance ? 2 : 1;
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < slots.size(); i += stride) {
    const Value first = Value::from_bits(slots[i]);
    std::uint64_t entry = holds_thread_number(kind, i) && first.is_int() ? role(static_cast<std::uint32_t>(first.as_int()), self) : word_hash(first, facts, self, along);
    if (stride == 2 && i + 1 < slots.size() && first != landmarks_.name) entry = mix(entry, word_hash(Value::from_bits(slots[i + 1]), facts, self, along));
    if (is_table(kind)) {
      sum += mix(entry, 5);
    } else {
      hash = mix(hash, entry);
    }
  }
  return mix(hash, sum);
}

bool Symmetry::is_thread_object(ObjectId id, const GlobalFacts& facts) { return std::ranges::find(facts.threads, id, &ThreadObject::object) != facts.threads.end(); }

bool Symmetry::mentions_thread(std::uint32_t part, const GlobalFacts& facts) const {
  const std::span<const std::uint64_t> words = parts_->words(part);
  const auto name = static_cast<ObjectId>(words[part_word::name]);
  const auto is_thread = [&](Value v) {
    if (is_thread_identifier(v)) return true;
    return (v.is_object() || v.is(Tag::Weak)) && !is_base(v.object_id()) && is_named_by_thread(v.object_id());
  };
  if (name == landmarks_.active || is_thread_object(name, facts) || is_thread(Value::object(name))) return true;
  for (std::size_t i = part_word::of_class; i < words.size(); ++i) {
    const Value v = Value::from_bits(words[i]);
    if (is_thread(v)) return true;
    if (i >= part_word::first_slot && v.is_int() && holds_thread_number(part_word::kind(words[part_word::header]), i - part_word::first_slot)) return true;
  }
  return false;
}

// Objects whose name contains a thread's are told apart by their content, a few references deep.
void Symmetry::find_colors(std::span<const std::uint32_t> list, GlobalFacts& facts) {
  constexpr int rounds = 3;
  std::vector<std::pair<std::uint32_t, std::size_t>> unnamed;  // part, index in colors
  for (const std::uint32_t part : list) {
    const auto name = static_cast<ObjectId>(parts_->words(part)[part_word::name]);
    if (!is_base(name)) facts.colors.emplace_back(name, is_named_by_thread(name) ? 0 : mix(path_hash(name), 3));
  }
  std::ranges::sort(facts.colors);
  for (const std::uint32_t part : list) {
    const auto name = static_cast<ObjectId>(parts_->words(part)[part_word::name]);
    if (is_base(name) || !is_named_by_thread(name)) continue;
    const auto color = std::ranges::lower_bound(facts.colors, name, {}, &std::pair<ObjectId, std::uint64_t>::first);
    unnamed.emplace_back(part, static_cast<std::size_t>(color - facts.colors.begin()));
  }
  std::vector<std::uint64_t> next(unnamed.size());
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < unnamed.size(); ++i) next[i] = part_hash(unnamed[i].first, facts, nobody);
    for (std::size_t i = 0; i < unnamed.size(); ++i) facts.colors[unnamed[i].second].second = next[i];
  }
}

const Symmetry::GlobalFacts& Symmetry::global_facts(std::uint32_t section) {
  if (section >= globals_.size()) globals_.resize(section + 1 + section / 2);
  GlobalFacts& facts = globals_[section];
  if (facts.is_known) return facts;
  facts.is_known = true;
  std::vector<std::uint32_t> list;
  lists_->expand(section, list);
  const auto is_in_list = [&](ObjectId id) { return std::ranges::any_of(list, [&](std::uint32_t part) { return parts_->words(part)[part_word::name] << 32 >> 32 == id; }); };
  facts.main_holds_something = !std::ranges::all_of(held_by_main_, is_in_list);
  for (const std::uint32_t part : list) {
    const std::span<const std::uint64_t> words = parts_->words(part);
    facts.main_holds_something = facts.main_holds_something || is_held_by_main(words);
    if (part_word::kind(words[part_word::header]) != ObjectKind::Instance || Value::from_bits(words[part_word::of_class]) != landmarks_.thread_class) continue;
    for (std::size_t i = part_word::first_slot; i + 1 < words.size(); i += 2) {
      const Value handle = Value::from_bits(words[i + 1]);
      if (Value::from_bits(words[i]) != landmarks_.handle || !handle.is_object() || is_base(handle.object_id())) continue;
      facts.threads.push_back({names_->owner(handle.object_id()) - 1, static_cast<ObjectId>(words[part_word::name]), 0});
    }
  }
  find_colors(list, facts);
  // What says nothing of any thread is left out, so that the order does not change with it.
  for (const std::uint32_t part : list) {
    if (!mentions_thread(part, facts)) continue;
    const auto name = static_cast<ObjectId>(parts_->words(part)[part_word::name]);
    for (ThreadObject& thread : facts.threads) thread.key += mix(word_hash(Value::object(name), facts, thread.number), part_hash(part, facts, thread.number));
  }
  global_bytes_ += facts.threads.capacity() * sizeof(ThreadObject) + facts.colors.capacity() * sizeof(facts.colors[0]);
  return facts;
}

bool Symmetry::is_held_by_main(std::span<const std::uint64_t> words) const {
  const Value main = Value::small_int(0);
  switch (part_word::kind(words[part_word::header])) {
    case ObjectKind::Lock: case ObjectKind::RLock:
      return word_at(words, slot::lock::taken) == Value::small_int(1) && word_at(words, slot::lock::owner) == main;
    case ObjectKind::Module:
      return word_at(words, slot::module::thread) == main && word_at(words, slot::module::life) == Value::small_int(slot::module_life::initialising);
    case ObjectKind::Instance: {  // a lock in Python notes its owner in an attribute
      if (static_cast<ObjectId>(words[part_word::name]) == landmarks_.main_thread_object) return false;
      return std::ranges::find(words.subspan(part_word::first_slot), Value(Tag::Opaque, 1).bits()) != words.end();
    }
    default: return false;
  }
}

bool Symmetry::main_holds_something(std::span<const std::uint32_t> words) {
  return global_facts(words[1]).main_holds_something || word_at(parts_->words(words[0]), slot::root::import_lock_owner) == Value::small_int(0);
}

std::int64_t Symmetry::awaited_by(std::uint32_t section) {
  const ObjectId awaited = thread_facts(section).awaits;
  return awaited == no_object ? -1 : static_cast<std::int64_t>(names_->owner(awaited)) - 1;
}

// --- the order

// What all share comes first, so that it comes in few variants: steps are remembered, and sections renamed, by it.
Symmetry::ThreadKey Symmetry::thread_key(std::span<const std::uint32_t> words, std::size_t place) {
  const ThreadFacts& own = thread_facts(words[first_thread + place]);
  const GlobalFacts& globals = global_facts(words[1]);
  std::uint64_t own_key = own.hash;
  for (std::uint32_t i = 0; i < own.references; ++i) own_key = mix(own_key, word_hash(Value::object(references_[own.first_reference + i]), globals, own.number));
  std::uint64_t key = std::ranges::find(globals.threads, own.number, &ThreadObject::number)->key;
  const std::span<const std::uint64_t> root = parts_->words(words[0]);
  for (const unsigned slot : {unsigned{slot::root::gil_holder}, unsigned{slot::root::import_lock_owner}}) {
    const Value holder = word_at(root, slot);
    key = mix(key, holder.is_int() && static_cast<std::uint32_t>(holder.as_int()) == own.number);
  }
  for (const auto& [number, where] : thread_facts(words[first_thread]).mentions) {
    if (number == own.number) key = mix(key, where);
  }
  return {key, own_key};
}

std::uint32_t Symmetry::movable(std::span<const std::uint32_t> words) {
  const std::size_t count = threads_of(words);
  if (count < 3 || count > Places::most || !landmarks_.thread_class.is_object()) return 0;
  std::uint32_t bits = 0;
  for (std::size_t k = 1; k < count; ++k) {
    const ThreadFacts& facts = thread_facts(words[first_thread + k]);
    if (facts.may_move) bits |= 1u << k;
  }
  if ((bits & (bits - 1)) == 0) return 0;
  const GlobalFacts& globals = global_facts(words[1]);
  for (std::size_t k = 1; k < count; ++k) {
    const std::uint32_t number = threads_[words[first_thread + k]].number;
    if (std::ranges::count(globals.threads, number, &ThreadObject::number) != 1) bits &= ~(1u << k);
  }
  return bits;
}

bool Symmetry::choose_places(std::span<const std::uint32_t> words) {
  struct Candidate {
    std::size_t place;
    std::uint64_t likeness;
    bool runs;
    ThreadKey key;
  };
  places_ = Places();
  const std::uint32_t bits = movable(words);
  if (bits == 0) return false;
  std::array<Candidate, Places::most> candidates;
  std::size_t count = 0;
  for (std::size_t k = 1; k < threads_of(words); ++k) {
    if ((bits >> k & 1) == 0) continue;
    const ThreadFacts& facts = threads_[words[first_thread + k]];
    candidates[count++] = {k, facts.likeness, !facts.has_ended, {}};
  }
  const std::span<Candidate> all(candidates.data(), count);
  std::ranges::stable_sort(all, {}, &Candidate::likeness);
  // Main goes on where the thread that it waits for has ended: who has ended stands there.
  const std::int64_t awaited = awaited_by(words[first_thread]);
  for (std::size_t first = 0; first < count;) {
    std::size_t end = first;
    while (end < count && all[end].likeness == all[first].likeness) ++end;
    const std::span<Candidate> like = all.subspan(first, end - first);
    first = end;
    if (like.size() < 2) continue;
    for (Candidate& candidate : like) candidate.key = thread_key(words, candidate.place);
    std::array<std::size_t, Places::most> free_places;
    for (std::size_t i = 0; i < like.size(); ++i) free_places[i] = like[i].place;
    const auto is_awaited = [&](std::size_t place) { return awaited == threads_[words[first_thread + place]].number; };
    std::stable_partition(free_places.begin(), free_places.begin() + static_cast<std::ptrdiff_t>(like.size()), is_awaited);
    std::ranges::stable_sort(like, [](const Candidate& a, const Candidate& b) { return a.runs != b.runs ? !a.runs : a.key < b.key; });
    for (std::size_t i = 0; i < like.size(); ++i) places_.to[like[i].place] = static_cast<std::uint8_t>(free_places[i]);
  }
  return !places_.is_identity();
}

// --- what is remembered

// Which section a section becomes is up to it, to the places and to the new names of the global objects that it refers to.
std::uint64_t Symmetry::section_key(std::uint32_t section, const Renames& renames) {
  const ThreadFacts& facts = thread_facts(section);
  scratch_.clear();
  const auto add = [&](ObjectId name) {
    const auto rename = std::ranges::lower_bound(renames, name, {}, &Renames::value_type::first);
    scratch_.push_back(rename != renames.end() && rename->first == name ? rename->second : name);
  };
  for (std::uint32_t i = 0; i < facts.references; ++i) add(references_[facts.first_reference + i]);
  for (const auto& [from, to] : renames) {
    if (from == no_object) scratch_.push_back(to);
  }
  return std::uint64_t{section} << 32 | (scratch_.empty() ? 0 : name_lists_.intern(scratch_));
}

std::uint32_t Symmetry::numbers_of(std::span<const std::uint32_t> words) {
  scratch_.clear();
  for (std::size_t k = 0; k < threads_of(words); ++k) scratch_.push_back(number_at(words, k));
  return name_lists_.intern(scratch_);
}

bool Symmetry::look_up(std::span<const std::uint32_t> words) {
  const std::uint64_t bits = places_.bits();
  const std::uint32_t numbers = numbers_of(words);
  const auto root = moves_.find({std::uint64_t{words[0]} << 32, bits, numbers});
  const auto globals = moves_.find({std::uint64_t{words[1]} << 32 | 1, bits, numbers});
  if (root == moves_.end() || globals == moves_.end()) return false;
  result_.assign(words.size(), 0);
  result_[0] = root->second.to;
  result_[1] = globals->second.to;
  const Renames& renames = renames_[globals->second.renames];
  for (std::size_t k = 0; k < threads_of(words); ++k) {
    const auto section = section_moves_.find({section_key(words[first_thread + k], renames), bits, numbers});
    if (section == section_moves_.end()) return false;
    result_[first_thread + places_.to[k]] = section->second;
  }
  return true;
}

// After exchange(words, places_, result_), which left the new names in the heap.
void Symmetry::remember(std::span<const std::uint32_t> words) {
  const std::uint64_t bits = places_.bits();
  const std::uint32_t numbers = numbers_of(words);
  Renames renames;
  for (const ObjectId id : canonical_->names_at_rest(1)) {
    if (is_base(id)) continue;
    const Object& object = heap_->at(id);
    const ObjectId now = canonical_->was_reached(object) ? object.canonical : 0;
    if (now != id) renames.emplace_back(id, now);
  }
  for (const ThreadObject& thread : global_facts(words[1]).threads) {  // references to these change in another way
    if (is_base(thread.object)) continue;
    const Object& object = heap_->at(thread.object);
    renames.emplace_back(no_object, thread.number);
    renames.emplace_back(no_object, canonical_->was_reached(object) ? object.canonical : 0);
  }
  std::ranges::stable_sort(renames, {}, &Renames::value_type::first);
  moves_[{std::uint64_t{words[0]} << 32, bits, numbers}] = {result_[0], 0};
  moves_[{std::uint64_t{words[1]} << 32 | 1, bits, numbers}] = {result_[1], static_cast<std::uint32_t>(renames_.size())};
  for (std::size_t k = 0; k < threads_of(words); ++k) section_moves_[{section_key(words[first_thread + k], renames), bits, numbers}] = result_[first_thread + places_.to[k]];
  renames_.push_back(std::move(renames));
}

void Symmetry::name_changes(std::span<const std::uint32_t> words, std::vector<std::pair<std::uint32_t, std::uint32_t>>& changes) const {
  changes.clear();
  for (std::size_t k = 0; k < threads_of(words); ++k) {
    if (places_.to[k] != k) changes.emplace_back(number_at(words, k), number_at(words, places_.to[k]));
  }
}

bool Symmetry::arrange(std::vector<std::uint32_t>& words) {
  moved_heap_ = false;
  if (!choose_places(words)) return false;
  if (!look_up(words)) {
    moved_heap_ = true;
    if (!exchange(words, places_, result_)) return false;
    remember(words);
  }
  words.swap(result_);
  return true;
}

}  // namespace lockweave::state
