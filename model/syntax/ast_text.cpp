#include "model/syntax/ast_text.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <string_view>

namespace lockweave::syntax {

namespace {

std::string_view name_of(ExpressionKind kind) {
  switch (kind) {
// clang-format off
#define LOCKWEAVE_EXPRESSION(name) \
    case ExpressionKind::name:     \
        return #name;
#include "model/syntax/ast_node.def"
    // clang-format on
  }
  return "?";
}

std::string_view name_of(StatementKind kind) {
  switch (kind) {
// clang-format off
#define LOCKWEAVE_STATEMENT(name) \
    case StatementKind::name:     \
        return #name;
#include "model/syntax/ast_node.def"
    // clang-format on
  }
  return "?";
}

std::string_view name_of(ExprContext context) {
  constexpr std::string_view names[] = {"Load", "Store", "Del"};
  return names[static_cast<std::size_t>(context)];
}
std::string_view name_of(BoolOperator op) { return op == BoolOperator::And ? "And" : "Or"; }
std::string_view name_of(UnaryOperator op) {
  constexpr std::string_view names[] = {"Invert", "Not", "UAdd", "USub"};
  return names[static_cast<std::size_t>(op)];
}
std::string_view name_of(BinaryOperator op) {
  constexpr std::string_view names[] = {"Add",    "Sub",    "Mult",  "MatMult", "Div",    "Mod",     "Pow",
                                        "LShift", "RShift", "BitOr", "BitXor",  "BitAnd", "FloorDiv"};
  return names[static_cast<std::size_t>(op)];
}
std::string_view name_of(CompareOperator op) {
  constexpr std::string_view names[] = {"Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "Is", "IsNot", "In", "NotIn"};
  return names[static_cast<std::size_t>(op)];
}

std::string escaped(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && byte != '\\') {
      text.push_back(c);
    } else {
      text += fmt::format("\\x{:02x}", byte);
    }
  }
  return text;
}

struct ConstantText {
  std::string operator()(NoneValue) const { return "None"; }
  std::string operator()(bool value) const { return value ? "True" : "False"; }
  std::string operator()(EllipsisValue) const { return "Ellipsis"; }
  std::string operator()(const IntegerValue& value) const { return "int " + value.decimal; }
  std::string operator()(double value) const { return fmt::format("float {:016x}", std::bit_cast<std::uint64_t>(value)); }
  std::string operator()(ImaginaryValue value) const { return fmt::format("complex {:016x}", std::bit_cast<std::uint64_t>(value.value)); }
  std::string operator()(const std::string& value) const { return "str " + escaped(value); }
  std::string operator()(const BytesValue& value) const { return "bytes " + escaped(value.bytes); }
};

class TreeText {
 public:
  std::string take() { return std::move(text_); }

  void module(const Module& node) {
    line("Module");
    ++depth_;
    block("body", node.body);
  }

  void expression(std::string_view label, const Expression& node) {
    line(label, heading(name_of(node.kind), node.place));
    ++depth_;
    visit(node, *this);
    --depth_;
  }

  // ---- expressions

