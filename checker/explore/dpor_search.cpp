#include "checker/explore/dpor_search.h"

#include <algorithm>
#include <utility>

#include "model/base/check.h"

namespace lockweave::explore {

namespace {

constexpr std::uint64_t kStepsBetweenLooks = 256;
constexpr std::size_t kMostStateBytes = std::size_t{512} << 20;
const CheckpointOptions kNoCheckpoints{};

}  // namespace

// Tables that grow hold up to twice what they use.
DporSearch::DporSearch(System& system, const ExploreOptions& options, bool is_helper)
    : system_(system), options_(options), watch_(options.budget), findings_(system, options), states_(system, footprints_, options.timeouts_last, is_helper),
      most_state_bytes_(std::min<std::uint64_t>(kMostStateBytes, options.budget.max_bytes / 4) / options.jobs),
      checkpointer_(is_helper ? kNoCheckpoints : options.checkpoint) {
  if (is_helper) part_.emplace(footprints_);
}

Exploration DporSearch::explore() {
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

std::vector<Choice> DporSearch::path(std::size_t steps) const {
  std::vector<Choice> choices;
  choices.reserve(steps);
  for (std::size_t i = 0; i < steps; ++i) choices.push_back(order_.step(static_cast<EventNumber>(i)).choice);
  return choices;
}

Way DporSearch::way_to(const Where& where, const Choice& choice) const {
  Way way = path(where.depth);
  for (const DporStep& step : where.then) way.push_back(step.choice);
  way.push_back(choice);
  return way;
}

// The choice taught the system something, or it has a footprint that was not met before.
void DporSearch::note_lesson(const Where& where, const Choice& choice, bool taught_system) {
  if (!part_) lessons_.push_back(way_to(where, choice));
  else if (taught_system) halt_ = Halt::Refined;
}

// From the beginning, or from where a checkpoint is.
void DporSearch::run(const SavedDpor* saved) {
  crew_.reset();
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
  crew_.reset();
}

// One step forwards or backwards. False: everything is explored.
bool DporSearch::go_on() {
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
    const std::size_t depth = depth_;
    advance(next->choice, rest);
    if (mark != 0 && halt_ == Halt::None && depth_ > depth) take_over(mark);
    return true;
  }
  if (depth_ == base_) return false;
  retreat();
  return true;
}

// Before a step is taken off what is still to be explored, so that a checkpoint has it.
bool DporSearch::is_spent() {
  if (part_) return false;
  if (!watch_.is_spent(stats_.states, [&] { return bytes(); })) return false;
  halt_ = Halt::Spent;
  return true;
}

// Some choice that is not asleep and does more than wait. Nothing: the execution ends here.
std::optional<DporStep> DporSearch::any_choice() {
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

// Somebody else has the GIL and keeps it over the end of a step: the thread can run after the next one of that thread, which the sequence has not.
bool DporSearch::is_kept_out(StateNumber state, ThreadNumber thread) {
  const auto moves = states_.moves(state);
  const auto needs_gil = [](const DporMove& move) { return move.choice.kind == ChoiceKind::Run || move.choice.kind == ChoiceKind::Branch; };
  const auto first = std::ranges::find_if(moves, needs_gil);
  return first != moves.end() && first->choice.thread != thread &&
         std::ranges::all_of(moves, [&](const DporMove& move) { return !needs_gil(move) || move.choice.thread == first->choice.thread; });
}

void DporSearch::advance(const Choice& choice, WakeupTrees::Tree rest) {
  if (states_.used_bytes() > most_state_bytes_) forget_states();
  node_at(depth_ + 1);
  Node& node = nodes_[depth_];
  Node& child = nodes_[depth_ + 1];
  const DporMove* known = states_.find_move(node.state, choice);
  const auto is_not_followed = [&] {
    findings_.note_reason("a thread that keeps the GIL has yet to choose where another was to come first, and such orders are not followed further");
    trees_.clear(rest);
  };
  // Where C code runs without the GIL beside it, who is kept out, or can only wait, cannot be told from who may go on: such explorations are never complete
  // (conclude).
  const bool is_beside_c = !system_.needs_every_state().empty();
  if (known == nullptr && (is_kept_out(node.state, choice.thread) || is_beside_c)) return is_not_followed();
  LOCKWEAVE_CHECK(known != nullptr, "a step is to be explored that cannot be made");
  const DporMove* move = know({depth_}, node.state, states_.place_of(node.state, known), true);
  if (move == nullptr) {
    trees_.clear(rest);
    is_void_ = true;
    return;
  }
  const DporStep step{choice, move->footprint};
  if (footprints_.is_blocked(step.footprint) && is_beside_c) return is_not_followed();
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
  if (options_.progress && !part_ && stats_.states >= next_tell_) tell();
  enter(depth_);
}

// What is asleep before the last step, and does not depend on it, is so after it.
void DporSearch::inherit_sleep(std::size_t depth) {
  const DporStep& step = order_.step(static_cast<EventNumber>(depth));
  Node& child = nodes_[depth + 1];
  child.sleep.clear();
  for (const DporStep& other : nodes_[depth].sleep) {
    if (other.choice.thread != step.choice.thread && !footprints_.are_dependent(other.footprint, step.footprint)) child.sleep.push_back(other);
  }
  child.inherited = child.sleep.size();
}

// The state at this depth is entered for the first time.
void DporSearch::enter(std::size_t depth) {
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

void DporSearch::retreat() {
  Node& node = nodes_[depth_];
  if (!node.is_cut) states_.depth(node.state) = kNoNumber;
  trees_.clear(node.wakeup);
  --depth_;
  fresh_from_ = std::min(fresh_from_, depth_);
  while (!races_.empty() && races_.back().owner == depth_) races_.pop_back();
  nodes_[depth_].sleep.push_back(order_.step(static_cast<EventNumber>(depth_)));
  order_.pop();
}

void DporSearch::forget_states() {
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
void DporSearch::cut(std::size_t earlier) {
  trees_.clear(nodes_[depth_].wakeup);
  findings_.note_cut();
  reverse_races();
  give_turns(earlier);
}

void DporSearch::give_turns(std::size_t earlier) {
  if (earlier < base_) part_->hand_back(static_cast<EventNumber>(earlier));
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

void DporSearch::note_events(const std::vector<Event>& events) {
  const PropertySet broken = findings_.note_events(events, [&] { return path(); });
  if (!broken.empty() && findings_.is_worth_noting(broken, order_.size())) findings_.note(broken, path());
}

Exploration DporSearch::conclude() {
  watch_.look(bytes());
  if (stats_.sleep_blocked > 0) findings_.note_reason("executions were given up half-way");
  if (states_.held_the_gil()) findings_.note_reason("a step ended where nobody else may run, which this strategy does not follow");
  if (const std::string_view why = system_.needs_every_state(); !why.empty()) findings_.note_reason(std::string(why) + ", which this strategy does not look for");
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

std::uint64_t DporSearch::own_bytes() const { return nodes_.size() * 1024 + states_.bytes() + footprints_.bytes() + ends_.size() * sizeof(End); }

std::uint64_t DporSearch::bytes() const {
  return system_.table_bytes() + own_bytes() + (crew_ != nullptr ? crew_->bytes() : 0);
}

void DporSearch::tell() {
  next_tell_ = stats_.states + kStatesBetweenReports;
  options_.progress({.states = stats_.states, .transitions = stats_.transitions, .depth = depth_, .frontier = 0,
                     .bytes = bytes(), .seconds = watch_.seconds()});
}

}  // namespace lockweave::explore
