// With interchangeable threads as one, the search finds the ends, the deadlocks and the broken properties that it finds without.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <map>
#include <memory>
#include <set>

#include "checker/check.h"
#include "model/base/check.h"
#include "model/base/random.h"
#include "model/machine.h"
#include "tests/support/mistaken_system.h"
#include "tests/support/temporary_folder.h"

namespace lockweave {
namespace {

using explore::Reduction;
using explore::Reductions;

struct Findings {
  std::set<std::string> ends;
  std::set<PropertyWord> broken;
  std::map<PropertyWord, std::uint32_t> preemptions;  // of counterexamples said to be minimal
  std::set<std::string> notes;
  Verdict verdict = Verdict::Pass;
  std::uint64_t states = 0;
  bool complete = false;
  bool was_left_out = false;
};

std::string text_of(const Outcome& outcome) {
  std::string text;
  for (const ThreadEnd& thread : outcome.threads) text += thread.name + ": " + thread.end + "\n" + thread.output;
  for (const auto& [name, how] : outcome.modules) text += name + " " + how + "\n";
  return text;
}

struct Ways {
  Reductions others = Reductions::none();
  unsigned jobs = 1;
};

// `mistake`: what the machine gets wrong; may be null.
Findings findings(const std::string& text, const design::Design& design, bool symmetry, const Ways& ways = {}, const testing::Mistake* mistake = nullptr) {
  const testing::TemporaryFolder folder;
  const auto scenario = scenario::load_scenario(folder.write("alike.txtar", text));
  REQUIRE(scenario);
  auto machine = Machine::load(*scenario, design, {.verify_states = symmetry});
  REQUIRE(machine);
  CheckOptions how;
  how.strategy = explore::Strategy::Exhaustive;
  how.explore.keep_going = true;
  how.explore.budget.max_states = 60'000;
  how.explore.want_outcomes = true;
  how.explore.reductions = ways.others;
  how.explore.jobs = ways.jobs;
  how.explore.reductions.remove(Reduction::Symmetry);
  if (symmetry) how.explore.reductions.add(Reduction::Symmetry);
  const std::unique_ptr<System> mistaken = mistake != nullptr ? testing::mistaken(**machine, *mistake) : nullptr;
  const CheckResult result = check(mistaken != nullptr ? *mistaken : **machine, how);
  Findings found{.ends = {}, .broken = {}, .preemptions = {}, .notes = {}, .verdict = result.verdict, .states = result.stats.states, .complete = result.complete, .was_left_out = false};
  for (const CheckedOutcome& reached : result.outcomes) found.ends.insert(text_of(reached.outcome));
  for (const CheckedViolation& violation : result.violations) {
    found.broken.insert(violation.property);
    if (violation.minimal) found.preemptions[violation.property] = violation.preemptions;
  }
  for (const std::string& note : result.notes) found.was_left_out = found.was_left_out || note.find("symmetry was left out") != std::string::npos;
  return found;
}

// True: small enough to be compared.
bool compare(const std::string& text, const design::Design& design, const Ways& ways = {}, std::uint64_t* fewer = nullptr) {
  CAPTURE(text);
  const Findings all = findings(text, design, false, ways);
  if (!all.complete) return false;
  const Findings alike = findings(text, design, true, ways);
  REQUIRE(alike.complete);
  CHECK(alike.ends == all.ends);
  CHECK(alike.broken == all.broken);
  CHECK(alike.preemptions == all.preemptions);
  CHECK(alike.verdict == all.verdict);
  if (ways.jobs > 1) {
    const Findings alone = findings(text, design, true, {.others = ways.others, .jobs = 1});
    CHECK(alone.states == alike.states);
    CHECK(alone.was_left_out == alike.was_left_out);
  }
  if (fewer != nullptr && alike.states < all.states) ++*fewer;
  return true;
}

design::Design loaded(const char* name) {
  auto design = design::DesignCatalog().load(name);
  REQUIRE(design);
  return *design;
}

std::string with_main(const std::string& before, const std::string& function, const std::string& main) {
  return "-- main.py --\nimport threading\n" + before + "\ndef work():\n" + function + "\n" + main + "\n-- m.py --\nx = 1\n";
}

constexpr const char* counting = "    global n\n    with lock:\n        n += 1\n        print(n)";
constexpr const char* list_of_three = "threads = [threading.Thread(target=work) for _ in range(3)]\n";
constexpr const char* start_and_join = "for t in threads: t.start()\nfor t in threads: t.join()\n";

// One function for all threads, of a few statements; main may do something before, between and after.
class AlikeProgram {
 public:
  explicit AlikeProgram(std::uint64_t seed) : random_(seed) {}

