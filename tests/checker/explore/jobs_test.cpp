// What several cores find is what one finds, in every number.
#include <doctest/doctest.h>

#include <initializer_list>

#include "checker/explore/explorer.h"
#include "tests/support/toy_program.h"

namespace lockweave {

using explore::Exploration;
using explore::ExploreOptions;
using explore::Strategy;
using testing::ToyProgram;

namespace {

void check_same(const Exploration& one, const Exploration& more) {
  CHECK(one.complete == more.complete);
  CHECK(one.why_incomplete == more.why_incomplete);
  CHECK(one.unchecked == more.unchecked);
  REQUIRE(one.found.size() == more.found.size());
  for (std::size_t i = 0; i < one.found.size(); ++i) {
    CHECK(one.found[i].property == more.found[i].property);
    CHECK(one.found[i].choices == more.found[i].choices);
    CHECK(one.found[i].preemptions == more.found[i].preemptions);
    CHECK(one.found[i].minimal == more.found[i].minimal);
    CHECK(one.found[i].message == more.found[i].message);
    CHECK(one.found[i].loop_begin == more.found[i].loop_begin);
  }
  CHECK(one.outcomes == more.outcomes);
  CHECK(one.stats.states == more.stats.states);
  CHECK(one.stats.transitions == more.stats.transitions);
  CHECK(one.stats.executions == more.stats.executions);
  CHECK(one.stats.deadlocked == more.stats.deadlocked);
  CHECK(one.stats.max_depth == more.stats.max_depth);
  CHECK(one.stats.restarts == more.stats.restarts);
  CHECK(one.notes == more.notes);
  CHECK(one.error == more.error);
  CHECK(one.error_choices == more.error_choices);
}

Exploration explore_with(std::size_t jobs, Strategy strategy, ToyProgram system, ExploreOptions options) {
  options.jobs = jobs;
  return explore::make_explorer(strategy, options)->explore(system);
}

void check_jobs(Strategy strategy, const ToyProgram& system, const ExploreOptions& options) {
  const Exploration one = explore_with(1, strategy, system, options);
  for (const std::size_t jobs : {2u, 3u, 8u}) {
    CAPTURE(jobs);
    check_same(one, explore_with(jobs, strategy, system, options));
  }
}

// A program in which a thread comes to an operation that cannot be run.
ToyProgram not_supported() {
  using testing::Op;
  return ToyProgram({{{Op::Load, 0}, {Op::Store, 0, 1}, {Op::Store, 1, 1}}, {{Op::Store, 0, 2}, {Op::Unsupported}, {Op::Load, 0}}, {{Op::Store, 1, 3}, {Op::Print}}}, 0, 2);
}

}  // namespace

TEST_SUITE("checker/explore/jobs") {
  TEST_CASE("several cores find what one finds") {
    ExploreOptions options;
    options.want_outcomes = true;
    for (const bool keep_going : {false, true}) {
      options.keep_going = keep_going;
      for (const Strategy strategy : {Strategy::Exhaustive, Strategy::RandomUniform, Strategy::RandomPct, Strategy::Dpor}) {
        options.walks = 60;
        options.dpor_help = {.steps_alone = 0, .steps_between = 2, .steps_of_task = 100, .waits = keep_going};
        CAPTURE(explore::to_word(strategy));
        for (const ToyProgram& system : {testing::ab_ba(), testing::philosophers(4), testing::diamond(), testing::lost_update(3), testing::timed_waiter(),
                                         testing::chooser(20), testing::refining(3), testing::counters(3, 7, 5), not_supported()}) {
          check_jobs(strategy, system, options);
        }
      }
    }
  }

  TEST_CASE("programs that go round for ever are judged the same by several cores") {
    check_jobs(Strategy::Exhaustive, testing::endless_loop(), {});
    ExploreOptions options;
    options.dpor_help = {.steps_alone = 0, .steps_between = 1, .steps_of_task = 10, .waits = true};
    check_jobs(Strategy::Dpor, testing::endless_loop(), options);
    options.walks = 20;
    options.walk_steps = 300;
    check_jobs(Strategy::RandomUniform, testing::endless_loop(), options);
  }

  TEST_CASE("several cores stop at the same state when the budget of states is spent") {
    for (const std::uint64_t states : {1u, 2u, 100u, 299u, 1000u}) {
      ExploreOptions options;
      options.budget.max_states = states;
      check_jobs(Strategy::Exhaustive, testing::counters(3, 11, 2), options);
    }
  }

  TEST_CASE("several cores stop at the same state of a DPOR exploration") {
    for (const std::uint64_t states : {1u, 50u, 299u, 1000u, 1001u, 5000u}) {
      for (const std::uint64_t steps : {30u, 1u << 18}) {
        ExploreOptions options;
        options.budget.max_states = states;
        options.dpor_help = {.steps_alone = 0, .steps_between = 1, .steps_of_task = steps, .waits = true};
        check_jobs(Strategy::Dpor, testing::counters(3, 4, 2), options);
        check_jobs(Strategy::Dpor, testing::philosophers(5), options);
      }
    }
  }

  TEST_CASE("several cores stop when they are interrupted") {
    const std::atomic<bool> interrupt = true;
    ExploreOptions options;
    options.budget.interrupt = &interrupt;
    options.dpor_help.steps_alone = 0;
    for (const Strategy strategy : {Strategy::Exhaustive, Strategy::RandomUniform, Strategy::Dpor}) {
      const Exploration found = explore_with(3, strategy, testing::counters(3, 20, 2), options);
      CHECK(!found.complete);
      CHECK(found.why_incomplete.find("interrupted") != std::string::npos);
    }
  }
}

}  // namespace lockweave
