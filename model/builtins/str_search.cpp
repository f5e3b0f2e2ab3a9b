#include <fmt/format.h>

#include "model/builtins/str_methods.h"
#include "model/builtins/text_operations.h"
#include "model/builtins/unicode.h"

namespace lockweave::builtins::str {
namespace {

constexpr TypeId type = TypeId::Str;

// The part of self that is searched, and what is searched for.
struct Search {
  std::string_view text;
  std::string_view part;
  std::size_t start = 0;      // in bytes
  bool beyond = false;
  std::optional<Result> refused;
};

Search search(Context& context, const Arguments& arguments, std::string_view name) {
  Search result;
  if (auto refused = refuse(context, arguments, searching(type, name))) return {{}, {}, 0, false, refused};
  const Value part = unwrap(context, arguments[1]);
  if (!part.is_string()) {
    const std::string message = context.version_at_least(3, 13) ? fmt::format("{}() argument 1 must be str, not {}", name, context.type_name_of(arguments[1]))
                                                                : fmt::format("must be str, not {}", context.type_name_of(arguments[1]));
    result.refused = context.raise(TypeId::TypeError, message);
    return result;
  }
  result.text = text_of(context, arguments);
  result.part = context.text(part);
  if (arguments.size() <= 2) return result;
  const Bounds bounds = to_bounds(context, arguments[2], arguments[3], unicode::length(result.text));
  result.refused = bounds.refused;
  result.beyond = bounds.beyond;
  result.start = unicode::offset_of(result.text, bounds.start);
  result.text = result.text.substr(0, unicode::offset_of(result.text, bounds.stop));
  return result;
}

constexpr std::size_t absent = std::string_view::npos;

// In code points.
std::size_t position(const Search& search, bool last) {
  if (search.beyond) return absent;
  const std::string_view window = search.text.substr(search.start);
  const std::size_t at = last ? window.rfind(search.part) : window.find(search.part);
  return at == absent ? absent : unicode::length(search.text.substr(0, search.start + at));
}

Result found(Context& context, const Arguments& arguments, std::string_view name, bool last, bool must_be_there) {
  const Search searched = search(context, arguments, name);
  if (searched.refused) return *searched.refused;
  const std::size_t at = position(searched, last);
  if (at != absent) return done(context.integer(static_cast<std::int64_t>(at)));
  return must_be_there ? context.raise(TypeId::ValueError, "substring not found") : done(Value::small_int(-1));
}

bool fits(std::string_view window, std::string_view part, bool at_end) { return at_end ? window.ends_with(part) : window.starts_with(part); }

Result begins(Context& context, const Arguments& arguments, std::string_view name, bool at_end) {
  if (auto refused = refuse(context, arguments, searching(type, name))) return *refused;
  const Value wanted = unwrap(context, arguments[1]);
  const bool several = kind_of(context, wanted) == ObjectKind::Tuple;
  if (!several && !wanted.is_string()) {
    return context.raise(TypeId::TypeError, fmt::format("{} first arg must be str or a tuple of str, not {}", name, context.type_name_of(wanted)));
  }
  const std::string_view text = text_of(context, arguments);
  const Bounds bounds = to_bounds(context, arguments[2], arguments[3], unicode::length(text));
  if (bounds.refused) return *bounds.refused;
  const std::size_t start = unicode::offset_of(text, bounds.start);
  const std::string_view window = text.substr(start, unicode::offset_of(text, bounds.stop) - start);
  const std::vector<Value> parts = several ? context.heap.at(wanted).slots : std::vector<Value>{wanted};
  for (Value v : parts) {
    const Value part = unwrap(context, v);
    if (!part.is_string()) {
      return context.raise(TypeId::TypeError, fmt::format("tuple for {} must only contain str, not {}", name, context.type_name_of(v)));
    }
    if (!bounds.beyond && fits(window, context.text(part), at_end)) return done(Value::boolean(true));
  }
  return done(Value::boolean(false));
}

Result without(Context& context, const Arguments& arguments, std::string_view name, bool at_end) {
  if (auto refused = refuse(context, arguments, one(type, name))) return *refused;
  if (!context.version_at_least(3, 9)) return context.raise(TypeId::AttributeError, fmt::format("'str' object has no attribute '{}'", name));
  const Value part = unwrap(context, arguments[1]);
  if (!part.is_string()) return context.raise(TypeId::TypeError, fmt::format("{}() argument must be str, not {}", name, context.type_name_of(arguments[1])));
  const std::string_view text = text_of(context, arguments);
  const std::size_t size = context.text(part).size();
  if (size == 0 || !fits(text, context.text(part), at_end)) return done(self_of(context, arguments));
  return done(context.string(at_end ? text.substr(0, text.size() - size) : text.substr(size)));
}

}  // namespace

Result find(Context& context, const Arguments& arguments) { return found(context, arguments, "find", false, false); }
Result rfind(Context& context, const Arguments& arguments) { return found(context, arguments, "rfind", true, false); }
Result index(Context& context, const Arguments& arguments) { return found(context, arguments, "index", false, true); }
Result rindex(Context& context, const Arguments& arguments) { return found(context, arguments, "rindex", true, true); }
Result startswith(Context& context, const Arguments& arguments) { return begins(context, arguments, "startswith", false); }
Result endswith(Context& context, const Arguments& arguments) { return begins(context, arguments, "endswith", true); }
Result removeprefix(Context& context, const Arguments& arguments) { return without(context, arguments, "removeprefix", false); }
Result removesuffix(Context& context, const Arguments& arguments) { return without(context, arguments, "removesuffix", true); }

Result count(Context& context, const Arguments& arguments) {
  const Search searched = search(context, arguments, "count");
  if (searched.refused) return *searched.refused;
  if (searched.beyond) return done(Value::small_int(0));
  const std::size_t number = occurrences(searched.text.substr(searched.start), searched.part, Alphabet::Characters);
  return done(context.integer(static_cast<std::int64_t>(number)));
}

Result replace(Context& context, const Arguments& arguments) {
  Arguments positional = arguments;
  std::vector<Value> all(arguments.positional.begin(), arguments.positional.end());
  if (context.version_at_least(3, 13) && arguments.keywords.size() == 1 && all.size() == 3 && context.text(arguments.keywords[0].name) == "count") {
    all.push_back(arguments.keywords[0].value);
    positional = {all, {}};
  }
  if (auto refused = refuse(context, positional, some(type, "replace", 2, 3))) return *refused;
  for (std::size_t i : {1, 2}) {
    if (unwrap(context, positional[i]).is_string()) continue;
    return context.raise(TypeId::TypeError, fmt::format("replace() argument {} must be str, not {}", i, context.type_name_of(positional[i])));
  }
  const Index most = to_index(context, argument_or(positional, 3, Value::small_int(-1)));
  if (most.refused) return *most.refused;
  const std::string& old = context.text(unwrap(context, positional[1]));
  const std::string& by = context.text(unwrap(context, positional[2]));
  return done(context.string(replaced(text_of(context, arguments), old, by, static_cast<long>(most.value), Alphabet::Characters)));
}

}  // namespace lockweave::builtins::str
