// Fair cycles and unmet obligations, against definitions that are followed to the letter on small graphs.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "checker/check.h"
#include "checker/explore/fair_cycles.h"
#include "checker/explore/unmet.h"
#include "checker/trace/schedule.h"
#include "model/base/random.h"
#include "tests/support/toy_program.h"

namespace lockweave {

namespace {

using explore::Fairness;
using explore::FairCycles;
using explore::Region;
using explore::StateGraph;
using explore::StateNumber;
using explore::Unmet;
using testing::Op;
using testing::Operation;
using testing::Program;
using testing::ToyProgram;

constexpr EventKind kStated = EventKind::EventuallyStated;
constexpr EventKind kReached = EventKind::EventuallyReached;

// A few threads of a few operations, most of them in loops, over two variables and a lock. Values stay small, so that states do.
Program random_threads(Random& random) {
  const auto below = [&](std::uint32_t n) { return static_cast<std::uint32_t>(random.below(n)); };
  Program program;
  const std::uint32_t threads = 2 + below(2);
  for (std::uint32_t thread = 0; thread < threads; ++thread) {
    std::vector<Operation> operations;
    if (below(2) == 0) operations.push_back({Op::Emit, 7, 0, kStated});
    const std::uint32_t length = 1 + below(3);
    for (std::uint32_t i = 0; i < length; ++i) {
      switch (below(9)) {
        case 0: operations.push_back({Op::Set, below(2), below(2)}); break;
        case 1: operations.push_back({Op::Load, below(2)}); break;
        case 2: operations.push_back({Op::Lock, 0}); break;
        case 3: operations.push_back({Op::Unlock, 0}); break;
        case 4: operations.push_back({below(2) == 0 ? Op::TimedLock : Op::TryLock, 0}); break;
        case 5: operations.push_back({Op::Choose, 2}); break;
        case 6: operations.push_back({Op::Emit, 7, 0, kReached}); break;
        default: operations.push_back({Op::JumpIfZero, below(length + 2)}); break;
      }
    }
    if (below(3) > 0) operations.push_back({Op::Jump, below(static_cast<std::uint32_t>(operations.size()))});
    program.push_back(std::move(operations));
  }
  return program;
}

// Every state and step of a program, found by running it: nothing of the explorers is in this.
struct Brute {
  struct Arrow {
    std::size_t from, to;
    ThreadNumber thread;
    bool is_counted = true;  // inside the part that is looked at
  };
  std::vector<std::set<ThreadNumber>> able;  // by node
  std::vector<Arrow> arrows;
  std::vector<bool> is_counted;              // by node

  // Is there a way of at least one arrow between these nodes, over counted arrows between nodes that `may` be used?
  std::vector<std::vector<bool>> closure(const std::vector<bool>& may) const {
    std::vector<std::vector<bool>> way(able.size(), std::vector<bool>(able.size(), false));
    for (const Arrow& arrow : arrows) {
      if (arrow.is_counted && may[arrow.from] && may[arrow.to]) way[arrow.from][arrow.to] = true;
    }
    for (std::size_t middle = 0; middle < able.size(); ++middle) {
      for (std::size_t from = 0; from < able.size(); ++from) {
        if (!way[from][middle]) continue;
        for (std::size_t to = 0; to < able.size(); ++to) way[from][to] = way[from][to] || way[middle][to];
      }
    }
    return way;
  }

  // The nodes from which an execution can go on for ever so that the threads able on it again and again are a set, each of which steps.
  std::vector<bool> strongly_fair(ThreadNumber threads) const {
    std::vector<bool> fair(able.size(), false);
    for (std::uint32_t set = 1; set < 1u << threads; ++set) {
      std::vector<bool> may(able.size());
      for (std::size_t node = 0; node < able.size(); ++node) {
        may[node] = is_counted[node] && std::ranges::all_of(able[node], [&](ThreadNumber thread) { return (set >> thread & 1) != 0; });
      }
      const auto way = closure(may);
      for (std::size_t node = 0; node < able.size(); ++node) {
        if (!way[node][node]) continue;
        const auto is_near = [&](std::size_t other) { return way[node][other] && way[other][node]; };
        bool all = true;
        for (ThreadNumber thread = 0; thread < threads; ++thread) {
          bool can = false, does = false;
          for (std::size_t other = 0; other < able.size(); ++other) can = can || (is_near(other) && able[other].contains(thread));
          for (const Arrow& arrow : arrows) {
            does = does || (arrow.is_counted && arrow.thread == thread && is_near(arrow.from) && is_near(arrow.to));
          }
          all = all && (!can || does);
        }
        if (all) fair[node] = true;
      }
    }
    return fair;
  }

