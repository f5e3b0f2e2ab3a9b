#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/builtins/encoding.h"
#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/special_methods.h"
#include "model/builtins/split_arguments.h"
#include "model/builtins/text_operations.h"
#include "model/builtins/type_methods.h"

namespace lockweave::builtins {
namespace {

constexpr TypeId type = TypeId::Bytes;

const std::string& content_of(Context& context, const Arguments& arguments) { return context.constants.content(unwrap(context, arguments[0])); }
Result bytes(Context& context, std::string_view content) { return done(context.constants.bytes(content)); }

// A bytes argument; what to raise if it is none.
struct Part {
  std::string_view content;
  std::optional<Result> refused;
};

Part bytes_part(Context& context, Value v) {
  const Value plain = unwrap(context, v);
  if (plain.is(Tag::Bytes)) return {context.constants.content(plain), std::nullopt};
  return {{}, context.raise(TypeId::TypeError, fmt::format("a bytes-like object is required, not '{}'", context.type_name_of(v)))};
}

// bytes or one byte as an integer, for searching. `buffer` keeps the single byte.
Part searched_part(Context& context, Value v, std::string& buffer) {
  const Value plain = unwrap(context, v);
  if (plain.is(Tag::Bytes)) return {context.constants.content(plain), std::nullopt};
  if (!is_integer(plain)) {
    return {{}, context.raise(TypeId::TypeError, fmt::format("argument should be integer or bytes-like object, not '{}'", context.type_name_of(v)))};
  }
  if (!is_small(plain) || small_value(plain) < 0 || small_value(plain) > 255) return {{}, context.raise(TypeId::ValueError, "byte must be in range(0, 256)")};
  buffer.assign(1, static_cast<char>(small_value(plain)));
  return {buffer, std::nullopt};
}

Result found(Context& context, const Arguments& arguments, std::string_view name, bool last, bool must_be_there) {
  if (auto refused = refuse(context, arguments, some(type, name, 1, 3))) return *refused;
  std::string buffer;
  const Part part = searched_part(context, arguments[1], buffer);
  if (part.refused) return *part.refused;
  const std::string_view content = content_of(context, arguments);
  const Bounds bounds = to_bounds(context, arguments[2], arguments[3], content.size());
  if (bounds.refused) return *bounds.refused;
  const std::string_view window = content.substr(bounds.start, bounds.stop - bounds.start);
  const std::size_t at = bounds.beyond ? std::string_view::npos : last ? window.rfind(part.content) : window.find(part.content);
  if (at != std::string_view::npos) return done(context.integer(static_cast<std::int64_t>(bounds.start + at)));
  return must_be_there ? context.raise(TypeId::ValueError, "subsection not found") : done(Value::small_int(-1));
}

Result find(Context& context, const Arguments& arguments) { return found(context, arguments, "find", false, false); }
Result rfind(Context& context, const Arguments& arguments) { return found(context, arguments, "rfind", true, false); }
Result index(Context& context, const Arguments& arguments) { return found(context, arguments, "index", false, true); }
Result rindex(Context& context, const Arguments& arguments) { return found(context, arguments, "rindex", true, true); }

Result count(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "count", 1, 3))) return *refused;
  std::string buffer;
  const Part part = searched_part(context, arguments[1], buffer);
  if (part.refused) return *part.refused;
  const std::string_view content = content_of(context, arguments);
  const Bounds bounds = to_bounds(context, arguments[2], arguments[3], content.size());
  if (bounds.refused) return *bounds.refused;
  if (bounds.beyond) return done(Value::small_int(0));
  const std::size_t number = occurrences(content.substr(bounds.start, bounds.stop - bounds.start), part.content, Alphabet::Bytes);
  return done(context.integer(static_cast<std::int64_t>(number)));
}

