#include "checker/explore/state_graph.h"

#include <algorithm>

#include "checker/trace/preemption.h"
#include "model/base/check.h"

namespace lockweave::explore {

namespace {

bool must_rerun(const Expansion::Transition& transition) { return transition.taught || transition.teaches || transition.event_count > 0; }

}  // namespace

StateGraph::StateGraph(System& system, GraphOptions options)
    : system_(system), options_(options), expander_(system, options) {
  restart();
}

void StateGraph::restart() {
  waiting_ = 0;
  store_.clear();
  flags_.clear();
  log_.clear();
  order_.clear();
  labels_.clear();
  choice_table_.clear();
  lessons_.clear();
  reruns_.clear();
  unsupported_in_.clear();
  ends_ = deadlock_ends_ = 0;
  broken_ = {};
  outcomes_.clear();
  serial_records_.clear();
  outcome_of_ends_.clear();
  changes_.resize(1);
  change_numbers_.clear();
  told_apart_ = {};
  sometimes_stated_.clear();
  sometimes_reached_.clear();
  obligations_.clear();
  unsupported_.reset();
  persistent_.reset();
  sleep_ = options_.looks_at_footprints() ? std::make_unique<SleepSets>(blocks(), options_.symmetry, !options_.sleep_sets) : nullptr;
  if (options_.persistent_sets) persistent_ = std::make_unique<PersistentSets>(sleep_->dependence(), options_.persistent_sets_trial);
  why_all_orders_ = {};
  ways_back_.clear();
  tree_ = {};
  current_state_ = kNone;
  taught_choice_ = nullptr;
  system_.reset();
  expander_.encode_current(0, words_);
  store_.insert(words_, tree_);
  flags_.push_back(0);
}

// Transitions of the states in line.
std::size_t StateGraph::arrows_waiting() const {
  std::size_t count = 0;
  for (std::size_t i = 0; i < waiting_; ++i) count += line_[i].successors.size();
  return count;
}

// Enters the first of the line until only so many are left.
void StateGraph::settle(std::size_t left) {
  for (; waiting_ > left; --waiting_) {
    const Expanded& first = line_.front();
    const auto known = static_cast<std::uint32_t>(state_count());
    arrows_.clear();
    for (const Successor& successor : first.successors) {
      const StateStore::Inserted inserted = successor.known != kNone ? StateStore::Inserted{successor.known, false} : store_.insert(successor.state);
      if (inserted.is_new) flags_.push_back(0);
      else if (successor.reruns) reruns_.push_back(static_cast<std::uint32_t>(log_.arrow_count() + arrows_.size()));
      if (sleep_) sleep_->arrive(inserted.state, inserted.is_new, successor.sleep);
      if (sleep_ && inserted.state <= first.state && ways_back_.size() < kMostWaysBack) ways_back_.emplace_back(first.state, inserted.state);
      arrows_.push_back({.target = inserted.state, .label = successor.label, .number = 0});
    }
    log_.add(arrows_, known);
    if (first.again) order_.add_again(first.state);
    else order_.add(first.state);
    std::ranges::rotate(line_, line_.begin() + 1);
  }
}

void StateGraph::words_of(StateNumber state, StateWords& words) {
  store_.decode(state, tree_);
  words.assign(tree_.words().begin(), tree_.words().end());
}

StateGraph::End StateGraph::expand(StateNumber state) {
  if (is_expanded(state)) return End::Done;
  const End end = expand_ahead(state);
  settle();
  return end;
}

// Requires: not expanded.
StateGraph::End StateGraph::expand_ahead(StateNumber state) {
  settle(kLine - 1);
  current_state_ = state;
  store_.decode(state, tree_);
  expander_.expand(tree_.words(), asleep(state), found_);
  const End end = enter_decoded(state, found_);
  if (waiting_ > 1) {
    for (const Successor& successor : line_[waiting_ - 2].successors) store_.touch(successor.state);
  }
  return end;
}

StateGraph::End StateGraph::enter(StateNumber state, const Expansion& found) {
  current_state_ = state;
  store_.decode(state, tree_);
  const End end = enter_decoded(state, found);
  settle();
  return end;
}

// Requires: tree_ is the state's.
StateGraph::End StateGraph::enter_decoded(StateNumber state, const Expansion& found) {
  enter_state(state, found);
  return enter_transitions(state, found, /*again=*/false, /*may_leave_out=*/true);
}

// Requires: tree_ is the state's.
StateGraph::End StateGraph::enter_transitions(StateNumber state, const Expansion& found, bool again, bool may_leave_out) {
  if (learn_from(state, found) == End::Refined) return End::Refined;
  if (told_apart_.empty()) told_apart_ = found.told_apart;
  if (!told_apart_.empty()) return End::Refined;
  const bool leaves_out = persistent_ && found.standing_before > 0;
  if (leaves_out) note_places(found);
  if (!leaves_out || !may_leave_out || !enter_sufficient(state, found, again)) enter_some(state, found, again, [](const Expansion::Transition&) { return true; });
  if (sleep_) look_for_obstacles(found);
  if (why_all_orders_.empty() && !gave_up_persistent_sets()) return End::Done;
  settle();  // what is broken here is kept
  return End::Refined;
}

// Those of the transitions found of which `keeps` says so.
template <typename Keeps>
void StateGraph::enter_some(StateNumber state, const Expansion& found, bool again, Keeps&& keeps) {
  Expanded& expanded = begin_expanded(state, again);
  for (const Expansion::Transition& transition : found.transitions) {
    if (!keeps(transition)) continue;
    note_step(state, found, transition);
    if (transition.is_supported) expanded.successors.push_back(successor_by(found, transition));
  }
  ++waiting_;
}

// What the steps teach the system is learnt from those that are left out, too.
StateGraph::End StateGraph::learn_from(StateNumber state, const Expansion& found) {
  for (const Expansion::Transition& transition : found.transitions) {
    const bool is_refined = transition.teaches && learn_from(transition) == End::Refined;
    if (transition.taught || transition.teaches) learn(state, transition.choice);
    if (is_refined) return End::Refined;
  }
  if (!found.is_refined) return End::Done;
  learn(state, found.refined_by);
  return End::Refined;
}

void StateGraph::note_places(const Expansion& found) {
  for (const Expansion::Transition& transition : found.transitions) {
    if (transition.is_supported) persistent_->note(transition.choice.thread, touches_of(found, transition), found.standing_now(), found.standing_after(transition));
  }
}

// Several threads could go on, and one of them is enough: its transitions, and no others, unless none of them leads on. No: nothing is entered.
bool StateGraph::enter_sufficient(StateNumber state, const Expansion& found, bool again) {
  const auto thread_of = [](const Expansion::Transition& transition) { return transition.choice.thread; };
  if (found.transitions.empty() || thread_of(found.transitions.front()) == thread_of(found.transitions.back())) return false;
  const std::optional<ThreadNumber> thread = find_sufficient(state, found);
  bool leads_on = false;
  if (thread) {
    enter_some(state, found, again, [&](const Expansion::Transition& transition) { return thread_of(transition) == *thread; });
    settle();
    // States with higher numbers are looked at later: so sooner or later one is met in which nothing is left out.
    leads_on = std::ranges::any_of(arrows_, [&](const EdgeLog::Arrow& arrow) { return arrow.target > state; });
    if (leads_on) persistent_->rely(state, *thread, touches_, found.standing_now());
    else enter_some(state, found, /*again=*/true, [&](const Expansion::Transition& transition) { return thread_of(transition) != *thread; });
  }
  persistent_->count_state();
  return thread.has_value();
}

// The footprints of its choices are in touches_ then.
std::optional<ThreadNumber> StateGraph::find_sufficient(StateNumber state, const Expansion& found) {
  const auto is_supported = [](const Expansion::Transition& transition) { return transition.is_supported; };
  if (found.has_daemon || !std::ranges::all_of(found.transitions, is_supported)) return std::nullopt;
  const std::span<const Choice> sleeping = asleep(state);
  for (auto first = found.transitions.begin(); first != found.transitions.end();) {
    const ThreadNumber thread = first->choice.thread;
    touches_.clear();
    for (; first != found.transitions.end() && first->choice.thread == thread; ++first) touches_.push_back(touches_of(found, *first));
    const bool sleeps = std::ranges::find(sleeping, thread, &Choice::thread) != sleeping.end();
    if (!sleeps && persistent_->suffices(thread, touches_, found.standing_now())) return thread;
  }
  return std::nullopt;
}

TouchNumber StateGraph::touches_of(const Expansion& found, const Expansion::Transition& transition) {
  return sleep_->dependence().number_of(found.accesses_of(transition), transition.released, transition.holds_gil);
}

StateGraph::Expanded& StateGraph::begin_expanded(StateNumber state, bool again) {
  Expanded& expanded = line_[waiting_];
  expanded.state = state;
  expanded.again = again;
  expanded.successors.clear();
  if (sleep_) sleep_->begin_state(state);
  return expanded;
}

StateGraph::Successor StateGraph::successor_by(const Expansion& found, const Expansion::Transition& transition) {
  Successor successor{.state = store_.prepare(found.words_of(transition), tree_), .label = 0, .reruns = must_rerun(transition), .known = kNone, .sleep = SleepSets::kEmpty};
  const std::uint32_t changes = transition.changes != 0 ? number_of(found.changes[transition.changes - 1]) : 0;
  TouchNumber touches = 0;
  if (sleep_) {
    const std::size_t known = sleep_->dependence().count();
    touches = touches_of(found, transition);
    // In a resumed run footprints get their numbers from the same steps.
    successor.reruns = successor.reruns || sleep_->dependence().count() != known;
    successor.sleep = sleep_after(transition.choice, touches, changes);
  }
  successor.label = label_of(transition, touches, changes);
  return successor;
}

// What sleeps in the state that the step leads to, with the names that threads have there.
SleepSets::SetNumber StateGraph::sleep_after(const Choice& choice, TouchNumber touches, std::uint32_t changes) {
  const SleepSets::SetNumber sleep = sleep_->after(choice, touches);
  if (changes == 0) return sleep;
  return sleep_->renamed(sleep, changes, changes_[changes], [this](const Access& access, const ThreadChanges& all) { return system_.renamed(access, all); });
}

// Met by an exploration in which the arguments for sleep sets and persistent sets hold up to here; so it meets the first of them if there is one.
void StateGraph::look_for_obstacles(const Expansion& found) {
  const auto meet = [&](bool is_met, std::string_view why) {
    if (is_met && why_all_orders_.empty()) why_all_orders_ = why;
  };
  meet(std::ranges::find(found.events, EventKind::EventuallyStated, &Event::kind) != found.events.end(), "the program states `eventually`");
  meet(found.cuts_off_daemon, "the program's end cuts off a daemon thread");
  meet(unsupported_.has_value(), "a step could not be run");
  meet(!system_.needs_every_state().empty(), system_.needs_every_state());
}

StateGraph::End StateGraph::begin_layer() {
  settle();
  if (!sleep_) return End::Done;
  if (options_.properties.has(PropertyWord::Livelock) && std::ranges::any_of(ways_back_, [&](const auto& way) { return is_on_way_to(way.second, way.first); }))
    why_all_orders_ = "the program can come back to where it was";
  ways_back_.clear();
  sleep_->begin_layer(state_count());
  return why_all_orders_.empty() ? End::Done : End::Refined;
}

StateGraph::End StateGraph::end_layers() {
  if (sleep_ && options_.properties.has(PropertyWord::Livelock) && has_cycle()) why_all_orders_ = "the program can come back to where it was";
  return why_all_orders_.empty() ? End::Done : End::Refined;
}

std::span<const Choice> StateGraph::asleep(StateNumber state) const {
  if (!sleep_) return {};
  return sleep_->asleep(state);
}

std::optional<SleepSets::Again> StateGraph::next_again() {
  settle();
  if (!sleep_) return std::nullopt;
  if (auto again = sleep_->next_again()) return again;
  while (const auto state = persistent_ ? persistent_->next_mistaken() : std::nullopt) {
    SleepSets::Again again{.state = *state, .choices = {}, .may_leave_out = true};
    store_.decode(*state, tree_);
    expander_.find_choices(tree_.words(), again.choices);
    const std::span<const Choice> sleeping = asleep(*state);
    std::erase_if(again.choices, [&](const Choice& choice) { return has_edge(*state, choice) || std::ranges::find(sleeping, choice) != sleeping.end(); });
    if (!again.choices.empty()) return again;
  }
  return std::nullopt;
}

StateGraph::End StateGraph::expand_again(const SleepSets::Again& again) {
  settle();
  current_state_ = again.state;
  store_.decode(again.state, tree_);
  expander_.run_again(tree_.words(), again.choices, found_);
  const End end = enter_transitions(again.state, found_, /*again=*/true, again.may_leave_out);
  settle();
  return end;
}

// Along the ways on which states were first met.
bool StateGraph::is_on_way_to(StateNumber earlier, StateNumber state) const {
  while (state > earlier) state = order_.state_of(log_.record_with_new(state));
  return state == earlier;
}

// Takes away, again and again, states that nothing left leads to.
bool StateGraph::has_cycle() const {
  std::vector<std::uint32_t> incoming(state_count(), 0);
  bool leads_back = false;
  for (StateNumber state = 0; state < state_count(); ++state) {
    for_each_arrow(state, [&](const EdgeLog::Arrow& arrow) {
      ++incoming[arrow.target];
      leads_back = leads_back || arrow.target <= state;
    });
  }
  if (!leads_back) return false;
  std::vector<StateNumber> free;
  std::size_t taken = 0;
  for (StateNumber state = 0; state < state_count(); ++state) {
    if (incoming[state] == 0) free.push_back(state);
  }
  while (!free.empty()) {
    const StateNumber state = free.back();
    free.pop_back();
    ++taken;
    for_each_arrow(state, [&](const EdgeLog::Arrow& arrow) {
      if (--incoming[arrow.target] == 0) free.push_back(arrow.target);
    });
  }
  return taken < state_count();
}

void StateGraph::note_step(StateNumber state, const Expansion& found, const Expansion::Transition& transition) {
  if (transition.is_supported) {
    note_events(found.events_of(transition));
    obligations_.note(static_cast<std::uint32_t>(log_.arrow_count() + arrows_waiting() + line_[waiting_].successors.size()), found.events_of(transition));
    return;
  }
  const auto record = static_cast<std::uint32_t>(log_.record_count() + waiting_);
  if (unsupported_in_.empty() || unsupported_in_.back() != record) unsupported_in_.push_back(record);
  if (unsupported_) return;
  unsupported_ = Unsupported{found.error, path_to(state)};
  unsupported_->choices.push_back(transition.choice);
}

// Another cursor has run the step; run here, where it comes in the order of the exploration, it teaches what it would have taught
// if nobody else had. Requires: tree_ is the state's.
StateGraph::End StateGraph::learn_from(const Expansion::Transition& transition) {
  taught_choice_ = &transition.choice;
  system_.restore(expander_.system_words(tree_.words()));
  bool is_refined = system_.step(transition.choice).status == StepStatus::Refined;
  if (!is_refined && options_.symmetry && transition.is_supported) {
    StateWords words;
    ThreadChanges changes;
    system_.encode(words);
    is_refined = system_.arrange(words, changes).is_refined;
  }
  taught_choice_ = nullptr;
  return is_refined ? End::Refined : End::Done;
}

void StateGraph::enter_state(StateNumber state, const Expansion& found) {
  if (found.broken.has(PropertyWord::Deadlock)) set_flag(state, kDeadlock, PropertyWord::Deadlock);
  if (found.broken.has(PropertyWord::LockLeak)) set_flag(state, kLockLeak, PropertyWord::LockLeak);
  if (found.broken.has(PropertyWord::Unserializable)) set_flag(state, kUnserializable, PropertyWord::Unserializable);
  if (!found.is_end) return;
  ++ends_;
  if (found.is_deadlocked_end) ++deadlock_ends_;
  note_events(found.end_events);
  if (found.outcome && options_.symmetry) outcome_of_ends_.emplace_back(*found.outcome, state);
  if (found.outcome) outcomes_.try_emplace(*found.outcome, state);
  if (found.serial_record) serial_records_.insert(*found.serial_record);
}

std::uint32_t StateGraph::number_of(const ThreadChanges& changes) {
  const auto [entry, is_new] = change_numbers_.try_emplace(changes, static_cast<std::uint32_t>(changes_.size()));
  if (is_new) changes_.push_back(changes);
  return entry->second;
}

std::uint32_t StateGraph::label_of(const Expansion::Transition& transition, TouchNumber touches, std::uint32_t changes) {
  broken_ = broken_ | transition.broken;
  return labels_.number_of({.choice = choice_table_.number_of(transition.choice), .released = transition.released, .broken = transition.broken, .touches = touches, .changes = changes});
}

void StateGraph::note_events(std::span<const Event> events) {
  for (const Event& event : events) {
    if (event.kind == EventKind::SometimesStated) sometimes_stated_.insert(event.subject);
    if (event.kind == EventKind::SometimesReached) sometimes_reached_.insert(event.subject);
  }
}

void StateGraph::set_flag(StateNumber state, StateFlag flag, PropertyWord word) {
  if (!options_.properties.has(word)) return;
  flags_[state] |= flag;
  broken_.add(word);
}

void StateGraph::mark_livelock(StateNumber state) { set_flag(state, kLivelock, PropertyWord::Livelock); }

PropertySet StateGraph::broken_in(StateNumber state) const {
  PropertySet broken;
  const std::uint8_t flags = flags_[state];
  if (flags == 0) return broken;
  if (flags & kDeadlock) broken.add(PropertyWord::Deadlock);
  if (flags & kLockLeak) broken.add(PropertyWord::LockLeak);
  if (flags & kUnserializable) broken.add(PropertyWord::Unserializable);
  if (flags & kLivelock) broken.add(PropertyWord::Livelock);
  return broken;
}

void StateGraph::edges(StateNumber state, std::vector<Edge>& edges) const {
  edges.clear();
  for_each_arrow(state, [&](const EdgeLog::Arrow& arrow) {
    const EdgeLabel& label = labels_[arrow.label];
    edges.push_back({arrow.target, choice_table_[label.choice], label.released, label.broken, label.changes, arrow.number});
  });
}

bool StateGraph::has_edge(StateNumber state, const Choice& choice) const {
  bool has = false;
  for_each_arrow(state, [&](const EdgeLog::Arrow& arrow) { has = has || choice_table_[labels_[arrow.label].choice] == choice; });
  return has;
}

std::vector<Choice> StateGraph::path_to(StateNumber state) const {
  std::vector<Choice> path;
  while (state != kInitial) {
    const std::uint32_t record = log_.record_with_new(state);
    log_.for_each(record, [&](const EdgeLog::Arrow& arrow) {
      if (arrow.target != state) return true;
      path.push_back(choice_table_[labels_[arrow.label].choice]);
      return false;
    });
    state = order_.state_of(record);
  }
  std::ranges::reverse(path);
  return path;
}

std::vector<Choice> StateGraph::first_way_to(PropertyWord property) const {
  std::vector<Edge> edges;
  for (StateNumber state = 0; state < state_count(); ++state) {
    if (broken_in(state).has(property)) return path_to(state);
    if (!is_expanded(state)) continue;
    this->edges(state, edges);
    const auto edge = std::ranges::find_if(edges, [&](const Edge& e) { return e.broken.has(property); });
    if (edge == edges.end()) continue;
    std::vector<Choice> path = path_to(state);
    path.push_back(edge->choice);
    return path;
  }
  LOCKWEAVE_CHECK(false, "what is broken is broken nowhere");
  return {};
}

StateNumber StateGraph::state_after(const std::vector<Choice>& choices) const {
  StateNumber state = kInitial;
  std::vector<Edge> edges;
  for (const Choice& choice : choices) {
    this->edges(state, edges);
    const auto edge = std::ranges::find(edges, choice, &Edge::choice);
    LOCKWEAVE_CHECK(edge != edges.end(), "a path leaves the graph");
    state = edge->target;
  }
  return state;
}

std::uint32_t StateGraph::preemptions_of(const std::vector<Choice>& choices) const {
  StateNumber state = kInitial;
  std::vector<Edge> edges;
  trace::Past past;
  std::uint32_t preemptions = 0;
  for (const Choice& choice : choices) {
    this->edges(state, edges);
    const auto edge = std::ranges::find(edges, choice, &Edge::choice);
    LOCKWEAVE_CHECK(edge != edges.end(), "a path leaves the graph");
    const bool can_go_on = trace::last_can_go_on(past, edges, [](const Edge& e) -> const Choice& { return e.choice; });
    if (trace::is_preemption(past, can_go_on, choice)) ++preemptions;
    past = trace::past_after(past, choice, edge->released);
    state = edge->target;
  }
  return preemptions;
}

void StateGraph::move_system_to(StateNumber state) {
  store_.decode(state, tree_);
  system_.restore(expander_.system_words(tree_.words()));
}

std::vector<Choice> StateGraph::current_path() const {
  std::vector<Choice> path;
  if (current_state_ != kNone) path = path_to(current_state_);
  const Choice* choice = taught_choice_ != nullptr ? taught_choice_ : expander_.current_choice();
  if (choice != nullptr) path.push_back(*choice);
  return path;
}

std::vector<std::uint32_t> StateGraph::never_reached() const {
  std::vector<std::uint32_t> names;
  std::ranges::set_difference(sometimes_stated_, sometimes_reached_, std::back_inserter(names));
  return names;
}

bool StateGraph::enter_saved(StateNumber state, const SavedRecord& record) {
  settle();
  current_state_ = state;
  store_.decode(state, tree_);
  if (record.is_whole) {
    expander_.expand(tree_.words(), asleep(state), found_);
    return enter_decoded(state, found_) == End::Done && is_as_saved(record);
  }
  for (const auto& [flag, word] : {std::pair(kDeadlock, PropertyWord::Deadlock), std::pair(kLockLeak, PropertyWord::LockLeak), std::pair(kUnserializable, PropertyWord::Unserializable)}) {
    if (record.flags & flag) set_flag(state, flag, word);
  }
  return enter_saved_arrows(state, record, /*again=*/false) && is_as_saved(record);
}

bool StateGraph::enter_saved_again(const SleepSets::Again& again, const SavedRecord& record) {
  settle();
  current_state_ = again.state;
  store_.decode(again.state, tree_);
  if (!record.is_whole) return enter_saved_arrows(again.state, record, /*again=*/true) && is_as_saved(record);
  expander_.run_again(tree_.words(), again.choices, found_);
  return !found_.is_refined && enter_transitions(again.state, found_, /*again=*/true, again.may_leave_out) == End::Done && is_as_saved(record);
}

// Requires: tree_ is the state's.
bool StateGraph::enter_saved_arrows(StateNumber state, const SavedRecord& record, bool again) {
  rerun_.clear();
  for (const SavedRecord::Arrow& arrow : record.arrows) {
    if (arrow.runs) rerun_.push_back(arrow.choice);
  }
  expander_.run_again(tree_.words(), rerun_, found_);
  if (found_.is_refined) return false;
  Expanded& expanded = begin_expanded(state, again);
  auto transition = found_.transitions.begin();
  for (const SavedRecord::Arrow& arrow : record.arrows) {
    if (!arrow.runs) {
      const std::uint32_t changes = arrow.changes.empty() ? 0 : number_of(arrow.changes);
      const EdgeLabel label{.choice = choice_table_.number_of(arrow.choice), .released = arrow.released, .broken = arrow.broken, .touches = arrow.touches, .changes = changes};
      if (sleep_ && arrow.touches >= sleep_->dependence().count()) return false;
      broken_ = broken_ | arrow.broken;
      expanded.successors.push_back({.state = {}, .label = labels_.number_of(label), .reruns = false, .known = arrow.target,
                                     .sleep = sleep_ ? sleep_after(arrow.choice, arrow.touches, changes) : SleepSets::kEmpty});
      continue;
    }
    if (!transition->is_supported) return false;
    if (transition->taught || transition->teaches) learn(state, transition->choice);
    note_step(state, found_, *transition);
    expanded.successors.push_back(successor_by(found_, *transition));
    ++transition;
  }
  if (sleep_) look_for_obstacles(found_);
  ++waiting_;
  return why_all_orders_.empty();
}

// What was run again leads where it led.
bool StateGraph::is_as_saved(const SavedRecord& record) {
  const std::size_t number = log_.record_count();
  settle();
  std::size_t i = 0;
  bool is_same = log_.record_count() == number + 1;
  if (!is_same) return false;
  log_.for_each(static_cast<std::uint32_t>(number), [&](const EdgeLog::Arrow& found) {
    const EdgeLabel& label = labels_[found.label];
    is_same = is_same && i < record.arrows.size();
    if (is_same) {
      const SavedRecord::Arrow& arrow = record.arrows[i];
      is_same = found.target == arrow.target && choice_table_[label.choice] == arrow.choice && label.released == arrow.released &&
                label.broken == arrow.broken && label.touches == arrow.touches && changes_[label.changes] == arrow.changes;
    }
    ++i;
    return is_same;
  });
  return is_same && i == record.arrows.size();
}

void StateGraph::save(CheckpointWriter& writer) const {
  writer.number(changes_.size() - 1);
  for (const ThreadChanges& changes : std::span(changes_).subspan(1)) {
    writer.number(changes.size());
    for (const auto& [from, to] : changes) {
      writer.number(from);
      writer.number(to);
    }
  }
  writer.number(choice_table_.size());
  for (std::uint32_t i = 0; i < choice_table_.size(); ++i) write_choice(writer, choice_table_[i]);
  writer.number(labels_.size());
  for (std::uint32_t i = 0; i < labels_.size(); ++i) {
    writer.number(labels_[i].choice);
    writer.number(labels_[i].released ? 1 : 0);
    writer.number(labels_[i].broken.bits());
    writer.number(labels_[i].touches);
    writer.number(labels_[i].changes);
  }
  // What is found after the exploration is no part of it.
  const auto saved_flags = [&](StateNumber state) { return static_cast<std::uint8_t>(flags_[state] & (kDeadlock | kLockLeak | kUnserializable)); };
  std::uint64_t flagged = 0;
  for (StateNumber state = 0; state < state_count(); ++state) flagged += saved_flags(state) != 0 ? 1 : 0;
  writer.number(flagged);
  std::uint32_t last = 0;
  for (StateNumber state = 0; state < state_count(); ++state) {
    if (saved_flags(state) == 0) continue;
    const std::uint32_t record = order_.record_of(state);
    writer.number(record - last);
    writer.number(saved_flags(state));
    last = record;
  }
  writer.number(reruns_.size());
  for (std::size_t i = 0; i < reruns_.size(); ++i) writer.number(reruns_[i] - (i == 0 ? 0 : reruns_[i - 1]));
  writer.number(unsupported_in_.size());
  for (std::size_t i = 0; i < unsupported_in_.size(); ++i) writer.number(unsupported_in_[i] - (i == 0 ? 0 : unsupported_in_[i - 1]));
  writer.number(log_.record_count());
  std::uint32_t known = 1;
  std::vector<EdgeLog::Arrow> arrows;
  for (std::uint32_t record = 0; record < log_.record_count(); ++record) {
    arrows.clear();
    log_.for_each(record, [&](const EdgeLog::Arrow& arrow) {
      arrows.push_back(arrow);
      return true;
    });
    writer.number(arrows.size());
    for (const EdgeLog::Arrow& arrow : arrows) {
      const bool is_new = arrow.target == known;
      writer.number(std::uint64_t{arrow.label} << 1 | (is_new ? 1 : 0));
      if (is_new) ++known;
      else writer.number(known - 1 - arrow.target);
    }
  }
}

Lessons StateGraph::lessons() const {
  Lessons lessons;
  for (const Lesson& lesson : lessons_) {
    lessons.push_back(path_to(lesson.state));
    lessons.back().push_back(lesson.choice);
  }
  return lessons;
}

std::size_t StateGraph::bytes() const {
  return store_.bytes() + flags_.bytes() + log_.bytes() + order_.bytes() + labels_.bytes() + obligations_.bytes() + (sleep_ ? sleep_->bytes() : 0) + (persistent_ ? persistent_->bytes() : 0);
}

}  // namespace lockweave::explore
