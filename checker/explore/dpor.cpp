#include "checker/explore/dpor.h"

#include <algorithm>
#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "checker/explore/dpor_findings.h"
#include "checker/explore/dpor_footprints.h"
#include "checker/explore/dpor_helpers.h"
#include "checker/explore/dpor_order.h"
#include "checker/explore/dpor_states.h"
#include "checker/explore/dpor_task.h"
#include "checker/explore/dpor_wakeup_tree.h"
#include "model/base/check.h"
#include "model/base/fingerprint.h"
#include "model/base/learnt.h"

namespace lockweave::explore {

namespace {

// A state on the way.
struct Node {
  StateNumber state = kNoNumber;
  bool is_new = true;
  bool is_cut = false;       // the state was there before on the way: nothing is done here
  std::vector<DporStep> sleep;
  std::size_t inherited = 0;  // so many of them come from the state before; the others were explored from here
  WakeupTrees::Tree wakeup;
};

using Race = DporRace;

enum class Halt : std::uint8_t { None, Refined, LockMistaken, Spent, Differs };

class Search {
 public:
  // `is_helper`: the system is a fork, and do_task() is asked for, not explore().
  Search(System& system, const ExploreOptions& options, bool is_helper = false)
      : system_(system), options_(options), is_helper_(is_helper), watch_(options.budget), findings_(system, options),
        states_(system, footprints_, options.timeouts_last, is_helper), checkpointer_(is_helper ? kNoCheckpoints : options.checkpoint) {}

  Exploration explore() {
    system_.tell_objects_apart(true);
    const SavedDpor* saved = nullptr;
    if (const Checkpoint* resumed = options_.checkpoint.resume.get(); resumed != nullptr) {
      saved = resumed->dpor();
      if (saved == nullptr) return differs(*resumed);
      learn_again(*saved);
    }
    run(saved);
    while (halt_ == Halt::Refined || halt_ == Halt::LockMistaken) {
      if (halt_ == Halt::Refined) ++restarts_;
      run(nullptr);
    }
    if (halt_ == Halt::Differs) return differs(*options_.checkpoint.resume);
    write_checkpoint();
    return conclude();
  }

  std::vector<Choice> path() const { return path(order_.size()); }

 private:
  std::vector<Choice> path(std::size_t steps) const {
    std::vector<Choice> choices;
    choices.reserve(steps);
    for (std::size_t i = 0; i < steps; ++i) choices.push_back(order_.step(static_cast<EventNumber>(i)).choice);
    return choices;
  }

  static constexpr EventNumber kLater = DporOrder::kNone;  // in sequence_events_: the later step of the race
  static constexpr std::uint64_t kStatesBetweenReports = 16384;
  static constexpr std::uint64_t kStepsBetweenLooks = 256;
  static inline const CheckpointOptions kNoCheckpoints{};
  static constexpr std::uint64_t kFewSteps = 32;
  static constexpr std::size_t kReversedStepsOfTask = 1 << 17;
  static constexpr std::size_t kMostStateBytes = std::size_t{512} << 20;

  // From the beginning, or from where a checkpoint is.
  void run(const SavedDpor* saved) {
    stop_helpers();
    order_.clear();
    races_.clear();
    for (Node& node : nodes_) {
      trees_.clear(node.wakeup);
      node.sleep.clear();
    }
    if (halt_ == Halt::Refined) {
      footprints_ = {};
      rounds_.push_back(std::exchange(lessons_, {}));
    }
    halt_ = Halt::None;
    depth_ = 0;
    fresh_from_ = 0;
    stats_ = {};
    next_tell_ = kStatesBetweenReports;
    findings_.clear();
    ends_.assign(1, {});
    node_at(0).state = states_.start();
    nodes_[0].inherited = 0;
    if (saved == nullptr) {
      enter(0);
      stats_.states = 1;
    } else {
      stand_where(*saved);
    }
    for (std::uint64_t steps = 0; halt_ == Halt::None && go_on(); ++steps) {
      if (steps % kStepsBetweenLooks == 0 && checkpointer_.is_due()) is_checkpoint_due_ = true;
      if (is_checkpoint_due_ && halt_ == Halt::None && !nodes_[depth_].is_cut) write_checkpoint();
      if (options_.jobs > 1 && steps % options_.dpor_help.steps_between == 0 && halt_ == Halt::None) give_task(steps);
    }
    stop_helpers();
  }

  Node& node_at(std::size_t depth) {
    while (nodes_.size() <= depth) nodes_.emplace_back();
    return nodes_[depth];
  }

  // One step forwards or backwards. False: everything is explored.
  bool go_on() {
    Node& node = nodes_[depth_];
    std::optional<DporStep> next;
    std::uint32_t mark = 0;
    WakeupTrees::Tree rest;
    if (!node.wakeup.empty()) {
      if (is_spent() || !is_known(trees_.first(node.wakeup).choice)) return true;
      const auto [step, its_mark] = trees_.take_first(node.wakeup, rest);
      next = step;
      mark = its_mark;
    } else if (node.is_new) {
      next = any_choice();
      if (halt_ != Halt::None || (next && is_spent())) return true;
    }
    if (!next && node.is_new) end_execution();
    if (halt_ != Halt::None) return true;
    node.is_new = false;
    if (!next && !node.wakeup.empty()) return true;
    if (next) {
      advance(next->choice, rest);
      if (mark != 0 && halt_ == Halt::None) take_over(mark);
      return true;
    }
    if (depth_ == base_) return false;
    retreat();
    return true;
  }

  // Before a step is taken off what is still to be explored, so that a checkpoint has it.
  bool is_spent() {
    if (is_helper_) return false;
    if (!watch_.is_spent(stats_.states, [&] { return bytes(); })) return false;
    halt_ = Halt::Spent;
    return true;
  }

  // A helper may have to leave off: then before a step is taken off the tree.
  bool is_known(const Choice& choice) { return !is_helper_ || know_choice({depth_}, nodes_[depth_].state, choice, true) != nullptr; }

  // Where a state is: so many steps along the execution at hand, and then these.
  struct Where {
    std::size_t depth = 0;
    std::span<const DporStep> then = {};
  };

