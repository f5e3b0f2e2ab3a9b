#include "model/builtins/method_arguments.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "model/builtins/plain_value.h"

namespace lockweave::builtins {
namespace {

ObjectKind kind_for(TypeId type) {
  switch (type) {
    case TypeId::List: return ObjectKind::List;
    case TypeId::Tuple: return ObjectKind::Tuple;
    case TypeId::Dict: return ObjectKind::Dict;
    case TypeId::Set: return ObjectKind::Set;
    case TypeId::FrozenSet: return ObjectKind::FrozenSet;
    case TypeId::Range: return ObjectKind::Range;
    case TypeId::Slice: return ObjectKind::Slice;
    case TypeId::Iterator: return ObjectKind::Iterator;
    case TypeId::DictKeys: case TypeId::DictValues: case TypeId::DictItems: return ObjectKind::DictView;
    default: return ObjectKind::Free;
  }
}

bool is_of_type(Context& context, Value self, TypeId type) {
  switch (type) {
    case TypeId::Str: return unwrap(context, self).is_string();
    case TypeId::Bytes: return unwrap(context, self).is(Tag::Bytes);
    case TypeId::Int: return is_integer(unwrap(context, self));
    case TypeId::Float: return unwrap(context, self).is(Tag::Float);
    default: return kind_of(context, self) == kind_for(type);
  }
}

// "str.upper" since 3.9, "upper" before.
std::string full_name(Context& context, const Signature& signature) {
  if (!context.version_at_least(3, 9)) return std::string(signature.name);
  return fmt::format("{}.{}", type_name(signature.type), signature.name);
}

std::string_view plural(std::size_t count) { return count == 1 ? "" : "s"; }

// Methods that came to "expected at least ..." late: those of str and the sequences in 3.8, find and its kin in 3.13.
bool has_old_words(Context& context, const Signature& signature) {
  if (signature.type != TypeId::Str && signature.type != TypeId::List && signature.type != TypeId::Tuple) return false;
  return !context.version_at_least(3, 8) || (signature.searches && !context.version_at_least(3, 13));
}

std::string range_message(Context& context, const Signature& signature, std::size_t given) {
  if (has_old_words(context, signature)) {
    const std::string_view bound = signature.least == signature.most ? "exactly" : given < signature.least ? "at least" : "at most";
    const std::size_t number = given < signature.least ? signature.least : signature.most;
    return fmt::format("{}() takes {} {} argument{} ({} given)", signature.name, bound, number, plural(number), given);
  }
  const bool few = given < signature.least;
  const std::size_t limit = few ? signature.least : signature.most;
  // 3.8 made the singular right.
  const std::string_view ending = context.version_at_least(3, 8) ? plural(limit) : "s";
  if (signature.least == signature.most) return fmt::format("{} expected {} argument{}, got {}", signature.name, limit, ending, given);
  return fmt::format("{} expected at {} {} argument{}, got {}", signature.name, few ? "least" : "most", limit, ending, given);
}

Result refuse_count(Context& context, const Signature& signature, std::size_t given) {
  std::string message;
  if (signature.most == 0) message = fmt::format("{}() takes no arguments ({} given)", full_name(context, signature), given);
  else if (signature.is_one) message = fmt::format("{}() takes exactly one argument ({} given)", full_name(context, signature), given);
  else message = range_message(context, signature, given);
  return context.raise(TypeId::TypeError, message);
}

}  // namespace

std::optional<Result> refuse_self(Context& context, const Arguments& arguments, TypeId type, std::string_view name) {
  if (arguments.size() == 0) {
    return context.raise(TypeId::TypeError, context.version_at_least(3, 9)
                                                ? fmt::format("unbound method {}.{}() needs an argument", type_name(type), name)
                                                : fmt::format("descriptor '{}' of '{}' object needs an argument", name, type_name(type)));
  }
  if (is_of_type(context, arguments[0], type)) return std::nullopt;
  const std::string given = context.type_name_of(arguments[0]);
  return context.raise(TypeId::TypeError,
                       context.version_at_least(3, 8)
                           ? fmt::format("descriptor '{}' for '{}' objects doesn't apply to a '{}' object", name, type_name(type), given)
                           : fmt::format("descriptor '{}' requires a '{}' object but received a '{}'", name, type_name(type), given));
}

std::optional<Result> refuse(Context& context, const Arguments& arguments, const Signature& signature) {
  if (auto refused = refuse_self(context, arguments, signature.type, signature.name)) return refused;
  if (!arguments.keywords.empty()) {
    return context.raise(TypeId::TypeError, fmt::format("{}() takes no keyword arguments", full_name(context, signature)));
  }
  const std::size_t given = arguments.size() - 1;
  if (given >= signature.least && given <= signature.most) return std::nullopt;
  return refuse_count(context, signature, given);
}

std::optional<Result> refuse_construct(Context& context, const Arguments& arguments, std::string_view name, std::size_t most, bool keywords) {
  if (!keywords && !arguments.keywords.empty()) {
    return context.raise(TypeId::TypeError, fmt::format("{}() takes no keyword arguments", name));
  }
  const std::size_t given = arguments.size() - 1;
  if (given <= most) return std::nullopt;
  const std::string_view ending = context.version_at_least(3, 8) ? plural(most) : "s";
  return context.raise(TypeId::TypeError, fmt::format("{} expected at most {} argument{}, got {}", name, most, ending, given));
}

std::optional<Result> bind_arguments(Context& context, const Arguments& arguments, std::string_view function,
                           std::span<const std::string_view> names, std::span<Value> values) {
  const std::size_t given = arguments.size() - 1;
  if (given + arguments.keywords.size() > names.size()) {
    const std::size_t most = names.size();
    return context.raise(TypeId::TypeError, fmt::format("{}() takes at most {} argument{} ({} given)", function, most, plural(most),
                                                        given + arguments.keywords.size()));
  }
  for (std::size_t i = 0; i < given; ++i) values[i] = arguments[i + 1];
  for (const Keyword& keyword : arguments.keywords) {
    const auto found = std::ranges::find(names, std::string_view(context.text(keyword.name)));
    const auto position = static_cast<std::size_t>(found - names.begin());
    if (found == names.end()) {
      const std::string& name = context.text(keyword.name);
      if (context.version_at_least(3, 13)) {
        return context.raise(TypeId::TypeError, fmt::format("{}() got an unexpected keyword argument '{}'", function, name));
      }
      const std::string whom = context.version_at_least(3, 7) ? fmt::format("{}()", function) : "this function";
      return context.raise(TypeId::TypeError, fmt::format("'{}' is an invalid keyword argument for {}", name, whom));
    }
    if (position < given) {
      return context.raise(TypeId::TypeError, fmt::format("argument for {}() given by name ('{}') and position ({})", function, *found, position + 1));
    }
    values[position] = keyword.value;
  }
  return std::nullopt;
}

}  // namespace lockweave::builtins
