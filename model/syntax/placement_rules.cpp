#include "model/syntax/placement_rules.h"

#include "model/syntax/children.h"
#include "model/syntax/refusal.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>

namespace lockweave::syntax {

namespace {

enum class Surrounding : std::uint8_t { Module, Class, Function, AsyncFunction };

// What is known about the function, class or module at hand.
struct Frame {
  Surrounding kind = Surrounding::Module;
  bool in_loop = false;
  bool has_yield = false;
  const Statement* return_with_value = nullptr;  // the first one
};

constexpr std::array<std::string_view, 10> kFutureFeatures = {"nested_scopes",  "generators",     "division",         "absolute_import",
                                                              "with_statement", "print_function", "unicode_literals", "barry_as_FLUFL",
                                                              "generator_stop", "annotations"};

class PlacementRules {
 public:
  explicit PlacementRules(const SourceFile& file) : file_(file) {}

  void check(const Module& module) {
    mark_future_imports(module);
    block(module.body);
  }
  void check(const Expression& node) { expression(node); }

 private:
  [[noreturn]] void reject(const Place& place, std::string message) const { refuse(file_, place.span, std::move(message)); }

  void block(const Block& statements) {
    for (const auto& node : statements) statement(*node);
  }
  void loop_body(const Block& statements) {
    const bool outer = std::exchange(frame_.in_loop, true);
    block(statements);
    frame_.in_loop = outer;
  }
  void walk(const Statement& node) {
    each_child(
        node, [this](const Expression& e) { expression(e); }, [this](const Block& b) { block(b); });
  }
  void walk(const Expression& node) {
    each_child(node, [this](const Expression& e) { expression(e); });
  }

  template <class Body>
  Frame in_frame(Surrounding kind, Body body) {
    Frame outer = std::exchange(frame_, Frame{kind, false, false, nullptr});
    body();
    return std::exchange(frame_, outer);
  }

  bool in_function() const { return frame_.kind == Surrounding::Function || frame_.kind == Surrounding::AsyncFunction; }
  bool in_async_function() const { return frame_.kind == Surrounding::AsyncFunction; }

  // ---- future imports: after the docstring, before all else

  void mark_future_imports(const Module& module) {
    std::size_t i = 0;
    const auto is_docstring = [](const Statement& node) {
      const Expr* expr = as_if<Expr>(&node);
      const Constant* value = expr == nullptr ? nullptr : as_if<Constant>(expr->value);
      return value != nullptr && std::holds_alternative<std::string>(value->value);
    };
    if (!module.body.empty() && is_docstring(*module.body[0])) ++i;
    for (; i < module.body.size() && is_future_import(*module.body[i]); ++i) early_.insert(module.body[i]->place.span.begin);
  }

  static bool is_future_import(const Statement& node) {
    const ImportFrom* from = as_if<ImportFrom>(&node);
    return from != nullptr && from->level == 0 && from->module == "__future__";
  }

  void future_import(const ImportFrom& node) {
    for (const Alias& alias : node.names) {
      if (std::ranges::find(kFutureFeatures, alias.name) == kFutureFeatures.end()) {
        reject(node.place, fmt::format("future feature {} is not defined", alias.name));
      }
    }
    if (!early_.contains(node.place.span.begin)) reject(node.place, "from __future__ imports must occur at the beginning of the file");
  }

  // ---- statements

  void statement(const Statement& node) {
    switch (node.kind) {
      case StatementKind::FunctionDef: return function(as<FunctionDef>(node));
      case StatementKind::ClassDef: return class_definition(as<ClassDef>(node));
      case StatementKind::Return: return return_statement(as<Return>(node));
      case StatementKind::Assign:
        expression(*as<Assign>(node).value);
        for (const auto& target : as<Assign>(node).targets) top_target(*target);
        return;
      case StatementKind::For: return for_statement(as<For>(node));
      case StatementKind::While:
        expression(*as<While>(node).test);
        loop_body(as<While>(node).body);
        return block(as<While>(node).orelse);
      case StatementKind::With: return with_statement(as<With>(node));
      case StatementKind::Try: return try_statement(as<Try>(node));
      case StatementKind::ImportFrom:
        if (is_future_import(node)) future_import(as<ImportFrom>(node));
        return;
      case StatementKind::Break:
        if (!frame_.in_loop) reject(node.place, "'break' outside loop");
        return;
      case StatementKind::Continue:
        if (!frame_.in_loop) reject(node.place, "'continue' not properly in loop");
        return;
      default: return walk(node);
    }
  }

  void function(const FunctionDef& node) {
    const auto here = [this](const Expression& e) { expression(e); };
    for (const auto& decorator : node.decorator_list) expression(*decorator);
    each_default(node.args, here);
    each_annotation(node.args, [this](const Expression& e) { starred_allowed(e); });
    if (node.returns != nullptr) expression(*node.returns);
    const Frame inner = in_frame(node.is_async ? Surrounding::AsyncFunction : Surrounding::Function, [&] { block(node.body); });
    if (node.is_async && inner.has_yield && inner.return_with_value != nullptr) {
      reject(inner.return_with_value->place, "'return' with value in async generator");
    }
  }

  void class_definition(const ClassDef& node) {
    for (const auto& decorator : node.decorator_list) expression(*decorator);
    arguments(node.bases, node.keywords);
    in_frame(Surrounding::Class, [&] { block(node.body); });
  }

  void return_statement(const Return& node) {
    if (!in_function()) reject(node.place, "'return' outside function");
    if (node.value == nullptr) return;
    if (frame_.return_with_value == nullptr) frame_.return_with_value = &node;
    expression(*node.value);
  }