  // What the choice does in the state; `want_next`: also where it leads. Null: the exploration cannot go on.
  const DporMove* know(const Where& where, StateNumber state, std::size_t move, bool want_next) {
    const std::size_t footprints = footprints_.count();
    const std::uint64_t learnt = things_learnt();
    const DporStates::Answer answer = states_.know(state, move, want_next);
    if (answer != DporStates::Answer::Done || footprints_.count() != footprints || things_learnt() != learnt) {
      Way way = path(where.depth);
      for (const DporStep& step : where.then) way.push_back(step.choice);
      way.push_back(states_.moves(state)[move].choice);
      if (!is_helper_) lessons_.push_back(std::move(way));
      else if (things_learnt() != learnt) halt_ = Halt::Refined;
    }
    switch (answer) {
      case DporStates::Answer::Refined: halt_ = Halt::Refined; return nullptr;
      case DporStates::Answer::LockMistaken: halt_ = Halt::LockMistaken; return nullptr;
      case DporStates::Answer::Done: break;
    }
    if (halt_ != Halt::None) return nullptr;
    if (is_helper_) note_met(where, states_.moves(state)[move]);
    return &states_.moves(state)[move];
  }

  // Some choice that is not asleep and does more than wait. Nothing: the execution ends here.
  std::optional<DporStep> any_choice() {
    const Node& node = nodes_[depth_];
    if (node.is_cut) return std::nullopt;
    const std::size_t count = states_.moves(node.state).size();
    for (std::size_t i = 0; i < count; ++i) {
      if (is_asleep(node, states_.moves(node.state)[i].choice)) continue;
      const DporMove* move = know({depth_}, node.state, i, false);
      if (move == nullptr) return std::nullopt;
      if (!footprints_.is_blocked(move->footprint)) return DporStep{move->choice, move->footprint};
    }
    return std::nullopt;
  }

  static bool is_asleep(const Node& node, const Choice& choice) {
    return std::ranges::any_of(node.sleep, [&](const DporStep& step) { return step.choice == choice; });
  }

  void advance(const Choice& choice, WakeupTrees::Tree rest) {
    if (states_.used_bytes() > most_state_bytes_) forget_states();
    node_at(depth_ + 1);
    Node& node = nodes_[depth_];
    Node& child = nodes_[depth_ + 1];
    const DporMove* known = states_.find_move(node.state, choice);
    LOCKWEAVE_CHECK(known != nullptr, "a step is to be explored that cannot be made");
    const DporMove* move = know({depth_}, node.state, states_.place_of(node.state, known), true);
    if (move == nullptr) {
      trees_.clear(rest);
      is_void_ = true;
      return;
    }
    const DporStep step{choice, move->footprint};
    LOCKWEAVE_CHECK(!footprints_.is_blocked(step.footprint), "a thread is to run that can only wait");
    child.state = move->next;
    order_.push(step);
    if (move->error != 0) findings_.note_error(states_.error(move->error), path());
    if (move->events != 0) note_events(states_.events(move->events));
    inherit_sleep(depth_);
    child.wakeup = rest;
    ++depth_;
    ++stats_.transitions;
    ++stats_.states;
    stats_.max_depth = std::max<std::uint64_t>(stats_.max_depth, depth_);
    if (options_.progress && !is_helper_ && stats_.states >= next_tell_) tell();
    enter(depth_);
  }

  // What is asleep before the last step, and does not depend on it, is so after it.
  void inherit_sleep(std::size_t depth) {
    const DporStep& step = order_.step(static_cast<EventNumber>(depth));
    Node& child = nodes_[depth + 1];
    child.sleep.clear();
    for (const DporStep& other : nodes_[depth].sleep) {
      if (other.choice.thread != step.choice.thread && !footprints_.are_dependent(other.footprint, step.footprint)) child.sleep.push_back(other);
    }
    child.inherited = child.sleep.size();
  }

  // The state at this depth is entered for the first time.
  void enter(std::size_t depth) {
    Node& node = nodes_[depth];
    node.is_new = true;
    std::uint32_t& first = states_.depth(node.state);
    node.is_cut = first != kNoNumber;
    if (node.is_cut) return cut(first);
    first = static_cast<std::uint32_t>(depth);
    if (options_.timeouts_last && !states_.moves(node.state).empty() && !states_.can_step(node.state)) {
      findings_.note_reason("timeouts that fire only where nothing else can happen are not followed by this strategy in every order");
    }
  }

  void retreat() {
    Node& node = nodes_[depth_];
    if (!node.is_cut) states_.depth(node.state) = kNoNumber;
    trees_.clear(node.wakeup);
    --depth_;
    fresh_from_ = std::min(fresh_from_, depth_);
    while (!races_.empty() && races_.back().owner == depth_) races_.pop_back();
    nodes_[depth_].sleep.push_back(order_.step(static_cast<EventNumber>(depth_)));
    order_.pop();
  }

  void forget_states() {
    std::vector<StateNumber> way;
    for (std::size_t i = 0; i <= depth_; ++i) way.push_back(nodes_[i].state);
    states_.keep_only(way);
    for (std::size_t i = 0; i <= depth_; ++i) {
      nodes_[i].state = way[i];
      if (!nodes_[i].is_cut) states_.depth(way[i]) = static_cast<std::uint32_t>(i);
    }
    ends_.assign(1, {});
  }

  // The state at hand was there before: going on would repeat itself. Every thread must get its turn in the loop all the same.
  void cut(std::size_t earlier) {
    trees_.clear(nodes_[depth_].wakeup);
    findings_.note_cut();
    reverse_races();
    give_turns(earlier);
  }

  void give_turns(std::size_t earlier) {
    if (earlier < base_) task_->reversals.push_back({.earlier = static_cast<EventNumber>(earlier)});
    for (std::size_t at = std::max(earlier, base_); at < depth_ && halt_ == Halt::None; ++at) {
      const StateNumber state = nodes_[at].state;
      const std::size_t count = states_.moves(state).size();
      for (std::size_t i = 0; i < count; ++i) {
        const Choice choice = states_.moves(state)[i].choice;
        if (choice == order_.step(static_cast<EventNumber>(at)).choice || is_asleep(nodes_[at], choice) || trees_.has_branch(nodes_[at].wakeup, choice)) continue;
        const DporMove* move = know({at}, state, i, false);
        if (move == nullptr) return;
        if (footprints_.is_blocked(move->footprint)) continue;
        trees_.add(nodes_[at].wakeup, {}, DporStep{choice, move->footprint});
      }
    }
  }

  // Nothing is left to choose at the state at hand.
  void end_execution() {
    const Node& node = nodes_[depth_];
    if (node.is_cut) return;
    const std::size_t count = states_.moves(node.state).size();
    for (std::size_t i = 0; i < count; ++i) {
      const DporMove* move = know({depth_}, node.state, i, false);
      if (move == nullptr) return;
      if (footprints_.is_blocked(move->footprint)) continue;
      ++stats_.sleep_blocked;
      return;
    }
    ++stats_.executions;
    if (is_deadlocked_end()) ++stats_.deadlocked;
    if (halt_ == Halt::None) reverse_races();
  }

