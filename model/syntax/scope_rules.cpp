#include "model/syntax/scope_rules.h"

#include "model/syntax/children.h"
#include "model/syntax/refusal.h"

#include <fmt/format.h>

#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::syntax {

namespace {

enum class ScopeKind : std::uint8_t { Module, Class, Function, Comprehension };

// What has been seen of a name in a scope so far.
struct NameUse {
  bool is_parameter = false;
  bool is_assigned = false;
  bool is_imported = false;  // no reason to refuse a `global` that follows
  bool is_used = false;
  bool is_annotated = false;
  bool is_global = false;
  bool is_nonlocal = false;
  bool is_iteration_variable = false;
  SourceSpan declared;  // its first `global` or `nonlocal`
};

struct Scope {
  ScopeKind kind = ScopeKind::Module;
  Scope* parent = nullptr;
  std::string_view comprehension;  // "list comprehension": for the message about `yield`
  std::map<std::string, NameUse, std::less<>> names;
};

struct NonlocalDeclaration {
  const Scope* scope;
  std::string_view name;
  SourceSpan span;
};

class ScopeRules {
 public:
  explicit ScopeRules(const SourceFile& file) : file_(file), scope_(&scopes_.emplace_back()) {}

  void check(const Module& module) {
    block(module.body);
    check_nonlocals();
  }
  void check(const Expression& node) { expression(node); }

 private:
  class Inside {
   public:
    Inside(ScopeRules& rules, ScopeKind kind, std::string_view comprehension = {}) : rules_(rules), outer_(rules.scope_) {
      rules.scopes_.push_back({.kind = kind, .parent = outer_, .comprehension = comprehension, .names = {}});
      rules.scope_ = &rules.scopes_.back();
    }
    ~Inside() { rules_.scope_ = outer_; }
    Inside(const Inside&) = delete;
    Inside& operator=(const Inside&) = delete;

   private:
    ScopeRules& rules_;
    Scope* outer_;
  };

  [[noreturn]] void reject(const Place& place, std::string message) const { refuse(file_, place.span, std::move(message)); }

  void block(const Block& statements) {
    for (const auto& node : statements) statement(*node);
  }

  void walk(const Statement& node) {
    each_child(
        node, [this](const Expression& e) { expression(e); }, [this](const Block& b) { block(b); });
  }
  void walk(const Expression& node) {
    each_child(node, [this](const Expression& e) { expression(e); });
  }

  void bind(std::string_view name) { scope_->names[std::string(name)].is_assigned = true; }

  // ---- statements

  void statement(const Statement& node) {
    switch (node.kind) {
      case StatementKind::FunctionDef: return function(as<FunctionDef>(node));
      case StatementKind::ClassDef: return class_definition(as<ClassDef>(node));
      case StatementKind::AnnAssign: return annotated(as<AnnAssign>(node));
      case StatementKind::Try: return try_statement(as<Try>(node));
      case StatementKind::Import:
        for (const Alias& alias : as<Import>(node).names) bind_alias(alias);
        return;
      case StatementKind::ImportFrom: return import_from(as<ImportFrom>(node));
      case StatementKind::Global: return declare_global(as<Global>(node));
      case StatementKind::Nonlocal: return declare_nonlocal(as<Nonlocal>(node));
      default: return walk(node);
    }
  }

  void function(const FunctionDef& node) {
    bind(node.name);
    const auto here = [this](const Expression& e) { expression(e); };
    each_default(node.args, here);
    each_annotation(node.args, here);
    if (node.returns != nullptr) expression(*node.returns);
    for (const auto& decorator : node.decorator_list) expression(*decorator);
    const Inside inside(*this, ScopeKind::Function);
    parameters(node.args);
    block(node.body);
  }

  void parameters(const Arguments& arguments) {
    each_parameter(arguments, [this](const Arg& arg) {
      NameUse& use = scope_->names[arg.name];
      if (use.is_parameter) reject(arg.place, fmt::format("duplicate argument '{}' in function definition", arg.name));
      use.is_parameter = true;
    });
  }

