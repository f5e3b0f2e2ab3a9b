#include "tests/support/independence.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "checker/explore/dpor_footprints.h"
#include "model/base/random.h"

namespace lockweave::testing {
namespace {

constexpr std::size_t kMostMistakes = 3;
constexpr int kMostRestarts = 400;

struct Ran {
  Choice choice;
  Footprint footprint;
  std::vector<Event> events;
  StateWords next;
  std::vector<Choice> enabled;
  std::uint32_t instructions = 0;
  bool holds_gil = false;
  bool is_final = false;
};

// What functions given to lockweave.always and its kin find is said again after every step: of the state, not of the step.
bool is_of_state(const Event& event) {
  return event.kind == EventKind::InvariantBroken || event.kind == EventKind::SometimesReached || event.kind == EventKind::EventuallyReached;
}

std::set<std::pair<EventKind, std::uint32_t>> of_states(const Ran& first, const Ran& second) {
  std::set<std::pair<EventKind, std::uint32_t>> found;
  for (const Ran* ran : {&first, &second}) {
    for (const Event& event : ran->events) {
      if (is_of_state(event)) found.insert({event.kind, event.subject});
    }
  }
  return found;
}

std::vector<Event> of_step(std::vector<Event> events) {
  std::erase_if(events, is_of_state);
  return events;
}

std::string words_of(const Footprint& footprint) {
  constexpr std::array<std::string_view, 13> kinds{"read", "write", "acquire", "release", "try", "failed-try", "own-try", "foreign-release", "park", "start", "begin", "end", "join"};
  std::string text;
  for (const Access& access : footprint) text += fmt::format(" {}({:x}/{:x})", kinds[static_cast<std::size_t>(access.kind)], access.location.object, access.location.key);
  return text.empty() ? " nothing" : text;
}

std::string words_of(const std::vector<Event>& events) {
  std::string text;
  for (const Event& event : events) text += fmt::format(" event {} of thread {} ({}, {}, flags {})", static_cast<int>(event.kind), event.thread, event.subject, event.other, event.flags);
  return text.empty() ? " nothing" : text;
}

class Walker {
 public:
  Walker(System& system, const IndependenceOptions& options) : system_(system), options_(options) {}

  Independence run() {
    system_.tell_objects_apart(true);
    for (int walk = 0, restarts = 0; walk < options_.walks && !is_over();) {
      if (walk_once(options_.seed * 1000 + static_cast<std::uint64_t>(walk))) ++walk;
      else if (++restarts > kMostRestarts) break;
    }
    system_.tell_objects_apart(false);
    return std::move(found_);
  }

 private:
  bool is_over() const { return found_.pairs >= options_.pairs || found_.mistakes.size() >= kMostMistakes; }

  // False: the system has learnt something, and has to start again.
  bool walk_once(std::uint64_t seed) {
    Random random(seed);
    system_.reset();
    footprints_ = {};
    StateWords here;
    system_.encode(here);
    constexpr ThreadNumber kNobody = ~ThreadNumber{0};
    ThreadNumber gil_holder = kNobody;
    for (int step = 0; step < options_.steps && !is_over(); ++step) {
      system_.restore(here);
      std::vector<Choice> choices = enabled();
      if (choices.empty()) return true;
      std::vector<Ran> ran;
      for (const Choice& choice : choices) {
        auto done = run_step(here, choice);
        if (!done) return is_unsupported_;
        ran.push_back(std::move(*done));
      }
      if (gil_holder == kNobody && !look_at(here, choices, ran)) return is_unsupported_;
      Ran& chosen = ran[random.below(ran.size())];
      if (chosen.holds_gil) gil_holder = chosen.choice.thread;
      else if (gil_holder == chosen.choice.thread) gil_holder = kNobody;
      here = std::move(chosen.next);
    }
    return true;
  }

  bool look_at(const StateWords& here, const std::vector<Choice>& before, const std::vector<Ran>& ran) {
    for (const Ran& one : ran) {
      if (!one.holds_gil && !look_at_new_choices(here, before, one)) return false;
    }
    for (std::size_t i = 0; i < ran.size(); ++i) {
      for (std::size_t k = 0; k < i; ++k) {
        if (ran[i].choice.thread == ran[k].choice.thread || ran[i].holds_gil || ran[k].holds_gil || are_dependent(ran[i].footprint, ran[k].footprint)) continue;
        if (!try_both(here, ran[k], ran[i])) return false;
      }
    }
    return true;
  }

  bool are_dependent(const Footprint& one, const Footprint& other) {
    return footprints_.are_dependent(footprints_.number_of(one), footprints_.number_of(other));
  }

  std::vector<Choice> enabled() {
    std::vector<Choice> choices;
    system_.enabled(choices);
    if (options_.timeouts_last) std::erase_if(choices, [](const Choice& choice) { return choice.kind == ChoiceKind::Timeout; });
    return choices;
  }

  // Nothing: the walk cannot go on.
  std::optional<Ran> run_step(const StateWords& from, const Choice& choice) {
    system_.restore(from);
    const StepReport& report = system_.step(choice);
    is_unsupported_ = report.status == StepStatus::Unsupported;
    if (report.status != StepStatus::Done) return std::nullopt;
    Ran ran{.choice = choice, .footprint = report.footprint, .events = report.events, .next = {}, .enabled = {}, .instructions = report.instructions, .holds_gil = report.holds_gil};
    system_.encode(ran.next);
    ran.enabled = enabled();
    ran.is_final = system_.is_final();
    return ran;
  }