  void for_statement(const For& node) {
    if (node.is_async && !in_async_function()) {
      reject(node.place, in_function() ? "'async for' outside async function" : "'async for' outside function");
    }
    expression(*node.iter);
    top_target(*node.target);
    loop_body(node.body);
    block(node.orelse);
  }

  void with_statement(const With& node) {
    if (node.is_async && !in_async_function()) {
      reject(node.place, in_function() ? "'async with' outside async function" : "'async with' outside function");
    }
    for (const WithItem& item : node.items) {
      expression(*item.context_expr);
      if (item.optional_vars != nullptr) top_target(*item.optional_vars);
    }
    block(node.body);
  }

  void try_statement(const Try& node) {
    for (const ExceptHandler& handler : node.handlers) {
      const bool is_last = &handler == &node.handlers.back();
      if (handler.type == nullptr && !is_last) reject(handler.place, "default 'except:' must be last");
    }
    walk(node);
  }

  // ---- stars

  void starred_allowed(const Expression& node) {
    if (const Starred* starred = as_if<Starred>(&node)) return expression(*starred->value);
    expression(node);
  }

  void elements(const ExpressionList& nodes) {
    for (const auto& node : nodes) starred_allowed(*node);
  }

  // A target, not an element of one.
  void top_target(const Expression& node) {
    if (node.kind == ExpressionKind::Starred) reject(node.place, "starred assignment target must be in a list or tuple");
    expression(node);
  }

  void target_elements(const ExpressionList& nodes, ExprContext context) {
    const auto stars = std::ranges::count_if(nodes, [](const auto& n) { return n->kind == ExpressionKind::Starred; });
    if (context == ExprContext::Store && stars > 1) {
      const auto is_star = [](const auto& n) { return n->kind == ExpressionKind::Starred; };
      const auto first = std::ranges::find_if(nodes, is_star);
      const auto second = std::ranges::find_if(first + 1, nodes.end(), is_star);
      reject((*second)->place, "multiple starred expressions in assignment");
    }
    elements(nodes);
  }

  // ---- expressions

  void expression(const Expression& node) {
    switch (node.kind) {
      case ExpressionKind::Starred: reject(node.place, "can't use starred expression here");
      case ExpressionKind::List: return target_elements(as<List>(node).elts, as<List>(node).context);
      case ExpressionKind::Tuple: return target_elements(as<Tuple>(node).elts, as<Tuple>(node).context);
      case ExpressionKind::Set: return elements(as<Set>(node).elts);
      case ExpressionKind::Call: expression(*as<Call>(node).func); return arguments(as<Call>(node).args, as<Call>(node).keywords);
      case ExpressionKind::Lambda: return lambda(as<Lambda>(node));
      case ExpressionKind::Yield:
      case ExpressionKind::YieldFrom: return yield(node);
      case ExpressionKind::Await: return await(node);
      case ExpressionKind::ListComp: return comprehension(node, as<ListComp>(node).generators);
      case ExpressionKind::SetComp: return comprehension(node, as<SetComp>(node).generators);
      case ExpressionKind::DictComp: return comprehension(node, as<DictComp>(node).generators);
      case ExpressionKind::GeneratorExp: return generator(as<GeneratorExp>(node));
      default: return walk(node);
    }
  }

  void arguments(const ExpressionList& args, const std::vector<Keyword>& keywords) {
    elements(args);
    std::set<std::string_view> seen;
    for (const Keyword& keyword : keywords) {
      if (!keyword.name.empty() && !seen.insert(keyword.name).second) {
        reject(keyword.place, fmt::format("keyword argument repeated: {}", keyword.name));
      }
      expression(*keyword.value);
    }
  }

  void lambda(const Lambda& node) {
    each_default(node.args, [this](const Expression& e) { expression(e); });
    in_frame(Surrounding::Function, [&] { expression(*node.body); });
  }

  void yield(const Expression& node) {
    if (!in_function())
      reject(node.place, node.kind == ExpressionKind::Yield ? "'yield' outside function" : "'yield from' outside function");
    if (node.kind == ExpressionKind::YieldFrom && in_async_function()) reject(node.place, "'yield from' inside async function");
    frame_.has_yield = true;
    walk(node);
  }

  void await(const Expression& node) {
    const bool may_be_later = in_generator_ > 0;  // a generator expression with `await` is an asynchronous generator anywhere
    if (!in_function() && !may_be_later) reject(node.place, "'await' outside function");
    if (!in_async_function() && !may_be_later) reject(node.place, "'await' outside async function");
    walk(node);
  }

  void comprehension(const Expression& node, const std::vector<Comprehension>& clauses) {
    const bool is_async = std::ranges::any_of(clauses, &Comprehension::is_async);
    if (is_async && !in_async_function() && in_generator_ == 0) {
      reject(node.place, "asynchronous comprehension outside of an asynchronous function");
    }
    walk(node);
  }

  // The first iterable is evaluated at once, where the expression stands.
  void generator(const GeneratorExp& node) {
    expression(*node.generators.front().iter);
    ++in_generator_;
    for (const Comprehension& clause : node.generators) {
      expression(*clause.target);
      if (&clause != &node.generators.front()) expression(*clause.iter);
      for (const auto& condition : clause.ifs) expression(*condition);
    }
    expression(*node.elt);
    --in_generator_;
  }

  const SourceFile& file_;
  Frame frame_;
  std::set<std::uint32_t> early_;  // where the future imports begin that stand in the right place
  std::uint32_t in_generator_ = 0;
};

}  // namespace

void check_placement_rules(const SourceFile& file, const Module& module) { PlacementRules(file).check(module); }

void check_placement_rules(const SourceFile& file, const Expression& expression) { PlacementRules(file).check(expression); }

}  // namespace lockweave::syntax
