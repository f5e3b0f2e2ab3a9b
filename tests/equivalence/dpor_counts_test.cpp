// Optimal DPOR on the machine explores exactly one execution of each Mazurkiewicz trace: counts of the literature, and counts without any
// reduction on small programs with locks of all kinds.
#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>

#include "checker/check.h"
#include "model/base/random.h"
#include "model/machine.h"
#include "tests/support/counted_programs.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/trace_count.h"

namespace lockweave {
namespace {

namespace counted = testing::counted;
using counted::CountedProgram;

design::Design every_opcode() {
  auto design = design::DesignCatalog().load("textbook");
  REQUIRE(design);
  design->switch_points = design::SwitchPoints::EveryOpcode;
  return *design;
}

std::unique_ptr<Machine> load(const std::string& text) {
  const testing::TemporaryFolder folder;
  const auto scenario = scenario::load_scenario(folder.write("counted.txtar", text));
  REQUIRE(scenario);
  auto machine = Machine::load(*scenario, every_opcode(), {});
  REQUIRE(machine);
  return std::move(*machine);
}

CheckResult explore(System& system) {
  CheckOptions options;
  options.strategy = explore::Strategy::Dpor;
  options.explore.keep_going = true;
  return check(system, options);
}

struct Counts {
  std::uint64_t executions = 0;
  std::uint64_t deadlocked = 0;
};

void check_counts(const std::string& text, Counts counts) {
  CAPTURE(text);
  const CheckResult result = explore(*load(text));
  CHECK(result.complete);
  CHECK(result.stats.executions == counts.executions);
  CHECK(result.stats.deadlocked == counts.deadlocked);
  CHECK(result.stats.sleep_blocked == 0);
}

void check_counts(const CountedProgram& program, Counts counts) { check_counts(program.scenario(), counts); }

// Whatever order the threads are made in.
void check_every_order(const CountedProgram& program, Counts counts) {
  std::vector<std::size_t> order(program.threads.size());
  std::iota(order.begin(), order.end(), 0u);
  int orders = 0;
  do {
    check_counts(program.scenario(order), counts);
  } while (std::next_permutation(order.begin(), order.end()) && ++orders < 24);
  std::ranges::reverse(order);
  check_counts(program.scenario(order), counts);
}

// Small programs over two globals, locks of all kinds, a lock used as a signal, an event, a semaphore, a condition.
class RandomLocks {
 public:
  explicit RandomLocks(std::uint64_t seed) : random_(seed * 6151 + 11) {}

  CountedProgram program() {
    CountedProgram program;
    program.setup =
        "x = y = 0\nlock = threading.Lock()\nother = threading.Lock()\nreentrant = threading.RLock()\nsignal = threading.Lock()\nsignal.acquire()\n"
        "event = threading.Event()\nsemaphore = threading.Semaphore(1)\ncondition = threading.Condition()\n";
    const std::uint64_t count = 2 + random_.below(2);
    for (std::uint64_t thread = 0; thread < count; ++thread) {
      program.setup += "def run_" + std::to_string(thread) + "():\n    global x, y\n";
      const std::uint64_t statements = count == 2 ? 1 + random_.below(3) : 1 + random_.below(2);
      for (std::uint64_t i = 0; i < statements; ++i) add(program.setup, "    ", 0);
      program.threads.push_back("run_" + std::to_string(thread) + "()");
    }
    return program;
  }

