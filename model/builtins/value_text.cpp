#include "model/builtins/value_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "model/builtins/number_text.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/table_key.h"
#include "model/builtins/unicode.h"

namespace lockweave::builtins {
namespace {

namespace slot = state::slot;

void append_escape(std::string& out, char32_t c) {
  if (c == '\n') out += "\\n";
  else if (c == '\r') out += "\\r";
  else if (c == '\t') out += "\\t";
  else if (c < 0x100) out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
  else if (c < 0x10000) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  else out += fmt::format("\\U{:08x}", static_cast<unsigned>(c));
}

char quote_for(std::string_view text) {
  const bool single = text.find('\'') != std::string_view::npos;
  return single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

// One walk over a value and what it contains.
class Writer {
 public:
  Writer(Context& context, std::string& out) : context_(context), out_(out) {}

  TextStatus write(Value v, int depth = 0) {
    if (overrides(context_, v, "__repr__")) return TextStatus::NeedsPython;
    return v.is_object() ? write_object(v, depth) : write_plain(v);
  }

  TextStatus write_string(Value v, int depth = 0) {
    if (overrides(context_, v, "__str__")) return TextStatus::NeedsPython;
    const Value plain = unwrap(context_, v);
    if (plain.is_string()) {
      out_ += context_.text(plain);
      return TextStatus::Ok;
    }
    if (v.is_object() && !overrides(context_, v, "__repr__") && context_.is_instance(v, TypeId::BaseException)) return write_exception_text(v, depth);
    return write(v, depth);
  }

 private:
  TextStatus write_plain(Value v) {
    switch (v.tag()) {
      case Tag::None: out_ += "None"; break;
      case Tag::False: out_ += "False"; break;
      case Tag::True: out_ += "True"; break;
      case Tag::Ellipsis: out_ += "Ellipsis"; break;
      case Tag::NotImplemented: out_ += "NotImplemented"; break;
      case Tag::Int: out_ += std::to_string(v.as_int()); break;
      case Tag::BigInt: out_ += integer_text(context_.constants.big(v), 10); break;
      case Tag::Float: out_ += float_repr(context_.constants.number(v)); break;
      case Tag::String: out_ += repr_of_text(context_.text(v)); break;
      case Tag::Bytes: out_ += repr_of_bytes(context_.constants.content(v)); break;
      case Tag::Opaque: out_ += "<id>"; break;
      case Tag::Type: out_ += fmt::format("<class '{}'>", type_name(type_id(v))); break;
      case Tag::Builtin: return TextStatus::NeedsPython;  // the machine knows its name
      case Tag::Code: out_ += "<code object>"; break;
      case Tag::Unset: case Tag::Object: case Tag::Weak: break;
    }
    return TextStatus::Ok;
  }

  TextStatus write_object(Value v, int depth) {
    if (depth > deepest) return TextStatus::NeedsPython;
    const state::Object& object = context_.heap.at(v);
    const ObjectId id = v.object_id();
    switch (object.kind) {
      case ObjectKind::List:
        if (context_.read(id, Part::Length) || context_.read(id, Part::Whole)) return TextStatus::Stop;
        return enclosed(id, "[...]", [&] { return write_items(object, "[", "]", depth); });
      case ObjectKind::Tuple:
        return enclosed(id, "(...)", [&] { return write_items(object, "(", object.slots.size() == 1 ? ",)" : ")", depth); });
      case ObjectKind::Dict:
        if (context_.read_order(id)) return TextStatus::Stop;
        return enclosed(id, "{...}", [&] { return write_pairs(object, depth); });
      case ObjectKind::Set:
        if (context_.read_order(id)) return TextStatus::Stop;
        return write_set(v, object, depth);
      case ObjectKind::FrozenSet: return write_set(v, object, depth);
      case ObjectKind::DictView: return write_view(object, depth);
      case ObjectKind::MappingProxy: return write_between("mappingproxy(", object.slots[0], ")", depth);
      case ObjectKind::Range: return write_range(object);
      case ObjectKind::Slice: return write_items(object, "slice(", ")", depth);
      case ObjectKind::Instance: return write_instance(v, depth);
      case ObjectKind::BoundMethod: return write_method(object, depth);
      case ObjectKind::Module: return write_module(object);
      case ObjectKind::Super:
        out_ += fmt::format("<super: <class '{}'>, <{} object>>", class_text(object.slots[0], false), context_.type_name_of(object.slots[1]));
        return TextStatus::Ok;
      default: return write_described(v, object);
    }
  }

  // Containers that contain themselves are written once.
  template <typename Write>
  TextStatus enclosed(ObjectId id, std::string_view closed, Write&& write_content) {
    if (std::ranges::find(open_, id) != open_.end()) {
      out_ += closed;
      return TextStatus::Ok;
    }
    open_.push_back(id);
    const TextStatus status = write_content();
    open_.pop_back();
    return status;
  }

  TextStatus write_items(const state::Object& object, std::string_view before, std::string_view behind, int depth) {
    out_ += before;
    for (std::size_t i = 0; i < object.slots.size(); ++i) {
      if (i > 0) out_ += ", ";
      if (const TextStatus status = write(object.slots[i], depth + 1); status != TextStatus::Ok) return status;
    }
    out_ += behind;
    return TextStatus::Ok;
  }

  TextStatus write_pairs(const state::Object& dict, int depth) {
    out_ += "{";
    for (std::size_t i = 0; i < dict.slots.size(); ++i) {
      if (i > 0) out_ += i % 2 == 0 ? ", " : ": ";
      if (const TextStatus status = write(dict.slots[i], depth + 1); status != TextStatus::Ok) return status;
    }
    out_ += "}";
    return TextStatus::Ok;
  }

  TextStatus write_set(Value v, const state::Object& set, int depth) {
    const std::string name = context_.type_name_of(v);
    if (set.slots.empty()) {
      out_ += name + "()";
      return TextStatus::Ok;
    }
    const bool bare = set.cls == type_value(TypeId::Set);
    return enclosed(v.object_id(), name + "(...)", [&] { return write_items(set, bare ? "{" : name + "({", bare ? "}" : "})", depth); });
  }

  TextStatus write_between(std::string_view before, Value v, std::string_view behind, int depth) {
    out_ += before;
    const TextStatus status = write(v, depth + 1);
    out_ += behind;
    return status;
  }

  TextStatus write_view(const state::Object& view, int depth) {
    const ObjectId id = view.slots[0].object_id();
    if (context_.read_order(id)) return TextStatus::Stop;
    const state::Object& dict = context_.heap.at(id);
    const std::int64_t which = view.slots[1].as_int();
    out_ += which == 0 ? "dict_keys([" : which == 1 ? "dict_values([" : "dict_items([";
    return enclosed(id, "...", [&] {
      for (std::size_t i = 0; i < dict.slots.size(); i += 2) {
        if (i > 0) out_ += ", ";
        if (const TextStatus status = write_view_item(dict, i, which, depth); status != TextStatus::Ok) return status;
      }
      out_ += "])";
      return TextStatus::Ok;
    });
  }

  TextStatus write_view_item(const state::Object& dict, std::size_t i, std::int64_t which, int depth) {
    if (which < 2) return write(dict.slots[i + static_cast<std::size_t>(which)], depth + 1);
    out_ += "(";
    if (const TextStatus status = write(dict.slots[i], depth + 1); status != TextStatus::Ok) return status;
    return write_between(", ", dict.slots[i + 1], ")", depth);
  }

  TextStatus write_range(const state::Object& range) {
    out_ += "range(";
    (void)write(range.slots[0]);
    out_ += ", ";
    (void)write(range.slots[1]);
    if (range.slots[2] != Value::small_int(1)) {
      out_ += ", ";
      (void)write(range.slots[2]);
    }
    out_ += ")";
    return TextStatus::Ok;
  }

  // "module.Name", or "Name" for what is built in.
  std::string class_text(Value cls, bool qualified = true) {
    if (cls.is(Tag::Type)) return std::string(type_name(type_id(cls)));
    const state::Object& object = context_.heap.at(cls);
    const std::string name = context_.text(object.slots[qualified ? slot::klass::qualname : slot::klass::name]);
    if (!qualified) return name;
    const Value module = context_.heap.get_item(object.slots[slot::klass::dictionary].object_id(), context_.string("__module__"));
    if (!module.is_string() || context_.text(module) == "builtins") return name;
    return context_.text(module) + "." + name;
  }

  TextStatus write_instance(Value v, int depth) {
    const Value plain = unwrap(context_, v);
    if (plain != v) return write(plain, depth);
    if (context_.is_instance(v, TypeId::BaseException)) return write_exception(v, depth);
    out_ += fmt::format("<{} object at <id>>", class_text(context_.heap.at(v).cls));
    return TextStatus::Ok;
  }

  // The arguments of an exception; nullptr if another thread may have to run first.
  const state::Object* exception_arguments(Value v) {
    const Value name = context_.string("args");
    if (context_.read(v.object_id(), name)) return nullptr;
    const Value arguments = context_.heap.get_attribute(v.object_id(), name);
    return context_.heap.is_kind(arguments, ObjectKind::Tuple) ? &context_.heap.at(arguments) : &no_arguments_;
  }

  TextStatus write_exception(Value v, int depth) {
    const state::Object* arguments = exception_arguments(v);
    if (arguments == nullptr) return TextStatus::Stop;
    const bool comma = arguments->slots.size() == 1 && !context_.version_at_least(3, 7);
    return enclosed(v.object_id(), "...", [&] {
      return write_items(*arguments, context_.type_name_of(v) + "(", comma ? ",)" : ")", depth);
    });
  }

  bool reads(ObjectId id, std::initializer_list<std::string_view> fields) {
    return std::ranges::any_of(fields, [&](std::string_view field) { return context_.read(id, context_.string(field)); });
  }

  TextStatus write_exception_text(Value v, int depth) {
    if (context_.is_instance(v, TypeId::OSError)) {
      if (reads(v.object_id(), {"errno", "strerror", "filename", "filename2"})) return TextStatus::Stop;
      if (const auto status = write_os_error(v)) return *status;
    }
    if (context_.is_instance(v, TypeId::SyntaxError)) {
      if (reads(v.object_id(), {"msg", "lineno", "filename"})) return TextStatus::Stop;
      const auto field = [&](std::string_view name) { return context_.heap.get_attribute(v.object_id(), context_.string(name)); };
      if (const Value message = field("msg"); message.is_string() && field("lineno").is_int()) {
        const Value file = field("filename");
        const std::string name = file.is_string() ? context_.text(file).substr(context_.text(file).rfind('/') + 1) + ", " : "";
        out_ += fmt::format("{} ({}line {})", context_.text(message), name, field("lineno").as_int());
        return TextStatus::Ok;
      }
    }
    if (context_.is_instance(v, TypeId::ImportError)) {
      const Value name = context_.string("msg");
      if (context_.read(v.object_id(), name)) return TextStatus::Stop;
      const Value message = context_.heap.get_attribute(v.object_id(), name);
      if (message.is_string()) return write_string(message);
    }
    const state::Object* arguments = exception_arguments(v);
    if (arguments == nullptr) return TextStatus::Stop;
    if (arguments->slots.empty()) return TextStatus::Ok;
    if (arguments->slots.size() == 5 && context_.is_instance(v, TypeId::UnicodeError)) return write_unicode_error(*arguments);
    if (arguments->slots.size() > 1) return write_items(*arguments, "(", ")", depth);
    const Value one = arguments->slots[0];
    if (context_.is_instance(v, TypeId::KeyError)) return write(one, depth + 1);
    return depth > deepest ? TextStatus::NeedsPython : write_string(one, depth + 1);
  }

  // nullopt: made with fewer than two arguments, so it is like any other exception.
  std::optional<TextStatus> write_os_error(Value v) {
    const auto attribute = [&](std::string_view name) { return context_.heap.get_attribute(v.object_id(), context_.string(name)); };
    const Value number = attribute("errno");
    const Value words = attribute("strerror");
    if (number.is_unset() || words.is_unset() || number.is_none()) return std::nullopt;
    out_ += "[Errno ";
    if (const TextStatus status = write_string(number); status != TextStatus::Ok) return status;
    out_ += "] ";
    if (const TextStatus status = write_string(words); status != TextStatus::Ok) return status;
    const Value file = attribute("filename");
    if (file.is_unset() || file.is_none()) return TextStatus::Ok;
    out_ += ": ";
    if (const TextStatus status = write(file); status != TextStatus::Ok) return status;
    const Value other = attribute("filename2");
    if (other.is_unset() || other.is_none()) return TextStatus::Ok;
    out_ += " -> ";
    return write(other);
  }

  // Objects/exceptions.c, UnicodeEncodeError_str and UnicodeDecodeError_str: codec, object, start, end, reason.
  TextStatus write_unicode_error(const state::Object& arguments) {
    const auto& parts = arguments.slots;
    const bool well_formed = parts[0].is_string() && parts[2].is_int() && parts[3].is_int() && parts[4].is_string();
    if (!well_formed) return write_items(arguments, "(", ")", 0);
    const std::int64_t start = parts[2].as_int();
    const bool one = parts[3].as_int() == start + 1;
    const bool decoding = parts[1].is(Tag::Bytes);
    const std::string verb = decoding ? "decode" : "encode";
    const std::string noun = decoding ? "byte" : "character";
    std::string what = noun + "s";
    std::string where = fmt::format("{}-{}", start, parts[3].as_int() - 1);
    if (one) {
      what = noun + " " + mistaken_unit(parts[1], static_cast<std::size_t>(start));
      where = std::to_string(start);
    }
    out_ += fmt::format("'{}' codec can't {} {} in position {}: {}", context_.text(parts[0]), verb, what, where, context_.text(parts[4]));
    return TextStatus::Ok;
  }

  std::string mistaken_unit(Value object, std::size_t position) {
    if (object.is(Tag::Bytes)) return fmt::format("0x{:02x}", static_cast<unsigned char>(context_.constants.content(object)[position]));
    std::string shown = "'";
    if (object.is_string()) append_escape(shown, unicode::points(context_.text(object))[position]);
    return shown + "'";
  }

  TextStatus write_method(const state::Object& method, int depth) {
    const Value function = method.slots[0];
    const bool named = context_.heap.is_kind(function, ObjectKind::Function);
    if (named && reads(function.object_id(), {"__qualname__"})) return TextStatus::Stop;
    out_ += fmt::format("<bound method {} of ", named ? context_.text(context_.heap.at(function).slots[slot::function::qualname]) : "?");
    return write_between("", method.slots[1], ">", depth);
  }

  std::optional<std::string> text_attribute(Value dict_or_instance, std::string_view name) {
    if (!dict_or_instance.is_object()) return std::nullopt;
    const ObjectId id = dict_or_instance.object_id();
    const Value found = context_.heap.at(id).kind == ObjectKind::Dict ? context_.heap.get_item(id, context_.string(name))
                                                                      : context_.heap.get_attribute(id, context_.string(name));
    return found.is_string() ? std::optional(context_.text(found)) : std::nullopt;
  }

  // 3.12, Lib/importlib/_bootstrap.py, _module_repr, as far as plain values tell.
  TextStatus write_module(const state::Object& module) {
    const Value dictionary = module.slots[slot::module::dictionary];
    if (reads(dictionary.object_id(), {"__spec__", "__name__", "__file__"})) return TextStatus::Stop;
    const Value spec = context_.heap.get_item(dictionary.object_id(), context_.string("__spec__"));
    const auto name = text_attribute(spec, "name");
    const std::string shown = name ? *name : text_attribute(dictionary, "__name__").value_or("?");
    const auto origin = name ? text_attribute(spec, "origin") : std::nullopt;
    const auto file = text_attribute(dictionary, "__file__");
    if (file) out_ += fmt::format("<module {} from {}>", repr_of_text(shown), repr_of_text(*file));
    else if (origin) out_ += fmt::format("<module {} ({})>", repr_of_text(shown), *origin);
    else out_ += fmt::format("<module {}>", repr_of_text(shown));
    return TextStatus::Ok;
  }

  std::string iterator_name(const state::Object& iterator) {
    const Value container = iterator.slots[slot::iterator::container];
    if (container.is_string()) return context_.version_at_least(3, 11) && unicode::is_ascii(context_.text(container)) ? "str_ascii_iterator" : "str_iterator";
    if (container.is(Tag::Bytes)) return "bytes_iterator";
    const bool backwards = iterator.slots[slot::iterator::which] == Value::small_int(1);
    switch (kind_of(context_, container)) {
      case ObjectKind::List: return backwards ? "list_reverseiterator" : "list_iterator";
      case ObjectKind::Tuple: return "tuple_iterator";
      case ObjectKind::Range: return "range_iterator";
      case ObjectKind::Dict: return backwards ? "dict_reversekeyiterator" : "dict_keyiterator";
      case ObjectKind::Set: case ObjectKind::FrozenSet: return "set_iterator";
      default: return "iterator";
    }
  }

  TextStatus write_described(Value v, const state::Object& object) {
    const auto described = [&](std::string_view what) {
      out_ += fmt::format("<{} at <id>>", what);
      return TextStatus::Ok;
    };
    switch (object.kind) {
      case ObjectKind::Class: out_ += fmt::format("<class '{}'>", class_text(v)); return TextStatus::Ok;
      case ObjectKind::Function:
        if (reads(v.object_id(), {"__qualname__"})) return TextStatus::Stop;
        return described("function " + context_.text(object.slots[slot::function::qualname]));
      case ObjectKind::BoundBuiltin: return described(fmt::format("built-in method of {} object", context_.type_name_of(object.slots[1])));
      case ObjectKind::Iterator: return described(iterator_name(object) + " object");
      case ObjectKind::Generator:
        return described(fmt::format("{} object {}", context_.type_name_of(v), context_.text(object.slots[slot::generator::name])));
      case ObjectKind::Lock: case ObjectKind::RLock:
        if (context_.read(v.object_id(), Part::State)) return TextStatus::Stop;
        return described(lock_text(context_, v));
      case ObjectKind::WeakRef:
        if (object.cls != type_value(TypeId::Opaque)) return write_reference(v.object_id(), object);
        out_ += "<id>";  // what id() gives
        return TextStatus::Ok;
      default: return described(class_text(object.cls) + " object");
    }
  }

  TextStatus write_reference(ObjectId id, const state::Object& reference) {
    const Value referent = reference.slots[slot::weakref::referent];
    if (referent.is(Tag::Weak) ? context_.read(referent.object_id(), Part::References) : context_.read(id, Part::State)) return TextStatus::Stop;
    if (referent.is(Tag::Weak)) {
      out_ += fmt::format("<weakref at <id>; to '{}' at <id>>", context_.type_name_of(Value::object(referent.number())));
    } else {
      out_ += "<weakref at <id>; dead>";
    }
    return TextStatus::Ok;
  }

  Context& context_;
  std::string& out_;
  std::vector<ObjectId> open_;
  state::Object no_arguments_;
};

}  // namespace

std::string lock_text(const Context& context, Value lock) {
  const state::Object& object = context.heap.at(lock);
  const bool is_locked = object.slots[slot::lock::locked] == Value::small_int(1);
  std::string text = fmt::format("{} {} object", is_locked ? "locked" : "unlocked", context.type_name_of(lock));
  if (object.kind != ObjectKind::RLock) return text;
  const Value depth = object.slots[slot::lock::depth];
  return text + fmt::format(" owner={} count={}", is_locked ? "<id>" : "0", is_locked && depth.is_int() ? depth.as_int() : 0);
}

std::string repr_of_text(std::string_view text) {
  const char quote = quote_for(text);
  std::string out(1, quote);
  for (std::size_t offset = 0; offset < text.size();) {
    const char32_t c = unicode::next(text, offset);
    if (c == static_cast<char32_t>(quote) || c == '\\') (out += '\\') += static_cast<char>(c);
    else if (unicode::is_printable(c)) unicode::append(out, c);
    else append_escape(out, c);
  }
  return out += quote;
}

std::string repr_of_bytes(std::string_view content) {
  const char quote = quote_for(content);
  std::string out = "b";
  out += quote;
  for (char byte : content) {
    const auto c = static_cast<unsigned char>(byte);
    if (byte == quote || byte == '\\') (out += '\\') += byte;
    else if (c >= 32 && c < 127) out += byte;
    else append_escape(out, c);
  }
  return out += quote;
}

std::string escaped(std::string_view repr) {
  std::string out;
  for (std::size_t offset = 0; offset < repr.size();) {
    const char32_t c = unicode::next(repr, offset);
    if (c < 0x80) out += static_cast<char>(c);
    else append_escape(out, c);
  }
  return out;
}

// Each appends to `out` only if all of it could be written.
TextStatus plain_repr(Context& context, Value v, std::string& out) {
  std::string text;
  const TextStatus status = Writer(context, text).write(v);
  if (status == TextStatus::Ok) out += text;
  return status;
}

TextStatus plain_str(Context& context, Value v, std::string& out) {
  std::string text;
  const TextStatus status = Writer(context, text).write_string(v);
  if (status == TextStatus::Ok) out += text;
  return status;
}

TextStatus plain_ascii(Context& context, Value v, std::string& out) {
  std::string text;
  const TextStatus status = plain_repr(context, v, text);
  if (status == TextStatus::Ok) out += escaped(text);
  return status;
}

Result repr_result(Context& context, Value v) {
  std::string text;
  switch (plain_repr(context, v, text)) {
    case TextStatus::Ok: return done(context.string(text));
    case TextStatus::Stop: return stop();
    case TextStatus::NeedsPython: break;
  }
  return context.call_library("_slow_repr", std::span(&v, 1));
}

Result str_result(Context& context, Value v) {
  const Value plain = unwrap(context, v);
  if (plain.is_string() && !overrides(context, v, "__str__")) return done(plain);
  std::string text;
  switch (plain_str(context, v, text)) {
    case TextStatus::Ok: return done(context.string(text));
    case TextStatus::Stop: return stop();
    case TextStatus::NeedsPython: break;
  }
  return context.call_library("_slow_str", std::span(&v, 1));
}

}  // namespace lockweave::builtins