  // Those on a way back to itself on which each thread in turn steps or is not able: a counter goes round once.
  std::vector<bool> weakly_fair(ThreadNumber threads) const {
    std::vector<bool> fair(able.size(), false);
    for (std::size_t start = 0; start < able.size(); ++start) {
      if (!is_counted[start]) continue;
      std::set<std::pair<std::size_t, ThreadNumber>> seen;
      std::vector<std::pair<std::size_t, ThreadNumber>> waiting;
      const auto reach = [&](std::size_t node, ThreadNumber paid) {
        if (seen.insert({node, paid}).second) waiting.push_back({node, paid});
      };
      const auto pay = [&](std::size_t node, ThreadNumber paid) {
        while (paid < threads && !able[node].contains(paid)) ++paid;
        return paid;
      };
      for (const Arrow& arrow : arrows) {
        if (arrow.is_counted && arrow.from == start && is_counted[arrow.to]) reach(arrow.to, pay(arrow.to, arrow.thread == pay(start, 0) ? pay(start, 0) + 1 : pay(start, 0)));
      }
      while (!waiting.empty()) {
        const auto [node, paid] = waiting.back();
        waiting.pop_back();
        for (const Arrow& arrow : arrows) {
          if (arrow.is_counted && arrow.from == node && is_counted[arrow.to]) reach(arrow.to, pay(arrow.to, arrow.thread == paid ? paid + 1 : paid));
        }
      }
      fair[start] = seen.contains({start, threads});
    }
    return fair;
  }