 private:
  void add(std::string& text, const std::string& indent, int depth) {
    const auto line = [&](const std::string& words) { text += indent + words + "\n"; };
    const auto block = [&](const std::string& head, const std::string& last) {
      line(head);
      add(text, indent + "    ", depth + 1);
      if (!last.empty()) text += indent + "    " + last + "\n";
    };
    const char* name = random_.below(2) == 0 ? "lock" : "other";
    switch (random_.below(depth > 1 ? 4 : 18)) {
      case 0: return line("x");
      case 1: return line("x = 1");
      case 2: return line("y");
      case 3: return line("y = x");
      case 4: case 5: return block(std::string("with ") + name + ":", "");
      case 6: return block(std::string("if ") + name + ".acquire(False):", std::string(name) + ".release()");
      case 7: return block(std::string("if ") + name + ".acquire(timeout=1):", std::string(name) + ".release()");
      case 8: return block("with reentrant:", "");
      case 9: return line("signal.acquire()");
      case 10: case 11: return block("if signal.locked():", "signal.release()");
      case 12: return line("signal.release()");
      case 13: return line("event.set()");
      case 14: return line("event.wait()");
      case 15: return block("with semaphore:", "");
      case 16: return line("with condition: condition.notify()");
      default: return line("with condition: condition.wait()");
    }
  }

  Random random_;
};

std::uint64_t factorial(std::uint64_t n) { return n < 2 ? 1 : n * factorial(n - 1); }
// How many programs were small enough to be counted.
int compare_with_count(std::uint64_t first_seed, int programs) {
  int compared = 0;
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const std::string text = RandomLocks(seed).program().scenario();
    CAPTURE(seed);
    CAPTURE(text);
    const auto machine = load(text);
    const CheckResult result = explore(*machine);
    machine->tell_objects_apart(true);
    const auto expected = testing::count_traces(*machine, 4000);
    if (!expected) continue;
    ++compared;
    CHECK(result.complete);
    CHECK(result.stats.executions == expected->executions);
    CHECK(result.stats.deadlocked == expected->deadlocked);
    CHECK(result.stats.sleep_blocked == 0);
  }
  return compared;
}

std::uint64_t lastzero_traces(std::uint32_t n) { return std::uint64_t{n + 3} << (n - 2); }

}  // namespace

