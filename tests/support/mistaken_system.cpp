#include "tests/support/mistaken_system.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "model/base/check.h"
#include "model/base/fingerprint.h"

namespace lockweave::testing {
namespace {

void replace(StepReport& report, AccessKind kind, AccessKind by) {
  for (Access& access : report.footprint) {
    if (access.kind == kind) access.kind = by;
  }
}

void forget(StepReport& report, AccessKind kind) {
  std::erase_if(report.footprint, [&](const Access& access) { return access.kind == kind; });
}

constexpr std::array of_dependence{
    Mistake{.name = "writes are taken for reads", .report = [](StepReport& r) { replace(r, AccessKind::Write, AccessKind::Read); }},
    Mistake{.name = "reads depend on nothing", .report = [](StepReport& r) { forget(r, AccessKind::Read); }},
    Mistake{.name = "try-acquires commute", .report = [](StepReport& r) { replace(r, AccessKind::TryAcquire, AccessKind::Read); }},
    Mistake{.name = "failed try-acquires depend on nothing", .report = [](StepReport& r) { forget(r, AccessKind::FailedTry); }},
    Mistake{.name = "a waiting acquire is no step", .report = [](StepReport& r) { forget(r, AccessKind::Park); }},
    Mistake{.name = "a release by another thread is none", .report = [](StepReport& r) { forget(r, AccessKind::ForeignRelease); }},
    Mistake{.name = "acquires depend on nothing", .report = [](StepReport& r) { forget(r, AccessKind::Acquire); }},
    Mistake{.name = "a step is taken for its first access", .report = [](StepReport& r) { if (r.footprint.size() > 1) r.footprint.resize(1); }},
    Mistake{.name = "of several keys of an object one is forgotten", .report = [](StepReport& r) {
      std::erase_if(r.footprint, [](const Access& access) { return (access.location.object & kThreadObject) == 0 && (access.location.key >> 8 ^ access.location.object) % 2 == 1; });
    }},
};

constexpr std::array of_states{
    Mistake{.name = "the thread with the lowest number goes first", .choices = [](std::vector<Choice>& choices) {
      if (!choices.empty()) std::erase_if(choices, [first = choices.front().thread](const Choice& choice) { return choice.thread != first; });
    }},
    Mistake{.name = "no more than two threads are looked at", .choices = [](std::vector<Choice>& choices) {
      if (choices.size() > 2) choices.resize(2);
    }},
    Mistake{.name = "a wait with a limit of time goes on for ever", .choices = [](std::vector<Choice>& choices) {
      std::erase_if(choices, [](const Choice& choice) { return choice.kind == ChoiceKind::Timeout; });
    }},
    Mistake{.name = "of several answers the first is given", .choices = [](std::vector<Choice>& choices) {
      std::erase_if(choices, [](const Choice& choice) { return choice.kind == ChoiceKind::Branch && choice.branch > 0; });
    }},
    Mistake{.name = "states are told apart by five bits", .hash_bits = 5},
    Mistake{.name = "a step in three is merged with the next", .merge_one_in = 3},
    Mistake{.name = "a step in twelve is merged with the next", .merge_one_in = 12},
    Mistake{.name = "a word of the state is left out", .unseen_word = 1},
    Mistake{.name = "a step is remembered by half of what it depends on", .forgets_less = true},
    Mistake{.name = "the second core leaves out all threads but one", .choices = [](std::vector<Choice>& choices) {
      if (!choices.empty()) std::erase_if(choices, [first = choices.front().thread](const Choice& choice) { return choice.thread != first; });
    }, .in_forks_only = true},
    Mistake{.name = "what a step broke is forgotten where it released", .report = [](StepReport& r) { if (r.released) r.events.clear(); }},
};

constexpr Mistake of_symmetry[] = {
    {.name = "threads that the program tells apart are taken for one", .overlooks_who_is_who = true},
    {.name = "which threads have changed places is forgotten", .forgets_changes = true},
};

constexpr Mistake of_places[] = {
    {.name = "what was learnt of a thread is not found again", .forgets_places = true},
};

class MistakenSystem final : public System {
 public:
  MistakenSystem(System& system, const Mistake& mistake) : system_(system), mistake_(mistake), is_right_(mistake.in_forks_only) {}
  MistakenSystem(std::unique_ptr<System> fork, const Mistake& mistake) : own_(std::move(fork)), system_(*own_), mistake_(mistake) {}

  void reset() override { system_.reset(); }

  void enabled(std::vector<Choice>& choices) override {
    system_.enabled(choices);
    if (mistake_.choices != nullptr && !is_right_) mistake_.choices(choices);
  }

  void pending(const Choice& choice, Footprint& footprint) override { system_.pending(choice, footprint); }

  const StepReport& step(const Choice& choice) override {
    system_.enabled(choices_);
    LOCKWEAVE_CHECK(std::ranges::find(choices_, choice) != choices_.end(), "a choice is not enabled");
    StateWords words;
    if (mistake_.merge_one_in > 0 || mistake_.forgets_less) system_.encode(words);
    if (mistake_.forgets_less) return remembered_step(choice, words);
    report_ = system_.step(choice);
    if (mistake_.merge_one_in > 0) go_on(choice, words);
    if (mistake_.report != nullptr) mistake_.report(report_);
    return report_;
  }

