// '...'.format(...) and format(value, spec). A field that needs Python of the program (an attribute, a __format__) sends the
// whole call to the library: then nothing was done here.
#include <fmt/format.h>

#include "model/builtins/format_spec.h"
#include "model/builtins/format_text.h"
#include "model/builtins/items.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/unicode.h"
#include "model/builtins/value_text.h"

namespace lockweave::builtins {
namespace {

using Ended = std::optional<Result>;

struct Field {
  std::u32string_view name;
  std::u32string_view spec;
  char32_t conversion = 0;
  bool nested = false;  // the specification has fields of its own
};

class BraceFormatter {
 public:
  BraceFormatter(Context& context, Value text, std::span<const Value> positional, std::span<const Keyword> keywords, Value mapping)
      : context_(context), text_(text), positional_(positional), keywords_(keywords), mapping_(mapping) {}

  Result run() {
    std::string out;
    const std::u32string points = unicode::points(context_.text(text_));
    if (auto ended = expand(points, out, 2)) return *ended;
    return done(context_.string(out));
  }

 private:
  Result fail(std::string_view message) { return context_.raise(TypeId::ValueError, message); }

  Result slowly() {
    Value keywords = mapping_;
    if (keywords.is_unset()) {
      keywords = context_.new_object(ObjectKind::Dict, TypeId::Dict);
      for (const Keyword& keyword : keywords_) context_.heap.set_item(keywords.object_id(), keyword.name, keyword.value);
    }
    const Value call[] = {text_, context_.tuple(positional_), keywords};
    return context_.call_library("_slow_str_format", call);
  }

  Ended expand(std::u32string_view text, std::string& out, int depth) {
    if (depth == 0) return fail("Max string recursion exceeded");
    for (std::size_t i = 0; i < text.size();) {
      const char32_t c = text[i++];
      if (c != '{' && c != '}') {
        unicode::append(out, c);
        continue;
      }
      if (i < text.size() && text[i] == c) {
        unicode::append(out, c);
        ++i;
        continue;
      }
      if (c == '}') return fail("Single '}' encountered in format string");
      if (i >= text.size()) return fail("Single '{' encountered in format string");
      Field field;
      if (auto ended = read_field(text, i, field)) return ended;
      if (auto ended = write_field(field, out, depth)) return ended;
    }
    return std::nullopt;
  }

  // Objects/stringlib/unicode_format.h, parse_field: `i` stands behind the opening brace, and moves behind the closing one.
  Ended read_field(std::u32string_view text, std::size_t& i, Field& field) {
    const std::size_t start = i;
    char32_t c = 0;
    for (bool inside = true; inside && i < text.size();) {
      c = text[i++];
      if (c == '{') return fail("unexpected '{' in field name");
      if (c == '[') i = std::min(text.find(U']', i), text.size());
      inside = c != '}' && c != ':' && c != '!';
    }
    if (c != '}' && c != ':' && c != '!') return fail("expected '}' before end of string");
    field.name = text.substr(start, i - 1 - start);
    if (c == '}') return std::nullopt;
    if (c == '!') {
      if (i >= text.size()) return fail("end of string while looking for conversion specifier");
      field.conversion = text[i++];
      if (i < text.size()) {
        c = text[i++];
        if (c == '}') return std::nullopt;
        if (c != ':') return fail("expected ':' after conversion specifier");
      }
    }
    return read_spec(text, i, field);
  }

  Ended read_spec(std::u32string_view text, std::size_t& i, Field& field) {
    const std::size_t start = i;
    for (int open = 1; i < text.size();) {
      const char32_t c = text[i++];
      if (c == '{') {
        field.nested = true;
        ++open;
      } else if (c == '}' && --open == 0) {
        field.spec = text.substr(start, i - 1 - start);
        return std::nullopt;
      }
    }
    return fail("unmatched '{' in format spec");
  }

  Ended write_field(const Field& field, std::string& out, int depth) {
    Value v;
    if (auto ended = find_value(field.name, v)) return ended;
    if (field.conversion != 0) {
      if (auto ended = convert(field.conversion, v)) return ended;
    }
    std::string spec;
    if (field.nested) {
      if (auto ended = expand(field.spec, spec, depth - 1)) return ended;
    } else {
      spec = unicode::from_points(field.spec);
    }
    const auto result = plain_format(context_, v, spec);
    if (!result || result->kind == ResultKind::Call) return slowly();
    if (result->kind != ResultKind::Done) return result;
    out += context_.text(result->value);
    return std::nullopt;
  }

  Ended convert(char32_t conversion, Value& v) {
    std::string text;
    TextStatus status = TextStatus::Ok;
    switch (conversion) {
      case 'r': status = plain_repr(context_, v, text); break;
      case 's': status = plain_str(context_, v, text); break;
      case 'a': status = plain_ascii(context_, v, text); break;
      default: {
        std::string shown;
        unicode::append(shown, conversion);
        if (conversion <= 32 || conversion >= 127) shown = fmt::format("\\x{:x}", static_cast<unsigned>(conversion));
        return fail("Unknown conversion specifier " + shown);
      }
    }
    if (status == TextStatus::Stop) return stop();
    if (status == TextStatus::NeedsPython) return slowly();
    v = context_.string(text);
    return std::nullopt;
  }

