// Every way to explore a random program finds the same where it has several interpreters: modules of Python in each, extension modules whose variables they share,
// with the GIL that all have and with GILs of their own (our own designs are 3.12 in this).
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <array>
#include <string>

#include "model/base/random.h"
#include "tests/support/equivalence.h"
#include "tests/support/ways.h"

namespace lockweave {
namespace {

// What is done in an interpreter: a text of one line.
constexpr std::array texts{"import m",           "import m; m.x += 1; print(m.x)",      "import n; print(n.y)", "import sys; print(sorted(k for k in sys.modules if k in (\\'m\\', \\'n\\')))",
                           "x = 1; print(x)",    "import sys; sys.modules.pop(\\'m\\', None)", "raise ValueError(3)",  "import m, n",
                           "import _imp; _imp.acquire_lock(); _imp.release_lock()"};
constexpr std::array texts_of_extensions{"import old; print(old.count())", "import new; print(new.count())", "import new; new.count(); new.count()", "import old; old.things.append(1); print(old.things)"};
// What is done in main's, or with interpreters.
constexpr std::array statements{"import m; print(m.x)", "x += 1; print(x)", "print('m' in sys.modules)", "sys.modules.pop('m', None)", "fresh = lockweave.Interpreter(kind); fresh.exec('import m'); print(fresh.id)", "import n"};

constexpr std::string_view modules = R"(-- m.py --
x = 0
-- n.py --
import m
y = 1
)";

constexpr std::string_view extensions = R"(-- old.native.py --
import capi
calls = 0
def count(module):
    global calls
    calls += 1
    return calls
definition = capi.PyModuleDef(m_name='old', m_size=-1, m_methods=[count])
def PyInit_old():
    module = capi.PyModule_Create(definition)
    capi.PyModule_AddObject(module, 'things', [])
    return module
-- new.native.py --
import capi
calls = 0
def count(module):
    global calls
    calls += 1
    return calls
def execute(module):
    global calls
    calls += 10
    return 0
definition = capi.PyModuleDef(m_name='new', m_methods=[count], m_slots=[(capi.Py_mod_exec, execute)] + ([(3, 2)] if capi.VERSION >= (3, 12) else []))
def PyInit_new():
    return capi.PyModuleDef_Init(definition)
)";

constexpr std::string_view beginning = R"(-- main.py --
import sys, threading, lockweave
x = 0
def run(interpreter, text):
    try:
        interpreter.exec(text)
    except RuntimeError as error:
        print(error)
def close(interpreter):
    try:
        interpreter.close()
    except RuntimeError as error:
        print(error)
)";

template <typename Choices>
std::string_view one_of(Random& random, const Choices& choices) {
  return choices[random.below(choices.size())];
}

std::string program(std::uint64_t seed, bool has_extensions) {
  Random random(seed);
  std::string text = std::string(modules) + (has_extensions ? std::string(extensions) : std::string()) + "-- scenario.toml --\n[bounds]\ninterpreters = 4\n" + std::string(beginning);
  const std::array kinds{"legacy", "isolated"};
  text += fmt::format("kind = '{}'\na = lockweave.Interpreter('{}')\nb = lockweave.Interpreter('{}')\n", one_of(random, kinds), one_of(random, kinds), one_of(random, kinds));
  const auto statement = [&]() -> std::string {
    if (random.below(3) == 0) return std::string(one_of(random, statements));
    const bool of_extension = has_extensions && random.below(3) != 0;
    return fmt::format("run({}, '{}')", random.below(2) == 0 ? "a" : "b", of_extension ? one_of(random, texts_of_extensions) : one_of(random, texts));
  };
  if (random.below(2) == 0) text += statement() + "\n";
  for (int t = 0; t < 2; ++t) {
    text += fmt::format("def work{}():\n    global x\n    {}\n", t, statement());
    if (random.below(3) == 0) text += "    " + statement() + "\n";
  }
  text += "threads = [threading.Thread(target=work0), threading.Thread(target=work1)]\nfor t in threads: t.start()\n";
  if (random.below(4) == 0) text += statement() + "\n";
  text += "for t in threads: t.join()\n";
  if (random.below(3) == 0) text += "close(a)\n";  // not beside them: where a fatal error cuts threads off is not in every outcome
  if (random.below(2) == 0) text += statement() + "\n";
  return text;
}

// What is up to where steps end. An access and what is done after it with nothing visible in between are one step or two, so that leaving it costs a preemption or
// not.
void leave_out(testing::Findings& findings) {
  findings.fewest_preemptions.erase(PropertyWord::DataRace);
}

testing::TextsCompared compare(bool has_extensions, const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states) {
  return testing::compare_texts({[&](std::uint64_t seed) { return program(seed, has_extensions); }, leave_out}, design_name, first_seed, programs, max_states);
}

}  // namespace

TEST_CASE("every way finds the same in programs of several interpreters") {
  CHECK(compare(false, "no-lock", 1, 40, 3000).with_outcomes > 10);
  CHECK(compare(false, "textbook", 1000, 12, 3000).compared > 5);
}

TEST_CASE("every way finds the same where interpreters share extension modules") {
  CHECK(compare(true, "no-lock", 2000, 40, 3000).with_outcomes > 10);
  CHECK(compare(true, "textbook", 3000, 12, 3000).compared > 5);
}

// Until 3.12 interpreters share the import lock. Which C code lets others come first to it DPOR does not know, and it says so.
TEST_CASE("dpor leaves an order out in which a thread can only wait for the import lock of another interpreter") {
  const auto program = [](std::uint64_t) {
    return std::string(R"(-- old.native.py --
import capi
def PyInit_old():
    return None
-- scenario.toml --
[bounds]
interpreters = 3
)") + std::string(beginning) + R"(a = lockweave.Interpreter('legacy')
b = lockweave.Interpreter('isolated')
def work0():
    run(b, 'import n')
def work1():
    run(b, 'import o')
threads = [threading.Thread(target=work0), threading.Thread(target=work1)]
for t in threads: t.start()
run(a, 'import sys')
)";
  };
  CHECK(testing::compare_texts({program, leave_out}, "per-module", 0, 1, 5000).compared == 1);
}

TEST_CASE("nightly: every way finds the same in programs of several interpreters" * doctest::skip()) {
  for (const char* design : {"cpython-3.13", "cpython-3.12", "cpython-3.11", "cpython-3.8", "no-lock", "textbook", "per-module"}) {
    for (const bool has_extensions : {false, true}) (void)compare(has_extensions, design, 100'000, 100, 5000);
  }
}

}  // namespace lockweave
