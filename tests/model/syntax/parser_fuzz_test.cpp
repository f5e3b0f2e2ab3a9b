#include "model/base/random.h"
#include "model/syntax/parser.h"
#include "model/syntax/subset.h"

#include <doctest/doctest.h>

#include <array>
#include <string>
#include <string_view>

using namespace lockweave;
using namespace lockweave::syntax;

// Whatever the text, the answer is a tree or a diagnostic with a place inside the file. Seeded: the same texts everywhere.

namespace {

constexpr std::string_view kSeed = R"py(# -*- coding: utf-8 -*-
"""doc"""
from __future__ import annotations
import a.b as c, d
from ..e import (f as g, h,)

@decorate(x=1)
class A(B, metaclass=M, *args, **kw):
    x: int = 0xFF_FF + 0b1 - 1.5e-3j
    def __init__(self, a, /, b: str = 'x\n\x41\u00e9', *args: T, c, d=None, **kwargs) -> None:
        x = [i for i in y] if False else {k: v for k, v in z.items() if k if not v}
        self.x[1:2, ::3, ...] = a, *b = yield
        return (yield from x), lambda *a, **k: (a, k)

async def run(q):
	async with lock as l, (other) as (p, r):
	    await q.get(), [i async for i in y]
	try:
	    while (n := n - 1) > 0 and x is not None or y not in z: continue
	except (A, B) as e:
	    raise E from e
	else:
	    del a[0], b.c
	finally:
	    pass
	for i, (j, *k) in enumerate(rb'\xff' b"y"):
	    assert i, f'{i!r:>{width}} {{}} {j=} {f"{k['x']}"}' 'tail' r"\N"
	    if a < b <= c: break
	    elif d: global t; t += 1
	    else: x = a if b else c ** -d @ e // ~f

größe = '''three
lines \
joined''' ; print(*größe, sep="", **{'end': ''})
)py";

constexpr std::array<std::string_view, 24> kPieces = {"(",   ")",        "[",  "]",        "{",     "}",   "'",  "\"",
                                                      "'''", "f'",       "\\", "\n",       "\t",    "\r",  "\f", ":",
                                                      "=",   "\n      ", "#",  "\xF0\x9F", "\\N{x", "!r:", "{{", "lambda"};

// True if the answer is in order; the tree, if there is one, is thrown away.
bool is_in_order(const std::string& text) {
  const SourceFile file("fuzz.py", text);
  const auto module = parse(file);
  if (module) {
    static_cast<void>(check_subset(file, *module));
    return true;
  }
  const Diagnostic& error = module.error();
  return !error.message.empty() && error.line >= 1 && error.line <= file.line_count() + 1;
}

std::string mutated(Random& random) {
  std::string text(kSeed);
  const auto changes = 1 + random.below(4);
  for (std::uint64_t i = 0; i < changes && !text.empty(); ++i) {
    const std::size_t at = random.below(text.size());
    switch (random.below(5)) {
      case 0: text[at] = static_cast<char>(random.below(256)); break;
      case 1: text.erase(at, 1 + random.below(12)); break;
      case 2: text.insert(at, kPieces[random.below(kPieces.size())]); break;
      case 3: text.insert(at, text.substr(random.below(text.size()), random.below(60))); break;
      default: text.resize(at + 1); break;
    }
  }
  return text;
}

}  // namespace

TEST_SUITE("model/syntax/fuzz") {
  TEST_CASE("the text that is to be spoilt holds most of the grammar") {
    const auto module = parse(SourceFile("seed.py", std::string(kSeed)));
    REQUIRE_MESSAGE(module, render(module.error()));
    CHECK(module->body.size() == 8);
  }

  TEST_CASE("a text cut off anywhere is answered") {
    for (std::size_t size = 0; size <= kSeed.size(); ++size) {
      CAPTURE(size);
      REQUIRE(is_in_order(std::string(kSeed.substr(0, size))));
    }
  }

  TEST_CASE("a text with random changes is answered") {
    Random random(20240607);
    for (int round = 0; round < 3000; ++round) {
      const std::string text = mutated(random);
      CAPTURE(round);
      CAPTURE(text);
      REQUIRE(is_in_order(text));
    }
  }

  TEST_CASE("random bytes are answered") {
    Random random(7);
    for (int round = 0; round < 1000; ++round) {
      std::string text(random.below(80), ' ');
      for (char& c : text) c = static_cast<char>(random.chance(1, 10) ? random.below(256) : 32 + random.below(96));
      CAPTURE(round);
      REQUIRE(is_in_order(text));
    }
  }
}
