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
  sometimes_stated_.clear();
  sometimes_reached_.clear();
  obligations_.clear();
  unsupported_.reset();
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
      arrows_.push_back({.target = inserted.state, .label = successor.label, .number = 0});
    }
    log_.add(arrows_, known);
    order_.add(first.state);
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
  expander_.expand(tree_.words(), found_);
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
  Expanded& expanded = line_[waiting_];
  expanded.state = state;
  expanded.successors.clear();
  for (const Expansion::Transition& transition : found.transitions) {
    if (transition.teaches && learn_from(transition) == End::Refined) {
      learn(state, transition.choice);
      return End::Refined;
    }
    note_step(state, found, transition);
    if (!transition.is_supported) continue;
    expanded.successors.push_back({.state = store_.prepare(found.words_of(transition), tree_), .label = label_of(transition),
                           .reruns = must_rerun(transition), .known = kNone});
  }
  if (found.is_refined) {
    learn(state, found.refined_by);
    return End::Refined;
  }
  ++waiting_;
  return End::Done;
}

void StateGraph::note_step(StateNumber state, const Expansion& found, const Expansion::Transition& transition) {
  if (transition.taught || transition.teaches) learn(state, transition.choice);
  if (transition.is_supported) {
    note_events(found.events_of(transition));
    obligations_.note(static_cast<std::uint32_t>(log_.arrow_count() + arrows_waiting() + line_[waiting_].successors.size()), found.events_of(transition));
    return;
  }
  if (unsupported_in_.empty() || unsupported_in_.back() != state) unsupported_in_.push_back(state);
  if (unsupported_) return;
  unsupported_ = Unsupported{found.error, path_to(state)};
  unsupported_->choices.push_back(transition.choice);
}

// Another cursor has run the step; run here, where it comes in the order of the exploration, it teaches what it would have taught
// if nobody else had. Requires: tree_ is the state's.
StateGraph::End StateGraph::learn_from(const Expansion::Transition& transition) {
  taught_choice_ = &transition.choice;
  system_.restore(expander_.system_words(tree_.words()));
  const bool is_refined = system_.step(transition.choice).status == StepStatus::Refined;
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
  if (found.outcome) outcomes_.try_emplace(*found.outcome, state);
  if (found.serial_record) serial_records_.insert(*found.serial_record);
}

std::uint32_t StateGraph::label_of(const Expansion::Transition& transition) {
  broken_ = broken_ | transition.broken;
  return labels_.number_of({.choice = choice_table_.number_of(transition.choice), .released = transition.released, .broken = transition.broken});
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
  const std::uint32_t record = order_.record_of(state);
  if (record == ExpansionOrder::kNone) return;
  log_.for_each(record, [&](const EdgeLog::Arrow& arrow) {
    const EdgeLabel& label = labels_[arrow.label];
    edges.push_back({arrow.target, choice_table_[label.choice], label.released, label.broken, arrow.number});
    return true;
  });
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
  const std::size_t first = log_.arrow_count();
  if (record.is_whole) {
    expander_.expand(tree_.words(), found_);
    if (enter_decoded(state, found_) == End::Refined) return false;
  } else {
    rerun_.clear();
    for (const SavedRecord::Arrow& arrow : record.arrows) {
      if (arrow.runs) rerun_.push_back(arrow.choice);
    }
    expander_.run_again(tree_.words(), rerun_, found_);
    if (found_.is_refined) return false;
    Expanded& expanded = line_[waiting_];
    expanded.state = state;
    expanded.successors.clear();
    auto transition = found_.transitions.begin();
    for (const SavedRecord::Arrow& arrow : record.arrows) {
      if (!arrow.runs) {
        const EdgeLabel label{.choice = choice_table_.number_of(arrow.choice), .released = arrow.released, .broken = arrow.broken};
        broken_ = broken_ | arrow.broken;
        expanded.successors.push_back({.state = {}, .label = labels_.number_of(label), .reruns = false, .known = arrow.target});
        continue;
      }
      if (!transition->is_supported) return false;
      note_step(state, found_, *transition);
      expanded.successors.push_back({.state = store_.prepare(found_.words_of(*transition), tree_), .label = label_of(*transition),
                             .reruns = must_rerun(*transition), .known = kNone});
      ++transition;
    }
    for (const auto& [flag, word] : {std::pair(kDeadlock, PropertyWord::Deadlock), std::pair(kLockLeak, PropertyWord::LockLeak), std::pair(kUnserializable, PropertyWord::Unserializable)}) {
      if (record.flags & flag) set_flag(state, flag, word);
    }
    ++waiting_;
  }
  settle();
  // What was run again leads where it led.
  if (log_.arrow_count() - first != record.arrows.size()) return false;
  edges(state, found_edges_);
  for (std::size_t i = 0; i < record.arrows.size(); ++i) {
    const SavedRecord::Arrow& arrow = record.arrows[i];
    const Edge& edge = found_edges_[i];
    if (edge.target != arrow.target || edge.choice != arrow.choice || edge.released != arrow.released || edge.broken != arrow.broken) return false;
  }
  return true;
}

void StateGraph::save(CheckpointWriter& writer) const {
  writer.number(choice_table_.size());
  for (std::uint32_t i = 0; i < choice_table_.size(); ++i) write_choice(writer, choice_table_[i]);
  writer.number(labels_.size());
  for (std::uint32_t i = 0; i < labels_.size(); ++i) {
    writer.number(labels_[i].choice);
    writer.number(labels_[i].released ? 1 : 0);
    writer.number(labels_[i].broken.bits());
  }
  // What is found after the exploration is no part of it.
  const auto saved_flags = [&](StateNumber state) { return static_cast<std::uint8_t>(flags_[state] & (kDeadlock | kLockLeak | kUnserializable)); };
  std::uint64_t flagged = 0;
  for (StateNumber state = 0; state < state_count(); ++state) flagged += saved_flags(state) != 0 ? 1 : 0;
  writer.number(flagged);
  StateNumber last = 0;
  for (StateNumber state = 0; state < state_count(); ++state) {
    if (saved_flags(state) == 0) continue;
    writer.number(state - last);
    writer.number(saved_flags(state));
    last = state;
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
  return store_.bytes() + flags_.bytes() + log_.bytes() + order_.bytes() + labels_.bytes() + obligations_.bytes();
}

}  // namespace lockweave::explore
