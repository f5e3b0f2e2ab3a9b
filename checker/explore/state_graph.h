// The explored graph: states, the transitions between them, and what is broken where. A state is expanded at most once,
// in whatever order a strategy likes; afterwards its transitions are read, not run again.
//
// With sleep sets (GraphOptions::sleep_sets) transitions are missing whose states are in the graph all the same, with persistent sets
// (GraphOptions::persistent_sets) states, too. Then ends and what is broken are those of the whole graph, and ways can be read off it; preemptions and
// executions that go on for ever cannot.
//
// Per state: its words in the store (13 bytes or so), one byte of flags, and 2 to 3 bytes a transition (edge_log.h). Parents are not
// kept: the log knows which transition was the first to lead to a state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "checker/explore/choices.h"
#include "checker/explore/checkpoint.h"
#include "checker/explore/chunked_vector.h"
#include "checker/explore/edge_labels.h"
#include "checker/explore/edge_log.h"
#include "checker/explore/expansion_order.h"
#include "checker/explore/expansion.h"
#include "checker/explore/explorer.h"
#include "checker/explore/obligations.h"
#include "checker/explore/persistent_sets.h"
#include "checker/explore/sleep_sets.h"
#include "checker/explore/state_store.h"
#include "checker/property/property.h"
#include "model/system.h"

namespace lockweave::explore {

struct Edge {
  StateNumber target = 0;
  Choice choice;
  bool released = false;  // StepReport::released
  PropertySet broken;     // by the step's events
  std::uint32_t changes = 0;  // StateGraph::changes
  std::uint32_t number = 0;  // of all transitions, in the order in which they were run
};

class StateGraph {
 public:
  enum class End : std::uint8_t { Done, Refined };
  static constexpr StateNumber kInitial = 0;
  static constexpr StateNumber kNone = 0xffffffffu;

  // The system outlives the graph and is moved about by it.
  StateGraph(System& system, GraphOptions options);

  // Forgets everything and stands at the initial state again.
  void restart();

  // Runs every choice of the state. After Refined nothing in the graph means anything: restart().
  End expand(StateNumber state);
  // The same, but what it found may wait in line: the successors of two states are under way while their places in the store come into the
  // cache. States are numbered as by expand(). Before anything else is asked of the graph: settle().
  End expand_ahead(StateNumber state);
  void settle() { settle(0); }
  // With sleep sets or persistent sets a search goes layer by layer: all states so far belong to this layer or an earlier one.
  End begin_layer();
  End end_layers();
  // Choices of states already expanded that are to be run after all, at the end of a layer.
  std::optional<SleepSets::Again> next_again();
  End expand_again(const SleepSets::Again& again);
  // Of the next layer: the choices that need not be run.
  std::span<const Choice> asleep(StateNumber state) const;
  // What was met makes sleep sets and persistent sets unsound, or of no use: the exploration must begin again without (after Refined).
  std::string_view why_all_orders() const { return why_all_orders_; }
  // They leave out too little: the exploration must begin again without (after Refined).
  bool gave_up_persistent_sets() const { return persistent_ && persistent_->is_given_up(); }
  // Are there so many states? May settle.
  bool has(StateNumber state) {
    if (state >= state_count()) settle();
    return state < state_count();
  }
  // The same in two parts, so that the middle can be done elsewhere: the words for an Expander, and entering what it found.
  void words_of(StateNumber state, StateWords& words);
  End enter(StateNumber state, const Expansion& found);

  // The same as when the record was saved, without running what need not be run (checkpoint.h). False: it cannot be the same system.
  // Requires: states are expanded in the order of their numbers.
  bool enter_saved(StateNumber state, const SavedRecord& record);
  bool enter_saved_again(const SleepSets::Again& again, const SavedRecord& record);
  // Requires: the states that are expanded are those with the lowest numbers.
  void save(CheckpointWriter& writer) const;
  // The steps so far that taught the system something.
  Lessons lessons() const;

