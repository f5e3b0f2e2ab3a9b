// Tree → code. The instructions are those that CPython 3.9's compiler would emit, in its order and with its lines: a thread can lose the
// GIL between two instructions, so to merge two or to invent one would change what a program can do.
//
//     auto tree = syntax::parse(*file);
//     auto code = bytecode::compile(*tree, file, {.version = {3, 12}});
//
// Where we depart from it, and why that changes no thread switch:
// - SETUP_ANNOTATIONS is `__annotations__ = {}` at the start of a body;
// - an exception is one value on the stack, not three, so handlers have one PopTop where CPython has three;
// - SETUP_WITH is BeforeWith and SetupWith; `{'a': x}` loads its constant keys one by one.
#pragma once

#include <memory>
#include <utility>

#include "model/base/result.h"
#include "model/base/source.h"
#include "model/bytecode/code.h"
#include "model/syntax/ast.h"

namespace lockweave::bytecode {

struct CompileOptions {
  bool native = false;                    // the text stands for C code: sets flags.native everywhere
  std::pair<int, int> version = {3, 12};  // the Python to be: before 3.7, `import a.b as c` reads attributes
};

Result<std::shared_ptr<const Code>> compile(const syntax::Module& module, std::shared_ptr<const SourceFile> file,
                                            CompileOptions options = {});

// One expression, as `eval` takes it: the code returns its value. Names are those of a module's body.
Result<std::shared_ptr<const Code>> compile_expression(const syntax::Expression& expression, std::shared_ptr<const SourceFile> file,
                                                       CompileOptions options = {});

}  // namespace lockweave::bytecode
