#include "checker/explore/state_graph.h"

#include <algorithm>

#include "checker/trace/preemption.h"
#include "model/base/check.h"

namespace lockweave::explore {

StateGraph::StateGraph(System& system, GraphOptions options)
    : system_(system), options_(options), expander_(system, options) {
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
  taught_choice_ = nullptr;
  system_.reset();
  expander_.encode_current(0, words_);
  insert(words_, kNone);
}

void StateGraph::add_state(StateNumber parent) {
  first_edge_.push_back(kUnexpanded);
  parents_.push_back(parent);
  flags_.push_back(0);
}

StateNumber StateGraph::insert(std::span<const std::uint32_t> words, StateNumber parent) {
  const StateStore::Inserted inserted = store_.insert(words, tree_);
  if (inserted.is_new) add_state(parent);
  return inserted.state;
}

void StateGraph::words_of(StateNumber state, StateWords& words) {
  store_.decode(state, tree_);
  words.assign(tree_.words().begin(), tree_.words().end());
}

StateGraph::End StateGraph::expand(StateNumber state) {
  if (is_expanded(state)) return End::Done;
  current_state_ = state;
  store_.decode(state, tree_);
  expander_.expand(tree_.words(), found_);
  return enter_decoded(state, found_);
}

StateGraph::End StateGraph::enter(StateNumber state, const Expansion& found) {
  current_state_ = state;
  store_.decode(state, tree_);
  return enter_decoded(state, found);
}

// Requires: tree_ is the state's.
StateGraph::End StateGraph::enter_decoded(StateNumber state, const Expansion& found) {
  enter_state(state, found);
  const std::size_t begin = edge_targets_.size();
  LOCKWEAVE_CHECK(begin + found.transitions.size() < kNoEdges, "the state graph has no numbers left for transitions");
  for (const Expansion::Transition& transition : found.transitions) {
    if (transition.teaches && learn_from(transition) == End::Refined) return End::Refined;
    if (!transition.is_supported) {
      if (!unsupported_) {
        unsupported_ = Unsupported{found.error, path_to(state)};
        unsupported_->choices.push_back(transition.choice);
      }
      continue;
    }
    note_events(found.events_of(transition));
    add_edge(insert(found.words_of(transition), state), transition);
  }
  if (found.is_refined) return End::Refined;
  const bool has_edges = edge_targets_.size() > begin;
  if (has_edges) edge_codes_[edge_codes_.size() - 1] |= kLast;
  first_edge_[state] = has_edges ? static_cast<std::uint32_t>(begin) : kNoEdges;
  ++expanded_;
  return End::Done;
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

void StateGraph::add_edge(StateNumber target, const Expansion::Transition& transition) {
  const auto edge = static_cast<std::uint32_t>(edge_targets_.size());
  const std::uint32_t number = choice_table_.number_of(transition.choice);
  auto code = static_cast<std::uint16_t>(std::min<std::uint32_t>(number, kChoice));
  if (number >= kChoice) large_choices_[edge] = number;
  if (transition.released) code |= kReleased;
  if (!transition.broken.empty()) {
    code |= kMarked;
    edge_marks_.push_back({edge, transition.broken.bits()});
    broken_ = broken_ | transition.broken;
  }
  edge_targets_.push_back(target);
  edge_codes_.push_back(code);
}

void StateGraph::note_events(std::span<const Event> events) {
  for (const Event& event : events) {
    if (event.kind == EventKind::SometimesStated) sometimes_stated_.insert(event.subject);
    if (event.kind == EventKind::SometimesReached) sometimes_reached_.insert(event.subject);
    if (event.kind == EventKind::EventuallyStated) states_eventually_ = true;
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

std::size_t StateGraph::bytes() const {
  return store_.bytes() + first_edge_.bytes() + parents_.bytes() + flags_.bytes() + edge_targets_.bytes() +
         edge_codes_.bytes() + edge_marks_.bytes();
}

}  // namespace lockweave::explore
