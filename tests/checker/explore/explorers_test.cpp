// Every strategy on systems small enough to count by hand.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "checker/check.h"
#include "checker/explore/replay.h"
#include "tests/support/sanitized.h"
#include "tests/support/toy_program.h"

namespace lockweave {

namespace {

using explore::Strategy;
using property::PropertySet;
using testing::Op;
using testing::ToyProgram;

CheckOptions with(Strategy strategy) {
  CheckOptions options;
  options.strategy = strategy;
  options.origin = {1, 2};
  options.explore.keep_going = true;
  return options;
}

CheckResult check_all(ToyProgram system, const CheckOptions& options = with(Strategy::Exhaustive)) { return check(system, options); }

std::vector<PropertyWord> broken(const CheckResult& result) {
  std::vector<PropertyWord> words;
  for (const CheckedViolation& violation : result.violations) words.push_back(violation.property);
  return words;
}

std::set<std::string> printed(const CheckResult& result, ThreadNumber thread) {
  std::set<std::string> texts;
  for (const CheckedOutcome& reached : result.outcomes) texts.insert(reached.outcome.threads[thread].output);
  return texts;
}

CheckOptions in_all_states(CheckOptions options) {
  options.explore.reductions.remove(explore::Reduction::PersistentSets);
  return options;
}

CheckOptions in_all_orders(CheckOptions options) {
  options = in_all_states(options);
  options.explore.reductions.remove(explore::Reduction::SleepSets);
  return options;
}

// Every schedule of the result, printed, parsed and followed, shows again what it is said to show.
void check_round_trips(ToyProgram system, const CheckResult& result, const CheckOptions& options) {
  for (const CheckedViolation& violation : result.violations) {
    if (violation.property == PropertyWord::Sometimes) continue;
    CAPTURE(violation.schedule);
    const auto schedule = trace::parse_schedule(violation.schedule, options.origin);
    REQUIRE(schedule);
    CHECK(schedule->choices == violation.choices);
    const explore::Replay replay = explore::replay(system, schedule->choices, {options.explore.properties, options.explore.timeouts_last, true});
    CHECK(replay.end == trace::WalkEnd::Followed);
    CHECK(trace::first_difference(violation.trace, replay.trace) == "");
    CHECK(violation.trace == replay.trace);
    const auto* told = replay.violation_of(violation.property);
    if (violation.property == PropertyWord::Livelock || violation.property == PropertyWord::Unserializable || violation.loop_begin > 0) continue;
    REQUIRE(told != nullptr);
    CHECK(told->message == violation.message);
    CHECK(told->step == violation.choices.size());
  }
  for (const CheckedOutcome& reached : result.outcomes) {
    CAPTURE(reached.schedule);
    const explore::Replay replay = explore::replay(system, reached.choices, {options.explore.properties, options.explore.timeouts_last, false});
    CHECK(replay.outcome == reached.outcome);
  }
}

void check_same(const CheckResult& left, const CheckResult& right) {
  CHECK(left.verdict == right.verdict);
  CHECK(left.complete == right.complete);
  CHECK(left.unchecked == right.unchecked);
  CHECK(left.notes == right.notes);
  CHECK(left.stats.states == right.stats.states);
  CHECK(left.stats.transitions == right.stats.transitions);
  CHECK(left.stats.executions == right.stats.executions);
  REQUIRE(left.violations.size() == right.violations.size());
  for (std::size_t i = 0; i < left.violations.size(); ++i) {
    CHECK(left.violations[i].schedule == right.violations[i].schedule);
    CHECK(left.violations[i].message == right.violations[i].message);
    CHECK(left.violations[i].trace == right.violations[i].trace);
  }
  REQUIRE(left.outcomes.size() == right.outcomes.size());
  for (std::size_t i = 0; i < left.outcomes.size(); ++i) CHECK(left.outcomes[i].schedule == right.outcomes[i].schedule);
}

}  // namespace

TEST_SUITE("checker/explore") {
  TEST_CASE("a diamond has four states") {
    // 00 -> 10, 01 -> 11; one end, reached in two orders.
    const CheckResult result = check_all(testing::diamond(), in_all_states(with(Strategy::Exhaustive)));
    CHECK(result.verdict == Verdict::Pass);
    CHECK(result.complete);
    CHECK(result.stats.states == 4);
    CHECK(result.stats.transitions == 3);  // the end is reached once
    CHECK(check_all(testing::diamond(), in_all_orders(with(Strategy::Exhaustive))).stats.transitions == 4);
    CHECK(result.stats.executions == 1);
    CHECK(result.stats.deadlocked == 0);
    CHECK(result.stats.max_depth == 2);
    CHECK(check_all(testing::diamond()).stats.states == 3);  // one thread after the other
  }

  TEST_CASE("an update without a lock can be lost") {
    // Orders of two loads L, l and two stores S, s: LSls, lsLS end in 2; LlSs, LlsS, lLSs, lLsS in 1.
    // States by (steps of T0, steps of T1): 00 10 01 11 20 02, two each of 21 and 12 (the other loaded before or after
    // the store), three of 22: 1, and 2 with either thread last.
    CheckOptions options = in_all_states(with(Strategy::Exhaustive));
    options.explore.want_outcomes = true;
    const CheckResult result = check_all(testing::lost_update(2), options);
    CHECK(result.stats.states == 13);
    CHECK(result.stats.transitions == 13);  // 10 to 11 or 01 to 11 is left out: two loads
    CHECK(check_all(testing::lost_update(2), in_all_orders(options)).stats.transitions == 14);
    CHECK(result.stats.executions == 3);
    REQUIRE(result.outcomes.size() == 2);
    CHECK(result.outcomes[0].outcome.modules[0].second == "1");
    CHECK(result.outcomes[1].outcome.modules[0].second == "2");
    check_round_trips(testing::lost_update(2), result, options);
  }

  TEST_CASE("two locks taken in two orders deadlock, and the simplest way is one preemption and four steps") {
    // Steps done by each thread, p: parked. None parked: 25 pairs less 5 in which both hold one lock, less 33, which
    // would need lock 1 twice: 19. T0 parked: 0p2 0p3 0p4 1p1 1p3 1p4; T1 likewise; both: 1p1p. In all 32.
    const CheckOptions options = in_all_states(with(Strategy::Exhaustive));
    const CheckResult result = check_all(testing::ab_ba(), options);
    CHECK(result.verdict == Verdict::Fail);
    CHECK(result.complete);
    CHECK(result.stats.states == 32);
    CHECK(result.stats.executions == 2);
    CHECK(result.stats.deadlocked == 1);
    REQUIRE(broken(result) == std::vector{PropertyWord::Deadlock});
    const CheckedViolation& deadlock = result.violations[0];
    CHECK(deadlock.preemptions == 1);
    CHECK(deadlock.minimal);
    CHECK(trace::choices_text(deadlock.choices) == "0-1x2-0");
    CHECK(deadlock.message == "these threads wait for each other, each for the next\n"
                              "T0 holds lock 0 waits for lock 1\nT1 holds lock 1 waits for lock 0");
    CHECK(deadlock.trace.steps[1].switched == "preempted");
    CHECK(deadlock.trace.steps[2].switched == "");
    CHECK(deadlock.trace.steps[3].switched == "waits");
    check_round_trips(testing::ab_ba(), result, options);
  }

  TEST_CASE("philosophers starve with one preemption, however many they are") {
    for (const std::uint32_t n : {2u, 3u, 4u}) {
      CAPTURE(n);
      const CheckResult result = check_all(testing::philosophers(n));
      REQUIRE(broken(result) == std::vector{PropertyWord::Deadlock});
      // The first is stopped with one fork; from then on each, the last first, takes his own and waits for the next one's.
      CHECK(result.violations[0].preemptions == 1);
      CHECK(result.violations[0].choices.size() == 2 * n);
      CHECK(result.violations[0].minimal);
      CHECK(result.stats.deadlocked == 1);
    }
  }

  TEST_CASE("counters that do not touch each other make a grid") {
    const CheckResult result = check_all(testing::counters(3, 4, 0), in_all_states(with(Strategy::Exhaustive)));
    CHECK(result.stats.states == 125);
    CHECK(result.stats.transitions == 124);  // to each state once
    CHECK(check_all(testing::counters(3, 4, 0), in_all_orders(with(Strategy::Exhaustive))).stats.transitions == 3 * 4 * 25);
    CHECK(result.stats.max_depth == 12);
    CHECK(result.verdict == Verdict::Pass);
  }

  TEST_CASE("every branch of a choice is taken, also more than a transition's short code can number") {
    CheckOptions options = with(Strategy::Exhaustive);
    options.explore.want_outcomes = true;
    const CheckResult few = check_all(testing::chooser(3), options);
    CHECK(few.stats.states == 7);
    CHECK(printed(few, 0) == std::set<std::string>{"1\n", "2\n", "3\n"});
    const CheckResult many = check_all(testing::chooser(9000), options);
    CHECK(many.stats.states == 1 + 9000 + 9000);
    CHECK(many.outcomes.size() == 9000);
    check_round_trips(testing::chooser(9000), many, options);
  }

  TEST_CASE("a loop that nothing ends is a livelock, shown with the steps that repeat") {
    // T0 goes round 3 states, before and after T1's only step: fairness demands that step, so the loop lies behind it.
    const CheckOptions options = with(Strategy::Exhaustive);
    const CheckResult result = check_all(testing::endless_loop(), options);
    REQUIRE(broken(result) == std::vector{PropertyWord::Livelock});
    const CheckedViolation& livelock = result.violations[0];
    CHECK(livelock.preemptions == 0);
    CHECK(livelock.choices.size() == livelock.loop_begin + 3);
    CHECK(livelock.minimal);
    check_round_trips(testing::endless_loop(), result, options);
  }

  TEST_CASE("a thread that spins until another writes is no livelock: that other can always step") {
    const ToyProgram spin({{{Op::Load, 0}, {Op::JumpIfZero, 0}}, {{Op::Set, 0, 1}}}, 0, 1);
    CHECK(check_all(spin).verdict == Verdict::Pass);
    const ToyProgram alone({{{Op::Load, 0}, {Op::JumpIfZero, 0}}}, 0, 1);
    CHECK(broken(check_all(alone)) == std::vector{PropertyWord::Livelock});
  }

  TEST_CASE("a timed wait ends where the lock is never given back, and the leaked lock is told") {
    CheckOptions options = with(Strategy::Exhaustive);
    options.explore.want_outcomes = true;
    const CheckResult may = check_all(testing::timed_waiter(), options);
    // T1 times out and both end: lock 0 is left. T1 takes it first and ends: T0 waits for ever.
    CHECK(broken(may) == std::vector{PropertyWord::Deadlock, PropertyWord::LockLeak});
    CHECK(printed(may, 1) == std::set<std::string>{"1\n", "2\n"});
    CHECK(may.stats.deadlocked == 1);
  }

  TEST_CASE("with timeouts that come last, waiting for one is a deadlock, and the exploration goes on behind it") {
    // T0 holds the lock for ever; T1 waits with a timeout.
    const ToyProgram program({{{Op::Lock, 0}}, {{Op::Io}, {Op::TimedLock, 0}, {Op::Print}}}, 1, 0);
    CheckOptions options = with(Strategy::Exhaustive);
    options.explore.properties = {PropertyWord::Deadlock};
    options.explore.want_outcomes = true;
    options.explore.timeouts_last = true;
    const CheckResult result = check_all(program, options);
    CHECK(broken(result) == std::vector{PropertyWord::Deadlock});
    CHECK(printed(result, 1).contains("1\n"));
    CHECK(std::ranges::any_of(result.notes, [](const std::string& note) { return note.starts_with("timeouts fire only"); }));
    check_round_trips(program, result, options);
  }

  TEST_CASE("a system that learns something makes the exploration start again") {
    CheckOptions options = with(Strategy::Exhaustive);
    options.explore.want_outcomes = true;
    for (const Strategy strategy : {Strategy::Exhaustive, Strategy::Bounded, Strategy::RandomUniform, Strategy::RandomPct}) {
      options.strategy = strategy;
      const CheckResult result = check_all(testing::refining(3), options);
      CHECK(result.stats.restarts == 3);
      CHECK(result.outcomes.size() == 2);
    }
  }

  TEST_CASE("a step that cannot be run makes an error, unless a violation is found") {
    const ToyProgram program({{{Op::Unsupported}}, {{Op::Set, 0, 1}}}, 0, 1);
    for (const Strategy strategy : {Strategy::Exhaustive, Strategy::Bounded, Strategy::RandomUniform, Strategy::RandomPct}) {
      const CheckResult result = check_all(program, with(strategy));
      CHECK(result.verdict == Verdict::Error);
      CHECK_FALSE(result.complete);
      CHECK(result.error == "toy:1:1: error: this cannot be run\n");
      const auto schedule = trace::parse_schedule(result.error_schedule);
      REQUIRE(schedule);
      CHECK(schedule->choices.back() == Choice{0, ChoiceKind::Run, 0});
    }
    const ToyProgram both({{{Op::Unsupported}}, {{Op::Emit, 7}}}, 0, 1);
    CHECK(check_all(both).verdict == Verdict::Fail);
  }

  TEST_CASE("fewer preemptions win over fewer steps") {
    // T0: writes 1, does I/O, writes 0. T1 breaks the invariant if it sees 1, or breaks another property late.
    const ToyProgram program({{{Op::Set, 0, 1}, {Op::Set, 1, 1}, {Op::Io}, {Op::Set, 0, 0}},
                              {{Op::Load, 0}, {Op::JumpIfZero, 4}, {Op::Emit, 1}, {Op::Set, 1, 3}, {Op::Set, 1, 2}}},
                             0, 2);
    const CheckOptions options = with(Strategy::Exhaustive);
    const CheckResult result = check_all(program, options);
    REQUIRE(broken(result) == std::vector{PropertyWord::Invariant});
    // Three steps with a preemption after the first write would do; waiting for the I/O takes two more, and none.
    CHECK(result.violations[0].preemptions == 0);
    CHECK(trace::choices_text(result.violations[0].choices) == "0x3-1x3");
    CHECK(result.violations[0].trace.steps[3].switched == "released");
    check_round_trips(program, result, options);
  }

  TEST_CASE("without keep_going only the simplest of all is shown, the row of the table deciding between equals") {
    const ToyProgram program({{{Op::Emit, 1, 0, EventKind::InvariantBroken}, {Op::Emit, 2, Stale, EventKind::ImportReturned}},
                              {{Op::Emit, 3, EarlierRuns, EventKind::InitialisationStarted}}},
                             0, 0);
    CheckOptions options = with(Strategy::Exhaustive);
    CHECK(broken(check_all(program, options)) ==
          std::vector{PropertyWord::DuplicateInit, PropertyWord::Invariant, PropertyWord::StaleModule});
    options.explore.keep_going = false;
    const CheckResult result = check_all(program, options);
    REQUIRE(broken(result) == std::vector{PropertyWord::DuplicateInit});
    CHECK(trace::choices_text(result.violations[0].choices) == "1");
  }

  TEST_CASE("an outcome that only preemption inside an import gives is unserializable") {
    const std::vector<testing::Operation> import_and_print{{Op::EnterImport}, {Op::Load, 0}, {Op::Store, 0, 1}, {Op::LeaveImport}, {Op::Load, 0}, {Op::Print}};
    const ToyProgram racy({import_and_print, import_and_print}, 0, 1);
    CheckOptions options = with(Strategy::Exhaustive);
    options.explore.properties.add(PropertyWord::Unserializable);
    const CheckResult result = check_all(racy, options);
    REQUIRE(broken(result) == std::vector{PropertyWord::Unserializable});
    // Both print 1: the update of one is lost inside the other's import.
    CHECK(result.violations[0].message.find("T0 printed 2") != std::string::npos);
    CHECK(result.violations[0].preemptions == 1);
    check_round_trips(racy, result, options);

    std::vector<testing::Operation> locked = import_and_print;
    locked.insert(locked.begin() + 1, {Op::Lock, 0});
    locked.insert(locked.begin() + 4, {Op::Unlock, 0});
    CHECK(check_all(ToyProgram({locked, locked}, 1, 1), options).verdict == Verdict::Pass);
  }

  TEST_CASE("`sometimes` fails if no execution reaches it, and only then") {
    const testing::Operation stated{Op::Emit, 5, 0, EventKind::SometimesStated};
    const testing::Operation reached{Op::Emit, 5, 0, EventKind::SometimesReached};
    const ToyProgram never({{stated, {Op::Load, 0}, {Op::JumpIfZero, 4}, reached, {Op::Io}}}, 0, 1);
    const CheckResult result = check_all(never);
    REQUIRE(broken(result) == std::vector{PropertyWord::Sometimes});
    CHECK(result.violations[0].message == "no execution reaches name5");
    CHECK(result.violations[0].schedule.empty());
    const ToyProgram once({{stated, {Op::Load, 0}, {Op::JumpIfZero, 4}, reached, {Op::Io}}, {{Op::Set, 0, 1}}}, 0, 1);
    CHECK(check_all(once).verdict == Verdict::Pass);
  }

  TEST_CASE("`eventually` fails where an execution ends without it; random executions alone never show that it holds") {
    const testing::Operation stated{Op::Emit, 5, 0, EventKind::EventuallyStated};
    const testing::Operation reached{Op::Emit, 5, 0, EventKind::EventuallyReached};
    const ToyProgram fails({{stated}}, 0, 0);
    const ToyProgram holds({{stated, reached}}, 0, 0);
    for (const Strategy strategy : {Strategy::Exhaustive, Strategy::Bounded, Strategy::RandomUniform, Strategy::RandomPct}) {
      const CheckOptions options = with(strategy);
      const CheckResult failing = check_all(fails, options);
      REQUIRE(broken(failing) == std::vector{PropertyWord::Eventually});
      CHECK(failing.violations[0].message == "the execution ends, and this has not come to hold: name5");
      check_round_trips(fails, failing, options);
      const CheckResult holding = check_all(holds, options);
      const bool is_random = strategy == Strategy::RandomUniform || strategy == Strategy::RandomPct;
      CHECK(holding.verdict == (is_random ? Verdict::Incomplete : Verdict::Pass));
      CHECK(holding.unchecked.empty() == !is_random);
    }
  }

  TEST_CASE("a spent budget ends incomplete, with what is known") {
    CheckOptions options = in_all_states(with(Strategy::Exhaustive));
    options.explore.budget.max_states = 1000;
    const CheckResult states = check_all(testing::counters(4, 9, 0), options);
    CHECK(states.verdict == Verdict::Incomplete);
    CHECK_FALSE(states.complete);
    CHECK(states.stats.states >= 1000);
    CHECK(states.stats.states <= 1004);
    CHECK(states.notes[0] == "not complete: the limit of states is reached");

    options.explore.budget = {};
    options.explore.budget.max_bytes = 1 << 20;
    const CheckResult bytes = check_all(testing::counters(6, 9, 0), options);
    CHECK(bytes.verdict == Verdict::Incomplete);
    if (!testing::is_sanitized) {
      CHECK(bytes.stats.peak_bytes > (1 << 20));
      CHECK(bytes.stats.peak_bytes < (1 << 21));
    }

    options.explore.budget = {};
    options.explore.budget.max_seconds = 0.01;
    CHECK(check_all(testing::counters(7, 9, 0), options).verdict == Verdict::Incomplete);

    const std::atomic<bool> interrupt = true;
    options.explore.budget = {};
    options.explore.budget.interrupt = &interrupt;
    for (const Strategy strategy : {Strategy::Exhaustive, Strategy::Bounded, Strategy::RandomUniform, Strategy::RandomPct}) {
      options.strategy = strategy;
      CHECK(check_all(testing::counters(6, 9, 0), options).verdict == Verdict::Incomplete);
    }
  }

  TEST_CASE("a violation met before the budget ends is shown, and is minimal only where nothing simpler can hide") {
    CheckOptions options = with(Strategy::Exhaustive);
    options.explore.budget.max_states = 40;
    const CheckResult result = check_all(testing::philosophers(2), options);  // has 32 states
    CHECK(result.complete);
    options.explore.budget.max_states = 100;
    const ToyProgram early({{{Op::Emit, 1}, {Op::Io}, {Op::Io}, {Op::Io}}, {{Op::Io}, {Op::Io}, {Op::Io}, {Op::Io}}, {{Op::Io}, {Op::Io}, {Op::Io}, {Op::Io}},
                            {{Op::Io}, {Op::Io}, {Op::Io}, {Op::Io}}}, 0, 0);
    const CheckResult stopped = check_all(early, options);
    CHECK_FALSE(stopped.complete);
    REQUIRE(broken(stopped) == std::vector{PropertyWord::Invariant});
    CHECK(stopped.violations[0].minimal);
    CHECK(trace::choices_text(stopped.violations[0].choices) == "0");
  }

  TEST_CASE("an exploration bounded by preemptions finds what the bound allows and says what it left out") {
    CheckOptions options = with(Strategy::Bounded);
    options.explore.preemptions = 0;
    const CheckResult none = check_all(testing::ab_ba(), options);
    CHECK(none.verdict == Verdict::Incomplete);
    CHECK(none.notes[0] == "not complete: every execution with at most 0 preemptions was explored, and none with more");
    options.explore.preemptions = 1;
    const CheckResult one = check_all(testing::ab_ba(), options);
    CHECK(one.verdict == Verdict::Fail);
    REQUIRE(broken(one) == std::vector{PropertyWord::Deadlock});
    CHECK(one.violations[0].minimal);
    CHECK(trace::choices_text(one.violations[0].choices) == "0-1x2-0");
    check_round_trips(testing::ab_ba(), one, options);
    options.explore.budget.max_states = 25;
    CHECK(check_all(testing::ab_ba(), options).notes[0] ==
          "not complete: the limit of states is reached; every execution with at most 0 preemptions was explored, and some with 1");
    options.explore.budget = {};
    options.explore.preemptions = 100;
    const CheckResult all = check_all(testing::ab_ba(), options);
    CHECK(all.complete);
    CHECK(all.stats.states == 32);
    CHECK(all.violations[0].schedule == one.violations[0].schedule);
  }

  TEST_CASE("bounded without limit and exhaustive agree") {
    for (const ToyProgram& program : {testing::philosophers(3), testing::lost_update(3), testing::timed_waiter(), testing::endless_loop()}) {
      CheckOptions options = with(Strategy::Bounded);
      options.explore.want_outcomes = true;
      options.explore.preemptions = 1000;
      const CheckResult bounded = check_all(program, options);
      options.strategy = Strategy::Exhaustive;
      const CheckResult exhaustive = check_all(program, in_all_orders(options));
      CHECK(bounded.complete);
      CHECK(bounded.stats.states == exhaustive.stats.states);
      CHECK(bounded.stats.transitions == exhaustive.stats.transitions);
      CHECK(broken(bounded) == broken(exhaustive));
      REQUIRE(bounded.outcomes.size() == exhaustive.outcomes.size());
      for (std::size_t i = 0; i < bounded.outcomes.size(); ++i) CHECK(bounded.outcomes[i].outcome == exhaustive.outcomes[i].outcome);
      REQUIRE(bounded.violations.size() == exhaustive.violations.size());
      for (std::size_t i = 0; i < bounded.violations.size(); ++i) CHECK(bounded.violations[i].schedule == exhaustive.violations[i].schedule);
    }
  }

  TEST_CASE("random executions find an easy deadlock, are the same for the same seed, and never pass") {
    for (const Strategy strategy : {Strategy::RandomUniform, Strategy::RandomPct}) {
      CheckOptions options = with(strategy);
      options.explore.walks = 200;
      options.explore.seed = 5;
      options.explore.want_outcomes = true;
      const CheckResult found = check_all(testing::ab_ba(), options);
      CHECK(found.verdict == Verdict::Fail);
      REQUIRE(broken(found) == std::vector{PropertyWord::Deadlock});
      CHECK_FALSE(found.violations[0].minimal);
      CHECK(found.stats.executions == 200);
      check_round_trips(testing::ab_ba(), found, options);
      check_same(found, check_all(testing::ab_ba(), options));
      const CheckResult clean = check_all(testing::diamond(), options);
      CHECK(clean.verdict == Verdict::Incomplete);
      CHECK(clean.outcomes.size() == 1);
    }
  }

  TEST_CASE("auto explores exhaustively, and where a limit ends that it looks elsewhere") {
    CheckOptions options = with(Strategy::Auto);
    const CheckResult small = check_all(testing::ab_ba(), options);
    CHECK(small.strategy == "exhaustive");
    CHECK(small.notes[0] == "auto: exhaustive, which judges every property; the states are few enough");
    CHECK(small.stats.states == check_all(testing::ab_ba()).stats.states);

    // Four threads that share nothing: many states, one trace.
    options.explore.budget.max_states = 1'000;
    const CheckResult independent = check_all(testing::counters(4, 9, 0), in_all_states(options));
    CHECK(independent.verdict == Verdict::Pass);
    CHECK(independent.strategy == "dpor");
    CHECK(independent.notes[0] == "auto: dpor, since the exhaustive search was ended (the limit of states is reached)");

    // All write one variable, so there are as many traces as executions; what is wrong comes late, but needs no preemption.
    const std::vector<testing::Operation> writes(12, {Op::Set, 0, 1});
    std::vector<testing::Operation> fails = writes;
    fails.push_back({Op::Emit, 1});
    options.explore.keep_going = false;
    const CheckResult deep = check_all(ToyProgram({writes, writes, writes, fails}, 0, 1), options);
    CHECK_FALSE(deep.complete);
    REQUIRE(broken(deep) == std::vector{PropertyWord::Invariant});
    CHECK(deep.notes[0].starts_with("auto: exhaustive, and when that was ended "));
    check_round_trips(ToyProgram({writes, writes, writes, fails}, 0, 1), deep, options);

    const CheckResult nothing = check_all(ToyProgram({writes, writes, writes, writes}, 0, 1), options);
    CHECK(nothing.verdict == Verdict::Incomplete);
    // Without preemptions there are 4 · 8 · 12 states and a few: one thread within, and any of the others through.
    CHECK(nothing.notes.back() == "looked at by preemptions as well, in 253 states: the limit of states is reached; some of the executions without preemptions were explored");
    check_same(nothing, check_all(ToyProgram({writes, writes, writes, writes}, 0, 1), options));

    const std::atomic<bool> interrupt = true;
    options.explore.budget.interrupt = &interrupt;
    CHECK(check_all(testing::counters(6, 9, 0), options).verdict == Verdict::Incomplete);
  }

  TEST_CASE("random strategies say in words what they cover") {
    CheckOptions options = with(Strategy::RandomPct);
    options.explore.properties = {PropertyWord::Exception};
    options.explore.walks = 101;
    options.explore.pct_depth = 2;
    // Two threads of three steps each. One walk: 1 / (n k) with n = 2, k = 9; a hundred: 1 - (17/18)^100 = 0.9967.
    const ToyProgram program({{{Op::Io}, {Op::Io}, {Op::Io}}, {{Op::Io}, {Op::Io}, {Op::Io}}}, 0, 0);
    const CheckResult pct = check_all(program, options);
    CHECK(pct.notes[0] == "not complete: 101 random executions were run (PCT of depth 2, seed 0): that is not every execution");
    CHECK(pct.notes[1] == "a bug that needs 2 steps in one order, in an execution of 2 threads and at most 9 steps, is met by one execution with a probability "
                          "of at least 1 in 18 (n·k^(d-1)), by these 101 together with at least 99 %");
    options.strategy = Strategy::RandomUniform;
    CHECK(check_all(program, options).notes[1] == "each step was drawn evenly from what could happen next: every execution had a chance, a long one a small one");
  }

  TEST_CASE("PCT meets a bug of depth two about as often as it promises, or more") {
    // T0 writes 1 and then 2; only a T1 that looks in between breaks the invariant: one change of priority at one of T0's steps.
    const ToyProgram program({{{Op::Set, 0, 1}, {Op::Set, 0, 0}}, {{Op::Load, 0}, {Op::JumpIfZero, 3}, {Op::Emit, 1}}}, 0, 1);
    int met = 0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
      CheckOptions options = with(Strategy::RandomPct);
      options.explore.seed = seed;
      options.explore.walks = 20;
      options.explore.pct_depth = 2;
      met += check_all(program, options).verdict == Verdict::Fail ? 1 : 0;
    }
    // n = 2, k = 7 at most: a walk with 1/14 at least, nineteen of them with 3/4.
    CHECK(met >= 75);
  }

