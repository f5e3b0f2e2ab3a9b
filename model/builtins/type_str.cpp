#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "model/builtins/encoding.h"
#include "model/builtins/format_spec.h"
#include "model/builtins/format_text.h"
#include "model/builtins/special_methods.h"
#include "model/builtins/str_methods.h"
#include "model/builtins/text_operations.h"
#include "model/builtins/type_methods.h"
#include "model/builtins/unicode.h"
#include "model/builtins/value_text.h"

namespace lockweave::builtins {
namespace {

constexpr TypeId type = TypeId::Str;

using str::self_of;
using str::text_of;

// --- case

template <std::string (*mapping)(std::string_view)>
Result mapped(Context& context, const Arguments& arguments, std::string_view name) {
  if (auto refused = refuse(context, arguments, none(type, name))) return *refused;
  return done(context.string(mapping(text_of(context, arguments))));
}

Result upper(Context& context, const Arguments& arguments) { return mapped<unicode::upper>(context, arguments, "upper"); }
Result lower(Context& context, const Arguments& arguments) { return mapped<unicode::lower>(context, arguments, "lower"); }
Result title(Context& context, const Arguments& arguments) { return mapped<unicode::title>(context, arguments, "title"); }
Result capitalize(Context& context, const Arguments& arguments) { return mapped<unicode::capitalize>(context, arguments, "capitalize"); }
Result swapcase(Context& context, const Arguments& arguments) { return mapped<unicode::swapcase>(context, arguments, "swapcase"); }
Result casefold(Context& context, const Arguments& arguments) { return mapped<unicode::casefold>(context, arguments, "casefold"); }

// --- questions

// True if there are characters and all of them are so.
template <bool (*property)(char32_t)>
Result all_are(Context& context, const Arguments& arguments, std::string_view name, bool empty = false) {
  if (auto refused = refuse(context, arguments, none(type, name))) return *refused;
  const std::u32string points = unicode::points(text_of(context, arguments));
  return done(Value::boolean(points.empty() ? empty : std::ranges::all_of(points, property)));
}

bool is_ascii_character(char32_t c) { return c < 0x80; }

Result isalpha(Context& context, const Arguments& arguments) { return all_are<unicode::is_alpha>(context, arguments, "isalpha"); }
Result isalnum(Context& context, const Arguments& arguments) { return all_are<unicode::is_alnum>(context, arguments, "isalnum"); }
Result isdecimal(Context& context, const Arguments& arguments) { return all_are<unicode::is_decimal>(context, arguments, "isdecimal"); }
Result isdigit(Context& context, const Arguments& arguments) { return all_are<unicode::is_digit>(context, arguments, "isdigit"); }
Result isnumeric(Context& context, const Arguments& arguments) { return all_are<unicode::is_numeric>(context, arguments, "isnumeric"); }
Result isspace(Context& context, const Arguments& arguments) { return all_are<unicode::is_space>(context, arguments, "isspace"); }
Result isprintable(Context& context, const Arguments& arguments) { return all_are<unicode::is_printable>(context, arguments, "isprintable", true); }
Result isascii(Context& context, const Arguments& arguments) {
  if (!context.version_at_least(3, 7)) return context.raise(TypeId::AttributeError, "'str' object has no attribute 'isascii'");
  return all_are<is_ascii_character>(context, arguments, "isascii", true);
}

// There are letters with case, and all of them are of this one.
Result one_case(Context& context, const Arguments& arguments, std::string_view name, bool upper_case) {
  if (auto refused = refuse(context, arguments, none(type, name))) return *refused;
  bool any = false;
  for (char32_t c : unicode::points(text_of(context, arguments))) {
    if (unicode::is_title(c) || (upper_case ? unicode::is_lower(c) : unicode::is_upper(c))) return done(Value::boolean(false));
    any = any || unicode::is_upper(c) || unicode::is_lower(c);
  }
  return done(Value::boolean(any));
}

Result isupper(Context& context, const Arguments& arguments) { return one_case(context, arguments, "isupper", true); }
Result islower(Context& context, const Arguments& arguments) { return one_case(context, arguments, "islower", false); }

Result istitle(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "istitle"))) return *refused;
  bool any = false;
  bool inside_word = false;
  for (char32_t c : unicode::points(text_of(context, arguments))) {
    const bool begins = unicode::is_upper(c) || unicode::is_title(c);
    if (begins ? inside_word : unicode::is_lower(c) && !inside_word) return done(Value::boolean(false));
    inside_word = begins || unicode::is_lower(c);
    any = any || inside_word;
  }
  return done(Value::boolean(any));
}

