#include "tests/support/random_program.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

#include "model/base/random.h"

namespace lockweave::testing {
namespace {

using Lines = std::vector<std::string_view>;
using Body = std::vector<Statement>;

// What the statements below are about, made in main.py where a program names it, in this order.
constexpr std::array<std::pair<std::string_view, std::string_view>, 33> setup{{
    {"sys", "import sys"},
    {"time", "import time"},
    {"weakref", "import weakref"},
    {"importlib", "import importlib"},
    {"_thread", "import _thread"},
    {"queue", "import queue"},
    {"lockweave", "import lockweave"},
    {"x", "x = 0"},
    {"y", "y = 0"},
    {"d", "d = {}"},
    {"l", "l = []"},
    {"s", "s = set()"},
    {"a", "a = threading.Lock()"},
    {"b", "b = threading.Lock()"},
    {"rl", "rl = threading.RLock()"},
    {"sem", "sem = threading.Semaphore(1)"},
    {"bs", "bs = threading.BoundedSemaphore(1)"},
    {"c", "c = threading.Condition()"},
    {"e", "e = threading.Event()"},
    {"bar", "bar = threading.Barrier(2)"},
    {"jobs", "jobs = queue.Queue(1)"},
    {"locks", "locks = {}"},
    {"own", "own = threading.local()"},
    {"Thing", "class Thing:\n    w = 0\n    def __init__(self):\n        self.v = 0\n        self.kept = None\n    def make(self):\n        self.kept = [self.v]\n"
              "    @property\n    def double(self):\n        return 2 * self.v\n    @double.setter\n    def double(self, value):\n        self.v = value // 2\n"},
    {"Other", "class Other:\n    w = 1\n    double = 3\n    def make(self):\n        self.kept = self\n"},
    {"mark", "def mark():\n    pass\n"},
    {"Noisy", "class Noisy:\n    def __del__(self):\n        global x\n        x = x + 1\n        print('gone')\n"},
    {"o", "o = Thing()"},
    {"box", "box = [Thing()]"},
    {"watch", "watch = weakref.ref(box[0], lambda reference: print('gone'))"},
    {"table", "table = weakref.WeakValueDictionary()"},
    {"count", "def counter():\n    n = 0\n    def count():\n        nonlocal n\n        n += 1\n        return n\n    return count\ncount = counter()"},
    {"g", "def numbers():\n    for i in range(2):\n        yield i + x\ng = numbers()"},
}};

// Statements by what they are about. A program takes from a few of these, so that its threads meet. Threads print what they read: outcomes tell
// interleavings apart.
const std::vector<Lines>& topics() {
  static const std::vector<Lines> all{
      {"x = x + 1", "y = x", "x = {n}", "print(x, y)", "x += 1", "y = x + {n}", "if x > {n}: y = y + 1", "for i in range(2): x = x + i", "print(x == y)"},
      {"d['k'] = {n}", "print(d.get('k'))", "d.pop('k', None)", "print('k' in d)", "d['n'] = d.get('n', 0) + 1", "d.setdefault('k', {n})", "d['j'] = {n}", "del d['k']",
       "d.update(k={n})"},
      {"d['k'] = {n}", "d['j'] = {n}", "print(list(d))", "print(len(d))", "print(d == {{'k': {n}}})", "print(bool(d))", "for key in d: print(key)", "d.clear()", "d.pop('k', None)",
       "print(sorted(d))", "print(d.popitem())", "print(dict(d))"},
      {"l.append({n})", "print(l)", "print(len(l))", "l.pop()", "l[0] = {n}", "l.insert(0, {n})", "del l[:]", "l.extend(l)", "for item in l: print(item)", "print({n} in l)",
       "l.append(len(l))"},
      {"s.add({n})", "s.discard({n})", "print({n} in s)", "print(len(s))", "print(sorted(s))", "for item in s: print(item)"},
      {"o.v = o.v + {n}", "print(o.v)", "o.make()", "print(o.kept is None)", "o.kept = None", "o = Thing()", "print(hasattr(o, 'u'))", "o.u = {n}", "print(o.double)",
       "o.double = {n}", "Thing.w = {n}", "print(o.w)", "o.w = {n}", "del o.kept", "l.append(o)", "print(sorted(vars(o)))"},
      {"o.__dict__ = {{'v': {n}, 'kept': None}}", "print(o.v)", "o.v = {n}", "vars(o)['v'] = {n}", "print('u' in vars(o))", "o.u = {n}", "o.__class__ = Other", "print(o.w)", "print(o.double)",
       "print(isinstance(o, Thing))", "o.make()", "print(hasattr(mark, 'u'))", "mark.u = {n}", "print(mark.__dict__)"},
      {"print(count())", "x = count()", "print(next(g, None))", "for item in g: print(item)", "g.close()", "x = x + 1"},
      {"box.clear()", "print(watch() is None)", "kept = watch(); del kept", "box[:] = [Thing()]", "other = list(box); box.clear(); del other", "print(len(box))",
       "kept = list(box); print(watch() is None)", "watch = None", "box.append(watch())"},
      {"table['k'] = box[0]", "print('k' in table)", "print(len(table))", "print(table.get('k') is None)", "box.clear()", "box[:] = [Thing()]", "table.pop('k', None)",
       "kept = table.get('k'); box.clear()"},
      {"l.append(Noisy())", "l.clear()", "print(x)", "made = Noisy(); l.append(made)", "d['k'] = Noisy()", "d.pop('k', None)", "x = x + 1", "l[:] = []"},
      {"print(a.locked())", "a.acquire()", "a.release()", "print(a.acquire(False))", "print(a.acquire(timeout=1))", "x = x + 1", "print(x)"},
      {"a.acquire()", "b.acquire()", "a.release()", "b.release()", "print(b.locked())", "print(b.acquire(False))"},
      {"rl.acquire()", "rl.release()", "print(rl.acquire(False))", "x = x + 1", "print(x)", "print(rl._is_owned())"},
      {"bs.acquire()", "bs.release()", "print(bs.acquire(False))", "with bs: x = x + 1", "print(x)"},
      {"a = _thread.allocate_lock()", "a.acquire()", "a.release()", "print(a.acquire(False))", "print(a.locked())", "x = x + 1"},
      {"sem.acquire()", "sem.release()", "print(sem.acquire(False))", "print(sem.acquire(timeout=1))", "x = x + 1"},
      {"with c: c.notify()", "with c: c.notify_all()", "with c: c.wait()", "with c: print(c.wait(1))", "x = x + 1", "c.notify()"},
      {"e.set()", "e.clear()", "print(e.is_set())", "e.wait()", "print(e.wait(1))", "x = x + 1"},
      {"bar.wait()", "print(bar.wait())", "x = x + 1", "print(x)", "bar.abort()"},
      {"jobs.put({n})", "print(jobs.get())", "print(jobs.get(False))", "print(jobs.empty())", "jobs.put({n}, timeout=1)"},
      {"locks['k'] = threading.Lock()", "print(locks.setdefault('k', threading.Lock()).acquire(False))", "locks.pop('k', None)", "x = x + 1", "print(len(locks))"},
      {"own.v = x", "print(own.v)", "x = x + 1", "print(threading.current_thread().name)", "print(threading.active_count())", "print(hasattr(own, 'v'))"},
      {"lockweave.io()", "time.sleep(0)", "x = x + 1", "print(x)", "y = x"},
  };
  return all;
}

const Lines& import_lines() {
  static const Lines all{"import m; print(m.n)", "import k; print(k.v)", "from m import n; print(n)", "import p.q; print(p.q.n)", "from p import q; print(q.n)",
                         "import p; print(hasattr(p, 'q'))", "from p import r; print(r.n)", "print('m' in sys.modules)", "del sys.modules['m']", "sys.modules.pop('m', None)",
                         "m = importlib.import_module('m'); print(getattr(m, 'n', None))", "import m; importlib.reload(m); print(m.n)", "import bad; print(bad.n)",
                         "import m; m.n = {n}", "import m; print(hasattr(m, 'w'))", "sys.modules['m'] = None", "import p; del p.q", "import m, k", "import p.r as r; print(r.n)"};
  return all;
}

const Lines& module_lines() {
  static const Lines all{"import k", "import m", "from k import v", "w = 1", "n = 2", "import __main__; __main__.x = __main__.x + 1", "import __main__; print(__main__.x)", "import p.q", "print('body')"};
  return all;
}

bool is_word_character(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// As a name of its own, also in `__main__.x`, but not as another's attribute or in quotes.
bool mentions(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if (end < text.size() && (is_word_character(text[end]) || text[end] == '\'')) continue;
    if (at == 0) return true;
    const char before = text[at - 1];
    if (before == '.' ? text.substr(0, at).ends_with("__main__.") : !is_word_character(before) && before != '\'') return true;
  }
  return false;
}

class Writer {
 public:
  Writer(std::uint64_t seed, const RandomProgramOptions& options) : random_(seed * 2654435761u + 17), options_(options) {}

