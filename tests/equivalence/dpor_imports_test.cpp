// DPOR finds in programs that import modules what the exhaustive search finds: the same outcomes, the same violations.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "model/base/text_file.h"
#include "tests/support/random_program.h"
#include "tests/support/ways.h"

namespace lockweave {
namespace {

using testing::Findings;
using testing::Way;

const Way& way(std::string_view name) { return *std::ranges::find(testing::ways(), name, &Way::name); }

struct Compared {
  int compared = 0;       // complete in both ways
  int judged_less = 0;    // complete exhaustively only
  int too_large = 0;
  int different = 0;
};

// Empty: they agree, or there is nothing to compare.
std::string compare(std::string_view text, const design::Design& design, std::uint64_t max_states, Compared& compared) {
  testing::Machines machines(text, design);
  const Findings reference = testing::explore(machines, way("exhaustive"), max_states);
  if (!reference.error.empty()) return {};
  if (!reference.complete) {
    ++compared.too_large;
    return {};
  }
  testing::Machines others(text, design);  // which have learnt nothing from the exhaustive search
  Findings found = testing::explore(others, way("dpor"), max_states);
  found.stats.sleep_blocked = 0;  // where locks are watched that happens; it is then incomplete, and says so
  ++(found.complete ? compared.compared : compared.judged_less);
  return testing::difference(reference, way("dpor"), found);
}

// Of those whose threads are daemons or come back to a state, DPOR says of itself that it has not followed everything: what it found is there, no more.
Compared compare_scenarios(const char* design_name, std::uint64_t max_states, std::size_t one_in) {
  Compared compared;
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return compared;  // that interpreter is not here
  const char* root = std::getenv("LOCKWEAVE_SOURCE_DIR");
  REQUIRE(root != nullptr);
  std::vector<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::filesystem::path(root) / "specs" / "scenarios")) {
    if (entry.path().extension() == ".txtar") paths.push_back(entry.path().string());
  }
  std::ranges::sort(paths);
  for (std::size_t i = 0; i < paths.size(); i += one_in) {
    const auto text = read_text_file(paths[i]);
    REQUIRE(text);
    if (const std::string found = compare(text->text(), *design, max_states, compared); !found.empty()) FAIL_CHECK(fmt::format("{} on {}: {}", paths[i], design_name, found));
  }
  return compared;
}

// Of programs with modules.
Compared compare_programs(const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states, bool weak_references = false) {
  constexpr int kMostTold = 2;
  Compared compared;
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return compared;
  for (std::uint64_t seed = first_seed; programs > 0 && compared.different < kMostTold; ++seed) {
    const testing::ProgramTree program = testing::random_program_tree(seed, {.weak_references = weak_references});
    if (program.files.size() < 2) continue;
    --programs;
    if (compare(program.text(), *design, max_states, compared).empty()) continue;
    ++compared.different;
    const auto is_different = [&](const testing::ProgramTree& candidate) {
      Compared again;
      return !compare(candidate.text(), *design, max_states, again).empty();
    };
    const auto small = testing::shrink(program, is_different, 150);
    Compared again;
    FAIL_CHECK(fmt::format("program {} on {}, made small:\n{}\n{}", seed, design_name, small.text(), compare(small.text(), *design, max_states, again)));
  }
  return compared;
}

}  // namespace

TEST_CASE("DPOR finds what is there in programs that import modules") {
  const Compared scenarios = compare_scenarios("no-lock", 2000, 2);
  CHECK(scenarios.compared > 30);
  CHECK(compare_programs("no-lock", 1, 40, 1000).compared > 15);
  CHECK(compare_programs("textbook", 1, 25, 1000).compared > 5);
  (void)compare_programs("cpython-3.12", 1, 20, 1500);
}

TEST_CASE("what only another order shows is found") {
  struct Example {
    std::string_view text;
    std::size_t outcomes;
    std::string_view design = "no-lock";
  };
  // What is in between is ordered by what the waiting step looks at later; a generator that runs is busy to others; who sees that an object is gone could
  // have come before that; what a step does before it joins a thread that has ended could have come before that end.
  constexpr Example examples[] = {
      {R"(
-- m.py --
import __main__; print(__main__.x)
-- main.py --
import threading
import sys
x = 0
b = threading.Lock()
def thread_0(n):
    with b:
        import m
t0 = threading.Thread(target=thread_0, args=(0,))
t1 = threading.Thread(target=thread_0, args=(1,))
t0.start()
t1.start()
print('m' in sys.modules)
)", 4},
      {R"(
-- main.py --
import threading
def numbers():
    for i in range(2):
        yield i
g = numbers()
def thread_0():
    for item in g: print(item)
def thread_1():
    g.close()
t0 = threading.Thread(target=thread_0)
t1 = threading.Thread(target=thread_1)
t0.start()
t1.start()
t0.join()
)", 4},
      {R"(
-- main.py --
import threading
import weakref
class C: pass
c = C()
r = weakref.ref(c)
def thread_0():
    global c
    c = None
def thread_1():
    print(r() is None)
t0 = threading.Thread(target=thread_0)
t1 = threading.Thread(target=thread_1)
t0.start()
t1.start()
)", 2},
      {R"(
-- main.py --
import threading
import lockweave
x = y = 0
def thread_0():
    lockweave.io()
def thread_1():
    global x, y
    lockweave.io()
    x = 1
    t0.join()
    y = 1
def thread_2():
    lockweave.io()
    print(x, y)
t0 = threading.Thread(target=thread_0)
t1 = threading.Thread(target=thread_1)
t2 = threading.Thread(target=thread_2)
t2.start()
t0.start()
t1.start()
)", 3, "gil-alone"},
  };
  for (const Example& example : examples) {
    CAPTURE(example.text);
    const auto design = design::DesignCatalog().load(std::string(example.design));
    REQUIRE(design);
    for (const std::string_view name : {"exhaustive", "dpor"}) {
      testing::Machines machines(example.text.substr(1), *design);
      const Findings found = testing::explore(machines, way(name), 5000);
      CHECK(found.complete);
      CHECK(found.outcomes.size() == example.outcomes);
    }
  }
}

TEST_CASE("nightly: DPOR finds what is there in programs that import modules" * doctest::skip()) {
  for (const char* design : {"no-lock", "textbook", "per-module", "global-lock", "cpython-3.8", "cpython-3.11", "cpython-3.12", "cpython-3.13"}) {
    (void)compare_scenarios(design, 4000, 1);
    (void)compare_programs(design, 1000, 30, 2500);
    (void)compare_programs(design, 5000, 30, 2500, true);
  }
}

}  // namespace lockweave