  void operator()(const BoolOp& n) { line("op: ", name_of(n.op)), list("values", n.values); }
  void operator()(const NamedExpr& n) { field("target", n.target), field("value", n.value); }
  void operator()(const BinOp& n) { field("left", n.left), line("op: ", name_of(n.op)), field("right", n.right); }
  void operator()(const UnaryOp& n) { line("op: ", name_of(n.op)), field("operand", n.operand); }
  void operator()(const Lambda& n) { arguments(n.args), field("body", n.body); }
  void operator()(const IfExp& n) { field("test", n.test), field("body", n.body), field("orelse", n.orelse); }
  void operator()(const Dict& n) { list("keys", n.keys), list("values", n.values); }
  void operator()(const Set& n) { list("elts", n.elts); }
  void operator()(const ListComp& n) { field("elt", n.elt), clauses(n.generators); }
  void operator()(const SetComp& n) { field("elt", n.elt), clauses(n.generators); }
  void operator()(const DictComp& n) { field("key", n.key), field("value", n.value), clauses(n.generators); }
  void operator()(const GeneratorExp& n) { field("elt", n.elt), clauses(n.generators); }
  void operator()(const Await& n) { field("value", n.value); }
  void operator()(const Yield& n) { field("value", n.value); }
  void operator()(const YieldFrom& n) { field("value", n.value); }
  void operator()(const Compare& n) {
    field("left", n.left);
    each("ops", n.ops, [this](CompareOperator op) { line("- ", name_of(op)); });
    list("comparators", n.comparators);
  }
  void operator()(const Call& n) { field("func", n.func), list("args", n.args), keywords(n.keywords); }
  void operator()(const FormattedValue& n) {
    field("value", n.value);
    line("conversion: ", n.conversion == 0 ? "-" : std::string_view(&n.conversion, 1));
    field("format_spec", n.format_spec);
  }
  void operator()(const JoinedStr& n) {
    ++fstrings_;
    list("values", n.values);
    --fstrings_;
  }
  void operator()(const Constant& n) { line("value: ", std::visit(ConstantText{}, n.value)); }
  void operator()(const Attribute& n) { field("value", n.value), line("attr: ", n.attr), context(n.context); }
  void operator()(const Subscript& n) { field("value", n.value), field("slice", n.slice), context(n.context); }
  void operator()(const Starred& n) { field("value", n.value), context(n.context); }
  void operator()(const Name& n) { line("id: ", n.id), context(n.context); }
  void operator()(const List& n) { list("elts", n.elts), context(n.context); }
  void operator()(const Tuple& n) { list("elts", n.elts), context(n.context); }
  void operator()(const Slice& n) { field("lower", n.lower), field("upper", n.upper), field("step", n.step); }

  // ---- statements

  void operator()(const FunctionDef& n) {
    line("name: ", n.name), arguments(n.args), block("body", n.body);
    list("decorator_list", n.decorator_list), field("returns", n.returns);
  }
  void operator()(const ClassDef& n) {
    line("name: ", n.name), list("bases", n.bases), keywords(n.keywords), block("body", n.body), list("decorator_list", n.decorator_list);
  }
  void operator()(const Return& n) { field("value", n.value); }
  void operator()(const Delete& n) { list("targets", n.targets); }
  void operator()(const Assign& n) { list("targets", n.targets), field("value", n.value); }
  void operator()(const AugAssign& n) { field("target", n.target), line("op: ", name_of(n.op)), field("value", n.value); }
  void operator()(const AnnAssign& n) {
    field("target", n.target), field("annotation", n.annotation), field("value", n.value), line("simple: ", n.simple ? "1" : "0");
  }
  void operator()(const For& n) { field("target", n.target), field("iter", n.iter), block("body", n.body), block("orelse", n.orelse); }
  void operator()(const While& n) { field("test", n.test), block("body", n.body), block("orelse", n.orelse); }
  void operator()(const If& n) { field("test", n.test), block("body", n.body), block("orelse", n.orelse); }
  void operator()(const With& n) {
    each("items", n.items, [this](const WithItem& item) {
      part("- withitem", [&] { field("context_expr", item.context_expr), field("optional_vars", item.optional_vars); });
    });
    block("body", n.body);
  }
  void operator()(const Raise& n) { field("exc", n.exc), field("cause", n.cause); }
  void operator()(const Try& n) {
    block("body", n.body);
    each("handlers", n.handlers, [this](const ExceptHandler& handler) {
      part("- ExceptHandler", [&] { field("type", handler.type), optional_name("name", handler.name), block("body", handler.body); });
    });
    block("orelse", n.orelse), block("finalbody", n.finalbody);
  }
  void operator()(const Assert& n) { field("test", n.test), field("msg", n.msg); }
  void operator()(const Import& n) { aliases(n.names); }
  void operator()(const ImportFrom& n) { optional_name("module", n.module), aliases(n.names), line("level: ", fmt::format("{}", n.level)); }
  void operator()(const Global& n) { names(n.names); }
  void operator()(const Nonlocal& n) { names(n.names); }
  void operator()(const Expr& n) { field("value", n.value); }
  void operator()(const Pass&) {}
  void operator()(const Break&) {}
  void operator()(const Continue&) {}

 private:
  void line(std::string_view first, std::string_view second = {}) {
    text_.append(2 * depth_, ' ');
    text_ += first;
    text_ += second;
    text_ += '\n';
  }

