#include "model/builtins/encoding.h"

#include <algorithm>

#include <fmt/format.h>

#include "model/builtins/unicode.h"

namespace lockweave::builtins {
namespace {

enum class Encoding { Utf8, Ascii, Latin1, Unknown };

Encoding encoding_of(std::string_view given) {
  std::string name = unicode::lower(given);
  std::ranges::replace(name, '_', '-');
  if (name == "utf-8" || name == "utf8" || name == "u8") return Encoding::Utf8;
  if (name == "ascii" || name == "us-ascii" || name == "646") return Encoding::Ascii;
  if (name == "latin-1" || name == "latin1" || name == "iso-8859-1" || name == "iso8859-1" || name == "l1") return Encoding::Latin1;
  return Encoding::Unknown;
}

std::string_view codec_name(Encoding encoding) {
  return encoding == Encoding::Utf8 ? "utf-8" : encoding == Encoding::Ascii ? "ascii" : "latin-1";
}

Result raise_unicode_error(Context& context, TypeId type, Encoding encoding, Value object, std::size_t start, std::size_t end, std::string_view reason) {
  const Value arguments[] = {context.string(codec_name(encoding)), object, context.integer(static_cast<std::int64_t>(start)),
                             context.integer(static_cast<std::int64_t>(end)), context.string(reason)};
  return context.raise_value(context.make_exception(type, arguments));
}

// A wrong name among the arguments; what to raise.
std::optional<Result> read_names(Context& context, std::string_view method, Value encoding, Value errors, Encoding& code, std::string& handling) {
  for (Value v : {encoding, errors}) {
    if (v.is_unset() || v.is_string()) continue;
    return context.raise(TypeId::TypeError, fmt::format("{}() argument '{}' must be str, not {}", method, v == encoding ? "encoding" : "errors",
                                                        context.type_name_of(v)));
  }
  code = encoding.is_unset() ? Encoding::Utf8 : encoding_of(context.text(encoding));
  handling = errors.is_unset() ? "strict" : context.text(errors);
  if (code == Encoding::Unknown) return context.raise(TypeId::LookupError, "unknown encoding: " + context.text(encoding));
  return std::nullopt;
}

Result refuse_handling(Context& context, const std::string& handling) {
  return context.raise(TypeId::LookupError, fmt::format("unknown error handler name '{}'", handling));
}

bool is_surrogate(char32_t c) { return c >= 0xd800 && c < 0xe000; }

bool can_encode(Encoding encoding, char32_t c) {
  switch (encoding) {
    case Encoding::Utf8: return !is_surrogate(c);
    case Encoding::Ascii: return c < 0x80;
    default: return c < 0x100;
  }
}

std::string_view encode_reason(Encoding encoding) {
  return encoding == Encoding::Utf8 ? "surrogates not allowed" : encoding == Encoding::Ascii ? "ordinal not in range(128)" : "ordinal not in range(256)";
}

// What stands for a character that the encoding has not; false: the handling is unknown.
bool append_replacement(std::string& out, char32_t c, const std::string& handling) {
  const auto code = static_cast<unsigned>(c);
  if (handling == "ignore") return true;
  if (handling == "replace") out += '?';
  else if (handling == "backslashreplace") out += c < 0x100 ? fmt::format("\\x{:02x}", code) : c < 0x10000 ? fmt::format("\\u{:04x}", code) : fmt::format("\\U{:08x}", code);
  else if (handling == "xmlcharrefreplace") out += fmt::format("&#{};", code);
  else if (handling == "surrogateescape" && c >= 0xdc80 && c <= 0xdcff) out += static_cast<char>(c - 0xdc00);
  else return false;
  return true;
}

// How long the character at `offset` is; 0 with a reason if the bytes are not UTF-8. `bad` is how many bytes belong to the mistake.
std::size_t utf8_length(std::string_view bytes, std::size_t offset, std::size_t& bad, std::string_view& reason) {
  const auto byte = [&](std::size_t i) { return offset + i < bytes.size() ? static_cast<unsigned char>(bytes[offset + i]) : 0u; };
  const unsigned first = byte(0);
  bad = 1;
  if (first < 0x80) return 1;
  reason = "invalid start byte";
  if (first < 0xc2 || first > 0xf4) return 0;
  const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  for (std::size_t i = 1; i < length; ++i) {
    if (offset + i >= bytes.size()) {
      reason = "unexpected end of data";
      bad = i;
      return 0;
    }
    unsigned low = 0x80;
    unsigned high = 0xbf;
    if (i == 1 && first == 0xe0) low = 0xa0;
    if (i == 1 && first == 0xed) high = 0x9f;
    if (i == 1 && first == 0xf0) low = 0x90;
    if (i == 1 && first == 0xf4) high = 0x8f;
    if (byte(i) < low || byte(i) > high) {
      reason = "invalid continuation byte";
      bad = i;
      return 0;
    }
  }
  return length;
}

bool append_decoded_mistake(std::string& out, std::string_view bytes, const std::string& handling) {
  if (handling == "ignore") return true;
  if (handling == "replace") {
    unicode::append(out, 0xfffd);
    return true;
  }
  for (char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (handling == "backslashreplace") out += fmt::format("\\x{:02x}", byte);
    else if (handling == "surrogateescape") unicode::append(out, 0xdc00 + byte);
    else return false;
  }
  return true;
}

}  // namespace

Result encode(Context& context, Value text, Value encoding, Value errors) {
  Encoding code = Encoding::Utf8;
  std::string handling;
  if (auto refused = read_names(context, "encode", encoding, errors, code, handling)) return *refused;
  const std::u32string points = unicode::points(context.text(text));
  std::string out;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t c = points[i];
    if (!can_encode(code, c)) {
      if (handling == "strict") {
        std::size_t end = i + 1;
        while (end < points.size() && !can_encode(code, points[end])) ++end;
        return raise_unicode_error(context, TypeId::UnicodeEncodeError, code, text, i, end, encode_reason(code));
      }
      if (!append_replacement(out, c, handling)) return refuse_handling(context, handling);
    } else if (code == Encoding::Latin1) {
      out += static_cast<char>(c);
    } else {
      unicode::append(out, c);
    }
  }
  return done(context.constants.bytes(out));
}

Result decode(Context& context, Value value, Value encoding, Value errors) {
  Encoding code = Encoding::Utf8;
  std::string handling;
  if (auto refused = read_names(context, "decode", encoding, errors, code, handling)) return *refused;
  const std::string bytes = context.constants.content(value);
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    std::size_t bad = 1;
    std::string_view reason = "ordinal not in range(128)";
    const std::size_t length = code == Encoding::Utf8 ? utf8_length(bytes, i, bad, reason) : code == Encoding::Latin1 || byte < 0x80 ? 1 : 0;
    if (length == 0) {
      if (handling == "strict") return raise_unicode_error(context, TypeId::UnicodeDecodeError, code, value, i, i + bad, reason);
      if (!append_decoded_mistake(out, std::string_view(bytes).substr(i, bad), handling)) return refuse_handling(context, handling);
      i += bad;
      continue;
    }
    if (code == Encoding::Latin1) unicode::append(out, byte);
    else out += bytes.substr(i, length);
    i += length;
  }
  return done(context.string(out));
}

}  // namespace lockweave::builtins
