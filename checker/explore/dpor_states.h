// The states that executions come through, and what each choice does there. Executions have most of them in common, so what was run
// once is looked up ever after; under a limit of memory all but the way at hand is forgotten now and then, and run again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "checker/explore/dpor_footprints.h"
#include "checker/trace/available.h"
#include "model/system.h"

namespace lockweave::explore {

using StateNumber = std::uint32_t;
inline constexpr std::uint32_t kNoNumber = 0xffffffffu;

// What a choice does in a state.
struct DporMove {
  Choice choice;
  FootprintNumber footprint = kNoNumber;  // unknown so far
  StateNumber next = kNoNumber;           // likewise
  std::uint32_t events = 0;               // a number for events(); 0: none
  std::uint32_t error = 0;                // a number for error(); 0: it can be run
};

class DporStates {
 public:
  enum class Answer : std::uint8_t { Done, Refined, LockMistaken };

  // `is_fork`: the system is a cursor that learns nothing, and a step that would teach its origin is answered by Refined.
  DporStates(System& system, DporFootprints& footprints, bool timeouts_last, bool is_fork)
      : system_(system), footprints_(footprints), timeouts_last_(timeouts_last), is_fork_(is_fork) {
    clear();
  }

  // Forgets everything. Gives the initial state.
  StateNumber start();
  void clear();

  // The state with those words, and back.
  StateNumber intern(std::span<const std::uint32_t> words);
  std::span<const std::uint32_t> words_of(StateNumber state) const { return std::span(words_).subspan(states_[state].words, states_[state].count); }

  // Valid until the next call that is not const.
  std::span<DporMove> moves(StateNumber state);
  // Null: the choice cannot be made there.
  DporMove* find_move(StateNumber state, const Choice& choice);

  // Makes known what the choice touches there and, if wanted, where it leads. `move`: its place in moves(). Other answers than Done: all is void.
  Answer know(StateNumber state, std::size_t move, bool want_next);
  std::size_t place_of(StateNumber state, const DporMove* move) { return static_cast<std::size_t>(move - moves(state).data()); }

  const std::vector<Event>& events(std::uint32_t number) const { return events_[number]; }
  const std::string& error(std::uint32_t number) const { return errors_[number]; }
  bool can_step(StateNumber state) const { return states_[state].can_step; }
  bool held_the_gil() const { return held_the_gil_; }       // some step ended where nobody else may run
  void note_held_gil() { held_the_gil_ = true; }

  // Puts the system there.
  System& stand_at(StateNumber state);
  void moved_system() { stands_at_ = kNoNumber; }

  // Room for the explorer's own notes on a state.
  std::uint32_t& depth(StateNumber state) { return states_[state].depth; }      // where on the way it is, or kNoNumber
  std::uint32_t& end(StateNumber state) { return states_[state].end; }           // a number for the explorer, or 0

  // Forgets all but those, which get new numbers.
  void keep_only(std::vector<StateNumber>& states);
  std::size_t bytes() const;       // held
  std::size_t used_bytes() const;  // of those, what keep_only() can set free

 private:
  struct State {
    std::size_t words = 0;  // in words_
    std::uint32_t count = 0;
    std::uint32_t first_move = kNoNumber;  // not looked at so far
    std::uint32_t move_count = 0;
    std::uint32_t depth = kNoNumber;
    StateNumber from = kNoNumber;          // where it was come from, by which move
    std::uint32_t from_move = 0;
    std::uint32_t end = 0;
    bool can_step = false;
  };

  void find_moves(StateNumber state);
  void inherit_footprints(StateNumber state);
  void grow();

  System& system_;
  DporFootprints& footprints_;
  bool timeouts_last_;
  bool is_fork_;
  StateNumber stands_at_ = kNoNumber;  // where the system is
  std::vector<State> states_;
  std::vector<std::uint32_t> words_;
  std::vector<DporMove> moves_;
  std::vector<std::vector<Event>> events_;
  std::vector<StateNumber> table_;     // by hash, + 1
  StateWords scratch_;
  trace::Available available_;
  std::vector<std::string> errors_;
  bool held_the_gil_ = false;
};

}  // namespace lockweave::explore