  std::string text() {
    std::string work = "    global n, owner\n";
    for (std::uint64_t left = 1 + random_.below(3); left > 0; --left) work += guarded(pick(random_.below(20) == 0 ? telling : statements));
    const std::string threads = random_.below(3) == 0 ? make_threads_of_two_kinds() : make_threads();
    std::string main = threads + "for t in threads:\n    t.start()\n";
    if (random_.below(6) == 0) main += "    " + pick(between) + "\n";
    if (random_.below(2) == 0) main += pick(between) + "\n";
    main += make_joins() + pick(between) + "\nprint(n, seen, len(table))\n";
    std::string globals = "import lockweave, queue, sys, weakref\nn = 0\nowner = None\nseen = []\ntable = {}\nidents = set()\nlock = threading.Lock()\nother = threading.RLock()\n"
                          "gate = threading.Event()\nroom = threading.Condition()\nlocal = threading.local()\nline = queue.Queue()\npair = threading.Semaphore(1)\n"
                          "class Thing: pass\nthing = Thing()\nknown = weakref.ref(thing)\n";
    if (random_.below(8) == 0) globals += "lockweave.invariant(lambda: n < 3)\n";
    if (random_.below(8) == 0) globals += "lockweave.sometimes(lambda: len(table) == 2)\n";
    globals += "def unlike():\n    global n, owner\n" + guarded(pick(statements));
    return with_main(globals, work, main) + "-- a.py --\nimport b\nx = 1\n-- b.py --\nimport a\ny = 1\n-- bad.py --\nimport m\nraise KeyError\n";
  }

 private:
  using Texts = std::vector<std::string>;
  const Texts statements{
      "n += 1", "n += 1", "n = n * 2 + 1", "seen.append(n)", "print(n)", "gate.set()", "gate.wait()", "if n == 2: raise ValueError", "import m", "import a", "import b",
      "import bad", "sys.modules.pop('m', None)", "table[threading.get_ident()] = n", "print(table.get(threading.get_ident()))", "print(len(table))", "print(list(table.values()))",
      "for key in list(table): table[key] += 1", "idents.add(threading.get_ident())", "print(len(idents))", "owner = threading.get_ident()", "print(owner == threading.get_ident())",
      "local.x = n; n += 1; print(local.x)", "line.put(n)", "print(line.get())", "print(line.empty())", "print(lockweave.choose(2))", "pair.acquire()", "pair.release()",
      "mine = Thing(); seen.append(mine is thing); del mine", "thing.x = n", "print(hasattr(thing, 'x'))", "print(known() is None)", "print(lock.acquire(timeout=1))",
      "child = threading.Thread(target=unlike); child.start(); child.join()", "print(threads[0] is threads[1])", "if n < 3: threading.Thread(target=work).start(); n += 3",
      "print(str(threading.get_ident()))", "raise SystemExit"};
  const Texts telling{"print(threading.current_thread().name)", "print(threading.active_count())", "threading.main_thread().join()", "print(threads[0].is_alive())", "print(threads[0].name)",
                      "seen.append(hash(threading.get_ident()))", "if n == 1: threads[1].join()"};
  const Texts between{"", "", "", "n += 1", "print(n)", "lock.acquire(); n += 1; lock.release()", "gate.wait()", "gate.set()", "import m", "import a", "pair.release()", "other.acquire()",
                      "with room: room.notify_all()", "line.put(5)", "del thing", "table.clear()"};

