#include "checker/explore/dpor.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "checker/explore/dpor_footprints.h"
#include "checker/explore/dpor_order.h"
#include "checker/explore/dpor_wakeup_tree.h"
#include "checker/explore/simplest.h"
#include "checker/property/deadlock.h"
#include "checker/property/property.h"
#include "checker/trace/available.h"
#include "checker/trace/preemption.h"
#include "model/base/check.h"
#include "model/base/fingerprint.h"

namespace lockweave::explore {

namespace {

// What a choice does in a state.
struct Known {
  Choice choice;
  FootprintNumber footprint = 0;
  bool has_next = false;
  StateWords next;            // the state it leads to, if has_next
  std::vector<Event> events;  // likewise
};

// A state on the way.
struct Node {
  StateWords words;
  std::uint64_t hash = 0;
  bool is_new = true;
  std::vector<Choice> choices;
  std::vector<DporStep> sleep;
  WakeupTrees::Tree wakeup;
  std::deque<Known> known;
  std::size_t known_count = 0;  // of known, which keeps its memory
};

// How an execution that ends in this state ended.
struct EndFacts {
  bool is_deadlocked = false;
};

enum class Halt : std::uint8_t { None, Refined, LockMistaken, Spent };

class Search {
 public:
  Search(System& system, const ExploreOptions& options)
      : system_(system), options_(options), judge_(options.properties), watch_(options.budget) {}

  Exploration explore() {
    run();
    while (halt_ == Halt::Refined || halt_ == Halt::LockMistaken) {
      if (halt_ == Halt::Refined) ++restarts_;
      run();
    }
    return conclude();
  }

  std::vector<Choice> path() const {
    std::vector<Choice> choices;
    for (std::size_t i = 0; i < order_.size(); ++i) choices.push_back(order_.step(static_cast<EventNumber>(i)).choice);
    return choices;
  }

 private:
  static constexpr std::uint64_t kStatesBetweenReports = 16384;

