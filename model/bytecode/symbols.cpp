#include "model/bytecode/symbols.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "model/base/check.h"

namespace lockweave::bytecode {

using namespace syntax;

using Names = std::set<std::string>;

namespace {

// Holds the first complaint; later ones are its consequences as often as not.
class Complaints {
 public:
  explicit Complaints(const SourceFile& file) : file_(file) {}
  void add(std::string message, SourceSpan span) {
    if (!first_) first_ = make_diagnostic(DiagnosticCode::SyntaxError, std::move(message), file_, span);
  }
  const std::optional<Diagnostic>& first() const { return first_; }

 private:
  const SourceFile& file_;
  std::optional<Diagnostic> first_;
};

}  // namespace

// First pass: walks the tree in CPython's order (it decides what counts as "used prior to global declaration") and notes how each name is
// used.
class SymbolCollector {
 public:
  SymbolCollector(SymbolTable& table, Complaints& complaints) : table_(table), complaints_(complaints) {}

  void run(const Module& module) {
    enter(ScopeKind::Module, "top", nullptr);
    block(module.body);
  }
  void run(const Expression& expression) {
    enter(ScopeKind::Module, "top", nullptr);
    visit_node(expression);
  }

  void operator()(const FunctionDef& node);
  void operator()(const ClassDef& node);
  void operator()(const Return& node) { optional(node.value); }
  void operator()(const Delete& node) { all(node.targets); }
  void operator()(const Assign& node) { all(node.targets), visit_node(*node.value); }
  void operator()(const AugAssign& node) { visit_node(*node.target), visit_node(*node.value); }
  void operator()(const AnnAssign& node);
  void operator()(const For& node);
  void operator()(const While& node) { visit_node(*node.test), block(node.body), block(node.orelse); }
  void operator()(const If& node) { visit_node(*node.test), block(node.body), block(node.orelse); }
  void operator()(const With& node);
  void operator()(const Raise& node) { optional(node.exc), optional(node.cause); }
  void operator()(const Try& node);
  void operator()(const Assert& node) { visit_node(*node.test), optional(node.msg); }
  void operator()(const Import& node);
  void operator()(const ImportFrom& node);
  void operator()(const Global& node) { declare(node.names, node.place.span, true); }
  void operator()(const Nonlocal& node) { declare(node.names, node.place.span, false); }
  void operator()(const Expr& node) { visit_node(*node.value); }
  void operator()(const Pass&) {}
  void operator()(const Break&) {}
  void operator()(const Continue&) {}

  void operator()(const BoolOp& node) { all(node.values); }
  void operator()(const NamedExpr& node);
  void operator()(const BinOp& node) { visit_node(*node.left), visit_node(*node.right); }
  void operator()(const UnaryOp& node) { visit_node(*node.operand); }
  void operator()(const Lambda& node);
  void operator()(const IfExp& node) { visit_node(*node.test), visit_node(*node.body), visit_node(*node.orelse); }
  void operator()(const Dict& node) { all(node.keys), all(node.values); }
  void operator()(const syntax::Set& node) { all(node.elts); }
  void operator()(const ListComp& node) { comprehension(&node, "listcomp", node.generators, *node.elt, nullptr, false); }
  void operator()(const SetComp& node) { comprehension(&node, "setcomp", node.generators, *node.elt, nullptr, false); }
  void operator()(const DictComp& node) { comprehension(&node, "dictcomp", node.generators, *node.key, node.value.get(), false); }
  void operator()(const GeneratorExp& node) { comprehension(&node, "genexpr", node.generators, *node.elt, nullptr, true); }
  void operator()(const Await& node) { visit_node(*node.value), current_->is_coroutine = true; }
  void operator()(const Yield& node) { optional(node.value), mark_generator(node.place.span); }
  void operator()(const YieldFrom& node) { visit_node(*node.value), mark_generator(node.place.span); }
  void operator()(const Compare& node) { visit_node(*node.left), all(node.comparators); }
  void operator()(const Call& node) { visit_node(*node.func), all(node.args), keywords(node.keywords); }
  void operator()(const FormattedValue& node) { visit_node(*node.value), optional(node.format_spec); }
  void operator()(const JoinedStr& node) { all(node.values); }
  void operator()(const syntax::Constant&) {}
  void operator()(const Attribute& node) { visit_node(*node.value); }
  void operator()(const Subscript& node) { visit_node(*node.value), visit_node(*node.slice); }
  void operator()(const Starred& node) { visit_node(*node.value); }
  void operator()(const Name& node);
  void operator()(const List& node) { all(node.elts); }
  void operator()(const Tuple& node) { all(node.elts); }
  void operator()(const Slice& node) { optional(node.lower), optional(node.upper), optional(node.step); }

