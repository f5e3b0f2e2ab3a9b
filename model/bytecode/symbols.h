// What each name means in each scope: local, cell, free, global. The rules are those of CPython's symbol table (3.9, Python/symtable.c).
//
//     def f(a):              a: cell of f (g uses it); b: local of f
//         b = a
//         def g():
//             return a       a: free in g
//
// A scope is a module, a class body, a function, a lambda or a comprehension; it is found by the tree's node that opens it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/base/result.h"
#include "model/base/source.h"
#include "model/syntax/ast.h"

namespace lockweave::bytecode {

enum class ScopeKind : std::uint8_t { Module, Class, Function };

enum class NameScope : std::uint8_t { Unknown, Local, Cell, Free, GlobalExplicit, GlobalImplicit };

struct Symbol {
  NameScope scope = NameScope::Unknown;
  bool assigned = false;  // bound here: assignment, import, def, class, for, ...
  bool parameter = false;
  bool used = false;
  bool declared_global = false;
  bool declared_nonlocal = false;
  bool annotated = false;
  bool iteration_variable = false;  // a comprehension's own target: a walrus must not rebind it
  bool free_in_class = false;       // bound in a class body, and at the same time free in one of its methods
  SourceSpan declaration;           // of the global or nonlocal statement

  bool is_bound() const { return assigned || parameter; }
};

struct Scope {
  ScopeKind kind = ScopeKind::Module;
  std::string name;
  Scope* parent = nullptr;                // owned, as all scopes, by the SymbolTable
  std::vector<Scope*> children;           // in source order
  std::map<std::string, Symbol> symbols;  // by mangled name
  std::vector<std::string> parameters;    // in the order of the frame's slots
  bool is_comprehension = false;          // generator expressions included
  bool is_generator = false;              // has a yield, or is a generator expression
  bool is_coroutine = false;              // async def, or has an await or async comprehension
  bool needs_class_cell = false;          // a class whose methods mention __class__ or super
  std::uint32_t iterable_depth = 0;       // > 0 while an iterable of a comprehension in this scope is being read

  NameScope scope_of(const std::string& mangled) const;
  // Sorted, as CPython numbers them. A class's `__class__` cell included.
  std::vector<std::string> cell_names() const;
  std::vector<std::string> free_names() const;
};

class SymbolTable {
 public:
  // Fails with Python's own complaint where a scope rule is broken.
  static Result<SymbolTable> build(const syntax::Module& module, const SourceFile& file);
  // An expression that stands alone, as `eval` takes it.
  static Result<SymbolTable> build(const syntax::Expression& expression, const SourceFile& file);

  // `node` is null for the module, else the FunctionDef, ClassDef, Lambda or comprehension that opens the scope.
  // Requires: there is such a scope.
  const Scope& scope(const void* node) const;

 private:
  friend class SymbolCollector;
  std::vector<std::unique_ptr<Scope>> scopes_;
  std::unordered_map<const void*, Scope*> by_node_;  // looked up only, never walked
};

// `__x` inside class C is `_C__x`. `class_name` is empty outside of classes.
std::string mangle(std::string_view class_name, const std::string& name);

}  // namespace lockweave::bytecode
