// Canonical: what a step of one thread may depend on, for model/step_memo.h.
#include <algorithm>
#include <array>
#include <iterator>

#include "model/base/check.h"
#include "model/state/canonical.h"

namespace lockweave::state {

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
    facts.owners |= owners_of(part);
    const std::uint32_t owner = parts_->edges(part, heap_->base_limit(), *names_).owner;
    if (owner != PathNames::global && owner != facts.owner) facts.owner = facts.owner == PathNames::global ? owner : Parts::Edges::several;
    const std::span<const std::uint64_t> words = parts_->words(part);
    if (part_word::kind(words[part_word::header]) == ObjectKind::Thread) {
      const Value status = Value::from_bits(words[part_word::first_slot + slot::thread::status]);
      facts.has_ended = status.as_int() == static_cast<int>(ThreadStatus::Ended);
      // Of one that has ended it matters instead whether that was seen (Vm::has_company).
      const auto fact = facts.has_ended ? slot::thread::handled : slot::thread::started;
      facts.has_started = (words[part_word::first_slot + fact] == Value(Tag::True).bits()) != facts.has_ended;
      facts.wait = find_wait(number, words);
      facts.place = facts.has_ended ? 0 : find_place(words);
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

// As SectionFacts::owners.
std::uint64_t Canonical::owners_of(std::uint32_t part) {
  constexpr std::uint32_t most = 63;
  std::uint64_t owners = 0;
  const auto add = [&](std::uint32_t owner) {
    if (owner != PathNames::global) owners |= owner <= most ? std::uint64_t{1} << (owner - 1) : ~std::uint64_t{0};
  };
  const std::uint32_t owner = parts_->edges(part, heap_->base_limit(), *names_).owner;
  if (owner != Parts::Edges::several) {
    add(owner);
    return owners;
  }
  const std::span<const std::uint64_t> words = parts_->words(part);
  const auto follow = [&](Value v) {
    if ((v.is_object() || v.is(Tag::Weak)) && !names_->is_thread(v.object_id())) add(names_->owner(v.object_id()));
  };
  for (const std::uint64_t bits : words.subspan(part_word::of_class)) follow(Value::from_bits(bits));
  if (const ObjectId weak = part_word::weak_head(words[part_word::header]); weak != no_object) follow(Value(Tag::Weak, weak));
  return owners;
}

// References to base objects that a base object had in the base image and has not in this part of it.
const std::vector<ObjectId>& Canonical::lost_references(std::uint32_t part) {
  const auto [place, is_new] = lost_references_.try_emplace(part);
  if (!is_new) return place->second;
  const auto references = [this](std::uint32_t from) {
    std::vector<ObjectId> found;
    for (const std::uint64_t bits : parts_->words(from).subspan(part_word::of_class)) {
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
    const Value number = Value::from_bits(root[part_word::first_slot + slot::root::threads + 2 * (k - first_thread_section)]);
    if (owner != PathNames::global && owner != static_cast<std::uint32_t>(number.as_int()) + 1) return false;
  }
  return true;
}

bool Canonical::find_entanglements(std::span<const std::uint32_t> words, std::vector<std::uint32_t>& by_section) {
  by_section.assign(words.size(), 0);
  if (words.size() <= first_thread_section || words.size() > 32 || words.back() != 0) return false;
  if (facts(words[global_section]).owners != 0) return false;
  std::array<std::uint64_t, 32> owner_bits{};
  for (std::uint32_t k = first_thread_section; k + 1 < words.size(); ++k) {
    const std::uint32_t number = thread_number(words, k - first_thread_section);
    if (number >= 63) return false;
    owner_bits[k] = std::uint64_t{1} << number;
  }
  for (std::uint32_t k = first_thread_section; k + 1 < words.size(); ++k) {
    std::uint64_t owners = facts(words[k]).owners & ~owner_bits[k];
    for (std::uint32_t j = first_thread_section; owners != 0 && j + 1 < words.size(); ++j) {
      if ((owners & owner_bits[j]) == 0) continue;
      owners &= ~owner_bits[j];
      by_section[k] |= 1u << j;
      by_section[j] |= 1u << k;
    }
    if (owners != 0) return false;
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

namespace {

Value slot_of(std::span<const std::uint64_t> part, unsigned slot) { return Value::from_bits(part[part_word::first_slot + slot]); }

}  // namespace

// The frame's part in list_; empty: it is in another section.
std::span<const std::uint64_t> Canonical::listed_frame(Value link) const {
  const auto part = std::ranges::find_if(list_, [&](std::uint32_t known) { return name_in(known) == link.object_id(); });
  if (part == list_.end()) return {};
  return parts_->words(*part);
}

// Requires: list_ has the section's parts.
std::uint64_t Canonical::find_place(std::span<const std::uint64_t> thread) const {
  std::uint64_t hash = slot_of(thread, slot::thread::status).bits();
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  };
  for (Value link = slot_of(thread, slot::thread::frame); link.is_object();) {
    const std::span<const std::uint64_t> frame = listed_frame(link);
    if (frame.empty()) {
      mix(link.bits());
      break;
    }
    mix(slot_of(frame, slot::frame::code).bits());
    mix(slot_of(frame, slot::frame::pc).bits());
    link = slot_of(frame, slot::frame::back);
  }
  return hash | 1;
}

std::uint32_t Canonical::thread_number(std::span<const std::uint32_t> words, std::size_t k) const {
  return static_cast<std::uint32_t>(slot_of(parts_->words(words[root_section]), slot::root::threads + 2 * static_cast<unsigned>(k)).as_int());
}

// As Vm::thread_awaited_by and Vm::has_wakeable_waiter ask. Requires: list_ has the section's parts.
std::uint32_t Canonical::find_wait(std::uint32_t number, std::span<const std::uint64_t> thread) {
  const auto status = static_cast<ThreadStatus>(slot_of(thread, slot::thread::status).as_int());
  const bool waits = status == ThreadStatus::Lock || status == ThreadStatus::Join || status == ThreadStatus::Started;
  enum FrameWait : std::uint64_t { none, first_local, unknown };
  std::array<std::uint64_t, 4> wait{waits ? static_cast<std::uint64_t>(status) : 0, waits ? slot_of(thread, slot::thread::waits_for).bits() : 0, none, 0};
  for (Value link = slot_of(thread, slot::thread::frame); link.is_object();) {
    const std::span<const std::uint64_t> frame = listed_frame(link);
    if (frame.empty()) {  // one that others know: two sections count as the same only if they are
      wait[2] = unknown;
      wait[3] = number;
      break;
    }
    if (is_wait(static_cast<std::uint32_t>(slot_of(frame, slot::frame::code).number()))) {
      wait[2] = first_local;
      wait[3] = slot_of(frame, slot::frame::first_local).bits();
      break;
    }
    link = slot_of(frame, slot::frame::back);
  }
  return waits_.try_emplace(wait, static_cast<std::uint32_t>(waits_.size())).first->second;
}

std::uint32_t Canonical::waits_of_others(std::span<const std::uint32_t> words, std::uint32_t own_section) {
  other_waits_.clear();
  for (std::uint32_t k = first_thread_section; k + 1 < words.size(); ++k) other_waits_.push_back(k == own_section ? 0 : facts(words[k]).wait);
  const auto next = static_cast<std::uint32_t>(waits_of_others_.size()) + 1;
  return waits_of_others_.try_emplace(other_waits_, next).first->second;
}

bool Canonical::is_in_other_thread(std::span<const std::uint32_t> words, std::uint32_t own_section, ObjectId id) {
  for (std::uint32_t k = first_thread_section; k + 1 < words.size(); ++k) {
    if (k == own_section) continue;
    lists_->expand(words[k], list_);
    if (std::ranges::any_of(list_, [&](std::uint32_t part) { return name_in(part) == id; })) return true;
  }
  return false;
}

std::uint32_t Canonical::section_of(std::span<const std::uint32_t> words, std::uint32_t thread_number) const {
  const std::span<const std::uint64_t> root = parts_->words(words[root_section]);
  for (std::uint32_t k = first_thread_section; k + 1 < words.size(); ++k) {
    if (Value::from_bits(root[part_word::first_slot + slot::root::threads + 2 * (k - first_thread_section)]).as_int() == thread_number) return k;
  }
  LOCKWEAVE_CHECK(false, "a state has no such thread");
  return 0;
}

// Other than base objects that the section refers to, sorted.
const std::vector<ObjectId>& Canonical::referred_by(std::uint32_t number) {
  Referred& known = referred_[number % referred_.size()];
  if (known.section == number) return known.ids;
  known.section = number;
  known.ids.clear();
  lists_->expand(number, list_);
  for (const std::uint32_t part : list_) {
    const Parts::Edges edges = parts_->edges(part, heap_->base_limit(), *names_);
    for (std::uint32_t i = edges.begin; i < edges.begin + edges.count; ++i) known.ids.push_back(parts_->edge(i).child);
  }
  std::ranges::sort(known.ids);
  known.ids.erase(std::unique(known.ids.begin(), known.ids.end()), known.ids.end());
  return known.ids;
}

bool Canonical::is_referred_by_others(std::span<const std::uint32_t> words, std::uint32_t own_section, std::uint32_t other_section, ObjectId id) {
  for (std::uint32_t section = first_thread_section; section + 1 < words.size(); ++section) {
    if (section != own_section && section != other_section && std::ranges::binary_search(referred_by(words[section]), id)) return true;
  }
  return false;
}

bool Canonical::find_guard(std::span<const std::uint32_t> words, std::uint32_t own_section, std::uint32_t other_section, Guard& guard) {
  guard.held.clear();
  guard.not_held.clear();
  if (was_whole_ || words.size() != rest_.size()) return false;
  const auto is_base_object = [this](ObjectId id) { return is_base(id); };
  if (std::ranges::any_of(unkept_, is_base_object) || std::ranges::any_of(heap_->released_low, is_base_object)) return false;
  find_orphans(words[global_section], words[first_thread_section], new_orphans_);
  const auto was_known = [this](ObjectId id) { return heap_->at(id).release_matters || heap_->at(id).kind == ObjectKind::Free; };
  if (!std::ranges::all_of(new_orphans_, was_known)) return false;
  if (unkept_.empty() && heap_->released_low.empty()) return true;

  std::vector<std::uint32_t> before;
  for (const Section& section : rest_) before.push_back(section.number);
  const auto sort_out = [&](ObjectId id) { (is_referred_by_others(before, own_section, other_section, id) ? guard.held : guard.not_held).push_back(id); };
  std::ranges::for_each(unkept_, sort_out);
  std::ranges::for_each(heap_->released_low, sort_out);
  for (std::vector<ObjectId>* list : {&guard.held, &guard.not_held}) {
    std::ranges::sort(*list);
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
  // The name of what third threads hold could become one of theirs.
  return other_section == 0 || guard.held.empty();
}

bool Canonical::holds(std::span<const std::uint32_t> words, std::uint32_t own_section, std::uint32_t other_section, std::span<const ObjectId> held, std::span<const ObjectId> not_held) {
  const auto is_referred = [&](ObjectId id) { return is_referred_by_others(words, own_section, other_section, id); };
  return std::ranges::all_of(held, is_referred) && std::ranges::none_of(not_held, is_referred);
}

// Objects that may die, or be found alive, within a step by what other threads' frames hold: global ones that weak
// references lead to, these references themselves if the program knows them by their referent only, and base objects that the base image may not hold any more.
void Canonical::watch_releases(std::span<const std::uint32_t> words) {
  for (ObjectId id : watched_) heap_->at(id).release_matters = false;
  watched_.clear();
  heap_->released_low.clear();
  if (words.size() <= first_thread_section) return;
  find_orphans(words[global_section], words[first_thread_section], watched_);
  for (ObjectId id : rest_[global_section].names) {
    if (!is_base(id) && (heap_->at(id).weak_head != no_object || names_->is_weak(id))) watched_.push_back(id);
  }
  for (ObjectId id : watched_) {
    Object& object = heap_->at(id);
    object.release_matters = true;
    object.rest_refcount = object.refcount;
  }
}

}  // namespace lockweave::state
