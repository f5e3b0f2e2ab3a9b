// Import statements. The machine does the work in ImportName (model/import); what is around it is ordinary code and can be interrupted.
#include "model/bytecode/tree_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lockweave::bytecode {

namespace {

constexpr std::array<std::string_view, 10> kFutures = {"nested_scopes",  "generators",     "division",         "absolute_import",
                                                       "with_statement", "print_function", "unicode_literals", "generator_stop",
                                                       "annotations",    "barry_as_FLUFL"};

}  // namespace

void TreeCompiler::operator()(const syntax::Import& node) {
  for (const syntax::Alias& alias : node.names) {
    load_constant(Constant{std::int64_t{0}});
    load_none();
    emit_name(Opcode::ImportName, alias.name);
    if (alias.asname.empty()) name_operation(alias.name.substr(0, alias.name.find('.')), NameUse::Store);
    else import_as(alias);
  }
}

// `import a.b.c as d`. IMPORT_NAME gives `a`; since 3.7 (bpo-30024) the rest is found as `from a import b` would find it, before it was by
// attributes, which a module that is still being initialised may not have yet.
void TreeCompiler::import_as(const syntax::Alias& alias) {
  std::size_t dot = alias.name.find('.');
  if (dot == std::string::npos) return name_operation(alias.asname, NameUse::Store);
  const bool by_attribute = options_.version < std::pair(3, 7);
  while (true) {
    const std::size_t next = alias.name.find('.', dot + 1);
    const std::string part = alias.name.substr(dot + 1, next == std::string::npos ? next : next - dot - 1);
    if (unemitted_ == 0) emit(by_attribute ? Opcode::LoadAttr : Opcode::ImportFrom, name_index(part));
    if (next == std::string::npos) break;
    dot = next;
    if (by_attribute) continue;
    emit(Opcode::RotTwo);
    emit(Opcode::PopTop);
  }
  name_operation(alias.asname, NameUse::Store);
  if (!by_attribute) emit(Opcode::PopTop);
}

void TreeCompiler::operator()(const syntax::ImportFrom& node) {
  if (node.module == "__future__" && node.level == 0) check_future(node);
  load_constant(Constant{static_cast<std::int64_t>(node.level)});
  TupleConstant names;
  for (const syntax::Alias& alias : node.names) names.items.push_back(Constant{alias.name});
  load_constant(Constant{std::move(names)});
  emit_name(Opcode::ImportName, node.module);
  if (node.names.front().name == "*") return emit(Opcode::ImportStar);
  for (const syntax::Alias& alias : node.names) {
    emit_name(Opcode::ImportFrom, alias.name);
    name_operation(alias.asname.empty() ? alias.name : alias.asname, NameUse::Store);
  }
  emit(Opcode::PopTop);
}

void TreeCompiler::check_future(const syntax::ImportFrom& node) {
  if (!future_allowed_) complain("from __future__ imports must occur at the beginning of the file", node.place.span);
  for (const syntax::Alias& alias : node.names) {
    if (std::find(kFutures.begin(), kFutures.end(), alias.name) == kFutures.end()) {
      complain(fmt::format("future feature {} is not defined", alias.name), alias.place.span);
    }
    if (alias.name == "annotations") future_annotations_ = true;
  }
}

}  // namespace lockweave::bytecode