  void class_definition(const ClassDef& node) {
    bind(node.name);
    for (const auto& base : node.bases) expression(*base);
    for (const Keyword& keyword : node.keywords) expression(*keyword.value);
    for (const auto& decorator : node.decorator_list) expression(*decorator);
    const Inside inside(*this, ScopeKind::Class);
    block(node.body);
  }

  void annotated(const AnnAssign& node) {
    if (const Name* name = as_if<Name>(node.target)) {
      NameUse& use = scope_->names[name->id];
      if (node.simple && scope_->kind != ScopeKind::Module && (use.is_global || use.is_nonlocal)) {
        reject(node.place, fmt::format("annotated name '{}' can't be {}", name->id, use.is_global ? "global" : "nonlocal"));
      }
      use.is_annotated |= node.simple;
      use.is_assigned |= node.simple || node.value != nullptr;
    } else {
      expression(*node.target);
    }
    expression(*node.annotation);
    if (node.value != nullptr) expression(*node.value);
  }

  void try_statement(const Try& node) {
    block(node.body);
    for (const ExceptHandler& handler : node.handlers) {
      if (handler.type != nullptr) expression(*handler.type);
      if (!handler.name.empty()) bind(handler.name);
      block(handler.body);
    }
    block(node.orelse);
    block(node.finalbody);
  }

  void bind_alias(const Alias& alias) {
    const std::string bound = alias.asname.empty() ? alias.name.substr(0, alias.name.find('.')) : alias.asname;
    scope_->names[bound].is_imported = true;
  }

  void import_from(const ImportFrom& node) {
    for (const Alias& alias : node.names) {
      if (alias.name != "*") {
        bind_alias(alias);
      } else if (scope_->kind != ScopeKind::Module) {
        reject(alias.place, "import * only allowed at module level");
      }
    }
  }

  // ---- global, nonlocal

  void check_declaration(const Place& place, const std::string& name, const NameUse& use, std::string_view word) const {
    if (use.is_parameter) reject(place, fmt::format("name '{}' is parameter and {}", name, word));
    if (use.is_annotated) reject(place, fmt::format("annotated name '{}' can't be {}", name, word));
    if (use.is_assigned) reject(place, fmt::format("name '{}' is assigned to before {} declaration", name, word));
    if (use.is_used) reject(place, fmt::format("name '{}' is used prior to {} declaration", name, word));
  }

  void declare_global(const Global& node) {
    for (const std::string& name : node.names) {
      NameUse& use = scope_->names[name];
      check_declaration(node.place, name, use, "global");
      if (use.is_nonlocal) refuse(file_, use.declared, fmt::format("name '{}' is nonlocal and global", name));
      use.is_global = true;
      use.declared = node.place.span;
    }
  }

  void declare_nonlocal(const Nonlocal& node) {
    if (scope_->kind == ScopeKind::Module) reject(node.place, "nonlocal declaration not allowed at module level");
    for (const std::string& name : node.names) {
      NameUse& use = scope_->names[name];
      check_declaration(node.place, name, use, "nonlocal");
      if (use.is_global) refuse(file_, use.declared, fmt::format("name '{}' is nonlocal and global", name));
      use.is_nonlocal = true;
      use.declared = node.place.span;
      nonlocals_.push_back({scope_, name, node.place.span});
    }
  }

  void check_nonlocals() const {
    for (const NonlocalDeclaration& declaration : nonlocals_) {
      if (!is_bound_outside(declaration)) {
        refuse(file_, declaration.span, fmt::format("no binding for nonlocal '{}' found", declaration.name));
      }
    }
  }

  static bool is_bound_outside(const NonlocalDeclaration& declaration) {
    for (const Scope* scope = declaration.scope->parent; scope != nullptr; scope = scope->parent) {
      if (scope->kind != ScopeKind::Function && scope->kind != ScopeKind::Comprehension) continue;
      const auto found = scope->names.find(declaration.name);
      if (found == scope->names.end() || found->second.is_nonlocal) continue;
      if (found->second.is_global) return false;
      const NameUse& use = found->second;
      if (use.is_parameter || use.is_assigned || use.is_imported || use.is_iteration_variable) return true;
    }
    // `__class__` is a cell of the class around a method (3.12, Python/symtable.c, analyze_block).
    if (declaration.name != "__class__") return false;
    for (const Scope* scope = declaration.scope->parent; scope != nullptr; scope = scope->parent) {
      if (scope->kind == ScopeKind::Class) return true;
    }
    return false;
  }