Result isidentifier(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "isidentifier"))) return *refused;
  const std::u32string points = unicode::points(text_of(context, arguments));
  const auto begins = [](char32_t c) { return c == '_' || unicode::is_alpha(c); };
  const auto goes_on = [&](char32_t c) { return begins(c) || unicode::is_decimal(c); };
  return done(Value::boolean(!points.empty() && begins(points[0]) && std::ranges::all_of(points, goes_on)));
}

// --- width

Result justified(Context& context, const Arguments& arguments, std::string_view name, char align) {
  if (auto refused = refuse(context, arguments, some(type, name, 1, 2))) return *refused;
  const Index width = to_index(context, arguments[1]);
  if (width.refused) return *width.refused;
  char32_t fill = ' ';
  if (arguments.size() > 2) {
    const Value given = unwrap(context, arguments[2]);
    if (!given.is_string()) {
      return context.raise(TypeId::TypeError, fmt::format("The fill character must be a unicode character, not {}", context.type_name_of(arguments[2])));
    }
    const std::u32string points = unicode::points(context.text(given));
    if (points.size() != 1) return context.raise(TypeId::TypeError, "The fill character must be exactly one character long");
    fill = points[0];
  }
  if (auto refused = refuse_size(context, 1, width.value)) return *refused;
  const std::string& text = text_of(context, arguments);
  const auto length = static_cast<long>(unicode::length(text));
  const auto wanted = static_cast<long>(width.value);
  if (align != '^' || wanted <= length) return done(context.string(padded(text, fill, align, wanted)));
  // center puts the odd space on the left only if the width is odd.
  const long missing = wanted - length;
  const long left = missing / 2 + (missing & wanted & 1);
  return done(context.string(padded(padded(text, fill, '>', length + left), fill, '<', wanted)));
}

Result center(Context& context, const Arguments& arguments) { return justified(context, arguments, "center", '^'); }
Result ljust(Context& context, const Arguments& arguments) { return justified(context, arguments, "ljust", '<'); }
Result rjust(Context& context, const Arguments& arguments) { return justified(context, arguments, "rjust", '>'); }

Result zfill(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "zfill"))) return *refused;
  const Index width = to_index(context, arguments[1]);
  if (width.refused) return *width.refused;
  if (auto refused = refuse_size(context, 1, width.value)) return *refused;
  std::string text = text_of(context, arguments);
  const std::string sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? text.substr(0, 1) : "";
  return done(context.string(sign + padded(text.substr(sign.size()), '0', '>', static_cast<long>(width.value) - static_cast<long>(sign.size()))));
}

Result expandtabs(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_self(context, arguments, type, "expandtabs")) return *refused;
  constexpr std::array<std::string_view, 1> names{"tabsize"};
  std::array<Value, 1> values{Value::small_int(8)};
  if (auto refused = bind_arguments(context, arguments, "expandtabs", names, values)) return *refused;
  const Index size = to_index(context, values[0]);
  if (size.refused) return *size.refused;
  if (auto refused = refuse_size(context, text_of(context, arguments).size(), size.value)) return *refused;
  return done(context.string(tabs_expanded(text_of(context, arguments), static_cast<long>(size.value))));
}

// --- format, encode

Result format(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_self(context, arguments, type, "format")) return *refused;
  return brace_format(context, arguments);
}

Result format_map(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "format_map"))) return *refused;
  return brace_format_map(context, arguments[0], arguments[1]);
}