Result begins(Context& context, const Arguments& arguments, std::string_view name, bool at_end) {
  if (auto refused = refuse(context, arguments, some(type, name, 1, 3))) return *refused;
  const bool several = kind_of(context, arguments[1]) == ObjectKind::Tuple;
  if (!several && !unwrap(context, arguments[1]).is(Tag::Bytes)) {
    return context.raise(TypeId::TypeError, fmt::format("{} first arg must be bytes or a tuple of bytes, not {}", name, context.type_name_of(arguments[1])));
  }
  const std::string_view content = content_of(context, arguments);
  const Bounds bounds = to_bounds(context, arguments[2], arguments[3], content.size());
  if (bounds.refused) return *bounds.refused;
  const std::string_view window = content.substr(bounds.start, bounds.stop - bounds.start);
  const std::vector<Value> parts = several ? context.heap.at(arguments[1]).slots : std::vector<Value>{arguments[1]};
  for (Value v : parts) {
    const Part part = bytes_part(context, v);
    if (part.refused) return *part.refused;
    if (!bounds.beyond && (at_end ? window.ends_with(part.content) : window.starts_with(part.content))) return done(Value::boolean(true));
  }
  return done(Value::boolean(false));
}

Result startswith(Context& context, const Arguments& arguments) { return begins(context, arguments, "startswith", false); }
Result endswith(Context& context, const Arguments& arguments) { return begins(context, arguments, "endswith", true); }

Result list_of(Context& context, const Pieces& pieces) {
  std::vector<Value> items;
  for (std::string_view piece : pieces) items.push_back(context.constants.bytes(piece));
  return done(context.list(items));
}

Result cut(Context& context, const Arguments& arguments, std::string_view name, bool from_end) {
  const SplitArguments given = split_arguments(context, arguments, type, name);
  if (given.refused) return *given.refused;
  const std::string content = content_of(context, arguments);
  if (given.separator.is_none()) return list_of(context, from_end ? split_at_last_spaces(content, given.most, Alphabet::Bytes) : split_at_spaces(content, given.most, Alphabet::Bytes));
  const Part separator = bytes_part(context, given.separator);
  if (separator.refused) return *separator.refused;
  if (separator.content.empty()) return context.raise(TypeId::ValueError, "empty separator");
  return list_of(context, from_end ? split_by_last(content, separator.content, given.most) : split_by(content, separator.content, given.most));
}

Result split(Context& context, const Arguments& arguments) { return cut(context, arguments, "split", false); }
Result rsplit(Context& context, const Arguments& arguments) { return cut(context, arguments, "rsplit", true); }

Result splitlines(Context& context, const Arguments& arguments) {
  const SplitlinesArguments given = splitlines_arguments(context, arguments, type);
  if (given.refused) return *given.refused;
  return list_of(context, split_lines(content_of(context, arguments), given.keep_ends, Alphabet::Bytes));
}

Result part_at(Context& context, const Arguments& arguments, std::string_view name, bool last) {
  if (auto refused = refuse(context, arguments, one(type, name))) return *refused;
  const Part separator = bytes_part(context, arguments[1]);
  if (separator.refused) return *separator.refused;
  if (separator.content.empty()) return context.raise(TypeId::ValueError, "empty separator");
  const std::string between(separator.content);
  const std::string content = content_of(context, arguments);
  const std::size_t at = last ? content.rfind(between) : content.find(between);
  const Value empty = context.constants.bytes("");
  const Value whole = context.constants.bytes(content);
  std::array<Value, 3> parts{last ? empty : whole, empty, last ? whole : empty};
  if (at != std::string::npos) {
    parts = {context.constants.bytes(content.substr(0, at)), context.constants.bytes(between), context.constants.bytes(content.substr(at + between.size()))};
  }
  return done(context.tuple(parts));
}

Result partition(Context& context, const Arguments& arguments) { return part_at(context, arguments, "partition", false); }
Result rpartition(Context& context, const Arguments& arguments) { return part_at(context, arguments, "rpartition", true); }

Result cut_ends(Context& context, const Arguments& arguments, std::string_view name, bool left, bool right) {
  if (auto refused = refuse(context, arguments, some(type, name, 0, 1))) return *refused;
  const bool spaces = arguments.size() < 2 || arguments[1].is_none();
  const Part set = spaces ? Part{} : bytes_part(context, arguments[1]);
  if (set.refused) return *set.refused;
  return bytes(context, stripped(content_of(context, arguments), spaces ? nullptr : &set.content, left, right, Alphabet::Bytes));
}

Result strip(Context& context, const Arguments& arguments) { return cut_ends(context, arguments, "strip", true, true); }
Result lstrip(Context& context, const Arguments& arguments) { return cut_ends(context, arguments, "lstrip", true, false); }
Result rstrip(Context& context, const Arguments& arguments) { return cut_ends(context, arguments, "rstrip", false, true); }