  const GraphOptions& options() const { return options_; }
  bool is_expanded(StateNumber state) const { return order_.record_of(state) != ExpansionOrder::kNone; }
  // None if the state is not expanded.
  void edges(StateNumber state, std::vector<Edge>& edges) const;
  // The same one by one, for those who walk all of a large graph: visit(target, choice, number of the transition).
  template <typename Visit>
  void for_each_edge(StateNumber state, Visit&& visit) const {
    for_each_arrow(state, [&](const EdgeLog::Arrow& arrow) { visit(arrow.target, choice_table_[labels_[arrow.label].choice], arrow.number); });
  }
  // What is broken in the state itself: deadlock, a leaked lock, an unserialisable end, a livelock.
  PropertySet broken_in(StateNumber state) const;
  void mark_livelock(StateNumber state);

  // Everything broken anywhere.
  PropertySet broken() const { return broken_; }
  std::vector<Choice> path_to(StateNumber state) const;
  // The path on which the property was first met. Requires: broken().has(property).
  std::vector<Choice> first_way_to(PropertyWord property) const;
  // Requires: the choices lead through expanded states.
  StateNumber state_after(const std::vector<Choice>& choices) const;
  std::uint32_t preemptions_of(const std::vector<Choice>& choices) const;
  void move_system_to(StateNumber state);
  // Where the graph stands: the path to the state being expanded, and the choice being run.
  std::vector<Choice> current_path() const;

  std::size_t state_count() const { return flags_.size(); }
  std::size_t expanded_count() const { return order_.size(); }
  std::size_t transition_count() const { return log_.arrow_count(); }
  std::size_t end_count() const { return ends_; }
  std::size_t deadlock_end_count() const { return deadlock_ends_; }
  std::size_t bytes() const;

  // Outcome -> the first end state that has it. Filled with GraphOptions::want_outcomes.
  const std::map<Outcome, StateNumber>& outcomes() const { return outcomes_; }
  // The record of every end state. Filled with GraphOptions::serial.
  const std::set<std::string>& serial_records() const { return serial_records_; }
  // Functions given to `sometimes` that no execution so far has reached, as name numbers.
  std::vector<std::uint32_t> never_reached() const;
  // What functions given to `eventually` owe.
  const Obligations& obligations() const { return obligations_; }
  // With GraphOptions::symmetry: how threads are renamed on a transition; every end state with its outcome, if GraphOptions::want_outcomes;
  // whether threads that were put in order turned out to be told apart (End::Refined was the answer then).
  const std::vector<std::pair<Outcome, StateNumber>>& ends() const { return outcome_of_ends_; }
  const ThreadChanges& changes(std::uint32_t number) const { return changes_[number]; }
  bool has_changes() const { return changes_.size() > 1; }
  std::string_view told_apart() const { return told_apart_; }

  struct Unsupported {
    std::string text;
    std::vector<Choice> choices;
  };
  // The first step met that could not be run.
  const std::optional<Unsupported>& unsupported() const { return unsupported_; }

 private:
  template <typename Visit>
  void for_each_arrow(StateNumber state, Visit&& visit) const {
    order_.for_each_record(state, [&](std::uint32_t record) {
      log_.for_each(record, [&](const EdgeLog::Arrow& arrow) {
        visit(arrow);
        return true;
      });
    });
  }
  bool has_edge(StateNumber state, const Choice& choice) const;

