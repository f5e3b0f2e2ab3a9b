#include "model/bytecode/compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "model/base/check.h"
#include "model/bytecode/stack_check.h"
#include "model/bytecode/tree_compiler.h"

namespace lockweave::bytecode {

namespace {

std::int32_t index_in(std::vector<std::string>& names, const std::string& name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found != names.end()) return static_cast<std::int32_t>(found - names.begin());
  names.push_back(name);
  return static_cast<std::int32_t>(names.size()) - 1;
}

std::int32_t argument_index(const Code& code, const std::string& name, std::size_t arguments) {
  for (std::size_t i = 0; i < arguments; ++i) {
    if (code.local_names[i] == name) return static_cast<std::int32_t>(i);
  }
  return -1;
}

CodeFlags flags_of(const Unit& unit, bool native) {
  CodeFlags flags;
  const Scope& scope = *unit.scope;
  flags.native = native;
  flags.class_body = unit.kind == UnitKind::Class;
  flags.optimized = scope.kind == ScopeKind::Function;
  if (!flags.optimized) return flags;
  flags.generator = scope.is_generator && !scope.is_coroutine;
  flags.coroutine = !scope.is_generator && scope.is_coroutine;
  flags.async_generator = scope.is_generator && scope.is_coroutine;
  flags.comprehension = scope.is_comprehension && !scope.is_generator;
  return flags;
}

}  // namespace

void TreeCompiler::emit(Opcode opcode, std::int32_t arg, std::uint8_t units) {
  if (unemitted_ == 0) unit_->assembler.emit(opcode, arg, unit_->line, units);
}

void TreeCompiler::jump(Opcode opcode, Label target) {
  if (unemitted_ == 0) unit_->assembler.jump(opcode, target, unit_->line, false);
}

void TreeCompiler::jump_forward(Opcode opcode, Label target, std::uint8_t units) {
  if (unemitted_ == 0) unit_->assembler.jump(opcode, target, unit_->line, true, units);
}

void TreeCompiler::load_constant(Constant constant, std::uint8_t units) {
  if (unemitted_ > 0) return;
  ConstantPool& constants = unit_->code->constants;
  const auto found =
      std::find_if(constants.begin(), constants.end(), [&](const Constant& other) { return same_constant(other, constant); });
  const auto index = static_cast<std::int32_t>(found - constants.begin());
  if (found == constants.end()) constants.push_back(std::move(constant));
  emit(Opcode::LoadConst, index, units);
}

void TreeCompiler::load_key(Constant key, const syntax::Expression& value) {
  const std::uint32_t line = std::exchange(unit_->line, value.place.line);
  load_constant(std::move(key), 0);
  unit_->line = line;
}

std::int32_t TreeCompiler::name_index(const std::string& mangled) { return index_in(unit_->code->names, mangled); }

void TreeCompiler::emit_name(Opcode opcode, const std::string& name) {
  if (unemitted_ == 0) emit(opcode, name_index(mangled(name)));
}

std::int32_t TreeCompiler::local_index(const std::string& mangled) { return index_in(unit_->code->local_names, mangled); }

std::int32_t TreeCompiler::deref_index(const std::string& mangled) const {
  const Code& code = *unit_->code;
  const auto cell = std::find(code.cell_names.begin(), code.cell_names.end(), mangled);
  if (cell != code.cell_names.end()) return static_cast<std::int32_t>(cell - code.cell_names.begin());
  const auto free = std::find(code.free_names.begin(), code.free_names.end(), mangled);
  LOCKWEAVE_CHECK(free != code.free_names.end(), "a name is neither cell nor free, but should be");
  return static_cast<std::int32_t>(std::ssize(code.cell_names) + (free - code.free_names.begin()));
}

void TreeCompiler::name_operation(const std::string& name, NameUse use) {
  const auto choose = [use](Opcode load, Opcode store, Opcode erase) {
    return use == NameUse::Load ? load : use == NameUse::Store ? store : erase;
  };
  if (unemitted_ > 0) return;
  const std::string id = mangled(name);
  const bool function = unit_->scope->kind == ScopeKind::Function;
  switch (unit_->scope->scope_of(id)) {
    case NameScope::Cell:
    case NameScope::Free: {
      const Opcode load = unit_->kind == UnitKind::Class ? Opcode::LoadClassDeref : Opcode::LoadDeref;
      return emit(choose(load, Opcode::StoreDeref, Opcode::DeleteDeref), deref_index(id));
    }
    case NameScope::Local:
      if (function) return emit(choose(Opcode::LoadFast, Opcode::StoreFast, Opcode::DeleteFast), local_index(id));
      break;
    case NameScope::GlobalImplicit:
      if (function) return emit(choose(Opcode::LoadGlobal, Opcode::StoreGlobal, Opcode::DeleteGlobal), name_index(id));
      break;
    case NameScope::GlobalExplicit: return emit(choose(Opcode::LoadGlobal, Opcode::StoreGlobal, Opcode::DeleteGlobal), name_index(id));
    case NameScope::Unknown: break;
  }
  emit(choose(Opcode::LoadName, Opcode::StoreName, Opcode::DeleteName), name_index(id));
}