  ProgramTree tree() {
    const int threads = options_.threads > 0 ? options_.threads : options_.small ? std::array{2, 2, 2, 2, 2, 2, 2, 3, 3, 4}[random_.below(10)] : std::array{2, 2, 2, 2, 3, 3, 4}[random_.below(7)];
    choose_topics();
    ProgramTree tree;
    Body& main = tree.files["main.py"];
    add_modules(tree);
    add_threads(main, threads);
    add_start(main, threads);
    if (random_.below(3) != 0) main.push_back(Statement::line(one_of<const char*>({"print(x, y)", "print(d)", "print(l)", "print(a.locked())", "print(o.v)"})));
    if (options_.intrinsics && random_.below(12) == 0) state_something(main);
    add_setup(tree, main);
    return tree;
  }

 private:
  template <typename T>
  const T& one_of(const std::vector<T>& all) { return all[random_.below(all.size())]; }
  template <typename T>
  T one_of(std::initializer_list<T> all) { return all.begin()[random_.below(all.size())]; }

  void choose_topics() {
    imports_ = options_.imports && random_.below(3) == 0;
    const std::size_t count = 1 + random_.below(imports_ || options_.small ? 1 : 2);
    for (std::size_t i = 0; i < count; ++i) {
      const Lines& topic = one_of(topics());
      const auto has = [&](std::string_view text) { return std::ranges::any_of(topic, [&](std::string_view line) { return line.find(text) != std::string_view::npos; }); };
      const bool is_weak = has("watch") || has("table") || has("Noisy");
      if ((options_.intrinsics || !has("lockweave")) && (options_.weak_references || !is_weak)) lines_.insert(lines_.end(), topic.begin(), topic.end());
    }
    if (lines_.empty()) lines_ = topics().front();
  }

