// Canonical names, and a state as a short row of numbers.
//
// A base object is named by its number. Every other object is named by the path on which a fixed walk first reaches
// it: (name of the object that leads there, which of its slots). Paths are interned, so a name is one number; it does not
// depend on who created the object, when, or on what garbage lies about. Dictionary entries are slots named by
// their key, so that insertion order does not matter (until somebody reads it, see Sharing::tracks_order). A thread's
// frames are named by their depth, outermost first, so that a call renames nothing.
//
// The content of one object together with its name is a *part*, interned as well. The parts of a state lie in sections:
//   root | what is reachable from global data, also by weak references | what else thread 1 leads to | thread 2 | ... |
//   what only a thread's weak references lead to
// A section is the list of the parts of its objects in walk order, base objects only where they differ from the base image;
// it is interned too. A state is the row of its sections' numbers ("collapse", Holzmann: "State Compression in SPIN", 1997).
// A step changes a few objects of one or two sections: the others are neither walked nor looked at again.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/state/heap.h"
#include "model/state/parts.h"
#include "model/state/row_table.h"
#include "model/state/sharing.h"

namespace lockweave::state {

// What all cursors of one program share.
struct CanonicalTables {
  PathNames names;
  Parts parts;
  ListTable sections;
  std::size_t bytes() const { return names.bytes() + parts.bytes() + sections.bytes(); }
};

class Canonical {
 public:
  Canonical(Heap& heap, Sharing& sharing, CanonicalTables& tables)
      : heap_(&heap), sharing_(&sharing), names_(&tables.names), parts_(&tables.parts), lists_(&tables.sections) {}

  // Of another cursor: what is known of the base image is taken from `other`. Requires: both heaps stand at it, and so does `other`.
  Canonical(Heap& heap, Sharing& sharing, const Canonical& other) : Canonical(other) {
    heap_ = &heap;
    sharing_ = &sharing;
  }

  // Everything in the heap becomes the base image. Call once, when loading has ended.
  void freeze();

  // After Sharing has learnt of a dictionary whose order matters: the base image as seen with that knowledge.
  void rebase();

  // Requires: no instruction runs. Root is base object 0.
  void encode(std::vector<std::uint32_t>& words);
  // The same without making use of what is known about the state last restored; for tests.
  void encode_whole(std::vector<std::uint32_t>& words);
  // No words at all stand for the base image.
  void restore(std::span<const std::uint32_t> words);

  // What stands for a base object in a state that has no other part of it.
  std::uint32_t base_part(ObjectId id) const { return base_parts_[id]; }
  bool is_base(ObjectId id) const { return id < heap_->base_limit(); }

  // For step_memo.h. Is every section, but for the threads themselves, only referred to by itself and, if it is the
  // global one, by the others? Requires: words came from encode().
  bool are_threads_apart(std::span<const std::uint32_t> words);
  // By section: which other threads' sections refer to its objects, or have objects that it refers to, as bits by section. Such threads can reach each other's objects
  // other than through global ones. False: the global section refers to somebody's, or there are too many threads. Where it is true and all are 0, are_threads_apart.
  bool find_entanglements(std::span<const std::uint32_t> words, std::vector<std::uint32_t>& by_section);
  // Two bits a thread, in order of numbers: it has ended, its bootstrap has run. Requires: are_threads_apart.
  std::uint64_t thread_facts(std::span<const std::uint32_t> words);
  // A number for whom each of the other threads waits for, as far as its own section tells: at a lock's words, for another's beginning or end, in a frame of a code that
  // is_wait. Never 0. Requires: are_threads_apart.
  std::uint32_t waits_of_others(std::span<const std::uint32_t> words, std::uint32_t own_section);
  std::function<bool(std::uint32_t code)> is_wait;  // of a frame of this code the first local is what its thread waits for
  // Where the k-th thread stands: a hash of its status and of its frames' codes and next instructions; 0: it has ended.
  std::uint64_t place_of(std::span<const std::uint32_t> words, std::size_t k) { return facts(words[first_thread_section + k]).place; }
  std::size_t thread_count(std::span<const std::uint32_t> words) const { return words.size() - first_thread_section - 1; }
  std::uint32_t thread_number(std::span<const std::uint32_t> words, std::size_t k) const;
  bool is_in_other_thread(std::span<const std::uint32_t> words, std::uint32_t own_section, ObjectId id);
  // The section of the thread with this number.
  std::uint32_t section_of(std::span<const std::uint32_t> words, std::uint32_t thread_number) const;
  // What else the step from the state last restored to the one last encoded depended on: which global objects the frames
  // of other threads hold, for their lives or names may have been up to that. False: it cannot be said.
  struct Guard {
    std::vector<ObjectId> held;      // at least one other thread refers to each
    std::vector<ObjectId> not_held;  // no other thread refers to any
  };
  // `other_section`, if not 0: the step is remembered with that of another thread too, which counts as the stepping one then.
  bool find_guard(std::span<const std::uint32_t> words, std::uint32_t own_section, std::uint32_t other_section, Guard& guard);
  bool holds(std::span<const std::uint32_t> words, std::uint32_t own_section, std::uint32_t other_section, std::span<const ObjectId> held, std::span<const ObjectId> not_held);

