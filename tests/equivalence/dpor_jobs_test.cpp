// Several cores find by DPOR what one finds, in every number: on random programs, whichever parts of the exploration others do.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "checker/explore/explorer.h"
#include "tests/support/random_program.h"
#include "tests/support/ways.h"

namespace lockweave {
namespace {

using explore::DporHelp;
using explore::Exploration;

struct Helped {
  std::size_t jobs;
  DporHelp help;
};

// Parts of a few steps, so that most are left half-way; parts that are done to their end; parts that are taken back when they are wanted.
constexpr Helped kHelped[] = {
    {2, {.steps_alone = 0, .steps_between = 1, .steps_of_task = 20, .waits = true}},
    {2, {.steps_alone = 100, .steps_between = 3, .steps_of_task = 1 << 18, .waits = true}},
    {3, {.steps_alone = 0, .steps_between = 1, .steps_of_task = 300, .waits = false}},
};

Exploration explore_dpor(testing::Machines& machines, std::uint64_t max_states, const Helped& helped) {
  MachineOptions machine_options;
  machine_options.timeouts_last = machines.timeouts_last();
  const auto machine = machines.fresh(machine_options);
  explore::ExploreOptions options;
  options.jobs = helped.jobs;
  options.dpor_help = helped.help;
  options.keep_going = true;
  options.want_outcomes = true;
  options.timeouts_last = machines.timeouts_last();
  options.budget.max_states = max_states;
  return explore::make_explorer(explore::Strategy::Dpor, options)->explore(*machine);
}

std::string text_of(const std::vector<Choice>& choices) {
  std::string text;
  for (const Choice& choice : choices) text += fmt::format("{}.{}.{} ", choice.thread, static_cast<int>(choice.kind), choice.branch);
  return text;
}

std::string text_of(const Exploration& found) {
  const explore::Stats& stats = found.stats;
  std::string text = fmt::format("{} states, {} transitions, {} executions, {} deadlocked, {} asleep, depth {}, {} restarts\n", stats.states, stats.transitions, stats.executions,
                                 stats.deadlocked, stats.sleep_blocked, stats.max_depth, stats.restarts);
  text += fmt::format("complete {} {}\nerror {} {}\n", found.complete, found.why_incomplete, found.error, text_of(found.error_choices));
  for (const auto& [property, choices, preemptions, minimal, message, loop_begin] : found.found) {
    text += fmt::format("{} by {} preemptions, minimal {} {}: {}\n", to_word(property), preemptions, minimal, message, text_of(choices));
  }
  for (const auto& reached : found.outcomes) {
    for (const ThreadEnd& thread : reached.outcome.threads) text += fmt::format("{} {} {} ", thread.name, thread.end, thread.output);
    for (const auto& [name, how] : reached.outcome.modules) text += fmt::format("{} {} ", name, how);
    text += text_of(reached.choices) + "\n";
  }
  for (const std::string& note : found.notes) text += note + "\n";
  return text;
}

int compare(const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states, const testing::RandomProgramOptions& kind) {
  int compared = 0;
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return compared;
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const std::string program = testing::random_program(seed, kind);
    testing::Machines machines(program, *design);
    if (machines.fresh({}) == nullptr) continue;
    const Exploration alone = explore_dpor(machines, max_states, {1, {}});
    if (alone.stats.executions < 3) continue;
    ++compared;
    for (const Helped& helped : kHelped) {
      const Exploration more = explore_dpor(machines, max_states, helped);
      CAPTURE(seed);
      CAPTURE(program);
      CAPTURE(helped.jobs);
      CAPTURE(helped.help.steps_of_task);
      CHECK(text_of(more) == text_of(alone));
    }
  }
  return compared;
}

}  // namespace

TEST_CASE("DPOR on several cores finds what it finds on one") {
  CHECK(compare("no-lock", 5'000, 80, 3000, {.weak_references = false}) > 40);
  CHECK(compare("no-lock", 6'000, 40, 10'000, {.imports = false, .weak_references = false}) > 20);
  CHECK(compare("textbook", 7'000, 20, 3000, {.weak_references = false}) > 8);
  (void)compare("cpython-3.12", 8'000, 10, 3000, {.weak_references = false});
}

TEST_CASE("nightly: DPOR on several cores finds what it finds on one" * doctest::skip()) {
  CHECK(compare("no-lock", 500'000, 100, 10'000, {.weak_references = false}) > 40);
  CHECK(compare("no-lock", 510'000, 150, 10'000, {}) > 60);
  CHECK(compare("textbook", 600'000, 60, 10'000, {}) > 20);
  (void)compare("cpython-3.8", 700'000, 20, 5'000, {});
  (void)compare("cpython-3.12", 800'000, 20, 5'000, {.weak_references = false});
}

}  // namespace lockweave
