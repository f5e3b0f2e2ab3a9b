#include "model/syntax/literal.h"

#include "model/syntax/characters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <limits>
#include <vector>

namespace lockweave::syntax {

namespace {

// CPython's limit for decimal literals (3.11+, sys.int_info.default_max_str_digits). Ours holds for the other bases too, where CPython has
// none: we keep every number in decimal, and the conversion is quadratic.
constexpr std::size_t kMaxDecimalDigits = 4300;
constexpr std::size_t kMaxOtherDigits = 3570;  // 4300 decimal digits in hexadecimal

Failure literal_error(std::string message) { return fail(make_diagnostic(DiagnosticCode::SyntaxError, std::move(message))); }

std::string without_underscores(std::string_view text) {
  std::string digits;
  std::ranges::copy_if(text, std::back_inserter(digits), [](char c) { return c != '_'; });
  return digits;
}

std::string strip_zeros(std::string digits) {
  const auto first = digits.find_first_not_of('0');
  return first == std::string::npos ? "0" : digits.substr(first);
}

// Digits of any base to decimal, by groups of nine decimal digits, least significant first.
std::string to_decimal(std::string_view digits, int base) {
  constexpr std::uint64_t kGroup = 1'000'000'000;
  std::vector<std::uint64_t> groups = {0};
  for (const char c : digits) {
    std::uint64_t carry = static_cast<std::uint64_t>(*digit_value(c, base));
    for (std::uint64_t& group : groups) {
      const std::uint64_t sum = group * static_cast<std::uint64_t>(base) + carry;
      group = sum % kGroup;
      carry = sum / kGroup;
    }
    if (carry != 0) groups.push_back(carry);
  }
  std::string text = fmt::format("{}", groups.back());
  for (auto group = groups.rbegin() + 1; group != groups.rend(); ++group) text += fmt::format("{:09}", *group);
  return text;
}

IntegerValue make_integer(std::string decimal) {
  IntegerValue value;
  std::int64_t small = 0;
  const char* end = decimal.data() + decimal.size();
  const auto parsed = std::from_chars(decimal.data(), end, small);
  if (parsed.ec == std::errc() && parsed.ptr == end) value.small = small;
  value.decimal = std::move(decimal);
  return value;
}

Result<ConstantValue> integer_value(const std::string& digits, int base) {
  const bool is_decimal = base == 10;
  std::string stripped = strip_zeros(digits);
  if (is_decimal && stripped.size() > kMaxDecimalDigits) {
    return literal_error(fmt::format("Exceeds the limit ({} digits) for integer string conversion: value has {} digits", kMaxDecimalDigits,
                                     stripped.size()));
  }
  if (!is_decimal && stripped.size() > kMaxOtherDigits) {
    return fail(make_diagnostic(DiagnosticCode::LimitExceeded, "an integer literal of more digits than are supported"));
  }
  return make_integer(is_decimal ? std::move(stripped) : to_decimal(stripped, base));
}

double float_value(const std::string& text) {
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  // Too large or too small: strtod knows that these are infinity and zero.
  return parsed.ec == std::errc() ? value : std::strtod(text.c_str(), nullptr);
}

// ---- escapes --------------------------------------------------------------------------------------------------------

class Unescaper {
 public:
  explicit Unescaper(const StringLiteral& literal) : text_(literal.body), is_bytes_(literal.is_bytes), is_raw_(literal.is_raw) {}

  Result<std::string> run() {
    result_.reserve(text_.size());
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (is_bytes_ && static_cast<unsigned char>(c) >= 0x80) return literal_error("bytes can only contain ASCII literal characters");
      if (c == '\r') {
        pass_carriage_return();
        result_.push_back('\n');
      } else if (c == '\\' && !is_raw_ && at_ + 1 < text_.size()) {
        if (auto error = escape()) return fail(std::move(*error));
      } else {
        result_.push_back(c);
        ++at_;
      }
    }
    return std::move(result_);
  }

 private:
  using Problem = std::optional<Diagnostic>;

  void pass_carriage_return() { at_ += at_ + 1 < text_.size() && text_[at_ + 1] == '\n' ? 2 : 1; }

  Problem escape() {
    const std::size_t begin = at_;
    const char c = text_[at_ + 1];
    at_ += 2;
    switch (c) {
      case '\n': return {};
      case '\r':
        --at_;
        pass_carriage_return();
        return {};
      case '\\':
      case '\'':
      case '"': return put(c);
      case 'a': return put('\a');
      case 'b': return put('\b');
      case 'f': return put('\f');
      case 'n': return put('\n');
      case 'r': return put('\r');
      case 't': return put('\t');
      case 'v': return put('\v');
      case 'x': return hexadecimal(begin, 2, "truncated \\xXX escape");
      case 'u': return is_bytes_ ? keep(begin) : hexadecimal(begin, 4, "truncated \\uXXXX escape");
      case 'U': return is_bytes_ ? keep(begin) : hexadecimal(begin, 8, "truncated \\UXXXXXXXX escape");
      case 'N': return is_bytes_ ? keep(begin) : by_name(begin);
      default: return c >= '0' && c <= '7' ? octal(begin) : keep(begin);
    }
  }

