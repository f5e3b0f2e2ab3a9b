#include "tests/support/random_program.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <vector>

#include "model/base/random.h"

namespace lockweave::testing {
namespace {

// Statements over x, y (numbers), d (dictionary), l (list), o (object), a and b (locks), r (re-entrant lock). Each thread prints what it reads, so
// that outcomes tell interleavings apart.
constexpr std::array<std::string_view, 22> simple{
    "x = x + 1",
    "y = x",
    "x = {}",
    "print(x, y)",
    "d['k'] = {}",
    "print(d.get('k'))",
    "d.pop('k', None)",
    "print(sorted(d))",
    "l.append({})",
    "print(l)",
    "print(len(l))",
    "o.v = o.v + {}",
    "print(o.v)",
    "d['n'] = d.get('n', 0) + 1",
    "print(helper({}))",
    "if x > {}: y = y + 1",
    "o.make()",
    "print(o.kept is None)",
    "o.kept = None",
    "local = {}; local = local + 1; print(local)",
    "for i in range(2): x = x + i",
    "print(a.locked())",
};

class Writer {
 public:
  Writer(std::uint64_t seed, const RandomProgramOptions& options) : random_(seed * 2654435761u + 17), options_(options) {}

  std::string text() {
    const bool imports = options_.imports && random_.below(3) != 0;
    std::string main =
        "import threading\n"
        "x = y = 0\nd = {}\nl = []\na = threading.Lock()\nb = threading.Lock()\nr = threading.RLock()\n\n"
        "class Thing:\n    def __init__(self):\n        self.v = 0\n        self.kept = None\n"
        "    def make(self):\n        self.kept = [self.v]\n\n"
        "o = Thing()\n\n"
        "def helper(n):\n    return x + n\n\n";
    for (int t = 0; t < options_.threads; ++t) {
      main += fmt::format("def thread_{}():\n    global x, y\n", t);
      const int count = options_.statements - 1 + static_cast<int>(random_.below(2));
      for (int s = 0; s < count; ++s) statement(main, 1, imports);
      main += '\n';
    }
    main += "threads = [threading.Thread(target=f) for f in (";
    for (int t = 0; t < options_.threads; ++t) main += fmt::format("thread_{},", t);
    main += ")]\nfor t in threads:\n    t.start()\nfor t in threads:\n    t.join()\nprint(x, y, l, sorted(d.items()), o.v)\n";
    std::string files;
    if (imports) files = "-- m.py --\nn = 1\nimport __main__\nn = 2\n-- k.py --\nimport m\nv = m.n\n";
    return "-- main.py --\n" + main + files;
  }

 private:
  void line(std::string& out, int depth, std::string_view text) { out += std::string(static_cast<std::size_t>(depth) * 4, ' ') + std::string(text) + '\n'; }

  void statement(std::string& out, int depth, bool imports) {
    const std::uint64_t kind = random_.below(depth > 2 ? 8 : 14);
    if (kind < 8) return line(out, depth, fmt::format(fmt::runtime(simple[random_.below(simple.size())]), random_.below(3)));
    switch (kind) {
      case 8: case 9: {
        line(out, depth, fmt::format("with {}:", std::array{"a", "b", "r"}[random_.below(3)]));
        return statement(out, depth + 1, imports);
      }
      case 10:
        line(out, depth, "if a.acquire(False):");
        statement(out, depth + 1, imports);
        return line(out, depth + 1, "a.release()");
      case 11:
        line(out, depth, "try:");
        statement(out, depth + 1, imports);
        line(out, depth + 1, "del d['k']");
        line(out, depth, "except KeyError:");
        return line(out, depth + 1, "print('none')");
      default:
        if (!imports) return line(out, depth, "print(y)");
        return line(out, depth, std::array{"import m; print(m.n)", "import k; print(k.v)", "from m import n; print(n)"}[random_.below(3)]);
    }
  }

  Random random_;
  RandomProgramOptions options_;
};

}  // namespace

std::string random_program(std::uint64_t seed, const RandomProgramOptions& options) { return Writer(seed, options).text(); }

}  // namespace lockweave::testing
