#include <fmt/format.h>

#include "model/builtins/iteration.h"
#include "model/builtins/str_methods.h"
#include "model/builtins/table_access.h"
#include "model/builtins/unicode.h"

namespace lockweave::builtins::str {
namespace {

Value code_of(char32_t c) { return Value::small_int(static_cast<std::int64_t>(c)); }

Result refuse_maketrans(Context& context, std::size_t i, Value v) {
  return context.raise(TypeId::TypeError, fmt::format("maketrans() argument {} must be str, not {}", i, context.type_name_of(v)));
}

Result from_mapping(Context& context, Value mapping) {
  if (kind_of(context, mapping) != ObjectKind::Dict) {
    return context.raise(TypeId::TypeError, "if you give only one argument to maketrans it must be a dict");
  }
  if (context.read_order(mapping.object_id())) return stop();
  const Value table = context.new_object(ObjectKind::Dict, TypeId::Dict);
  const std::vector<Value> pairs = context.heap.at(mapping).slots;
  for (std::size_t i = 0; i < pairs.size(); i += 2) {
    Value key = unwrap(context, pairs[i]);
    if (key.is_string()) {
      const std::u32string points = unicode::points(context.text(key));
      if (points.size() != 1) return context.raise(TypeId::ValueError, "string keys in translate table must be of length 1");
      key = code_of(points[0]);
    } else if (!is_integer(key)) {
      return context.raise(TypeId::TypeError, "keys in translate table must be strings or integers");
    }
    context.heap.set_item(table.object_id(), key, pairs[i + 1]);
  }
  return done(table);
}

Result from_texts(Context& context, std::span<const Value> texts) {
  std::u32string points[3];
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const Value text = unwrap(context, texts[i]);
    if (!text.is_string() && i == 0) return context.raise(TypeId::TypeError, "first maketrans argument must be a string if there is a second argument");
    if (!text.is_string()) return refuse_maketrans(context, i + 1, texts[i]);
    points[i] = unicode::points(context.text(text));
  }
  if (points[0].size() != points[1].size()) return context.raise(TypeId::ValueError, "the first two maketrans arguments must have equal length");
  const Value table = context.new_object(ObjectKind::Dict, TypeId::Dict);
  for (std::size_t i = 0; i < points[0].size(); ++i) context.heap.set_item(table.object_id(), code_of(points[0][i]), code_of(points[1][i]));
  for (char32_t c : points[2]) context.heap.set_item(table.object_id(), code_of(c), Value::none());
  return done(table);
}

// What the table says about one character; an Unset value: nothing.
Result look_up(Context& context, Value table, char32_t c) {
  const auto result = plain_getitem(context, table, code_of(c));
  if (!result) return {ResultKind::Call, Value()};
  return *result;
}

// The replacement of a character, behind what is already translated.
std::optional<Result> append_replacement(Context& context, std::string& out, Value v, char32_t c) {
  v = unwrap(context, v);
  if (v.is_unset()) {
    unicode::append(out, c);
  } else if (v.is_string()) {
    out += context.text(v);
  } else if (is_integer(v)) {
    if (!is_small(v) || small_value(v) < 0 || small_value(v) > 0x10ffff) {
      return context.raise(TypeId::ValueError, "character mapping must be in range(0x110000)");
    }
    unicode::append(out, static_cast<char32_t>(small_value(v)));
  } else if (!v.is_none()) {
    return context.raise(TypeId::TypeError, "character mapping must return integer, None or str");
  }
  return std::nullopt;
}

}  // namespace

// A static method; a class in front (as if it were a class method) is passed over.
Result maketrans(Context& context, const Arguments& arguments) {
  std::span<const Value> given = arguments.positional;
  if (!given.empty() && (given[0].is(Tag::Type) || kind_of(context, given[0]) == ObjectKind::Class)) given = given.subspan(1);
  if (given.size() == 1) return from_mapping(context, given[0]);
  if (given.size() == 2 || given.size() == 3) return from_texts(context, given);
  return context.raise(TypeId::TypeError, given.empty() ? "maketrans expected at least 1 argument, got 0"
                                                        : fmt::format("maketrans expected at most 3 arguments, got {}", given.size()));
}

Result translate(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(TypeId::Str, "translate"))) return *refused;
  const Value table = arguments[1];
  const bool is_dict = kind_of(context, table) == ObjectKind::Dict && context.heap.at(table).cls.is(Tag::Type);
  std::string out;
  const std::string& text = text_of(context, arguments);
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t c = unicode::next(text, offset);
    Value replacement;
    if (is_dict) {  // no KeyError made for every character that is not in it
      if (context.read(table.object_id(), code_of(c))) return stop();
      replacement = context.heap.get_item(table.object_id(), code_of(c));
    } else {
      const ObjectKind kind = kind_of(context, table);
      const bool sequence = kind == ObjectKind::List || kind == ObjectKind::Tuple || table.is_string();
      if (!sequence) {
        if (!table.is_object()) return context.raise(TypeId::TypeError, fmt::format("'{}' object is not subscriptable", context.type_name_of(table)));
        return context.call_library("_slow_translate", arguments.positional);
      }
      const std::size_t length = table.is_string() ? unicode::length(context.text(table)) : context.heap.at(table).slots.size();
      if (c < length) {
        const Result found = look_up(context, table, c);
        if (found.kind != ResultKind::Done) return found;
        replacement = found.value;
      }
    }
    if (auto refused = append_replacement(context, out, replacement, c)) return *refused;
  }
  return done(context.string(out));
}

}  // namespace lockweave::builtins::str
