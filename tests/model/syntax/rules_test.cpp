#include "model/syntax/parser.h"

#include <doctest/doctest.h>

#include <string>

using namespace lockweave;
using namespace lockweave::syntax;

// Rules of names (scope_rules.h) and of places (placement_rules.h). The same lines as CPython gives: parser_broken.txt.

namespace {

std::string verdict(const std::string& text) {
  const auto module = parse(SourceFile("t.py", text));
  return module ? "fine" : module.error().message;
}

}  // namespace

TEST_SUITE("model/syntax/scope_rules") {
  TEST_CASE("an argument has one name") {
    CHECK(verdict("def f(a, *, a): pass") == "duplicate argument 'a' in function definition");
    CHECK(verdict("lambda a, **a: 1") == "duplicate argument 'a' in function definition");
  }

  TEST_CASE("global and nonlocal come before the name's first use") {
    CHECK(verdict("def f():\n x = 1\n global x") == "name 'x' is assigned to before global declaration");
    CHECK(verdict("def f():\n x\n global x") == "name 'x' is used prior to global declaration");
    CHECK(verdict("def f(x):\n global x") == "name 'x' is parameter and global");
    CHECK(verdict("def f():\n global x\n x = 1\n del x") == "fine");
    CHECK(verdict("import x\nglobal x") == "fine");
  }

  TEST_CASE("nonlocal needs a function around that binds the name") {
    CHECK(verdict("nonlocal x") == "nonlocal declaration not allowed at module level");
    CHECK(verdict("x = 1\ndef f():\n nonlocal x") == "no binding for nonlocal 'x' found");
    CHECK(verdict("class A:\n x = 1\n def f(self):\n  nonlocal x") == "no binding for nonlocal 'x' found");
    CHECK(verdict("def f():\n def g():\n  nonlocal x\n x = 1") == "fine");
    CHECK(verdict("def f(x):\n class A:\n  def g(self):\n   nonlocal x") == "fine");
    CHECK(verdict("def f():\n import a.b\n def g():\n  nonlocal a") == "fine");
    CHECK(verdict("class A:\n def f(self):\n  nonlocal __class__") == "fine");
  }

  TEST_CASE("an assignment expression binds outside its comprehension") {
    CHECK(verdict("def f():\n [y := x for x in z]\n def g():\n  nonlocal y") == "fine");
    CHECK(verdict("[x := 1 for x in y]") == "assignment expression cannot rebind comprehension iteration variable 'x'");
    CHECK(verdict("[x for x in (y := z)]") == "assignment expression cannot be used in a comprehension iterable expression");
    CHECK(verdict("class A:\n [y := x for x in z]") == "assignment expression within a comprehension cannot be used in a class body");
  }

  TEST_CASE("star imports belong to modules") { CHECK(verdict("def f():\n from a import *") == "import * only allowed at module level"); }
}

TEST_SUITE("model/syntax/placement_rules") {
  TEST_CASE("return, yield and await belong to functions") {
    CHECK(verdict("return") == "'return' outside function");
    CHECK(verdict("def f():\n class A:\n  return") == "'return' outside function");
    CHECK(verdict("yield") == "'yield' outside function");
    CHECK(verdict("def f():\n await x") == "'await' outside async function");
    CHECK(verdict("async def f():\n yield from x") == "'yield from' inside async function");
    CHECK(verdict("async def f():\n yield\n return 1") == "'return' with value in async generator");
    CHECK(verdict("async def f():\n await x\n async with y: pass\n async for z in w: yield\n return") == "fine");
    CHECK(verdict("def f():\n [(yield) for x in y]") == "'yield' inside list comprehension");
  }

  TEST_CASE("break and continue belong to loops of the same function") {
    CHECK(verdict("while x:\n def f():\n  break") == "'break' outside loop");
    CHECK(verdict("for x in y: pass\nelse: continue") == "'continue' not properly in loop");
    CHECK(verdict("for x in y:\n try: break\n finally: continue") == "fine");
  }

  TEST_CASE("a star needs something to unpack into") {
    CHECK(verdict("*a = x") == "starred assignment target must be in a list or tuple");
    CHECK(verdict("*a, = x") == "fine");
    CHECK(verdict("*a, *b = x") == "multiple starred expressions in assignment");
    CHECK(verdict("x = *a, *b") == "fine");
    CHECK(verdict("x = *a") == "can't use starred expression here");
    CHECK(verdict("print(*a, *b)\nx[*a]\n[*a]\n{*a}\nfor x in *a, b: pass") == "fine");
  }

  TEST_CASE("a keyword is given once, a bare except comes last, the future comes first") {
    CHECK(verdict("f(a=1, a=2)") == "keyword argument repeated: a");
    CHECK(verdict("try: pass\nexcept: pass\nexcept A: pass") == "default 'except:' must be last");
    CHECK(verdict("'doc'\nfrom __future__ import annotations\nfrom __future__ import division") == "fine");
    CHECK(verdict("x\nfrom __future__ import annotations") == "from __future__ imports must occur at the beginning of the file");
    CHECK(verdict("from __future__ import x") == "future feature x is not defined");
  }
}
