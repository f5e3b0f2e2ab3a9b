#include "checker/explore/random_walks.h"

#include <fmt/format.h>

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

#include "checker/property/deadlock.h"
#include "checker/property/property.h"
#include "checker/trace/available.h"
#include "checker/trace/preemption.h"
#include "checker/trace/simplest.h"
#include "model/base/fingerprint.h"

namespace lockweave::explore {

namespace {

enum class WalkEnd : std::uint8_t {
  Ended,
  Cut,
  Spent,
  Refined,
  Teaches,  // on a fork: the origin is to run this walk (System::fork)
};

std::uint64_t seed_of_walk(std::uint64_t seed, std::uint64_t walk) {
  Hasher hasher;
  hasher.add(seed);
  hasher.add(walk);
  return hasher.finish().low;
}

bool is_simpler(const Counterexample& left, const Counterexample& right) {
  return trace::simpler({left.preemptions, left.property, &left.choices}, {right.preemptions, right.property, &right.choices});
}

using Found = std::map<PropertyWord, Counterexample>;

void keep_simplest(Found& found, PropertyWord word, const Counterexample& candidate) {
  const auto [known, is_new] = found.try_emplace(word, candidate);
  if (!is_new && is_simpler(candidate, known->second)) known->second = candidate;
}

struct Walk {
  WalkEnd end = WalkEnd::Ended;
  std::uint64_t length = 0;
  std::uint64_t transitions = 0;
  Found found;
  std::optional<std::pair<Outcome, std::vector<Choice>>> outcome;
  std::uint64_t threads = 0;
  bool put_last = false;
  bool is_deadlocked = false;
  bool states_eventually = false;
  std::string error;
  std::vector<Choice> error_choices;
};

// Runs one walk after the other on one cursor.
class Walker {
 public:
  // All outlive it but the picker and the watch, of which it has copies.
  Walker(System& system, const ExploreOptions& options, const Picker& picker, const BudgetWatch& watch)
      : system_(system), options_(options), picker_(picker.clone()), judge_(options.properties), watch_(watch) {}

  std::mutex mutex;  // of whoever uses it, where several threads do one after the other

  const std::vector<Choice>& choices() const { return choices_; }
  System& system() { return system_; }
  const BudgetWatch& watch() const { return watch_; }

  // `estimate`: as Picker::begin wants it.
  Walk run(std::uint64_t walk, std::uint64_t estimate) {
    now_ = {};
    Random random(seed_of_walk(options_.seed, walk));
    picker_->begin(random, estimate);
    now_.end = run_one(random);
    now_.length = choices_.size();
    now_.put_last = picker_->has_put_last();
    return std::move(now_);
  }

 private:
  WalkEnd run_one(Random& random) {
    system_.reset();
    choices_.clear();
    past_ = {};
    preemptions_ = 0;
    unmet_.clear();
    for (;;) {
      if (watch_.is_spent(0, [&] { return system_.table_bytes(); })) return WalkEnd::Spent;
      trace::find_available(system_, options_.timeouts_last, available_);
      judge_state();
      if (available_.choices.empty()) {
        judge_end();
        return WalkEnd::Ended;
      }
      if (choices_.size() >= options_.walk_steps) return WalkEnd::Cut;
      const Choice choice = available_.choices[picker_->pick(available_.choices, random)];
      const auto itself = [](const Choice& c) -> const Choice& { return c; };
      if (trace::is_preemption(past_, trace::last_can_go_on(past_, available_.choices, itself), choice)) ++preemptions_;
      choices_.push_back(choice);
      const StepReport& report = system_.step(choice);
      if (report.teaches) return WalkEnd::Teaches;
      if (report.status == StepStatus::Refined) return WalkEnd::Refined;
      if (report.status == StepStatus::Unsupported) {
        now_.error = report.error;
        now_.error_choices = choices_;
        return WalkEnd::Ended;
      }
      ++now_.transitions;
      past_ = trace::past_after(past_, choice, report.released);
      picker_->ran(choice, report.visible);
      now_.threads = std::max<std::uint64_t>(now_.threads, choice.thread + 1);
      note(judge_.broken_by(report.events));
      note_obligations(report.events);
    }
  }

  void judge_state() {
    if (!options_.properties.has(PropertyWord::Deadlock)) return;
    system_.waits(waiting_);
    if (available_.can_step && waiting_.empty()) return;
    system_.unfinished(unfinished_);
    if (property::is_deadlock({available_.can_step, !unfinished_.empty(), waiting_})) note({PropertyWord::Deadlock});
  }

