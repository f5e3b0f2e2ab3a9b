#include "tests/support/fake_context.h"

#include <fmt/format.h>

#include "model/base/check.h"
#include "model/builtins/number_text.h"
#include "model/builtins/table_access.h"
#include "model/builtins/type_methods.h"
#include "model/builtins/unicode.h"

namespace lockweave::testing {

using builtins::Result;
using builtins::ResultKind;
using builtins::TypeId;
using state::ObjectId;
using state::ObjectKind;
using state::Tag;
using state::Value;

FakeContext::FakeContext() : Context(own_heap, own_constants), table_(own_constants) { builtins::register_value_types(table_); }

Result FakeContext::call(TypeId type, std::string_view method, const std::vector<Value>& arguments) {
  if (method.empty()) return table_.constructor(type)(*this, {arguments, {}});
  const Value found = table_.method(type, constants.string(method));
  LOCKWEAVE_CHECK(found.is(Tag::Builtin), fmt::format("there is no method {}", method));
  return table_.row(found).function(*this, {arguments, {}});
}

Value FakeContext::make_instance(ObjectKind kind, TypeId base, const std::vector<Value>& slots) {
  const Value order[] = {Value(), builtins::type_value(base), builtins::type_value(TypeId::Object)};
  const Value cls = new_object(ObjectKind::Class, TypeId::Type, state::slot::klass::count);
  heap.set(cls.object_id(), state::slot::klass::name, string("C"));
  heap.set(cls.object_id(), state::slot::klass::qualname, string("C"));
  heap.set(cls.object_id(), state::slot::klass::mro, tuple(order));
  heap.set(cls.object_id(), state::slot::klass::dictionary, new_object(ObjectKind::Dict, TypeId::Dict));
  const ObjectId id = heap.allocate(kind, cls, 1);
  heap.assign(id, slots);
  return Value::object(id);
}

std::string FakeContext::repr(Value v) {
  std::string text;
  switch (builtins::plain_repr(*this, v, text)) {
    case builtins::TextStatus::Ok: return text;
    case builtins::TextStatus::Stop: return "stop";
    case builtins::TextStatus::NeedsPython: return "needs Python";
  }
  return text;
}

std::string FakeContext::words(const std::optional<Result>& result) {
  if (!result) return "nothing";
  switch (result->kind) {
    case ResultKind::Done: return result->value.is_unset() ? "end" : repr(result->value);
    case ResultKind::Raised: return raised;
    case ResultKind::Stop: return outside.empty() ? "stop" : "unsupported: " + outside;
    case ResultKind::Call: return "call " + called;
    case ResultKind::Wait: case ResultKind::Release: break;
  }
  return "?";
}

bool FakeContext::note(std::string access) {
  accesses.push_back(std::move(access));
  return stop_at == accesses.size() - 1;
}

bool FakeContext::shared_access(ObjectId id, std::uint64_t key, bool write) {
  const Value location = Value::from_bits(key);
  const std::string where = location.is_unset() || location.tag() == Tag::Unset ? fmt::format("part {}", location.payload()) : repr(location);
  return note(fmt::format("{} {} {}", write ? "write" : "read", id, where));
}

bool FakeContext::read_order(ObjectId table) { return heap.at(table).escaped && note(fmt::format("read {} order", table)); }
bool FakeContext::read_length(ObjectId table) { return heap.at(table).escaped && note(fmt::format("read {} length", table)); }

Result FakeContext::raise_value(Value exception) {
  std::string text;
  (void)builtins::plain_str(*this, exception, text);
  raised = type_name_of(exception) + ": " + text;
  return {ResultKind::Raised, exception};
}

Value FakeContext::make_exception(TypeId type, std::span<const Value> arguments) {
  const ObjectId id = heap.allocate(ObjectKind::Instance, builtins::type_value(type), 1);
  heap.set_attribute(id, string("args"), tuple(arguments));
  return Value::object(id);
}

Result FakeContext::unsupported(std::string_view message) {
  outside = message;
  return builtins::stop();
}

Result FakeContext::tail_call(Value, std::span<const Value>, std::span<const builtins::Keyword>) {
  called = "the program";
  return {ResultKind::Call, {}};
}

Result FakeContext::call_library(std::string_view name, std::span<const Value>) {
  called = name;
  return {ResultKind::Call, {}};
}

bool FakeContext::has_python_special(Value v, std::string_view name) {
  return v.is_object() && !heap.at(v).cls.is(Tag::Type) && python_specials.contains(name);
}

// --- literals

namespace {

class LiteralReader {
 public:
  LiteralReader(FakeContext& context, std::string_view text) : context_(context), text_(text) {}

  Value read() {
    const Value v = value();
    spaces();
    LOCKWEAVE_CHECK(text_.empty(), fmt::format("'{}' is left of a literal", text_));
    return v;
  }