  // Different executions often end in the same state.
  bool is_deadlocked_end() {
    const StateNumber state = nodes_[depth_].state;
    if (states_.end(state) == 0 && !judge_end(state)) return false;
    End& end = ends_[states_.end(state)];
    const bool is_news = std::exchange(end.noted_in, round_) != round_;
    const std::size_t waiting = states_.moves(state).size();
    if (is_news || (!end.what.broken.empty() && findings_.is_worth_noting(end.what.broken, order_.size() + waiting))) {
      findings_.note_end(end.what, path_to_end());
    }
    return end.what.is_deadlocked;
  }

  std::vector<Choice> path_to_end() {
    std::vector<Choice> choices = path();
    for (const DporMove& move : states_.moves(nodes_[depth_].state)) choices.push_back(move.choice);
    return choices;
  }

  // Lets those who can only wait begin to, and looks at what is left. No: the exploration cannot go on.
  bool judge_end(StateNumber state) {
    const std::vector<Choice> choices = path_to_end();
    System& system = states_.stand_at(state);
    if (choices.size() > order_.size()) states_.moved_system();
    for (std::size_t i = order_.size(); i < choices.size(); ++i) {
      const std::uint64_t learnt = things_learnt();
      const StepReport& report = system.step(choices[i]);
      if (is_helper_ && (report.teaches || things_learnt() != learnt)) {
        halt_ = Halt::Refined;
        return false;
      }
      system.encode(scratch_);
      if (things_learnt() != learnt) lessons_.emplace_back(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(i + 1));
    }
    trace::find_available(system, options_.timeouts_last, available_);
    LOCKWEAVE_CHECK(available_.choices.empty(), "threads that wait are not at the end");
    states_.end(state) = static_cast<std::uint32_t>(ends_.size());
    ends_.push_back({.what = findings_.judge_end(), .noted_in = 0});
    return true;
  }

  // --- races

  // Of the execution at hand. Those of events that it shares with earlier ones were looked at before; but what does not happen after them is
  // another sequence now, and may be one that is not covered although the last one was.
  void reverse_races() {
    for (std::size_t i = 0; i < races_.size() && halt_ == Halt::None; ++i) {
      if (!is_covered(races_[i])) settle(races_[i]);
    }
    for (std::size_t event = fresh_from_; event < order_.size(); ++event) {
      const auto number = static_cast<EventNumber>(event);
      for (const EventNumber earlier : order_.races(number)) add_race({.earlier = earlier, .owner = number, .later = order_.step(number).choice, .before = order_.before(number), .weak = {}});
      add_alternatives(number);
    }
    fresh_from_ = order_.size();
    reverse_blocked();
  }

  void add_race(const Race& race) {
    if (halt_ != Halt::None) return;
    races_.push_back(race);
    settle(races_.back());
  }

  // The thread could have done something else instead: what does not happen after its step, and then that.
  void add_alternatives(EventNumber event) {
    const Choice taken = order_.step(event).choice;
    const StateNumber state = nodes_[event].state;
    const std::size_t count = states_.moves(state).size();
    for (std::size_t i = 0; i < count; ++i) {
      const Choice choice = states_.moves(state)[i].choice;
      if (choice.thread == taken.thread && choice != taken && !is_asleep(nodes_[event], choice)) {
        add_race({.earlier = event, .owner = event, .later = choice, .weak = {}});
      }
    }
  }

  // Those who wait at the end would have gone on if they had come first.
  void reverse_blocked() {
    const StateNumber state = nodes_[depth_].state;
    if (nodes_[depth_].is_cut) return reverse_parked({});
    std::set<ThreadNumber> seen;
    const std::size_t count = states_.moves(state).size();
    for (std::size_t i = 0; i < count && halt_ == Halt::None; ++i) {
      const DporMove* move = know({depth_}, state, i, false);
      if (move == nullptr) return;
      seen.insert(move->choice.thread);
      if (footprints_.is_blocked(move->footprint)) reverse_blocked_step({move->choice, move->footprint});
    }
    reverse_parked(std::move(seen));
  }

  void reverse_parked(std::set<ThreadNumber> seen) {
    if (!footprints_.any_parked()) return;
    for (std::size_t event = 0; event < order_.size() && halt_ == Halt::None; ++event) {
      const DporStep step = order_.step(static_cast<EventNumber>(event));
      if (footprints_.parked_at(step.footprint) == nullptr || order_.last_of(step.choice.thread) != &order_.step(static_cast<EventNumber>(event))) continue;
      if (seen.insert(step.choice.thread).second) reverse_blocked_step({{step.choice.thread, ChoiceKind::WakeUp, 0}, step.footprint});
    }
  }

  void reverse_blocked_step(const DporStep& step) {
    std::vector<EventNumber> races;
    order_.races_of_blocked(step, races);
    for (const EventNumber earlier : races) {
      if (halt_ != Halt::None) return;
      Race race{.earlier = earlier, .owner = static_cast<EventNumber>(order_.size() - 1), .later = step.choice, .weak = {}};
      settle(race);
    }
  }

  bool is_covered(const Race& race) const {
    return race.is_covered && std::all_of(race.weak.begin(), race.weak.begin() + race.weak_count, [&](const DporStep& step) {
      return order_.is_weak_initial_after(step, race.earlier, race.owner);
    });
  }

  // What does not happen after `earlier`, and then the step, is to be explored in place of `earlier`, if it is not yet.
  void settle(Race& race) {
    race.is_covered = true;
    race.weak_count = 0;
    find_independent_of(race.earlier);
    if (is_asleep_first(race, sequence_.size())) return;
    const auto footprint = footprint_of_later(race);
    race.is_covered = footprint && !footprints_.is_blocked(*footprint);
    if (!race.is_covered) return;
    sequence_.push_back({race.later, *footprint});
    sequence_events_.push_back(kLater);
    if (!is_asleep_first(race, sequence_.size() + 1)) insert(race);
  }

  // Some step that is asleep can come first in the sequence, and stands before `end` (the sequence's size: or nowhere) in it.
  bool is_asleep_first(Race& race, std::size_t end) {
    in_the_way_.clear();
    for (const DporStep& asleep : nodes_[race.earlier].sleep) {
      std::size_t place = 0;
      if (!trees_.is_weak_initial(asleep, sequence_, place)) {
        in_the_way_.push_back(sequence_events_[place]);
      } else if (place < end) {
        note_cover(race, asleep, place);
        return true;
      }
    }
    return false;
  }

