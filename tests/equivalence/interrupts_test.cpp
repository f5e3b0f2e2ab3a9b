// Programs whose threads are broken into (lockweave.interrupt): every way to explore finds the same.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/random.h"
#include "model/design/design.h"
#include "tests/support/sanitized.h"
#include "tests/support/ways.h"

namespace lockweave {
namespace {

constexpr std::string_view kBegin = R"(import threading
import time

import lockweave


class Stop(BaseException):
    pass


n = 0
d = {}
lock = threading.Lock()
again = threading.RLock()
event = threading.Event()


def count():
    global n
    n = n + 10


def take():
    with lock:
        d['handler'] = n


def stop():
    raise Stop


def tell():
    event.set()
    print('told')


def let():
    if lock.locked():
        lock.release()


)";

constexpr std::string_view kHandlers[] = {"count", "take", "stop", "tell", "let"};

constexpr std::string_view kStatements[] = {
    "n = n + 1",
    "with lock:\n    n = n + 1",
    "with again:\n    n = n + 1",
    "print(n)",
    "lockweave.io()",
    "d['k'] = d.get('k', 0) + 1",
    "try:\n    lock.acquire()\nfinally:\n    lock.release()",
    "if lock.acquire(False):\n    lock.release()",
    "if lock.acquire(timeout=1):\n    lock.release()",
    "with again:\n    with lock:\n        d['l'] = n",
    "print(lockweave.choose(2))",
    "event.wait(1)",
};

std::string indented(std::string_view text, int depth) {
  const std::string margin(static_cast<std::size_t>(4 * depth), ' ');
  std::string out = margin;
  for (const char c : text) {
    out += c;
    if (c == '\n') out += margin;
  }
  return out + "\n";
}

// Of this thread, as it is called there.
std::string registration(Random& random, std::string_view thread) {
  const std::string_view handler = kHandlers[random.below(std::size(kHandlers))];
  switch (random.below(3)) {
    case 0: return fmt::format("lockweave.interrupt({}, Stop, kind='async-exception')", thread);
    case 1: return fmt::format("lockweave.interrupt({}, {}, kind='finalizer')", thread, handler);
    default: return fmt::format("lockweave.interrupt({}, {})", thread, handler);
  }
}

std::string body(Random& random, std::vector<std::string> statements) {
  const std::size_t length = 1 + random.below(2);
  for (std::size_t i = 0; i < length; ++i) {
    const auto place = static_cast<std::ptrdiff_t>(random.below(statements.size() + 1));
    statements.insert(statements.begin() + place, std::string(kStatements[random.below(std::size(kStatements))]));
  }
  std::string out;
  for (const std::string& statement : statements) out += indented(statement, 2);
  return out;
}

std::string random_program(std::uint64_t seed) {
  Random random(seed);
  std::string text = "-- main.py --\n" + std::string(kBegin);
  const bool has_thread = random.below(4) != 0;
  const auto maybe = [&](std::vector<std::string>& to, unsigned one_in, std::string_view thread) {
    if (random.below(one_in) == 0) to.push_back(registration(random, thread));
  };
  if (has_thread) {
    std::vector<std::string> first;
    maybe(first, 3, "threading.current_thread()");
    maybe(first, 4, "threading.main_thread()");
    text += "def work():\n    global n\n    try:\n" + body(random, first) + "    except Stop:\n        print('stopped')\n\n\n";
    text += "thread = threading.Thread(target=work)\n";
  }
  text += "def main():\n    global n\n    try:\n";
  std::vector<std::string> statements;
  maybe(statements, 2, "threading.main_thread()");
  if (has_thread) {
    statements.push_back("thread.start()");
    maybe(statements, 2, "thread");
  } else if (statements.empty()) {
    statements.push_back(registration(random, "threading.main_thread()"));
  }
  std::string rest = body(random, {});
  for (const std::string& statement : statements) text += indented(statement, 2);
  text += rest + "    except Stop:\n        print('stopped')\n\n\nmain()\n";
  if (has_thread) text += "thread.join()\n";
  return text + "print(n)\n";
}

// What the program prints and how its threads end, in all its executions; every way must find just that.
std::set<std::string> outcomes(const std::string& program, const char* design_name) {
  const auto design = design::DesignCatalog().load(design_name);
  REQUIRE(design);
  const std::string text = "-- main.py --\nimport threading\nimport time\n\nimport lockweave\n\n\n" + program;
  testing::Machines machines(text, *design);
  const testing::Findings reference = testing::explore(machines, testing::ways().front(), 10'000);
  CHECK(reference.error == "");
  CHECK(reference.complete);
  for (const testing::Way& way : testing::ways().subspan(1)) {
    testing::Machines others(text, *design);
    CHECK(testing::difference(reference, way, testing::explore(others, way, 10'000)) == "");
  }
  return reference.outcomes;
}

struct Compared {
  int programs = 0;
  int complete = 0;
  std::string differences;
};

Compared compare(std::uint64_t first_seed, int programs, const char* design_name, std::uint64_t max_states) {
  const auto design = design::DesignCatalog().load(design_name);
  Compared compared;
  if (!design) return compared;
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const std::string text = random_program(seed);
    testing::Machines machines(text, *design);
    const testing::Findings reference = testing::explore(machines, testing::ways().front(), max_states);
    ++compared.programs;
    REQUIRE_MESSAGE(reference.error.empty(), reference.error << "\n" << text);
    REQUIRE_MESSAGE(reference.mistake.empty(), reference.mistake << "\n" << text);
    if (!reference.complete) continue;
    ++compared.complete;
    unsigned number = 0;
    for (const testing::Way& way : testing::ways().subspan(1)) {
      if ((seed + number++) % way.share != 0) continue;
      testing::Machines others(text, *design);
      const std::string difference = testing::difference(reference, way, testing::explore(others, way, max_states));
      if (!difference.empty()) compared.differences += fmt::format("seed {} on {}:\n{}{}\n", seed, design_name, difference, text);
    }
  }
  MESSAGE(compared.programs << " programs with interrupts on " << std::string(design_name) << ", " << compared.complete << " of them explored completely");
  return compared;
}

}  // namespace

TEST_SUITE("equivalence") {
  // There is no switch point between `stage = 1` and the acquire, nor between that and `stage = 2`: 1 is only seen by a handler that breaks into the wait. Main waits
  // only if it comes while the other thread holds the lock, which movers would leave out: they take it that it could as well come later.
  TEST_CASE("a signal handler runs inside a wait for a lock that another thread holds for a moment") {
    const std::set<std::string> found = outcomes(R"(
lock = threading.Lock()
stage = 0
def handler():
    print(stage)
def other():
    with lock:
        len('a')
thread = threading.Thread(target=other)
thread.start()
lockweave.interrupt(threading.main_thread(), handler)
stage = 1
with lock:
    stage = 2
thread.join()
)", "textbook");
    const auto main_prints = [](const char* text) { return std::string("MainThread: finished\n") + text + "Thread-1 (other): finished\n"; };
    CHECK(found == std::set<std::string>{main_prints(""), main_prints("0\n"), main_prints("1\n"), main_prints("2\n")});
  }

  TEST_CASE("what a signal handler raises ends the sleep that it broke into, and what a finaliser raises is dropped") {
    constexpr const char* text = R"(
def bad():
    raise KeyError
lockweave.interrupt(threading.main_thread(), bad, kind='%s')
try:
    slept = False
    time.sleep(1)
    slept = True
except KeyError:
    print(slept)
)";
    const auto program = [&](const char* kind) { return std::string(text).replace(std::string(text).find("%s"), 2, kind); };
    const std::set<std::string> by_signal = outcomes(program("signal"), "textbook");
    CHECK(by_signal.contains("MainThread: finished\nFalse\n"));
    CHECK(by_signal.contains("MainThread: exception: KeyError\n"));  // before the try, or after
    CHECK(outcomes(program("finalizer"), "textbook") == std::set<std::string>{"MainThread: finished\n"});
  }

  TEST_CASE("an asynchronous exception does not come inside a blocking call") {
    const std::set<std::string> found = outcomes(R"(
lock = threading.Lock()
lock.acquire()
def work():
    with lock:
        pass
thread = threading.Thread(target=work)
thread.start()
lockweave.interrupt(thread, SystemExit, kind='async-exception')
)", "textbook");
    CHECK(found == std::set<std::string>{"MainThread: finished\nThread-1 (work): blocked\n", "MainThread: finished\nThread-1 (work): finished\n"});
  }

  TEST_CASE("an interrupt that another thread registers can come at any place from then on, also where nobody looks") {
    const std::set<std::string> found = outcomes(R"(
def work():
    stage = 0
    try:
        stage = len('a')
        stage = len('ab')
        stage = len('abc')
    except SystemExit:
        pass
    print(stage)
thread = threading.Thread(target=work)
thread.start()
lockweave.interrupt(thread, SystemExit, kind='async-exception')
thread.join()
)", "textbook");
    const auto prints = [](const char* text) { return std::string("MainThread: finished\nThread-1 (work): finished\n") + text; };
    CHECK(found == std::set<std::string>{prints(""), prints("0\n"), prints("1\n"), prints("2\n"), prints("3\n")});
  }

  TEST_CASE("two handlers come one after the other, or one inside the other") {
    const std::set<std::string> found = outcomes(R"(
def first():
    print('(')
    print(')')
def second():
    print('x')
lockweave.interrupt(threading.main_thread(), first)
lockweave.interrupt(threading.main_thread(), second)
len('a')
)", "textbook");
    for (const char* order : {"", "x\n", "(\n)\n", "x\n(\n)\n", "(\nx\n)\n", "(\n)\nx\n"}) CHECK(found.contains(std::string("MainThread: finished\n") + order));
    CHECK(found.size() == 6);
  }

  TEST_CASE("every way finds the same where threads are interrupted") {
    for (const char* design : {"textbook", "no-lock"}) {
      const Compared compared = compare(1, testing::is_sanitized ? 10 : 60, design, 3000);
      CHECK(compared.differences == "");
      CHECK(compared.complete * 3 > compared.programs);
    }
  }

  TEST_CASE("every way finds the same where threads are interrupted between nearly any two instructions") {
    const Compared compared = compare(10'000, testing::is_sanitized ? 5 : 30, "cpython-3.9", 6000);
    if (compared.programs == 0) return;
    CHECK(compared.differences == "");
    CHECK(compared.complete * 4 > compared.programs);
  }

  TEST_CASE("nightly: every way finds the same where threads are interrupted" * doctest::skip()) {
    for (const char* design : {"textbook", "no-lock", "cpython-3.8", "cpython-3.9", "cpython-3.10", "cpython-3.11", "cpython-3.13"}) CHECK(compare(100'000, 500, design, 20'000).differences == "");
  }
}

}  // namespace lockweave
