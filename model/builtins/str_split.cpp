#include <fmt/format.h>

#include "model/builtins/iteration.h"
#include "model/builtins/split_arguments.h"
#include "model/builtins/str_methods.h"
#include "model/builtins/text_operations.h"

namespace lockweave::builtins::str {
namespace {

constexpr TypeId type = TypeId::Str;

Result list_of(Context& context, const Pieces& pieces) {
  std::vector<Value> items;
  items.reserve(pieces.size());
  for (std::string_view piece : pieces) items.push_back(context.string(piece));
  return done(context.list(items));
}

Result cut(Context& context, const Arguments& arguments, std::string_view name, bool from_end) {
  const SplitArguments given = split_arguments(context, arguments, type, name);
  if (given.refused) return *given.refused;
  const std::string text = text_of(context, arguments);
  if (given.separator.is_none()) {
    return list_of(context, from_end ? split_at_last_spaces(text, given.most, Alphabet::Characters) : split_at_spaces(text, given.most, Alphabet::Characters));
  }
  const Value separator = unwrap(context, given.separator);
  if (!separator.is_string()) return context.raise(TypeId::TypeError, fmt::format("must be str or None, not {}", context.type_name_of(given.separator)));
  const std::string between = context.text(separator);
  if (between.empty()) return context.raise(TypeId::ValueError, "empty separator");
  return list_of(context, from_end ? split_by_last(text, between, given.most) : split_by(text, between, given.most));
}

Result part(Context& context, const Arguments& arguments, std::string_view name, bool last) {
  if (auto refused = refuse(context, arguments, one(type, name))) return *refused;
  const Value separator = unwrap(context, arguments[1]);
  if (!separator.is_string()) return context.raise(TypeId::TypeError, fmt::format("must be str, not {}", context.type_name_of(arguments[1])));
  const std::string between = context.text(separator);
  if (between.empty()) return context.raise(TypeId::ValueError, "empty separator");
  const std::string text = text_of(context, arguments);
  const std::size_t at = last ? text.rfind(between) : text.find(between);
  const Value empty = context.string("");
  const Value whole = self_of(context, arguments);
  std::array<Value, 3> parts{last ? empty : whole, empty, last ? whole : empty};
  if (at != std::string::npos) parts = {context.string(text.substr(0, at)), separator, context.string(text.substr(at + between.size()))};
  return done(context.tuple(parts));
}

Result cut_ends(Context& context, const Arguments& arguments, std::string_view name, bool left, bool right) {
  if (auto refused = refuse(context, arguments, some(type, name, 0, 1))) return *refused;
  const Value chars = unwrap(context, argument_or(arguments, 1, Value::none()));
  if (!chars.is_none() && !chars.is_string()) return context.raise(TypeId::TypeError, fmt::format("{} arg must be None or str", name));
  const std::string_view set = chars.is_none() ? std::string_view() : context.text(chars);
  return done(context.string(stripped(text_of(context, arguments), chars.is_none() ? nullptr : &set, left, right, Alphabet::Characters)));
}

}  // namespace

Result split(Context& context, const Arguments& arguments) { return cut(context, arguments, "split", false); }
Result rsplit(Context& context, const Arguments& arguments) { return cut(context, arguments, "rsplit", true); }
Result partition(Context& context, const Arguments& arguments) { return part(context, arguments, "partition", false); }
Result rpartition(Context& context, const Arguments& arguments) { return part(context, arguments, "rpartition", true); }
Result strip(Context& context, const Arguments& arguments) { return cut_ends(context, arguments, "strip", true, true); }
Result lstrip(Context& context, const Arguments& arguments) { return cut_ends(context, arguments, "lstrip", true, false); }
Result rstrip(Context& context, const Arguments& arguments) { return cut_ends(context, arguments, "rstrip", false, true); }

Result splitlines(Context& context, const Arguments& arguments) {
  const SplitlinesArguments given = splitlines_arguments(context, arguments, type);
  if (given.refused) return *given.refused;
  return list_of(context, split_lines(text_of(context, arguments), given.keep_ends, Alphabet::Characters));
}

Result join(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "join"))) return *refused;
  std::vector<Value> items;
  Value consumed;
  switch (gather(context, arguments[1], items, consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: return context.call_library("_slow_join", arguments.positional);
    case CollectStatus::NotIterable: return context.raise(TypeId::TypeError, "can only join an iterable");
  }
  const std::string& separator = text_of(context, arguments);
  std::string out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const Value item = unwrap(context, items[i]);
    if (!item.is_string()) {
      return context.raise(TypeId::TypeError, fmt::format("sequence item {}: expected str instance, {} found", i, context.type_name_of(items[i])));
    }
    if (i > 0) out += separator;
    out += context.text(item);
  }
  consume(context, consumed);
  return done(context.string(out));
}

}  // namespace lockweave::builtins::str
