// Functions, lambdas and classes: a code object of their own, and the instructions around it that make something of it.
#include "model/bytecode/tree_compiler.h"

namespace lockweave::bytecode {

namespace {

constexpr std::int32_t kHasDefaults = 1;
constexpr std::int32_t kHasKeywordDefaults = 2;
constexpr std::int32_t kHasAnnotations = 4;
constexpr std::int32_t kHasClosure = 8;

// The line of `def f` with a decorator is the decorator's.
std::uint32_t first_line_of(const syntax::Place& place, const syntax::ExpressionList& decorators) {
  return decorators.empty() ? place.line : decorators.front()->place.line;
}

const std::string* docstring(const syntax::Block& body) {
  const auto* statement = syntax::as_if<syntax::Expr>(body.front());
  const auto* constant = statement != nullptr ? syntax::as_if<syntax::Constant>(statement->value) : nullptr;
  return constant != nullptr ? std::get_if<std::string>(&constant->value) : nullptr;
}

}  // namespace

void TreeCompiler::decorators(const syntax::ExpressionList& list) { exprs(list); }

void TreeCompiler::apply_decorators(std::size_t count) {
  for (; count > 0; --count) emit(Opcode::CallFunction, 1);
}

// Leaves what MakeFunction wants of them on the stack; gives back its flags.
std::int32_t TreeCompiler::default_arguments(const syntax::Arguments& args) {
  std::int32_t flags = 0;
  if (!args.defaults.empty()) {
    exprs(args.defaults);
    emit(Opcode::BuildTuple, static_cast<std::int32_t>(args.defaults.size()));
    flags |= kHasDefaults;
  }
  std::int32_t count = 0;
  for (std::size_t i = 0; i < args.kwonlyargs.size(); ++i) {
    if (!args.kw_defaults[i]) continue;
    load_key(Constant{mangled(args.kwonlyargs[i].name)}, *args.kw_defaults[i]);
    expr(*args.kw_defaults[i]);
    ++count;
  }
  if (count > 0) {
    emit(Opcode::BuildMap, count, 2);
    flags |= kHasKeywordDefaults;
  }
  return flags;
}

// Leaves a dictionary of them on the stack, in CPython's order; gives back MakeFunction's flag for it.
std::int32_t TreeCompiler::function_annotations(const syntax::FunctionDef& node) {
  std::int32_t count = 0;
  const auto one = [&](const std::string& name, const syntax::ExpressionPtr& annotation) {
    if (!annotation) return;
    load_key(Constant{name}, *annotation);
    this->annotation(*annotation);
    ++count;
  };
  const auto argument = [&](const syntax::Arg& arg) { one(mangled(arg.name), arg.annotation); };
  for (const auto& arg : node.args.args) argument(arg);
  for (const auto& arg : node.args.posonlyargs) argument(arg);
  if (node.args.vararg) argument(*node.args.vararg);
  for (const auto& arg : node.args.kwonlyargs) argument(arg);
  if (node.args.kwarg) argument(*node.args.kwarg);
  one("return", node.returns);
  if (count == 0) return 0;
  emit(Opcode::BuildMap, count, 2);
  return kHasAnnotations;
}

// With `from __future__ import annotations` it is its text.
void TreeCompiler::annotation(const syntax::Expression& node) {
  if (future_annotations_) load_text(std::string(file_->text_of(node.place.span)));
  else expr(node);
}

void TreeCompiler::take_parameters(const syntax::Arguments& args) {
  Code& code = *unit_->code;
  code.argument_count = static_cast<std::uint32_t>(args.posonlyargs.size() + args.args.size());
  code.positional_only_count = static_cast<std::uint32_t>(args.posonlyargs.size());
  code.keyword_only_count = static_cast<std::uint32_t>(args.kwonlyargs.size());
  code.flags.varargs = args.vararg.has_value();
  code.flags.varkeywords = args.kwarg.has_value();
}

// What MakeFunction takes from under code and name is on the stack, but for the closure.
void TreeCompiler::make_function(const std::shared_ptr<const Code>& code, std::int32_t flags, const std::string& name) {
  if (unemitted_ > 0) return;
  if (!code->free_names.empty()) {
    for (const std::string& free : code->free_names) emit(Opcode::LoadClosure, deref_index(free));
    emit(Opcode::BuildTuple, static_cast<std::int32_t>(code->free_names.size()));
    flags |= kHasClosure;
  }
  load_constant(Constant{code});
  load_text(name);
  emit(Opcode::MakeFunction, flags);
}

void TreeCompiler::operator()(const syntax::FunctionDef& node) {
  decorators(node.decorator_list);
  const std::int32_t defaults = default_arguments(node.args);
  const std::int32_t flags = defaults | function_annotations(node);
  Unit unit;
  open_unit(unit, UnitKind::Function, symbols_.scope(&node), node.name, first_line_of(node.place, node.decorator_list));
  unit.is_async = node.is_async;
  take_parameters(node.args);
  function_body(node);
  const auto code = close_unit();
  make_function(code, flags, code->qualname);
  apply_decorators(node.decorator_list.size());
  name_operation(node.name, NameUse::Store);
}

void TreeCompiler::function_body(const syntax::FunctionDef& node) {
  Code& code = *unit_->code;
  const std::string* text = docstring(node.body);
  // CPython's first constant is the docstring or None; the numbering is kept because it decides how long the code is.
  if (unemitted_ == 0) code.constants.push_back(text != nullptr ? Constant{*text} : Constant{NoneConstant{}});
  if (text != nullptr) {
    code.docstring = *text;
    code.has_docstring = true;
  }
  suite(node.body);
}

void TreeCompiler::operator()(const syntax::Lambda& node) {
  const std::int32_t flags = default_arguments(node.args);
  Unit unit;
  open_unit(unit, UnitKind::Lambda, symbols_.scope(&node), "<lambda>", node.place.line);
  take_parameters(node.args);
  if (unemitted_ == 0) unit.code->constants.push_back(Constant{NoneConstant{}});
  expr(*node.body);
  const bool generator = unit.scope->is_generator;
  if (!generator) emit(Opcode::ReturnValue);
  const auto code = close_unit(!generator);
  make_function(code, flags, code->qualname);
}

void TreeCompiler::operator()(const syntax::ClassDef& node) {
  decorators(node.decorator_list);
  Unit unit;
  open_unit(unit, UnitKind::Class, symbols_.scope(&node), node.name, first_line_of(node.place, node.decorator_list));
  unit.class_name = node.name;
  class_body(node);
  const auto code = close_unit();
  emit(Opcode::LoadBuildClass);
  make_function(code, 0, code->name);  // not the qualified name; nobody sees it
  load_text(node.name);
  call(2, node.bases, node.keywords);
  apply_decorators(node.decorator_list.size());
  name_operation(node.name, NameUse::Store);
}

void TreeCompiler::class_body(const syntax::ClassDef& node) {
  name_operation("__name__", NameUse::Load);
  name_operation("__module__", NameUse::Store);
  load_text(unit_->code->qualname);
  name_operation("__qualname__", NameUse::Store);
  setup_annotations(node.body);
  docstring_code(node.body);
  suite(node.body);
  if (unit_->scope->needs_class_cell) {
    emit(Opcode::LoadClosure, 0);
    emit(Opcode::DupTop);
    name_operation("__classcell__", NameUse::Store);
  } else {
    load_none();
  }
  emit(Opcode::ReturnValue);
}

}  // namespace lockweave::bytecode