  std::string simple() {
    const bool is_import = imports_ && random_.below(2) == 0;
    const std::string_view pattern = one_of(is_import ? import_lines() : lines_);
    return fmt::format(fmt::runtime(pattern), fmt::arg("n", random_.below(3)));
  }

  void statement(Body& body, int depth) {
    const std::uint64_t kind = random_.below(depth > 1 ? 13 : 24);
    Body inner;
    const auto nest = [&] { statement(inner, depth + 1); };
    switch (kind) {
      case 13: case 14:
        nest();
        return body.push_back(Statement::block(fmt::format("with {}:", one_of<std::string_view>({"a", "a", "b", "rl", "sem", "c", "locks.setdefault('k', threading.Lock())"})), inner));
      case 15:
        nest();
        inner.push_back(Statement::line("a.release()"));
        return body.push_back(Statement::block(fmt::format("if a.acquire({}):", one_of<std::string_view>({"False", "timeout=1"})), inner));
      case 16: case 17: {
        nest();
        if (random_.below(2) == 0) inner.push_back(Statement::line(one_of<const char*>({"del d['k']", "raise KeyError(x)", "assert x == 1", "l.pop()", "import bad"})));
        Statement guarded = Statement::block("try:", inner);
        inner.clear();
        nest();
        guarded.clauses.push_back({one_of<const char*>({"except KeyError:", "except Exception:", "finally:", "except (ImportError, IndexError):"}), inner, true});
        return body.push_back(std::move(guarded));
      }
      case 18:
        nest();
        return body.push_back(Statement::block(options_.intrinsics ? "if lockweave.choose(2):" : "if x:", inner));
      case 19:
        nest();
        return body.push_back(Statement::block("for i in range(2):", inner));
      case 20:
        nest();
        return body.push_back(Statement::block(one_of<const char*>({"if x:", "if 'k' in d:", "if not l:"}), inner));
      case 21:
        return body.push_back(Statement::line(one_of<const char*>({"raise ValueError(x)", "assert x == 0", "sys.exit()", "x = x + 1", "print(x)"})));
      case 22:
        if (!options_.intrinsics) return body.push_back(Statement::line("x = 1"));
        return body.push_back(one_of({Statement::line("x = lockweave.choose(2)"), Statement::line("print(lockweave.choose(2))"), Statement::line("lockweave.io()"),
                                      Statement::block("while not x:", {Statement::line("lockweave.io()")}), Statement::block("while not a.acquire(False):", {Statement::line("lockweave.io()")})}));
      case 23:
        return body.push_back(Statement::block("with c:", {Statement::block("while not x:", {Statement::line("c.wait()")})}));
      default:
        return body.push_back(Statement::line(simple()));
    }
  }

