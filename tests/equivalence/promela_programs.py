"""Small random programs of threads over variables and locks, each as a Python scenario, as a Promela model, and as a table of
operations that can be explored right here (to know beforehand which are worth comparing).

A thread is a list of operations. Each is one step, of the machine on a design whose threads may switch after every instruction,
and of SPIN (one `atomic`):

    ("read", v)              r = v
    ("write", v, c)          v = c
    ("put", v, c)            v = (r + c) % 3; r = 0
    ("test", v, c, other)    if v == c: the next operation, else the one at `other`
    ("acquire", l)           see below
    ("try", l, other)        l.acquire(False): the next one, or `other`
    ("release", l)           RuntimeError if it is not locked
    ("locked", l, other)     l.locked(): the next one, or `other`
    ("assert", v, c)
    ("choose", n)            r = one of 0 .. n-1

The one local variable, r, is 0 again as soon as nobody looks at it.

What a lock is: two words and an owner. An acquire that finds `taken` set parks (a step), takes the word when it is free (a step, which needs
no GIL), then sets `locked` and `owner` (a step). `locked()` and release look at `locked`.

How the program starts and ends: main has a lock for each thread, acquired before the first thread is started. One step starts all threads;
main stands before the first of these locks then. Each thread releases its lock at last, whether an exception ends it or not, and then ends, which is a step;
main acquires one after the other and ends. Then the program is over: nobody goes on.
"""

import random

VALUES = 3
FINALLY, ENDS, ENDED = "finally", "ends", "ended"  # what a thread does after its operations
KINDS = ("finished", "AssertionError", "RuntimeError")