  Problem put(char c) {
    result_.push_back(c);
    return {};
  }

  // An escape that means nothing stays as it is.
  Problem keep(std::size_t begin) {
    at_ = begin + 1;
    return put('\\');
  }

  Problem octal(std::size_t begin) {
    char32_t code = 0;
    at_ = begin + 1;
    while (at_ < text_.size() && at_ < begin + 4 && digit_value(text_[at_], 8))
      code = code * 8 + static_cast<char32_t>(*digit_value(text_[at_++], 8));
    return put_code(code);
  }

  Problem hexadecimal(std::size_t begin, std::size_t size, std::string_view truncated) {
    char32_t code = 0;
    for (std::size_t i = 0; i < size; ++i, ++at_) {
      const auto digit = at_ < text_.size() ? digit_value(text_[at_], 16) : std::nullopt;
      if (!digit) return bad_escape(begin, truncated);
      code = code * 16 + static_cast<char32_t>(*digit);
    }
    if (code > 0x10FFFF) return bad_escape(begin, "illegal Unicode character");
    return put_code(code);
  }

  Problem by_name(std::size_t begin) {
    if (at_ >= text_.size() || text_[at_] != '{') return bad_escape(begin, "malformed \\N character escape");
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) return bad_escape(begin, "malformed \\N character escape");
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (const auto code = character_named(name)) return put_code(*code);
    return make_diagnostic(DiagnosticCode::Unsupported, fmt::format("the character name '{}'", name))
        .with_hint("write the character itself, or \\u and its number");
  }

  Problem bad_escape(std::size_t begin, std::string_view words) const {
    if (is_bytes_)
      return make_diagnostic(DiagnosticCode::SyntaxError, fmt::format("(value error) invalid \\x escape at position {}", begin));
    return make_diagnostic(
        DiagnosticCode::SyntaxError,
        fmt::format("(unicode error) 'unicodeescape' codec can't decode bytes in position {}-{}: {}", begin, at_ - 1, words));
  }

  Problem put_code(char32_t code) {
    if (is_bytes_) return put(static_cast<char>(static_cast<unsigned char>(code & 0xFF)));
    append_utf8(result_, code);
    return {};
  }

  std::string_view text_;
  bool is_bytes_;
  bool is_raw_;
  std::size_t at_ = 0;
  std::string result_;
};

}  // namespace

Result<ConstantValue> number_value(std::string_view text) {
  std::string digits = without_underscores(text);
  if (digits.size() > 1 && digits[0] == '0') {
    const char marker = static_cast<char>(digits[1] | 0x20);
    if (marker == 'x') return integer_value(digits.substr(2), 16);
    if (marker == 'o') return integer_value(digits.substr(2), 8);
    if (marker == 'b') return integer_value(digits.substr(2), 2);
  }
  if (digits.back() == 'j' || digits.back() == 'J') {
    digits.pop_back();
    return ConstantValue(ImaginaryValue{float_value(digits)});
  }
  if (digits.find_first_of(".eE") != std::string::npos) return ConstantValue(float_value(digits));
  return integer_value(digits, 10);
}

StringLiteral split_string(std::string_view text) {
  const std::size_t prefix_size = text.find_first_of("\"'");
  const std::string_view prefix = text.substr(0, prefix_size);
  StringLiteral literal;
  literal.is_raw = prefix.find_first_of("rR") != std::string_view::npos;
  literal.is_bytes = prefix.find_first_of("bB") != std::string_view::npos;
  const std::string_view quoted = text.substr(prefix_size);
  const bool is_triple = quoted.size() >= 6 && quoted[1] == quoted[0] && quoted[2] == quoted[0];
  const std::size_t quote_size = is_triple ? 3 : 1;
  if (quoted.size() >= 2 * quote_size) literal.body = quoted.substr(quote_size, quoted.size() - 2 * quote_size);
  return literal;
}

Result<std::string> unescape(const StringLiteral& literal) { return Unescaper(literal).run(); }

std::string undouble_braces(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    result.push_back(text[i]);
    const bool is_brace = text[i] == '{' || text[i] == '}';
    if (is_brace && i + 1 < text.size() && text[i + 1] == text[i]) ++i;
  }
  return result;
}

std::string normalise_newlines(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (is_pair) continue;
    result.push_back(text[i] == '\r' ? '\n' : text[i]);
  }
  return result;
}

}  // namespace lockweave::syntax