  // At which depth of blocks a thread's statements begin to count: the more threads, the fewer blocks in each other.
  int first_depth(int threads) {
    if (!options_.small) return threads == 4 ? 1 : 0;
    return threads == 2 ? 0 : threads == 3 ? 1 : 1 + static_cast<int>(random_.below(2));
  }

  Body statements(int threads) {
    std::uint64_t count = threads == 2 ? 2 + random_.below(2) : threads == 3 ? 1 + random_.below(2) : 1;
    if (options_.shared_everywhere && threads == 2) --count;
    if (options_.small) count = threads == 2 ? 1 + random_.below(2) : 1;
    Body body;
    for (std::uint64_t i = 0; i < count; ++i) statement(body, first_depth(threads));
    return body;
  }

  void add_threads(Body& main, int threads) {
    is_symmetric_ = random_.below(4) == 0;
    for (int t = 0; t < (is_symmetric_ ? 1 : threads); ++t) main.push_back(Statement::block(fmt::format("def thread_{}({}):", t, is_symmetric_ ? "n" : ""), statements(threads)));
    if (is_symmetric_ && random_.below(3) == 0) main.back().clauses[0].body.push_back(Statement::line("x = x + n"));
  }

  // Started by main in a loop, one by one, or one by another.
  void add_start(Body& main, int threads) {
    std::vector<std::string> made;
    const bool same_arguments = random_.below(2) == 0;
    for (int t = 0; t < threads; ++t) {
      const std::string daemon = random_.below(12) == 0 ? ", daemon=True" : "";
      if (is_symmetric_) made.push_back(fmt::format("threading.Thread(target=thread_0, args=({},){})", same_arguments ? 1 : t, daemon));
      else made.push_back(fmt::format("threading.Thread(target=thread_{}{})", t, daemon));
    }
    if (random_.below(2) == 0) return start_in_loops(main, made);
    start_one_by_one(main, made);
  }

  void start_in_loops(Body& main, const std::vector<std::string>& made) {
    if (is_symmetric_ && random_.below(2) == 0) main.push_back(Statement::line(fmt::format("threads = [threading.Thread(target=thread_0, args=(1,)) for _ in range({})]", made.size())));
    else main.push_back(Statement::line(fmt::format("threads = [{}]", fmt::join(made, ", "))));
    main.push_back(Statement::block("for t in threads:", {Statement::line("t.start()")}));
    if (random_.below(6) == 0) statement(main, options_.small ? 2 : 1);
    if (random_.below(8) != 0) main.push_back(Statement::block("for t in threads:", {Statement::line("t.join()")}));
  }

  void start_one_by_one(Body& main, const std::vector<std::string>& made) {
    Body starts;
    Body joins;
    for (std::size_t t = 0; t < made.size(); ++t) {
      main.push_back(Statement::line(fmt::format("t{} = {}", t, made[t])));
      const Statement start = Statement::line(fmt::format("t{}.start()", t));
      const Statement join = Statement::line(fmt::format("t{}.join()", t));
      if (t > 0 && !is_symmetric_ && random_.below(4) == 0) {
        Body& starter = thread_body(main, random_.below(t));
        starter.insert(starter.begin() + static_cast<std::ptrdiff_t>(random_.below(starter.size() + 1)), start);
        if (random_.below(2) == 0) starter.push_back(join);
        continue;
      }
      starts.push_back(start);
      if (random_.below(6) != 0) joins.insert(joins.begin() + static_cast<std::ptrdiff_t>(random_.below(joins.size() + 1)), join);
    }
    main.insert(main.end(), starts.begin(), starts.end());
    if (random_.below(6) == 0) statement(main, options_.small ? 2 : 1);
    if (random_.below(10) == 0) main.push_back(Statement::line("print(t0.is_alive())"));
    main.insert(main.end(), joins.begin(), joins.end());
  }

  static Body& thread_body(Body& main, std::size_t thread) {
    const auto found = std::ranges::find_if(main, [&](const Statement& s) { return s.clauses[0].head == fmt::format("def thread_{}():", thread); });
    return found->clauses[0].body;
  }