  // Puts the sequence into the tree of the state before race.earlier, if no way down to a leaf can come first in it. Of what no branch begins with yet,
  // only what is needed is put there: the later step, whatever is in the way of a step that will be asleep by then, and what these happen after.
  // What this does depends on the sequence, the tree and who is asleep, and on nothing else; done again, later, it does nothing: so it does not matter
  // whether a race is known to be covered or looked at again, nor who looks at it.
  void insert(Race& race) {
    WakeupTrees::Tree& root = nodes_[race.earlier].wakeup;
    WakeupTrees::Place at;
    std::size_t place = 0;
    whole_ = sequence_;
    while (trees_.descend(root, sequence_, at, place, [&](std::size_t in_the_way) { in_the_way_.push_back(sequence_events_[in_the_way]); })) {
      note_cover(race, trees_.step(at), place);
      if (trees_.is_leaf(at)) return;
      if (place == sequence_.size()) continue;
      sequence_.erase(sequence_.begin() + static_cast<std::ptrdiff_t>(place));
      sequence_events_.erase(sequence_events_.begin() + static_cast<std::ptrdiff_t>(place));
      if (!sequence_.empty()) continue;
      race.is_covered = false;  // more may come after it next time
      break;
    }
    if (sequence_.empty() && race.earlier >= base_) return;
    if (trees_.covers(root, whole_)) {
      race.is_covered = false;  // for all we note about it
      return;
    }
    if (race.earlier < base_) {
      race.is_covered = false;
      return hand_back(race.earlier);
    }
    keep_needed();
    for (std::size_t i = 0; i < sequence_.size(); ++i) note_cover(race, sequence_[i], i);
    trees_.add(root, at, sequence_);
  }

  void keep_needed() {
    needed_.assign(sequence_.size(), false);
    // Whatever is between two steps of the sequence in happens-before is in the sequence too.
    const auto comes_before = [&](std::size_t first, std::size_t second) {
      const DporStep& one = sequence_[first];
      const DporStep& other = sequence_[second];
      return one.choice.thread == other.choice.thread || footprints_.are_dependent(one.footprint, other.footprint) ||
             std::ranges::find(footprints_.started(one.footprint), other.choice.thread) != footprints_.started(one.footprint).end();
    };
    for (std::size_t i = sequence_.size(); i-- > 0;) {
      needed_[i] = needed_[i] || sequence_events_[i] == kLater || std::ranges::find(in_the_way_, sequence_events_[i]) != in_the_way_.end();
      for (std::size_t k = 0; k < i && needed_[i]; ++k) needed_[k] = needed_[k] || comes_before(k, i);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < sequence_.size(); ++i) {
      if (!needed_[i]) continue;
      sequence_[kept] = sequence_[i];
      sequence_events_[kept++] = sequence_events_[i];
    }
    sequence_.resize(kept);
    sequence_events_.resize(kept);
  }

  // Fills sequence_ with what comes after the event and does not happen after it.
  void find_independent_of(EventNumber earlier) {
    sequence_.clear();
    sequence_events_.clear();
    for (EventNumber event = earlier + 1; event < order_.size(); ++event) {
      if (order_.happens_before(earlier, event)) continue;
      sequence_.push_back(order_.step(event));
      sequence_events_.push_back(event);
    }
  }

  // The step comes first in the sequence. That stays so if it is one of the events up to the race's.
  void note_cover(Race& race, const DporStep& step, std::size_t place) {
    const bool stays = place < sequence_events_.size() && sequence_events_[place] <= race.owner;
    if (stays || !race.is_covered) return;
    const auto is_same_thread = [&](const DporStep& other) { return other.choice.thread == step.choice.thread; };
    const auto end = race.weak.begin() + race.weak_count;
    race.is_covered = race.weak_count < Race::kMostWeak && std::none_of(race.weak.begin(), end, is_same_thread);
    if (race.is_covered) race.weak[race.weak_count++] = step;
  }

  // A step's footprint depends on what came before it, so it is run, after sequence_. Nothing: it cannot be run there. It is enough to run what
  // its thread must have done or waited for before, if it then does not depend on the rest.
  std::optional<FootprintNumber> footprint_of_later(const Race& race) {
    if (race.later.kind != ChoiceKind::Run || race.before == DporOrder::kNone) return footprint_after(race.earlier, sequence_, race.later);
    past_.clear();
    rest_.clear();
    for (std::size_t i = 0; i < sequence_.size(); ++i) {
      (order_.happens_before(sequence_events_[i], race.before) ? past_ : rest_).push_back(sequence_[i]);
    }
    if (rest_.empty()) return footprint_after(race.earlier, sequence_, race.later);
    const auto footprint = footprint_after(race.earlier, past_, race.later);
    if (halt_ != Halt::None) return std::nullopt;
    const auto depends = [&](const DporStep& step) { return step.choice.thread == race.later.thread || footprints_.are_dependent(step.footprint, *footprint); };
    if (footprint && std::ranges::none_of(rest_, depends)) return footprint;
    return footprint_after(race.earlier, sequence_, race.later);
  }

  std::optional<FootprintNumber> footprint_after(std::size_t depth, const std::vector<DporStep>& sequence, const Choice& choice) {
    StateNumber state = nodes_[depth].state;
    const std::span steps(sequence);
    for (std::size_t i = 0; i < sequence.size(); ++i) {
      const DporMove* move = know_choice({depth, steps.first(i)}, state, sequence[i].choice, true);
      if (move == nullptr || move->error != 0) return std::nullopt;
      state = move->next;
    }
    const DporMove* move = know_choice({depth, steps}, state, choice, false);
    return move == nullptr ? std::nullopt : std::optional(move->footprint);
  }

  const DporMove* know_choice(const Where& where, StateNumber state, const Choice& choice, bool want_next) {
    const DporMove* move = states_.find_move(state, choice);
    return move == nullptr ? nullptr : know(where, state, states_.place_of(state, move), want_next);
  }

  // --- parts that helpers do: the giver

  struct HelperState {
    std::unique_ptr<System> cursor;
    std::unique_ptr<Search> search;
    std::size_t told = 0;                 // so many footprints it has heard of
    bool is_stale = false;                // it knows footprints that nobody should know yet
    std::uint64_t next_at = 0;            // not before that step is it given another task
    std::uint64_t pause = 0;
    std::atomic<bool> is_in_trouble{false};  // it met what it has to leave to the giver
    std::atomic<std::uint64_t> bytes{0};
  };

  bool make_helpers() {
    std::vector<DporHelpers::Work> works;
    for (std::size_t i = 1; i < options_.jobs; ++i) {
      auto helper = std::make_unique<HelperState>();
      helper->cursor = system_.fork();
      if (helper->cursor == nullptr) return can_be_helped_ = false;
      helper->search = std::make_unique<Search>(*helper->cursor, options_, true);
      works.emplace_back([this, helper = helper.get()](DporTask& task) {
        helper->search->do_task(task, *helper);
        handed_in_bytes_.fetch_add(bytes_of(task), std::memory_order_relaxed);
      });
      helper_states_.push_back(std::move(helper));
    }
    states_.moved_system();
    helpers_ = std::make_unique<DporHelpers>(std::move(works), options_.dpor_help.waits);
    return true;
  }

