#include "checker/explore/state_graph.h"

#include <algorithm>

#include "checker/property/deadlock.h"
#include "checker/trace/preemption.h"
#include "model/base/check.h"

namespace lockweave::explore {

StateGraph::StateGraph(System& system, GraphOptions options)
    : system_(system), options_(options), judge_(options.properties) {
  restart();
}

void StateGraph::restart() {
  store_.clear();
  first_edge_.clear();
  parents_.clear();
  flags_.clear();
  edge_targets_.clear();
  edge_codes_.clear();
  edge_marks_.clear();
  large_choices_.clear();
  choice_table_.clear();
  expanded_ = ends_ = deadlock_ends_ = 0;
  broken_ = {};
  outcomes_.clear();
  serial_records_.clear();
  sometimes_stated_.clear();
  sometimes_reached_.clear();
  states_eventually_ = false;
  unsupported_.reset();
  tree_ = {};
  current_state_ = kNone;
  current_choice_ = nullptr;
  system_.reset();
  serial_last_ = 0;
  insert_current(kNone);
}

void StateGraph::add_state(StateNumber parent) {
  first_edge_.push_back(kUnexpanded);
  parents_.push_back(parent);
  flags_.push_back(0);
}

// The state the system stands in, into the store.
StateNumber StateGraph::insert_current(StateNumber parent) {
  system_.encode(words_);
  if (options_.serial) words_.push_back(serial_last_);
  const StateStore::Inserted inserted = store_.insert(words_, tree_);
  if (inserted.is_new) add_state(parent);
  return inserted.state;
}

// The words of tree_ that are the system's own.
std::span<const std::uint32_t> StateGraph::system_words() const {
  return options_.serial ? tree_.words().first(tree_.words().size() - 1) : tree_.words();
}

StateGraph::Expansion StateGraph::expand(StateNumber state) {
  if (is_expanded(state)) return Expansion::Done;
  current_state_ = state;
  store_.decode(state, tree_);
  system_.restore(system_words());
  if (options_.serial) serial_last_ = tree_.words().back();
  trace::find_available(system_, options_.timeouts_last, available_);
  if (options_.serial) apply_serial_rule();
  judge_state(state);
  const std::size_t begin = edge_targets_.size();
  LOCKWEAVE_CHECK(begin + available_.choices.size() < kNoEdges, "the state graph has no numbers left for transitions");
  bool moved = false;
  for (const Choice& choice : available_.choices) {
    if (moved) system_.restore(system_words());
    moved = true;
    current_choice_ = &choice;
    const Expansion end = run_choice(state, choice);
    current_choice_ = nullptr;
    if (end == Expansion::Refined) return Expansion::Refined;
  }
  const bool has_edges = edge_targets_.size() > begin;
  if (has_edges) edge_codes_[edge_codes_.size() - 1] |= kLast;
  first_edge_[state] = has_edges ? static_cast<std::uint32_t>(begin) : kNoEdges;
  ++expanded_;
  return Expansion::Done;
}

StateGraph::Expansion StateGraph::run_choice(StateNumber state, const Choice& choice) {
  const StepReport& report = system_.step(choice);
  switch (report.status) {
    case StepStatus::Refined:
      return Expansion::Refined;
    case StepStatus::Unsupported:
      if (!unsupported_) unsupported_ = Unsupported{report.error, current_path()};
      return Expansion::Done;
    case StepStatus::Done:
      break;
  }
  const std::uint32_t last_before = serial_last_;
  if (choice.kind == ChoiceKind::Run || choice.kind == ChoiceKind::Branch) serial_last_ = choice.thread + 1;
  add_edge(insert_current(state), choice, report);
  serial_last_ = last_before;
  return Expansion::Done;
}

void StateGraph::add_edge(StateNumber target, const Choice& choice, const StepReport& report) {
  const auto edge = static_cast<std::uint32_t>(edge_targets_.size());
  const std::uint32_t number = choice_table_.number_of(choice);
  auto code = static_cast<std::uint16_t>(std::min<std::uint32_t>(number, kChoice));
  if (number >= kChoice) large_choices_[edge] = number;
  if (report.released) code |= kReleased;
  if (!report.events.empty()) {
    note_events(report.events);
    const PropertySet broken = judge_.broken_by(report.events);
    if (!broken.empty()) {
      code |= kMarked;
      edge_marks_.push_back({edge, broken.bits()});
      broken_ = broken_ | broken;
    }
  }
  edge_targets_.push_back(target);
  edge_codes_.push_back(code);
}

void StateGraph::note_events(const std::vector<Event>& events) {
  for (const Event& event : events) {
    if (event.kind == EventKind::SometimesStated) sometimes_stated_.insert(event.subject);
    if (event.kind == EventKind::SometimesReached) sometimes_reached_.insert(event.subject);
    if (event.kind == EventKind::EventuallyStated) states_eventually_ = true;
  }
}

// A thread that stands inside an import and can go on is not switched out; wake-ups and timeouts of others need no GIL.
void StateGraph::apply_serial_rule() {
  if (serial_last_ == 0 || !system_.inside_import(serial_last_ - 1)) return;
  const ThreadNumber last = serial_last_ - 1;
  const auto runs = [](const Choice& choice) {
    return choice.kind == ChoiceKind::Run || choice.kind == ChoiceKind::Branch;
  };
  const auto goes_on = [&](const Choice& choice) { return choice.thread == last && runs(choice); };
  if (std::ranges::none_of(available_.choices, goes_on)) return;
  std::erase_if(available_.choices, [&](const Choice& choice) { return choice.thread != last && runs(choice); });
}

void StateGraph::judge_state(StateNumber state) {
  system_.waits(waiting_);
  if (available_.can_step && waiting_.empty()) return;
  property::StuckFacts facts{available_.can_step, false, {}};
  if (!facts.can_step) {
    system_.unfinished(unfinished_);
    facts.unfinished = !unfinished_.empty();
  }
  facts.waiting.swap(waiting_);
  const bool deadlocked = property::is_deadlock(facts);
  facts.waiting.swap(waiting_);
  if (deadlocked) set_flag(state, kDeadlock, PropertyWord::Deadlock);
  if (available_.choices.empty()) judge_end(state, facts.unfinished);
}

// Requires: no choice is left. The system stands in the state.
void StateGraph::judge_end(StateNumber state, bool deadlocked) {
  ++ends_;
  if (deadlocked) ++deadlock_ends_;
  if (options_.want_outcomes || options_.properties.has(PropertyWord::LockLeak)) {
    Outcome outcome = system_.outcome(end_events_);
    note_events(end_events_);
    const bool all_ended = std::ranges::none_of(
        outcome.threads, [](const ThreadEnd& thread) { return thread.end == "blocked" || thread.end == "daemon"; });
    if (all_ended && judge_.broken_by(end_events_).has(PropertyWord::LockLeak)) set_flag(state, kLockLeak, PropertyWord::LockLeak);
    if (options_.want_outcomes) outcomes_.try_emplace(std::move(outcome), state);
  }
  if (options_.serial) serial_records_.insert(system_.serial_record());
  if (options_.reference != nullptr && !options_.reference->allows(system_.serial_record())) {
    set_flag(state, kUnserializable, PropertyWord::Unserializable);
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

std::uint32_t StateGraph::choice_number(std::uint32_t edge) const {
  const std::uint32_t number = edge_codes_[edge] & kChoice;
  return number == kChoice ? large_choices_.at(edge) : number;
}

PropertySet StateGraph::mark_of(std::uint32_t edge) const {
  std::size_t low = 0;
  std::size_t high = edge_marks_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (edge_marks_[middle].edge < edge) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return PropertySet::from_bits(edge_marks_[low].broken);
}

void StateGraph::edges(StateNumber state, std::vector<Edge>& edges) const {
  edges.clear();
  std::uint32_t edge = first_edge_[state];
  if (edge == kNoEdges) return;
  for (;; ++edge) {
    const std::uint16_t code = edge_codes_[edge];
    edges.push_back({edge_targets_[edge], choice_table_[choice_number(edge)], (code & kReleased) != 0,
                     (code & kMarked) != 0 ? mark_of(edge) : PropertySet{}});
    if (code & kLast) return;
  }
}

std::vector<Choice> StateGraph::path_to(StateNumber state) const {
  std::vector<Choice> path;
  for (; parents_[state] != kNone; state = parents_[state]) {
    const StateNumber parent = parents_[state];
    // The state being expanded has its transitions at the end of the array, not yet announced.
    LOCKWEAVE_CHECK(is_expanded(parent), "a state's parent is not expanded");
    std::uint32_t edge = first_edge_[parent];
    while (edge_targets_[edge] != state) ++edge;
    path.push_back(choice_table_[choice_number(edge)]);
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
  system_.restore(system_words());
}

std::vector<Choice> StateGraph::current_path() const {
  std::vector<Choice> path;
  if (current_state_ != kNone) path = path_to(current_state_);
  if (current_choice_ != nullptr) path.push_back(*current_choice_);
  return path;
}

std::vector<std::uint32_t> StateGraph::never_reached() const {
  std::vector<std::uint32_t> names;
  std::ranges::set_difference(sometimes_stated_, sometimes_reached_, std::back_inserter(names));
  return names;
}

std::size_t StateGraph::bytes() const {
  return store_.bytes() + first_edge_.bytes() + parents_.bytes() + flags_.bytes() + edge_targets_.bytes() +
         edge_codes_.bytes() + edge_marks_.bytes();
}

}  // namespace lockweave::explore
