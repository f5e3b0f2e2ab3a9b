// Sleep sets for a search that stores states (docs/reductions.md): which choices of a state need not be run, because what begins with
// them is explored elsewhere. Godefroid, "Partial-Order Methods for the Verification of Concurrent Systems", 1996, chapter 5.
//
// The search goes layer by layer. A state of the next layer sleeps what all ways that led to it let it sleep. Ways that lead to a state of
// this or an earlier layer may ask for more of its choices: they are run at the end of the layer (next_again).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "checker/explore/chunked_vector.h"
#include "checker/explore/dependence.h"
#include "checker/explore/expansion.h"
#include "checker/explore/state_store.h"
#include "model/system.h"

namespace lockweave::explore {

class SleepSets {
 public:
  using SetNumber = std::uint32_t;
  static constexpr SetNumber kEmpty = 0;

  // `symmetry`: like threads are put in order. Main's steps never sleep then, nor do beginnings and ends of threads (docs/reductions.md).
  // `never`: nothing sleeps, and footprints are numbered.
  explicit SleepSets(Blocks& blocks, bool symmetry = false, bool never = false) : symmetry_(symmetry), never_(never), sleep_of_(blocks) { clear(); }
  void clear();

  Dependence& dependence() { return dependence_; }

  // All states so far are of this layer or an earlier one: there are so many.
  void begin_layer(std::size_t states) { layer_end_ = states; }
  const std::vector<Choice>& asleep(StateNumber state) const { return sets_[sleep_of_[state]].choices; }

  // While the choices of a state are run one after the other: what each lets its successor sleep.
  void begin_state(StateNumber state);
  SetNumber after(const Choice& choice, TouchNumber touches);

  // The same after threads have changed places: `change` is the number of `changes`, from 1. An access of which `rename` says nothing is up to which
  // thread is which: steps with such a one sleep no longer.
  using Rename = std::function<std::optional<Access>(const Access&, const ThreadChanges&)>;
  SetNumber renamed(SetNumber set, std::uint32_t change, const ThreadChanges& changes, const Rename& rename);

  // A transition led to the state.
  void arrive(StateNumber state, bool is_new, SetNumber sleep);

  // A state that was expanded, and more of its choices that are to be run now; in the order of states. Nothing: that was all.
  struct Again {
    StateNumber state = 0;
    std::vector<Choice> choices;
    bool may_leave_out = false;  // some of them, again (persistent_sets.h)
  };
  std::optional<Again> next_again();

  std::size_t bytes() const { return sleep_of_.bytes() + dependence_.bytes() + set_bytes_; }

 private:
  struct Sleeper {
    Choice choice;
    TouchNumber touches = 0;
    bool operator==(const Sleeper&) const = default;
  };
  using Sleepers = std::vector<Sleeper>;  // by choice
  struct Set {
    Sleepers sleepers;
    std::vector<Choice> choices;
  };
  struct Hash {
    std::size_t operator()(const Sleepers& sleepers) const;
  };

  SetNumber number_of(const Sleepers& sleepers);
  SetNumber common(SetNumber left, SetNumber right);
  bool may_sleep(const Choice& choice, TouchNumber touches) const;

  bool symmetry_;
  bool never_;
  Dependence dependence_;
  std::vector<Set> sets_;
  std::unordered_map<Sleepers, SetNumber, Hash> numbers_;
  std::unordered_map<std::uint64_t, SetNumber> renamed_;  // by change and set
  std::size_t set_bytes_ = 0;
  ChunkedVector<SetNumber> sleep_of_;        // by state
  std::map<StateNumber, SetNumber> again_;   // states that were expanded with more asleep than this
  std::size_t layer_end_ = 0;
  Sleepers now_;                             // what the next choice's successor may sleep
  Sleepers kept_;
};

}  // namespace lockweave::explore