  void stop_helpers() {
    for (const auto& task : tasks_) {
      if (task != nullptr) task->is_wanted.store(true, std::memory_order_relaxed);
    }
    helpers_.reset();
    helper_states_.clear();
    tasks_.clear();
    handed_in_bytes_ = 0;
  }

  // To a helper that has none, if there is one: the part of the exploration that this one will come to last.
  void give_task(std::uint64_t steps) {
    if (helpers_ == nullptr && (steps < options_.dpor_help.steps_alone || !can_be_helped_ || !make_helpers())) return;
    const std::size_t idle = helpers_->find_idle();
    if (handed_in_bytes_.load(std::memory_order_relaxed) > most_state_bytes_) return;
    if (idle == DporHelpers::kNone || !is_ready(*helper_states_[idle], steps)) return;
    std::vector<std::uint32_t> way_in_tree;
    for (std::size_t depth = 0; depth < depth_; ++depth) {
      std::uint32_t* mark = trees_.find_leaf(nodes_[depth].wakeup, way_in_tree, [&](std::uint32_t mark) { return mark == 0 || came_to_nothing(*tasks_[mark - 1]); });
      if (mark == nullptr) continue;
      tasks_.push_back(make_task(idle, depth));
      *mark = static_cast<std::uint32_t>(tasks_.size());
      tasks_.back()->way_in_tree = std::move(way_in_tree);
      helpers_->give(*tasks_.back());
      return;
    }
  }

  // What was in the way may be gone by now.
  static bool came_to_nothing(const DporTask& task) {
    return task.is_done.load(std::memory_order_acquire) && task.end != DporTask::End::Done && task.is_in_trouble && task.stats.transitions < kFewSteps;
  }

  // Of what comes back, most.
  static std::uint64_t bytes_of(const DporTask& task) { return task.reversed.size() * sizeof(DporStep) + task.reversals.size() * sizeof(DporTask::Reversal); }

  // One that met what only we can learn will do so again until we have.
  bool is_ready(HelperState& helper, std::uint64_t steps) {
    if (helper.is_in_trouble.exchange(false, std::memory_order_relaxed)) {
      helper.pause = std::min<std::uint64_t>(1 << 16, helper.pause * 2 + 256);
      helper.next_at = steps + helper.pause;
    }
    return steps >= helper.next_at;
  }

  std::unique_ptr<DporTask> make_task(std::size_t idle, std::size_t depth) {
    auto task = std::make_unique<DporTask>();
    HelperState& helper = *helper_states_[idle];
    helper.cursor->catch_up();
    task->helper = idle;
    if (std::exchange(helper.is_stale, false)) {
      task->is_afresh = true;
      helper.told = 0;
    }
    for (; helper.told < footprints_.count(); ++helper.told) task->footprints.push_back(footprints_.footprint(static_cast<FootprintNumber>(helper.told)));
    task->footprint_count = footprints_.count();
    for (std::size_t i = 0; i <= depth; ++i) {
      if (i < depth) task->way.push_back(order_.step(static_cast<EventNumber>(i)));
      const auto words = states_.words_of(nodes_[i].state);
      task->nodes.push_back({.words = StateWords(words.begin(), words.end()), .sleep = nodes_[i].sleep, .wakeup = trees_.list(nodes_[i].wakeup)});
    }
    task->nodes.back().sleep.push_back(order_.step(static_cast<EventNumber>(depth)));
    task->fresh_from = std::min(depth, fresh_from_);
    for (std::size_t i = 0; i < races_.size() && races_[i].owner < task->fresh_from; ++i) task->races.push_back(races_[i]);
    return task;
  }

  // The leaf that has the mark is reached: what was found below it is ours, and what is left to explore there.
  void take_over(std::uint32_t mark) {
    const std::unique_ptr<DporTask> task = std::move(tasks_[mark - 1]);
    helpers_->take_back(*task);
    handed_in_bytes_.fetch_sub(bytes_of(*task), std::memory_order_relaxed);
    HelperState& helper = *helper_states_[task->helper];
    if (!task->is_done) {  // it has not heard of them, nor that it is to begin afresh
      helper.told -= task->footprints.size();
      helper.is_stale = helper.is_stale || task->is_afresh;
    }
    const bool is_too_much = stats_.states + task->stats.states > options_.budget.max_states;
    if (task->end == DporTask::End::Void || is_too_much || nodes_[depth_].is_cut) return;
    const std::vector<FootprintNumber> met = read_met(*task);
    if (halt_ != Halt::None) return;
    if (task->watched_count != footprints_.watched_count()) {  // it took locks for what they are not
      helper.is_stale = true;
      return;
    }
    if (!std::ranges::equal(translated(task->asleep, met), nodes_[depth_].sleep, is_same)) return;
    settle_reversals(*task, met);
    findings_.add(task->findings);
    if (task->held_the_gil) states_.note_held_gil();
    stats_.states += task->stats.states;
    stats_.transitions += task->stats.transitions;
    stats_.executions += task->stats.executions;
    stats_.deadlocked += task->stats.deadlocked;
    stats_.sleep_blocked += task->stats.sleep_blocked;
    stats_.max_depth = std::max(stats_.max_depth, task->stats.max_depth);
    nodes_[depth_].is_new = false;
    if (task->end == DporTask::End::Left) stand_where_left(*task, met);
  }

  // Footprints that a helper met, in our numbers.
  std::vector<FootprintNumber> read_met(DporTask& task) {
    std::vector<FootprintNumber> numbers;
    for (DporTask::Met& met : task.met) {
      const std::size_t known = footprints_.count();
      numbers.push_back(footprints_.number_of(met.footprint));
      if (footprints_.count() != known) lessons_.push_back(std::move(met.way));
      if (footprints_.take_mistaken()) halt_ = Halt::LockMistaken;
    }
    return numbers;
  }

  static bool is_same(const DporStep& one, const DporStep& other) { return one.choice == other.choice && one.footprint == other.footprint; }
  static DporStep translated(const DporStep& step, const std::vector<FootprintNumber>& met) {
    return {step.choice, step.footprint < DporTask::kMet ? step.footprint : met[step.footprint - DporTask::kMet]};
  }
  static std::vector<DporStep> translated(std::vector<DporStep> steps, const std::vector<FootprintNumber>& met) {
    for (DporStep& step : steps) step = translated(step, met);
    return steps;
  }
  static std::vector<WakeupTrees::Listed> translated(std::vector<WakeupTrees::Listed> branches, const std::vector<FootprintNumber>& met) {
    for (WakeupTrees::Listed& branch : branches) branch.step = translated(branch.step, met);
    return branches;
  }

