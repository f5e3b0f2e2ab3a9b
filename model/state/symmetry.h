// States that differ only in which of several like threads is where, as one state.
//
// Like threads run the same function on the same arguments. Let two of them change places: what each has done so far, its frames, what
// threading keeps about it, and every mention of its identifier become the other's; the references that main keeps to the
// Thread objects, to start and join them, stay. Nothing that follows is different for it, as long as nobody tells the threads apart
// (vm/identity.cpp) and main, once it begins to join them, does nothing else before it has joined them all
// (join_watch.h). Only threads that have begun and are not joined yet change places.
//
// arrange() puts like threads in order by a key that does not depend on which is which, so that of states that differ in that alone
// (nearly always) one is left. What it returns is always the state with threads in other places, never merely one like it.
//
// Exchanging is done in the heap and encoded by Canonical. How each section is renamed is remembered: there are few sections.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/state/canonical.h"
#include "model/state/constants.h"

namespace lockweave::state {

// The thread at place k of the row goes to place to[k]; main is at place 0.
struct Places {
  static constexpr std::size_t most = 16;
  std::array<std::uint8_t, most> to{};
  Places() {
    for (std::size_t k = 0; k < most; ++k) to[k] = static_cast<std::uint8_t>(k);
  }
  bool is_identity() const { return *this == Places(); }
  Places inverse() const {
    Places other;
    for (std::size_t k = 0; k < most; ++k) other.to[to[k]] = static_cast<std::uint8_t>(k);
    return other;
  }
  std::uint64_t bits() const {
    std::uint64_t word = 0;
    for (std::size_t k = 0; k < most; ++k) word |= std::uint64_t{to[k]} << (4 * k);
    return word;
  }
  bool operator==(const Places&) const = default;
};

// get_ident() as a value.
bool is_thread_identifier(Value v);
// Slots of the machine's own records that hold a thread's number.
bool holds_thread_number(ObjectKind kind, std::size_t slot);

class Symmetry {
 public:
  // Strings and objects of the program that it must know.
  struct Landmarks {
    Value thread_class;  // threading.Thread; Unset: there are no like threads
    ObjectId active = no_object;  // threading._active
    ObjectId main_dictionary = no_object;
    ObjectId main_thread_object = no_object;  // threading._main_thread
    Value handle, name, target, arguments, keywords;  // the names of a Thread's attributes
  };

  Symmetry(Heap& heap, Canonical& canonical, CanonicalTables& tables, const Constants& constants) : constants_(&constants), heap_(&heap), canonical_(&canonical), names_(&tables.names), parts_(&tables.parts), lists_(&tables.sections) {}

  // Call after Canonical::freeze.
  void watch(const Landmarks& landmarks);
  // Forgets what was remembered: words have another meaning now.
  void clear();

  // Requires: words came from Canonical::encode, and Canonical::are_threads_apart(words). True: they are another state's now, and
  // places() says who went where. The heap may stand anywhere afterwards (moved_heap()).
  bool arrange(std::vector<std::uint32_t>& words);
  const Places& places() const { return places_; }
  // places() as thread numbers; `words`: of either state.
  void name_changes(std::span<const std::uint32_t> words, std::vector<std::pair<std::uint32_t, std::uint32_t>>& changes) const;
  bool moved_heap() const { return moved_heap_; }
  // The same for given places, without what is remembered; false: it cannot be done. For tests and for arrange().
  bool exchange(std::span<const std::uint32_t> words, const Places& places, std::vector<std::uint32_t>& result);

  std::size_t bytes() const;

  // What one thread's section says, whatever the others are.
  struct ThreadFacts {
    bool is_known = false;
    bool is_open = false;       // begun, not joined
    bool was_joined = false;
    bool may_move = false;      // open, has started nobody, is like something
    bool has_ended = false;
    bool is_ready = false;
    std::uint32_t number = 0;   // of the thread
    std::uint64_t likeness = 0;
    std::uint64_t output = 0;
    std::uint64_t hash = 0;     // of all but the global objects it refers to
    ObjectId awaits = no_object;  // the thread that it waits for to end
    std::uint32_t first_reference = 0;  // in references_: global objects that it refers to, base objects aside
    std::uint32_t references = 0;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> mentions;  // main: thread number, where
  };
  const ThreadFacts& thread_facts(std::uint32_t section);
  // For the watch over main (join_watch.h). Is anything like anything?
  bool is_watching() const { return landmarks_.thread_class.is_object(); }
  // The number of the thread that the thread of this section waits for to end; -1: none.
  std::int64_t awaited_by(std::uint32_t section);
  bool is_mains_dictionary(std::uint32_t part) const { return static_cast<ObjectId>(parts_->words(part)[part_word::name]) == landmarks_.main_dictionary; }
  // A Thread object of the base image, or what each of these has of its own.
  bool belongs_to_thread(ObjectId base) const { return stand_ins_.contains(base); }
  // A lock, a module that it is still initialising: something that another thread could wait for, or take as waited for.
  bool main_holds_something(std::span<const std::uint32_t> words);

