// exec, eval and compile of a text made while the program runs: through the same compiler as the files. A text is compiled once; the
// code object it gives has the same number in every state.
#include <algorithm>

#include <fmt/format.h>

#include "model/bytecode/compiler.h"
#include "model/syntax/parser.h"
#include "model/syntax/subset.h"
#include "model/vm/modules.h"

namespace lockweave::vm {

using builtins::done;

namespace {

using CodePointer = std::shared_ptr<const bytecode::Code>;

lockweave::Result<CodePointer> compile_module(const std::shared_ptr<const SourceFile>& file, bytecode::CompileOptions options) {
  auto tree = syntax::parse(*file);
  if (!tree) return fail(tree);
  if (auto refused = syntax::check_subset(*file, *tree)) return fail(*refused);
  return bytecode::compile(*tree, file, options);
}

lockweave::Result<CodePointer> compile_expression(const std::shared_ptr<const SourceFile>& file, bytecode::CompileOptions options) {
  auto tree = syntax::parse_expression(*file);
  if (!tree) return fail(tree);
  const syntax::Expression& expression = **tree;
  auto statement = std::make_unique<syntax::Expr>();
  statement->place = expression.place;
  statement->value = std::move(*tree);
  syntax::Module module;
  module.body.push_back(std::move(statement));
  if (auto refused = syntax::check_subset(*file, module)) return fail(*refused);
  return bytecode::compile_expression(expression, file, options);
}

Result raise_syntax_error(Vm& vm, const Diagnostic& diagnostic) {
  const Value place[] = {vm.string(diagnostic.file), vm.integer(diagnostic.line), vm.integer(diagnostic.column), vm.string(diagnostic.source_line + "\n")};
  const Value arguments[] = {vm.string(diagnostic.message), vm.tuple(place)};
  const Value error = vm.make_exception(TypeId::SyntaxError, {});
  set_exception_arguments(vm, error, arguments, {});
  constexpr std::string_view names[] = {"filename", "lineno", "offset", "text"};
  for (std::size_t i = 0; i < std::size(names); ++i) vm.heap.set_attribute(error.object_id(), vm.string(names[i]), place[i]);
  return vm.raise_value(error);
}

}  // namespace

// Which text it is the code of a whole module of; none if it is anything else.
std::optional<std::pair<std::string, std::string>> Vm::compiled_from(Value code) {
  const bytecode::Code& compiled = *program_->code(code.number()).code;
  const std::pair<std::string, std::string> from(compiled.file->name(), compiled.file->text());
  const auto is_file = [&](const ScenarioFile& file) { return file.code == code; };
  if (std::ranges::any_of(files, is_file)) return from;
  const auto number = program_->text_code(fmt::format("exec\n{}\n{}", from.first, from.second));
  return number == code.number() ? std::optional(from) : std::nullopt;
}

// Code of files in the scenario's folder is named as the files are in the scenario. One whose content is what it was at the beginning is compiled already.
Result Vm::compile_text(const std::string& source, std::string name, bool as_expression) {
  if (compiles_files && !as_expression) {
    const std::string folder = fmt::format("{}/", scenario_folder);
    if (name.starts_with(folder)) name.erase(0, folder.size());
    const auto file = std::ranges::find(files, name, &ScenarioFile::path);
    if (file != files.end() && file->text == source && !file->code.is_unset()) return done(file->code);
  }
  const std::string key = fmt::format("{}\n{}\n{}", as_expression ? "eval" : "exec", name, source);
  if (const auto known = program_->text_code(key)) return done(Value(Tag::Code, *known));
  const auto file = std::make_shared<const SourceFile>(name, source);
  const bytecode::CompileOptions options{.native = false, .version = version_};
  const auto code = as_expression ? compile_expression(file, options) : compile_module(file, options);
  if (code) return done(Value(Tag::Code, program_->add_text(key, *code, heap)));
  if (code.error().code == DiagnosticCode::SyntaxError) return raise_syntax_error(*this, code.error());
  return unsupported(fmt::format("{} in a text given to exec, eval or compile", code.error().message));
}

// A constant of such a code object that is a heap object: made anew each time, since states saved before do not hold it.
Flow Vm::load_made_constant(std::uint32_t index) {
  struct Visitor {
    Vm& vm;
    Value operator()(const bytecode::TupleConstant& tuple) const {
      std::vector<Value> items;
      for (const auto& item : tuple.items) items.push_back(std::visit(*this, item.value));
      return vm.tuple(items);
    }
    Value operator()(const bytecode::NoneConstant&) const { return Value::none(); }
    Value operator()(bool b) const { return Value::boolean(b); }
    Value operator()(const bytecode::EllipsisConstant&) const { return Value(Tag::Ellipsis); }
    Value operator()(std::int64_t n) const { return vm.integer(n); }
    Value operator()(const bytecode::BigIntConstant& n) const { return vm.constants.integer(state::BigInt(n.decimal)); }
    Value operator()(double d) const { return vm.constants.floating(d); }
    Value operator()(const std::string& s) const { return vm.string(s); }
    Value operator()(const bytecode::BytesConstant& b) const { return vm.constants.bytes(b.bytes); }
    Value operator()(const std::shared_ptr<const bytecode::Code>&) const { return {}; }  // no tuple holds one
  };
  push(std::visit(Visitor{*this}, code_->code->constants[index].value));
  return Flow::Next;
}

}  // namespace lockweave::vm