  // The first state met with a hash stands for all others that have it.
  void encode(StateWords& words) override {
    system_.encode(words);
    if (mistake_.hash_bits == 0 && mistake_.unseen_word < 0) return;
    const auto& first = first_with_.try_emplace(identity_of(words), words).first->second;
    if (first == words) return;
    words = first;
    system_.restore(words);
  }

  void restore(std::span<const std::uint32_t> words) override { system_.restore(words); }
  void stands(std::vector<Standing>& standing) override {
    system_.stands(standing);
    if (!mistake_.forgets_places) return;
    for (Standing& one : standing) one.place = ++places_told_;
  }
  Arrangement arrange(StateWords& words, ThreadChanges& changes) override {
    const Arrangement arranged = system_.arrange(words, changes);
    if (mistake_.forgets_changes) changes.clear();
    return arranged;
  }
  void take_like_threads_for_one(bool on) override { system_.take_like_threads_for_one(on); }
  bool has_like_threads() const override { return system_.has_like_threads(); }
  std::optional<Access> renamed(const Access& access, const ThreadChanges& changes) const override {
    return system_.renamed(access, changes);
  }
  std::string_view told_apart() const override { return mistake_.overlooks_who_is_who ? std::string_view() : system_.told_apart(); }
  bool is_final() override { return system_.is_final(); }
  void unfinished(std::vector<ThreadNumber>& threads) override { system_.unfinished(threads); }
  void waits(std::vector<Waiting>& waiting) override { system_.waits(waiting); }
  bool inside_import(ThreadNumber thread) override { return system_.inside_import(thread); }
  Outcome outcome(std::vector<Event>& events) override { return system_.outcome(events); }
  std::string serial_record() override { return system_.serial_record(); }
  void set_recording(bool on) override { system_.set_recording(on); }
  std::string thread_name(ThreadNumber thread) override { return system_.thread_name(thread); }
  std::string name_text(std::uint32_t name) override { return system_.name_text(name); }
  std::string describe_thread(ThreadNumber thread) override { return system_.describe_thread(thread); }
  std::size_t table_bytes() const override { return system_.table_bytes(); }
  std::size_t own_bytes() const override { return system_.own_bytes(); }
  std::unique_ptr<System> fork() override {
    if (!mistake_.in_forks_only) return nullptr;
    auto fork = system_.fork();
    return fork == nullptr ? nullptr : std::make_unique<MistakenSystem>(std::move(fork), mistake_);
  }
  void catch_up() override { system_.catch_up(); }

 private:
  std::uint64_t identity_of(StateWords words) const {
    if (const auto unseen = static_cast<std::size_t>(mistake_.unseen_word); mistake_.unseen_word >= 0 && unseen < words.size()) words[unseen] = 0;
    const auto hash = fingerprint(words.data(), words.size() * sizeof(std::uint32_t)).low;
    return mistake_.hash_bits == 0 ? hash : hash & ((std::uint64_t{1} << mistake_.hash_bits) - 1);
  }

  const StepReport& remembered_step(const Choice& choice, StateWords words) {
    words.resize((words.size() + 1) / 2);
    const auto [known, is_new] = steps_.try_emplace({choice, std::move(words)});
    auto& [report, after] = known->second;
    if (is_new || report.status != StepStatus::Done) {
      report = system_.step(choice);
      system_.encode(after);
    } else {
      system_.restore(after);
    }
    return report_ = report;
  }

  void go_on(const Choice& choice, const StateWords& before) {
    const auto hash = fingerprint(before.data(), before.size() * sizeof(std::uint32_t)).low + choice.thread;
    if (report_.status != StepStatus::Done || choice.instructions > 0 || hash % mistake_.merge_one_in != 0) return;
    StateWords words;
    system_.encode(words);
    const Choice next{.thread = choice.thread};
    system_.enabled(choices_);
    if (std::ranges::find(choices_, next) == choices_.end()) return;
    StepReport first = report_;
    report_ = system_.step(next);
    report_.events.insert(report_.events.begin(), first.events.begin(), first.events.end());
    report_.footprint.insert(report_.footprint.begin(), first.footprint.begin(), first.footprint.end());
    report_.instructions += first.instructions - 1;
  }

  std::unique_ptr<System> own_;  // of a fork
  System& system_;
  const Mistake& mistake_;
  bool is_right_ = false;
  std::uint64_t places_told_ = 0;
  StepReport report_;
  std::vector<Choice> choices_;
  std::map<std::uint64_t, StateWords> first_with_;
  std::map<std::pair<Choice, StateWords>, std::pair<StepReport, StateWords>> steps_;
};

}  // namespace

std::span<const Mistake> mistakes_of_dependence() { return of_dependence; }
std::span<const Mistake> mistakes_of_states() { return of_states; }
std::span<const Mistake> mistakes_of_places() { return of_places; }
std::span<const Mistake> mistakes_of_symmetry() { return of_symmetry; }
std::unique_ptr<System> mistaken(System& system, const Mistake& mistake) { return std::make_unique<MistakenSystem>(system, mistake); }

}  // namespace lockweave::testing