  void settle_reversals(const DporTask& task, const std::vector<FootprintNumber>& met) {
    for (const DporTask::Reversal& reversal : task.reversals) {
      if (halt_ != Halt::None) return;
      if (reversal.count == 0) {
        give_turns(reversal.earlier);
        continue;
      }
      sequence_.clear();
      sequence_events_.clear();
      for (std::uint32_t i = 0; i < reversal.count; ++i) {
        sequence_.push_back(translated(task.reversed[reversal.first + i], met));
        sequence_events_.push_back(i + 1 == reversal.count ? kLater : i);
      }
      Race race{.earlier = reversal.earlier, .later = sequence_.back().choice, .is_covered = true, .weak = {}};
      if (!is_asleep_first(race, sequence_.size() + 1)) insert(race);
    }
  }

  void stand_where_left(const DporTask& task, const std::vector<FootprintNumber>& met) {
    for (std::size_t i = 0; i < task.left.size() && halt_ == Halt::None; ++i) {
      Node& node = nodes_[depth_];
      for (const DporStep& step : task.left[i].explored) node.sleep.push_back(translated(step, met));
      trees_.plant(node.wakeup, translated(task.left[i].wakeup, met));
      node.is_new = i == task.left_way.size() && task.is_last_new;
      if (i == task.left_way.size()) return;
      const DporMove* move = know_choice({depth_}, node.state, task.left_way[i].choice, true);
      LOCKWEAVE_CHECK(move != nullptr || halt_ != Halt::None, "a helper made a step that cannot be made");
      if (move == nullptr) return;
      order_.push({task.left_way[i].choice, move->footprint});
      Node& child = node_at(depth_ + 1);
      child.state = move->next;
      child.is_cut = false;
      child.wakeup = {};
      inherit_sleep(depth_);
      states_.depth(child.state) = static_cast<std::uint32_t>(++depth_);
    }
  }

  // --- parts that helpers do: a helper

  void do_task(DporTask& task, HelperState& about) {
    const ScheduleSource source([this] { return path(); });
    task_ = &task;
    ++round_;
    if (stand_at_leaf()) explore_part(about);
    task.watched_count = footprints_.watched_count();
    task.is_in_trouble = halt_ != Halt::None;
    if (task.is_in_trouble) about.is_in_trouble.store(true, std::memory_order_relaxed);
    for (std::size_t i = 0; i <= depth_; ++i) {
      if (!nodes_[i].is_cut) states_.depth(nodes_[i].state) = kNoNumber;
      trees_.clear(nodes_[i].wakeup);
    }
    about.bytes.store(own_bytes() + system_.own_bytes(), std::memory_order_relaxed);
  }

  void hear_of(const std::vector<Footprint>& footprints) {
    for (const Footprint& footprint : footprints) {
      const FootprintNumber number = footprints_.number_of(footprint);
      if (number >= at_giver_.size()) at_giver_.resize(number + 1);
      at_giver_[number] = {.number = static_cast<FootprintNumber>(ours_.size()), .is_told = true};
      ours_.push_back(number);
    }
    LOCKWEAVE_CHECK(ours_.size() == task_->footprint_count, "a helper has heard of other footprints than its giver knows");
    (void)footprints_.take_mistaken();  // nothing that was explored here is taken over if the giver does not know the same locks
  }

  void note_met(const Where& where, const DporMove& move) {
    if (move.footprint >= at_giver_.size()) at_giver_.resize(footprints_.count());
    AtGiver& there = at_giver_[move.footprint];
    if (there.is_told || there.met_in == round_) return;
    there.met_in = round_;
    there.number = DporTask::kMet + static_cast<FootprintNumber>(task_->met.size());
    Way way = path(where.depth);
    for (const DporStep& step : where.then) way.push_back(step.choice);
    way.push_back(move.choice);
    task_->met.push_back({footprints_.footprint(move.footprint), std::move(way)});
  }

  // In the giver's numbers, and in ours.
  DporStep for_giver(const DporStep& step) const { return {step.choice, at_giver_[step.footprint].number}; }
  std::vector<DporStep> for_giver(std::span<const DporStep> steps) const {
    std::vector<DporStep> result;
    for (const DporStep& step : steps) result.push_back(for_giver(step));
    return result;
  }
  DporStep from_giver(const DporStep& step) const { return {step.choice, ours_[step.footprint]}; }

  // No: it cannot, or there is nothing to do.
  bool stand_at_leaf() {
    halt_ = Halt::None;
    is_void_ = false;
    order_.clear();
    races_.clear();
    handed_back_.clear();
    depth_ = base_ = 0;
    node_at(0).is_cut = true;  // nothing stands there so far
    if (task_->is_afresh) {
      footprints_ = {};
      at_giver_.clear();
      ours_.clear();
    }
    hear_of(task_->footprints);
    if (task_->is_afresh || states_.used_bytes() > most_state_bytes_) {
      states_.clear();
      ends_.assign(1, {});
    }
    stand_on_way();
    for (const std::uint32_t branch : task_->way_in_tree) {
      for (std::uint32_t i = 0; i < branch; ++i) {
        WakeupTrees::Tree rest;
        nodes_[depth_].sleep.push_back(trees_.take_first(nodes_[depth_].wakeup, rest).first);
        trees_.clear(rest);
      }
      if (!is_known(trees_.first(nodes_[depth_].wakeup).choice)) return false;
      WakeupTrees::Tree rest;
      const DporStep step = trees_.take_first(nodes_[depth_].wakeup, rest).first;
      advance(step.choice, rest);
      if (halt_ != Halt::None || nodes_[depth_].is_cut) return false;
    }
    base_ = depth_;
    task_->asleep = for_giver(nodes_[depth_].sleep);
    stats_ = {};  // what is on the way is the giver's
    findings_.clear();
    return true;
  }

  void stand_on_way() {
    for (std::size_t i = 0; i < task_->nodes.size(); ++i) {
      Node& node = node_at(i);
      node.state = states_.intern(task_->nodes[i].words);
      node.is_new = node.is_cut = false;
      node.sleep.clear();
      for (const DporStep& step : task_->nodes[i].sleep) node.sleep.push_back(from_giver(step));
      node.inherited = node.sleep.size();
      node.wakeup = {};
      for (WakeupTrees::Listed& branch : task_->nodes[i].wakeup) branch.step = from_giver(branch.step);
      trees_.plant(node.wakeup, task_->nodes[i].wakeup);
      states_.depth(node.state) = static_cast<std::uint32_t>(i);
      if (i < task_->way.size()) order_.push(from_giver(task_->way[i]));
    }
    depth_ = task_->way.size();
    fresh_from_ = task_->fresh_from;
    for (Race& race : task_->races) {
      for (std::size_t i = 0; i < race.weak_count; ++i) race.weak[i] = from_giver(race.weak[i]);
      races_.push_back(race);
    }
  }

