#include "checker/explore/dpor.h"

#include <algorithm>
#include <array>
#include <deque>
#include <optional>
#include <set>
#include <span>
#include <utility>

#include "checker/explore/dpor_findings.h"
#include "checker/explore/dpor_footprints.h"
#include "checker/explore/dpor_order.h"
#include "checker/explore/dpor_states.h"
#include "checker/explore/dpor_wakeup_tree.h"
#include "model/base/check.h"
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

// Two steps that could come in the other order: `earlier` and the event `owner`; or, at one and the same event, something else that its
// thread could do instead.
struct Race {
  EventNumber earlier = 0;
  EventNumber owner = 0;
  Choice later;
  EventNumber before = DporOrder::kNone;  // what its thread did before, or what started it
  // The other order is explored, or will be, as long as the owner is there and `weak_count` steps of `weak` can come first in what follows it.
  static constexpr std::size_t kMostWeak = 2;
  bool is_covered = false;
  std::uint8_t weak_count = 0;
  std::array<DporStep, kMostWeak> weak;
};

enum class Halt : std::uint8_t { None, Refined, LockMistaken, Spent, Differs };

class Search {
 public:
  Search(System& system, const ExploreOptions& options)
      : system_(system), options_(options), watch_(options.budget), findings_(system, options), states_(system, footprints_, options.timeouts_last), checkpointer_(options.checkpoint) {}

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
  static constexpr std::size_t kMostStateBytes = std::size_t{512} << 20;

  // From the beginning, or from where a checkpoint is.
  void run(const SavedDpor* saved) {
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
    findings_.clear();
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
    }
  }

  Node& node_at(std::size_t depth) {
    while (nodes_.size() <= depth) nodes_.emplace_back();
    return nodes_[depth];
  }

  // One step forwards or backwards. False: everything is explored.
  bool go_on() {
    Node& node = nodes_[depth_];
    std::optional<DporStep> next;
    WakeupTrees::Tree rest;
    if (!node.wakeup.empty()) {
      if (is_spent()) return true;
      next = trees_.take_first(node.wakeup, rest);
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
      return true;
    }
    if (depth_ == 0) return false;
    retreat();
    return true;
  }

  // Before a step is taken off what is still to be explored, so that a checkpoint has it.
  bool is_spent() {
    if (!watch_.is_spent(stats_.states, [&] { return bytes(); })) return false;
    halt_ = Halt::Spent;
    return true;
  }

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
      Way& way = lessons_.emplace_back(path(where.depth));
      for (const DporStep& step : where.then) way.push_back(step.choice);
      way.push_back(states_.moves(state)[move].choice);
    }
    switch (answer) {
      case DporStates::Answer::Refined: halt_ = Halt::Refined; return nullptr;
      case DporStates::Answer::LockMistaken: halt_ = Halt::LockMistaken; return nullptr;
      case DporStates::Answer::Done: break;
    }
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
    if (options_.progress && stats_.states % kStatesBetweenReports == 0) tell();
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
  }

  // The state at hand was there before: going on would repeat itself. Every thread must get its turn in the loop all the same.
  void cut(std::size_t earlier) {
    trees_.clear(nodes_[depth_].wakeup);
    findings_.note_cut();
    reverse_races();
    for (std::size_t at = earlier; at < depth_ && halt_ == Halt::None; ++at) {
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
    reverse_races();
  }

  // Lets those who can only wait begin to, and looks at what is left. Different executions often end in the same state.
  bool is_deadlocked_end() {
    enum : std::uint8_t { Unknown, Free, Deadlocked };
    const StateNumber state = nodes_[depth_].state;
    if (const std::uint8_t known = states_.end_facts(state); known != Unknown) return known == Deadlocked;
    std::vector<Choice> choices = path();
    std::vector<Choice> waiting;
    for (const DporMove& move : states_.moves(state)) waiting.push_back(move.choice);
    System& system = states_.stand_at(state);
    if (!waiting.empty()) states_.moved_system();
    for (const Choice& choice : waiting) {
      const std::uint64_t learnt = things_learnt();
      (void)system.step(choice);
      system.encode(scratch_);
      choices.push_back(choice);
      if (things_learnt() != learnt) lessons_.push_back(choices);
    }
    trace::find_available(system, options_.timeouts_last, available_);
    LOCKWEAVE_CHECK(available_.choices.empty(), "threads that wait are not at the end");
    const bool is_deadlocked = findings_.judge_end(std::move(choices));
    states_.end_facts(state) = is_deadlocked ? Deadlocked : Free;
    return is_deadlocked;
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

  // Puts the sequence into the tree of the state before race.earlier. Of what no branch begins with yet, only what is needed is put there: the
  // later step, whatever is in the way of a step that will be asleep by then, and what these happen after.
  void insert(Race& race) {
    WakeupTrees::Tree& root = nodes_[race.earlier].wakeup;
    WakeupTrees::Place at;
    std::size_t place = 0;
    while (trees_.descend(root, sequence_, at, place, [&](std::size_t in_the_way) { in_the_way_.push_back(sequence_events_[in_the_way]); })) {
      note_cover(race, trees_.step(at), place);
      if (trees_.is_leaf(at)) return;
      if (place == sequence_.size()) continue;
      sequence_.erase(sequence_.begin() + static_cast<std::ptrdiff_t>(place));
      sequence_events_.erase(sequence_events_.begin() + static_cast<std::ptrdiff_t>(place));
      if (!sequence_.empty()) continue;
      race.is_covered = false;  // more may come after it next time
      return;
    }
    keep_needed(race);
    for (std::size_t i = 0; i < sequence_.size(); ++i) note_cover(race, sequence_[i], i);
    trees_.add(root, at, sequence_);
  }

  void keep_needed(const Race& race) {
    needed_.assign(sequence_.size(), false);
    const auto comes_before = [&](std::size_t first, std::size_t second) {
      const EventNumber event = sequence_events_[first];
      if (sequence_events_[second] != kLater) return order_.happens_before(event, sequence_events_[second]);
      return sequence_[first].choice.thread == race.later.thread || (race.before != DporOrder::kNone && order_.happens_before(event, race.before)) ||
             footprints_.are_dependent(sequence_[first].footprint, sequence_[second].footprint);
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

  std::uint64_t bytes() const { return system_.table_bytes() + nodes_.size() * 1024 + states_.bytes() + footprints_.bytes(); }

  void tell() const {
    options_.progress({.states = stats_.states, .transitions = stats_.transitions, .depth = depth_, .frontier = 0,
                       .bytes = bytes(), .seconds = watch_.seconds()});
  }

  System& system_;
  const ExploreOptions& options_;
  BudgetWatch watch_;
  DporFindings findings_;
  DporFootprints footprints_;
  DporStates states_;
  DporOrder order_{footprints_};
  WakeupTrees trees_{footprints_};
  // Tables that grow hold up to twice what they use.
  std::uint64_t most_state_bytes_ = std::min<std::uint64_t>(kMostStateBytes, options_.budget.max_bytes / 4);

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
  std::uint64_t restarts_ = 0;

  std::vector<DporStep> sequence_;
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
