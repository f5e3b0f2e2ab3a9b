#include "tests/support/trace_count.h"

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace lockweave::testing {
namespace {

struct Done {
  Choice choice;
  Footprint footprint;
  std::map<ThreadNumber, std::uint32_t> past;  // how many events of each thread it comes after, itself included
};

// What tells beginnings apart: each thread's events, each with its past.
using Key = std::map<ThreadNumber, std::vector<std::pair<Choice, std::map<ThreadNumber, std::uint32_t>>>>;

bool only_looks(AccessKind kind) {
  return kind == AccessKind::Read || kind == AccessKind::FailedTry || kind == AccessKind::Park || kind == AccessKind::Join;
}

bool depend(const Access& one, const Access& other) {
  if (one.location != other.location) return false;
  // A try by the thread that holds the lock fails whenever it comes, unless another thread has released the lock.
  if (one.kind == AccessKind::OwnTry) return other.kind == AccessKind::ForeignRelease;
  if (other.kind == AccessKind::OwnTry) return one.kind == AccessKind::ForeignRelease;
  return !only_looks(one.kind) || !only_looks(other.kind);
}

bool depend(const Done& one, const Choice& choice, const Footprint& footprint) {
  if (one.choice.thread == choice.thread) return true;
  return std::ranges::any_of(one.footprint, [&](const Access& left) {
    return std::ranges::any_of(footprint, [&](const Access& right) { return depend(left, right); });
  });
}

struct Beginning {
  StateWords state;
  std::vector<Done> done;
};

Key key_of(const std::vector<Done>& done) {
  Key key;
  for (const Done& event : done) key[event.choice.thread].emplace_back(event.choice, event.past);
  return key;
}

class Counter {
 public:
  Counter(System& system, std::uint64_t max_beginnings) : system_(system), max_beginnings_(max_beginnings) {}

  std::optional<TraceCount> count() {
    for (;;) {
      const std::size_t known = looked_at_.size();
      const auto result = count_once();
      if (!result || looked_at_.size() == known) return result;
    }
  }

 private:
  std::optional<TraceCount> count_once() {
    count_ = {};
    seen_.clear();
    Beginning first;
    system_.reset();
    system_.encode(first.state);
    seen_.insert(Key());
    std::vector<Beginning> waiting{std::move(first)};
    while (!waiting.empty()) {
      const Beginning beginning = std::move(waiting.back());
      waiting.pop_back();
      if (!go_on(beginning, waiting) || seen_.size() > max_beginnings_) return std::nullopt;
    }
    return count_;
  }

  bool go_on(const Beginning& beginning, std::vector<Beginning>& waiting) {
    std::vector<Choice> choices;
    system_.restore(beginning.state);
    system_.enabled(choices);
    bool is_end = true;
    for (const Choice& choice : choices) {
      system_.restore(beginning.state);
      const StepReport& report = system_.step(choice);
      if (report.status != StepStatus::Done) return false;
      note_looks(report.footprint);
      if (only_waits(report.footprint)) continue;
      is_end = false;
      Beginning next{.state = {}, .done = beginning.done};
      Done event{choice, report.footprint, {}};
      for (const Done& before : beginning.done) {
        if (!depend(before, choice, event.footprint)) continue;
        for (const auto& [thread, events] : before.past) event.past[thread] = std::max(event.past[thread], events);
      }
      ++event.past[choice.thread];
      next.done.push_back(std::move(event));
      system_.encode(next.state);
      if (seen_.insert(key_of(next.done)).second) waiting.push_back(std::move(next));
    }
    if (is_end) end(beginning);
    return true;
  }

  void end(const Beginning& beginning) {
    ++count_.executions;
    system_.restore(beginning.state);
    std::vector<ThreadNumber> unfinished;
    system_.unfinished(unfinished);
    if (!unfinished.empty()) ++count_.deadlocked;
  }

  void note_looks(const Footprint& footprint) {
    for (std::size_t i = 0; i < footprint.size(); ++i) {
      const auto is_release_before = [&](const Access& access) {
        return access.location == footprint[i].location && (access.kind == AccessKind::Release || access.kind == AccessKind::ForeignRelease);
      };
      const bool again = std::any_of(footprint.begin(), footprint.begin() + static_cast<std::ptrdiff_t>(i), is_release_before);
      if (again || footprint[i].kind == AccessKind::Read) looked_at_.insert(footprint[i].location);
    }
  }

  bool only_waits(const Footprint& footprint) const {
    const auto first = std::ranges::find_if(footprint, [](const Access& access) { return access.kind != AccessKind::Join; });
    return first != footprint.end() && first->kind == AccessKind::Park && (first->location.object & kManyObjects) == 0 && !looked_at_.contains(first->location);
  }

  System& system_;
  std::uint64_t max_beginnings_;
  std::set<Location> looked_at_;
  std::set<Key> seen_;
  TraceCount count_;
};

}  // namespace

std::optional<TraceCount> count_traces(System& system, std::uint64_t max_beginnings) { return Counter(system, max_beginnings).count(); }

}  // namespace lockweave::testing