 private:
  void visit_node(const Expression& node) { visit(node, *this); }
  void optional(const ExpressionPtr& node) {
    if (node) visit_node(*node);
  }
  void all(const ExpressionList& nodes) {
    for (const ExpressionPtr& node : nodes) optional(node);
  }
  void block(const Block& statements) {
    for (const StatementPtr& node : statements) visit(*node, *this);
  }
  void keywords(const std::vector<Keyword>& list) {
    for (const Keyword& keyword : list) visit_node(*keyword.value);
  }

  Scope& enter(ScopeKind kind, const std::string& name, const void* node) {
    auto scope = std::make_unique<Scope>();
    scope->kind = kind;
    scope->name = name;
    scope->parent = current_;
    if (current_ != nullptr) current_->children.push_back(scope.get());
    current_ = scope.get();
    table_.by_node_[node] = current_;
    table_.scopes_.push_back(std::move(scope));
    return *current_;
  }
  void leave() { current_ = current_->parent; }

  Symbol& symbol_in(Scope& scope, const std::string& name) { return scope.symbols[mangle(class_name_, name)]; }
  Symbol& symbol(const std::string& name) { return symbol_in(*current_, name); }
  void assign(const std::string& name) { symbol(name).assigned = true; }
  void use(const std::string& name) { symbol(name).used = true; }

  void parameter(const Arg& arg) {
    Symbol& entry = symbol(arg.name);
    if (entry.parameter) complaints_.add(fmt::format("duplicate argument '{}' in function definition", arg.name), arg.place.span);
    entry.parameter = true;
    current_->parameters.push_back(mangle(class_name_, arg.name));
  }
  void parameters(const Arguments& args);
  void annotations(const Arguments& args);
  void declare(const std::vector<std::string>& names, SourceSpan span, bool global);
  void mark_generator(SourceSpan span);
  void bind_import(const Alias& alias, bool from_import);
  void comprehension(const void* node, const char* name, const std::vector<Comprehension>& generators, const Expression& element,
                     const Expression* value, bool is_generator);
  void comprehension_target(const Expression& target);
  void bind_walrus_outside(const Name& target);

