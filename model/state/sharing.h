// What the machine has learnt about sharing: which locations can matter to the order of threads.
//
// A location belongs to a class: (creation site of the object, key). A class is *contended* once two threads have
// accessed it, one of them writing, while both were alive and the object was reachable by both. Only accesses to
// contended classes are visible operations; everything else commutes with whatever other threads do.
//
// Nothing is known at first. Whenever an access makes a class contended, the exploration so far was too coarse: the step
// reports StepStatus::Refined and everything starts again with the larger set. The set only grows, so this ends. It is
// sound: take a shortest execution with a conflict on a class outside the final set; all before its last access
// is equivalent to something explored, hence so is that access, and it would have been recorded.
//
// A cursor that explores for another (a follower) learns nothing itself, for what is learnt when would be up to chance: it says that a
// step has news, and the step is run again by the other one when its turn comes.
//
// The order of a dictionary is learnt in the same way: it is kept in states from the first time anybody reads it.
//
// Two more things are learnt in the same way, by which operations are *movers* (Lipton: "Reduction: A Method of Proving
// Properties of Parallel Programs", CACM 1975; docs/reductions.md):
// - Which locks were held at all accesses of a class. If one was, no two threads can be at accesses of the class at once: they
//   are not visible. If one was held at all writes, reads by who holds it are not. Locks of the base image are told apart one by one, those
//   that threads make by the object whose accesses they protect.
// - Whose writes of a class are all by one thread: its own reads are not visible.
// - Which locks are only ever acquired with no limit of time and released by their owner. The release of such a lock
//   may be taken to come right after what its thread did before.
#pragma once

#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

#include "model/base/intern_table.h"
#include "model/state/object.h"

namespace lockweave::state {

// Creation sites: a code object and an instruction, or a number of ours (code ~0). Stable for the machine's life, the same for
// all cursors. Safe for several threads (model/base/intern_table.h).
class Sites {
 public:
  SiteId number(std::uint32_t code, std::uint32_t instruction) { return number_of({std::uint64_t{code} << 32 | instruction, false}); }
  // The place `inner`, in code that many use, reached from the place `outer`.
  SiteId within(SiteId inner, SiteId outer) { return number_of({std::uint64_t{inner} << 32 | outer, true}); }

 private:
  struct Site {
    std::uint64_t key;
    bool is_pair;
  };
  struct HashSite {
    std::uint32_t operator()(const Site& site) const;
  };
  SiteId number_of(Site site);
  InternTable<Site, HashSite> sites_;
};

// What a thread holds, by bits: locks of the base image, of which those from max_base_locks on protect nothing, and two that are no one lock.
using LockSet = std::uint64_t;
inline constexpr unsigned max_base_locks = 62;
inline constexpr LockSet sole_writer = LockSet{1} << 62;    // a right that each thread has: to be the only one who writes
inline constexpr LockSet own_protector = LockSet{1} << 63;  // of the object accessed: its Object::protector

// A place in access() that is one object of the base image rather than a creation site.
inline constexpr SiteId single_object = 0x80000000u;

class Sharing {
 public:
  // shows_reads: a read of a contended class is visible though all writes are protected; for who tells what happened.
  explicit Sharing(Sites& sites, bool shows_reads = false) : sites_(&sites), shows_reads_(shows_reads) {}
  Sites& sites() const { return *sites_; }
  SiteId site(std::uint32_t code, std::uint32_t instruction) { return sites_->number(code, instruction); }

  // Records the access; true if the class is contended and nothing protects the access (the operation is visible). `held`: says
  // what the thread holds, and is told whether the object is to be given a protector if it has none.
  template <typename Held>
  bool access(SiteId site, std::uint64_t key, std::uint32_t observer, bool write, Held&& held) {
    return note_at(site, key, observer, write, held, [&](Entry& entry) { note(entry, observer, write); });
  }

  // A write to something that is no location before the first read of it (a dictionary's order and length).
  template <typename Held>
  bool write_if_read(SiteId site, std::uint64_t key, std::uint32_t observer, Held&& held) {
    return note_at(site, key, observer, true, held, [&](Entry& entry) { note_if_read(entry, observer); });
  }