  // What another thread can do only after this step depends on it. (What begins with it does: a thread that it starts.)
  bool look_at_new_choices(const StateWords& here, const std::vector<Choice>& before, const Ran& one) {
    for (const Choice& choice : one.enabled) {
      if (choice.thread == one.choice.thread || std::ranges::find(before, choice) != before.end() || is_started_by(one, choice.thread)) continue;
      const auto other = run_step(one.next, choice);
      if (!other) return false;
      ++found_.pairs;
      if (!are_dependent(one.footprint, other->footprint)) tell(here, one, *other, "the second is possible only after the first");
    }
    return true;
  }

  static bool is_started_by(const Ran& one, ThreadNumber thread) {
    return std::ranges::any_of(one.footprint, [&](const Access& access) { return access.kind == AccessKind::Start && access.location.object == (kThreadObject | thread); });
  }

  bool try_both(const StateWords& here, const Ran& one, const Ran& other) {
    if (one.is_final || other.is_final) return true;  // daemons are cut off, which no footprint says
    ++found_.pairs;
    const auto is_there = [](const Ran& after, const Choice& choice) { return std::ranges::find(after.enabled, choice) != after.enabled.end(); };
    if (!is_there(one, other.choice)) return tell(here, one, other, "the second is not possible after the first");
    if (!is_there(other, one.choice)) return tell(here, other, one, "the second is not possible after the first");
    const auto second_other = run_step(one.next, other.choice);
    if (!second_other) return false;
    const auto second_one = run_step(other.next, one.choice);
    if (!second_one) return false;
    if (second_other->holds_gil || second_one->holds_gil) return true;
    if (!is_same(here, one, other, *second_other) || !is_same(here, other, one, *second_one)) return true;
    if (of_states(one, *second_other) != of_states(other, *second_one)) tell(here, one, other, "in the other order, functions of the program find something else");
    else if (second_one->next != second_other->next && !go_on_alike(second_one->next, second_other->next)) tell(here, one, other, "the state after both is another" + difference(second_one->next, second_other->next));
    return true;
  }

  // One state can be written in two ways (what only weak references lead to has no name of its own): then whatever comes next is the same. Looked at by
  // walks that take the same choices from both.
  bool go_on_alike(StateWords one, StateWords other) {
    constexpr int kWalks = 4;
    for (std::uint64_t walk = 0; walk < kWalks; ++walk) {
      if (!walk_alike(one, other, Random(walk + 1))) return false;
    }
    ++found_.twins;
    return true;
  }

  bool walk_alike(StateWords one, StateWords other, Random random) {
    for (int step = 0; step < options_.steps && one != other; ++step) {
      system_.restore(one);
      const std::vector<Choice> choices = enabled();
      system_.restore(other);
      if (enabled() != choices) return false;
      if (choices.empty()) return true;
      const Choice choice = choices[random.below(choices.size())];
      auto left = run_step(one, choice);
      auto right = run_step(other, choice);
      if (!left || !right) return !left && !right;
      if (left->footprint != right->footprint || left->events != right->events) return false;
      one = std::move(left->next);
      other = std::move(right->next);
    }
    return true;
  }

  // `after`: what `other` did after `first`.
  bool is_same(const StateWords& here, const Ran& first, const Ran& other, const Ran& after) {
    if (other.footprint != after.footprint) tell(here, first, other, "after the first, the second touches" + words_of(after.footprint));
    else if (of_step(other.events) != of_step(after.events)) tell(here, first, other, fmt::format("after the first, the second reports{}, not{} ({} instructions, {})\n{}\n{}\n", words_of(after.events), words_of(other.events), after.instructions, other.instructions, at(after), at(other)));
    else return true;
    return false;
  }

  std::string at(const Ran& ran) {
    system_.restore(ran.next);
    return system_.describe_thread(ran.choice.thread);
  }

  static std::string difference(const StateWords& one, const StateWords& other) {
    if (one.size() != other.size()) return fmt::format(" ({} and {} words)", one.size(), other.size());
    std::string text;
    for (std::size_t i = 0; i < one.size(); ++i) {
      if (one[i] != other[i]) text += fmt::format(" (word {} of {})", i, one.size());
    }
    return text;
  }

  bool tell(const StateWords& here, const Ran& one, const Ran& other, const std::string& what) {
    if (is_over()) return true;
    std::string text = what + '\n';
    for (const Ran* ran : {&one, &other}) {
      system_.restore(ran == &one ? here : one.next);  // which the first may have started
      text += fmt::format("{} kind {}:{}\n{}\n", system_.thread_name(ran->choice.thread), static_cast<int>(ran->choice.kind), words_of(ran->footprint), system_.describe_thread(ran->choice.thread));
    }
    found_.mistakes.push_back(std::move(text));
    return true;
  }

  System& system_;
  const IndependenceOptions& options_;
  explore::DporFootprints footprints_;
  Independence found_;
  bool is_unsupported_ = false;
};

}  // namespace

Independence try_independence(System& system, const IndependenceOptions& options) { return Walker(system, options).run(); }

}  // namespace lockweave::testing