  SymbolTable& table_;
  Complaints& complaints_;
  Scope* current_ = nullptr;
  std::string class_name_;
  bool in_comprehension_target_ = false;
};

void SymbolCollector::parameters(const Arguments& args) {
  for (const Arg& arg : args.posonlyargs) parameter(arg);
  for (const Arg& arg : args.args) parameter(arg);
  for (const Arg& arg : args.kwonlyargs) parameter(arg);
  if (args.vararg) parameter(*args.vararg);
  if (args.kwarg) parameter(*args.kwarg);
}

// Annotations of functions are not evaluated here, but CPython counts what they mention as used, and that may make a cell of it.
void SymbolCollector::annotations(const Arguments& args) {
  const auto one = [&](const Arg& arg) { optional(arg.annotation); };
  for (const Arg& arg : args.posonlyargs) one(arg);
  for (const Arg& arg : args.args) one(arg);
  if (args.vararg) one(*args.vararg);
  if (args.kwarg) one(*args.kwarg);
  for (const Arg& arg : args.kwonlyargs) one(arg);
}

void SymbolCollector::operator()(const FunctionDef& node) {
  assign(node.name);
  all(node.args.defaults);
  all(node.args.kw_defaults);
  annotations(node.args);
  optional(node.returns);
  all(node.decorator_list);
  enter(ScopeKind::Function, node.name, &node).is_coroutine = node.is_async;
  parameters(node.args);
  block(node.body);
  leave();
}

void SymbolCollector::operator()(const ClassDef& node) {
  assign(node.name);
  all(node.bases);
  keywords(node.keywords);
  all(node.decorator_list);
  enter(ScopeKind::Class, node.name, &node);
  std::string outer = std::exchange(class_name_, node.name);
  block(node.body);
  class_name_ = std::move(outer);
  leave();
}

void SymbolCollector::operator()(const Lambda& node) {
  all(node.args.defaults);
  all(node.args.kw_defaults);
  enter(ScopeKind::Function, "lambda", &node);
  parameters(node.args);
  visit_node(*node.body);
  leave();
}

void SymbolCollector::operator()(const AnnAssign& node) {
  if (const Name* name = as_if<Name>(node.target)) {
    Symbol& entry = symbol(name->id);
    if (node.simple && current_->parent != nullptr && (entry.declared_global || entry.declared_nonlocal)) {
      complaints_.add(fmt::format("annotated name '{}' can't be {}", name->id, entry.declared_global ? "global" : "nonlocal"),
                      node.place.span);
    }
    if (node.simple) entry.annotated = true;
    if (node.simple || node.value) entry.assigned = true;
  } else {
    visit_node(*node.target);
  }
  visit_node(*node.annotation);
  optional(node.value);
}

void SymbolCollector::operator()(const For& node) {
  visit_node(*node.target);
  visit_node(*node.iter);
  block(node.body);
  block(node.orelse);
}

void SymbolCollector::operator()(const With& node) {
  for (const WithItem& item : node.items) {
    visit_node(*item.context_expr);
    optional(item.optional_vars);
  }
  block(node.body);
}

void SymbolCollector::operator()(const Try& node) {
  block(node.body);
  block(node.orelse);
  for (const ExceptHandler& handler : node.handlers) {
    optional(handler.type);
    if (!handler.name.empty()) assign(handler.name);
    block(handler.body);
  }
  block(node.finalbody);
}

void SymbolCollector::bind_import(const Alias& alias, bool from_import) {
  if (alias.name == "*") {
    if (current_->kind != ScopeKind::Module) complaints_.add("import * only allowed at module level", alias.place.span);
    return;
  }
  if (!alias.asname.empty()) return assign(alias.asname);
  assign(from_import ? alias.name : alias.name.substr(0, alias.name.find('.')));
}

void SymbolCollector::operator()(const Import& node) {
  for (const Alias& alias : node.names) bind_import(alias, false);
}

void SymbolCollector::operator()(const ImportFrom& node) {
  for (const Alias& alias : node.names) bind_import(alias, true);
}

void SymbolCollector::declare(const std::vector<std::string>& names, SourceSpan span, bool global) {
  const char* word = global ? "global" : "nonlocal";
  for (const std::string& name : names) {
    Symbol& entry = symbol(name);
    if (entry.parameter) {
      complaints_.add(fmt::format("name '{}' is parameter and {}", name, word), span);
    } else if (entry.used) {
      complaints_.add(fmt::format("name '{}' is used prior to {} declaration", name, word), span);
    } else if (entry.annotated) {
      complaints_.add(fmt::format("annotated name '{}' can't be {}", name, word), span);
    } else if (entry.assigned) {
      complaints_.add(fmt::format("name '{}' is assigned to before {} declaration", name, word), span);
    }
    (global ? entry.declared_global : entry.declared_nonlocal) = true;
    // One `global x` anywhere makes x an explicit global of the module's body too (3.9, symtable_add_def): STORE_GLOBAL there.
    if (global) symbol_in(*table_.scopes_.front(), name).declared_global = true;
    entry.declaration = span;
  }
}

void SymbolCollector::mark_generator(SourceSpan span) {
  if (current_->is_comprehension) complaints_.add(fmt::format("'yield' inside {}", current_->name), span);
  current_->is_generator = true;
}

void SymbolCollector::operator()(const Name& node) {
  if (node.context == ExprContext::Load) {
    use(node.id);
    // `super()` finds its class in the cell __class__.
    if (current_->kind == ScopeKind::Function && node.id == "super") use("__class__");
    return;
  }
  assign(node.id);
  if (in_comprehension_target_) symbol(node.id).iteration_variable = true;
}

void SymbolCollector::operator()(const NamedExpr& node) {
  const Name* target = as_if<Name>(node.target);
  if (current_->iterable_depth > 0) {
    complaints_.add("assignment expression cannot be used in a comprehension iterable expression", node.place.span);
  } else if (current_->is_comprehension && target != nullptr) {
    bind_walrus_outside(*target);
  }
  visit_node(*node.value);
  visit_node(*node.target);
}

// `[y := f(x) for x in z]` binds y where the comprehension stands, not inside it.
void SymbolCollector::bind_walrus_outside(const Name& target) {
  Scope* scope = current_;
  for (; scope->is_comprehension; scope = scope->parent) {
    const auto found = scope->symbols.find(mangle(class_name_, target.id));
    if (found != scope->symbols.end() && found->second.iteration_variable) {
      complaints_.add(fmt::format("assignment expression cannot rebind comprehension iteration variable '{}'", target.id),
                      target.place.span);
      return;
    }
  }
  if (scope->kind == ScopeKind::Class) {
    complaints_.add("assignment expression within a comprehension cannot be used in a class body", target.place.span);
    return;
  }
  Symbol& outer = symbol_in(*scope, target.id);
  Symbol& inner = symbol(target.id);
  if (scope->kind == ScopeKind::Module || outer.declared_global) {
    inner.declared_global = true;
    // CPython makes the name an explicit global of the module too: STORE_GLOBAL then, and STORE_NAME elsewhere mean the same slot.
    if (scope->kind == ScopeKind::Module) outer.declared_global = true;
    return;
  }
  inner.declared_nonlocal = true;
  inner.declaration = target.place.span;
  outer.assigned = true;
}

void SymbolCollector::comprehension_target(const Expression& target) {
  const bool before = std::exchange(in_comprehension_target_, true);
  visit_node(target);
  in_comprehension_target_ = before;
}

void SymbolCollector::comprehension(const void* node, const char* name, const std::vector<Comprehension>& generators,
                                    const Expression& element, const Expression* value, bool is_generator) {
  const Comprehension& outermost = generators.front();
  const auto iterable = [&](const Expression& iter) {
    Scope* const scope = current_;
    ++scope->iterable_depth;
    visit_node(iter);
    --scope->iterable_depth;
  };
  iterable(*outermost.iter);
  Scope& scope = enter(ScopeKind::Function, name, node);
  scope.is_comprehension = true;
  scope.is_coroutine = outermost.is_async;
  scope.symbols[".0"].parameter = true;
  scope.parameters.push_back(".0");
  comprehension_target(*outermost.target);
  all(outermost.ifs);
  for (std::size_t i = 1; i < generators.size(); ++i) {
    comprehension_target(*generators[i].target);
    iterable(*generators[i].iter);
    all(generators[i].ifs);
    scope.is_coroutine |= generators[i].is_async;
  }
  if (value != nullptr) visit_node(*value);
  visit_node(element);
  scope.is_generator = is_generator;
  leave();
  if (scope.is_coroutine && !is_generator) current_->is_coroutine = true;
}

namespace {

// Second pass: from the module inwards, which names of outer functions are in sight; on the way back, which of them are needed as cells.
class SymbolResolver {
 public:
  explicit SymbolResolver(Complaints& complaints) : complaints_(complaints) {}