  // Such a thing is read while no other thread is there: nobody is there to meet, but in which order threads wrote it is told.
  void read_alone(SiteId site, std::uint64_t key);

  // Locks from this site (or the single lock of the base image) that somebody tries, times, looks at or releases for another.
  bool is_lock_watched(SiteId site) const { return watched_locks_.contains(site); }
  void watch_lock(SiteId site) { learn(watched_locks_, site); }
  // Releases at this place are followed by another visible operation before the next switch point.
  bool is_tight_release(SiteId place) const { return tight_releases_.contains(place); }
  void note_tight_release(SiteId place) { learn(tight_releases_, place); }

  bool tracks_order(SiteId site) const { return site < ordered_.size() && ordered_[site]; }
  void track_order(SiteId site);
  void track_order_quietly(SiteId site);  // before anything was explored

  // Objects from this site may run a callback or a finaliser when they die, or keep such an object alive.
  bool is_watched(SiteId site) const { return site < watched_.size() && watched_[site]; }
  void watch(SiteId site);
  bool any_watched() const { return any_watched_; }
  // Instructions that let go of a watched object without saying so before they run.
  bool any_drop_places() const { return !drop_places_.empty(); }
  bool is_drop_place(SiteId place) const { return drop_places_.contains(place); }
  void note_drop_place(SiteId place) { learn(drop_places_, place); }

  // Several threads have this likeness (vm/identity.cpp).
  bool are_alike(std::uint64_t likeness) const { return alike_.contains(likeness); }
  bool any_alike() const { return !alike_.empty(); }
  void note_alike(std::uint64_t likeness) { learn(alike_, likeness); }

  // Some class was changed while several threads were alive: from then on reading a class attribute counts as a read.
  bool classes_change() const { return classes_change_; }
  void note_class_change() { learn(classes_change_); }
  // Some object was given another dictionary of attributes, or its first one, while several threads were alive: from then on who accesses an attribute
  // reads which one it has.
  bool dictionaries_change() const { return dictionaries_change_; }
  void note_dictionary_change() { learn(dictionaries_change_); }
  // Some object was given another class then, or some class another special method or name: instructions that look at types read that they stay.
  bool do_types_change() const { return types_change_; }
  void note_type_change() { learn(types_change_); }
  // A dictionary or set got a key with a comparison of its own then: a key that is not found has been compared with all.
  bool are_keys_compared() const { return keys_are_compared_; }
  void note_compared_key() { learn(keys_are_compared_); }
  // Some thread is a daemon: the order in which threads end is told, since the last of them cuts daemons off.
  void note_daemon() { learn(has_daemons_); }
  bool has_daemons() const { return has_daemons_; }
  // C code accesses ordinary variables that other threads access, too.
  void note_plain_access() { learn(has_plain_accesses_); }
  bool has_plain_accesses() const { return has_plain_accesses_; }
  // A fork, or the end of the interpreter or the process, leaves threads where they are, with all that they hold: where exactly that is matters, so there are no
  // movers, and every state is reached.
  void note_left_behind() { learn(leaves_behind_); }
  bool leaves_threads_behind() const { return leaves_behind_; }
  // Whether a thread waits for another to end has been asked by a third: when it begins to is told.
  void note_join_seen() { learn(joins_are_seen_); }
  bool are_joins_seen() const { return joins_are_seen_; }

  // From now on knows what the other knows and learns nothing. Again: knows what the other has learnt since.
  void follow(const Sharing& other);
  // Of a follower: something was met since the last call that the other, as far as is known, does not know.
  bool take_news() { return std::exchange(has_news_, false); }

  // Something was learnt since the last call.
  bool take_refined() { return std::exchange(refined_, false); }
  // The caller has learnt something of its own; or, of a follower, would have: refined() is not true then.
  void refine() { (follows_ ? has_news_ : refined_) = true; }
  bool refined() const { return refined_; }
  bool order_refined() const { return order_refined_; }
  void clear_order_refined() { order_refined_ = false; }

