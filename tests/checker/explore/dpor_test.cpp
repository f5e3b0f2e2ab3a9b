// Optimal DPOR on toy systems whose Mazurkiewicz traces are counted by hand, by the literature, or by brute force.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <numeric>
#include <set>

#include "checker/check.h"
#include "model/base/random.h"
#include "tests/support/sanitized.h"
#include "tests/support/toy_program.h"
#include "tests/support/trace_count.h"

namespace lockweave {
namespace {

using explore::Strategy;
using testing::Op;
using testing::Operation;
using testing::Program;
using testing::ToyProgram;

CheckResult run(ToyProgram system, Strategy strategy = Strategy::Dpor) {
  CheckOptions options;
  options.strategy = strategy;
  options.explore.keep_going = true;
  options.explore.want_outcomes = true;
  return check(system, options);
}

struct Counts {
  std::uint64_t executions = 0;
  std::uint64_t deadlocked = 0;
  bool operator==(const Counts&) const = default;
};

// The same program with its threads created in another order.
template <typename Visit>
void for_each_order(const Program& program, Visit&& visit) {
  std::vector<std::size_t> order(program.size());
  std::iota(order.begin(), order.end(), 0u);
  for (int orders = 0; orders < 6; ++orders) {
    Program other;
    for (const std::size_t i : order) other.push_back(program[i]);
    visit(other);
    if (!std::next_permutation(order.begin(), order.end())) return;
  }
}

void check_counts(const Program& program, std::uint32_t locks, std::uint32_t variables, Counts counts) {
  for_each_order(program, [&](const Program& threads) {
    const CheckResult result = run({threads, locks, variables});
    CHECK(result.complete);
    CHECK(result.stats.executions == counts.executions);
    CHECK(result.stats.deadlocked == counts.deadlocked);
    CHECK(result.stats.sleep_blocked == 0);
  });
}

Program readers(std::uint32_t n) {
  Program threads{{{Op::Set, 0, 1}}};
  for (std::uint32_t i = 0; i < n; ++i) threads.push_back({{Op::Load, 0}});
  return threads;
}

// a[i] = a[i - 1] + 1 in n threads; one more looks for the last zero, from the top.
Program lastzero(std::uint32_t n) {
  std::vector<Operation> search;
  for (std::uint32_t i = 0; i <= n; ++i) {
    search.push_back({Op::Load, n - i});
    search.push_back({Op::JumpIfZero, 2 * (n + 1)});
  }
  Program threads{search};
  for (std::uint32_t i = 1; i <= n; ++i) threads.push_back({{Op::Load, i - 1}, {Op::Store, i, 1}});
  return threads;
}

// n threads put four words each into a table of 128 cells; a cell is taken by compare-and-swap.
Program indexer(std::uint32_t n) {
  Program threads;
  for (std::uint32_t t = 0; t < n; ++t) {
    std::vector<Operation> steps;
    for (std::uint32_t m = 1; m <= 4; ++m) {
      const std::uint32_t first = (m * 11 + t) * 7 % 128;
      const auto end = static_cast<std::uint32_t>(steps.size()) + 3 * 8;
      for (std::uint32_t k = 0; k < 8; ++k) {
        steps.push_back({Op::TryLock, (first + k) % 128});
        steps.push_back({Op::JumpIfZero, static_cast<std::uint32_t>(steps.size()) + 2});
        steps.push_back({Op::Jump, end});
      }
    }
    threads.push_back(std::move(steps));
  }
  return threads;
}

// n threads allocate blocks for inodes, under a lock for each inode and each block.
ToyProgram filesystem(std::uint32_t n) {
  constexpr std::uint32_t blocks = 26, inodes = 32;
  Program threads;
  for (std::uint32_t t = 0; t < n; ++t) {
    const std::uint32_t i = t % inodes;
    std::vector<Operation> steps{{Op::Lock, i}, {Op::Load, i}, {Op::JumpIfZero, 4}, {Op::Jump, 0}};
    std::vector<std::size_t> to_end{3};
    for (std::uint32_t k = 0; k < 3; ++k) {
      const std::uint32_t b = (i * 2 + k) % blocks;
      const auto at = static_cast<std::uint32_t>(steps.size());
      steps.insert(steps.end(), {{Op::Lock, inodes + b}, {Op::Load, inodes + b}, {Op::JumpIfZero, at + 5}, {Op::Unlock, inodes + b}, {Op::Jump, at + 9},
                                 {Op::Set, inodes + b, 1}, {Op::Set, i, b + 1}, {Op::Unlock, inodes + b}, {Op::Jump, 0}});
      to_end.push_back(steps.size() - 1);
    }
    for (const std::size_t jump : to_end) steps[jump].a = static_cast<std::uint32_t>(steps.size());
    steps.push_back({Op::Unlock, i});
    threads.push_back(std::move(steps));
  }
  return {std::move(threads), inodes + blocks, inodes + blocks};
}

Program writers(std::uint32_t n) {
  Program threads;
  for (std::uint32_t i = 0; i < n; ++i) threads.push_back({{Op::Set, 0, i + 1}});
  return threads;
}

Program mutex(std::uint32_t n, std::uint32_t rounds) {
  std::vector<Operation> steps;
  for (std::uint32_t i = 0; i < rounds; ++i) steps.insert(steps.end(), {{Op::Lock, 0}, {Op::Unlock, 0}});
  return Program(n, steps);
}

// --- random programs, and their traces by brute force

class RandomToy {
 public:
  RandomToy(std::uint64_t seed, bool orderly) : random_(seed * 7919 + 3), orderly_(orderly) {}

