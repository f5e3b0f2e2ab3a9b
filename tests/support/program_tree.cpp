#include "tests/support/program_tree.h"

#include <utility>

namespace lockweave::testing {
namespace {

void write(const std::vector<Statement>& statements, std::size_t depth, std::string& out) {
  const std::string indent(depth * 4, ' ');
  for (const Statement& statement : statements) {
    for (const Statement::Clause& clause : statement.clauses) {
      out += indent + clause.head + '\n';
      if (!clause.opens_block) continue;
      if (clause.body.empty()) out += indent + "    pass\n";
      write(clause.body, depth + 1, out);
    }
  }
}

class Shrinker {
 public:
  Shrinker(ProgramTree program, const std::function<bool(const ProgramTree&)>& is_wanted, int most_questions)
      : program_(std::move(program)), is_wanted_(is_wanted), left_(most_questions) {}

  ProgramTree result() {
    while (pass() && left_ > 0) {
    }
    return std::move(program_);
  }

 private:
  // Was anything left out?
  bool pass() {
    bool any = leave_out_files();
    for (auto& [name, statements] : program_.files) any |= shrink_list(statements);
    return any;
  }

  bool still_wanted() { return left_-- > 0 && is_wanted_(program_); }

  bool leave_out_files() {
    bool any = false;
    const auto files = program_.files;
    for (const auto& [name, statements] : files) {
      if (name == "main.py") continue;
      program_.files.erase(name);
      if (still_wanted()) any = true;
      else program_.files[name] = statements;
    }
    return any;
  }

  // `list` is part of program_: a change is tried where it stands, and taken back. Halves first, so that large programs become small fast.
  bool shrink_list(std::vector<Statement>& list) {
    bool any = false;
    for (std::size_t count = list.size(); count > 0; count /= 2) {
      for (std::size_t i = 0; i + count <= list.size();) {
        if (leave_out(list, i, count)) any = true;
        else ++i;
      }
    }
    for (std::size_t i = 0; i < list.size(); ++i) any |= flatten(list, i);
    for (Statement& statement : list) {
      for (Statement::Clause& clause : statement.clauses) any |= shrink_list(clause.body);
    }
    return any;
  }

  bool leave_out(std::vector<Statement>& list, std::size_t first, std::size_t count) {
    const std::vector<Statement> kept = list;
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(first), list.begin() + static_cast<std::ptrdiff_t>(first + count));
    if (still_wanted()) return true;
    list = kept;
    return false;
  }

  // The content of one of its clauses in place of the statement.
  bool flatten(std::vector<Statement>& list, std::size_t i) {
    if (!list[i].clauses.front().opens_block) return false;
    const std::vector<Statement> kept = list;
    for (const Statement::Clause& clause : kept[i].clauses) {
      list = kept;
      const auto place = list.erase(list.begin() + static_cast<std::ptrdiff_t>(i));
      list.insert(place, clause.body.begin(), clause.body.end());
      if (still_wanted()) return true;
    }
    list = kept;
    return false;
  }

  ProgramTree program_;
  const std::function<bool(const ProgramTree&)>& is_wanted_;
  int left_;
};

}  // namespace

Statement Statement::line(std::string text) { return {{{std::move(text), {}, false}}}; }

Statement Statement::block(std::string head, std::vector<Statement> body) { return {{{std::move(head), std::move(body), true}}}; }

std::string ProgramTree::text() const {
  std::string out;
  for (const auto& [name, statements] : files) {
    out += "-- " + name + " --\n";
    write(statements, 0, out);
  }
  return out;
}

ProgramTree shrink(ProgramTree program, const std::function<bool(const ProgramTree&)>& is_wanted, int most_questions) {
  return Shrinker(std::move(program), is_wanted, most_questions).result();
}

}  // namespace lockweave::testing