  void run(Scope& module) {
    Names bound, global;
    resolve(module, bound, global);
  }

 private:
  // Gives back the names that are still free. `bound`: locals of enclosing functions; `global`: declared so further out.
  Names resolve(Scope& scope, Names bound, Names global) {
    Names inner_bound = bound, inner_global = global, locals, free;
    for (auto& [name, symbol] : scope.symbols) resolve_name(scope, name, symbol, bound, global, locals, free);
    if (scope.kind == ScopeKind::Class) {
      // What a class body binds or declares is not in sight of its methods.
      inner_bound.insert("__class__");
    } else {
      inner_bound = bound;
      if (scope.kind == ScopeKind::Function) inner_bound.insert(locals.begin(), locals.end());
      inner_global = global;
    }
    Names needed = free;
    for (Scope* child : scope.children) needed.merge(resolve(*child, inner_bound, inner_global));
    if (scope.kind == ScopeKind::Function) make_cells(scope, needed);
    if (scope.kind == ScopeKind::Class) scope.needs_class_cell = needed.erase("__class__") > 0;
    pass_on(scope, needed, bound);
    return needed;
  }

  void resolve_name(const Scope& scope, const std::string& name, Symbol& symbol, Names& bound, Names& global, Names& locals, Names& free) {
    if (symbol.declared_global) {
      if (symbol.declared_nonlocal) complaints_.add(fmt::format("name '{}' is nonlocal and global", name), symbol.declaration);
      symbol.scope = NameScope::GlobalExplicit;
      global.insert(name);
      bound.erase(name);
    } else if (symbol.declared_nonlocal) {
      if (scope.kind == ScopeKind::Module) {
        complaints_.add("nonlocal declaration not allowed at module level", symbol.declaration);
      } else if (!bound.contains(name)) {
        complaints_.add(fmt::format("no binding for nonlocal '{}' found", name), symbol.declaration);
      }
      symbol.scope = NameScope::Free;
      free.insert(name);
    } else if (symbol.is_bound()) {
      symbol.scope = NameScope::Local;
      locals.insert(name);
      global.erase(name);
    } else if (bound.contains(name)) {
      symbol.scope = NameScope::Free;
      free.insert(name);
    } else {
      symbol.scope = NameScope::GlobalImplicit;
    }
  }