  Program program() {
    Program threads;
    const std::uint64_t count = 2 + random_.below(2);
    for (std::uint64_t t = 0; t < count; ++t) {
      steps_.clear();
      const std::uint64_t statements = count == 2 ? 2 + random_.below(2) : 1 + random_.below(2);
      for (std::uint64_t s = 0; s < statements; ++s) statement(0);
      if (random_.below(3) == 0) steps_.push_back({Op::Print});
      threads.push_back(steps_);
    }
    return threads;
  }

 private:
  std::uint32_t any(std::uint64_t n) { return static_cast<std::uint32_t>(random_.below(n)); }

  void statement(int depth) {
    switch (any(depth > 1 ? 4 : orderly_ ? 8 : 10)) {
      case 0: case 1: return steps_.push_back({Op::Load, any(2)});
      case 2: return steps_.push_back({Op::Store, any(2), 1});
      case 3: return steps_.push_back({Op::Set, any(2), 1 + any(2)});
      case 4: case 5: {
        const std::uint32_t lock = any(2);
        steps_.push_back({Op::Lock, lock});
        statement(depth + 1);
        return steps_.push_back({Op::Unlock, lock});
      }
      case 6: {
        const std::uint32_t lock = any(2);
        steps_.push_back({any(orderly_ ? 1 : 2) == 0 ? Op::TryLock : Op::TimedLock, lock});
        return skip_if_zero(depth, {Op::Unlock, lock});
      }
      case 7:
        steps_.push_back({Op::Choose, 2});
        return skip_if_zero(depth, {Op::Set, any(2), 3});
      default:
        return steps_.push_back({Op::Unlock, any(2)});  // whoever holds it, if anybody does
    }
  }

  void skip_if_zero(int depth, Operation last) {
    const std::size_t jump = steps_.size();
    steps_.push_back({Op::JumpIfZero, 0});
    statement(depth + 1);
    steps_.push_back(last);
    steps_[jump].a = static_cast<std::uint32_t>(steps_.size());
  }