  TEST_CASE("PCT does not wait for ever for a thread that goes round in a loop") {
    const ToyProgram program({{{Op::Load, 0}, {Op::JumpIfZero, 0}}, {{Op::Set, 0, 1}}}, 0, 1);
    CheckOptions options = with(Strategy::RandomPct);
    options.explore.walks = 20;
    const CheckResult result = check_all(program, options);
    CHECK(result.stats.executions == 20);
    CHECK(result.stats.max_depth <= 1'010);
    CHECK(result.notes[1].ends_with("threads that went on and on alone were put last, for which nothing is said"));
  }

  TEST_CASE("a random execution that does not end is cut") {
    CheckOptions options = with(Strategy::RandomUniform);
    options.explore.walks = 2;
    options.explore.walk_steps = 50;
    const CheckResult result = check_all(testing::endless_loop(), options);
    CHECK(result.verdict == Verdict::Incomplete);
    CHECK(result.notes[2] == "2 of them were cut after 50 steps");
  }

  TEST_CASE("the same check gives the same result twice") {
    CheckOptions options = with(Strategy::Auto);
    options.explore.want_outcomes = true;
    check_same(check_all(testing::philosophers(4), options), check_all(testing::philosophers(4), options));
    CHECK(check_all(testing::diamond(), options).strategy == "exhaustive");
  }

  TEST_CASE("a replay says where it first differs") {
    ToyProgram system = testing::ab_ba();
    const std::vector<Choice> impossible{{0, ChoiceKind::Run, 0}, {1, ChoiceKind::WakeUp, 0}};
    const explore::Replay replay = explore::replay(system, impossible, {});
    CHECK(replay.end == trace::WalkEnd::Differs);
    CHECK(replay.difference == "step 2: the schedule says 1w, but only these are possible: 0 1");
    CHECK(replay.trace.steps.size() == 1);
    ToyProgram other = testing::diamond();
    const std::vector<Choice> too_long(3, Choice{0, ChoiceKind::Run, 0});
    CHECK(explore::replay(other, too_long, {}).difference == "step 2: the schedule says 0, but only these are possible: 1");
  }

  TEST_CASE("where the explorer stands is known while it runs, and not afterwards") {
    class Watching final : public System {
     public:
      void reset() override { inner_.reset(); }
      void enabled(std::vector<Choice>& choices) override { inner_.enabled(choices); }
      void pending(const Choice& choice, Footprint& footprint) override { inner_.pending(choice, footprint); }
      const StepReport& step(const Choice& choice) override {
        longest = std::max(longest, explore::current_schedule().size());
        CHECK(explore::current_schedule().back() == choice);
        return inner_.step(choice);
      }
      void encode(StateWords& words) override { inner_.encode(words); }
      void restore(std::span<const std::uint32_t> words) override { inner_.restore(words); }
      bool is_final() override { return inner_.is_final(); }
      void unfinished(std::vector<ThreadNumber>& threads) override { inner_.unfinished(threads); }
      void waits(std::vector<Waiting>& waiting) override { inner_.waits(waiting); }
      bool inside_import(ThreadNumber thread) override { return inner_.inside_import(thread); }
      Outcome outcome(std::vector<Event>& events) override { return inner_.outcome(events); }
      std::string serial_record() override { return inner_.serial_record(); }
      void set_recording(bool on) override { inner_.set_recording(on); }
      std::string thread_name(ThreadNumber thread) override { return inner_.thread_name(thread); }
      std::string name_text(std::uint32_t name) override { return inner_.name_text(name); }
      std::string describe_thread(ThreadNumber thread) override { return inner_.describe_thread(thread); }
      std::size_t table_bytes() const override { return 0; }
      std::unique_ptr<System> fork() override { return nullptr; }
      std::size_t longest = 0;

     private:
      ToyProgram inner_ = testing::diamond();
    };
    for (const Strategy strategy : {Strategy::Exhaustive, Strategy::Bounded, Strategy::RandomUniform}) {
      Watching system;
      explore::make_explorer(strategy, {})->explore(system);
      CHECK(system.longest == 2);
      CHECK(explore::current_schedule().empty());
    }
  }
}

}  // namespace lockweave