  const std::string& pick(const Texts& from) { return from[random_.below(from.size())]; }

  std::string guarded(const std::string& statement) {
    switch (random_.below(8)) {
      case 0: return "    with lock:\n        " + statement + "\n";
      case 1: return "    if lock.acquire(False):\n        " + statement + "\n        lock.release()\n";
      case 2: return "    other.acquire()\n    " + statement + (random_.below(3) == 0 ? "\n" : "\n    other.release()\n");
      case 3: return "    with room:\n        " + statement + (random_.below(2) == 0 ? "\n        room.wait()\n" : "\n        room.notify()\n");
      case 4: return "    try:\n        " + statement + "\n    except Exception as error:\n        print(type(error).__name__)\n";
      default: return "    " + statement + "\n";
    }
  }

  std::string make_threads() {
    switch (random_.below(5)) {
      case 0: return "threads = [threading.Thread(target=work), threading.Thread(target=work)]\n";
      case 1: return "threads = [threading.Thread(target=work, daemon=True) for _ in range(2)]\n";
      case 2: return "threads = [threading.Thread(target=work, name='same') for _ in range(2)]\n";
      case 3: return "threads = []\ndef make():\n    for _ in range(2): threads.append(threading.Thread(target=work))\nmake()\n";
      default: return "threads = [threading.Thread(target=work) for _ in range(2)]\n";
    }
  }

  std::string make_threads_of_two_kinds() {
    switch (random_.below(3)) {
      case 0: return "threads = [threading.Thread(target=work), threading.Thread(target=unlike), threading.Thread(target=work)]\n";
      case 1: return "threads = [threading.Thread(target=f) for f in (unlike, work, work)]\n";
      default: return "threads = [threading.Thread(target=f) for f in (work, unlike, unlike)]\n";
    }
  }

  std::string make_joins() {
    switch (random_.below(8)) {
      case 0: return "for t in reversed(threads):\n    t.join()\n";
      case 1: return "for t in threads:\n    t.join()\n    print(n)\n";
      case 2: return "threads[-1].join()\n";
      case 3: return "threads[0].join()\n" + pick(between) + "\nthreads[-1].join()\n";
      case 4: return "";
      default: return "for t in threads:\n    t.join()\n";
    }
  }

