// The search of optimal DPOR: goes through executions one by one, and keeps for each state on the way of the one at hand what is explored from there,
// and what is still to be. A helper has a search of its own, for parts of another one's: that one is its giver.
//
// dpor_search.cpp has the walk; dpor_search_ends.cpp looks at where an execution ends; dpor_search_races.cpp finds out what is to be explored beside it;
// dpor_search_giver.cpp and dpor_search_helper.cpp are the two sides of a part that a helper does; dpor_search_resume.cpp writes checkpoints and goes
// on from them. What several of them ask for at each step is here.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "checker/budget.h"
#include "checker/explore/checkpoint.h"
#include "checker/explore/checkpoint_choices.h"
#include "checker/explore/dpor_checkpoint.h"
#include "checker/explore/dpor_crew.h"
#include "checker/explore/dpor_findings.h"
#include "checker/explore/dpor_footprints.h"
#include "checker/explore/dpor_order.h"
#include "checker/explore/dpor_part.h"
#include "checker/explore/dpor_states.h"
#include "checker/explore/dpor_task.h"
#include "checker/explore/dpor_wakeup_tree.h"
#include "checker/explore/explorer.h"
#include "checker/trace/available.h"
#include "model/base/learnt.h"
#include "model/system.h"

namespace lockweave::explore {

class DporSearch {
 public:
  // `is_helper`: the system is a fork, and do_task() is asked for, not explore().
  DporSearch(System& system, const ExploreOptions& options, bool is_helper = false);
  DporSearch(const DporSearch&) = delete;
  DporSearch& operator=(const DporSearch&) = delete;

  Exploration explore();
  // Of a helper. What became of it is in the task.
  void do_task(DporTask& task, DporCrew::Signs& signs);
  // The execution at hand.
  std::vector<Choice> path() const { return path(order_.size()); }

 private:
  // A state on the way.
  struct Node {
    StateNumber state = kNoNumber;
    bool is_new = true;
    bool is_cut = false;       // the state was there before on the way: nothing is done here
    std::vector<DporStep> sleep;
    std::size_t inherited = 0;  // so many of them come from the state before; the others were explored from here
    WakeupTrees::Tree wakeup;
  };
  enum class Halt : std::uint8_t { None, Refined, LockMistaken, Spent, Differs };
  // Where a state is: so many steps along the execution at hand, and then these.
  struct Where {
    std::size_t depth = 0;
    std::span<const DporStep> then = {};
  };
  // An end, and in which round() it was last told to findings_.
  struct End {
    DporEnd what;
    std::uint64_t noted_in = 0;
  };
  // Steps, and which events they are.
  struct Sequence {
    std::vector<DporStep> steps;
    std::vector<EventNumber> events;

    std::size_t size() const { return steps.size(); }
    bool empty() const { return steps.empty(); }
    void clear() {
      steps.clear();
      events.clear();
    }
    void push(const DporStep& step, EventNumber event) {
      steps.push_back(step);
      events.push_back(event);
    }
    void erase(std::size_t place) {
      steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(place));
      events.erase(events.begin() + static_cast<std::ptrdiff_t>(place));
    }
    void resize(std::size_t size) {
      steps.resize(size);
      events.resize(size);
    }
  };

  static constexpr EventNumber kLater = DporOrder::kNone;  // in sequence_: the later step of the race
  static constexpr std::uint64_t kStatesBetweenReports = 16384;

  // --- the walk
  void run(const SavedDpor* saved);
  bool go_on();
  bool is_spent();
  std::optional<DporStep> any_choice();
  bool is_kept_out(StateNumber state, ThreadNumber thread);
  void advance(const Choice& choice, WakeupTrees::Tree rest);
  void inherit_sleep(std::size_t depth);
  void enter(std::size_t depth);
  void retreat();
  void forget_states();
  void cut(std::size_t earlier);
  void give_turns(std::size_t earlier);
  void note_events(const std::vector<Event>& events);
  Exploration conclude();
  void tell();
  std::uint64_t own_bytes() const;
  std::uint64_t bytes() const;

  // --- ends
  void end_execution();
  bool is_deadlocked_end();
  std::vector<Choice> path_to_end();
  bool judge_end(StateNumber state);

  // --- races
  void reverse_races();
  void add_race(const DporRace& race);
  void add_alternatives(EventNumber event);
  void reverse_blocked();
  void reverse_parked(std::set<ThreadNumber> seen);
  void reverse_blocked_step(const DporStep& step);
  bool is_covered(const DporRace& race) const;
  void settle(DporRace& race);
  bool is_asleep_first(DporRace& race, std::size_t end);
  void insert(DporRace& race);
  void keep_needed();
  void find_independent_of(EventNumber earlier);
  void note_cover(DporRace& race, const DporStep& step, std::size_t place);
  std::optional<FootprintNumber> footprint_of_later(const DporRace& race);
  std::optional<FootprintNumber> footprint_after(std::size_t depth, const std::vector<DporStep>& sequence, const Choice& choice);

