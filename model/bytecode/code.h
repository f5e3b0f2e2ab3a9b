// A code object: what the compiler makes of a module, a class body, a function, a lambda or a comprehension.
// Immutable once made; the machine holds all of them and refers to them by number, so no state ever copies one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "model/base/source.h"
#include "model/bytecode/opcode.h"

namespace lockweave::bytecode {

struct Instruction {
  Opcode opcode;
  std::int32_t arg = 0;   // meaning by opcode; jump targets are instruction indices
  std::uint32_t line = 0; // 1-based; the line CPython's own line table would give for this instruction
  bool operator==(const Instruction&) const = default;
};

struct Code;
struct Constant;

struct NoneConstant { bool operator==(const NoneConstant&) const = default; };
struct EllipsisConstant { bool operator==(const EllipsisConstant&) const = default; };
struct BigIntConstant { std::string decimal; bool operator==(const BigIntConstant&) const = default; };  // does not fit 64 bits
struct BytesConstant { std::string bytes; bool operator==(const BytesConstant&) const = default; };
struct TupleConstant { std::vector<Constant> items; bool operator==(const TupleConstant&) const; };

struct Constant {
  std::variant<NoneConstant, bool, EllipsisConstant, std::int64_t, BigIntConstant, double, std::string, BytesConstant,
               TupleConstant, std::shared_ptr<const Code>>
      value;
  bool operator==(const Constant&) const = default;
};

// Flags as CPython's co_flags speaks of them, and two of our own.
struct CodeFlags {
  bool optimized = false;        // a function: locals live in numbered slots; otherwise (module, class) in a namespace
  bool varargs = false;          // has *args
  bool varkeywords = false;      // has **kwargs
  bool generator = false;
  bool coroutine = false;
  bool async_generator = false;
  bool comprehension = false;    // the hidden function of a comprehension; from 3.12 on its entry is no switch point
  bool class_body = false;
  bool native = false;           // stands for C code: no switch point in it (set by whoever compiles library texts)
};

struct Code {
  std::string name;
  std::string qualname;
  std::shared_ptr<const SourceFile> file;
  std::uint32_t first_line = 1;
  CodeFlags flags;
  std::uint32_t argument_count = 0;           // positional ones, positional-only included
  std::uint32_t positional_only_count = 0;
  std::uint32_t keyword_only_count = 0;
  std::vector<std::string> local_names;       // arguments first: positional, keyword-only, *args, **kwargs; then other locals
  std::vector<std::string> cell_names;        // locals that inner functions use
  std::vector<std::int32_t> cell_argument;    // for each cell variable: the number of the argument it starts from, or -1
  std::vector<std::string> free_names;        // cells of outer functions, in the order of the closure tuple
  std::vector<std::string> names;             // globals, attributes, imports
  std::vector<Constant> constants;
  std::vector<Instruction> instructions;
  std::uint32_t max_blocks = 0;               // how deep SetupFinally, SetupWith and running handlers nest at most
  std::string docstring;                      // empty if none
  bool has_docstring = false;
};

}  // namespace lockweave::bytecode