  Random random_;
  bool orderly_;
  std::vector<Operation> steps_;
};

std::set<Outcome> outcomes(const CheckResult& result) {
  std::set<Outcome> all;
  for (const CheckedOutcome& reached : result.outcomes) all.insert(reached.outcome);
  return all;
}

std::vector<PropertyWord> broken(const CheckResult& result) {
  std::vector<PropertyWord> words;
  for (const CheckedViolation& violation : result.violations) words.push_back(violation.property);
  std::ranges::sort(words);
  return words;
}

// Gives the number of programs that were small enough.
int compare_with_brute_force(std::uint64_t first_seed, int programs) {
  int compared = 0;
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    CAPTURE(seed);
    const Program program = RandomToy(seed, true).program();
    ToyProgram system(program, 2, 2);
    const auto expected = testing::count_traces(system);
    if (!expected) continue;
    ++compared;
    for_each_order(program, [&](const Program& threads) {
      const CheckResult result = run({threads, 2, 2});
      const CheckResult all = run({threads, 2, 2}, Strategy::Exhaustive);
      CHECK(result.complete);
      CHECK(result.stats.executions == expected->executions);
      CHECK(result.stats.deadlocked == expected->deadlocked);
      CHECK(result.stats.sleep_blocked == 0);
      CHECK(outcomes(result) == outcomes(all));
      CHECK(broken(result) == broken(all));
    });
  }
  return compared;
}

// Also with timed waits, and locks that are released by whoever likes to.
int compare_with_exhaustive(std::uint64_t first_seed, int programs) {
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    CAPTURE(seed);
    const Program program = RandomToy(seed, false).program();
    const CheckResult result = run({program, 2, 2});
    const CheckResult all = run({program, 2, 2}, Strategy::Exhaustive);
    CHECK(result.complete);
    CHECK(result.stats.sleep_blocked == 0);
    CHECK(outcomes(result) == outcomes(all));
    CHECK(broken(result) == broken(all));
  }
  return programs;
}

}  // namespace