class Program:
    """Threads (main not among them) as operations; `text` is the same as Python statements."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.variables = ["x", "y"][:self.random.choice((1, 2, 2))]
        self.locks = ["a", "b"][:self.random.choice((1, 2, 2))]
        self.is_tidy = self.random.random() < 0.4  # gives back what it takes, and nothing else
        self.threads = []
        self.texts = []
        for _ in range(self.random.choice((2, 2, 3))):
            self.operations, self.lines = [], []
            self.plain_statement(2)  # a loop or a choice at the very beginning would make the beginning two places
            for _ in range(self.random.randint(2, 3)):
                self.statement(2, 1)
            self.threads.append(self.operations)
            self.texts.append(self.lines)

    def add(self, depth, text, *operation):
        if text:
            self.lines.append("    " * depth + text)
        self.operations.append(list(operation))
        return self.operations[-1]

    def value(self):
        return self.random.randrange(VALUES)

    def plain_statement(self, depth):
        v, l, c = self.random.choice(self.variables), self.random.choice(self.locks), self.value()
        kinds = ("write", "write", "increase", "increase", "acquire", "acquire", "acquire")
        kind = self.random.choice(kinds if self.is_tidy else kinds + ("release", "assert"))
        if kind == "write":
            self.add(depth, "%s = %d" % (v, c), "write", v, c)
        elif kind == "increase":
            w = self.random.choice(self.variables)
            self.add(depth, "r = %s" % v, "read", v)
            self.add(depth, "%s = (r + %d) %% %d" % (w, c, VALUES), "put", w, c)
            self.lines.append("    " * depth + "r = 0")
        elif kind == "acquire":
            self.add(depth, "%s.acquire()" % l, "acquire", l)
            if self.is_tidy or self.random.random() < 0.85:
                self.plain_statement(depth)
                self.add(depth, "%s.release()" % l, "release", l)
        elif kind == "release":
            self.add(depth, "%s.release()" % l, "release", l)
        else:
            self.add(depth, "assert %s != %d" % (v, c), "assert", v, c)

    def statement(self, depth, levels):
        v, l, c = self.random.choice(self.variables), self.random.choice(self.locks), self.value()
        kind = self.random.choice(("plain", "plain", "plain", "if", "try", "locked", "while", "choose") if levels else ("plain",))
        if kind == "plain":
            self.plain_statement(depth)
        elif kind == "choose":
            n = self.random.choice((2, 3))
            self.add(depth, "r = lockweave.choose(%d)" % n, "choose", n)
            self.add(depth, "%s = (r + %d) %% %d" % (v, c, VALUES), "put", v, c)
            self.lines.append("    " * depth + "r = 0")
        elif kind == "while":
            test = self.add(depth, "while %s == %d:" % (v, c), "test", v, c, None)
            first = len(self.operations) - 1
            self.statement(depth + 1, levels - 1)
            self.operations.append(["goto", first])
            test[3] = len(self.operations)
        else:
            if kind == "if":
                test = self.add(depth, "if %s == %d:" % (v, c), "test", v, c, None)
            elif kind == "try":
                test = self.add(depth, "if %s.acquire(False):" % l, "try", l, None)
            else:
                test = self.add(depth, "if %s.locked():" % l, "locked", l, None)
            self.statement(depth + 1, levels - 1)
            if kind == "try":
                self.add(depth + 1, "%s.release()" % l, "release", l)
            test[-1] = len(self.operations)
            if self.random.random() < 0.4:
                self.operations.append(["goto", None])
                over = self.operations[-1]
                test[-1] = len(self.operations)
                self.lines.append("    " * depth + "else:")
                self.statement(depth + 1, levels - 1)
                over[1] = len(self.operations)

    # --- as Python

    def scenario(self):
        out = ["A random program of threads, variables and locks.", "-- main.py --", "import _thread", "import lockweave", ""]
        out += ["%s = 0" % v for v in self.variables]
        out += ["%s = _thread.allocate_lock()" % l for l in self.locks + self.done_locks()]
        out += ["%s.acquire()" % l for l in self.done_locks()]
        for i, lines in enumerate(self.texts):
            out += ["", "", "def thread_%d():" % i, "    global %s" % ", ".join(self.variables), "    r = 0", "    try:"]
            out += lines
            out += ["    finally:", "        done_%d.release()" % i]
        out += ["", ""] + ["_thread.start_new_thread(thread_%d, ())" % i for i in range(len(self.threads))]
        out += ["%s.acquire()" % l for l in self.done_locks()]
        return "\n".join(out) + "\n"

    def done_locks(self):
        return ["done_%d" % i for i in range(len(self.threads))]

    # --- as Promela

    def promela(self):
        locks = self.locks + self.done_locks()
        out = ["#define %s %d" % (l, i) for i, l in enumerate(locks)]
        out += ["byte %s;" % v for v in self.variables]
        out += ["bit taken[%d], locked[%d], over;" % (len(locks), len(locks)), "byte owner[%d];" % len(locks)]
        out += ['c_decl { int said[3]; }', "#define SAY(kind, word) c_code { if (!said[kind]) { said[kind] = 1; puts(\"broken: \" word); } }"]
        out += ["#define TAKE(l, t) taken[l] = 1; locked[l] = 1; owner[l] = t", "#define FREE(l) taken[l] = 0; locked[l] = 0; owner[l] = 0"]
        out += ["", "init { atomic {"] + ["  TAKE(%s, 1);" % l for l in self.done_locks()]
        out += ["  run main();"] + ["  run thread_%d();" % i for i in range(len(self.threads))] + ["} }", "", "proctype main() {", "  goto m0;"]
        for i, l in enumerate(self.done_locks()):
            out += self.acquire_lines("m", "p", "g", i, l, 1)
        out += ["m%d: atomic { over = 1; goto end_over };" % len(self.threads), "end_over: false", "}"]
        for i, operations in enumerate(self.threads):
            out += ["", "proctype thread_%d() {" % i, "  byte r;"]
            for at, operation in enumerate(operations):
                out += self.operation_lines(operations, at, operation, i + 2)
            out += ["end_%d: atomic { !over -> FREE(done_%d); goto end_ends_0 };" % (len(operations), i)]
            for at, operation in enumerate(operations):
                if operation[0] in ("assert", "release"):
                    kind = 1 if operation[0] == "assert" else 2
                    out += ["end_f%d: atomic { !over -> FREE(done_%d); goto end_ends_%d };" % (at, i, kind)]
            for kind, word in enumerate(("", "assertion", "exception")):
                say = 'SAY(%d, "%s"); ' % (kind, word) if kind else ""
                out += ["end_ends_%d: atomic { !over -> %sgoto end_ended_%d };" % (kind, say, kind), "end_ended_%d: false;" % kind]
            out += ["}"]
        return "\n".join(out) + "\n"

    def label(self, operations, at):
        while at < len(operations) and operations[at][0] == "goto":
            at = operations[at][1]
        return at

    def acquire_lines(self, ready, parked, got, at, l, owner):
        return ["%s%d: atomic { !over -> if :: !taken[%s] -> TAKE(%s, %d); goto %s%d :: else -> goto %s%d fi };" % (ready, at, l, l, owner, ready, at + 1, parked, at),
                "%s%d: atomic { !over && !taken[%s] -> taken[%s] = 1; goto %s%d };" % (parked, at, l, l, got, at),
                "%s%d: atomic { !over -> TAKE(%s, %d); goto %s%d };" % (got, at, l, owner, ready, at + 1)]

    def operation_lines(self, operations, at, operation, me):
        kind, rest = operation[0], operation[1:]
        if kind == "goto":
            return []
        here, after = "end_%d: atomic { !over -> " % at, "goto end_%d" % self.label(operations, at + 1)
        if kind == "acquire":
            lines = self.acquire_lines("end_", "end_p", "end_g", at, rest[0], me)
            return [line.replace("goto end_%d " % (at + 1), after + " ") for line in lines]
        if kind == "read":
            return [here + "r = %s; %s };" % (rest[0], after)]
        if kind == "write":
            return [here + "%s = %d; %s };" % (rest[0], rest[1], after)]
        if kind == "put":
            return [here + "%s = (r + %d) %% %d; r = 0; %s };" % (rest[0], rest[1], VALUES, after)]
        if kind == "choose":
            return [here + "if %s fi; %s };" % (" ".join(":: r = %d" % i for i in range(rest[0])), after)]
        other = "goto end_%d" % self.label(operations, rest[-1]) if kind in ("test", "try", "locked") else "goto end_f%d" % at
        condition, effect = {
            "test": ("%s == %s" % tuple(rest[:2]) if kind == "test" else "", ""),
            "assert": ("%s != %s" % tuple(rest[:2]) if kind == "assert" else "", ""),
            "try": ("!taken[%s]" % rest[0], "TAKE(%s, %d); " % (rest[0], me)),
            "locked": ("locked[%s]" % rest[0], ""),
            "release": ("locked[%s]" % rest[0], "FREE(%s); " % rest[0]),
        }[kind]
        return [here + "if :: %s -> %s%s :: else -> %s fi };" % (condition, effect, after, other)]

    # --- explored here

    def explore(self, most):
        """(number of states, are all variables and locks contended), or None if there are more states than that.

        Only what two threads contend for is visible to the machine, so only programs in which that is everything can be compared."""
        names = self.variables + self.locks + self.done_locks()
        readers, writers = {n: set() for n in names}, {n: set() for n in names}
        main = [["acquire", l] for l in self.done_locks()]
        codes = [main] + self.threads
        place = {n: i for i, n in enumerate(names)}
        initial_names = tuple(0 if n in self.variables else (1, 1, 1) if n in self.done_locks() else (0, 0, 0) for n in names)
        initial = (initial_names, tuple([(0, "ready", 0)] + [(0, "ready", 0) for _ in self.threads]))
        seen, todo = {initial}, [initial]

        def successors(state):
            values, threads = state
            if threads[0][1] == ENDED:
                return
            for t, (at, status, r) in enumerate(threads):
                def become(value, *thread, name=None):
                    changed = values if name is None else values[:place[name]] + (value,) + values[place[name] + 1:]
                    return changed, threads[:t] + (thread,) + threads[t + 1:]
                code = codes[t]
                if status in ("parked", "got"):
                    l = code[at][1]
                    writers[l].add(t)
                    if status == "got":
                        yield become((1, 1, t + 1), self.label(code, at + 1), "ready", r, name=l)
                    elif not values[place[l]][0]:
                        yield become((1,) + values[place[l]][1:], at, "got", r, name=l)
                elif status.startswith(ENDED):
                    continue
                elif status.startswith(ENDS):
                    yield become(None, 0, ENDED + status[len(ENDS):], 0)
                elif status.startswith(FINALLY) or at == len(code):
                    if t == 0:
                        yield become(None, 0, ENDED, 0)
                        continue
                    writers["done_%d" % (t - 1)].add(t)
                    kind = "" if status == "ready" else " " + codes[t][at][0]
                    yield become((0, 0, 0), 0, ENDS + kind, 0, name="done_%d" % (t - 1))
                else:
                    operation = code[at]
                    kind, n, after = operation[0], operation[1], self.label(code, at + 1)
                    value = values[place[n]] if n in place else None
                    if kind != "choose":
                        (readers if kind in ("read", "test", "assert", "locked") else writers)[n].add(t)
                    if kind == "read":
                        yield become(None, after, "ready", value)
                    elif kind == "write":
                        yield become(operation[2], after, "ready", r, name=n)
                    elif kind == "put":
                        yield become((r + operation[2]) % VALUES, after, "ready", 0, name=n)
                    elif kind == "choose":
                        for answer in range(n):
                            yield become(None, after, "ready", answer)
                    elif kind == "test":
                        yield become(None, after if value == operation[2] else self.label(code, operation[3]), "ready", r)
                    elif kind == "assert":
                        yield become(None, *((after, "ready") if value != operation[2] else (at, FINALLY)), r)
                    elif kind == "acquire":
                        yield become(None, at, "parked", r) if value[0] else become((1, 1, t + 1), after, "ready", r, name=n)
                    elif kind == "try":
                        yield become(None, self.label(code, operation[2]), "ready", r) if value[0] else become((1, 1, t + 1), after, "ready", r, name=n)
                    elif kind == "locked":
                        yield become(None, after if value[1] else self.label(code, operation[2]), "ready", r)
                    else:
                        yield become((0, 0, 0), after, "ready", r, name=n) if value[1] else become(None, at, FINALLY, r)

        while todo:
            for state in successors(todo.pop()):
                if state not in seen:
                    seen.add(state)
                    todo.append(state)
                    if len(seen) > most:
                        return None
        contended = all(len(readers[n] | writers[n]) > 1 and writers[n] for n in names)
        return len(seen), contended
