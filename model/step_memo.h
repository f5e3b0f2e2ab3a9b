// Steps remembered: in two states that agree in everything the stepping thread can reach, its step does the same.
//
// A state is the row of its sections (state/canonical.h). If no thread's section refers to another's, a step of thread k
// reads and writes the root, the global section, k's own, and of other threads only whether they have started and ended. So its
// result is remembered under those, and serves in every state that has them, whatever the other threads are at. Of a step that has looked at whom other threads
// wait for, too, that is part of what it is remembered under. Left out are
// - steps that looked at another thread beyond that (Vm::looked_at_others),
// - steps after which another section than those three is different, or a thread more,
// - steps in which an object of the base image was freed, or may have been kept alive by another thread's frames only.
// If something else that is global lost its name or its life, or may have been kept alive by another thread's frames only, the
// effect has a guard: which of those objects other threads refer to (Canonical::find_guard).
// Two threads may lead to each other's objects (one has the other's thread state, say), or a step may give the other back the name of an object. So there is a second kind of
// memory: a step under its thread's section and that of one other thread, if no third one leads to what they have, nor they to what it has. It changes those two, and what a third one
// holds has kept its name.
// The effect is that of running the step (MachineOptions::verify_states compares); only time is saved.
//
// The memory has a limit. Where it is reached, a part of it keeps what was found since it was last looked through, and forgets
// the rest: an exploration hardly comes back to steps of states that it has left behind long ago.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/base/prefetch.h"
#include "model/step.h"

namespace lockweave {

class StepMemo {
 public:
  struct Key {
    std::uint32_t root = 0;
    std::uint32_t globals = 0;
    std::uint32_t own = 0;   // of a step that looked at whom others wait for: see with_waits
    std::uint32_t rest = 0;  // the section's place, the choice, and what is known of the other threads
    bool operator==(const Key&) const = default;
  };
  struct Effect {
    std::uint32_t root = 0;
    std::uint32_t globals = 0;
    std::uint32_t own = 0;
    mutable std::uint32_t report = 0;  // its high bit: was_found
    std::uint32_t guard = 0;           // 0: none
  };

  // `facts`: Canonical::thread_facts. Nothing for the rare step that does not fit into a key.
  static std::optional<Key> key(std::span<const std::uint32_t> state, std::uint32_t section, const Choice& choice, std::uint64_t facts);

  // Says that the key will soon be looked for.
  void prefetch(const Key& key) const {
    const std::uint64_t hash = StepMemo::hash(key);
    const Segment& segment = segments_[segment_of(hash)];
    if (!segment.entries.empty()) lockweave::prefetch(&segment.entries[Segment::place(hash, segment.entries.size())]);
  }
  // Null if it is not there. `holds` is asked about guards: held, not held. `waits`: is asked (Canonical::waits_of_others) if nothing is remembered without.
  template <typename Holds, typename Waits>
  const Effect* find(Key key, Holds&& holds, Waits&& waits) {
    note_question();
    const Effect* found = look_up(key, holds);
    if (found == nullptr) {
      const auto pair = own_and_waits_.find(own_and_waits(key.own, waits()));
      if (pair == own_and_waits_.end()) return nullptr;
      key.own = pair->second;
      found = look_up(key, holds);
    }
    found_ += found != nullptr;
    if (found != nullptr) found->report |= was_found;
    return found;
  }
  // The key of a step that looked at whom other threads wait for.
  Key with_waits(Key key, std::uint32_t waits);
  // What is remembered under the sections of two threads, the second of which is `other`, at that place. Asked when find() has not found it.
  struct PairEffect {
    const Effect* effect = nullptr;  // whose `own` is not to be looked at
    std::uint32_t own = 0;
    std::uint32_t other = 0;
  };
  // Of a thread whose section this is.
  bool has_pairs(std::uint32_t own) const { return own < in_pairs_.size() && in_pairs_[own]; }
  template <typename Holds>
  PairEffect find_pair(Key key, std::uint32_t place, std::uint32_t other, Holds&& holds) {
    const auto pair = pairs_.find({key.own, place, other});
    if (pair == pairs_.end()) return {};
    key.own = pair->second;
    const Effect* found = look_up(key, holds);
    if (found == nullptr) return {};
    ++found_;
    found->report |= was_found;
    return {found, pair_effects_[found->own].first, pair_effects_[found->own].second};
  }
  // Nothing is remembered if there are too many. `not_held`: by third threads.
  void insert_pair(Key key, std::uint32_t place, std::uint32_t other, Effect effect, std::uint32_t other_after, const StepReport& report, std::span<const std::uint32_t> not_held);
  // Requires: not there yet; the report has no words.
  void insert(const Key& key, Effect effect, const StepReport& report, std::span<const std::uint32_t> held, std::span<const std::uint32_t> not_held);
  void fill(std::uint32_t number, StepReport& report) const;
  void clear();
  // No: remembering has cost more than it has saved, and ends.
  bool is_worth_it() const { return !is_given_up_; }
  std::size_t bytes() const;

