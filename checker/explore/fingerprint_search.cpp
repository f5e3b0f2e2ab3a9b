#include "checker/explore/fingerprint_search.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "checker/explore/chunked_vector.h"
#include "checker/explore/expansion.h"
#include "checker/explore/fingerprint_table.h"
#include "checker/explore/preemption_search.h"
#include "checker/explore/serial_reference.h"
#include "checker/explore/simplest.h"
#include "checker/explore/state_queue.h"
#include "checker/trace/preemption.h"
#include "model/base/check.h"

namespace lockweave::explore {

namespace {

// Small numbers, a byte each; the few large ones apart.
class SmallNumbers {
 public:
  void push_back(std::size_t number) {
    if (number >= kLarge) large_[bytes_.size()] = number;
    bytes_.push_back(static_cast<std::uint8_t>(std::min<std::size_t>(number, kLarge)));
  }
  std::size_t operator[](std::size_t place) const { return bytes_[place] == kLarge ? large_.at(place) : bytes_[place]; }
  std::size_t size() const { return bytes_.size(); }
  std::size_t bytes() const { return bytes_.bytes(); }
  void clear() {
    bytes_.clear();
    large_.clear();
  }

 private:
  static constexpr std::size_t kLarge = 255;
  ChunkedVector<std::uint8_t> bytes_;
  std::map<std::size_t, std::size_t> large_;
};

// Where something was met first: in a state, or at one of its transitions.
struct Spot {
  std::uint64_t state = 0;
  std::optional<std::size_t> transition;
};

enum class End : std::uint8_t { Complete, Spent, Refined };

class Search {
 public:
  Search(System& system, const ExploreOptions& options)
      : system_(system), options_(options), watch_(options.budget) {}

  Exploration explore() {
    End end = start_and_run();
    while (end == End::Refined) {
      ++restarts_;
      end = start_and_run();
    }
    return conclude(end);
  }

  const Choice* current_choice() const { return expander_ ? expander_->current_choice() : nullptr; }

 private:
  End start_and_run() {
    reference_ = {};
    if (options_.properties.has(PropertyWord::Unserializable)) {
      ReferenceRun run = explore_reference(system_, options_.timeouts_last, watch_);
      for (; run.refined; ++restarts_) run = explore_reference(system_, options_.timeouts_last, watch_);
      reference_ = std::move(run.reference);
    }
    graph_options_ = {.properties = options_.properties, .timeouts_last = options_.timeouts_last, .want_outcomes = false,
                      .reference = reference_.complete ? &reference_ : nullptr, .serial = false};
    expander_.emplace(system_, graph_options_);
    table_.clear();
    queue_.clear();
    places_.clear();
    children_.clear();
    first_.clear();
    stats_ = {};
    stated_.clear();
    reached_.clear();
    states_eventually_ = leads_back_ = false;
    error_.clear();
    system_.reset();
    StateWords words;
    expander_->encode_current(0, words);
    table_.insert(fingerprint_of(words), 0);
    queue_.push(words);
    places_.push_back(0);
    return run();
  }

  End run() {
    std::uint64_t layer_end = 1;
    depth_ = 0;
    for (std::uint64_t state = 0; !queue_.empty(); ++state) {
      if (watch_.is_spent(table_.size(), [&] { return bytes(); })) return End::Spent;
      if (state == layer_end) {
        ++depth_;
        layer_end = table_.size();
      }
      expander_->expand(queue_.pop(), found_);
      enter(state);
      if (found_.is_refined) return End::Refined;
      if (options_.progress && state % kStatesBetweenReports == 0) tell();
    }
    return End::Complete;
  }

  void enter(std::uint64_t state) {
    note_broken(found_.broken, {state, std::nullopt});
    if (found_.is_end) {
      ++stats_.executions;
      if (found_.is_deadlocked_end) ++stats_.deadlocked;
      note_events(found_.end_events);
    }
    fingerprints_.clear();
    for (const Expansion::Transition& transition : found_.transitions) {
      fingerprints_.push_back(transition.is_supported ? fingerprint_of(found_.words_of(transition)) : 0);
      table_.prefetch(fingerprints_.back());
    }
    std::size_t new_states = 0;
    for (std::size_t place = 0; place < found_.transitions.size(); ++place) {
      const Expansion::Transition& transition = found_.transitions[place];
      if (!transition.is_supported) {
        if (error_.empty()) error_spot_ = {state, place};
        if (error_.empty()) error_ = found_.error;
        continue;
      }
      ++stats_.transitions;
      note_events(found_.events_of(transition));
      note_broken(transition.broken, {state, place});
      const auto inserted = table_.insert(fingerprints_[place], depth_ + 1);
      if (inserted.is_new) {
        queue_.push(found_.words_of(transition));
        places_.push_back(place);
        ++new_states;
      } else if (inserted.layer != (depth_ + 1) % FingerprintTable::kLayers) {
        leads_back_ = true;
      }
    }
    children_.push_back(new_states);
  }

