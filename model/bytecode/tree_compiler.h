// The compiler's inside: one TreeCompiler walks one file's tree. Its members are spread over compile_*.cpp by kind of node.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/bytecode/assembler.h"
#include "model/bytecode/compiler.h"
#include "model/bytecode/constant_folding.h"
#include "model/bytecode/symbols.h"

namespace lockweave::bytecode {

using ConstantPool = std::vector<Constant>;

// What a statement may be inside of and must undo when it leaves by return, break or continue.
struct FrameBlock {
  enum class Kind : std::uint8_t {
    WhileLoop,
    ForLoop,
    TryExcept,   // the body of a try with handlers
    FinallyTry,  // the body of a try with finally
    FinallyEnd,  // the finally suite, run for an exception
    With,
    AsyncWith,
    HandlerCleanup,  // the suite of `except`
    PopValue         // a return value waits on the stack while a finally suite runs
  } kind;
  Label start;                                // of a loop: where continue goes
  Label exit;                                 // of a loop: where break goes
  const syntax::Block* final_body = nullptr;  // FinallyTry
  std::string name = {};                      // HandlerCleanup: `except ... as name`
};

enum class UnitKind : std::uint8_t { Module, Class, Function, Lambda, Comprehension };

// One code object being made.
struct Unit {
  UnitKind kind = UnitKind::Module;
  const Scope* scope = nullptr;
  Unit* outer = nullptr;  // owned by the C++ frame that compiles it, which outlives this one
  std::shared_ptr<Code> code;
  Assembler assembler;
  bool is_async = false;           // async def
  std::string class_name;          // for mangling; empty outside of classes
  std::vector<FrameBlock> blocks;  // innermost last
  std::uint32_t line = 0;          // of what is emitted next; 0: none yet
};

enum class NameUse : std::uint8_t { Load, Store, Delete };
enum class ComprehensionKind : std::uint8_t { List, Set, Dict, Generator };

class TreeCompiler {
 public:
  TreeCompiler(std::shared_ptr<const SourceFile> file, CompileOptions options, SymbolTable symbols)
      : file_(std::move(file)), options_(options), symbols_(std::move(symbols)) {}

  Result<std::shared_ptr<const Code>> module(const syntax::Module& module);
  Result<std::shared_ptr<const Code>> expression(const syntax::Expression& node);

  // Statements.
  void operator()(const syntax::FunctionDef& node);
  void operator()(const syntax::ClassDef& node);
  void operator()(const syntax::Return& node);
  void operator()(const syntax::Delete& node);
  void operator()(const syntax::Assign& node);
  void operator()(const syntax::AugAssign& node);
  void operator()(const syntax::AnnAssign& node);
  void operator()(const syntax::For& node);
  void operator()(const syntax::While& node);
  void operator()(const syntax::If& node);
  void operator()(const syntax::With& node);
  void operator()(const syntax::Raise& node);
  void operator()(const syntax::Try& node);
  void operator()(const syntax::Assert& node);
  void operator()(const syntax::Import& node);
  void operator()(const syntax::ImportFrom& node);
  void operator()(const syntax::Global&) {}
  void operator()(const syntax::Nonlocal&) {}
  void operator()(const syntax::Expr& node);
  void operator()(const syntax::Pass&) {}
  void operator()(const syntax::Break& node);
  void operator()(const syntax::Continue& node);

  // Expressions: each leaves its value on the stack; one with a Store or Del context takes what it needs from it.
  void operator()(const syntax::BoolOp& node);
  void operator()(const syntax::NamedExpr& node);
  void operator()(const syntax::BinOp& node);
  void operator()(const syntax::UnaryOp& node);
  void operator()(const syntax::Lambda& node);
  void operator()(const syntax::IfExp& node);
  void operator()(const syntax::Dict& node);
  void operator()(const syntax::Set& node);
  void operator()(const syntax::ListComp& node);
  void operator()(const syntax::SetComp& node);
  void operator()(const syntax::DictComp& node);
  void operator()(const syntax::GeneratorExp& node);
  void operator()(const syntax::Await& node);
  void operator()(const syntax::Yield& node);
  void operator()(const syntax::YieldFrom& node);
  void operator()(const syntax::Compare& node);
  void operator()(const syntax::Call& node);
  void operator()(const syntax::FormattedValue& node);
  void operator()(const syntax::JoinedStr& node);
  void operator()(const syntax::Constant& node);
  void operator()(const syntax::Attribute& node);
  void operator()(const syntax::Subscript& node);
  void operator()(const syntax::Starred& node);
  void operator()(const syntax::Name& node);
  void operator()(const syntax::List& node);
  void operator()(const syntax::Tuple& node);
  void operator()(const syntax::Slice& node);

 private:
  // --- compiler.cpp: emitting, names, units, errors
  void emit(Opcode opcode, std::int32_t arg = 0, std::uint8_t units = 1);
  void jump(Opcode opcode, Label target);                                  // to a place: JUMP_ABSOLUTE, POP_JUMP_IF_*, ...
  void jump_forward(Opcode opcode, Label target, std::uint8_t units = 1);  // by a distance: JUMP_FORWARD, FOR_ITER, SETUP_*
  Label new_label() { return unit_->assembler.new_label(); }
  void bind(Label label) { unit_->assembler.bind(label); }
  void load_constant(Constant constant, std::uint8_t units = 1);
  void load_none() { load_constant(Constant{NoneConstant{}}); }
  // The constant key of a dictionary, which CPython loads behind the values, in a tuple of all keys: it has no line of its own.
  void load_key(Constant key, const syntax::Expression& value);
  void load_text(const std::string& text) { load_constant(Constant{text}); }
  std::int32_t name_index(const std::string& mangled);
  void emit_name(Opcode opcode, const std::string& name);  // mangles
  void name_operation(const std::string& name, NameUse use);
  std::int32_t local_index(const std::string& mangled);
  std::int32_t deref_index(const std::string& mangled) const;
  std::string mangled(const std::string& name) const { return mangle(unit_->class_name, name); }
  std::string qualified_name(const Unit& unit, const std::string& name) const;
  void open_unit(Unit& unit, UnitKind kind, const Scope& scope, const std::string& name, std::uint32_t first_line);
  std::shared_ptr<const Code> close_unit(bool return_none = true);
  std::int32_t function_annotations(const syntax::FunctionDef& node);
  void annotation(const syntax::Expression& node);
  void setup_annotations(const syntax::Block& body);
  void complain(std::string message, SourceSpan span);
  bool may_await() const;
  bool in_function() const { return unit_->kind != UnitKind::Module && unit_->kind != UnitKind::Class; }