 private:
  struct Entry {
    std::uint64_t readers = 0;
    std::uint64_t writers = 0;
    LockSet protectors = ~LockSet{0};        // held at all accesses so far
    LockSet write_protectors = ~LockSet{0};  // held at all writes so far, but for own_protector: it counts from when it is none of the protectors
    bool has_own_protectors = false;         // some of its objects have been given one
    bool contended = false;
    bool unread_writes = false;
    bool is_read_alone = false;
    bool asks_for_locks(bool write) const { return protectors != 0 || ((write || contended) && write_protectors != 0); }
    bool gives_protector(bool write) const { return ((protectors | (write ? write_protectors : 0)) & own_protector) != 0; }
    bool is_visible(bool write, LockSet held) const { return contended && protectors == 0 && (write || (held & write_protectors) == 0); }
    bool operator==(const Entry&) const = default;
  };
  struct Slot {
    SiteId site = 0;
    std::uint64_t key = 0;
    Entry entry;
    bool used = false;
  };
  Entry& find(SiteId site, std::uint64_t key);
  const Entry* find_known(SiteId site, std::uint64_t key) const;
  template <typename Held, typename Note>
  bool note_at(SiteId site, std::uint64_t key, std::uint32_t observer, bool write, Held&& held, Note&& note) {
    if (follows_) return look_at(site, key, observer, write, held, note);
    Entry& entry = find(site, key);
    note(entry);
    const LockSet locks = note_locks(entry, observer, write, held);
    return entry.is_visible(write || shows_reads_, locks);
  }
  template <typename Held, typename Note>
  bool look_at(SiteId site, std::uint64_t key, std::uint32_t observer, bool write, Held&& held, Note&& note) {
    const Entry* known = find_known(site, key);
    LockSet locks = 0;
    look(site, key, [&](Entry& entry) {
      note(entry);
      locks = note_locks(entry, observer, write, held);
    });
    return known != nullptr && known->is_visible(write, locks);
  }
  // What a follower makes of an access: `would_note` is done to a copy, and whatever it changes is news.
  template <typename WouldNote>
  void look(SiteId site, std::uint64_t key, WouldNote&& would_note) {
    const Entry* known = find_known(site, key);
    Entry entry = known == nullptr ? Entry{} : *known;
    const std::uint64_t changes = changes_;
    would_note(entry);
    has_news_ = has_news_ || known == nullptr || entry != *known;
    refined_ = false;
    changes_ = changes;
  }
  // Returns them.
  template <typename Held>
  LockSet note_locks(Entry& entry, std::uint32_t observer, bool write, Held&& held) {
    if (!entry.asks_for_locks(write)) return 0;
    const LockSet locks = own(entry, observer, held(entry.gives_protector(write)));
    note_held(entry, locks, write);
    return locks;
  }
  // Everything starts again with it; a follower only says that there is news.
  void learn(bool& fact) {
    if (fact) return;
    if (follows_) {
      has_news_ = true;
      return;
    }
    fact = refined_ = true;
  }
  template <typename Number>
  void learn(std::unordered_set<Number>& numbers, Number number) {
    bool is_known = numbers.contains(number);
    learn(is_known);
    if (!follows_) numbers.insert(number);
  }
  static LockSet own(const Entry& entry, std::uint32_t observer, LockSet held);
  void note(Entry& entry, std::uint32_t observer, bool write);
  void note_if_read(Entry& entry, std::uint32_t observer);
  void note_held(Entry& entry, LockSet held, bool write);
  void grow();
  void note_change();

  Sites* sites_;
  bool shows_reads_ = false;
  std::vector<Slot> slots_ = std::vector<Slot>(1024);
  std::size_t used_ = 0;
  std::vector<bool> ordered_;
  std::vector<bool> watched_;
  std::unordered_set<SiteId> watched_locks_;
  std::unordered_set<SiteId> tight_releases_;
  std::unordered_set<SiteId> drop_places_;
  std::unordered_set<std::uint64_t> alike_;
  bool leaves_behind_ = false;
  bool any_watched_ = false;
  bool has_daemons_ = false;
  bool has_plain_accesses_ = false;
  bool classes_change_ = false;
  bool dictionaries_change_ = false;
  bool types_change_ = false;
  bool keys_are_compared_ = false;
  bool joins_are_seen_ = false;
  bool refined_ = false;
  bool order_refined_ = false;
  bool follows_ = false;
  bool has_news_ = false;
  std::uint64_t changes_ = 0;  // of slots_, so far
};

}  // namespace lockweave::state