  // For symmetry.h. What lies in a section of the state last restored: base objects that differ from the base image, and all others.
  std::span<const ObjectId> names_at_rest(std::uint32_t section) const { return rest_[section].names; }
  std::span<const std::uint64_t> base_words(ObjectId id) const { return parts_->words(base_natural_[id]); }
  // The name that the last walk found for the object, if it did.
  bool was_reached(const Object& object) const { return object.walk == epoch_; }

 private:
  Canonical(const Canonical&) = default;
  static constexpr std::uint32_t root_section = 0;
  static constexpr std::uint32_t global_section = 1;
  static constexpr std::uint32_t first_thread_section = 2;

  struct SectionFacts {
    std::uint32_t owner = PathNames::global;  // as in Parts::Edges, over all its parts
    bool is_known = false;
    bool has_ended = false;                   // its thread
    bool has_started = false;
    bool has_lost = false;                    // see lost_
    std::uint32_t wait = 0;                   // of its thread: see waits_of_others
    std::uint64_t place = 1;                  // ... see place_of; as in the base image
    std::uint64_t owners = 0;                 // whose objects it refers to: bit n is thread n's; all bits: it cannot be said
  };
  // A section of the state last restored.
  struct Section {
    std::uint32_t number = 0;
    std::vector<std::uint32_t> parts;
    std::vector<ObjectId> names;  // of the same objects; base objects first
  };

  bool encode_sections(std::vector<std::uint32_t>& words, bool whole);
  void find_changed_sections(bool whole);
  bool root_leads_elsewhere(std::size_t first, std::size_t end) const;  // from one of these slots
  void take_candidates(std::uint32_t section);
  void walk_globals();
  void walk_thread(std::uint32_t section, ObjectId thread);
  void walk_weak_only(std::uint32_t section);
  bool unreached_are_found() const;
  bool settle_names(std::uint32_t section);
  bool are_weak_references_walked(const Object& referent) const;
  void drain();
  void write_section(std::uint32_t section, std::vector<std::uint32_t>& words);

  void reach(ObjectId id, ObjectId parent, std::uint64_t label, Parts::Edge* edge = nullptr);
  void reach(Value v, ObjectId parent, std::uint64_t label) {
    if (v.is_object() && v.object_id() >= heap_->base_limit()) reach(v.object_id(), parent, label);
  }
  void walk(ObjectId id);
  void walk_content(ObjectId id, const Object& object);
  void walk_table(ObjectId id, const Object& object, std::size_t stride);
  std::uint32_t part_of(ObjectId id);
  bool names_hold(ObjectId id, const Object& object);
  std::uint64_t named(Value v) const;
  void sorted_pairs(const Object& object, std::size_t stride);
  std::uint32_t make_part(ObjectId id, Object& object);

