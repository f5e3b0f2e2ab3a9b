// print_code FILE [MAJOR.MINOR]: the code our compiler makes of a Python file, as text. For tests that compare it with a real compiler's.
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "model/bytecode/compiler.h"
#include "model/bytecode/disassembler.h"
#include "model/bytecode/stack_check.h"
#include "model/syntax/parser.h"

namespace {

int print_code(const std::string& path, std::pair<int, int> version) {
  using namespace lockweave;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return fmt::print(stderr, "{}: cannot be read\n", path), 2;
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  const auto file = std::make_shared<const SourceFile>(path, std::move(text));
  const auto tree = syntax::parse(*file);
  if (!tree) return fmt::print(stderr, "{}", render(tree.error())), 2;
  const auto code = bytecode::compile(*tree, file, {.native = false, .version = version});
  if (!code) return fmt::print(stderr, "{}", render(code.error())), 2;
  if (const auto error = bytecode::verify_stack(**code)) return fmt::print(stderr, "{}: {}\n", path, *error), 70;
  fmt::print("{}", bytecode::disassemble(**code));
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 2) return fmt::print(stderr, "usage: print_code FILE [MAJOR.MINOR]\n"), 2;
  std::pair<int, int> version(3, 9);
  if (count > 2 && std::sscanf(arguments[2], "%d.%d", &version.first, &version.second) != 2) return 2;
  return print_code(arguments[1], version);
}
