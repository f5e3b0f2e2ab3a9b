// Comprehensions and generator expressions: a hidden function whose only argument, `.0`, is the iterator of the outermost iterable.
#include "model/bytecode/tree_compiler.h"

namespace lockweave::bytecode {

using syntax::as_if;

void TreeCompiler::operator()(const syntax::ListComp& node) {
  comprehension(node, "<listcomp>", {ComprehensionKind::List, node.generators, *node.elt, nullptr});
}

void TreeCompiler::operator()(const syntax::SetComp& node) {
  comprehension(node, "<setcomp>", {ComprehensionKind::Set, node.generators, *node.elt, nullptr});
}

void TreeCompiler::operator()(const syntax::DictComp& node) {
  comprehension(node, "<dictcomp>", {ComprehensionKind::Dict, node.generators, *node.key, node.value.get()});
}

void TreeCompiler::operator()(const syntax::GeneratorExp& node) {
  comprehension(node, "<genexpr>", {ComprehensionKind::Generator, node.generators, *node.elt, nullptr});
}

void TreeCompiler::comprehension(const syntax::Expression& node, const char* name, const ComprehensionParts& parts) {
  const syntax::Comprehension& outermost = parts.generators.front();
  const bool makes_generator = parts.kind == ComprehensionKind::Generator;
  Unit unit;
  open_unit(unit, UnitKind::Comprehension, symbols_.scope(&node), name, node.place.line);
  unit.code->argument_count = 1;
  const bool awaits = unit.scope->is_coroutine && !makes_generator;
  if (awaits && !may_await()) complain("asynchronous comprehension outside of an asynchronous function", node.place.span);
  switch (parts.kind) {
    case ComprehensionKind::List: emit(Opcode::BuildList, 0); break;
    case ComprehensionKind::Set: emit(Opcode::BuildSet, 0); break;
    case ComprehensionKind::Dict: emit(Opcode::BuildMap, 0); break;
    case ComprehensionKind::Generator: break;
  }
  generator(parts, 0, 0);
  if (!makes_generator) emit(Opcode::ReturnValue);
  const auto code = close_unit();
  make_function(code, 0, code->qualname);
  iterable(*outermost.iter);
  emit(outermost.is_async ? Opcode::GetAiter : Opcode::GetIter);
  emit(Opcode::CallFunction, 1);
  if (awaits) await_top();
}

void TreeCompiler::generator(const ComprehensionParts& parts, std::size_t index, std::int32_t depth) {
  if (parts.generators[index].is_async) async_generator(parts, index, depth);
  else sync_generator(parts, index, depth);
}

// `depth`: iterators of outer `for`s on the stack.
void TreeCompiler::sync_generator(const ComprehensionParts& parts, std::size_t index, std::int32_t depth) {
  const syntax::Comprehension& part = parts.generators[index];
  const Label start = new_label(), skip = new_label(), anchor = new_label();
  bool loops = true;
  if (index == 0) {
    emit(Opcode::LoadFast, 0);
  } else {
    // `for y in [f(x)]` is an assignment (since 3.9).
    const auto* list = as_if<syntax::List>(part.iter);
    const auto* tuple = as_if<syntax::Tuple>(part.iter);
    const syntax::ExpressionList* elements = list != nullptr ? &list->elts : tuple != nullptr ? &tuple->elts : nullptr;
    loops = elements == nullptr || elements->size() != 1 || elements->front()->kind == syntax::ExpressionKind::Starred ||
            folder_.value_of(*elements->front());  // a tuple of constants is itself a constant by then
    if (loops) {
      iterable(*part.iter);
      emit(Opcode::GetIter);
    } else {
      expr(*elements->front());
    }
  }
  if (loops) {
    ++depth;
    bind(start);
    jump_forward(Opcode::ForIter, anchor);
  }
  expr(*part.target);
  generator_inside(parts, index, depth, skip);
  bind(skip);
  if (!loops) return;
  jump(Opcode::Jump, start);
  bind(anchor);
}

void TreeCompiler::async_generator(const ComprehensionParts& parts, std::size_t index, std::int32_t depth) {
  const syntax::Comprehension& part = parts.generators[index];
  const Label start = new_label(), except = new_label(), skip = new_label();
  if (index == 0) {
    emit(Opcode::LoadFast, 0);
  } else {
    iterable(*part.iter);
    emit(Opcode::GetAiter);
  }
  bind(start);
  jump_forward(Opcode::SetupFinally, except);
  emit(Opcode::GetAnext);
  load_none();
  emit(Opcode::YieldFrom);
  emit(Opcode::PopBlock);
  expr(*part.target);
  generator_inside(parts, index, depth + 1, skip);
  bind(skip);
  jump(Opcode::Jump, start);
  bind(except);
  emit(Opcode::EndAsyncFor);
}

void TreeCompiler::generator_inside(const ComprehensionParts& parts, std::size_t index, std::int32_t depth, Label skip) {
  for (const syntax::ExpressionPtr& condition : parts.generators[index].ifs) {
    jump_if(*condition, skip, false);
    bind(new_label());
  }
  if (index + 1 < parts.generators.size()) generator(parts, index + 1, depth);
  else comprehension_element(parts, depth);
}

void TreeCompiler::comprehension_element(const ComprehensionParts& parts, std::int32_t depth) {
  expr(parts.element);
  switch (parts.kind) {
    case ComprehensionKind::Generator:
      emit(Opcode::YieldValue);
      emit(Opcode::PopTop);
      return;
    case ComprehensionKind::List: return emit(Opcode::ListAppend, depth + 1);
    case ComprehensionKind::Set: return emit(Opcode::SetAdd, depth + 1);
    case ComprehensionKind::Dict: expr(*parts.value); return emit(Opcode::MapAdd, depth + 1);
  }
}

}  // namespace lockweave::bytecode