Result encoded(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_self(context, arguments, type, "encode")) return *refused;
  constexpr std::array<std::string_view, 2> names{"encoding", "errors"};
  std::array<Value, 2> values{};
  if (auto refused = bind_arguments(context, arguments, "encode", names, values)) return *refused;
  return encode(context, self_of(context, arguments), values[0], values[1]);
}

// --- str(...)

Result decoded(Context& context, std::span<const Value> values) {
  const Value object = unwrap(context, values[0]);
  if (object.is_string()) return context.raise(TypeId::TypeError, "decoding str is not supported");
  if (!object.is(Tag::Bytes)) {
    return context.raise(TypeId::TypeError, fmt::format("decoding to str: need a bytes-like object, {} found", context.type_name_of(values[0])));
  }
  return decode(context, object, values[1], values[2]);
}

Result construct(Context& context, const Arguments& arguments) {
  if (arguments.size() > 4) {
    const std::size_t given = arguments.size() - 1;
    return context.raise(TypeId::TypeError, context.version_at_least(3, 13) ? fmt::format("str expected at most 3 arguments, got {}", given)
                                                                            : fmt::format("str() takes at most 3 arguments ({} given)", given));
  }
  constexpr std::array<std::string_view, 3> names{"object", "encoding", "errors"};
  std::array<Value, 3> values{};
  if (auto refused = bind_arguments(context, arguments, "str", names, values)) return *refused;
  const bool decodes = !values[1].is_unset() || !values[2].is_unset();
  const Value cls = arguments[0];
  const Result made = values[0].is_unset() ? done(context.string("")) : decodes ? decoded(context, values) : str_result(context, values[0]);
  if (made.kind == ResultKind::Call && cls != type_value(type)) return context.unsupported("a subclass of str made from an object with its own text");
  if (made.kind != ResultKind::Done || cls == type_value(type)) return made;
  return done(wrap(context, cls, made.value));
}

constexpr BuiltinEntry methods[] = {
    {"upper", upper}, {"lower", lower}, {"title", title}, {"capitalize", capitalize}, {"swapcase", swapcase}, {"casefold", casefold},
    {"isalpha", isalpha}, {"isalnum", isalnum}, {"isdecimal", isdecimal}, {"isdigit", isdigit}, {"isnumeric", isnumeric},
    {"isspace", isspace}, {"isprintable", isprintable}, {"isascii", isascii}, {"isupper", isupper}, {"islower", islower},
    {"istitle", istitle}, {"isidentifier", isidentifier}, {"center", center}, {"ljust", ljust}, {"rjust", rjust}, {"zfill", zfill},
    {"expandtabs", expandtabs}, {"format", format}, {"format_map", format_map}, {"encode", encoded},
    {"find", str::find}, {"rfind", str::rfind}, {"index", str::index}, {"rindex", str::rindex}, {"count", str::count},
    {"startswith", str::startswith}, {"endswith", str::endswith}, {"replace", str::replace}, {"removeprefix", str::removeprefix},
    {"removesuffix", str::removesuffix}, {"split", str::split}, {"rsplit", str::rsplit}, {"splitlines", str::splitlines},
    {"partition", str::partition}, {"rpartition", str::rpartition}, {"join", str::join}, {"strip", str::strip},
    {"lstrip", str::lstrip}, {"rstrip", str::rstrip}, {"maketrans", str::maketrans}, {"translate", str::translate},
    {"__len__", special::len<type>}, {"__getitem__", special::getitem<type>}, {"__contains__", special::has<type>},
    {"__iter__", special::iter<type>}, {"__add__", special::left<type, bytecode::BinaryOperator::Add>},
    LOCKWEAVE_OPERATOR(type, Multiply, "mul"), {"__mod__", special::left<type, bytecode::BinaryOperator::Modulo>}, LOCKWEAVE_COMPARISONS(type),
};

}  // namespace

const TypeMethods str_methods{type, methods, construct};

}  // namespace lockweave::builtins