  // --- compile_statement.cpp
  void statement(const syntax::Statement& node);
  void suite(const syntax::Block& body);
  void docstring_code(const syntax::Block& body);
  void module_body(const syntax::Block& body);
  void unemitted(const syntax::Block& body);
  void augmented_name(const syntax::AugAssign& node, const syntax::Name& target);
  void augmented_attribute(const syntax::AugAssign& node, const syntax::Attribute& target);
  void augmented_subscript(const syntax::AugAssign& node, const syntax::Subscript& target);
  void async_for(const syntax::For& node);
  // -1 if the test is not constant.
  int constant_truth(const syntax::Expression& test);

  // --- compile_block.cpp: try, with, and what leaving them takes
  bool push_block(FrameBlock block, SourceSpan span);
  void pop_block() { unit_->blocks.pop_back(); }
  void unwind(const FrameBlock& block, bool keep_top);
  // Undoes the blocks around, innermost first: all, or up to the first loop, which is given back (it is not undone).
  std::optional<FrameBlock> unwind_blocks(bool keep_top, bool up_to_loop);
  void try_finally(const syntax::Try& node);
  void try_except(const syntax::Try& node);
  void handler_with_name(const syntax::ExceptHandler& handler, Label end);
  void forget(const std::string& name);
  void with_item(const syntax::With& node, std::size_t index);
  void call_exit_with_nones();
  void await_top();

  // --- compile_expression.cpp
  void expr(const syntax::Expression& node);
  void expr_on_line(const syntax::Expression& node, std::uint32_t line);
  void exprs(const syntax::ExpressionList& nodes);
  void jump_if(const syntax::Expression& node, Label target, bool condition);
  void jump_if_chained(const syntax::Compare& node, Label target, bool condition);
  void compare_operation(syntax::CompareOperator op);
  void compare_operand(const syntax::Compare& node, std::size_t index);
  void chained_comparison(const syntax::Compare& node);
  void iterable(const syntax::Expression& node);
  void unpack_to(const syntax::ExpressionList& targets, SourceSpan span);
  // A display with or without stars. `pushed`: values that are on the stack already and belong to it.
  struct Display {
    Opcode build, add, extend;
    bool tuple = false;
  };
  void display(const syntax::ExpressionList& elements, std::int32_t pushed, Display how);
  void dictionary_part(const syntax::Dict& node, std::size_t begin, std::size_t end);

  // --- compile_call.cpp
  bool method_call(const syntax::Call& node);
  void call(std::int32_t pushed, const syntax::ExpressionList& args, const std::vector<syntax::Keyword>& keywords);
  void call_with_stars(std::int32_t pushed, const syntax::ExpressionList& args, const std::vector<syntax::Keyword>& keywords);
  void keyword_dictionary(const std::vector<syntax::Keyword>& keywords, std::size_t begin, std::size_t end);

  // --- compile_function.cpp: everything that makes a code object of its own
  std::int32_t default_arguments(const syntax::Arguments& args);
  void take_parameters(const syntax::Arguments& args);
  void function_body(const syntax::FunctionDef& node);
  void make_function(const std::shared_ptr<const Code>& code, std::int32_t flags, const std::string& name);
  void class_body(const syntax::ClassDef& node);
  void decorators(const syntax::ExpressionList& list);
  void apply_decorators(std::size_t count);

  // --- compile_comprehension.cpp
  struct ComprehensionParts {
    ComprehensionKind kind;
    const std::vector<syntax::Comprehension>& generators;
    const syntax::Expression& element;  // a dictionary's key
    const syntax::Expression* value;    // a dictionary's value
  };
  void comprehension(const syntax::Expression& node, const char* name, const ComprehensionParts& parts);
  void generator(const ComprehensionParts& parts, std::size_t index, std::int32_t depth);
  void sync_generator(const ComprehensionParts& parts, std::size_t index, std::int32_t depth);
  void async_generator(const ComprehensionParts& parts, std::size_t index, std::int32_t depth);
  void generator_inside(const ComprehensionParts& parts, std::size_t index, std::int32_t depth, Label skip);
  void comprehension_element(const ComprehensionParts& parts, std::int32_t depth);

  // --- compile_import.cpp
  void import_as(const syntax::Alias& alias);
  void check_future(const syntax::ImportFrom& node);

  std::shared_ptr<const SourceFile> file_;
  CompileOptions options_;
  SymbolTable symbols_;
  ConstantFolder folder_;
  Unit* unit_ = nullptr;
  std::uint32_t unemitted_ = 0;          // > 0 inside a suite that is compiled for its errors only (`if False:`)
  std::optional<Diagnostic> complaint_;  // the first
  bool future_allowed_ = false;          // at the beginning of the file, where `from __future__ import x` may stand
  bool future_annotations_ = false;      // annotations of variables are not evaluated
};

}  // namespace lockweave::bytecode