  // "name", "0", "", each with .attribute and [key] behind it.
  Ended find_value(std::u32string_view name, Value& v) {
    const std::size_t end = std::min(name.find_first_of(U".["), name.size());
    if (auto ended = find_first(name.substr(0, end), v)) return ended;
    for (name.remove_prefix(end); !name.empty();) {
      if (name[0] == '.') return name.size() == 1 ? Ended(fail("Empty attribute in format string")) : Ended(slowly());
      if (name[0] != '[') return fail("Only '.' or '[' may follow ']' in format field specifier");
      const std::size_t close = name.find(U']');
      if (close == std::u32string_view::npos) return fail("Missing ']' in format string");
      if (close == 1) return fail("Empty attribute in format string");
      if (auto ended = find_item(name.substr(1, close - 1), v)) return ended;
      name.remove_prefix(close + 1);
    }
    return std::nullopt;
  }

  static std::optional<std::size_t> as_index(std::u32string_view text) {
    if (text.empty() || text.size() > 15) return std::nullopt;
    std::size_t index = 0;
    for (char32_t c : text) {
      if (unicode::decimal_value(c) < 0) return std::nullopt;
      index = index * 10 + static_cast<std::size_t>(unicode::decimal_value(c));
    }
    return index;
  }

  Ended find_item(std::u32string_view key_text, Value& v) {
    const auto index = as_index(key_text);
    const Value key = index ? context_.integer(static_cast<std::int64_t>(*index)) : context_.string(unicode::from_points(key_text));
    const auto item = plain_getitem(context_, v, key);
    if (!item || item->kind == ResultKind::Call) return slowly();
    if (item->kind != ResultKind::Done) return item;
    v = item->value;
    return std::nullopt;
  }

  Ended find_first(std::u32string_view name, Value& v) {
    auto index = as_index(name);
    if (!index && !name.empty()) return find_keyword(context_.string(unicode::from_points(name)), v);
    if (!mapping_.is_unset()) return fail("Format string contains positional fields");
    const bool automatic = name.empty();
    if (automatic && numbering_ == Numbering::Manual) return fail("cannot switch from manual field specification to automatic field numbering");
    if (!automatic && numbering_ == Numbering::Automatic) return fail("cannot switch from automatic field numbering to manual field specification");
    numbering_ = automatic ? Numbering::Automatic : Numbering::Manual;
    if (automatic) index = next_++;
    if (*index >= positional_.size()) {
      return context_.raise(TypeId::IndexError, context_.version_at_least(3, 8)
                                                    ? fmt::format("Replacement index {} out of range for positional args tuple", *index)
                                                    : "tuple index out of range");
    }
    v = positional_[*index];
    return std::nullopt;
  }

  Ended find_keyword(Value name, Value& v) {
    if (!mapping_.is_unset()) {
      const auto item = plain_getitem(context_, mapping_, name);
      if (!item || item->kind == ResultKind::Call) return slowly();
      if (item->kind != ResultKind::Done) return item;
      v = item->value;
      return std::nullopt;
    }
    for (const Keyword& keyword : keywords_) {
      if (keyword.name != name) continue;
      v = keyword.value;
      return std::nullopt;
    }
    return context_.raise_key_error(name);
  }

  enum class Numbering { Unknown, Automatic, Manual };

  Context& context_;
  Value text_;
  std::span<const Value> positional_;
  std::span<const Keyword> keywords_;
  Value mapping_;
  Numbering numbering_ = Numbering::Unknown;
  std::size_t next_ = 0;
};

FormatResult format_plain_value(Context& context, const FormatSpec& spec, Value v) {
  if (v.is_string()) return format_string(spec, context.text(v));
  if (v.is(Tag::Float)) return format_real(spec, context.constants.number(v), "float");
  return format_integer(spec, context.constants.big(v), v.is_bool() ? "bool" : "int");
}

}  // namespace

Result brace_format(Context& context, const Arguments& arguments) {
  return BraceFormatter(context, unwrap(context, arguments[0]), arguments.positional.subspan(1), arguments.keywords, Value()).run();
}

Result brace_format_map(Context& context, Value text, Value mapping) {
  return BraceFormatter(context, unwrap(context, text), {}, {}, mapping).run();
}

std::optional<Result> plain_format(Context& context, Value v, const std::string& spec_text) {
  if (overrides(context, v, "__format__")) return std::nullopt;
  if (spec_text.empty()) {
    if (v.is_string()) return done(v);
    std::string text;
    const TextStatus status = plain_str(context, v, text);
    if (status == TextStatus::NeedsPython) return std::nullopt;
    return status == TextStatus::Stop ? stop() : done(context.string(text));
  }
  const Value plain = unwrap(context, v);
  if (plain.is(Tag::Opaque)) return done(context.string("<id>"));
  if (!plain.is_string() && !is_number(plain)) {
    return context.raise(TypeId::TypeError, fmt::format("unsupported format string passed to {}.__format__", context.type_name_of(v)));
  }
  const std::string type = context.type_name_of(v);
  const auto spec = parse_format_spec(context, spec_text, type, plain.is_string());
  if (!spec) return context.raise(spec.error().type, spec.error().message);
  const FormatResult result = format_plain_value(context, *spec, plain);
  if (!result) return context.raise(result.error().type, result.error().message);
  return done(context.string(*result));
}

}  // namespace lockweave::builtins