std::string TreeCompiler::qualified_name(const Unit& unit, const std::string& name) const {
  const Unit* outer = unit.outer;
  if (outer == nullptr || outer->kind == UnitKind::Module) return name;
  if (unit.kind == UnitKind::Function || unit.kind == UnitKind::Class) {
    if (outer->scope->scope_of(mangle(outer->class_name, name)) == NameScope::GlobalExplicit) return name;
  }
  const bool local = outer->kind == UnitKind::Function || outer->kind == UnitKind::Lambda;
  return fmt::format("{}{}.{}", outer->code->qualname, local ? ".<locals>" : "", name);
}

void TreeCompiler::open_unit(Unit& unit, UnitKind kind, const Scope& scope, const std::string& name, std::uint32_t first_line) {
  unit.kind = kind;
  unit.scope = &scope;
  unit.outer = unit_;
  unit.class_name = unit_ != nullptr ? unit_->class_name : "";
  unit.code = std::make_shared<Code>();
  Code& code = *unit.code;
  code.name = name;
  code.qualname = qualified_name(unit, name);
  code.file = file_;
  code.first_line = first_line;
  code.flags = flags_of(unit, options_.native);
  code.cell_names = scope.cell_names();
  code.free_names = scope.free_names();
  code.local_names = scope.parameters;
  for (const std::string& cell : code.cell_names) {
    code.cell_argument.push_back(argument_index(code, cell, scope.parameters.size()));
  }
  unit_ = &unit;
}

std::shared_ptr<const Code> TreeCompiler::close_unit(bool return_none) {
  Unit& unit = *unit_;
  if (!unit.assembler.ends_with_return() && unemitted_ == 0) {
    if (return_none) load_none();
    emit(Opcode::ReturnValue);
  }
  unit_ = unit.outer;
  if (unemitted_ > 0 || complaint_) return unit.code;
  Code& code = *unit.code;
  if (code.first_line == 0) code.first_line = std::max(unit.assembler.first_line(), 1U);
  code.instructions = unit.assembler.finish(code.first_line, code.constants);
  code.max_blocks = follow_paths(code).max_blocks;
  return unit.code;
}

// In an async function, and in comprehensions inside of one.
bool TreeCompiler::may_await() const {
  const Unit* unit = unit_;
  while (unit->kind == UnitKind::Comprehension && !unit->scope->is_generator) unit = unit->outer;
  return unit->kind == UnitKind::Comprehension || (unit->kind == UnitKind::Function && unit->is_async);
}

void TreeCompiler::complain(std::string message, SourceSpan span) {
  if (!complaint_) complaint_ = make_diagnostic(DiagnosticCode::SyntaxError, std::move(message), *file_, span);
}

Result<std::shared_ptr<const Code>> TreeCompiler::module(const syntax::Module& module) {
  Unit unit;
  open_unit(unit, UnitKind::Module, symbols_.scope(nullptr), "<module>", 0);
  if (!module.body.empty()) unit.line = module.body.front()->place.line;
  module_body(module.body);
  auto code = close_unit();
  if (complaint_) return fail(*complaint_);
  return code;
}

Result<std::shared_ptr<const Code>> TreeCompiler::expression(const syntax::Expression& node) {
  Unit unit;
  open_unit(unit, UnitKind::Module, symbols_.scope(nullptr), "<module>", 1);
  expr(node);
  emit(Opcode::ReturnValue);
  auto code = close_unit();
  if (complaint_) return fail(*complaint_);
  return code;
}

Result<std::shared_ptr<const Code>> compile(const syntax::Module& module, std::shared_ptr<const SourceFile> file, CompileOptions options) {
  auto symbols = SymbolTable::build(module, *file);
  if (!symbols) return fail(symbols);
  return TreeCompiler(std::move(file), options, *std::move(symbols)).module(module);
}

Result<std::shared_ptr<const Code>> compile_expression(const syntax::Expression& expression, std::shared_ptr<const SourceFile> file,
                                                       CompileOptions options) {
  auto symbols = SymbolTable::build(expression, *file);
  if (!symbols) return fail(symbols);
  return TreeCompiler(std::move(file), options, *std::move(symbols)).expression(expression);
}

}  // namespace lockweave::bytecode