Result replace(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "replace", 2, 3))) return *refused;
  const Part old = bytes_part(context, arguments[1]);
  if (old.refused) return *old.refused;
  const Part by = bytes_part(context, arguments[2]);
  if (by.refused) return *by.refused;
  const Index most = to_index(context, arguments.size() > 3 ? arguments[3] : Value::small_int(-1));
  if (most.refused) return *most.refused;
  return bytes(context, replaced(content_of(context, arguments), old.content, by.content, static_cast<long>(most.value), Alphabet::Bytes));
}

Result join(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "join"))) return *refused;
  std::vector<Value> items;
  Value consumed;
  switch (gather(context, arguments[1], items, consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: return retry_method(context, "join", arguments, 1);
    case CollectStatus::NotIterable: return context.raise(TypeId::TypeError, "can only join an iterable");
  }
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value item = unwrap(context, items[i]);
    if (!item.is(Tag::Bytes)) {
      return context.raise(TypeId::TypeError, fmt::format("sequence item {}: expected a bytes-like object, {} found", i, context.type_name_of(items[i])));
    }
    if (i > 0) out += content_of(context, arguments);
    out += context.constants.content(item);
  }
  consume(context, consumed);
  return bytes(context, out);
}

// --- ASCII case and classes

char upper_of(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
char lower_of(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

template <char (*mapping)(char)>
Result mapped(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "upper"))) return *refused;
  std::string content = content_of(context, arguments);
  std::ranges::transform(content, content.begin(), mapping);
  return bytes(context, content);
}

bool is_alpha(char c) { return upper_of(c) >= 'A' && upper_of(c) <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }
bool is_space(char c) { return (c >= 9 && c <= 13) || c == ' '; }

template <bool (*property)(char)>
Result all_are(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "isalpha"))) return *refused;
  const std::string& content = content_of(context, arguments);
  return done(Value::boolean(!content.empty() && std::ranges::all_of(content, property)));
}

// --- text

Result decoded(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_self(context, arguments, type, "decode")) return *refused;
  constexpr std::array<std::string_view, 2> names{"encoding", "errors"};
  std::array<Value, 2> values{};
  if (auto refused = bind_arguments(context, arguments, "decode", names, values)) return *refused;
  return decode(context, unwrap(context, arguments[0]), values[0], values[1]);
}

Result hex(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_self(context, arguments, type, "hex")) return *refused;
  constexpr std::array<std::string_view, 2> names{"sep", "bytes_per_sep"};
  std::array<Value, 2> values{Value(), Value::small_int(1)};
  if (auto refused = bind_arguments(context, arguments, "hex", names, values)) return *refused;
  const Index group = to_index(context, values[1]);
  if (group.refused) return *group.refused;
  const std::string separator = values[0].is_string() ? context.text(values[0]) : std::string();
  const std::string& content = content_of(context, arguments);
  const auto size = static_cast<std::int64_t>(content.size());
  std::string out;
  for (std::int64_t i = 0; i < size; ++i) {
    // Groups are counted from the end, or from the front if the number is negative.
    const bool at_border = group.value > 0 ? (size - i) % group.value == 0 : group.value < 0 && i % -group.value == 0;
    if (i > 0 && at_border) out += separator;
    out += fmt::format("{:02x}", static_cast<unsigned char>(content[static_cast<std::size_t>(i)]));
  }
  return done(context.string(out));
}

int digit_of(char c) { return is_digit(c) ? c - '0' : lower_of(c) >= 'a' && lower_of(c) <= 'f' ? lower_of(c) - 'a' + 10 : -1; }

Result fromhex(Context& context, const Arguments& arguments) {
  if (arguments.size() != 2) {
    return context.raise(TypeId::TypeError, fmt::format("bytes.fromhex() takes exactly one argument ({} given)", arguments.size() - 1));
  }
  const Value text = unwrap(context, arguments[1]);
  if (!text.is_string()) return context.raise(TypeId::TypeError, fmt::format("fromhex() argument must be str, not {}", context.type_name_of(arguments[1])));
  const std::string& digits = context.text(text);
  std::string content;
  for (std::size_t i = 0; i < digits.size();) {
    if (is_space(digits[i])) {
      ++i;
      continue;
    }
    for (std::size_t k = i; k < i + 2; ++k) {
      if (k < digits.size() && digit_of(digits[k]) >= 0) continue;
      return context.raise(TypeId::ValueError, fmt::format("non-hexadecimal number found in fromhex() arg at position {}", k));
    }
    content += static_cast<char>(digit_of(digits[i]) * 16 + digit_of(digits[i + 1]));
    i += 2;
  }
  return bytes(context, content);
}

