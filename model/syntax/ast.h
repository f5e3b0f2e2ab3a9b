#pragma once

// The tree of a Python file: CPython's `ast` (3.8 and later: no Index, no Num), node for node and field for field, as C++ structs.
//
// A node is a struct derived from Expression or Statement; `kind` says which. To handle all kinds, call `visit` with one overload a kind
// (the compiler then points at a missing one), or switch over `kind` and use `as<BinOp>(node)`. `as_if<Name>(node)` is null for another
// kind.
//
// Invariants of a tree that `parse` returned:
// - no child is null unless its comment says so;
// - `context` is set throughout (a target of an assignment is Store, its elements too; an attribute's or subscript's own value is Load);
// - what CPython's symbol table and compiler reject (`return` outside a function, a `nonlocal` with no binding, …) has been rejected;
// - it is at most `kMaxTreeHeight` (parser.h) high, so walking it by recursion is safe.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "model/base/source.h"

namespace lockweave::syntax {

enum class ExpressionKind : std::uint8_t {
// clang-format off
#define LOCKWEAVE_EXPRESSION(name) name,
#include "model/syntax/ast_node.def"
  // clang-format on
};

enum class StatementKind : std::uint8_t {
// clang-format off
#define LOCKWEAVE_STATEMENT(name) name,
#include "model/syntax/ast_node.def"
  // clang-format on
};

enum class ExprContext : std::uint8_t { Load, Store, Del };
enum class BoolOperator : std::uint8_t { And, Or };
enum class UnaryOperator : std::uint8_t { Invert, Not, UAdd, USub };
enum class BinaryOperator : std::uint8_t { Add, Sub, Mult, MatMult, Div, Mod, Pow, LShift, RShift, BitOr, BitXor, BitAnd, FloorDiv };
enum class CompareOperator : std::uint8_t { Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn };

// Where a node stands in its file. `line` counts from 1; `column` is the offset in UTF-8 bytes from the line's start, as `col_offset`.
struct Place {
  SourceSpan span;
  std::uint32_t line = 1;
  std::uint32_t column = 0;
};

struct Expression {
  const ExpressionKind kind;
  Place place;

  Expression(const Expression&) = delete;
  Expression& operator=(const Expression&) = delete;
  virtual ~Expression() = default;

 protected:
  explicit Expression(ExpressionKind k) : kind(k) {}
};

struct Statement {
  const StatementKind kind;
  Place place;

  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  virtual ~Statement() = default;