  void judge_end() {
    std::vector<Event> events;
    Outcome outcome = system_.outcome(events);
    system_.unfinished(unfinished_);
    now_.is_deadlocked = !unfinished_.empty();
    const bool all_ended = std::ranges::none_of(
        outcome.threads, [](const ThreadEnd& thread) { return thread.end == "blocked" || thread.end == "daemon"; });
    if (all_ended) note(judge_.broken_by(events));
    if (!unmet_.empty() && options_.properties.has(PropertyWord::Eventually)) note({PropertyWord::Eventually});
    if (options_.want_outcomes) now_.outcome.emplace(std::move(outcome), choices_);
  }

  void note_obligations(const std::vector<Event>& events) {
    for (const Event& event : events) {
      if (event.kind == EventKind::EventuallyReached) unmet_.erase(event.subject);
      if (event.kind != EventKind::EventuallyStated) continue;
      now_.states_eventually = true;
      unmet_.insert(event.subject);
    }
  }

  // The walk so far breaks these. Kept if it is simpler than what is known.
  void note(PropertySet broken) {
    if (broken.empty()) return;
    for (const PropertyWord word : broken.words()) {
      const Counterexample candidate{.property = word, .choices = choices_, .preemptions = preemptions_, .minimal = false, .message = {}, .loop_begin = 0};
      keep_simplest(now_.found, word, candidate);
    }
  }

  System& system_;
  const ExploreOptions& options_;
  std::unique_ptr<Picker> picker_;
  property::Judge judge_;
  BudgetWatch watch_;
  Walk now_;
  std::vector<Choice> choices_;
  trace::Past past_;
  std::uint32_t preemptions_ = 0;
  std::set<std::uint32_t> unmet_;  // what was stated by `eventually` and has not held since
  trace::Available available_;
  std::vector<Waiting> waiting_;
  std::vector<ThreadNumber> unfinished_;
};

// A walk depends on its number, and on the first walk's length; so which cursor runs it, and when, makes no difference. What they
// find is put together in the order of their numbers.
class Walks {
 public:
  Walks(System& system, const ExploreOptions& options, const Picker& picker)
      : system_(system), options_(options), picker_(picker), watch_(options.budget), own_(system, options, picker, watch_) {}

  Exploration explore() {
    const ScheduleSource source([&] { return own_.choices(); });
    while (run_all() == WalkEnd::Refined) {
      const std::uint64_t restarts = stats_.restarts + 1;
      stats_ = {};
      stats_.restarts = restarts;
      found_.clear();
      outcomes_.clear();
      cut_ = 0;
      estimate_ = 0;
      facts_ = {};
      states_eventually_ = false;
    }
    return conclude();
  }

 private:
  WalkEnd run_all() {
    forks_.clear();
    others_.clear();
    std::uint64_t walk = 0;
    while (walk < options_.walks) {
      // What the first walks say is needed for the others, and may be all that is wanted.
      std::optional<WalkEnd> end;
      if (options_.jobs > 1 && walk > 0 && estimate_ > 0 && have_others()) {
        end = run_batch(walk);
      } else {
        end = add(own_.run(walk, estimate_), own_);
        ++walk;
      }
      if (end) return *end;
    }
    return WalkEnd::Ended;
  }

  // Nothing: to be gone on with.
  std::optional<WalkEnd> add(Walk walk, const Walker& walker) {
    states_eventually_ |= walk.states_eventually;
    stats_.transitions += walk.transitions;
    stats_.deadlocked += walk.is_deadlocked;
    facts_.threads = std::max(facts_.threads, walk.threads);
    facts_.put_last |= walk.put_last;
    for (const auto& [word, counterexample] : walk.found) keep_simplest(found_, word, counterexample);
    if (walk.outcome) outcomes_.insert(std::move(*walk.outcome));
    if (walk.end == WalkEnd::Spent) watch_ = walker.watch();
    if (walk.end == WalkEnd::Refined || walk.end == WalkEnd::Spent) return walk.end;
    if (!walk.error.empty()) {
      error_ = walk.error;
      error_choices_ = walk.error_choices;
    }
    if (estimate_ == 0) estimate_ = walk.length + walk.length / 2;
    if (walk.end == WalkEnd::Cut || walk.length > estimate_) ++facts_.longer;
    ++stats_.executions;
    stats_.max_depth = std::max(stats_.max_depth, walk.length);
    if (walk.end == WalkEnd::Cut) ++cut_;
    if (options_.progress && stats_.transitions / kStepsBetweenReports != told_) tell(walk.length);
    if (!error_.empty() || (!options_.keep_going && !found_.empty())) return WalkEnd::Ended;
    return std::nullopt;
  }