  void explore_part(HelperState& about) {
    for (std::uint64_t steps = 1;; ++steps) {
      if (steps % kStatesBetweenReports == 0) about.bytes.store(own_bytes() + system_.own_bytes(), std::memory_order_relaxed);
      const bool is_enough = task_->is_wanted.load(std::memory_order_relaxed) || steps >= options_.dpor_help.steps_of_task || task_->reversed.size() >= kReversedStepsOfTask;
      if (is_enough && !nodes_[depth_].is_cut) return leave(DporTask::End::Left);
      const Stats stats = stats_;
      const std::size_t reversals = task_->reversals.size();
      const bool is_left = go_on();
      if (halt_ == Halt::None && is_left) continue;
      if (halt_ == Halt::None) return leave(DporTask::End::Done);
      // What the step has done to the trees, it will do once more to no effect.
      if (is_void_ || nodes_[depth_].is_cut) return;
      stats_ = stats;
      task_->reversals.resize(reversals);
      return leave(DporTask::End::Left);
    }
  }

  void leave(DporTask::End end) {
    task_->end = end;
    task_->stats = stats_;
    task_->findings = findings_.facts();
    task_->held_the_gil = states_.held_the_gil();
    if (end == DporTask::End::Done) return;
    task_->is_last_new = nodes_[depth_].is_new;
    for (std::size_t i = base_; i <= depth_; ++i) {
      const Node& node = nodes_[i];
      DporTask::LeftNode& left = task_->left.emplace_back();
      left.explored = for_giver(std::span(node.sleep).subspan(node.inherited));
      left.wakeup = trees_.list(node.wakeup);
      for (WakeupTrees::Listed& branch : left.wakeup) branch.step = for_giver(branch.step);
      if (i < depth_) task_->left_way.push_back(for_giver(order_.step(static_cast<EventNumber>(i))));
    }
  }

  // The giver puts whole_ into its tree of the state before that event, unless it is covered there by then.
  void hand_back(EventNumber earlier) {
    Hasher hasher;
    hasher.add(earlier);
    for (const DporStep& step : whole_) {
      hasher.add((std::uint64_t{step.choice.thread} << 32) | step.choice.branch);
      hasher.add((std::uint64_t{step.footprint} << 8) | static_cast<std::uint64_t>(step.choice.kind));
    }
    const std::uint64_t hash = hasher.finish().low;
    for (auto [at, end] = handed_back_.equal_range(hash); at != end; ++at) {
      const DporTask::Reversal& other = task_->reversals[at->second];
      if (other.earlier == earlier && std::ranges::equal(std::span(task_->reversed).subspan(other.first, other.count), for_giver(whole_), is_same)) return;
    }
    handed_back_.emplace(hash, task_->reversals.size());
    task_->reversals.push_back({earlier, static_cast<std::uint32_t>(task_->reversed.size()), static_cast<std::uint32_t>(whole_.size())});
    for (const DporStep& step : whole_) task_->reversed.push_back(for_giver(step));
  }

  // --- checkpoints

  void write_checkpoint() {
    is_checkpoint_due_ = false;
    if (options_.checkpoint.path.empty()) return;
    SavedDpor saved{.rounds = rounds_, .lessons = lessons_, .way = path(), .nodes = {}, .is_new = nodes_[depth_].is_new, .held_the_gil = states_.held_the_gil(),
                    .counts = {.states = stats_.states, .transitions = stats_.transitions, .executions = stats_.executions, .deadlocked = stats_.deadlocked,
                               .sleep_blocked = stats_.sleep_blocked, .max_depth = stats_.max_depth},
                    .findings = {}};
    for (std::size_t i = 0; i <= depth_; ++i) {
      SavedDpor::Node& node = saved.nodes.emplace_back();
      for (std::size_t k = nodes_[i].inherited; k < nodes_[i].sleep.size(); ++k) node.explored.push_back(nodes_[i].sleep[k].choice);
      trees_.for_each(nodes_[i].wakeup, [&](const DporStep& step, std::uint32_t depth) { node.wakeup.push_back({step.choice, depth}); });
    }
    findings_.save(saved.findings);
    checkpointer_.write(saved);
  }

  // Runs what taught the system, and the explorer, something.
  void learn_again(const SavedDpor& saved) {
    const auto run_lessons = [&](const Lessons& lessons) {
      for (const Way& way : lessons) {
        system_.reset();
        for (const Choice& choice : way) {
          const StepReport& report = system_.step(choice);
          if (&choice == &way.back() && report.status != StepStatus::Refined) (void)footprints_.number_of(report.footprint);
        }
      }
      (void)footprints_.take_mistaken();
    };
    for (const Lessons& round : saved.rounds) {
      run_lessons(round);
      footprints_ = {};
      ++restarts_;
    }
    run_lessons(saved.lessons);
    rounds_ = saved.rounds;
    lessons_ = saved.lessons;
  }

  // What was explored before is asleep again, what was to be explored is so still. Races are looked at anew: where the other order was seen to, it
  // is found asleep or in a tree.
  void stand_where(const SavedDpor& saved) {
    const SavedDpor::Counts& counts = saved.counts;
    stats_ = {.states = counts.states, .transitions = counts.transitions, .executions = counts.executions, .deadlocked = counts.deadlocked,
              .sleep_blocked = counts.sleep_blocked, .max_depth = counts.max_depth};
    findings_.restore(saved.findings);
    if (saved.held_the_gil) states_.note_held_gil();
    states_.moved_system();
    if (saved.nodes.size() != saved.way.size() + 1) halt_ = Halt::Differs;
    for (std::size_t i = 0; halt_ == Halt::None && i <= saved.way.size(); ++i) {
      Node& node = node_at(i);
      node.is_cut = false;
      node.is_new = i == saved.way.size() && saved.is_new;
      node.wakeup = {};
      if (std::exchange(states_.depth(node.state), static_cast<std::uint32_t>(i)) != kNoNumber) halt_ = Halt::Differs;
      for (const Choice& choice : saved.nodes[i].explored) {
        if (const DporMove* move = know_again({i}, node.state, choice, false)) nodes_[i].sleep.push_back({choice, move->footprint});
      }
      if (i < saved.way.size() && halt_ == Halt::None) step_again(i, saved.way[i]);
    }
    // Footprints in the trees are asked for along the whole way.
    for (std::size_t i = 0; halt_ == Halt::None && i < saved.nodes.size(); ++i) plant(i, saved.nodes[i].wakeup);
  }