  // ---- expressions

  void expression(const Expression& node) {
    switch (node.kind) {
      case ExpressionKind::Name: return name(as<Name>(node));
      case ExpressionKind::Lambda: return lambda(as<Lambda>(node));
      case ExpressionKind::NamedExpr: return named(as<NamedExpr>(node));
      case ExpressionKind::Yield:
      case ExpressionKind::YieldFrom: return yield(node);
      case ExpressionKind::ListComp:
        return comprehension(as<ListComp>(node).generators, "list comprehension", {as<ListComp>(node).elt.get()});
      case ExpressionKind::SetComp: return comprehension(as<SetComp>(node).generators, "set comprehension", {as<SetComp>(node).elt.get()});
      case ExpressionKind::GeneratorExp:
        return comprehension(as<GeneratorExp>(node).generators, "generator expression", {as<GeneratorExp>(node).elt.get()});
      case ExpressionKind::DictComp:
        return comprehension(as<DictComp>(node).generators, "dict comprehension",
                             {as<DictComp>(node).key.get(), as<DictComp>(node).value.get()});
      default: return walk(node);
    }
  }

  void name(const Name& node) {
    NameUse& use = scope_->names[node.id];
    if (node.context == ExprContext::Load) {
      use.is_used = true;
      return;
    }
    if (in_clause_target_) {
      use.is_iteration_variable = true;
    } else {
      use.is_assigned = true;
    }
  }

  void lambda(const Lambda& node) {
    each_default(node.args, [this](const Expression& e) { expression(e); });
    const Inside inside(*this, ScopeKind::Function);
    parameters(node.args);
    expression(*node.body);
  }

  void yield(const Expression& node) {
    if (scope_->kind == ScopeKind::Comprehension) reject(node.place, fmt::format("'yield' inside {}", scope_->comprehension));
    walk(node);
  }

  // The first iterable belongs to the scope around, all else to the comprehension's own.
  void comprehension(const std::vector<Comprehension>& clauses, std::string_view words, std::initializer_list<const Expression*> elements) {
    iterable(*clauses.front().iter);
    const Inside inside(*this, ScopeKind::Comprehension, words);
    for (const Comprehension& clause : clauses) {
      in_clause_target_ = true;
      expression(*clause.target);
      in_clause_target_ = false;
      if (&clause != &clauses.front()) iterable(*clause.iter);
      for (const auto& condition : clause.ifs) expression(*condition);
    }
    for (const Expression* element : elements) expression(*element);
  }

  void iterable(const Expression& node) {
    ++iterable_depth_;
    expression(node);
    --iterable_depth_;
  }

  // `(y := f(x)) for x in …` binds y in the scope around the comprehensions.
  void named(const NamedExpr& node) {
    expression(*node.value);
    const std::string& id = as<Name>(*node.target).id;
    if (iterable_depth_ > 0) reject(node.place, "assignment expression cannot be used in a comprehension iterable expression");
    Scope* target = scope_;
    while (target->kind == ScopeKind::Comprehension) {
      const auto found = target->names.find(id);
      if (found != target->names.end() && found->second.is_iteration_variable) {
        reject(node.place, fmt::format("assignment expression cannot rebind comprehension iteration variable '{}'", id));
      }
      target = target->parent;
    }
    if (target != scope_ && target->kind == ScopeKind::Class) {
      reject(node.place, "assignment expression within a comprehension cannot be used in a class body");
    }
    target->names[id].is_assigned = true;
  }

  const SourceFile& file_;
  std::deque<Scope> scopes_;  // never moves its elements
  Scope* scope_;
  std::vector<NonlocalDeclaration> nonlocals_;
  std::uint32_t iterable_depth_ = 0;
  bool in_clause_target_ = false;
};

}  // namespace

void check_scope_rules(const SourceFile& file, const Module& module) { ScopeRules(file).check(module); }

void check_scope_rules(const SourceFile& file, const Expression& expression) { ScopeRules(file).check(expression); }

}  // namespace lockweave::syntax