 protected:
  explicit Statement(StatementKind k) : kind(k) {}
};

using ExpressionPtr = std::unique_ptr<Expression>;
using StatementPtr = std::unique_ptr<Statement>;
using ExpressionList = std::vector<ExpressionPtr>;
using Block = std::vector<StatementPtr>;  // a suite; never empty but for the absent `else`, `finally` and an empty module

// Binds a struct to its enumerator: `struct Name : ExpressionOf<ExpressionKind::Name>`.
template <ExpressionKind K>
struct ExpressionOf : Expression {
  static constexpr ExpressionKind static_kind = K;
  ExpressionOf() : Expression(K) {}
};

template <StatementKind K>
struct StatementOf : Statement {
  static constexpr StatementKind static_kind = K;
  StatementOf() : Statement(K) {}
};

// ---- Parts that are neither expression nor statement
// --------------------------------------------------------------------------------------

struct Arg {  // a parameter: `name: annotation`
  Place place;
  std::string name;
  ExpressionPtr annotation;  // may be null
};

// `def f(a, b=1, /, c=2, *args, d, e=3, **kwargs)`:
//  posonlyargs a b · args c · defaults 1 2 (of the last ones of posonlyargs + args) · vararg args · kwonlyargs d e · kw_defaults null 3 ·
//  kwarg
struct Arguments {
  std::vector<Arg> posonlyargs;
  std::vector<Arg> args;
  std::optional<Arg> vararg;
  std::vector<Arg> kwonlyargs;
  ExpressionList kw_defaults;  // one for each of kwonlyargs; null: it must be given
  std::optional<Arg> kwarg;
  ExpressionList defaults;
};

struct Keyword {  // `name=value`, or `**value` with an empty name; in calls and class statements
  Place place;
  std::string name;
  ExpressionPtr value;
};

struct Alias {  // `a.b as c` of an import; `*` is a name here
  Place place;
  std::string name;
  std::string asname;  // empty: none
};

struct WithItem {
  ExpressionPtr context_expr;
  ExpressionPtr optional_vars;  // may be null
};

struct Comprehension {  // `[async] for target in iter if … if …`
  ExpressionPtr target;
  ExpressionPtr iter;
  ExpressionList ifs;
  bool is_async = false;
};

struct ExceptHandler {
  Place place;
  ExpressionPtr type;  // null: bare `except:`
  std::string name;    // empty: no `as`
  Block body;
};

// ---- Constants
// ----------------------------------------------------------------------------------------------------------------------------

struct NoneValue {
  bool operator==(const NoneValue&) const = default;
};
struct EllipsisValue {
  bool operator==(const EllipsisValue&) const = default;
};
struct IntegerValue {
  std::string decimal;                // any size, no sign, no leading zeros, whatever base the source used
  std::optional<std::int64_t> small;  // set when it fits
  bool operator==(const IntegerValue&) const = default;
};
struct ImaginaryValue {  // `2j`; check_subset refuses it
  double value = 0;
  bool operator==(const ImaginaryValue&) const = default;
};
struct BytesValue {
  std::string bytes;
  bool operator==(const BytesValue&) const = default;
};
// std::string is Python's str as UTF-8. A lone surrogate is written as its three bytes would be; check_subset refuses it.
using ConstantValue = std::variant<NoneValue, bool, EllipsisValue, IntegerValue, double, ImaginaryValue, std::string, BytesValue>;

// ---- Expressions
// --------------------------------------------------------------------------------------------------------------------------

struct BoolOp : ExpressionOf<ExpressionKind::BoolOp> {  // a and b and c: one node
  BoolOperator op{};
  ExpressionList values;
};

struct NamedExpr : ExpressionOf<ExpressionKind::NamedExpr> {  // target := value
  ExpressionPtr target;                                       // a Name
  ExpressionPtr value;
};

struct BinOp : ExpressionOf<ExpressionKind::BinOp> {
  ExpressionPtr left;
  BinaryOperator op{};
  ExpressionPtr right;
};

struct UnaryOp : ExpressionOf<ExpressionKind::UnaryOp> {
  UnaryOperator op{};
  ExpressionPtr operand;
};

struct Lambda : ExpressionOf<ExpressionKind::Lambda> {
  Arguments args;
  ExpressionPtr body;
};

struct IfExp : ExpressionOf<ExpressionKind::IfExp> {  // body if test else orelse
  ExpressionPtr test;
  ExpressionPtr body;
  ExpressionPtr orelse;
};

struct Dict : ExpressionOf<ExpressionKind::Dict> {
  ExpressionList keys;  // null: `**value`
  ExpressionList values;
};

struct Set : ExpressionOf<ExpressionKind::Set> {
  ExpressionList elts;
};

struct ListComp : ExpressionOf<ExpressionKind::ListComp> {
  ExpressionPtr elt;
  std::vector<Comprehension> generators;
};

struct SetComp : ExpressionOf<ExpressionKind::SetComp> {
  ExpressionPtr elt;
  std::vector<Comprehension> generators;
};

struct DictComp : ExpressionOf<ExpressionKind::DictComp> {
  ExpressionPtr key;
  ExpressionPtr value;
  std::vector<Comprehension> generators;
};

struct GeneratorExp : ExpressionOf<ExpressionKind::GeneratorExp> {
  ExpressionPtr elt;
  std::vector<Comprehension> generators;
};

struct Await : ExpressionOf<ExpressionKind::Await> {
  ExpressionPtr value;
};

struct Yield : ExpressionOf<ExpressionKind::Yield> {
  ExpressionPtr value;  // may be null
};

struct YieldFrom : ExpressionOf<ExpressionKind::YieldFrom> {
  ExpressionPtr value;
};

struct Compare : ExpressionOf<ExpressionKind::Compare> {  // left ops[0] comparators[0] ops[1] comparators[1] …
  ExpressionPtr left;
  std::vector<CompareOperator> ops;
  ExpressionList comparators;
};

struct Call : ExpressionOf<ExpressionKind::Call> {
  ExpressionPtr func;
  ExpressionList args;  // `*x` is a Starred here
  std::vector<Keyword> keywords;
};

struct FormattedValue : ExpressionOf<ExpressionKind::FormattedValue> {  // {value!r:format_spec}
  ExpressionPtr value;
  char conversion = 0;        // 's', 'r', 'a'; 0: none
  ExpressionPtr format_spec;  // a JoinedStr; may be null
};

struct JoinedStr : ExpressionOf<ExpressionKind::JoinedStr> {
  ExpressionList values;  // FormattedValues and string Constants that are not empty, no two Constants in a row
};

struct Constant : ExpressionOf<ExpressionKind::Constant> {
  ConstantValue value;
};

struct Attribute : ExpressionOf<ExpressionKind::Attribute> {
  ExpressionPtr value;
  std::string attr;
  ExprContext context = ExprContext::Load;
};

struct Subscript : ExpressionOf<ExpressionKind::Subscript> {
  ExpressionPtr value;
  ExpressionPtr slice;  // any expression; a Slice, or a Tuple with Slices in it
  ExprContext context = ExprContext::Load;
};

struct Starred : ExpressionOf<ExpressionKind::Starred> {
  ExpressionPtr value;
  ExprContext context = ExprContext::Load;
};

struct Name : ExpressionOf<ExpressionKind::Name> {
  std::string id;
  ExprContext context = ExprContext::Load;
};

struct List : ExpressionOf<ExpressionKind::List> {
  ExpressionList elts;
  ExprContext context = ExprContext::Load;
};

struct Tuple : ExpressionOf<ExpressionKind::Tuple> {
  ExpressionList elts;
  ExprContext context = ExprContext::Load;
};

struct Slice : ExpressionOf<ExpressionKind::Slice> {  // only as a Subscript's slice or directly in its Tuple
  ExpressionPtr lower;                                // each may be null
  ExpressionPtr upper;
  ExpressionPtr step;
};

// ---- Statements
// ---------------------------------------------------------------------------------------------------------------------------

struct FunctionDef
    : StatementOf<StatementKind::FunctionDef> {  // place is that of `def` (or `async`), as in 3.8+, not of the first decorator
  bool is_async = false;
  std::string name;
  Arguments args;
  Block body;
  ExpressionList decorator_list;
  ExpressionPtr returns;  // may be null
};

struct ClassDef : StatementOf<StatementKind::ClassDef> {
  std::string name;
  ExpressionList bases;  // may hold Starred
  std::vector<Keyword> keywords;
  Block body;
  ExpressionList decorator_list;
};

struct Return : StatementOf<StatementKind::Return> {
  ExpressionPtr value;  // may be null
};

struct Delete : StatementOf<StatementKind::Delete> {
  ExpressionList targets;
};

struct Assign : StatementOf<StatementKind::Assign> {  // targets[0] = targets[1] = value
  ExpressionList targets;
  ExpressionPtr value;
};

struct AugAssign : StatementOf<StatementKind::AugAssign> {
  ExpressionPtr target;  // Name, Attribute or Subscript, with context Store
  BinaryOperator op{};
  ExpressionPtr value;
};

struct AnnAssign : StatementOf<StatementKind::AnnAssign> {
  ExpressionPtr target;
  ExpressionPtr annotation;
  ExpressionPtr value;  // may be null
  bool simple = false;  // the target is a Name without parentheses
};

struct For : StatementOf<StatementKind::For> {
  bool is_async = false;
  ExpressionPtr target;
  ExpressionPtr iter;
  Block body;
  Block orelse;
};

struct While : StatementOf<StatementKind::While> {
  ExpressionPtr test;
  Block body;
  Block orelse;
};

struct If : StatementOf<StatementKind::If> {  // `elif` is an If alone in orelse
  ExpressionPtr test;
  Block body;
  Block orelse;
};

struct With : StatementOf<StatementKind::With> {
  bool is_async = false;
  std::vector<WithItem> items;
  Block body;
};

struct Raise : StatementOf<StatementKind::Raise> {
  ExpressionPtr exc;    // may be null
  ExpressionPtr cause;  // may be null
};

struct Try : StatementOf<StatementKind::Try> {
  bool is_star = false;  // `except*`; check_subset refuses it
  Block body;
  std::vector<ExceptHandler> handlers;
  Block orelse;
  Block finalbody;
};

struct Assert : StatementOf<StatementKind::Assert> {
  ExpressionPtr test;
  ExpressionPtr msg;  // may be null
};

struct Import : StatementOf<StatementKind::Import> {
  std::vector<Alias> names;
};

struct ImportFrom : StatementOf<StatementKind::ImportFrom> {
  std::string module;  // empty: `from . import x`
  std::vector<Alias> names;
  std::uint32_t level = 0;  // number of leading dots
};

struct Global : StatementOf<StatementKind::Global> {
  std::vector<std::string> names;
};

struct Nonlocal : StatementOf<StatementKind::Nonlocal> {
  std::vector<std::string> names;
};

struct Expr : StatementOf<StatementKind::Expr> {
  ExpressionPtr value;
};

struct Pass : StatementOf<StatementKind::Pass> {};
struct Break : StatementOf<StatementKind::Break> {};
struct Continue : StatementOf<StatementKind::Continue> {};

struct Module {
  Block body;
};

// ---- Access
// -------------------------------------------------------------------------------------------------------------------------------

// Requires: node.kind == T::static_kind.
template <class T, class Node>
[[nodiscard]] const T& as(const Node& node) {
  return static_cast<const T&>(node);
}
template <class T, class Node>
[[nodiscard]] T& as(Node& node) {
  return static_cast<T&>(node);
}

// Null if node is null or of another kind.
template <class T, class Node>
[[nodiscard]] const T* as_if(const Node* node) {
  return node != nullptr && node->kind == T::static_kind ? static_cast<const T*>(node) : nullptr;
}
template <class T>
[[nodiscard]] const T* as_if(const ExpressionPtr& node) {
  return as_if<T>(static_cast<const Expression*>(node.get()));
}
template <class T>
[[nodiscard]] const T* as_if(const StatementPtr& node) {
  return as_if<T>(static_cast<const Statement*>(node.get()));
}

// Calls visitor(const BinOp&), visitor(const Call&), … with the node as what it is.
template <class Visitor>
decltype(auto) visit(const Expression& node, Visitor&& visitor) {
  switch (node.kind) {
// clang-format off
#define LOCKWEAVE_EXPRESSION(name) \
    case ExpressionKind::name:     \
        return visitor(static_cast<const name&>(node));
#include "model/syntax/ast_node.def"
    // clang-format on
  }
  __builtin_unreachable();
}
template <class Visitor>
decltype(auto) visit(const Statement& node, Visitor&& visitor) {
  switch (node.kind) {
// clang-format off
#define LOCKWEAVE_STATEMENT(name) \
    case StatementKind::name:     \
        return visitor(static_cast<const name&>(node));
#include "model/syntax/ast_node.def"
    // clang-format on
  }
  __builtin_unreachable();
}

}  // namespace lockweave::syntax
