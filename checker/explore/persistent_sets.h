// Persistent sets for a search that stores states (docs/reductions.md): in a state it is enough to run the choices of one thread, if nothing that the others can do
// before that thread goes on depends on them. Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems", 1996, chapter 4.
//
// What the others can do is not known beforehand, but learnt: which steps were run by a thread that stood at some place of its program (System::stands), and where
// it stood then. A state in which one thread was taken to be enough on this ground is looked at again when more has been learnt.
//
// Where threads go on touching the same things to the end, one is seldom enough, and looking for it costs more than it saves: then it is given up.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "checker/explore/dependence.h"
#include "checker/explore/reductions.h"
#include "checker/explore/state_store.h"
#include "model/system.h"

namespace lockweave::explore {

class PersistentSets {
 public:
  // The threads of a state that are alive: System::stands.
  using Threads = std::span<const Standing>;

  // It outlives this.
  PersistentSets(Dependence& dependence, PersistentSetsTrial trial) : dependence_(dependence), trial_(trial) {}

  // A step was run.
  void note(ThreadNumber thread, TouchNumber touches, Threads before, Threads after);

  // Is it enough to run the choices of this thread, with these footprints? As far as was known when next_mistaken() had no more.
  bool suffices(ThreadNumber thread, std::span<const TouchNumber> touches, Threads threads);
  // So it was done in this state. Requires: suffices().
  void rely(StateNumber state, ThreadNumber thread, std::span<const TouchNumber> touches, Threads threads);
  // A state in which several threads could go on was looked at.
  void count_state();
  // They leave out too little for what they cost: the exploration is to begin again without.
  bool is_given_up() const { return is_given_up_; }

  // Learns from what was noted; then the next of the states in which one thread is, as is known by now, not enough. Each is told once.
  std::optional<StateNumber> next_mistaken();

  std::size_t bytes() const { return bytes_ + relied_on_.capacity() * sizeof(relied_on_[0]); }

 private:
  static constexpr std::size_t kMostBytes = std::size_t{256} << 20;
  static constexpr std::size_t kMostThreads = 64;

  // A thread at a place.
  using StandNumber = std::uint32_t;
  using ThreadIndex = std::uint32_t;  // threads in the order in which they were met
  static constexpr ThreadIndex kNobody = 0xffffffffu;
  using Touches = std::vector<std::uint64_t>;  // a set: bit n is footprint n

  struct Step {
    TouchNumber touches;
    StandNumber to;
    ThreadIndex joined;  // it cannot be run before this thread has ended
    auto operator<=>(const Step&) const = default;
  };
  struct Stand {
    ThreadIndex thread = 0;
    std::vector<Step> steps;
    std::vector<StandNumber> from;       // whose steps lead here
    std::vector<TouchNumber> waits_at;   // steps that ended here with the thread waiting for a lock: it will go on by acquiring that
    std::vector<Touches> futures;        // what it may touch from here on, and threads that it starts: by index of a thread that does not go on meanwhile
    std::uint32_t changed_in = 0;        // round of learn()
  };

  void learn();
  ThreadIndex index_of(ThreadNumber thread);
  StandNumber stand_of(ThreadNumber thread, std::uint64_t place);
  void add_step(StandNumber from, const Step& step);
  bool renew(StandNumber number);
  static void unite(Touches& all, const Touches& more);
  static void insert(Touches& all, TouchNumber touches);
  bool are_dependent(TouchNumber left, TouchNumber right);
  const Touches& dependent_on(TouchNumber touches);
  bool meets(std::span<const TouchNumber> touches, ThreadIndex thread, StandNumber other);

  // What a state relies on: none of `others`, before `thread` goes on, touches what depends on `touches`.
  struct Claim {
    ThreadIndex thread;
    std::vector<TouchNumber> touches;
    std::vector<StandNumber> others;
    auto operator<=>(const Claim&) const = default;
  };
  Claim claim_of(ThreadNumber thread, std::span<const TouchNumber> touches, Threads threads);
  bool holds(const Claim& claim);

  Dependence& dependence_;
  PersistentSetsTrial trial_;
  std::map<ThreadNumber, ThreadIndex> threads_;
  std::map<std::pair<ThreadNumber, std::uint64_t>, StandNumber> numbers_;
  std::vector<Stand> stands_;
  std::set<std::pair<StandNumber, Step>> steps_;
  std::set<StandNumber> dirty_;             // whose futures may be more than was known
  std::uint32_t round_ = 0;
  std::vector<Touches> dependent_;          // by footprint: those that depend on it
  std::vector<std::size_t> compared_with_;  // so many footprints
  std::map<Claim, std::uint32_t> claims_;
  std::vector<bool> is_broken_;             // by number of the claim
  std::vector<std::pair<StateNumber, std::uint32_t>> relied_on_;
  std::vector<StateNumber> mistaken_;       // the next one last
  std::uint64_t states_ = 0;                // counted
  bool is_given_up_ = false;
  std::size_t bytes_ = 0;
};

}  // namespace lockweave::explore
