#include "checker/trace/build_trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "checker/trace/available.h"
#include "checker/trace/preemption.h"
#include "checker/trace/schedule.h"
#include "model/base/check.h"

namespace lockweave::trace {

namespace {

class Walker {
 public:
  Walker(System& system, std::span<const Choice> choices, const WalkOptions& options, const WalkObserver& observer)
      : system_(system), choices_(choices), options_(options), observer_(observer) {}

  // Nothing if the system said Refined: walk again.
  bool walk(Walk& walk) {
    system_.reset();
    if (observer_.on_start) observer_.on_start();
    for (std::size_t i = 0; i < choices_.size(); ++i) {
      find_available(system_, options_.timeouts_last, available_);
      if (!check_choice(i, walk)) return true;
      const std::string switched = switch_before(choices_[i], walk.trace);
      const StepReport& report = system_.step(choices_[i]);
      if (report.status == StepStatus::Refined) return false;
      if (report.status == StepStatus::Unsupported) {
        walk.end = WalkEnd::Unsupported;
        walk.difference = report.error;
        return true;
      }
      add_step(i, report, switched, walk.trace);
      walk.steps = i + 1;
      if (observer_.on_step) observer_.on_step(i, report);
    }
    return true;
  }

  void name_threads(Trace& trace) {
    // Threads that threads have made leave gaps between the numbers.
    std::vector<bool> exists(highest_ + 1, false);
    exists[0] = true;
    for (const Choice& choice : choices_) {
      if (choice.thread <= highest_) exists[choice.thread] = true;
    }
    for (ThreadNumber thread = 0; thread <= highest_; ++thread) trace.thread_names.push_back(exists[thread] ? system_.thread_name(thread) : std::string());
  }

 private:
  bool check_choice(std::size_t i, Walk& walk) {
    if (std::ranges::find(available_.choices, choices_[i]) != available_.choices.end()) return true;
    walk.end = WalkEnd::Differs;
    walk.difference = fmt::format("step {}: the schedule says {}, but {}", i + 1, choices_text({choices_[i]}), possible_text());
    return false;
  }

  std::string possible_text() const {
    if (available_.choices.empty()) return system_.is_final() ? "the program has ended" : "no thread can go on";
    std::string text = "only these are possible:";
    for (const Choice& choice : available_.choices) text += " " + choices_text({choice});
    return text;
  }

  std::string switch_before(const Choice& choice, Trace& trace) {
    const auto itself = [](const Choice& c) -> const Choice& { return c; };
    const bool can_go_on = last_can_go_on(past_, available_.choices, itself);
    if (is_preemption(past_, can_go_on, choice)) {
      ++trace.preemptions;
      return "preempted";
    }
    if (choice.kind != ChoiceKind::Run || past_.last == Past::kNobody || past_.last == choice.thread) return "";
    if (ended_.contains(past_.last)) return "ended";
    return can_go_on ? "released" : "waits";
  }

  void add_step(std::size_t i, const StepReport& report, const std::string& switched, Trace& trace) {
    const Choice& choice = choices_[i];
    past_ = past_after(past_, choice, report.released);
    highest_ = std::max(highest_, choice.thread);
    for (const Access& access : report.footprint) {
      if (access.kind == AccessKind::End) ended_.insert(choice.thread);
    }
    const StepWords& words = report.words;
    TraceStep step{.step = static_cast<std::uint32_t>(i + 1), .thread = choice.thread, .kind = choice.kind, .file = {},
                   .line = 0, .function = {}, .source = {}, .operation = {}, .object = {}, .switched = switched, .effects = {}};
    if (options_.with_words) {
      step.file = words.file;
      step.line = words.line;
      step.function = words.function;
      step.source = words.source;
      step.operation = words.operation;
      step.object = words.object;
      step.effects = words.effects;
    }
    trace.steps.push_back(std::move(step));
  }

  System& system_;
  std::span<const Choice> choices_;
  const WalkOptions& options_;
  const WalkObserver& observer_;
  Available available_;
  Past past_;
  std::set<ThreadNumber> ended_;
  ThreadNumber highest_ = 0;
};

}  // namespace

Walk build_trace(System& system, std::span<const Choice> choices, const WalkOptions& options, const WalkObserver& observer) {
  // What a system can learn is finite; a great number of restarts on one path is a mistake of ours.
  constexpr int kMostRestarts = 100'000;
  system.set_recording(options.with_words);
  Walk result;
  bool done = false;
  for (int restart = 0; !done; ++restart) {
    LOCKWEAVE_CHECK(restart < kMostRestarts, "a system that learns something in every walk");
    result = {};
    Walker walker(system, choices, options, observer);
    done = walker.walk(result);
    if (done) walker.name_threads(result.trace);
  }
  system.set_recording(false);
  return result;
}

}  // namespace lockweave::trace