// --- bytes(...)

Result from_items(Context& context, const Arguments& arguments, Value source) {
  std::vector<Value> items;
  Value consumed;
  switch (gather(context, source, items, consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: return retry_construct(context, arguments, 1);
    case CollectStatus::NotIterable: return context.raise(TypeId::TypeError, fmt::format("cannot convert '{}' object to bytes", context.type_name_of(source)));
  }
  std::string content;
  for (Value item : items) {
    const Index byte = to_index(context, item);
    if (byte.refused) return *byte.refused;
    if (byte.value < 0 || byte.value > 255) return context.raise(TypeId::ValueError, "bytes must be in range(0, 256)");
    content += static_cast<char>(byte.value);
  }
  consume(context, consumed);
  return bytes(context, content);
}

Result convert(Context& context, const Arguments& arguments, Value source) {
  if (overrides(context, source, "__bytes__")) return context.call_library("_slow_bytes", std::span(&source, 1));
  const Value plain = unwrap(context, source);
  if (plain.is(Tag::Bytes)) return done(plain);
  if (plain.is_string()) return context.raise(TypeId::TypeError, "string argument without an encoding");
  if (!is_integer(plain)) return from_items(context, arguments, source);
  const Index size = to_index(context, plain);
  if (size.refused) return *size.refused;
  if (size.value < 0) return context.raise(TypeId::ValueError, "negative count");
  if (auto refused = refuse_size(context, 1, size.value)) return *refused;
  return bytes(context, std::string(static_cast<std::size_t>(size.value), '\0'));
}

Result construct(Context& context, const Arguments& arguments) {
  constexpr std::array<std::string_view, 3> names{"source", "encoding", "errors"};
  std::array<Value, 3> values{};
  if (auto refused = bind_arguments(context, arguments, "bytes", names, values)) return *refused;
  const bool encodes = !values[1].is_unset() || !values[2].is_unset();
  Result made = bytes(context, "");
  if (encodes) {
    const Value text = unwrap(context, values[0]);
    if (!text.is_string()) return context.raise(TypeId::TypeError, values[1].is_unset() ? "errors without a string argument" : "encoding without a string argument");
    made = encode(context, text, values[1], values[2]);
  } else if (!values[0].is_unset()) {
    made = convert(context, arguments, values[0]);
  }
  if (made.kind != ResultKind::Done || arguments[0] == type_value(type)) return made;
  return done(wrap(context, arguments[0], made.value));
}

constexpr BuiltinEntry methods[] = {
    {"find", find}, {"rfind", rfind}, {"index", index}, {"rindex", rindex}, {"count", count}, {"startswith", startswith},
    {"endswith", endswith}, {"split", split}, {"rsplit", rsplit}, {"splitlines", splitlines}, {"partition", partition},
    {"rpartition", rpartition}, {"strip", strip}, {"lstrip", lstrip}, {"rstrip", rstrip}, {"replace", replace}, {"join", join},
    {"upper", mapped<upper_of>}, {"lower", mapped<lower_of>}, {"isalpha", all_are<is_alpha>}, {"isdigit", all_are<is_digit>},
    {"isalnum", all_are<is_alnum>}, {"isspace", all_are<is_space>}, {"decode", decoded}, {"hex", hex}, {"fromhex", fromhex},
    {"__len__", special::len<type>}, {"__getitem__", special::getitem<type>}, {"__contains__", special::has<type>},
    {"__iter__", special::iter<type>}, {"__add__", special::left<type, bytecode::BinaryOperator::Add>},
    LOCKWEAVE_OPERATOR(type, Multiply, "mul"), LOCKWEAVE_COMPARISONS(type),
};

}  // namespace

const TypeMethods bytes_methods{type, methods, construct};

}  // namespace lockweave::builtins