  void run() {
    order_.clear();
    for (Node& node : nodes_) {
      trees_.clear(node.wakeup);
      node.sleep.clear();
      node.known_count = 0;
    }
    if (halt_ == Halt::Refined) footprints_ = {};
    halt_ = Halt::None;
    stands_at_ = kNowhere;
    stands_after_ = nullptr;
    is_cut_ = false;
    depth_ = 0;
    stats_ = {};
    found_.clear();
    outcomes_.clear();
    ends_.clear();
    on_the_way_.clear();
    sometimes_stated_.clear();
    sometimes_reached_.clear();
    cuts_ = 0;
    reasons_.clear();
    imports_ = states_eventually_ = false;
    error_.clear();
    system_.reset();
    Node& node = node_at(0);
    system_.encode(node.words);
    stands_at_ = 0;
    enter(0);
    stats_.states = 1;
    while (halt_ == Halt::None && go_on()) {
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
      next = trees_.take_first(node.wakeup, rest);
    } else if (node.is_new) {
      next = any_choice();
      if (halt_ != Halt::None) return true;
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

  // Some choice that is not asleep and does more than wait. Nothing: the execution ends here.
  std::optional<DporStep> any_choice() {
    Node& node = nodes_[depth_];
    for (const Choice& choice : node.choices) {
      if (is_asleep(node, choice)) continue;
      const Known* known = look(depth_, choice, true);
      if (known == nullptr) return std::nullopt;
      if (footprints_.is_blocked(known->footprint)) continue;
      return DporStep{choice, known->footprint};
    }
    return std::nullopt;
  }

  static bool is_asleep(const Node& node, const Choice& choice) {
    return std::ranges::any_of(node.sleep, [&](const DporStep& step) { return step.choice == choice; });
  }

  Known* find_known(Node& node, const Choice& choice) {
    for (std::size_t i = 0; i < node.known_count; ++i) {
      if (node.known[i].choice == choice) return &node.known[i];
    }
    return nullptr;
  }

  Known& add_known(Node& node, const Choice& choice) {
    if (node.known_count == node.known.size()) node.known.emplace_back();
    Known& known = node.known[node.known_count++];
    known.choice = choice;
    known.has_next = false;
    known.events.clear();
    return known;
  }

  void stand_at(std::size_t depth) {
    stands_after_ = nullptr;
    if (stands_at_ == depth) return;
    system_.restore(nodes_[depth].words);
    stands_at_ = depth;
  }

  // The footprint of a step just run. Null: the exploration cannot go on.
  std::optional<FootprintNumber> take(const StepReport& report) {
    if (report.status == StepStatus::Refined) {
      halt_ = Halt::Refined;
      return std::nullopt;
    }
    const FootprintNumber number = footprints_.number_of(report.footprint);
    if (footprints_.take_mistaken()) {
      halt_ = Halt::LockMistaken;
      return std::nullopt;
    }
    if (report.holds_gil) reasons_.insert("a step ended where nobody else may run, which this strategy does not follow");
    return number;
  }

  // What the choice does in the state at that depth. Null: the exploration cannot go on.
  Known* look(std::size_t depth, const Choice& choice, bool want_next) {
    Node& node = nodes_[depth];
    Known* known = find_known(node, choice);
    if (known != nullptr && (known->has_next || !want_next)) return known;
    stand_at(depth);
    stands_at_ = kNowhere;
    const StepReport& report = system_.step(choice);
    const auto footprint = take(report);
    if (!footprint) return nullptr;
    if (known == nullptr) known = &add_known(node, choice);
    known->footprint = *footprint;
    known->has_next = true;
    known->events = report.events;
    if (report.status == StepStatus::Unsupported) {
      if (error_.empty()) {
        error_ = report.error;
        error_choices_ = path();
        error_choices_.resize(depth);
        error_choices_.push_back(choice);
      }
      known->next = node.words;  // a step that leads nowhere: the execution is cut there
      return known;
    }
    system_.encode(known->next);
    stands_after_ = known;
    return known;
  }

  void advance(const Choice& choice, WakeupTrees::Tree rest) {
    if (watch_.is_spent(stats_.states, [&] { return bytes(); })) {
      halt_ = Halt::Spent;
      trees_.clear(rest);
      return;
    }
    Known* known = look(depth_, choice, true);
    if (known == nullptr) return;
    node_at(depth_ + 1);
    Node& node = nodes_[depth_];
    Node& child = nodes_[depth_ + 1];
    const DporStep step{choice, known->footprint};
    LOCKWEAVE_CHECK(!footprints_.is_blocked(step.footprint), "a thread is to run that can only wait");
    child.words.swap(known->next);
    known->has_next = false;
    order_.push(step);
    if (!known->events.empty()) note_events(known->events);
    const bool is_there = stands_after_ == known;
    child.sleep.clear();
    for (const DporStep& other : node.sleep) {
      if (other.choice.thread != choice.thread && !footprints_.are_dependent(other.footprint, step.footprint)) child.sleep.push_back(other);
    }
    child.known_count = 0;
    for (std::size_t i = 0; i < node.known_count; ++i) {
      const Known& other = node.known[i];
      if (other.choice.thread == choice.thread || footprints_.are_dependent(other.footprint, step.footprint)) continue;
      add_known(child, other.choice).footprint = other.footprint;
    }
    child.wakeup = rest;
    ++depth_;
    if (is_there) stands_at_ = depth_;
    ++stats_.transitions;
    ++stats_.states;
    stats_.max_depth = std::max<std::uint64_t>(stats_.max_depth, depth_);
    if (options_.progress && stats_.states % kStatesBetweenReports == 0) tell();
    enter(depth_);
  }

  // The state at this depth is entered for the first time.
  void enter(std::size_t depth) {
    Node& node = nodes_[depth];
    node.is_new = true;
    node.choices.clear();
    node.hash = fingerprint(node.words.data(), node.words.size() * sizeof(std::uint32_t)).low;
    auto& same = on_the_way_[node.hash];
    for (const std::size_t other : same) {
      if (nodes_[other].words != node.words) continue;
      same.push_back(depth);
      cut(other);
      return;
    }
    same.push_back(depth);
    stand_at(depth);
    trace::find_available(system_, options_.timeouts_last, available_);
    node.choices.swap(available_.choices);
    if (options_.timeouts_last && !node.choices.empty() && !available_.can_step) {
      reasons_.insert("timeouts that fire only where nothing else can happen are not followed by this strategy in every order");
    }
  }

  // The sequence is to be explored from the state at that depth, if nothing explored there covers it.
  void insert(std::size_t depth, std::vector<DporStep> sequence) {
    Node& node = nodes_[depth];
    std::size_t place = 0;
    for (const DporStep& asleep : node.sleep) {
      if (trees_.is_weak_initial(asleep, sequence, place)) return;
    }
    trees_.insert(node.wakeup, std::move(sequence));
  }

  void retreat() {
    Node& node = nodes_[depth_];
    auto& same = on_the_way_[node.hash];
    same.pop_back();
    if (same.empty()) on_the_way_.erase(node.hash);
    trees_.clear(node.wakeup);
    if (stands_at_ == depth_) stands_at_ = kNowhere;
    --depth_;
    nodes_[depth_].sleep.push_back(order_.step(static_cast<EventNumber>(depth_)));
    order_.pop();
  }

  // The state at hand was there before: going on would repeat itself. Every thread must get its turn in the loop all the same.
  void cut(std::size_t earlier) {
    nodes_[depth_].choices.clear();
    trees_.clear(nodes_[depth_].wakeup);
    ++cuts_;
    reverse_races();
    for (std::size_t at = earlier; at < depth_ && halt_ == Halt::None; ++at) {
      for (std::size_t i = 0; i < nodes_[at].choices.size(); ++i) {
        const Choice choice = nodes_[at].choices[i];
        if (choice == order_.step(static_cast<EventNumber>(at)).choice || is_asleep(nodes_[at], choice) || trees_.has_branch(nodes_[at].wakeup, choice)) continue;
        const Known* known = look(at, choice, false);
        if (known == nullptr) return;
        if (!footprints_.is_blocked(known->footprint)) trees_.insert(nodes_[at].wakeup, {DporStep{choice, known->footprint}});
      }
    }
    is_cut_ = true;
  }

  // Nothing is left to choose at the state at hand.
  void end_execution() {
    if (std::exchange(is_cut_, false)) return;
    const Node& node = nodes_[depth_];
    for (const Choice& choice : node.choices) {
      const Known* known = look(depth_, choice, false);
      if (known == nullptr) return;
      if (footprints_.is_blocked(known->footprint)) continue;
      ++stats_.sleep_blocked;
      return;
    }
    ++stats_.executions;
    if (judge_end().is_deadlocked) ++stats_.deadlocked;
    reverse_races();
  }

  // --- races

  // Those of earlier events too, though they were reversed before: what does not happen after them is another sequence now, and may be
  // one that was not covered although the last one was.
  void reverse_races() {
    for (std::size_t event = 0; event < order_.size() && halt_ == Halt::None; ++event) {
      const auto number = static_cast<EventNumber>(event);
      for (const EventNumber earlier : order_.races(number)) reverse(earlier, order_.step(number));
      try_alternatives(number);
    }
    reverse_blocked();
  }

  // The thread could have done something else instead: what does not happen after its step, and then that.
  void try_alternatives(EventNumber event) {
    const Choice taken = order_.step(event).choice;
    for (std::size_t i = 0; i < nodes_[event].choices.size(); ++i) {
      const Choice choice = nodes_[event].choices[i];
      if (choice.thread == taken.thread && choice != taken && !is_asleep(nodes_[event], choice)) reverse(event, {choice, 0});
    }
  }

  // Those who wait at the end would have gone on if they had come first.
  void reverse_blocked() {
    std::set<ThreadNumber> seen;
    const std::vector<Choice> choices = nodes_[depth_].choices;
    for (const Choice& choice : choices) {
      seen.insert(choice.thread);
      const Known* known = halt_ == Halt::None ? look(depth_, choice, false) : nullptr;
      if (known == nullptr) return;
      if (footprints_.is_blocked(known->footprint)) reverse_blocked_step({choice, known->footprint});
    }
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
      if (halt_ == Halt::None) reverse(earlier, step);
    }
  }

  // What does not happen after `earlier`, and then the step, is to be explored in place of `earlier`.
  void reverse(EventNumber earlier, const DporStep& later) {
    if (halt_ != Halt::None) return;
    std::vector<DporStep> sequence;
    for (std::size_t event = earlier + 1; event < order_.size(); ++event) {
      if (!order_.happens_before(earlier, static_cast<EventNumber>(event))) sequence.push_back(order_.step(static_cast<EventNumber>(event)));
    }
    const Node& node = nodes_[earlier];
    for (const DporStep& asleep : node.sleep) {
      std::size_t place = 0;
      if (trees_.is_weak_initial(asleep, sequence, place) && place < sequence.size()) return;
    }
    const auto footprint = footprint_after(earlier, sequence, later.choice);
    if (!footprint || footprints_.is_blocked(*footprint)) return;
    sequence.push_back({later.choice, *footprint});
    insert(earlier, std::move(sequence));
  }

  // A step's footprint depends on what came before it, so it is run. Nothing: it cannot be run there.
  std::optional<FootprintNumber> footprint_after(std::size_t depth, const std::vector<DporStep>& sequence, const Choice& choice) {
    if (sequence.empty() && choice.kind == ChoiceKind::Run) {
      const Known* known = look(depth, choice, false);
      return known == nullptr ? std::nullopt : std::optional(known->footprint);
    }
    stand_at(depth);
    stands_at_ = kNowhere;
    for (const DporStep& step : sequence) {
      const StepReport& report = system_.step(step.choice);
      if (report.status == StepStatus::Refined) halt_ = Halt::Refined;
      if (report.status != StepStatus::Done) return std::nullopt;
      system_.encode(scratch_);
    }
    if (choice.kind != ChoiceKind::Run) {
      trace::find_available(system_, options_.timeouts_last, available_);
      if (std::ranges::find(available_.choices, choice) == available_.choices.end()) return std::nullopt;
    }
    return take(system_.step(choice));
  }

  // --- judging

  void note_events(const std::vector<Event>& events) {
    for (const Event& event : events) {
      switch (event.kind) {
        case EventKind::SometimesStated: sometimes_stated_.insert(event.subject); break;
        case EventKind::SometimesReached: sometimes_reached_.insert(event.subject); break;
        case EventKind::EventuallyStated: states_eventually_ = true; break;
        case EventKind::InitialisationStarted: case EventKind::InitialisationEnded: case EventKind::ImportReturned:
        case EventKind::ParentUnbound: case EventKind::ChildBeforeParent:
          imports_ = true;
          break;
        default: break;
      }
    }
    const PropertySet broken = judge_.broken_by(events);
    if (!broken.empty()) note(broken, path());
  }

  void note(PropertySet broken, const std::vector<Choice>& choices) {
    for (const PropertyWord word : broken.words()) {
      const auto [known, is_new] = found_.try_emplace(word, choices);
      if (!is_new && choices.size() < known->second.size()) known->second = choices;
    }
  }

  // Lets those who can only wait begin to, and looks at what is left. Different executions often end in the same state.
  EndFacts judge_end() {
    const Node& node = nodes_[depth_];
    std::vector<Choice> waiting;
    for (const Choice& choice : node.choices) waiting.push_back(choice);
    const auto known = ends_.find(node.words);
    if (known != ends_.end()) return known->second;
    std::vector<Choice> choices = path();
    stand_at(depth_);
    if (!waiting.empty()) stands_at_ = kNowhere;
    for (const Choice& choice : waiting) {
      (void)system_.step(choice);
      system_.encode(scratch_);
      choices.push_back(choice);
    }
    trace::find_available(system_, options_.timeouts_last, available_);
    LOCKWEAVE_CHECK(available_.choices.empty(), "threads that wait are not at the end");
    system_.unfinished(unfinished_);
    system_.waits(waiting_);
    const EndFacts facts{.is_deadlocked = !unfinished_.empty()};
    const bool stuck = property::is_deadlock({false, !unfinished_.empty(), waiting_});
    if (stuck && options_.properties.has(PropertyWord::Deadlock)) note({PropertyWord::Deadlock}, choices);
    std::vector<Event> events;
    Outcome outcome = system_.outcome(events);
    const auto ends_as = [&](std::string_view how) {
      return std::ranges::any_of(outcome.threads, [&](const ThreadEnd& thread) { return thread.end == how; });
    };
    if (ends_as("daemon")) reasons_.insert("the program's end cuts off a daemon thread, which this strategy does not follow in every order");
    if (!ends_as("daemon") && !ends_as("blocked")) note(judge_.broken_by(events), choices);
    if (options_.want_outcomes) outcomes_.try_emplace(std::move(outcome), std::move(choices));
    ends_.emplace(node.words, facts);
    return facts;
  }

  // --- the results

  Exploration conclude() {
    watch_.look(bytes());
    Exploration result;
    explain(result);
    add_unchecked(result);
    add_found(result);
    add_sometimes(result);
    for (auto& [outcome, choices] : outcomes_) result.outcomes.push_back({outcome, std::move(choices)});
    if (restarts_ > 0) {
      result.notes.push_back(fmt::format("the exploration started again {} time{}: what one execution read had to be told apart in all",
                                         restarts_, restarts_ == 1 ? "" : "s"));
    }
    stats_.seconds = watch_.seconds();
    stats_.peak_bytes = watch_.peak_bytes();
    stats_.restarts = restarts_;
    result.stats = stats_;
    return result;
  }

  void explain(Exploration& result) {
    if (cuts_ > 0) {
      reasons_.insert(fmt::format("{} execution{} came back to a state on the way and {} cut there", cuts_, cuts_ == 1 ? "" : "s", cuts_ == 1 ? "was" : "were"));
    }
    if (stats_.sleep_blocked > 0) reasons_.insert("executions were given up half-way");
    std::string why = watch_.reason();
    for (const std::string& reason : reasons_) why += (why.empty() ? "" : "; ") + reason;
    if (!error_.empty()) why = "a step could not be run";
    result.error = error_;
    result.error_choices = error_choices_;
    result.complete = why.empty();
    result.why_incomplete = why;
    if (result.complete) result.notes.push_back("no state came back along any execution: every execution ends");
  }

  void add_unchecked(Exploration& result) const {
    const auto leave = [&](PropertyWord word) {
      if (options_.properties.has(word)) result.unchecked.add(word);
    };
    if (cuts_ > 0) leave(PropertyWord::Livelock);
    if (states_eventually_) leave(PropertyWord::Eventually);
    leave(PropertyWord::Unserializable);
    if (!imports_) return;
    // Whether an import was justified, or came late, is told by looking at what other threads do at that moment: more than a step's footprint says.
    for (const PropertyWord word : {PropertyWord::DuplicateInit, PropertyWord::DuplicateNativeInit, PropertyWord::DuplicateModule, PropertyWord::PartialModule,
                                    PropertyWord::StaleModule, PropertyWord::ParentUnbound, PropertyWord::PartialModuleCycle, PropertyWord::PartialReload,
                                    PropertyWord::ChildBeforeParent}) {
      if (!found_.contains(word)) leave(word);
    }
  }

  void add_found(Exploration& result) {
    if (found_.empty()) return;
    PropertySet broken;
    for (const auto& [word, choices] : found_) broken.add(word);
    find_simplest_of(broken, result);
    for (const auto& [word, choices] : found_) {
      const bool is_shown = std::ranges::find(result.found, word, &Counterexample::property) != result.found.end();
      if (is_shown || (!options_.keep_going && !result.found.empty())) continue;
      result.found.push_back({.property = word, .choices = choices, .preemptions = preemptions_of(choices), .minimal = false, .message = {}, .loop_begin = 0});
    }
  }

  // The executions explored are any of their traces; the simplest is looked for among all, for a short time.
  void find_simplest_of(PropertySet broken, Exploration& result) {
    constexpr double kSeconds = 10;
    constexpr std::uint64_t kStates = 2'000'000;
    Budget budget = options_.budget;
    budget.max_seconds = std::min(kSeconds, budget.max_seconds);
    budget.max_states = std::min(kStates, budget.max_states);
    BudgetWatch watch(budget);
    StateGraph graph(system_, {.properties = broken, .timeouts_last = options_.timeouts_last, .want_outcomes = false, .reference = nullptr, .serial = false});
    for (;;) {
      PreemptionSearch::Limits limits;
      limits.expand = true;
      (options_.keep_going ? limits.stop_at_all_of : limits.stop_at_first_of) = broken;
      PreemptionSearch search(graph, watch, system_.table_bytes(), limits);
      const PreemptionSearch::End end = search.run();
      if (end == PreemptionSearch::End::Refined) {
        graph.restart();
        continue;
      }
      for (Counterexample& counterexample : simplest_of(search, options_.keep_going)) {
        if (found_.contains(counterexample.property)) result.found.push_back(std::move(counterexample));
      }
      return;
    }
  }

  std::uint32_t preemptions_of(const std::vector<Choice>& choices) {
    std::uint32_t preemptions = 0;
    trace::Past past;
    const auto itself = [](const Choice& c) -> const Choice& { return c; };
    system_.reset();
    for (const Choice& choice : choices) {
      trace::find_available(system_, options_.timeouts_last, available_);
      if (trace::is_preemption(past, trace::last_can_go_on(past, available_.choices, itself), choice)) ++preemptions;
      past = trace::past_after(past, choice, system_.step(choice).released);
    }
    return preemptions;
  }

  void add_sometimes(Exploration& result) {
    std::vector<std::uint32_t> missed;
    std::ranges::set_difference(sometimes_stated_, sometimes_reached_, std::back_inserter(missed));
    if (missed.empty() || !options_.properties.has(PropertyWord::Sometimes)) return;
    if (!result.complete) {
      result.unchecked.add(PropertyWord::Sometimes);
      return;
    }
    if (!options_.keep_going && !result.found.empty()) return;
    std::string text = "no execution reaches";
    for (const std::uint32_t name : missed) text += fmt::format("{} {}", text.ends_with("reaches") ? "" : ",", system_.name_text(name));
    result.found.push_back({.property = PropertyWord::Sometimes, .choices = {}, .preemptions = 0, .minimal = true, .message = text, .loop_begin = 0});
  }

  std::uint64_t bytes() const { return system_.table_bytes() + nodes_.size() * 1024 + ends_.size() * 128 + footprints_.bytes(); }

  void tell() const {
    options_.progress({.states = stats_.states, .transitions = stats_.transitions, .depth = depth_, .frontier = 0,
                       .bytes = bytes(), .seconds = watch_.seconds()});
  }

  static constexpr std::size_t kNowhere = ~std::size_t{0};

  System& system_;
  const ExploreOptions& options_;
  property::Judge judge_;
  BudgetWatch watch_;
  DporFootprints footprints_;
  DporOrder order_{footprints_};
  WakeupTrees trees_{footprints_};

  // The way: nodes_[i] is the state before event i.
  std::deque<Node> nodes_;
  std::size_t depth_ = 0;
  std::size_t stands_at_ = kNowhere;   // where the system is
  const Known* stands_after_ = nullptr;  // the system is where this step has led, just now
  bool is_cut_ = false;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> on_the_way_;  // hash -> depths

  Halt halt_ = Halt::None;
  Stats stats_;
  std::uint64_t restarts_ = 0;
  std::uint64_t cuts_ = 0;
  std::set<std::string> reasons_;      // why the exploration is not complete
  std::map<PropertyWord, std::vector<Choice>> found_;
  std::map<Outcome, std::vector<Choice>> outcomes_;
  std::map<StateWords, EndFacts> ends_;
  std::set<std::uint32_t> sometimes_stated_;
  std::set<std::uint32_t> sometimes_reached_;
  bool states_eventually_ = false;
  bool imports_ = false;
  std::string error_;
  std::vector<Choice> error_choices_;

  trace::Available available_;
  std::vector<Waiting> waiting_;
  std::vector<ThreadNumber> unfinished_;
  StateWords scratch_;
};

}  // namespace

Exploration DporExplorer::explore(System& system) {
  Search search(system, options_);
  const ScheduleSource source([&] { return search.path(); });
  return search.explore();
}

}  // namespace lockweave::explore
