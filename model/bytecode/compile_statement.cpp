// Statements without blocks to undo. (try, with and what leaving them takes: compile_block.cpp.)
#include <algorithm>

#include "model/bytecode/operator_number.h"
#include "model/bytecode/tree_compiler.h"

namespace lockweave::bytecode {

using syntax::as_if;

namespace {

// The text if the statement is a docstring (where one may stand).
const std::string* docstring(const syntax::Statement& node) {
  const auto* expression = as_if<syntax::Expr>(&node);
  const auto* constant = expression != nullptr ? as_if<syntax::Constant>(expression->value) : nullptr;
  return constant != nullptr ? std::get_if<std::string>(&constant->value) : nullptr;
}

}  // namespace

void TreeCompiler::statement(const syntax::Statement& node) {
  unit_->line = node.place.line;
  syntax::visit(node, *this);
}

void TreeCompiler::suite(const syntax::Block& body) {
  for (const syntax::StatementPtr& node : body) statement(*node);
}

// Of a module or class. (A function's docstring is no code.)
void TreeCompiler::docstring_code(const syntax::Block& body) {
  const std::string* text = body.empty() ? nullptr : docstring(*body.front());
  if (text == nullptr) return;
  const std::uint32_t line = unit_->line;
  unit_->line = body.front()->place.line;
  load_text(*text);
  unit_->line = line;
  name_operation("__doc__", NameUse::Store);
}

// `from __future__ import x` may stand behind the docstring and its like only.
void TreeCompiler::module_body(const syntax::Block& body) {
  setup_annotations(body);
  docstring_code(body);
  for (std::size_t i = 0; i < body.size(); ++i) {
    const auto* import = as_if<syntax::ImportFrom>(body[i]);
    const bool future = import != nullptr && import->module == "__future__" && import->level == 0;
    if (i == 0) future_allowed_ = true;
    if (!future && !(i == 0 && docstring(*body[i]) != nullptr)) future_allowed_ = false;
    statement(*body[i]);
  }
}

// For its errors only.
void TreeCompiler::unemitted(const syntax::Block& body) {
  ++unemitted_;
  suite(body);
  --unemitted_;
}

int TreeCompiler::constant_truth(const syntax::Expression& test) {
  const auto value = folder_.value_of(test);
  return value ? (is_true(*value) ? 1 : 0) : -1;
}

void TreeCompiler::operator()(const syntax::Return& node) {
  if (!in_function()) complain("'return' outside function", node.place.span);
  if (node.value && unit_->code->flags.async_generator) complain("'return' with value in async generator", node.place.span);
  const bool keep = node.value && !folder_.value_of(*node.value);
  if (keep) expr(*node.value);
  unwind_blocks(keep, false);
  if (!node.value) load_none();
  else if (!keep) expr(*node.value);
  emit(Opcode::ReturnValue);
}

void TreeCompiler::operator()(const syntax::Delete& node) { exprs(node.targets); }

void TreeCompiler::operator()(const syntax::Assign& node) {
  expr(*node.value);
  for (std::size_t i = 0; i < node.targets.size(); ++i) {
    if (i + 1 < node.targets.size()) emit(Opcode::DupTop);
    expr(*node.targets[i]);
  }
}

void TreeCompiler::operator()(const syntax::AugAssign& node) {
  if (const auto* name = as_if<syntax::Name>(node.target)) return augmented_name(node, *name);
  if (const auto* attribute = as_if<syntax::Attribute>(node.target)) return augmented_attribute(node, *attribute);
  if (const auto* item = as_if<syntax::Subscript>(node.target)) return augmented_subscript(node, *item);
  complain("illegal expression for augmented assignment", node.place.span);
}

void TreeCompiler::augmented_name(const syntax::AugAssign& node, const syntax::Name& target) {
  name_operation(target.id, NameUse::Load);
  expr(*node.value);
  emit(Opcode::InplaceOp, operator_number(node.op));
  name_operation(target.id, NameUse::Store);
}

void TreeCompiler::augmented_attribute(const syntax::AugAssign& node, const syntax::Attribute& target) {
  expr(*target.value);
  emit(Opcode::DupTop);
  emit_name(Opcode::LoadAttr, target.attr);
  expr(*node.value);
  emit(Opcode::InplaceOp, operator_number(node.op));
  emit(Opcode::RotTwo);
  emit_name(Opcode::StoreAttr, target.attr);
}

void TreeCompiler::augmented_subscript(const syntax::AugAssign& node, const syntax::Subscript& target) {
  expr(*target.value);
  expr(*target.slice);
  emit(Opcode::DupTopTwo);
  emit(Opcode::BinarySubscr);
  expr(*node.value);
  emit(Opcode::InplaceOp, operator_number(node.op));
  emit(Opcode::RotThree);
  emit(Opcode::StoreSubscr);
}

namespace {

bool has_annotation(const syntax::Block& body);

struct AnnotationFinder {
  bool operator()(const syntax::AnnAssign&) const { return true; }
  bool operator()(const syntax::If& node) const { return has_annotation(node.body) || has_annotation(node.orelse); }
  bool operator()(const syntax::For& node) const { return has_annotation(node.body) || has_annotation(node.orelse); }
  bool operator()(const syntax::While& node) const { return has_annotation(node.body) || has_annotation(node.orelse); }
  bool operator()(const syntax::With& node) const { return has_annotation(node.body); }
  bool operator()(const syntax::Try& node) const {
    return has_annotation(node.body) || has_annotation(node.orelse) || has_annotation(node.finalbody) ||
           std::any_of(node.handlers.begin(), node.handlers.end(), [](const auto& handler) { return has_annotation(handler.body); });
  }
  template <typename Other>
  bool operator()(const Other&) const { return false; }
};

bool has_annotation(const syntax::Block& body) {
  return std::any_of(body.begin(), body.end(), [](const auto& statement) { return syntax::visit(*statement, AnnotationFinder{}); });
}

}  // namespace

// SETUP_ANNOTATIONS. Departure: a module that is executed again starts with an empty dictionary.
void TreeCompiler::setup_annotations(const syntax::Block& body) {
  if (!has_annotation(body)) return;
  emit(Opcode::BuildMap, 0, 1);
  if (unemitted_ == 0) emit(Opcode::StoreName, name_index("__annotations__"), 0);
}

void TreeCompiler::operator()(const syntax::AnnAssign& node) {
  if (node.value) {
    expr(*node.value);
    expr(*node.target);
  } else if (const auto* attribute = as_if<syntax::Attribute>(node.target)) {
    expr(*attribute->value);
    emit(Opcode::PopTop);
  } else if (const auto* item = as_if<syntax::Subscript>(node.target)) {
    expr(*item->value);
    emit(Opcode::PopTop);
    if (item->slice->kind != syntax::ExpressionKind::Slice) {
      expr(*item->slice);
      emit(Opcode::PopTop);
    }
  }
  if (in_function()) return;
  const auto* name = as_if<syntax::Name>(node.target);
  if (name == nullptr || !node.simple) {
    if (future_annotations_) return;
    expr(*node.annotation);
    emit(Opcode::PopTop);
    return;
  }
  annotation(*node.annotation);
  name_operation("__annotations__", NameUse::Load);
  load_text(mangled(name->id));
  emit(Opcode::StoreSubscr);
}

void TreeCompiler::operator()(const syntax::For& node) {
  if (node.is_async) return async_for(node);
  const Label start = new_label(), cleanup = new_label(), end = new_label();
  if (!push_block({.kind = FrameBlock::Kind::ForLoop, .start = start, .exit = end}, node.place.span)) return;
  iterable(*node.iter);
  emit(Opcode::GetIter);
  bind(start);
  jump_forward(Opcode::ForIter, cleanup);
  expr(*node.target);
  suite(node.body);
  jump(Opcode::Jump, start);
  bind(cleanup);
  pop_block();
  suite(node.orelse);
  bind(end);
}

void TreeCompiler::async_for(const syntax::For& node) {
  if (!unit_->is_async) complain("'async for' outside async function", node.place.span);
  const Label start = new_label(), except = new_label(), end = new_label();
  iterable(*node.iter);
  emit(Opcode::GetAiter);
  bind(start);
  if (!push_block({.kind = FrameBlock::Kind::ForLoop, .start = start, .exit = end}, node.place.span)) return;
  jump_forward(Opcode::SetupFinally, except);
  emit(Opcode::GetAnext);
  load_none();
  emit(Opcode::YieldFrom);
  emit(Opcode::PopBlock);
  expr(*node.target);
  suite(node.body);
  jump(Opcode::Jump, start);
  pop_block();
  bind(except);
  if (!node.orelse.empty()) unit_->line = node.orelse.front()->place.line;  // as measured on 3.9
  emit(Opcode::EndAsyncFor);
  suite(node.orelse);
  bind(end);
}

void TreeCompiler::operator()(const syntax::While& node) {
  const int constant = constant_truth(*node.test);
  if (constant == 0) {
    if (!push_block({.kind = FrameBlock::Kind::WhileLoop, .start = {}, .exit = {}}, node.place.span)) return;
    unemitted(node.body);
    pop_block();
    return suite(node.orelse);
  }
  const Label loop = new_label(), end = new_label(), anchor = new_label();
  bind(loop);
  if (!push_block({.kind = FrameBlock::Kind::WhileLoop, .start = loop, .exit = end}, node.place.span)) return;
  if (constant == -1) jump_if(*node.test, anchor, false);
  suite(node.body);
  jump(Opcode::Jump, loop);
  if (constant == -1) bind(anchor);
  pop_block();
  suite(node.orelse);
  bind(end);
}

void TreeCompiler::operator()(const syntax::If& node) {
  const int constant = constant_truth(*node.test);
  if (constant == 0) {
    unemitted(node.body);
    suite(node.orelse);
  } else if (constant == 1) {
    suite(node.body);
    unemitted(node.orelse);
  } else {
    const Label end = new_label();
    const Label next = node.orelse.empty() ? end : new_label();
    jump_if(*node.test, next, false);
    suite(node.body);
    if (!node.orelse.empty()) {
      jump_forward(Opcode::Jump, end);
      bind(next);
      suite(node.orelse);
    }
    bind(end);
    return;
  }
  bind(new_label());  // ends a basic block, as in CPython
}

void TreeCompiler::operator()(const syntax::Raise& node) {
  if (node.exc) expr(*node.exc);
  if (node.cause) expr(*node.cause);
  emit(Opcode::RaiseVarargs, node.cause ? 2 : node.exc ? 1 : 0);
}

void TreeCompiler::operator()(const syntax::Assert& node) {
  const Label end = new_label();
  jump_if(*node.test, end, true);
  emit(Opcode::LoadAssertionError);
  if (node.msg) {
    expr(*node.msg);
    emit(Opcode::CallFunction, 1);
  }
  emit(Opcode::RaiseVarargs, 1);
  bind(end);
}

void TreeCompiler::operator()(const syntax::Expr& node) {
  if (folder_.value_of(*node.value)) return;  // a constant does nothing
  expr(*node.value);
  emit(Opcode::PopTop);
}

void TreeCompiler::operator()(const syntax::Break& node) {
  const auto loop = unwind_blocks(false, true);
  if (!loop) return complain("'break' outside loop", node.place.span);
  unwind(*loop, false);
  jump(Opcode::Jump, loop->exit);
}

void TreeCompiler::operator()(const syntax::Continue& node) {
  const auto loop = unwind_blocks(false, true);
  if (!loop) return complain("'continue' not properly in loop", node.place.span);
  jump(Opcode::Jump, loop->start);
}

}  // namespace lockweave::bytecode