 private:
  void spaces() {
    while (!text_.empty() && text_[0] == ' ') text_.remove_prefix(1);
  }

  bool take(std::string_view word) {
    spaces();
    if (!text_.starts_with(word)) return false;
    text_.remove_prefix(word.size());
    return true;
  }

  std::vector<Value> items(std::string_view close) {
    std::vector<Value> result;
    while (!take(close)) {
      result.push_back(value());
      take(",");
    }
    return result;
  }

  Value object(ObjectKind kind, TypeId type, const std::vector<Value>& slots) {
    const Value made = context_.new_object(kind, type);
    context_.heap.assign(made.object_id(), slots);
    return made;
  }

  Value value() {
    spaces();
    if (take("None")) return Value::none();
    if (take("True")) return Value::boolean(true);
    if (take("False")) return Value::boolean(false);
    if (take("NotImplemented")) return Value(Tag::NotImplemented);
    if (take("float('nan')") || take("nan")) return context_.constants.floating(*builtins::parse_float("nan"));
    if (take("float('inf')") || take("inf")) return context_.constants.floating(*builtins::parse_float("inf"));
    if (take("float('-inf')") || take("-inf")) return context_.constants.floating(*builtins::parse_float("-inf"));
    if (take("frozenset({")) {
      const auto keys = items("}");
      take(")");
      return object(ObjectKind::FrozenSet, TypeId::FrozenSet, keys);
    }
    if (take("frozenset()")) return object(ObjectKind::FrozenSet, TypeId::FrozenSet, {});
    if (take("set()")) return object(ObjectKind::Set, TypeId::Set, {});
    if (take("range(")) {
      auto slots = items(")");
      if (slots.size() == 2) slots.push_back(Value::small_int(1));
      return object(ObjectKind::Range, TypeId::Range, slots);
    }
    if (take("slice(")) return object(ObjectKind::Slice, TypeId::Slice, items(")"));
    if (take("[")) return object(ObjectKind::List, TypeId::List, items("]"));
    if (take("(")) return object(ObjectKind::Tuple, TypeId::Tuple, items(")"));
    if (take("{")) return braces();
    if (text_[0] == '\'' || text_[0] == '"') return context_.string(quoted_text(false));
    if (text_.starts_with("b'") || text_.starts_with("b\"")) {
      text_.remove_prefix(1);
      return context_.constants.bytes(quoted_text(true));
    }
    return number();
  }

  Value braces() {
    std::vector<Value> slots;
    bool pairs = true;
    while (!take("}")) {
      slots.push_back(value());
      if (take(":")) slots.push_back(value());
      else pairs = false;
      take(",");
    }
    return pairs ? object(ObjectKind::Dict, TypeId::Dict, slots) : object(ObjectKind::Set, TypeId::Set, slots);
  }

  char32_t hexadecimal(std::size_t digits) {
    const auto code = builtins::parse_integer(text_.substr(0, digits), 16);
    text_.remove_prefix(digits);
    return static_cast<char32_t>(static_cast<std::uint32_t>(*code));
  }

  std::string quoted_text(bool bytes) {
    const char quote = text_[0];
    text_.remove_prefix(1);
    std::string out;
    while (text_[0] != quote) {
      char c = text_[0];
      text_.remove_prefix(1);
      if (c != '\\') {
        out += c;
        continue;
      }
      c = text_[0];
      text_.remove_prefix(1);
      switch (c) {
        case 'n': out += '\n'; break;
        case 't': out += '\t'; break;
        case 'r': out += '\r'; break;
        case 'x':
          if (bytes) out += static_cast<char>(hexadecimal(2));
          else builtins::unicode::append(out, hexadecimal(2));
          break;
        case 'u': builtins::unicode::append(out, hexadecimal(4)); break;
        case 'U': builtins::unicode::append(out, hexadecimal(8)); break;
        default: out += c;
      }
    }
    text_.remove_prefix(1);
    return out;
  }

  Value number() {
    const std::size_t end = std::min(text_.find_first_not_of("0123456789+-.e"), text_.size());
    const std::string_view digits = text_.substr(0, end);
    LOCKWEAVE_CHECK(end > 0, fmt::format("'{}' is no literal", text_));
    text_.remove_prefix(end);
    if (digits.find_first_of(".e") != std::string_view::npos) return context_.constants.floating(*builtins::parse_float(digits));
    return context_.constants.integer(*builtins::parse_integer(digits, 10));
  }

  FakeContext& context_;
  std::string_view text_;
};

}  // namespace

Value python_literal(FakeContext& context, std::string_view text) { return LiteralReader(context, text).read(); }

std::optional<TypeId> type_named(std::string_view name) {
  for (std::size_t i = 0; i < builtins::type_count(); ++i) {
    if (builtins::type_name(static_cast<TypeId>(i)) == name) return static_cast<TypeId>(i);
  }
  return std::nullopt;
}

}  // namespace lockweave::testing