  void reach_weakly(std::size_t& next);
  SectionFacts facts(std::uint32_t number);
  const std::vector<ObjectId>& referred_by(std::uint32_t number);
  bool is_referred_by_others(std::span<const std::uint32_t> words, std::uint32_t own_section, std::uint32_t other_section, ObjectId id);
  std::uint64_t owners_of(std::uint32_t part);
  void find_facts(std::uint32_t number, SectionFacts& facts);
  std::uint32_t find_wait(std::uint32_t number, std::span<const std::uint64_t> thread);
  std::uint64_t find_place(std::span<const std::uint64_t> thread) const;
  std::span<const std::uint64_t> listed_frame(Value link) const;
  const std::vector<ObjectId>& lost_references(std::uint32_t part);
  std::vector<ObjectId> private_base_objects(ObjectId thread);
  void watch_releases(std::span<const std::uint32_t> words);
  void find_orphans(std::uint32_t globals, std::uint32_t main, std::vector<ObjectId>& orphans);

  void restore_section(std::uint32_t section, std::uint32_t number);
  void settle(ObjectId id);
  void load(ObjectId id, std::uint32_t part);
  ObjectId name_in(std::uint32_t part) const { return static_cast<ObjectId>(parts_->words(part)[part_word::name]); }

  Heap* heap_;
  Sharing* sharing_;
  PathNames* names_;
  Parts* parts_;
  ListTable* lists_;
  std::vector<std::uint32_t> base_natural_;  // the base image, dictionaries in insertion order
  std::vector<std::uint32_t> base_parts_;    // the same as encode() writes it
  std::vector<std::uint32_t> base_references_;  // to each base object from base objects
  bool natural_order_ = false;

  // The state last restored, and named objects whose part encode() could not keep.
  std::vector<Section> rest_;
  std::vector<Value> rest_root_;  // Root's slots
  std::vector<ObjectId> renamed_;
  std::vector<ObjectId> watched_;  // objects with release_matters

  // Scratch of one walk.
  std::uint32_t epoch_ = 0;
  std::uint32_t section_ = 0;             // being walked
  std::size_t found_again_ = 0;           // objects reached in the section in which they were
  bool was_whole_ = false;
  std::vector<ObjectId> unkept_;          // global objects that were freed, or have another name or none
  std::size_t next_weak_ = 0;
  bool any_renamed_ = false;              // some object reached has another name than it had
  std::vector<std::uint8_t> changed_;     // sections to walk
  std::vector<ObjectId> threads_;
  std::vector<ObjectId> candidates_;      // base objects of the section that may differ from the base image
  std::vector<ObjectId> queue_;
  std::size_t next_ = 0;
  std::vector<std::pair<std::size_t, std::size_t>> members_;  // by section: first and end in walked_
  std::vector<ObjectId> walked_;
  std::vector<ObjectId> weak_;
  std::vector<ObjectId> unreached_;
  std::vector<ObjectId> frames_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> list_;
  std::vector<ObjectId> list_names_;
  std::vector<ObjectId> unsettled_;
  std::vector<ObjectId> left_;
  std::vector<ObjectId> new_orphans_;
  struct Referred {
    std::uint32_t section = 0xffffffffu;  // none
    std::vector<ObjectId> ids;
  };
  std::vector<Referred> referred_ = std::vector<Referred>(4096);  // by number of the section, modulo its size
  std::vector<SectionFacts> facts_;  // by number of the section
  std::map<std::array<std::uint64_t, 4>, std::uint32_t> waits_;  // of one thread
  std::map<std::vector<std::uint32_t>, std::uint32_t> waits_of_others_;
  std::vector<std::uint32_t> other_waits_;
  // By number of the section: base objects and how many references of the base image to them are gone.
  using Lost = std::vector<std::pair<ObjectId, std::uint32_t>>;
  std::unordered_map<std::uint32_t, Lost> lost_;
  std::unordered_map<std::uint32_t, std::vector<ObjectId>> lost_references_;
};

}  // namespace lockweave::state
