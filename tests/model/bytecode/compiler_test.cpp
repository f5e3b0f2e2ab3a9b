#include "model/bytecode/compiler.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "model/bytecode/disassembler.h"
#include "model/bytecode/stack_check.h"
#include "model/formats/txtar.h"
#include "model/syntax/parser.h"
#include "tests/support/golden.h"

using namespace lockweave;
using bytecode::Code;

namespace {

Result<std::shared_ptr<const Code>> try_compile(const std::string& text, bytecode::CompileOptions options = {}) {
  const auto file = std::make_shared<const SourceFile>("test.py", text);
  const auto tree = syntax::parse(*file);
  if (!tree) return fail(tree);
  return bytecode::compile(*tree, file, options);
}

std::shared_ptr<const Code> compile_text(const std::string& text, bytecode::CompileOptions options = {}) {
  auto code = try_compile(text, options);
  if (!code) FAIL(render(code.error()));
  return *code;
}

const Code& inner(const Code& code, std::string_view name) {
  for (const bytecode::Constant& constant : code.constants) {
    const auto* found = std::get_if<std::shared_ptr<const Code>>(&constant.value);
    if (found != nullptr && (*found)->name == name) return **found;
  }
  FAIL("no code of that name");
  return code;
}

std::string complaint(const std::string& text) {
  const auto code = try_compile(text);
  return code ? "" : fmt::format("{}: {}", code.error().line, code.error().message);
}

std::vector<std::string> python_files(const std::string& folder, const std::string& extension) {
  std::vector<std::string> paths;
  const std::filesystem::path root = LOCKWEAVE_SOURCE_DIR;
  if (!std::filesystem::exists(root / folder)) return paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / folder)) {
    if (entry.path().extension() == extension) paths.push_back(std::filesystem::relative(entry.path(), root).string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

int count_of(const Code& code, bytecode::Opcode opcode) {
  return static_cast<int>(std::count_if(code.instructions.begin(), code.instructions.end(),
                                        [opcode](const bytecode::Instruction& i) { return i.opcode == opcode; }));
}

}  // namespace

TEST_SUITE("model/bytecode") {
  TEST_CASE("the code of small functions is what it was") {
    for (const std::string& path : python_files("tests/golden/bytecode", ".py")) {
      const auto code = compile_text(support::read_source_file(path));
      const std::string stem = std::filesystem::path(path).stem().string();
      CAPTURE(stem);
      CHECK(bytecode::verify_stack(*code).value_or("") == "");
      support::check_golden("bytecode/" + stem + ".txt", bytecode::disassemble(*code));
    }
  }

  TEST_CASE("the stacks of all our own texts fit together") {
    int compiled = 0;
    for (const char* folder : {"model/library", "specs", "tests/programs"}) {
      for (const std::string& path : python_files(folder, ".py")) {
        CAPTURE(path);
        const auto code = try_compile(support::read_source_file(path));
        // Programs may be there to be refused.
        if (!code && std::string_view(folder) == "tests/programs") continue;
        REQUIRE_MESSAGE(code.has_value(), render(code.error()));
        CHECK(bytecode::verify_stack(**code).value_or("") == "");
        ++compiled;
      }
    }
    CHECK(compiled > 10);
  }

  TEST_CASE("the stacks of all scenarios fit together") {
    int compiled = 0;
    for (const std::string& path : python_files("specs/scenarios", ".txtar")) {
      const auto archive = formats::parse_txtar(SourceFile(path, support::read_source_file(path)));
      REQUIRE(archive.has_value());
      for (const formats::ArchiveFile& file : archive->files) {
        if (!file.name.ends_with(".py")) continue;
        const auto code = try_compile(file.text);
        if (!code) continue;  // a scenario may be about a module that is no Python
        CAPTURE(path);
        CAPTURE(file.name);
        CHECK(bytecode::verify_stack(**code).value_or("") == "");
        ++compiled;
      }
    }
    CHECK(compiled > 0);
  }

  TEST_CASE("before 3.7 `import a.b as c` reads attributes") {
    const auto old_code = compile_text("import a.b as c\n", {.version = {3, 6}});
    CHECK(count_of(*old_code, bytecode::Opcode::LoadAttr) == 1);
    CHECK(count_of(*old_code, bytecode::Opcode::ImportFrom) == 0);
    const auto new_code = compile_text("import a.b as c\n", {.version = {3, 7}});
    CHECK(count_of(*new_code, bytecode::Opcode::LoadAttr) == 0);
    CHECK(count_of(*new_code, bytecode::Opcode::ImportFrom) == 1);
  }

  TEST_CASE("native text makes native code throughout") {
    const auto code = compile_text("class C:\n    def f(self): return [x for x in self]\n", {.native = true});
    const Code& method = inner(inner(*code, "C"), "f");
    CHECK(code->flags.native);
    CHECK(method.flags.native);
    CHECK(inner(method, "<listcomp>").flags.native);
    CHECK(inner(method, "<listcomp>").flags.comprehension);
  }

  TEST_CASE("a cell that is also a parameter knows which") {
    const auto code = compile_text("def f(a, b):\n    c = 1\n    return lambda: (b, c)\n");
    const Code& f = inner(*code, "f");
    CHECK(f.cell_names == std::vector<std::string>{"b", "c"});
    CHECK(f.cell_argument == std::vector<std::int32_t>{1, -1});
  }

  TEST_CASE("an expression alone returns its value") {
    const auto file = std::make_shared<const SourceFile>("<string>", "[x for x in y]");
    const auto tree = syntax::parse_expression(*file);
    REQUIRE(tree.has_value());
    const auto code = bytecode::compile_expression(**tree, file);
    REQUIRE(code.has_value());
    CHECK((*code)->instructions.back().opcode == bytecode::Opcode::ReturnValue);
    CHECK(bytecode::verify_stack(**code).value_or("") == "");
  }

  TEST_CASE("broken scope rules are told as Python tells them") {
    CHECK(complaint("x = 1\ndef f():\n    print(x)\n    global x\n") == "4: name 'x' is used prior to global declaration");
    CHECK(complaint("def f():\n    x = 1\n    global x\n") == "3: name 'x' is assigned to before global declaration");
    CHECK(complaint("def f(x):\n    global x\n") == "2: name 'x' is parameter and global");
    CHECK(complaint("def f():\n    nonlocal x\n") == "2: no binding for nonlocal 'x' found");
    CHECK(complaint("nonlocal x\n") == "1: nonlocal declaration not allowed at module level");
    CHECK(complaint("def f(a, a): pass\n") == "1: duplicate argument 'a' in function definition");
    CHECK(complaint("def f():\n    from a import *\n") == "2: import * only allowed at module level");
    CHECK(complaint("return 1\n") == "1: 'return' outside function");
    CHECK(complaint("for x in y: pass\nbreak\n") == "2: 'break' outside loop");
    CHECK(complaint("x = 1\nfrom __future__ import division\n") == "2: from __future__ imports must occur at the beginning of the file");
  }

  TEST_CASE("more than twenty blocks inside each other are refused, as in CPython") {
    const auto nested = [](int depth) {
      std::string text;
      for (int i = 0; i < depth; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "while x:\n";
      return text + std::string(static_cast<std::size_t>(depth), ' ') + "pass\n";
    };
    CHECK(complaint(nested(20)) == "");
    CHECK(complaint(nested(21)).find("too many statically nested blocks") != std::string::npos);
  }

  TEST_CASE("the stack check sees what does not fit") {
    Code code;
    code.qualname = "f";
    code.constants.push_back(bytecode::Constant{bytecode::NoneConstant{}});
    using bytecode::Opcode;
    SUBCASE("a stack that runs empty") {
      code.instructions = {{Opcode::PopTop, 0, 1}, {Opcode::LoadConst, 0, 1}, {Opcode::ReturnValue, 0, 1}};
    }
    SUBCASE("a path that runs off the end") { code.instructions = {{Opcode::LoadConst, 0, 1}}; }
    SUBCASE("paths that join at different heights") {
      code.instructions = {{Opcode::LoadConst, 0, 1},
                           {Opcode::PopJumpIfTrue, 3, 1},
                           {Opcode::LoadConst, 0, 1},
                           {Opcode::LoadConst, 0, 1},
                           {Opcode::ReturnValue, 0, 1}};
    }
    SUBCASE("a block that was never begun") {
      code.instructions = {{Opcode::PopBlock, 0, 1}, {Opcode::LoadConst, 0, 1}, {Opcode::ReturnValue, 0, 1}};
    }
    SUBCASE("an index that is out of range") { code.instructions = {{Opcode::LoadConst, 1, 1}, {Opcode::ReturnValue, 0, 1}}; }
    CHECK(bytecode::verify_stack(code).has_value());
  }
}
