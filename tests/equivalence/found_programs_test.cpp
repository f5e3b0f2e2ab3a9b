// What random programs on which two ways to explore differed were made small to.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "model/design/design.h"
#include "tests/support/ways.h"

namespace lockweave {
namespace {

std::string archive(const char* program) { return std::string("A program.\n-- main.py --\nimport threading\n") + program; }

std::string differences(const char* program, const char* design_name) {
  const auto design = design::DesignCatalog().load(design_name);
  REQUIRE(design);
  const std::string text = archive(program);
  testing::Machines machines(text, *design);
  const testing::Findings reference = testing::explore(machines, testing::ways().front(), 3000);
  REQUIRE(reference.complete);
  std::string all;
  for (const testing::Way& way : testing::ways().subspan(1)) {
    testing::Machines others(text, *design);
    all += testing::difference(reference, way, testing::explore(others, way, 3000));
  }
  return all;
}

}  // namespace

// main iterates when nobody else is left. For a while such a reading was not noted, and the order of the insertions counted for nothing.
TEST_CASE("the order in which threads insert keys is told by a dictionary that is read when they have ended") {
  CHECK(differences("d = {}\n"
                    "def thread_0():\n    d['j'] = 1\n"
                    "def thread_1():\n    pass\n"
                    "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1)]\n"
                    "for t in threads: t.start()\n"
                    "d['n'] = d.get('n', 0) + 1\n"
                    "for t in threads: t.join()\n"
                    "print(d)\n",
                    "textbook") == "");
}

// An observer is one location that every step writes: while the lock was taken nobody could come before its release, which hid the race with who took it.
TEST_CASE("dpor reverses who takes a lock first also where all steps depend on each other") {
  CHECK(differences("import queue, lockweave\n"
                    "d = {}\njobs = queue.Queue(1)\n"
                    "def thread_0():\n    pass\n"
                    "def thread_1():\n    print(jobs.empty())\n"
                    "lockweave.sometimes(lambda: 'k' in d)\n"
                    "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1)]\n"
                    "for t in threads: t.start()\n"
                    "jobs.put(1)\n",
                    "no-lock") == "");
}

// Nobody but the key's own __eq__ knows that it equals what the other thread looks for.
TEST_CASE("a key that compares itself is found under an equal one as soon as it is there") {
  CHECK(differences("class K:\n"
                    "    def __eq__(self, other):\n        return other == 1\n"
                    "    def __hash__(self):\n        return hash(1)\n"
                    "d = {}\n"
                    "def thread_0():\n    d[K()] = 1\n"
                    "def thread_1():\n    print(d.get(1), 1 in d)\n"
                    "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1)]\n"
                    "for t in threads: t.start()\n"
                    "for t in threads: t.join()\n",
                    "textbook") == "");
}

// A thread that has the last reference to a weak reference lets go of it, or another thread's frame has one besides: where that was not asked,
// the step was recalled with the wrong one of these ends, and on two cores there were more states than there are.
TEST_CASE("whether another frame keeps a weak reference alive decides what a step leads to") {
  const auto design = design::DesignCatalog().load("no-lock");
  REQUIRE(design);
  const std::string text = archive("import weakref, lockweave\n"
                                   "a = threading.Lock()\n"
                                   "class Thing:\n    pass\n"
                                   "box = [Thing()]\n"
                                   "table = weakref.WeakValueDictionary()\n"
                                   "def thread_0():\n"
                                   "    table['k'] = box[0]\n"
                                   "    for i in range(2):\n        print(table.get('k') is None)\n"
                                   "def thread_1():\n"
                                   "    table.pop('k', None)\n"
                                   "    while not a.acquire(False):\n        lockweave.io()\n"
                                   "    box[:] = [Thing()]\n"
                                   "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1, daemon=True)]\n"
                                   "for t in threads: t.start()\n"
                                   "for t in threads: t.join()\n");
  std::vector<testing::Way> checked;
  for (const testing::Way& way : testing::ways()) {
    if (way.machine.verify_states) checked.push_back(way);
  }
  CHECK(checked.size() == 3);
  for (const testing::Way& way : checked) {
    testing::Machines machines(text, *design);
    CHECK(testing::explore(machines, way, 3000).mistake == "");
  }
}

// Once the weak reference was gone, the death of its referent touched nothing that the other thread had touched; so the two never met.
TEST_CASE("a weak reference may be let go of before or after the object whose death it is told") {
  CHECK(differences("import weakref\n"
                    "class Thing:\n    pass\n"
                    "box = [Thing()]\n"
                    "watch = weakref.ref(box[0], lambda reference: print('gone'))\n"
                    "def thread_0():\n    global watch\n    watch = None\n"
                    "t = threading.Thread(target=thread_0)\n"
                    "t.start()\n"
                    "box.clear()\n",
                    "no-lock") == "");
}

// The reference of `unserializable` are executions in which a thread inside an import goes on as long as it can: with movers its steps ended elsewhere.
TEST_CASE("what is switched out inside an import is told by steps without movers") {
  CHECK(differences("import __main__\nx = 0\na = threading.Lock()\n"
                    "def thread_0(n):\n    global x\n    x = x + 1\n    if a.acquire(timeout=1):\n        import m, k\n        a.release()\n"
                    "threads = [threading.Thread(target=thread_0, args=(n,)) for n in range(2)]\n"
                    "for t in threads: t.start()\n"
                    "-- k.py --\n"
                    "-- m.py --\nimport __main__; print(__main__.x)\n",
                    "no-lock") == "");
}

// What told like threads apart ended a round in which something else was learnt, too: a resumed run went on with them taken for one.
TEST_CASE("a run that is resumed tells like threads apart where the first one did") {
  CHECK(differences("import lockweave\nx = 0\nd = {}\nlocks = {}\n"
                    "def thread_0(n):\n    print(locks.setdefault('k', threading.Lock()).acquire(False))\n    locks['k'] = threading.Lock()\n"
                    "lockweave.always(lambda: x < 1 or 'k' not in d)\n"
                    "threads = [threading.Thread(target=thread_0, args=(1,)) for _ in range(2)]\n"
                    "for t in threads: t.start()\n"
                    "for t in threads: t.join()\n",
                    "textbook") == "");
}

// A thread that chooses keeps the GIL until it has its answer, where no switch point comes before.
TEST_CASE("dpor does not make another thread overtake one that chooses with the GIL held") {
  CHECK(differences("import lockweave\na = threading.Lock()\nsem = threading.Semaphore(1)\nx = 0\n"
                    "def thread_0():\n    global x\n    x = 0\n    print(lockweave.choose(2))\n"
                    "def thread_1():\n    global x\n    x = 0\n    with sem:\n        with a:\n            x = x + 1\n"
                    "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1)]\n"
                    "for t in threads: t.start()\n"
                    "print(a.locked())\n",
                    "no-lock") == "");
}

// Who calls a weak reference holds it meanwhile. That it is let go of then was in no footprint: sleep sets and DPOR lost orders where the reference dies there, or lives on,
// and its callback is called or not. What waits to be called holds it as well.
TEST_CASE("whoever lets go of a weak reference last keeps its callback from being called") {
  const char* program =
      "import weakref\n"
      "class T:\n    pass\n"
      "box = [T()]\nwatch = weakref.ref(box[0], lambda reference: print('gone'))\n"
      "def thread_0():\n    global watch\n    watch = None\n"
      "def thread_1():\n    print(watch() is None)\n"
      "def thread_2():\n    box.clear()\n"
      "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1), threading.Thread(target=thread_2)]\n"
      "for t in threads: t.start()\n";
  CHECK(differences(program, "no-lock") == "");
  if (design::DesignCatalog().load("cpython-3.8")) CHECK(differences(program, "cpython-3.8") == "");
}

// A thread has written x and is to look at the lock, which another has just taken; it keeps the GIL till it waits. DPOR took that for an end.
TEST_CASE("where a thread that keeps the GIL must wait others go on") {
  CHECK(differences("x = 0\na = threading.Lock()\n"
                    "def numbers():\n    yield x\n"
                    "g = numbers()\n"
                    "def thread_0():\n    global x\n    x = 1\n    with a:\n        print(next(g, None))\n"
                    "threads = [threading.Thread(target=thread_0) for _ in range(3)]\n"
                    "for t in threads: t.start()\n"
                    "for t in threads: t.join()\n",
                    "no-lock") == "");
}

// Nothing but its own start was thought to know of a thread: the step in which the daemon began went on beyond it, and the program could not end before.
TEST_CASE("the program may end before a daemon has started a thread, and after") {
  CHECK(differences("def thread_0():\n    t1.start()\n"
                    "def thread_1():\n    pass\n"
                    "t0 = threading.Thread(target=thread_0, daemon=True)\n"
                    "t1 = threading.Thread(target=thread_1)\n"
                    "t0.start()\n",
                    "no-lock") == "");
}

// No place to switch lies between where the body raises and where importlib takes the module out of sys.modules; but the step ends right before the latter.
TEST_CASE("a daemon that is cut off while its import fails leaves a module whose import is not over") {
  CHECK(differences("def thread_0():\n    import k\n"
                    "def thread_1():\n    import bad\n"
                    "t0 = threading.Thread(target=thread_0)\n"
                    "t1 = threading.Thread(target=thread_1, daemon=True)\n"
                    "t0.start()\nt1.start()\n"
                    "-- k.py --\nv = 1\n"
                    "-- bad.py --\nraise ValueError\n",
                    "no-lock") == "");
}

// From its last visible operation on the thread stands after its import as well as in it, as it does before the first: others may come in there.
TEST_CASE("a thread is not inside an import that has nothing more to touch") {
  CHECK(differences("x = 0\ny = 0\n"
                    "def thread_0():\n    global x\n"
                    "    try:\n        x = x + 1\n        import bad\n"
                    "    except (ImportError, IndexError):\n        print(x, y)\n"
                    "def thread_1():\n    global x\n    print(x, y)\n    x += 1\n"
                    "t0 = threading.Thread(target=thread_0)\nt1 = threading.Thread(target=thread_1)\n"
                    "t0.start()\nt1.start()\n",
                    "per-module") == "");
}

// The attributes lie elsewhere from then on: who reads one in the old place is not told apart from who comes after the change but by which place it is.
TEST_CASE("whoever reads an attribute sees which dictionary of attributes the object has") {
  CHECK(differences("class T:\n    pass\n"
                    "o = T()\no.x = 1\nvars(o)\n"
                    "def thread_0():\n    o.__dict__ = {'x': 2}\n"
                    "def thread_1():\n    print(o.x)\n"
                    "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1)]\n"
                    "for t in threads: t.start()\n",
                    "no-lock") == "");
  CHECK(differences("class T:\n    def __init__(self):\n        self.v = 0\n"
                    "o = T()\nlocks = {}\n"
                    "def thread_0():\n    global o\n    o = T()\n"
                    "def thread_1():\n    with locks.setdefault('k', threading.Lock()):\n        hasattr(o, 'u')\n    o.v = 2\n"
                    "def thread_2():\n    print(sorted(vars(o)))\n"
                    "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1), threading.Thread(target=thread_2)]\n"
                    "for t in threads: t.start()\n",
                    "no-lock") == "");
}

TEST_CASE("whoever uses an object sees which class it has") {
  CHECK(differences("class A:\n    def __len__(self):\n        return 1\n"
                    "class B:\n    def __len__(self):\n        return 2\n"
                    "o = A()\n"
                    "def thread_0():\n    o.__class__ = B\n"
                    "def thread_1():\n    print(len(o), isinstance(o, A))\n"
                    "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1)]\n"
                    "for t in threads: t.start()\n",
                    "no-lock") == "");
}

// With releases taken for movers, the simplest way to the deadlock that is found first has a preemption more than it needs.
TEST_CASE("a deadlock is shown with as many preemptions as it needs where movers ask for more") {
  const char* program =
      "sem = threading.Semaphore(1)\n"
      "def thread_0():\n    print(sem.acquire(False))\n    print(sem.acquire(False))\n"
      "def thread_1():\n    sem.release()\n    sem.acquire()\n"
      "threads = [threading.Thread(target=thread_0), threading.Thread(target=thread_1)]\n"
      "for t in threads: t.start()\n";
  CHECK(differences(program, "no-lock") == "");

  const auto design = design::DesignCatalog().load("no-lock");
  REQUIRE(design);
  testing::Machines machines(archive(program), *design);
  Machine* machine = machines.get({});
  REQUIRE(machine != nullptr);
  CheckOptions options;
  options.strategy = explore::Strategy::Exhaustive;
  const auto first = explore::make_explorer(options.strategy, options.explore)->explore(*machine);
  REQUIRE(first.found.size() == 1);
  CHECK(first.found[0].preemptions == 2);
  const CheckResult shown = check(*machine, options);
  REQUIRE(shown.violations.size() == 1);
  CHECK(shown.violations[0].property == PropertyWord::Deadlock);
  CHECK(shown.violations[0].preemptions == 1);
  CHECK(shown.violations[0].minimal);
}

}  // namespace lockweave