TEST_SUITE("checker/explore dpor") {
  TEST_CASE("readers: 2^n") {
    check_counts(readers(2), 0, 1, {4, 0});
    CHECK(run({readers(8), 0, 1}).stats.executions == 256);
  }

  TEST_CASE("writers: n!") {
    check_counts(writers(3), 0, 1, {6, 0});
    check_counts(writers(5), 0, 1, {120, 0});
  }

  TEST_CASE("lastzero: (n + 3) * 2^(n - 2)") {
    check_counts(lastzero(3), 0, 4, {12, 0});
    check_counts(lastzero(5), 0, 6, {64, 0});
    const CheckResult ten = run({lastzero(10), 0, 11});
    CHECK(ten.stats.executions == 3328);
    CHECK(ten.stats.sleep_blocked == 0);
  }

  TEST_CASE("indexer: 8^(n - 11)") {
    CHECK(run({indexer(11), 128, 0}).stats.executions == 1);
    CHECK(run({indexer(12), 128, 0}).stats.executions == 8);
  }

  TEST_CASE("filesystem: 2^(n - 13)") {
    CHECK(run(filesystem(13)).stats.executions == 1);
    CHECK(run(filesystem(14)).stats.executions == 2);
    CHECK(run(filesystem(16)).stats.executions == 8);
    CHECK(run(filesystem(18)).stats.executions == 32);
  }

  TEST_CASE("a lock taken m times by each of n threads: (nm)! / m!^n") {
    check_counts(mutex(2, 2), 1, 0, {6, 0});
    check_counts(mutex(3, 2), 1, 0, {90, 0});
  }

  TEST_CASE("two locks in two orders: two executions end, one does not") {
    const CheckResult result = run(testing::ab_ba());
    CHECK(result.stats.executions == 3);
    CHECK(result.stats.deadlocked == 1);
    CHECK(result.stats.sleep_blocked == 0);
    REQUIRE(result.violations.size() == 1);
    CHECK(result.violations[0].property == PropertyWord::Deadlock);
    CHECK(result.violations[0].minimal);
    CHECK(result.violations[0].preemptions == 1);
  }

  TEST_CASE("philosophers who take the left fork first: 2^n - 2 meals, one deadlock") {
    for (const std::uint32_t n : {2u, 3u, 4u, 5u}) {
      const CheckResult result = run(testing::philosophers(n));
      CHECK(result.stats.executions == (1u << n) - 1);
      CHECK(result.stats.deadlocked == 1);
      CHECK(result.stats.sleep_blocked == 0);
    }
  }

  TEST_CASE("every answer of a choice is an execution, also where others touch what only one of them touches") {
    CHECK(run(testing::chooser(3)).stats.executions == 3);
    // T0 writes if the answer is 1.
    const Program program{{{Op::Choose, 2}, {Op::JumpIfZero, 3}, {Op::Set, 0, 1}}, {{Op::Load, 0}}};
    check_counts(program, 0, 1, {3, 0});
  }

  TEST_CASE("a timed wait: taken at once, after waiting, or given up") {
    const CheckResult result = run(testing::timed_waiter());
    std::set<std::string> texts;
    for (const CheckedOutcome& reached : result.outcomes) texts.insert(reached.outcome.threads[1].output);
    CHECK(texts == std::set<std::string>{"1\n", "2\n"});
    CHECK(result.stats.deadlocked == 1);
    CHECK(result.stats.sleep_blocked == 0);
  }

  TEST_CASE("as many executions as there are traces, by brute force, whatever order the threads are made in") { CHECK(compare_with_brute_force(1, 250) > 60); }

  TEST_CASE("the outcomes, deadlocks and leaked locks of the exhaustive search") { CHECK(compare_with_exhaustive(1, 600) == 600); }

  TEST_CASE("nightly: dpor against brute force and the exhaustive search" * doctest::skip()) {
    CHECK(compare_with_brute_force(10'000, 4'000) > 800);
    CHECK(compare_with_exhaustive(10'000, 20'000) == 20'000);
  }

  TEST_CASE("with little memory, states are forgotten and run again, and the counts are the same" * doctest::skip(testing::is_sanitized)) {
    const auto explore_within = [](std::uint64_t max_bytes) {
      ToyProgram system(lastzero(7), 0, 8);
      CheckOptions options;
      options.strategy = Strategy::Dpor;
      options.explore.budget.max_bytes = max_bytes;
      return check(system, options);
    };
    const CheckResult all = explore_within(Budget::kUnlimited);
    CHECK(all.stats.executions == 320);
    const CheckResult little = explore_within(200'000);
    CHECK(little.complete);
    CHECK(little.stats.executions == 320);
    CHECK(little.stats.sleep_blocked == 0);
    CHECK(little.stats.peak_bytes <= 200'000);
    CHECK(all.stats.peak_bytes > 200'000);
    const CheckResult too_little = explore_within(1000);
    CHECK(too_little.verdict == Verdict::Incomplete);
    REQUIRE_FALSE(too_little.notes.empty());
    CHECK(too_little.notes[0].find("memory") != std::string::npos);
  }

  TEST_CASE("an interrupt, and a limit of states, end the exploration with what it knows") {
    std::atomic<bool> interrupt{true};
    CheckOptions options;
    options.strategy = Strategy::Dpor;
    options.explore.budget.interrupt = &interrupt;
    ToyProgram system(writers(5), 0, 1);
    const CheckResult interrupted = check(system, options);
    CHECK(interrupted.verdict == Verdict::Incomplete);
    REQUIRE_FALSE(interrupted.notes.empty());
    CHECK(interrupted.notes[0].find("interrupted") != std::string::npos);
    options.explore.budget.interrupt = nullptr;
    options.explore.budget.max_states = 100;
    const CheckResult limited = check(system, options);
    CHECK(limited.verdict == Verdict::Incomplete);
    CHECK(limited.stats.executions > 0);
    CHECK(limited.stats.executions < 120);
  }

  TEST_CASE("a waiting loop is cut where a state comes back, and the result says so") {
    const CheckResult result = run({{{{Op::Load, 0}, {Op::JumpIfZero, 0}}, {{Op::Set, 0, 1}}}, 0, 1});
    CHECK(result.verdict == Verdict::Incomplete);
    CHECK_FALSE(result.complete);
    CHECK(result.stats.executions > 0);
    REQUIRE_FALSE(result.notes.empty());
    CHECK(result.notes[0].find("came back to a state") != std::string::npos);
    CHECK(run(testing::endless_loop()).verdict == Verdict::Incomplete);
  }
}

}  // namespace lockweave