  bool have_others() {
    if (!others_.empty()) return true;
    for (std::size_t i = 0; i < options_.jobs; ++i) {
      auto fork = system_.fork();
      if (fork == nullptr) return false;
      others_.push_back(std::make_unique<Walker>(*fork, options_, picker_, watch_));
      forks_.push_back(std::move(fork));
    }
    batch_ = options_.jobs;
    return true;
  }

  // Some walks at once, from `walk` on; then it is the next one's number.
  std::optional<WalkEnd> run_batch(std::uint64_t& walk) {
    const std::uint64_t first = walk;
    struct Done {
      Walk walk;
      const Walker* walker = nullptr;
    };
    std::vector<Done> done(std::min(batch_, options_.walks - first));
    batch_ = std::min<std::uint64_t>(batch_ * 2, 16 * options_.jobs);
    for (const auto& fork : forks_) fork->catch_up();
    for (const auto& walker : others_) const std::scoped_lock lock(walker->mutex);  // that, and how they were made, is seen by who walks
    const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, options_.jobs);
    tbb::task_arena arena(static_cast<int>(options_.jobs));
    arena.execute([&] {
      tbb::parallel_for(std::size_t{0}, done.size(), [&](std::size_t i) {
        Walker& walker = *others_[static_cast<std::size_t>(tbb::this_task_arena::current_thread_index())];
        const std::scoped_lock lock(walker.mutex);
        const ScheduleSource source([&] { return walker.choices(); });
        done[i] = {walker.run(first + i, estimate_), &walker};
      }, tbb::simple_partitioner());
    });
    for (const auto& walker : others_) const std::scoped_lock lock(walker->mutex);  // what they did has been seen
    for (Done& one : done) {
      ++walk;
      const auto end = one.walk.end == WalkEnd::Teaches ? add(own_.run(walk - 1, estimate_), own_) : add(std::move(one.walk), *one.walker);
      if (end) return end;
    }
    return std::nullopt;
  }

  Exploration conclude() {
    watch_.look(system_.table_bytes());
    Exploration result;
    result.why_incomplete = fmt::format("{} random execution{} {} run ({}, seed {}){}: that is not every execution", stats_.executions,
                                        stats_.executions == 1 ? "" : "s", stats_.executions == 1 ? "was" : "were", picker_.name(), options_.seed,
                                        watch_.reason().empty() ? "" : ", then " + watch_.reason());
    facts_.walks = stats_.executions;
    facts_.steps = estimate_;
    if (stats_.executions > 0) result.notes.push_back(picker_.coverage(facts_));
    if (cut_ > 0) result.notes.push_back(fmt::format("{} of them were cut after {} steps", cut_, options_.walk_steps));
    if (options_.properties.has(PropertyWord::Unserializable)) result.unchecked.add(PropertyWord::Unserializable);
    if (options_.properties.has(PropertyWord::Eventually) && states_eventually_) result.unchecked.add(PropertyWord::Eventually);
    for (auto& [word, counterexample] : found_) result.found.push_back(std::move(counterexample));
    std::ranges::sort(result.found, is_simpler);
    if (!options_.keep_going && result.found.size() > 1) result.found.resize(1);
    for (auto& [outcome, choices] : outcomes_) result.outcomes.push_back({outcome, std::move(choices)});
    result.error = error_;
    result.error_choices = error_choices_;
    stats_.seconds = watch_.seconds();
    stats_.peak_bytes = watch_.peak_bytes();
    result.stats = stats_;
    return result;
  }

  void tell(std::uint64_t depth) {
    told_ = stats_.transitions / kStepsBetweenReports;
    options_.progress({.states = 0, .transitions = stats_.transitions, .depth = depth, .frontier = 0,
                       .bytes = system_.table_bytes(), .seconds = watch_.seconds()});
  }

  static constexpr std::uint64_t kStepsBetweenReports = 16384;

  System& system_;
  const ExploreOptions& options_;
  const Picker& picker_;
  BudgetWatch watch_;
  Walker own_;
  std::vector<std::unique_ptr<System>> forks_;
  std::vector<std::unique_ptr<Walker>> others_;  // of the forks
  std::uint64_t batch_ = 1;
  Stats stats_;
  std::uint64_t told_ = 0;
  Found found_;
  std::map<Outcome, std::vector<Choice>> outcomes_;
  std::string error_;
  std::vector<Choice> error_choices_;
  std::uint64_t estimate_ = 0;
  WalkFacts facts_;
  std::uint64_t cut_ = 0;
  bool states_eventually_ = false;
};

}  // namespace

Exploration explore_by_walks(System& system, const ExploreOptions& options, const Picker& picker) { return Walks(system, options, picker).explore(); }

}  // namespace lockweave::explore