 private:
  struct ThreadObject {
    std::uint32_t number = 0;
    ObjectId object = no_object;
    std::uint64_t key = 0;  // what the global section has to do with the thread
  };
  struct GlobalFacts {
    bool is_known = false;
    bool main_holds_something = false;
    std::vector<ThreadObject> threads;
    std::vector<std::pair<ObjectId, std::uint64_t>> colors;  // of objects other than base objects, sorted
  };
  struct Move {
    std::uint32_t to = 0;
    std::uint32_t renames = 0;  // of a global section: in renames_
  };
  struct Key {
    std::uint64_t what = 0;
    std::uint64_t places = 0;
    std::uint32_t numbers = 0;  // of the threads, place by place: in name_lists_
    bool operator==(const Key&) const = default;
  };
  struct HashKey {
    std::size_t operator()(const Key& key) const { return (key.what * 0x9e3779b97f4a7c15ULL ^ (key.places + key.numbers)) * 0xd6e8feb86659fd93ULL; }
  };
  using Renames = std::vector<std::pair<ObjectId, ObjectId>>;
  struct Exchange;

  const GlobalFacts& global_facts(std::uint32_t section);
  void find_colors(std::span<const std::uint32_t> list, GlobalFacts& facts);
  bool mentions_thread(std::uint32_t part, const GlobalFacts& facts) const;
  std::uint64_t part_hash(std::uint32_t part, const GlobalFacts& facts, std::uint32_t self);
  static bool is_thread_object(ObjectId id, const GlobalFacts& facts);
  std::uint64_t word_hash(Value v, const GlobalFacts& facts, std::uint32_t self, bool along = true) const;
  std::uint64_t own_word_hash(Value v, std::uint32_t number, ThreadFacts* facts);
  std::uint64_t plain_hash(Value v) const;
  std::uint64_t label_hash(std::uint64_t label) const;
  std::uint64_t log_hash(Value log) const;
  std::uint64_t path_hash(ObjectId name) const;
  std::uint64_t own_name_hash(ObjectId name, std::uint32_t number) const;
  bool is_named_by_thread(ObjectId name) const;
  std::uint32_t movable(std::span<const std::uint32_t> words);
  bool is_held_by_main(std::span<const std::uint64_t> words) const;
  struct ThreadKey {
    std::uint64_t shared = 0;  // what all share says of the thread
    std::uint64_t own = 0;
    auto operator<=>(const ThreadKey&) const = default;
  };
  ThreadKey thread_key(std::span<const std::uint32_t> words, std::size_t place);
  bool choose_places(std::span<const std::uint32_t> words);
  bool look_up(std::span<const std::uint32_t> words);
  std::uint64_t section_key(std::uint32_t section, const Renames& renames);
  void remember(std::span<const std::uint32_t> words);
  bool is_base(ObjectId id) const { return id < heap_->base_limit(); }
  std::size_t threads_of(std::span<const std::uint32_t> words) const { return words.size() - 3; }
  std::uint32_t numbers_of(std::span<const std::uint32_t> words);
  std::uint32_t number_at(std::span<const std::uint32_t> words, std::size_t place) const;

  const Constants* constants_;
  Heap* heap_;
  Canonical* canonical_;
  PathNames* names_;
  Parts* parts_;
  ListTable* lists_;
  Landmarks landmarks_;
  std::unordered_map<ObjectId, std::uint64_t> stand_ins_;  // base objects of which each Thread object has its own: how they are hashed

  std::vector<ObjectId> held_by_main_;  // in the base image

  std::vector<ThreadFacts> threads_;   // by number of the section
  std::vector<GlobalFacts> globals_;
  std::size_t global_bytes_ = 0;
  std::vector<ObjectId> references_;
  std::unordered_map<Key, Move, HashKey> moves_;           // roots and global sections
  std::unordered_map<Key, std::uint32_t, HashKey> section_moves_;
  RowTable<std::uint32_t> name_lists_;
  std::vector<Renames> renames_;

  Places places_;
  bool moved_heap_ = false;
  std::vector<std::uint32_t> result_;
  std::vector<std::uint32_t> list_;
  std::vector<std::uint32_t> scratch_;
};

}  // namespace lockweave::state