  Random random_;
};

std::string random_alike(std::uint64_t seed) { return AlikeProgram(seed).text(); }

}  // namespace

TEST_CASE("interchangeable threads: fewer states, the same findings") {
  for (const char* name : {"textbook", "no-lock", "cpython-3.12"}) {
    if (!design::DesignCatalog().load(name)) continue;
    CAPTURE(std::string(name));
    const std::string text = with_main("", "    import m", std::string("threads = [threading.Thread(target=work) for _ in range(2)]\n") + start_and_join);
    const Findings all = findings(text, loaded(name), false);
    const Findings alike = findings(text, loaded(name), true);
    CHECK(alike.ends == all.ends);
    CHECK(alike.broken == all.broken);
    CHECK(alike.states * 10 < all.states * 8);
    CHECK_FALSE(alike.was_left_out);
  }
  const std::string three = with_main("n = 0\nlock = threading.Lock()", counting, std::string(list_of_three) + start_and_join + "print(n)");
  const Findings all = findings(three, loaded("textbook"), false);
  const Findings alike = findings(three, loaded("textbook"), true);
  CHECK(all.ends.size() == 6);
  CHECK(alike.ends == all.ends);
  CHECK(alike.states * 2 < all.states);
}

TEST_CASE("threads that a program tells apart are not taken for each other") {
  const std::string globals = "n = 0\nlock = threading.Lock()\nseen = {}\nresults = [0, 0]\nready = threading.Event()";
  const std::string two = "threads = [threading.Thread(target=work) for _ in range(2)]\n";
  const std::vector<std::string> programs{
      with_main(globals, "    print(threading.current_thread().name)", two + start_and_join),
      with_main(globals, "    global n\n    n += 1\n    seen[threading.get_ident()] = n", two + start_and_join + "for t in threads: print(seen[t.ident])"),
      with_main(globals, "    global n\n    n += 1\n    print(n)\n    ready.set()", "a = threading.Thread(target=work); b = threading.Thread(target=work)\na.start(); ready.wait(); b.start(); a.join(); b.join()"),
      with_main(globals, "    global n\n    n += 1\n    if threading.current_thread() is threads[0]: print('first', n)", two + start_and_join),
      with_main(globals, "    global n\n    n += 1", two + "for t in threads: t.start()\nprint(threads[0].is_alive())\nfor t in threads: t.join()"),
      with_main(globals, "    global n\n    n += 1", two + "for t in threads: t.start()\nthreads[0].join()\nprint(n)\nthreads[1].join()"),
      with_main(globals, "    global n\n    n += 1", two + "for t in threads: t.start()\nthreads[0].join(0.1)\nprint(n)\nthreads[0].join(); threads[1].join()"),
      with_main(globals, "    global n\n    n += 1", two + "for t in threads: t.start()\nfor t in threads:\n    t.join()\n    print('joined')"),
      with_main(globals, "    lock.acquire()", two + "for t in threads: t.start()\nfor t in threads:\n    t.join()\n    print('joined')"),
      with_main(globals, "    global n\n    if threading.get_ident() == threads[0].ident: n = 5\n    print(n)", two + start_and_join),
      with_main(globals + "\ndef put(i):\n    global n\n    n += 1\n    results[i] = n", "    pass", "threads = [threading.Thread(target=put, args=(i,)) for i in range(2)]\n" + std::string(start_and_join) + "print(results)"),
      with_main(globals + "\ndef put(i):\n    global n\n    n += 1\n    print(n)", "    pass", "threads = [threading.Thread(target=put, args=(7,)) for i in range(2)]\n" + std::string(start_and_join)),
      with_main(globals + "\nclass Mine(threading.Thread):\n    def run(self):\n        global n\n        n += 1\n        self.mine = n", "    pass", "threads = [Mine(), Mine()]\n" + std::string(start_and_join) + "print([t.mine for t in threads])"),
      with_main(globals, "    global n\n    n += 1\n    child = threading.Thread(target=print, args=(n,))\n    child.start()\n    child.join()", two + start_and_join),
      with_main(globals, "    global n\n    n += 1\n    if n == 1: threads[1].join()", two + start_and_join),
      with_main(globals, "    global n\n    n += 1\n    print(n)", "threads = [threading.Thread(target=work, daemon=d) for d in (True, False)]\nfor t in threads: t.start()\nthreads[1].join()\nprint(n)"),
      with_main(globals, "    global n\n    n += 1", "threads = []\nfor _ in range(2):\n    t = threading.Thread(target=work)\n    t.start()\n    threads.append(t)\nfor t in threads: t.join()\nprint(n)"),
      with_main(globals, "    global n\n    n += 1\n    print(n)", "for _ in range(2): threading.Thread(target=work).start()"),
      with_main(globals, "    global n\n    n += 1\n    if n == 2: raise ValueError", two + "def hook(args):\n    print(args.thread.name)\nthreading.excepthook = hook\n" + start_and_join),
      with_main(globals, "    global n\n    n += 1", two + "for t in threads: t.start()\nthreads[0].extra = 1\nfor t in threads: t.join()\nprint(n, [hasattr(t, 'extra') for t in threads])"),
      with_main(globals, "    with lock:\n        pass", two + "lock.acquire()\n" + start_and_join),
      with_main(globals, "    global n\n    n += 1\n    print(n)", "def run():\n    ts = [threading.Thread(target=work) for _ in range(2)]\n    for t in ts: t.start()\n    for t in ts: t.join()\nrun()\nprint(n)"),
      with_main(globals, "    global n\n    n += 1", "a = threading.Thread(target=work); b = threading.Thread(target=work); c = threading.Thread(target=work)\na.start(); a.join()\nb.start(); c.start(); c.join(); b.join()\nprint(n)"),
      with_main(globals, "    print(len(threading.enumerate()))", two + start_and_join),
      with_main(globals, "    global n\n    if lock.acquire(False):\n        ready.set()\n        n += 1\n    else:\n        ready.wait()\n        n += 1", two + std::string(start_and_join) + "print(n)"),
      with_main(globals, "    global n\n    n += 1\n    seen[hash(threading.get_ident())] = n\n    if n == 2: print(seen.get(hash(threading.get_ident())), len(seen))", two + start_and_join),
      with_main(globals, "    global n\n    n += 1\n    seen[(threading.get_ident(), 1)] = n\n    print(seen.get((threading.get_ident(), 1)))", two + start_and_join),
      with_main(globals, "    me = threading.get_ident()\n    seen[me] = 0\n    for other in list(seen):\n        if other != me: seen[other] += 1\n    print(seen[me])", two + start_and_join),
  };
  for (const std::string& text : programs) CHECK(compare(text, loaded("textbook")));
}

namespace {

// Alone, beside the other reductions, on two cores. Not beside persistent sets, which leave states out where symmetry does not.
Ways ways_for(std::uint64_t seed) {
  Reductions others = seed % 2 == 0 ? Reductions::all() : Reductions::none();
  others.remove(Reduction::PersistentSets);
  return {.others = others, .jobs = seed % 5 == 0 ? 2U : 1U};
}

struct Count {
  std::uint64_t compared = 0;
  std::uint64_t fewer = 0;
};

void compare_random(const char* design, std::uint64_t first, std::uint64_t last, Count& count) {
  if (!design::DesignCatalog().load(design)) return;
  CAPTURE(std::string(design));
  for (std::uint64_t seed = first; seed <= last; ++seed) {
    CAPTURE(seed);
    count.compared += compare(random_alike(seed), loaded(design), ways_for(seed), &count.fewer) ? 1 : 0;
  }
}

}  // namespace

TEST_CASE("random programs of interchangeable threads: the same findings with symmetry") {
  Count count;
  compare_random("textbook", 1, 44, count);
  compare_random("no-lock", 61, 72, count);
  CHECK(count.compared > 40);
  CHECK(count.fewer > 8);
}

TEST_CASE("like threads put in order wrongly are noticed") {
  struct Noticed {};
  const FailureHook before = set_failure_hook([](const BrokenInvariant&) { throw Noticed(); });
  const design::Design design = loaded("textbook");
  for (const testing::Mistake& mistake : testing::mistakes_of_symmetry()) {
    const auto is_noticed = [&](std::uint64_t seed) {
      const std::string text = random_alike(seed);
      const Findings all = findings(text, design, false);
      if (!all.complete) return false;
      try {
        const Findings wrong = findings(text, design, true, {}, &mistake);
        return wrong.ends != all.ends || wrong.broken != all.broken || wrong.verdict != all.verdict;
      } catch (const Noticed&) {
        return true;
      }
    };
    std::uint64_t seed = 1;
    while (seed <= 60 && !is_noticed(seed)) ++seed;
    MESSAGE(mistake.name << ": program " << seed);
    CHECK(seed <= 60);
  }
  set_failure_hook(before);
}

TEST_CASE("nightly: random programs of interchangeable threads" * doctest::skip()) {
  Count count;
  for (const char* name : {"textbook", "no-lock", "per-module", "cpython-3.8", "cpython-3.12"}) compare_random(name, 1000, 1059, count);
  CHECK(count.compared > 100);
  CHECK(count.fewer > 25);
}

}  // namespace lockweave