TEST_SUITE("dpor counts") {
  TEST_CASE("readers: 2^n") {
    check_every_order(counted::readers(2), {4, 0});
    check_counts(counted::readers(8), {256, 0});
    check_counts(counted::readers(13), {8192, 0});
  }

  TEST_CASE("writers: n!") {
    check_every_order(counted::writers(4), {24, 0});
    for (const std::uint32_t n : {2u, 3u, 5u, 6u, 8u}) check_counts(counted::writers(n), {factorial(n), 0});
  }

  TEST_CASE("lastzero: (n + 3) * 2^(n - 2)") {
    check_every_order(counted::lastzero(3), {12, 0});
    check_every_order(counted::lastzero(5), {64, 0});
    check_counts(counted::lastzero(10), {3328, 0});
  }

  TEST_CASE("indexer: 8^(n - 11)") {
    check_counts(counted::indexer(11), {1, 0});
    check_every_order(counted::indexer(12), {8, 0});
  }

  TEST_CASE("filesystem: 2^(n - 13)") {
    check_counts(counted::filesystem(13), {1, 0});
    check_counts(counted::filesystem(14), {2, 0});
    check_counts(counted::filesystem(16), {8, 0});
    check_counts(counted::filesystem(18), {32, 0});
  }

  TEST_CASE("a lock taken m times by each of n threads: (nm)! / m!^n") {
    check_every_order(counted::mutex(2, 2), {6, 0});
    check_every_order(counted::mutex(3, 2), {90, 0});
    check_counts(counted::mutex(5, 2), {113'400, 0});
  }

  TEST_CASE("two locks in two orders: two executions end, one does not") { check_every_order(counted::two_orders(), {3, 1}); }

  TEST_CASE("philosophers who take the left fork first: 2^n - 2 meals, one deadlock") {
    for (const std::uint32_t n : {2u, 3u, 4u}) check_every_order(counted::philosophers(n), {(1u << n) - 1, 1});
    check_counts(counted::philosophers(5), {31, 1});
  }

  TEST_CASE("what the library makes of locks: whoever comes first, and who waited is no difference") {
    const auto threads_of = [](const std::string& setup, const std::vector<std::string>& bodies) {
      CountedProgram program{setup, {}};
      for (std::size_t i = 0; i < bodies.size(); ++i) {
        program.setup += "def run_" + std::to_string(i) + "():\n" + bodies[i];
        program.threads.push_back("run_" + std::to_string(i) + "()");
      }
      return program;
    };
    const std::string event = "event = threading.Event()\n", condition = "condition = threading.Condition()\nready = False\n";
    check_every_order(threads_of(event, {"    event.set()\n", "    event.wait()\n"}), {2, 0});
    check_every_order(threads_of(condition, {"    global ready\n    with condition:\n        ready = True\n        condition.notify()\n",
                                             "    with condition:\n        while not ready: condition.wait()\n"}), {2, 0});
    // A notification that comes too early is lost.
    check_every_order(threads_of(condition, {"    with condition: condition.notify()\n", "    with condition: condition.wait()\n"}), {2, 1});
    // Either takes it first; the other asks before or after it is given back.
    const std::string both = "    semaphore.acquire()\n    semaphore.release()\n";
    check_every_order(threads_of("semaphore = threading.Semaphore(1)\n", {both, both}), {4, 0});
    const std::string meet = "    barrier.wait()\n";
    check_every_order(threads_of("barrier = threading.Barrier(2)\n", {meet, meet}), {2, 0});
    check_every_order(threads_of("import queue\nitems = queue.Queue()\n", {"    items.put(1)\n", "    items.get()\n"}), {2, 0});
    // In turn: fails, succeeds before, succeeds after.
    const std::string lock = "lock = threading.Lock()\n", take = "    lock.acquire()\n    lock.release()\n";
    check_every_order(threads_of(lock, {take, "    if lock.acquire(False): lock.release()\n"}), {3, 0});
    check_every_order(threads_of(lock, {take, take, "    if lock.acquire(False): lock.release()\n"}), {10, 0});
    check_every_order(threads_of(lock, {take, "    lock.locked()\n"}), {3, 0});
  }

  TEST_CASE("philosophers whose forks are made elsewhere: in an object, in a function, after a thread has started, by a thread") {
    const std::string eat = "def eat(left, right):\n    with left:\n        with right:\n            pass\n";
    const std::string start = "for thread in threads: thread.start()\nfor thread in threads: thread.join()\n";
    const auto program = [&](const std::string& forks) { return "Forks.\n-- main.py --\nimport threading\n" + eat + forks + start; };
    const std::string seats = "threads = [threading.Thread(target=eat, args=(forks[i], forks[(i + 1) % 3])) for i in range(3)]\n";
    check_counts(program("class Table:\n    def __init__(self):\n        self.forks = [threading.Lock() for _ in range(3)]\nforks = Table().forks\n" + seats), {7, 1});
    check_counts(program("def make():\n    forks = []\n    for _ in range(3): forks.append(threading.Lock())\n    return forks\nforks = make()\n" + seats), {7, 1});
    const std::string early = "def nothing(): pass\nearly = threading.Thread(target=nothing)\nearly.start()\n";
    check_counts(program(early + "forks = [threading.Lock() for _ in range(3)]\n" + seats) + "early.join()\n", {7, 1});
    const std::string host = "def host():\n    forks = [threading.Lock() for _ in range(3)]\n    " + seats +
                             "    for thread in threads: thread.start()\n    for thread in threads: thread.join()\n";
    check_counts(program(host + "threads = [threading.Thread(target=host)]\n"), {7, 1});
  }

  TEST_CASE("as many executions as there are traces, counted without any reduction, on random programs with locks of all kinds") {
    CHECK(compare_with_count(1, 400) > 350);
  }

  TEST_CASE("nightly: as many executions as there are traces, on random programs with locks of all kinds" * doctest::skip()) {
    CHECK(compare_with_count(1000, 1500) > 1250);
  }

  TEST_CASE("nightly: large counts of the literature" * doctest::skip()) {
    check_counts(counted::lastzero(15), {lastzero_traces(15), 0});
    check_counts(counted::indexer(15), {4096, 0});
    check_counts(counted::philosophers(6), {63, 1});
  }
}

}  // namespace lockweave