  enum StateFlag : std::uint8_t { kDeadlock = 1, kLockLeak = 2, kUnserializable = 4, kLivelock = 8 };
  End enter_decoded(StateNumber state, const Expansion& found);
  void enter_state(StateNumber state, const Expansion& found);
  End enter_transitions(StateNumber state, const Expansion& found, bool again, bool may_leave_out);
  End learn_from(StateNumber state, const Expansion& found);
  void note_places(const Expansion& found);
  bool enter_sufficient(StateNumber state, const Expansion& found, bool again);
  std::optional<ThreadNumber> find_sufficient(StateNumber state, const Expansion& found);
  template <typename Keeps>
  void enter_some(StateNumber state, const Expansion& found, bool again, Keeps&& keeps);
  TouchNumber touches_of(const Expansion& found, const Expansion::Transition& transition);
  bool enter_saved_arrows(StateNumber state, const SavedRecord& record, bool again);
  bool is_as_saved(const SavedRecord& record);
  void look_for_obstacles(const Expansion& found);
  bool is_on_way_to(StateNumber earlier, StateNumber state) const;
  bool has_cycle() const;
  End learn_from(const Expansion::Transition& transition);
  void note_events(std::span<const Event> events);
  std::uint32_t label_of(const Expansion::Transition& transition, TouchNumber touches, std::uint32_t changes);
  std::uint32_t number_of(const ThreadChanges& changes);
  SleepSets::SetNumber sleep_after(const Choice& choice, TouchNumber touches, std::uint32_t changes);
  void settle(std::size_t left);
  std::size_t arrows_waiting() const;
  void note_step(StateNumber state, const Expansion& found, const Expansion::Transition& transition);
  void learn(StateNumber state, const Choice& choice) { lessons_.push_back({state, choice}); }
  Blocks& blocks() const { return options_.blocks != nullptr ? *options_.blocks : plain_memory(); }
  void set_flag(StateNumber state, StateFlag flag, PropertyWord word);

  System& system_;
  GraphOptions options_;
  Expander expander_;

  StateStore store_{blocks()};
  ChunkedVector<std::uint8_t> flags_{blocks()};
  EdgeLog log_{blocks()};
  ExpansionOrder order_;
  EdgeLabels labels_;
  std::unique_ptr<SleepSets> sleep_;  // may be null
  std::unique_ptr<PersistentSets> persistent_;  // may be null
  std::string_view why_all_orders_;
  static constexpr std::size_t kMostWaysBack = 32;
  std::vector<std::pair<StateNumber, StateNumber>> ways_back_;  // of this layer: from, to
  ChoiceTable choice_table_;

  struct Lesson {
    StateNumber state;
    Choice choice;
  };
  std::vector<Lesson> lessons_;
  ChunkedVector<std::uint32_t> reruns_;       // transitions to known states that a resumed run must run again, ascending
  std::vector<std::uint32_t> unsupported_in_;  // records with a step that could not be run

  std::size_t ends_ = 0;
  std::size_t deadlock_ends_ = 0;
  PropertySet broken_;
  std::map<Outcome, StateNumber> outcomes_;
  std::vector<std::pair<Outcome, StateNumber>> outcome_of_ends_;  // with symmetry
  std::vector<ThreadChanges> changes_{ThreadChanges{}};
  std::map<ThreadChanges, std::uint32_t> change_numbers_;
  std::string_view told_apart_;
  std::set<std::string> serial_records_;
  std::set<std::uint32_t> sometimes_stated_;
  std::set<std::uint32_t> sometimes_reached_;
  Obligations obligations_;
  std::optional<Unsupported> unsupported_;

  // What expand() works with.
  StateTree tree_;
  StateWords words_;
  Expansion found_;
  struct Successor {
    StateStore::Prepared state;
    std::uint32_t label;
    bool reruns;         // if it is known already: a resumed run must run the step again
    StateNumber known;   // where it leads, or kNone: that is for the store to say
    SleepSets::SetNumber sleep;  // what need not be run there
  };
  // Successors not yet in the store, state by state, in the order in which they were expanded; the first `waiting_` of the line are in use.
  struct Expanded {
    StateNumber state = kNone;
    bool again = false;  // more of its choices
    std::vector<Successor> successors;
  };
  Expanded& begin_expanded(StateNumber state, bool again);
  Successor successor_by(const Expansion& found, const Expansion::Transition& transition);
  static constexpr std::size_t kLine = 3;
  std::array<Expanded, kLine> line_;
  std::size_t waiting_ = 0;
  std::vector<EdgeLog::Arrow> arrows_;
  std::vector<Choice> rerun_;
  std::vector<TouchNumber> touches_;
  StateNumber current_state_ = kNone;
  const Choice* taught_choice_ = nullptr;
};

}  // namespace lockweave::explore
