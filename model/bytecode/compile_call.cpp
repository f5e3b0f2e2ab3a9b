// Calls.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "model/bytecode/tree_compiler.h"

namespace lockweave::bytecode {

using syntax::as_if;

namespace {

bool has_star(const syntax::ExpressionList& args) {
  return std::any_of(args.begin(), args.end(), [](const auto& node) { return node->kind == syntax::ExpressionKind::Starred; });
}

bool has_double_star(const std::vector<syntax::Keyword>& keywords) {
  return std::any_of(keywords.begin(), keywords.end(), [](const syntax::Keyword& keyword) { return keyword.name.empty(); });
}

}  // namespace

void TreeCompiler::operator()(const syntax::Call& node) {
  if (method_call(node)) return;
  expr(*node.func);
  call(0, node.args, node.keywords);
}

// `o.m(a)`: no bound method is made. Its two instructions have the line of the call.
bool TreeCompiler::method_call(const syntax::Call& node) {
  const auto* method = as_if<syntax::Attribute>(node.func);
  if (method == nullptr || !node.keywords.empty() || has_star(node.args)) return false;
  expr(*method->value);
  emit_name(Opcode::LoadMethod, method->attr);
  exprs(node.args);
  emit(Opcode::CallMethod, static_cast<std::int32_t>(node.args.size()));
  return true;
}

// The function is on the stack, and `pushed` arguments.
void TreeCompiler::call(std::int32_t pushed, const syntax::ExpressionList& args, const std::vector<syntax::Keyword>& keywords) {
  std::set<std::string> seen;
  for (const syntax::Keyword& keyword : keywords) {
    if (keyword.name.empty() || seen.insert(keyword.name).second) continue;
    complain(fmt::format("keyword argument repeated: {}", keyword.name), keyword.place.span);
  }
  if (has_star(args) || has_double_star(keywords)) return call_with_stars(pushed, args, keywords);
  exprs(args);
  const auto count = pushed + static_cast<std::int32_t>(args.size() + keywords.size());
  if (keywords.empty()) return emit(Opcode::CallFunction, count);
  TupleConstant names;
  for (const syntax::Keyword& keyword : keywords) {
    expr(*keyword.value);
    names.items.push_back(Constant{keyword.name});
  }
  load_constant(Constant{std::move(names)});
  emit(Opcode::CallFunctionKw, count);
}

void TreeCompiler::call_with_stars(std::int32_t pushed, const syntax::ExpressionList& args, const std::vector<syntax::Keyword>& keywords) {
  const auto* only = args.size() == 1 && pushed == 0 ? as_if<syntax::Starred>(args.front()) : nullptr;
  if (only != nullptr) expr(*only->value);
  else display(args, pushed, {Opcode::BuildList, Opcode::ListAppend, Opcode::ListExtend, true});
  std::size_t begin = 0;
  bool started = false;
  const auto flush = [&](std::size_t end) {
    if (begin == end) return;
    keyword_dictionary(keywords, begin, end);
    if (started) emit(Opcode::DictMerge, 1);
    started = true;
  };
  for (std::size_t i = 0; i < keywords.size(); ++i) {
    if (!keywords[i].name.empty()) continue;
    flush(i);
    if (!started) emit(Opcode::BuildMap, 0);
    started = true;
    expr(*keywords[i].value);
    emit(Opcode::DictMerge, 1);
    begin = i + 1;
  }
  flush(keywords.size());
  emit(Opcode::CallFunctionEx, keywords.empty() ? 0 : 1);
}

void TreeCompiler::keyword_dictionary(const std::vector<syntax::Keyword>& keywords, std::size_t begin, std::size_t end) {
  const bool several = end - begin > 1;  // CPython then loads the names as one tuple
  for (std::size_t i = begin; i < end; ++i) {
    if (several) load_key(Constant{keywords[i].name}, *keywords[i].value);
    else load_text(keywords[i].name);
    expr(*keywords[i].value);
  }
  emit(Opcode::BuildMap, static_cast<std::int32_t>(end - begin), several ? 2 : 1);
}

}  // namespace lockweave::bytecode