  static std::uint64_t fingerprint_of(std::span<const std::uint32_t> words) { return XXH3_64bits(words.data(), words.size_bytes()); }

  void note_broken(PropertySet broken, Spot spot) {
    for (const PropertyWord word : (broken & options_.properties).words()) first_.try_emplace(word, spot);
  }

  void note_events(std::span<const Event> events) {
    for (const Event& event : events) {
      if (event.kind == EventKind::SometimesStated) stated_.insert(event.subject);
      if (event.kind == EventKind::SometimesReached) reached_.insert(event.subject);
      if (event.kind == EventKind::EventuallyStated) states_eventually_ = true;
    }
  }

  // Which transitions lead to the spot, from the initial state on. A state's children are numbered one after the other.
  std::vector<std::size_t> places_to(Spot spot) const {
    std::vector<std::size_t> places;
    if (spot.transition) places.push_back(*spot.transition);
    std::uint64_t target = spot.state;
    std::uint64_t first_child = places_.size();
    for (std::uint64_t parent = children_.size(); parent-- > 0 && target > 0;) {
      const std::uint64_t end = first_child;
      first_child -= children_[parent];
      if (target < first_child || target >= end) continue;
      places.push_back(places_[target]);
      target = parent;
    }
    std::ranges::reverse(places);
    return places;
  }

  Counterexample way_to(PropertyWord word, Spot spot) {
    Counterexample way{.property = word, .choices = {}, .preemptions = 0, .minimal = false, .message = {}, .loop_begin = 0};
    trace::Past past;
    StateWords words;
    system_.reset();
    expander_->encode_current(0, words);
    const auto choice_of = [](const Expansion::Transition& transition) -> const Choice& { return transition.choice; };
    for (const std::size_t place : places_to(spot)) {
      expander_->expand(words, found_);
      LOCKWEAVE_CHECK(place < found_.transitions.size(), "a way that was gone is not there again");
      const Expansion::Transition& transition = found_.transitions[place];
      if (trace::is_preemption(past, trace::last_can_go_on(past, found_.transitions, choice_of), transition.choice)) ++way.preemptions;
      past = trace::past_after(past, transition.choice, transition.released);
      way.choices.push_back(transition.choice);
      if (!transition.is_supported) break;
      const auto next = found_.words_of(transition);
      words.assign(next.begin(), next.end());
    }
    system_.restore(expander_->system_words(words));
    return way;
  }

  // Explores again, states stored, in the order of preemptions, until the properties known to be broken are met.
  std::vector<Counterexample> find_simplest_ways(PropertySet broken) {
    StateGraph graph(system_, graph_options_);
    Budget budget = options_.budget;
    budget.max_states = Budget::kUnlimited;
    budget.max_seconds = std::max(0.0, budget.max_seconds - watch_.seconds());
    BudgetWatch watch(budget);
    PreemptionSearch::Limits limits;
    limits.expand = true;
    (options_.keep_going ? limits.stop_at_all_of : limits.stop_at_first_of) = broken;
    PreemptionSearch search(graph, watch, system_.table_bytes(), limits);
    const PreemptionSearch::End end = search.run();
    if (end == PreemptionSearch::End::Refined) return {};
    std::vector<Counterexample> found = simplest_of(search, options_.keep_going);
    for (Counterexample& counterexample : found) {
      if (counterexample.property != PropertyWord::Unserializable) continue;
      graph.move_system_to(graph.state_after(counterexample.choices));
      counterexample.message = property::unserializable_message(system_.serial_record(), reference_);
    }
    return found;
  }