  std::vector<bool> fair(ThreadNumber threads, Fairness fairness) const {
    return fairness == Fairness::Strong ? strongly_fair(threads) : weakly_fair(threads);
  }
};

// A node is a state, or a state with the bit that tells whether the obligation is unmet.
struct BruteProgram {
  Brute brute;
  std::map<std::pair<StateWords, bool>, std::size_t> nodes;
  std::vector<bool> is_end;
};

BruteProgram run_all(ToyProgram program, bool with_obligation) {
  BruteProgram result;
  std::vector<std::pair<StateWords, bool>> waiting;
  const auto reach = [&](const StateWords& words, bool unmet) {
    const auto [known, is_new] = result.nodes.try_emplace({words, unmet}, result.nodes.size());
    if (is_new) {
      waiting.push_back({words, unmet});
      result.brute.able.emplace_back();
      result.brute.is_counted.push_back(!with_obligation || unmet);
      result.is_end.push_back(false);
    }
    return known->second;
  };
  StateWords words;
  program.encode(words);
  reach(words, false);
  std::vector<Choice> choices;
  while (!waiting.empty()) {
    const auto [state, unmet] = waiting.back();
    waiting.pop_back();
    const std::size_t from = result.nodes.at({state, unmet});
    program.restore(state);
    program.enabled(choices);
    result.is_end[from] = choices.empty();
    for (const Choice& choice : std::vector<Choice>(choices)) {
      result.brute.able[from].insert(choice.thread);
      program.restore(state);
      bool after = unmet;
      for (const Event& event : program.step(choice).events) {
        if (event.kind == kStated) after = with_obligation;
        if (event.kind == kReached) after = false;
      }
      program.encode(words);
      const std::size_t to = reach(words, after);
      result.brute.arrows.push_back({from, to, choice.thread, result.brute.is_counted[from] && result.brute.is_counted[to]});
    }
  }
  return result;
}

void explore_all(StateGraph& graph) {
  for (StateNumber state = 0; state < graph.state_count(); ++state) REQUIRE(graph.expand(state) == StateGraph::End::Done);
}

StateWords words_of(StateGraph& graph, ToyProgram& program, StateNumber state) {
  StateWords words;
  graph.move_system_to(state);
  program.encode(words);
  return words;
}

// Walks the loop and holds it against the definition of fairness.
void check_loop(ToyProgram program, const StateWords& start, const std::vector<Choice>& loop, Fairness fairness, bool unmet) {
  REQUIRE(!loop.empty());
  std::set<ThreadNumber> some, stepped, always;
  std::vector<Choice> choices;
  program.restore(start);
  for (std::size_t i = 0; i < loop.size(); ++i) {
    program.enabled(choices);
    std::set<ThreadNumber> here;
    for (const Choice& choice : choices) here.insert(choice.thread);
    REQUIRE(std::ranges::find(choices, loop[i]) != choices.end());
    some.insert(here.begin(), here.end());
    if (i == 0) always = here;
    std::erase_if(always, [&](ThreadNumber thread) { return !here.contains(thread); });
    stepped.insert(loop[i].thread);
    for (const Event& event : program.step(loop[i]).events) CHECK_FALSE((unmet && event.kind == kReached));
  }
  StateWords end;
  program.encode(end);
  CHECK(end == start);
  CHECK(std::ranges::includes(stepped, fairness == Fairness::Strong ? some : always));
}

ThreadNumber thread_count(const Program& program) { return static_cast<ThreadNumber>(program.size()); }

// Small enough for the brute force, which is cubic.
bool is_small(const BruteProgram& program) { return program.is_end.size() <= 90; }

}  // namespace

TEST_SUITE("checker/explore/liveness") {
  TEST_CASE("fair cycles are those of the definition, and each loop is one") {
    Random random(11);
    int with_cycles = 0, looked_at = 0;
    for (int i = 0; i < 600; ++i) {
      const Program threads = random_threads(random);
      ToyProgram program(threads, 1, 2);
      const BruteProgram all = run_all(program, false);
      if (!is_small(all)) continue;
      ++looked_at;
      StateGraph graph(program, {.properties = {}});
      explore_all(graph);
      REQUIRE(graph.state_count() == all.nodes.size());
      for (const Fairness fairness : {Fairness::Strong, Fairness::Weak}) {
        CAPTURE(i);
        CAPTURE(static_cast<int>(fairness));
        const std::vector<bool> fair = all.brute.fair(thread_count(threads), fairness);
        const FairCycles cycles(graph, fairness);
        CHECK(cycles.was_judged());
        std::vector<bool> found(fair.size(), false);
        for (const auto& component : cycles.components()) {
          for (const StateNumber state : component) {
            const StateWords words = words_of(graph, program, state);
            found[all.nodes.at({words, false})] = true;
            check_loop(program, words, cycles.loop_from(state), fairness, false);
          }
        }
        CHECK(found == fair);
        with_cycles += fairness == Fairness::Strong && !cycles.components().empty() ? 1 : 0;
      }
    }
    CHECK(looked_at > 300);
    CHECK(with_cycles > 50);
  }

  TEST_CASE("an obligation is left unmet exactly where the definition says so") {
    Random random(12);
    int violated = 0, lassos = 0, met = 0;
    for (int i = 0; i < 900; ++i) {
      const Program threads = random_threads(random);
      ToyProgram program(threads, 1, 2);
      const BruteProgram all = run_all(program, true);
      if (!is_small(all)) continue;
      StateGraph graph(program, {.properties = {}});
      explore_all(graph);
      if (graph.obligations().count() == 0) continue;
      for (const Fairness fairness : {Fairness::Strong, Fairness::Weak}) {
        CAPTURE(i);
        CAPTURE(static_cast<int>(fairness));
        const std::vector<bool> fair = all.brute.fair(thread_count(threads), fairness);
        const Unmet unmet(graph, 0, fairness, Budget::kUnlimited);
        bool expected = false;
        for (StateNumber state = 0; state < graph.state_count(); ++state) {
          const StateWords words = words_of(graph, program, state);
          const auto node = all.nodes.find({words, true});
          const bool stays = node != all.nodes.end() && (fair[node->second] || all.is_end[node->second]);
          expected = expected || stays;
          CHECK(unmet.can_stay_unmet(state) == stays);
          if (!stays || !unmet.can_stay_unmet(state) || unmet.is_end(state)) continue;
          check_loop(program, words, unmet.loop_from(state), fairness, true);
        }
        CHECK(unmet.is_violated() == expected);
      }

      CheckOptions options;
      options.strategy = explore::Strategy::Exhaustive;
      options.origin = {1, 2};
      options.explore.properties = {PropertyWord::Eventually};
      const CheckResult result = check(program, options);
      const bool is_violated = Unmet(graph, 0, Fairness::Strong, Budget::kUnlimited).is_violated();
      CHECK(result.violations.size() == (is_violated ? 1 : 0));
      CHECK(result.unchecked.empty());
      CHECK(result.verdict == (is_violated ? Verdict::Fail : Verdict::Pass));
      (is_violated ? violated : met) += 1;
      if (is_violated && result.violations[0].loop_begin > 0) ++lassos;
    }
    CHECK(violated > 100);
    CHECK(lassos > 30);
    CHECK(met > 30);
  }

  TEST_CASE("a waiter that is passed over again and again is starved under weak fairness only") {
    // T0 takes and gives back the lock for ever; T1 wants it once. It can step again and again, but not all the time.
    const ToyProgram program({{{Op::Lock, 0}, {Op::Unlock, 0}, {Op::Jump, 0}}, {{Op::Emit, 7, 0, kStated}, {Op::Lock, 0}, {Op::Emit, 7, 0, kReached}}}, 1, 0);
    CheckOptions options;
    options.strategy = explore::Strategy::Exhaustive;
    options.explore.properties = {PropertyWord::Eventually};
    ToyProgram strong = program;
    CHECK(check(strong, options).verdict == Verdict::Pass);
    options.explore.fairness = Fairness::Weak;
    ToyProgram weak = program;
    const CheckResult result = check(weak, options);
    REQUIRE(result.violations.size() == 1);
    // T0 takes the lock; T1 states and parks, and stays parked while T0 gives the lock back, jumps, and takes it again.
    CHECK(result.violations[0].message == "this never comes to hold: name7; from step 4 on the last 3 steps can repeat for ever, and every thread that can go on all the time takes part");
    CHECK(result.violations[0].loop_begin == 3);
    CHECK(trace::choices_text(result.violations[0].choices) == "0-1x2-0x3");
    CHECK(result.violations[0].minimal);
  }

  TEST_CASE("a deadlock leaves unmet what was stated, and an end does") {
    const auto judged = [](ToyProgram program) {
      CheckOptions options;
      options.strategy = explore::Strategy::Exhaustive;
      options.explore.properties = {PropertyWord::Eventually};
      return check(program, options);
    };
    // T0 waits for ever for a lock that T1 keeps, if T1 comes first.
    const CheckResult stuck = judged(ToyProgram({{{Op::Emit, 7, 0, kStated}, {Op::Lock, 0}, {Op::Emit, 7, 0, kReached}, {Op::Unlock, 0}}, {{Op::Lock, 0}}}, 1, 0));
    REQUIRE(stuck.violations.size() == 1);
    CHECK(stuck.violations[0].message == "the execution ends, and this has not come to hold: name7");
    CHECK(stuck.violations[0].loop_begin == 0);
    CHECK(judged(ToyProgram({{{Op::Emit, 7, 0, kStated}, {Op::Emit, 7, 0, kReached}}}, 0, 0)).verdict == Verdict::Pass);
    // What holds before it is stated does not count.
    CHECK(judged(ToyProgram({{{Op::Emit, 7, 0, kReached}, {Op::Emit, 7, 0, kStated}}}, 0, 0)).verdict == Verdict::Fail);
    // Two obligations: one is met, the other is not.
    const CheckResult two = judged(ToyProgram({{{Op::Emit, 7, 0, kStated}, {Op::Emit, 8, 0, kStated}, {Op::Emit, 7, 0, kReached}}}, 0, 0));
    REQUIRE(two.violations.size() == 1);
    CHECK(two.violations[0].message == "the execution ends, and this has not come to hold: name8");
  }

  TEST_CASE("a violation in a graph explored in part is one, and without one nothing is known") {
    // T0 goes round at once, next to a counter that is too long for the budget.
    std::vector<Operation> counter(400, {Op::Store, 0, 1});
    CheckOptions options;
    options.strategy = explore::Strategy::Exhaustive;
    options.explore.properties = {PropertyWord::Livelock};
    options.explore.budget.max_states = 100;
    ToyProgram loops({{{Op::Choose, 2}, {Op::JumpIfZero, 3}, {Op::Jump, 1}}, counter}, 0, 1);
    CHECK(check(loops, options).verdict == Verdict::Incomplete);  // fair only with the counter's end
    std::vector<Operation> either{{Op::Choose, 2}, {Op::JumpIfZero, 3}, {Op::Jump, 1}};
    either.insert(either.end(), counter.begin(), counter.end());
    ToyProgram alone({either}, 0, 1);
    const CheckResult found = check(alone, options);
    CHECK_FALSE(found.complete);
    CHECK(found.verdict == Verdict::Fail);
  }

  TEST_CASE("with too little memory to look for cycles the property is left unjudged") {
    ToyProgram program = testing::endless_loop();
    StateGraph graph(program, {.properties = {}});
    explore_all(graph);
    CHECK_FALSE(FairCycles(graph, Fairness::Strong, {}, 0).was_judged());
    CHECK(FairCycles(graph, Fairness::Strong).was_judged());
    // Where no cycle can be, no memory is needed to see it.
    ToyProgram straight = testing::counters(2, 3, 0);
    StateGraph lattice(straight, {.properties = {}});
    explore_all(lattice);
    CHECK(FairCycles(lattice, Fairness::Strong, {}, 0).was_judged());
  }
}

}  // namespace lockweave
