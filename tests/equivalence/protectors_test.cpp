// Objects and the locks that protect them, both made by threads: every way to explore finds the same, whether the discipline is kept or broken.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/support/ways.h"

namespace lockweave {
namespace {

constexpr std::string_view kBegin = R"(-- scenario.toml --
title = "a lock made by a thread"
-- main.py --
import threading

class Box:
    def __init__(self):
        self.lock = threading.Lock()
        self.n = 0
        self.items = []

boxes = {}
start = threading.Lock()

def box(name):
    with start:
        if name not in boxes:
            boxes[name] = Box()
        return boxes[name]

)";

constexpr std::string_view kEnd = R"(
threads = [threading.Thread(target=f) for f in (first, second)]
for t in threads:
    t.start()
for t in threads:
    t.join()
for name in sorted(boxes):
    print(name, boxes[name].n, boxes[name].items)
)";

struct Program {
  const char* name;
  std::string_view text;
  std::size_t outcomes;  // 0: more than anybody wants to count by hand
  const char* without = nullptr;  // ways whose name begins so are not taken
};

const Program programs[] = {
    {"kept", R"(
def add(item):
    b = box('a')
    with b.lock:
        b.n = b.n + 1
        b.items.append(b.n)
def first():
    add(1)
def second():
    add(2)
)", 1},
    {"one who does not ask for it", R"(
def first():
    b = box('a')
    with b.lock:
        n = b.n
        b.n = n + 1
def second():
    b = box('a')
    n = b.n
    b.n = n + 10
)", 3},
    {"read without it", R"(
def first():
    b = box('a')
    with b.lock:
        b.n = 1
        b.n = 2
def second():
    b = box('a')
    print(b.n)
    with b.lock:
        b.n = 3
)", 4},
    {"another object's", R"(
def first():
    a, b = box('a'), box('b')
    with a.lock:
        a.n = a.n + 1
        b.n = b.n + 1
def second():
    a, b = box('a'), box('b')
    with b.lock:
        a.n = a.n + 10
        b.n = b.n + 10
)", 0},
    {"exchanged for another", R"(
def first():
    b = box('a')
    with b.lock:
        b.n = b.n + 1
def second():
    b = box('a')
    b.lock = threading.Lock()
    with b.lock:
        b.n = b.n + 10
)", 0},
    {"let go of by another thread", R"(
def first():
    b = box('a')
    b.lock.acquire()
    n = b.n
    b.n = n + 1
def second():
    b = box('a')
    if b.lock.locked():
        b.lock.release()
    with b.lock:
        b.n = b.n + 10
)", 0},
    {"known by a weak reference", R"(
import weakref
gone = []
def first():
    b = box('a')
    with b.lock:
        b.items.append(1)
def second():
    b = box('a')
    known = weakref.ref(b.lock)
    with b.lock:
        b.items.append(2)
    items = b.items
    b.lock = None
    boxes.clear()
    del b
    print(known() is None, len(items))
)", 0, "dpor"},
};

}  // namespace

TEST_CASE("locks that threads make protect what they protect, and no more") {
  for (const char* switches : {"no-lock", "cpython-3.8"}) {
    auto design = design::DesignCatalog().load(switches);
    if (!design) continue;  // that interpreter is not here
    if (design->name == "no-lock") design->switch_points = design::SwitchPoints::EveryOpcode;
    for (const Program& program : programs) {
      CAPTURE(std::string(program.name));
      CAPTURE(std::string(switches));
      testing::Machines machines(fmt::format("{}{}{}", kBegin, program.text, kEnd), *design);
      const testing::Findings reference = testing::explore(machines, testing::ways().front(), 20'000);
      INFO(reference.error);
      REQUIRE(reference.complete);
      if (program.outcomes != 0) CHECK(reference.outcomes.size() == program.outcomes);
      for (const testing::Way& way : testing::ways().subspan(1)) {
        if (program.without != nullptr && way.name.starts_with(program.without)) continue;
        CHECK(testing::difference(reference, way, testing::explore(machines, way, 20'000)) == "");
      }
    }
  }
}

}  // namespace lockweave