  void make_cells(Scope& scope, Names& needed) {
    for (auto& [name, symbol] : scope.symbols) {
      if (symbol.scope == NameScope::Local && needed.erase(name) > 0) symbol.scope = NameScope::Cell;
    }
  }

  // What inner scopes need from further out goes through this one.
  void pass_on(Scope& scope, const Names& needed, const Names& bound) {
    for (const std::string& name : needed) {
      const auto found = scope.symbols.find(name);
      if (found != scope.symbols.end()) {
        Symbol& symbol = found->second;
        if (scope.kind == ScopeKind::Class && (symbol.is_bound() || symbol.declared_global)) symbol.free_in_class = true;
      } else if (bound.contains(name)) {
        scope.symbols[name].scope = NameScope::Free;
      }
    }
  }

  Complaints& complaints_;
};

}  // namespace

NameScope Scope::scope_of(const std::string& mangled) const {
  const auto found = symbols.find(mangled);
  return found == symbols.end() ? NameScope::Unknown : found->second.scope;
}

std::vector<std::string> Scope::cell_names() const {
  std::vector<std::string> names;
  if (needs_class_cell) names.push_back("__class__");
  for (const auto& [key, symbol] : symbols) {
    if (symbol.scope == NameScope::Cell) names.push_back(key);
  }
  return names;
}

std::vector<std::string> Scope::free_names() const {
  std::vector<std::string> names;
  for (const auto& [key, symbol] : symbols) {
    if (symbol.scope == NameScope::Free || symbol.free_in_class) names.push_back(key);
  }
  return names;
}

namespace {

template <class Tree>
Result<SymbolTable> build_table(SymbolTable table, const Tree& tree, const SourceFile& file, auto outermost) {
  Complaints complaints(file);
  SymbolCollector(table, complaints).run(tree);
  SymbolResolver(complaints).run(outermost(table));
  if (complaints.first()) return fail(*complaints.first());
  return table;
}

}  // namespace

Result<SymbolTable> SymbolTable::build(const Module& module, const SourceFile& file) {
  return build_table(SymbolTable(), module, file, [](SymbolTable& table) -> Scope& { return *table.scopes_.front(); });
}

Result<SymbolTable> SymbolTable::build(const Expression& expression, const SourceFile& file) {
  return build_table(SymbolTable(), expression, file, [](SymbolTable& table) -> Scope& { return *table.scopes_.front(); });
}

const Scope& SymbolTable::scope(const void* node) const {
  const auto found = by_node_.find(node);
  LOCKWEAVE_CHECK(found != by_node_.end(), "a node that opens a scope has none");
  return *found->second;
}

std::string mangle(std::string_view class_name, const std::string& name) {
  if (class_name.empty() || !name.starts_with("__") || name.ends_with("__") || name.find('.') != std::string::npos) return name;
  const std::size_t start = class_name.find_first_not_of('_');
  if (start == std::string_view::npos) return name;
  return fmt::format("_{}{}", class_name.substr(start), name);
}

}  // namespace lockweave::bytecode