  Exploration conclude(End end) {
    watch_.look(bytes());
    Exploration result;
    const std::uint64_t states = table_.size();
    stats_.states = states;
    stats_.max_depth = depth_;
    stats_.peak_bytes = watch_.peak_bytes();
    stats_.restarts = restarts_;
    result.why_incomplete = end == End::Complete ? fmt::format("fingerprints of 64 bits were stored instead of states: complete but for an expected {:.2g} missed states", expected_missed(states))
                                                 : watch_.reason();
    result.notes.push_back(fmt::format("fingerprints: of {} states an expected {:.2g} were taken for others and missed", states, expected_missed(states)));
    judge_what_needs_transitions(result);
    std::vector<Counterexample> any;
    PropertySet broken;
    for (const auto& [word, spot] : first_) {
      any.push_back(way_to(word, spot));
      broken.add(word);
      if (word == PropertyWord::Unserializable) any.back().message = property::unserializable_message(system_.serial_record(), reference_);
    }
    if (!error_.empty()) {
      result.error = error_;
      result.error_choices = way_to(PropertyWord::Deadlock, error_spot_).choices;
      result.why_incomplete = "a step could not be run";
    }
    table_.clear();
    queue_.clear();
    if (!broken.empty() && end == End::Complete) result.found = find_simplest_ways(broken);
    for (Counterexample& way : any) {
      const bool is_shown = std::ranges::find(result.found, way.property, &Counterexample::property) != result.found.end();
      if (!is_shown && (options_.keep_going || result.found.empty())) result.found.push_back(std::move(way));
    }
    judge_sometimes(end, result);
    stats_.seconds = watch_.seconds();
    result.stats = stats_;
    return result;
  }

  void judge_what_needs_transitions(Exploration& result) {
    if (options_.properties.has(PropertyWord::Livelock) && (leads_back_ || depth_ + 1 >= FingerprintTable::kLayers)) {
      result.unchecked.add(PropertyWord::Livelock);
      result.notes.push_back("`livelock` is not judged: there may be executions that come back to a state, and with --fingerprints no transitions are stored");
    }
    if (options_.properties.has(PropertyWord::Eventually) && states_eventually_) {
      result.unchecked.add(PropertyWord::Eventually);
      result.notes.push_back("`eventually` is not judged with --fingerprints");
    }
    if (options_.properties.has(PropertyWord::Unserializable) && !reference_.complete) {
      result.unchecked.add(PropertyWord::Unserializable);
      result.notes.push_back("`unserializable` is not judged: its reference executions could not be explored completely");
    }
  }

  void judge_sometimes(End end, Exploration& result) {
    if (!options_.properties.has(PropertyWord::Sometimes)) return;
    std::vector<std::uint32_t> missed;
    std::ranges::set_difference(stated_, reached_, std::back_inserter(missed));
    if (missed.empty()) return;
    // Reached by no state that was seen: it may be reached by one that was missed, but hardly. Said with that, it is still no proof.
    result.unchecked.add(PropertyWord::Sometimes);
    for (const std::uint32_t name : missed)
      result.notes.push_back(fmt::format("{} was reached by no execution{}", system_.name_text(name), end == End::Complete ? "" : " so far"));
  }

  std::uint64_t bytes() const { return table_.bytes() + queue_.bytes() + places_.bytes() + children_.bytes() + system_.table_bytes(); }

  void tell() const {
    options_.progress({.states = table_.size(), .transitions = stats_.transitions, .depth = depth_, .frontier = queue_.size(),
                       .bytes = bytes(), .seconds = watch_.seconds()});
  }

  static constexpr std::uint64_t kStatesBetweenReports = 4096;

  System& system_;
  const ExploreOptions& options_;
  BudgetWatch watch_;
  property::SerialReference reference_;
  GraphOptions graph_options_;
  std::optional<Expander> expander_;
  FingerprintTable table_;
  StateQueue queue_;
  SmallNumbers places_;    // by state: which of its parent's transitions led to it first
  SmallNumbers children_;  // by expanded state: how many states were found first from it
  Expansion found_;
  std::vector<std::uint64_t> fingerprints_;
  std::map<PropertyWord, Spot> first_;
  std::set<std::uint32_t> stated_;   // `sometimes`
  std::set<std::uint32_t> reached_;
  bool states_eventually_ = false;
  bool leads_back_ = false;          // to a layer that is not the next one
  std::uint64_t depth_ = 0;
  std::string error_;
  Spot error_spot_;
  Stats stats_;
  std::uint64_t restarts_ = 0;
};

}  // namespace

double expected_missed(std::uint64_t states) {
  const auto n = static_cast<double>(states);
  return n * n / 36893488147419103232.0;  // 2^65
}

Exploration FingerprintExplorer::explore(System& system) {
  Search search(system, options_);
  const ScheduleSource source([&] {
    const Choice* choice = search.current_choice();
    return choice == nullptr ? std::vector<Choice>{} : std::vector<Choice>{*choice};
  });
  return search.explore();
}

}  // namespace lockweave::explore