  std::string heading(std::string_view name, const Place& place) const {
    return fstrings_ > 0 ? std::string(name) : fmt::format("{} {}:{}", name, place.line, place.column);
  }

  static std::string class_name(const Statement& node) {
    bool is_async = false;
    if (const auto* function = as_if<FunctionDef>(&node)) is_async = function->is_async;
    if (const auto* loop = as_if<For>(&node)) is_async = loop->is_async;
    if (const auto* with = as_if<With>(&node)) is_async = with->is_async;
    const auto* handled = as_if<Try>(&node);
    const bool is_star = handled != nullptr && handled->is_star;
    return fmt::format("{}{}{}", is_async ? "Async" : "", name_of(node.kind), is_star ? "Star" : "");
  }

  void statement(const Statement& node) {
    line("- ", heading(class_name(node), node.place));
    ++depth_;
    visit(node, *this);
    --depth_;
  }

  void field(std::string_view label, const ExpressionPtr& node) {
    if (node == nullptr) return line(label, ": -");
    expression(fmt::format("{}: ", label), *node);
  }
  void optional_name(std::string_view label, std::string_view name) { line(fmt::format("{}: {}", label, name.empty() ? "-" : name)); }
  void context(ExprContext value) { line("ctx: ", name_of(value)); }

  template <class Items, class Write>
  void each(std::string_view label, const Items& items, Write write) {
    line(fmt::format("{}: [{}]", label, items.size()));
    ++depth_;
    for (const auto& item : items) write(item);
    --depth_;
  }
  template <class Write>
  void part(std::string_view heading, Write write) {
    line(heading);
    ++depth_;
    write();
    --depth_;
  }

  void list(std::string_view label, const ExpressionList& nodes) {
    each(label, nodes, [this](const ExpressionPtr& node) { node == nullptr ? line("- -") : expression("- ", *node); });
  }
  void block(std::string_view label, const Block& statements) {
    each(label, statements, [this](const StatementPtr& node) { statement(*node); });
  }
  void names(const std::vector<std::string>& items) {
    each("names", items, [this](const std::string& name) { line("- ", name); });
  }
  void aliases(const std::vector<Alias>& items) {
    each("names", items,
         [this](const Alias& alias) { part("- alias", [&] { line("name: ", alias.name), optional_name("asname", alias.asname); }); });
  }
  void keywords(const std::vector<Keyword>& items) {
    each("keywords", items,
         [this](const Keyword& keyword) { part("- keyword", [&] { optional_name("arg", keyword.name), field("value", keyword.value); }); });
  }
  void clauses(const std::vector<Comprehension>& items) {
    each("generators", items, [this](const Comprehension& clause) {
      part("- comprehension", [&] {
        field("target", clause.target), field("iter", clause.iter), list("ifs", clause.ifs),
            line("is_async: ", clause.is_async ? "1" : "0");
      });
    });
  }

  void arg(std::string_view label, const Arg& value) {
    part(fmt::format("{}arg", label), [&] { line("arg: ", value.name), field("annotation", value.annotation); });
  }
  void args(std::string_view label, const std::vector<Arg>& items) {
    each(label, items, [this](const Arg& value) { arg("- ", value); });
  }
  void optional_arg(std::string_view label, const std::optional<Arg>& value) {
    if (value) return arg(fmt::format("{}: ", label), *value);
    line(label, ": -");
  }
  void arguments(const Arguments& n) {
    part("args: arguments", [&] {
      args("posonlyargs", n.posonlyargs), args("args", n.args), optional_arg("vararg", n.vararg);
      args("kwonlyargs", n.kwonlyargs), list("kw_defaults", n.kw_defaults), optional_arg("kwarg", n.kwarg), list("defaults", n.defaults);
    });
  }

  std::string text_;
  std::size_t depth_ = 0;
  std::size_t fstrings_ = 0;
};

}  // namespace

std::string to_text(const Module& module) {
  TreeText text;
  text.module(module);
  return text.take();
}

std::string to_text(const Expression& expression) {
  TreeText text;
  text.expression("", expression);
  return text.take();
}

}  // namespace lockweave::syntax
