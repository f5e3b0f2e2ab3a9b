// print_tree FILE...: for each file the tree as text (model/syntax/ast_text.h), or `error LINE MESSAGE`, between lines `=== FILE`.
// For tests/real_python/parser_conformance_test.py. --time parses each file many times and prints microseconds instead.

#include "model/syntax/ast_text.h"
#include "model/syntax/parser.h"

#include <fmt/core.h>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace {

using lockweave::SourceFile;

SourceFile read(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return SourceFile(path, std::string(std::istreambuf_iterator<char>(stream), {}));
}

void print_tree(const SourceFile& file) {
  const auto module = lockweave::syntax::parse(file);
  fmt::print("=== {}\n", file.name());
  if (module) {
    fmt::print("{}", lockweave::syntax::to_text(*module));
  } else {
    fmt::print("error {} {}: {}\n", module.error().line, word(module.error().code), module.error().message);
  }
}

void print_time(const SourceFile& file) {
  constexpr int kRounds = 50;
  const auto begin = std::chrono::steady_clock::now();
  for (int i = 0; i < kRounds; ++i) static_cast<void>(lockweave::syntax::parse(file));
  const std::chrono::duration<double, std::micro> spent = std::chrono::steady_clock::now() - begin;
  fmt::print("{:8.0f} us  {} lines  {}\n", spent.count() / kRounds, file.line_count(), file.name());
}

}  // namespace

int main(int argc, char** argv) {
  bool is_timed = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--time") {
      is_timed = true;
    } else {
      is_timed ? print_time(read(argv[i])) : print_tree(read(argv[i]));
    }
  }
}
