// Every way to explore a random program finds the same where threads are left behind: by a fork, by os._exit, when the interpreter begins to finalise.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <string>

#include "model/base/random.h"
#include "tests/support/equivalence.h"

namespace lockweave {
namespace {

enum class End : std::uint8_t { Fork, Exit, Finalise };

// What a thread does that may be left behind. Each tells, to who looks afterwards, how far it came.
constexpr std::array thread_statements{"x = 1", "x += 1", "y = x", "d['k'] = x", "d.pop('k', None)", "items.append(x)", "with lock: x = 5; y = 5", "lock.acquire()", "if lock.acquire(False): y = 7", "time.sleep(0)",
                                       "import m", "print(y)", "thing = None", "event.set()", "x = d.get('k')"};
// What is done when they are not there any more.
constexpr std::array late_statements{"t = threading.Thread(target=items.append, args=(9,)); t.start(); print(items)", "threading.Thread(target=print, args=(x,)).start()",
                                     "print(x, y)", "print(sorted(d))", "print(items)", "print(lock.acquire(False))", "lock.acquire()", "import m; print(hasattr(m, 'z'))", "print(thing is None, seen() is None)", "x += 1; y = x",
                                     "print(event.is_set())", "print(lock.locked())"};

template <typename Statements>
std::string some(Random& random, const Statements& statements, std::uint64_t most, std::string_view indentation) {
  std::string text;
  for (std::uint64_t left = 1 + random.below(most); left > 0; --left) text += fmt::format("{}{}\n", indentation, statements[random.below(statements.size())]);
  return text;
}

std::string program(std::uint64_t seed, End end) {
  Random random(seed);
  const bool daemons = end == End::Finalise || random.below(4) == 0;
  std::string text = "-- m.py --\nimport time\ntime.sleep(0)\nz = 1\n-- main.py --\nimport os, threading, time, weakref\n";
  text += "x = y = 0\nd = {}\nitems = []\nlock = threading.Lock()\nevent = threading.Event()\n";
  text += "class Thing:\n    pass\nthing = Thing()\nseen = weakref.ref(thing)\n";
  const std::uint64_t threads = 1 + random.below(2);
  for (std::uint64_t t = 0; t < threads; ++t) text += fmt::format("def work{}():\n    global x, y, thing\n{}", t, some(random, thread_statements, 2, "    "));
  if (end == End::Finalise) text += fmt::format("class Last:\n    def __del__(self):\n        global x, y\n{}last = Last()\n", some(random, late_statements, 2, "        "));
  for (std::uint64_t t = 0; t < threads; ++t) text += fmt::format("t{0} = threading.Thread(target=work{0}, daemon={1})\nt{0}.start()\n", t, daemons ? "True" : "False");
  if (random.below(3) == 0) text += some(random, thread_statements, 1, "");
  if (end == End::Fork) {
    text += "if os.fork() == 0:\n" + some(random, late_statements, 2, "    ");
    text += random.below(2) == 0 ? "    os._exit(0)\n" : "";
  }
  if (end == End::Exit) text += "os._exit(3)\n";
  return text;
}

testing::TextsCompared compare(End end, const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states) {
  return testing::compare_texts({.program = [&](std::uint64_t seed) { return program(seed, end); }}, design_name, first_seed, programs, max_states);
}

}  // namespace

TEST_CASE("every way finds the same where a fork leaves threads behind") {
  CHECK(compare(End::Fork, "no-lock", 1, 40, 1500).with_outcomes > 30);
  CHECK(compare(End::Fork, "textbook", 1000, 12, 1500).with_outcomes > 8);
}

TEST_CASE("every way finds the same where os._exit leaves threads behind") { CHECK(compare(End::Exit, "no-lock", 2000, 25, 1500).compared > 20); }

TEST_CASE("every way finds the same where threads are stopped when the interpreter begins to finalise") {
  CHECK(compare(End::Finalise, "no-lock", 3000, 25, 1500).with_outcomes > 20);
  CHECK(compare(End::Finalise, "textbook", 4000, 8, 1500).compared > 5);
}

TEST_CASE("nightly: every way finds the same where threads are left behind" * doctest::skip()) {
  for (const char* design : {"no-lock", "textbook", "per-module", "cpython-3.8", "cpython-3.12"}) {
    for (const End end : {End::Fork, End::Exit, End::Finalise}) (void)compare(end, design, 100'000, 200, 3000);
  }
}

}  // namespace lockweave
