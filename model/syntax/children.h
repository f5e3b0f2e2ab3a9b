// The direct children of a node in the order of the source, for passes that treat most nodes alike.
#pragma once

#include "model/syntax/ast.h"

namespace lockweave::syntax {

namespace detail {

template <class F>
void child(const ExpressionPtr& node, F& f) {
  if (node != nullptr) f(*node);
}
template <class F>
void children(const ExpressionList& nodes, F& f) {
  for (const auto& node : nodes) child(node, f);
}
template <class F>
void annotation(const Arg& arg, F& f) {
  child(arg.annotation, f);
}

}  // namespace detail

// What a definition evaluates where it stands: defaults.
template <class F>
void each_default(const Arguments& arguments, F&& f) {
  detail::children(arguments.defaults, f);
  detail::children(arguments.kw_defaults, f);
}

template <class F>
void each_annotation(const Arguments& arguments, F&& f) {
  for (const Arg& arg : arguments.posonlyargs) detail::annotation(arg, f);
  for (const Arg& arg : arguments.args) detail::annotation(arg, f);
  if (arguments.vararg) detail::annotation(*arguments.vararg, f);
  for (const Arg& arg : arguments.kwonlyargs) detail::annotation(arg, f);
  if (arguments.kwarg) detail::annotation(*arguments.kwarg, f);
}

// Every parameter, in the order CPython binds them (3.12, Python/symtable.c, symtable_visit_arguments).
template <class F>
void each_parameter(const Arguments& arguments, F&& f) {
  for (const Arg& arg : arguments.posonlyargs) f(arg);
  for (const Arg& arg : arguments.args) f(arg);
  for (const Arg& arg : arguments.kwonlyargs) f(arg);
  if (arguments.vararg) f(*arguments.vararg);
  if (arguments.kwarg) f(*arguments.kwarg);
}

namespace detail {

template <class F>
struct ExpressionChildren {
  F& f;

  void clauses(const std::vector<Comprehension>& generators) {
    for (const Comprehension& clause : generators) {
      child(clause.target, f);
      child(clause.iter, f);
      children(clause.ifs, f);
    }
  }

  void operator()(const BoolOp& n) { children(n.values, f); }
  void operator()(const NamedExpr& n) { child(n.target, f), child(n.value, f); }
  void operator()(const BinOp& n) { child(n.left, f), child(n.right, f); }
  void operator()(const UnaryOp& n) { child(n.operand, f); }
  void operator()(const Lambda& n) { each_default(n.args, f), child(n.body, f); }
  void operator()(const IfExp& n) { child(n.body, f), child(n.test, f), child(n.orelse, f); }
  void operator()(const Dict& n) {
    for (std::size_t i = 0; i < n.values.size(); ++i) child(n.keys[i], f), child(n.values[i], f);
  }
  void operator()(const Set& n) { children(n.elts, f); }
  void operator()(const ListComp& n) { child(n.elt, f), clauses(n.generators); }
  void operator()(const SetComp& n) { child(n.elt, f), clauses(n.generators); }
  void operator()(const DictComp& n) { child(n.key, f), child(n.value, f), clauses(n.generators); }
  void operator()(const GeneratorExp& n) { child(n.elt, f), clauses(n.generators); }
  void operator()(const Await& n) { child(n.value, f); }
  void operator()(const Yield& n) { child(n.value, f); }
  void operator()(const YieldFrom& n) { child(n.value, f); }
  void operator()(const Compare& n) { child(n.left, f), children(n.comparators, f); }
  void operator()(const Call& n) {
    child(n.func, f), children(n.args, f);
    for (const Keyword& keyword : n.keywords) child(keyword.value, f);
  }
  void operator()(const FormattedValue& n) { child(n.value, f), child(n.format_spec, f); }
  void operator()(const JoinedStr& n) { children(n.values, f); }
  void operator()(const Constant&) {}
  void operator()(const Attribute& n) { child(n.value, f); }
  void operator()(const Subscript& n) { child(n.value, f), child(n.slice, f); }
  void operator()(const Starred& n) { child(n.value, f); }
  void operator()(const Name&) {}
  void operator()(const List& n) { children(n.elts, f); }
  void operator()(const Tuple& n) { children(n.elts, f); }
  void operator()(const Slice& n) { child(n.lower, f), child(n.upper, f), child(n.step, f); }
};

template <class F, class G>
struct StatementChildren {
  F& f;
  G& g;

  void operator()(const FunctionDef& n) {
    children(n.decorator_list, f), each_default(n.args, f), each_annotation(n.args, f), child(n.returns, f);
    g(n.body);
  }
  void operator()(const ClassDef& n) {
    children(n.decorator_list, f), children(n.bases, f);
    for (const Keyword& keyword : n.keywords) child(keyword.value, f);
    g(n.body);
  }
  void operator()(const Return& n) { child(n.value, f); }
  void operator()(const Delete& n) { children(n.targets, f); }
  void operator()(const Assign& n) { child(n.value, f), children(n.targets, f); }
  void operator()(const AugAssign& n) { child(n.target, f), child(n.value, f); }
  void operator()(const AnnAssign& n) { child(n.target, f), child(n.annotation, f), child(n.value, f); }
  void operator()(const For& n) { child(n.target, f), child(n.iter, f), g(n.body), g(n.orelse); }
  void operator()(const While& n) { child(n.test, f), g(n.body), g(n.orelse); }
  void operator()(const If& n) { child(n.test, f), g(n.body), g(n.orelse); }
  void operator()(const With& n) {
    for (const WithItem& item : n.items) child(item.context_expr, f), child(item.optional_vars, f);
    g(n.body);
  }
  void operator()(const Raise& n) { child(n.exc, f), child(n.cause, f); }
  void operator()(const Try& n) {
    g(n.body);
    for (const ExceptHandler& handler : n.handlers) child(handler.type, f), g(handler.body);
    g(n.orelse), g(n.finalbody);
  }
  void operator()(const Assert& n) { child(n.test, f), child(n.msg, f); }
  void operator()(const Import&) {}
  void operator()(const ImportFrom&) {}
  void operator()(const Global&) {}
  void operator()(const Nonlocal&) {}
  void operator()(const Expr& n) { child(n.value, f); }
  void operator()(const Pass&) {}
  void operator()(const Break&) {}
  void operator()(const Continue&) {}
};

}  // namespace detail

// f(const Expression&) for each child.
template <class F>
void each_child(const Expression& node, F&& f) {
  visit(node, detail::ExpressionChildren<F>{f});
}

// f(const Expression&) for each child that is an expression, g(const Block&) for each suite (which may be empty).
template <class F, class G>
void each_child(const Statement& node, F&& f, G&& g) {
  visit(node, detail::StatementChildren<F, G>{f, g});
}

}  // namespace lockweave::syntax