  // --- parts that helpers do: the giver
  bool make_crew();
  void give_task(std::uint64_t steps);
  std::unique_ptr<DporTask> make_task(std::size_t helper, std::size_t depth);
  void take_over(DporCrew::Mark mark);
  std::vector<FootprintNumber> read_met(DporTask& task);
  void settle_reversals(const DporTask& task, const std::vector<FootprintNumber>& met);
  void stand_where_left(const DporTask& task, const std::vector<FootprintNumber>& met);

  // --- parts that helpers do: a helper
  bool stand_at_leaf();
  void stand_on_way();
  void explore_part(DporCrew::Signs& signs);
  void leave(DporTask::End end);

  // --- checkpoints
  void write_checkpoint();
  void learn_again(const SavedDpor& saved);
  void stand_where(const SavedDpor& saved);
  void step_again(std::size_t depth, const Choice& choice);
  void plant(std::size_t depth, const std::vector<SavedDpor::Branch>& branches);
  const DporMove* know_again(const Where& where, StateNumber state, const Choice& choice, bool want_next);

  // --- asked for everywhere
  std::vector<Choice> path(std::size_t steps) const;
  Way way_to(const Where& where, const Choice& choice) const;
  void note_lesson(const Where& where, const Choice& choice, bool taught_system);

  Node& node_at(std::size_t depth) {
    while (nodes_.size() <= depth) nodes_.emplace_back();
    return nodes_[depth];
  }

  static bool is_asleep(const Node& node, const Choice& choice) {
    return std::ranges::any_of(node.sleep, [&](const DporStep& step) { return step.choice == choice; });
  }

  // The how manieth task of a helper; else always the same.
  std::uint64_t round() const { return part_ ? part_->number() : 1; }

  // What the choice does in the state; `want_next`: also where it leads. Null: the exploration cannot go on.
  const DporMove* know(const Where& where, StateNumber state, std::size_t place, bool want_next) {
    const std::size_t footprints = footprints_.count();
    const std::uint64_t learnt = things_learnt();
    const DporStates::Answer answer = states_.know(state, place, want_next);
    if (answer != DporStates::Answer::Done || footprints_.count() != footprints || things_learnt() != learnt) {
      note_lesson(where, states_.moves(state)[place].choice, things_learnt() != learnt);
    }
    switch (answer) {
      case DporStates::Answer::Refined: halt_ = Halt::Refined; return nullptr;
      case DporStates::Answer::LockMistaken: halt_ = Halt::LockMistaken; return nullptr;
      case DporStates::Answer::Done: break;
    }
    if (halt_ != Halt::None) return nullptr;
    const DporMove& move = states_.moves(state)[place];
    if (part_ && part_->is_to_be_told(move.footprint)) part_->tell(move.footprint, way_to(where, move.choice));
    return &move;
  }

  const DporMove* know_choice(const Where& where, StateNumber state, const Choice& choice, bool want_next) {
    const DporMove* move = states_.find_move(state, choice);
    return move == nullptr ? nullptr : know(where, state, states_.place_of(state, move), want_next);
  }

  // A helper may have to leave off: then before a step is taken off the tree.
  bool is_known(const Choice& choice) { return !part_ || know_choice({depth_}, nodes_[depth_].state, choice, true) != nullptr; }

  System& system_;
  const ExploreOptions& options_;
  BudgetWatch watch_;
  DporFindings findings_;
  DporFootprints footprints_;
  DporStates states_;
  DporOrder order_{footprints_};
  WakeupTrees trees_{footprints_};
  std::uint64_t most_state_bytes_;

  // The way: nodes_[i] is the state before event i.
  std::deque<Node> nodes_;
  std::size_t depth_ = 0;
  std::size_t fresh_from_ = 0;   // events from here on are of no earlier execution
  std::vector<DporRace> races_;  // of the events before that, in their order

  Halt halt_ = Halt::None;
  Checkpointer checkpointer_;
  bool is_checkpoint_due_ = false;
  std::vector<Lessons> rounds_;  // of explorations that ended Refined: the steps that taught the system
  Lessons lessons_;              // of this one: also those with a footprint that was new
  Stats stats_;
  std::uint64_t next_tell_ = 0;
  std::uint64_t restarts_ = 0;
  std::vector<End> ends_{1};

  std::unique_ptr<DporCrew> crew_;  // null: nobody helps
  bool can_be_helped_ = true;

  std::optional<DporPart> part_;  // of a helper
  std::size_t base_ = 0;          // its leaf's place on the way; races with events before it are handed back
  bool is_void_ = false;          // a step was taken off a tree, and could not be made

  // Of the race that is settled.
  Sequence sequence_;
  std::vector<DporStep> whole_;          // sequence_ before it is put into a tree
  std::vector<EventNumber> in_the_way_;  // of steps that are asleep, or will be
  std::vector<bool> needed_;
  std::vector<DporStep> past_;           // of sequence_
  std::vector<DporStep> rest_;

  trace::Available available_;
  StateWords scratch_;
};

}  // namespace lockweave::explore
