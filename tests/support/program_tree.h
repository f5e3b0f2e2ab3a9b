// A small Python program as a tree of statements, so that a test can take statements away from it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace lockweave::testing {

// `x = 1` is one clause without a body; `try:` with its `except:` is two clauses with one each.
struct Statement {
  struct Clause {
    std::string head;
    std::vector<Statement> body;
    bool opens_block = false;  // an empty body is written as `pass`
  };
  std::vector<Clause> clauses;

  static Statement line(std::string text);
  static Statement block(std::string head, std::vector<Statement> body);
};

struct ProgramTree {
  std::map<std::string, std::vector<Statement>> files;  // by name; main.py is among them
  std::string text() const;                             // as a txtar
};

// A smaller program with which `is_wanted` still holds: no statement can be left out of it, no block be replaced by its content.
// Requires: is_wanted(program). Asks at most `most_questions` times.
ProgramTree shrink(ProgramTree program, const std::function<bool(const ProgramTree&)>& is_wanted, int most_questions = 2000);

}  // namespace lockweave::testing
