#include "tests/support/counted_programs.h"

#include <fmt/format.h>

namespace lockweave::testing::counted {
namespace {

std::vector<std::string> calls(std::string_view call, std::uint32_t count) {
  std::vector<std::string> all;
  for (std::uint32_t i = 0; i < count; ++i) all.push_back(fmt::format(fmt::runtime(call), i));
  return all;
}

}  // namespace

std::string CountedProgram::scenario(const std::vector<std::size_t>& order) const {
  std::string text = "A program whose traces are counted.\n-- main.py --\nimport threading\n" + setup + "threads = []\n";
  for (std::size_t i = 0; i < threads.size(); ++i) {
    const std::string& call = threads[order.empty() ? i : order[i]];
    const std::size_t arguments = call.find('(');
    text += fmt::format("threads.append(threading.Thread(target={}, args={}))\n", call.substr(0, arguments), call.substr(arguments));
  }
  return text + "for thread in threads:\n    thread.start()\nfor thread in threads:\n    thread.join()\n";
}

CountedProgram readers(std::uint32_t n) {
  CountedProgram program{"x = 0\ndef write():\n    global x\n    x = 1\ndef read():\n    x\n", calls("read()", n)};
  program.threads.insert(program.threads.begin(), "write()");
  return program;
}

CountedProgram writers(std::uint32_t n) { return {"x = 0\ndef write(value):\n    global x\n    x = value\n", calls("write({},)", n)}; }

// a[i] = a[i - 1] + 1 in n threads; one more looks for the last zero, from the top.
CountedProgram lastzero(std::uint32_t n) {
  CountedProgram program;
  for (std::uint32_t i = 0; i <= n; ++i) program.setup += fmt::format("a{} = 0\n", i);
  program.setup += "def search():\n";
  for (std::uint32_t i = n + 1; i-- > 0;) program.setup += fmt::format("    if not a{}: return\n", i);
  program.threads.push_back("search()");
  for (std::uint32_t i = 1; i <= n; ++i) {
    program.setup += fmt::format("def set_{0}():\n    global a{0}\n    a{0} = a{1} + 1\n", i, i - 1);
    program.threads.push_back(fmt::format("set_{}()", i));
  }
  return program;
}

// n threads put four words each into a table of 128 cells; a cell is taken by a try that finds it free.
CountedProgram indexer(std::uint32_t n) {
  return {"cells = [threading.Lock() for _ in range(128)]\n"
          "def insert(thread):\n"
          "    for m in range(1, 5):\n"
          "        h = (m * 11 + thread) * 7 % 128\n"
          "        while not cells[h].acquire(False):\n"
          "            h = (h + 1) % 128\n",
          calls("insert({},)", n)};
}

// n threads allocate blocks for inodes, under a lock for each inode and each block.
CountedProgram filesystem(std::uint32_t n) {
  return {"inode_locks = [threading.Lock() for _ in range(32)]\n"
          "block_locks = [threading.Lock() for _ in range(26)]\n"
          "inodes = {i: 0 for i in range(32)}\n"
          "busy = {b: False for b in range(26)}\n"
          "def allocate(thread):\n"
          "    i = thread % 32\n"
          "    inode_locks[i].acquire()\n"
          "    if inodes[i] == 0:\n"
          "        b = i * 2 % 26\n"
          "        while True:\n"
          "            block_locks[b].acquire()\n"
          "            if not busy[b]:\n"
          "                busy[b] = True\n"
          "                inodes[i] = b + 1\n"
          "                block_locks[b].release()\n"
          "                break\n"
          "            block_locks[b].release()\n"
          "            b = (b + 1) % 26\n"
          "    inode_locks[i].release()\n",
          calls("allocate({},)", n)};
}

CountedProgram mutex(std::uint32_t n, std::uint32_t rounds) {
  CountedProgram program{"lock = threading.Lock()\ndef work():\n", calls("work()", n)};
  for (std::uint32_t i = 0; i < rounds; ++i) program.setup += "    lock.acquire()\n    lock.release()\n";
  return program;
}

CountedProgram two_orders() {
  return {"a = threading.Lock()\nb = threading.Lock()\n"
          "def both(first, second):\n    with first:\n        with second:\n            pass\n",
          {"both(a, b)", "both(b, a)"}};
}

CountedProgram philosophers(std::uint32_t n) {
  return {fmt::format("forks = [threading.Lock() for _ in range({0})]\n"
                      "def eat(i):\n    with forks[i]:\n        with forks[(i + 1) % {0}]:\n            pass\n", n),
          calls("eat({},)", n)};
}

}  // namespace lockweave::testing::counted