  void state_something(Body& main) {
    const auto* text = one_of<const char*>({"lockweave.always(lambda: x < 2)", "lockweave.sometimes(lambda: x == 2)", "lockweave.always(lambda: x < 1 or 'k' not in d)", "lockweave.sometimes(lambda: 'k' in d)"});
    const auto first = std::ranges::find_if(main, [](const Statement& s) { return s.clauses[0].head.find("threading.Thread") != std::string::npos; });
    main.insert(first, Statement::line(text));
  }

  void add_modules(ProgramTree& tree) {
    if (!imports_) return;
    const auto body = [&](std::string_view first) {
      Body lines;
      if (random_.below(2) == 0) lines.push_back(Statement::line(std::string(one_of(module_lines()))));
      lines.push_back(Statement::line(std::string(first)));
      if (random_.below(3) == 0) lines.push_back(Statement::line(std::string(one_of(module_lines()))));
      return lines;
    };
    tree.files["m.py"] = body("n = 1");
    tree.files["k.py"] = {Statement::line("v = 1"), Statement::line(one_of<const char*>({"import m", "from m import n", "import p.q", "w = 1"}))};
    tree.files["p/__init__.py"] = random_.below(2) == 0 ? Body{} : body(one_of<std::string_view>({"from . import q", "import p.r", "from .q import n", "z = 1"}));
    tree.files["p/q.py"] = body("n = 1");
    tree.files["p/r.py"] = {Statement::line(one_of<const char*>({"from . import q", "import m", "import p.q", "w = 1"})), Statement::line("n = 3")};
    tree.files["bad.py"] = {Statement::line("import __main__"), Statement::line("__main__.x = __main__.x + 1"),
                            Statement::line(one_of<const char*>({"if __main__.x == 1: raise ValueError", "raise ValueError", "import m; raise KeyError(m.n)"})), Statement::line("n = 4")};
  }

  // What is named is made; functions that assign globals say so. Modules that nobody imports stay away.
  void add_setup(ProgramTree& tree, Body& main) {
    for (Statement& s : main) {
      Statement::Clause& clause = s.clauses[0];
      if (!clause.head.starts_with("def thread_")) continue;
      std::vector<std::string_view> names;
      const std::string text = text_of(clause.body);
      for (const std::string_view name : {"x", "y", "a", "o", "watch", "t0", "t1", "t2", "t3"}) {
        if (mentions(text, name) && (text.find(fmt::format("{} = ", name)) != std::string::npos || text.find(fmt::format("{} += ", name)) != std::string::npos)) names.push_back(name);
      }
      if (!names.empty()) clause.body.insert(clause.body.begin(), Statement::line(fmt::format("global {}", fmt::join(names, ", "))));
    }
    for (bool again = true; std::exchange(again, false);) {
      for (auto file = tree.files.begin(); file != tree.files.end();) {
        if (file->first == "main.py" || is_imported(tree, file->first)) ++file;
        else file = tree.files.erase(file), again = true;
      }
    }
    std::string text;
    for (const auto& [name, statements] : tree.files) text += text_of(statements);
    Body made;
    for (auto entry = setup.rbegin(); entry != setup.rend(); ++entry) {
      if (!mentions(text, entry->first)) continue;
      made.insert(made.begin(), Statement::line(std::string(entry->second)));
      text += std::string(entry->second) + '\n';
    }
    made.insert(made.begin(), Statement::line("import threading"));
    main.insert(main.begin(), made.begin(), made.end());
  }

  static bool is_imported(const ProgramTree& tree, const std::string& file) {
    const std::string name = file.starts_with("p/") ? file == "p/__init__.py" ? "p" : file.substr(2, 1) : file.substr(0, file.find('.'));
    return std::ranges::any_of(tree.files, [&](const auto& other) {
      if (other.first == file) return false;
      const std::string text = text_of(other.second);
      const bool imports = text.find("import") != std::string::npos || text.find("from ") != std::string::npos;
      return imports && (mentions(text, name) || text.find("." + name) != std::string::npos || text.find("'" + name + "'") != std::string::npos);
    });
  }

  static std::string text_of(const Body& statements) {
    ProgramTree tree;
    tree.files[""] = statements;
    return tree.text();
  }

  Random random_;
  RandomProgramOptions options_;
  bool imports_ = false;
  bool is_symmetric_ = false;
  Lines lines_;
};

}  // namespace

ProgramTree random_program_tree(std::uint64_t seed, const RandomProgramOptions& options) { return Writer(seed, options).tree(); }

}  // namespace lockweave::testing