  void step_again(std::size_t depth, const Choice& choice) {
    const DporMove* move = know_again({depth}, nodes_[depth].state, choice, true);
    if (move == nullptr) return;
    order_.push({choice, move->footprint});
    node_at(depth + 1).state = move->next;
    depth_ = depth + 1;
    inherit_sleep(depth);
  }

  void plant(std::size_t depth, const std::vector<SavedDpor::Branch>& branches) {
    std::vector<DporStep> steps;
    std::vector<WakeupTrees::Place> places;
    for (const SavedDpor::Branch& branch : branches) {
      if (branch.depth > steps.size()) halt_ = Halt::Differs;
      if (halt_ != Halt::None) return;
      steps.resize(branch.depth);
      places.resize(branch.depth);
      const auto footprint = footprint_after(depth, steps, branch.choice);
      if (!footprint && halt_ == Halt::None) halt_ = Halt::Differs;
      if (halt_ != Halt::None) return;
      steps.push_back({branch.choice, *footprint});
      places.push_back(trees_.add(nodes_[depth].wakeup, places.empty() ? WakeupTrees::Place{} : places.back(), steps.back()));
    }
  }

  // Null: something has halted the search, at the least that it is another system.
  const DporMove* know_again(const Where& where, StateNumber state, const Choice& choice, bool want_next) {
    const DporMove* move = know_choice(where, state, choice, want_next);
    if (move == nullptr && halt_ == Halt::None) halt_ = Halt::Differs;
    return move;
  }

  // --- judging

  void note_events(const std::vector<Event>& events) {
    const PropertySet broken = findings_.note_events(events, [&] { return path(); });
    if (!broken.empty() && findings_.is_worth_noting(broken, order_.size())) findings_.note(broken, path());
  }

  Exploration conclude() {
    watch_.look(bytes());
    if (stats_.sleep_blocked > 0) findings_.note_reason("executions were given up half-way");
    if (states_.held_the_gil()) findings_.note_reason("a step ended where nobody else may run, which this strategy does not follow");
    if (footprints_.are_waits_for_threads_seen()) {
      findings_.note_reason("an import asks what a thread waits for that waits for another thread, which this strategy does not follow in every order");
    }
    system_.tell_objects_apart(false);
    stats_.seconds = watch_.seconds();
    stats_.restarts = restarts_;
    Exploration result = findings_.conclude(stats_, watch_.reason());
    stats_.seconds = watch_.seconds();
    stats_.peak_bytes = watch_.peak_bytes();
    result.stats = stats_;
    for (std::string& note : checkpointer_.notes()) result.notes.push_back(std::move(note));
    return result;
  }

  std::uint64_t own_bytes() const { return nodes_.size() * 1024 + states_.bytes() + footprints_.bytes() + ends_.size() * sizeof(End); }
  std::uint64_t bytes() const {
    std::uint64_t sum = system_.table_bytes() + own_bytes();
    for (const auto& helper : helper_states_) sum += helper->bytes.load(std::memory_order_relaxed);
    return sum + handed_in_bytes_.load(std::memory_order_relaxed);
  }

  void tell() {
    next_tell_ = stats_.states + kStatesBetweenReports;
    options_.progress({.states = stats_.states, .transitions = stats_.transitions, .depth = depth_, .frontier = 0,
                       .bytes = bytes(), .seconds = watch_.seconds()});
  }

  System& system_;
  const ExploreOptions& options_;
  bool is_helper_;
  BudgetWatch watch_;
  DporFindings findings_;
  DporFootprints footprints_;
  DporStates states_;
  DporOrder order_{footprints_};
  WakeupTrees trees_{footprints_};
  // Tables that grow hold up to twice what they use.
  std::uint64_t most_state_bytes_ = std::min<std::uint64_t>(kMostStateBytes, options_.budget.max_bytes / 4) / options_.jobs;

  // The way: nodes_[i] is the state before event i.
  std::deque<Node> nodes_;
  std::size_t depth_ = 0;
  std::size_t fresh_from_ = 0;  // events from here on are of no earlier execution
  std::vector<Race> races_;     // of the events before that, in their order

  Halt halt_ = Halt::None;
  Checkpointer checkpointer_;
  bool is_checkpoint_due_ = false;
  std::vector<Lessons> rounds_;  // of explorations that ended Refined: the steps that taught the system
  Lessons lessons_;              // of this one: also those with a footprint that was new
  Stats stats_;
  std::uint64_t next_tell_ = 0;
  std::uint64_t restarts_ = 0;

  // An end, and when it was last told to findings_.
  struct End {
    DporEnd what;
    std::uint64_t noted_in = 0;
  };
  std::vector<End> ends_{1};
  std::uint64_t round_ = 1;  // of a helper: the how manieth task

  // Helpers, and what they do.
  std::vector<std::unique_ptr<HelperState>> helper_states_;
  std::vector<std::unique_ptr<DporTask>> tasks_;  // by mark - 1; null: taken over
  std::unique_ptr<DporHelpers> helpers_;
  std::atomic<std::uint64_t> handed_in_bytes_{0};  // of tasks that are done and not taken over
  bool can_be_helped_ = true;

  // Of a helper: what it does.
  DporTask* task_ = nullptr;
  bool is_void_ = false;
  std::size_t base_ = 0;                          // the leaf's place on the way; races with events before it are handed back
  struct AtGiver {
    FootprintNumber number = 0;
    bool is_told = false;      // the giver knows it by that number; else it is a place in what was met
    std::uint64_t met_in = 0;  // in which task
  };
  std::vector<AtGiver> at_giver_;                 // by our numbers of footprints
  std::vector<FootprintNumber> ours_;             // by the giver's
  std::unordered_multimap<std::uint64_t, std::size_t> handed_back_;  // places in the task's reversals, by hash

  std::vector<DporStep> sequence_;
  std::vector<DporStep> whole_;               // sequence_ before it is put into a tree
  std::vector<EventNumber> in_the_way_;       // of steps that are asleep, or will be
  std::vector<bool> needed_;
  std::vector<DporStep> past_;  // of sequence_
  std::vector<DporStep> rest_;
  std::vector<EventNumber> sequence_events_;  // where sequence_ is from
  trace::Available available_;
  StateWords scratch_;
};

}  // namespace

Exploration DporExplorer::explore(System& system) {
  Search search(system, options_);
  const ScheduleSource source([&] { return search.path(); });
  return search.explore();
}

}  // namespace lockweave::explore