 private:
  // A report without its lists, which lie in one array each.
  struct ShortReport {
    std::uint32_t instructions = 0;
    std::uint32_t first_access = 0;
    std::uint32_t first_event = 0;
    std::uint16_t accesses = 0;
    std::uint8_t events = 0;
    std::uint8_t flags = 0;
  };
  struct Guard {
    std::uint32_t first_held = 0;  // in names_; those not held follow
    std::uint16_t held = 0;
    std::uint16_t not_held = 0;
  };
  struct Entry {
    Key key;
    Effect effect;
  };
  static std::uint64_t own_and_waits(std::uint32_t own, std::uint32_t waits) { return std::uint64_t{own} << 32 | waits; }
  static constexpr std::uint32_t has_waits = 0x80000000u;  // in Key::own: a number from own_and_waits_ or pairs_
  std::uint32_t next_number() const { return has_waits | static_cast<std::uint32_t>(own_and_waits_.size() + pairs_.size()); }
  static std::uint64_t hash(const Key& key) {
    return mix(mix(std::uint64_t{key.root} << 32 | key.globals, std::uint64_t{key.own} << 32 | key.rest), 0);
  }
  template <typename Holds>
  const Effect* look_up(const Key& key, Holds& holds) const {
    const Effect* found = nullptr;
    for_each_entry(key, [&](const Effect& effect) {
      const Guard* guard = effect.guard == 0 ? nullptr : &guards_[effect.guard - 1];
      if (guard == nullptr || holds(names(guard->first_held, guard->held), names(guard->first_held + guard->held, guard->not_held))) found = &effect;
      return found != nullptr;
    });
    return found;
  }
  static constexpr std::uint64_t mix(std::uint64_t h, std::uint64_t word) {
    h = (h ^ word) * 0x9e3779b97f4a7c15ULL;
    return h ^ h >> 29;
  }
  static std::uint64_t hash(const StepReport& report);
  void note_question();
  std::span<const std::uint32_t> names(std::uint32_t first, std::uint32_t count) const { return std::span(names_).subspan(first, count); }
  // The table is cut into segments that grow each by itself. An entry without a root is a free place.
  static constexpr int segment_bits = 6;
  struct Segment {
    std::vector<Entry> entries;
    std::size_t used = 0;
    static std::size_t place(std::uint64_t hash, std::size_t size) { return ((hash & 0xffffffffu) * size) >> 32; }
    std::size_t next(std::size_t i) const { return i + 1 == entries.size() ? 0 : i + 1; }
  };
  static std::size_t segment_of(std::uint64_t hash) { return hash >> (64 - segment_bits); }
  // Until `visit` says true.
  template <typename Visit>
  void for_each_entry(const Key& key, Visit&& visit) const {
    const std::uint64_t hash = StepMemo::hash(key);
    const Segment& segment = segments_[segment_of(hash)];
    if (segment.entries.empty()) return;
    for (std::size_t i = Segment::place(hash, segment.entries.size()); segment.entries[i].effect.root != 0; i = segment.next(i)) {
      if (segment.entries[i].key == key && visit(segment.entries[i].effect)) return;
    }
  }
  std::uint32_t keep(const StepReport& report);
  bool is_same(const ShortReport& kept, const StepReport& report) const;
  static void put(Segment& segment, const Entry& entry);
  void grow(Segment& segment);
  void forget_unused(Segment& segment);
  static constexpr std::uint32_t was_found = 0x80000000u;  // since the segment was last looked through
  static constexpr std::size_t max_bytes = std::size_t{96} << 20;

  std::array<Segment, std::size_t{1} << segment_bits> segments_;
  std::size_t places_ = 0;  // of all segments
  std::vector<ShortReport> reports_;
  std::vector<std::uint32_t> report_table_;  // report + 1
  std::vector<Access> accesses_;
  std::vector<Event> events_;
  std::vector<Guard> guards_;
  std::vector<std::uint32_t> names_;
  std::unordered_map<std::uint64_t, std::uint32_t> own_and_waits_;
  using Pair = std::array<std::uint32_t, 3>;  // the stepping thread's section, the place of the other one, that section
  struct HashPair {
    std::size_t operator()(const Pair& pair) const { return mix(mix(pair[0], pair[1]), pair[2]); }
  };
  static constexpr std::size_t max_pairs = std::size_t{1} << 18;
  std::unordered_map<Pair, std::uint32_t, HashPair> pairs_;
  std::vector<bool> in_pairs_;  // by number: the first sections of pairs_
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pair_effects_;  // the two sections after the step, by Effect::own
  std::uint64_t asked_ = 0;
  std::uint64_t found_ = 0;
  bool is_given_up_ = false;
};

}  // namespace lockweave
