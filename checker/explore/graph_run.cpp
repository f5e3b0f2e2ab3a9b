#include "checker/explore/graph_run.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

#include "checker/explore/simplest.h"
#include "checker/explore/symmetry.h"

namespace lockweave::explore {

GraphRun::GraphRun(System& system, const ExploreOptions& options, Manner manner)
    : system_(system), options_(options), watch_(options.budget), symmetry_(manner.symmetry && options.reductions.has(Reduction::Symmetry)), checkpointer_(options.checkpoint) {
  sleep_sets_ = manner.in_layers && options.reductions.has(Reduction::SleepSets);
  persistent_sets_ = manner.in_layers && options.reductions.has(Reduction::PersistentSets);
  if (options.timeouts_last) explore_all_orders("whether a timeout fires depends on what every thread can do");
  if (options.properties.has(PropertyWord::Unserializable)) explore_all_orders("`unserializable` is judged");
  if (symmetry_) system_.take_like_threads_for_one(true);
  start();
}

void GraphRun::explore_all_orders(std::string_view why) {
  if (sleep_sets_ && persistent_sets_) notes_of_orders_.push_back(fmt::format("sleep sets and persistent sets were left out: {}", why));
  else if (sleep_sets_) notes_of_orders_.push_back(fmt::format("sleep sets were left out: {}", why));
  else if (persistent_sets_) notes_of_orders_.push_back(fmt::format("persistent sets were left out: {}", why));
  sleep_sets_ = persistent_sets_ = false;
}

void GraphRun::give_up_persistent_sets() {
  persistent_sets_ = false;
  persistent_sets_end_ = rounds_.size();
}

void GraphRun::leave_persistent_sets_out(std::string_view why) {
  notes_of_orders_.push_back(fmt::format("persistent sets were left out: {}", why));
  persistent_sets_ = false;
}

// The search of all orders shows it simpler, if there is time for that.
void GraphRun::keep_what_is_broken() {
  given_up_.why = graph_->why_all_orders();
  for (const PropertyWord word : graph_->broken().words()) {
    std::vector<Choice> choices = real(graph_->first_way_to(word));
    const std::uint32_t preemptions = preemptions_of(system_, choices, options_.timeouts_last);
    given_up_.broken.push_back({.property = word, .preemptions = preemptions, .way = std::move(choices)});
  }
}

void GraphRun::give_up_symmetry(const std::string& why) {
  symmetry_ = false;
  system_.take_like_threads_for_one(false);
  symmetry_end_ = SymmetryEnd{.rounds = rounds_.size(), .why = why};
}

// Else no thread was put in another's place, and the graph is the one without symmetry.
bool GraphRun::has_renamed() const { return graph_->has_changes(); }

bool GraphRun::leaves_symmetry_out() {
  if (!has_renamed()) return false;
  if (options_.properties.has(PropertyWord::Eventually) && !graph_->obligations().empty()) {
    not_judged_ = "`eventually` is judged with fairness towards each of them";
  } else if (!leaves_orders_out() && options_.properties.has(PropertyWord::Livelock) && judge_cycles(*graph_, options_.fairness) != Cycles::NoneIsFair) {
    not_judged_ = "the program can go round for ever, which is judged with fairness towards each of them";
  }
  return !not_judged_.empty();
}

GraphRun::~GraphRun() = default;

void GraphRun::start() {
  reference_ = {};
  if (options_.properties.has(PropertyWord::Unserializable)) {
    ReferenceRun run = explore_reference(system_, options_.timeouts_last, watch_);
    while (run.refined) {
      ++restarts_;
      run = explore_reference(system_, options_.timeouts_last, watch_);
    }
    reference_ = std::move(run.reference);
    reference_states_ = run.states;
  }
  if (!spill_folder_.empty()) {
    graph_.reset();
    spill_ = std::make_unique<SpillFile>(spill_folder_);
    spill_->begin();
  }
  if (symmetry_ && system_.has_like_threads()) {
    if (options_.properties.has(PropertyWord::Unserializable)) give_up_symmetry("the records of `unserializable` name threads");
    else if (!system_.told_apart().empty()) give_up_symmetry(std::string(system_.told_apart()));
  }
  const bool symmetry = symmetry_ && system_.has_like_threads();
  const GraphOptions graph_options{.properties = options_.properties,
                                   .timeouts_last = options_.timeouts_last,
                                   .want_outcomes = options_.want_outcomes,
                                   .reference = reference_.complete ? &reference_ : nullptr,
                                   .serial = false,
                                   .sleep_sets = sleep_sets_,
                                   .persistent_sets = persistent_sets_ && !symmetry,
                                   .persistent_sets_trial = options_.persistent_sets_trial,
                                   .symmetry = symmetry,
                                   .blocks = spill_.get()};
  graph_ = std::make_unique<StateGraph>(system_, graph_options);
}

void GraphRun::spill_into(const std::string& folder) {
  spill_folder_ = folder;
  watch_.set_relief([this] { return relieve(); });
  start();
}

// The limit of memory is reached: what lies in the file leaves memory. False: that is too little, the rest is what must stay.
bool GraphRun::relieve() {
  const std::uint64_t before = resident_bytes();
  spill_->let_go();
  ++reliefs_;
  return resident_bytes() < before - before / 16;
}

std::size_t GraphRun::bytes() const {
  const std::size_t graph = graph_->bytes();
  const std::size_t in_file = spill_ == nullptr ? 0 : std::min<std::size_t>(graph, spill_->bytes());
  return graph - in_file + system_.table_bytes();
}

void GraphRun::start_again() {
  rounds_.push_back(graph_->lessons());
  if (!graph_->told_apart().empty() || !not_judged_.empty()) {
    give_up_symmetry(std::string(graph_->told_apart().empty() ? not_judged_ : graph_->told_apart()));
    not_judged_ = {};
  } else if (!graph_->why_all_orders().empty()) {
    keep_what_is_broken();
    explore_all_orders(given_up_.why);
  } else if (graph_->gave_up_persistent_sets()) {
    give_up_persistent_sets();
  } else {
    ++restarts_;
  }
  start();
}

// No: something else happens than did.
bool GraphRun::follow_lesson(const std::vector<Choice>& way, bool& is_refined) {
  StateWords words;
  ThreadChanges changes;
  std::vector<Choice> enabled;
  system_.reset();
  for (const Choice& choice : way) {
    system_.enabled(enabled);
    if (is_refined || std::ranges::find(enabled, choice) == enabled.end()) return false;
    const StepStatus status = system_.step(choice).status;
    is_refined = status == StepStatus::Refined;
    if (!graph_->options().symmetry || status != StepStatus::Done) continue;
    system_.encode(words);
    is_refined = system_.arrange(words, changes).is_refined;
  }
  return true;
}

bool GraphRun::learn_again(const Checkpoint& checkpoint) {
  given_up_ = checkpoint.given_up();
  const std::optional<SymmetryEnd>& symmetry_end = checkpoint.symmetry_end();
  const auto ends_symmetry = [&] { return symmetry_ && symmetry_end && symmetry_end->rounds == rounds_.size(); };
  if (ends_symmetry()) {
    give_up_symmetry(symmetry_end->why);
    start();
  }
  for (const Lessons& round : checkpoint.finished_rounds()) {
    bool is_refined = false;
    for (const std::vector<Choice>& way : round) {
      if (!follow_lesson(way, is_refined)) return false;
    }
    rounds_.push_back(round);
    if (is_refined) ++restarts_;
    else if (ends_symmetry()) give_up_symmetry(symmetry_end->why);
    else if (persistent_sets_ && checkpoint.persistent_sets_end() == rounds_.size()) give_up_persistent_sets();
    else if (leaves_orders_out() && !given_up_.why.empty()) explore_all_orders(given_up_.why);
    else return false;
    start();
    if (!ends_symmetry()) continue;
    // What told like threads apart was met on no way that taught something.
    give_up_symmetry(symmetry_end->why);
    start();
  }
  return true;
}

Exploration GraphRun::conclude(bool complete, std::uint64_t depth, const PreemptionSearch* searched) {
  watch_.look(bytes());
  Exploration result;
  result.complete = complete;
  if (!complete) result.why_incomplete = watch_.reason();
  if (const auto& unsupported = graph_->unsupported()) {
    result.complete = false;
    result.why_incomplete = "a step could not be run";
    result.error = unsupported->text;
    result.error_choices = real(unsupported->choices);
  }
  judge_liveness(result);
  add_counterexamples(searched, result);
  judge_stated(result.complete, result);
  if (options_.want_outcomes) fill_outcomes(result);
  if (persistent_sets_ && graph_->options().symmetry) leave_persistent_sets_out("threads are alike, and those in each other's places are taken for one");
  result.notes.insert(result.notes.end(), notes_of_orders_.begin(), notes_of_orders_.end());
  if (symmetry_end_) result.notes.push_back("thread symmetry was left out: " + symmetry_end_->why);
  if (restarts_ > 0) {
    result.notes.push_back(fmt::format("the exploration started again {} time{}, each time with more known about what threads share",
                                       restarts_, restarts_ == 1 ? "" : "s"));
  }
  if (spill_ != nullptr && !spill_->why().empty()) result.notes.push_back(fmt::format("--spill: {}", spill_->why()));
  if (reliefs_ > 0) result.notes.push_back(fmt::format("memory was too small: {} MiB of states lay in a file in '{}'", spill_->bytes() >> 20, spill_folder_));
  const std::vector<std::string> notes = checkpointer_.notes();
  result.notes.insert(result.notes.end(), notes.begin(), notes.end());
  result.stats = {.states = graph_->state_count(),
                  .transitions = graph_->transition_count(),
                  .executions = graph_->end_count(),
                  .deadlocked = graph_->deadlock_end_count(),
                  .sleep_blocked = 0,
                  .max_depth = depth,
                  .seconds = watch_.seconds(),
                  .peak_bytes = watch_.peak_bytes(),
                  .restarts = restarts_};
  return result;
}

// A graph explored in part can show a violation; that there is none is known of a complete one only. A step that could not be run
// would look like none.
void GraphRun::judge_liveness(Exploration& result) {
  // Where orders are left out nothing goes on for ever (StateGraph::end_layers); with like threads in order, leaves_symmetry_out() has asked.
  if (graph_->unsupported() || !has_all_orders()) return;
  const std::uint64_t limit = options_.budget.max_bytes;
  const std::uint64_t allowed = limit > Budget::kUnlimited / 2 ? Budget::kUnlimited : limit + limit / 10;
  liveness_ = std::make_unique<Liveness>(*graph_, options_.properties, options_.fairness, allowed - std::min<std::uint64_t>(allowed, bytes()));
  result.unchecked = result.unchecked | liveness_->unjudged();
  for (std::string& note : liveness_->notes()) result.notes.push_back(std::move(note));
}

void GraphRun::judge_stated(bool complete, Exploration& result) {
  if (options_.properties.has(PropertyWord::Unserializable) && !reference_.complete) {
    result.unchecked.add(PropertyWord::Unserializable);
    result.notes.push_back("`unserializable` is not judged: its reference executions could not be explored completely");
  }
  const auto missed = graph_->never_reached();
  if (missed.empty() || !options_.properties.has(PropertyWord::Sometimes)) return;
  if (!complete) {
    result.unchecked.add(PropertyWord::Sometimes);
    return;
  }
  if (!options_.keep_going && !result.found.empty()) return;
  std::vector<std::string> names;
  for (const std::uint32_t name : missed) names.push_back(system_.name_text(name));
  std::ranges::sort(names);  // what number a name has is up to chance where several cores work
  result.found.push_back({.property = PropertyWord::Sometimes, .choices = {}, .preemptions = 0, .minimal = true,
                          .message = fmt::format("no execution reaches {}", fmt::join(names, ", ")), .loop_begin = 0});
}

// What a search found as it went is used only if nothing was found afterwards: cycles, which are seen in the whole graph only.
void GraphRun::add_counterexamples(const PreemptionSearch* searched, Exploration& result) {
  const PropertySet lively = liveness_ ? liveness_->broken() : PropertySet{};
  const bool was_stopped = !watch_.reason().empty();
  if (!has_all_orders()) {
    if (!graph_->broken().empty()) add_counterexamples_found_apart(was_stopped, result);
  } else if (searched != nullptr && lively.empty()) {
    result.found = simplest_of(*searched, options_.keep_going);
  } else if (!graph_->broken().empty()) {
    result.found = find_simplest(*graph_, bytes(), options_.keep_going, options_.budget, was_stopped);
    for (const PropertyWord word : graph_->broken().words()) {
      const bool is_shown = std::ranges::find(result.found, word, &Counterexample::property) != result.found.end();
      if (!is_shown && (options_.keep_going || result.found.empty())) result.found.push_back(any_way(word));
    }
  }
  for (const SavedGivenUp::Broken& kept : given_up_.broken) {
    const bool is_shown = std::ranges::find(result.found, kept.property, &Counterexample::property) != result.found.end();
    if (is_shown || (!options_.keep_going && !result.found.empty())) continue;
    result.found.push_back({.property = kept.property, .choices = kept.way, .preemptions = kept.preemptions, .minimal = false, .message = {}, .loop_begin = 0});
  }
  if (lively.has(PropertyWord::Eventually)) result.found.push_back(liveness_->unmet(bytes(), options_.budget, was_stopped));
  std::ranges::stable_sort(result.found, [](const Counterexample& left, const Counterexample& right) {
    return std::tuple(left.preemptions, left.choices.size(), left.property) < std::tuple(right.preemptions, right.choices.size(), right.property);
  });
  if (!options_.keep_going && result.found.size() > 1) result.found.resize(1);
  for (Counterexample& counterexample : result.found) finish(counterexample);
}

// The way on which the property was first met, where no time was left to look for a simpler one.
Counterexample GraphRun::any_way(PropertyWord property) {
  return {.property = property, .choices = graph_->first_way_to(property), .preemptions = graph_->preemptions_of(graph_->first_way_to(property)),
          .minimal = false, .message = {}, .loop_begin = 0};
}

// What only the graph knows about it.
void GraphRun::finish(Counterexample& counterexample) {
  if (counterexample.property == PropertyWord::Livelock || counterexample.property == PropertyWord::Eventually) liveness_->finish(counterexample, system_);
  if (counterexample.property == PropertyWord::Unserializable) {
    graph_->move_system_to(graph_->state_after(counterexample.choices));
    counterexample.message = property::unserializable_message(system_.serial_record(), reference_);
  }
}

std::vector<Choice> GraphRun::real(const std::vector<Choice>& choices) { return has_renamed() ? real_choices(system_, choices) : choices; }

// The graph has not all executions, or not under the names that threads have in them: the simplest is looked for in another.
void GraphRun::add_counterexamples_found_apart(bool was_stopped, Exploration& result) {
  std::vector<Counterexample> ways;
  for (const PropertyWord word : graph_->broken().words()) {
    std::vector<Choice> choices = real(graph_->first_way_to(word));
    const std::uint32_t preemptions = preemptions_of(system_, choices, options_.timeouts_last);
    ways.push_back({.property = word, .choices = std::move(choices), .preemptions = preemptions, .minimal = false, .message = {}, .loop_begin = 0});
  }
  result.found = find_simplest_anywhere(system_, graph_->broken(), options_, bytes(), was_stopped);
  for (Counterexample& way : ways) {
    const bool is_shown = std::ranges::find(result.found, way.property, &Counterexample::property) != result.found.end();
    if (!is_shown && (options_.keep_going || result.found.empty())) result.found.push_back(std::move(way));
  }
}

void GraphRun::fill_outcomes(Exploration& result) {
  if (has_renamed()) {
    result.outcomes = all_outcomes(system_, *graph_);
    return;
  }
  for (const auto& [outcome, state] : graph_->outcomes()) result.outcomes.push_back({outcome, graph_->path_to(state)});
}

}  // namespace lockweave::explore
