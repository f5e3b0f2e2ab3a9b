// try, with, and what return, break and continue must undo on their way out of them.
//
// A handler starts with (what was handled before, the exception) on the stack and inside an implicit handler block, which PopExcept ends.
// Exceptions are one value here and three in CPython, so PopTop stands for three POP_TOP there (none of which is a place to switch
// threads).
#include "model/bytecode/tree_compiler.h"

#include <utility>

namespace lockweave::bytecode {

namespace {

// CPython's CO_MAXBLOCKS.
constexpr std::size_t kMaxBlocks = 20;

}  // namespace

bool TreeCompiler::push_block(FrameBlock block, SourceSpan span) {
  if (unit_->blocks.size() >= kMaxBlocks) {
    complain("too many statically nested blocks", span);
    return false;
  }
  unit_->blocks.push_back(std::move(block));
  return true;
}

void TreeCompiler::unwind(const FrameBlock& block, bool keep_top) {
  switch (block.kind) {
    case FrameBlock::Kind::WhileLoop: return;
    case FrameBlock::Kind::ForLoop:  // the iterator
      if (keep_top) emit(Opcode::RotTwo);
      emit(Opcode::PopTop);
      return;
    case FrameBlock::Kind::TryExcept: return emit(Opcode::PopBlock);
    case FrameBlock::Kind::FinallyTry: {
      emit(Opcode::PopBlock);
      // The finally suite may itself return: then the value that waits is dropped.
      if (keep_top && !push_block({.kind = FrameBlock::Kind::PopValue, .start = {}, .exit = {}}, {})) return;
      const std::uint32_t line = unit_->line;
      suite(*block.final_body);
      unit_->line = line;
      if (keep_top) pop_block();
      return;
    }
    case FrameBlock::Kind::FinallyEnd:
      if (keep_top) emit(Opcode::RotTwo);
      emit(Opcode::PopTop, 0, 3);
      if (keep_top) emit(Opcode::RotTwo);
      emit(Opcode::PopExcept);
      return;
    case FrameBlock::Kind::With:
    case FrameBlock::Kind::AsyncWith:
      emit(Opcode::PopBlock);
      if (keep_top) emit(Opcode::RotTwo);
      call_exit_with_nones();
      if (block.kind == FrameBlock::Kind::AsyncWith) await_top();
      emit(Opcode::PopTop);
      return;
    case FrameBlock::Kind::HandlerCleanup:
      if (!block.name.empty()) emit(Opcode::PopBlock);
      if (keep_top) emit(Opcode::RotTwo);
      emit(Opcode::PopExcept);
      if (!block.name.empty()) forget(block.name);
      return;
    case FrameBlock::Kind::PopValue:
      if (keep_top) emit(Opcode::RotTwo);
      emit(Opcode::PopTop);
      return;
  }
}

std::optional<FrameBlock> TreeCompiler::unwind_blocks(bool keep_top, bool up_to_loop) {
  if (unit_->blocks.empty()) return std::nullopt;
  const FrameBlock top = unit_->blocks.back();
  if (up_to_loop && (top.kind == FrameBlock::Kind::WhileLoop || top.kind == FrameBlock::Kind::ForLoop)) return top;
  // What is emitted to leave a block stands outside of it.
  unit_->blocks.pop_back();
  unwind(top, keep_top);
  auto loop = unwind_blocks(keep_top, up_to_loop);
  unit_->blocks.push_back(top);
  return loop;
}

void TreeCompiler::operator()(const syntax::Try& node) {
  if (node.is_star) return complain("except* is not supported", node.place.span);
  if (node.finalbody.empty()) return try_except(node);
  try_finally(node);
}

// The finally suite is there several times: for the normal way, for each way out (unwind), and for exceptions.
void TreeCompiler::try_finally(const syntax::Try& node) {
  const Label handler = new_label(), exit = new_label();
  jump_forward(Opcode::SetupFinally, handler);
  if (!push_block({.kind = FrameBlock::Kind::FinallyTry, .start = {}, .exit = {}, .final_body = &node.finalbody}, node.place.span)) return;
  if (node.handlers.empty()) suite(node.body);
  else try_except(node);
  emit(Opcode::PopBlock);
  pop_block();
  suite(node.finalbody);
  jump_forward(Opcode::Jump, exit);
  bind(handler);
  if (!push_block({.kind = FrameBlock::Kind::FinallyEnd, .start = {}, .exit = {}}, node.place.span)) return;
  suite(node.finalbody);
  pop_block();
  emit(Opcode::Reraise);
  bind(exit);
}

void TreeCompiler::try_except(const syntax::Try& node) {
  Label except = new_label();
  const Label orelse = new_label(), end = new_label();
  jump_forward(Opcode::SetupFinally, except);
  if (!push_block({.kind = FrameBlock::Kind::TryExcept, .start = {}, .exit = {}}, node.place.span)) return;
  suite(node.body);
  emit(Opcode::PopBlock);
  pop_block();
  jump_forward(Opcode::Jump, orelse);
  bind(except);
  for (const syntax::ExceptHandler& handler : node.handlers) {
    if (!handler.type && &handler != &node.handlers.back()) complain("default 'except:' must be last", handler.place.span);
    unit_->line = handler.place.line;
    except = new_label();
    if (handler.type) {
      emit(Opcode::DupTop);
      expr(*handler.type);
      jump(Opcode::JumpIfNotExcMatch, except);
    }
    if (!handler.name.empty()) {
      handler_with_name(handler, end);
    } else {
      emit(Opcode::PopTop, 0, 3);
      if (!push_block({.kind = FrameBlock::Kind::HandlerCleanup, .start = {}, .exit = {}}, handler.place.span)) return;
      suite(handler.body);
      pop_block();
      emit(Opcode::PopExcept);
      jump_forward(Opcode::Jump, end);
    }
    bind(except);
  }
  emit(Opcode::Reraise);
  bind(orelse);
  suite(node.orelse);
  bind(end);
}

// `except T as n`: n goes away again however the suite ends.
void TreeCompiler::handler_with_name(const syntax::ExceptHandler& handler, Label end) {
  const Label cleanup = new_label();
  name_operation(handler.name, NameUse::Store);
  jump_forward(Opcode::SetupFinally, cleanup, 3);  // and two POP_TOP around the store
  if (!push_block({.kind = FrameBlock::Kind::HandlerCleanup, .start = {}, .exit = {}, .name = handler.name}, handler.place.span)) return;
  suite(handler.body);
  pop_block();
  emit(Opcode::PopBlock);
  emit(Opcode::PopExcept);
  forget(handler.name);
  jump_forward(Opcode::Jump, end);
  bind(cleanup);
  forget(handler.name);
  emit(Opcode::Reraise);
}

void TreeCompiler::forget(const std::string& name) {
  load_none();
  name_operation(name, NameUse::Store);
  name_operation(name, NameUse::Delete);
}

void TreeCompiler::operator()(const syntax::With& node) {
  if (node.is_async && !unit_->is_async) {
    complain("'async with' outside async function", node.place.span);
  }
  with_item(node, 0);
}

void TreeCompiler::with_item(const syntax::With& node, std::size_t index) {
  const syntax::WithItem& item = node.items[index];
  const Label handler = new_label(), exit = new_label(), suppressed = new_label();
  expr(*item.context_expr);
  if (node.is_async) {
    emit(Opcode::BeforeAsyncWith);
    await_top();
  } else {
    emit(Opcode::BeforeWith, 0, 0);  // CPython's SETUP_WITH is this and the next
  }
  jump_forward(Opcode::SetupWith, handler);
  const auto kind = node.is_async ? FrameBlock::Kind::AsyncWith : FrameBlock::Kind::With;
  if (!push_block({.kind = kind, .start = {}, .exit = {}}, node.place.span)) return;
  if (item.optional_vars) expr(*item.optional_vars);
  else emit(Opcode::PopTop);
  if (index + 1 == node.items.size()) suite(node.body);
  else with_item(node, index + 1);
  emit(Opcode::PopBlock);
  pop_block();
  call_exit_with_nones();
  if (node.is_async) await_top();
  emit(Opcode::PopTop);
  jump_forward(Opcode::Jump, exit);
  bind(handler);
  emit(Opcode::WithExceptStart);
  if (node.is_async) await_top();
  jump(Opcode::PopJumpIfTrue, suppressed);
  emit(Opcode::Reraise);
  bind(suppressed);
  emit(Opcode::PopTop, 0, 3);
  emit(Opcode::PopExcept);
  emit(Opcode::PopTop);
  bind(exit);
}

void TreeCompiler::call_exit_with_nones() {
  load_none();
  emit(Opcode::DupTop);
  emit(Opcode::DupTop);
  emit(Opcode::CallFunction, 3);
}

void TreeCompiler::await_top() {
  emit(Opcode::GetAwaitable);
  load_none();
  emit(Opcode::YieldFrom);
}

}  // namespace lockweave::bytecode
