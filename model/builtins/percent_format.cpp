// '...' % values. What needs Python of the program goes to the library as a whole: then nothing was done here.
#include <fmt/format.h>

#include "model/builtins/arithmetic.h"
#include "model/builtins/format_spec.h"
#include "model/builtins/format_text.h"
#include "model/builtins/items.h"
#include "model/builtins/number_text.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/unicode.h"
#include "model/builtins/value_text.h"

namespace lockweave::builtins {
namespace {

struct Directive {
  bool left = false;
  bool plus = false;
  bool space = false;
  bool alternate = false;
  bool zero = false;
  long width = -1;
  long precision = -1;
  char32_t type = 0;
};

class PercentFormatter {
 public:
  PercentFormatter(Context& context, Value text, Value values)
      : context_(context), text_(text), values_(values), points_(unicode::points(context.text(text))) {
    if (kind_of(context, values) == ObjectKind::Tuple) arguments_ = context.heap.at(values).slots;
    else arguments_ = {values};
  }

  Result run() {
    while (position_ < points_.size()) {
      const char32_t c = points_[position_++];
      if (c != '%') {
        unicode::append(out_, c);
      } else if (auto ended = directive()) {
        return *ended;
      }
    }
    if (!used_mapping_ && used_ < arguments_.size() && !is_mapping(values_)) {
      return context_.raise(TypeId::TypeError, "not all arguments converted during string formatting");
    }
    return done(context_.string(out_));
  }

 private:
  using Ended = std::optional<Result>;

  bool is_mapping(Value v) const {
    const ObjectKind kind = kind_of(context_, v);
    return kind == ObjectKind::Dict || kind == ObjectKind::List || kind == ObjectKind::MappingProxy || kind == ObjectKind::Range ||
           overrides(context_, v, "__getitem__");
  }

  Result fail(TypeId type, std::string_view message) { return context_.raise(type, message); }
  Result slowly() {
    const Value call[] = {text_, values_};
    return context_.call_library("_slow_str_percent", call);
  }

  Ended next_argument(Value& v) {
    if (used_ >= arguments_.size()) return fail(TypeId::TypeError, "not enough arguments for format string");
    v = arguments_[used_++];
    return std::nullopt;
  }

  // "%(key)": the key may hold brackets in pairs.
  Ended mapping_key(Value& v) {
    if (!is_mapping(values_) && !values_.is_string()) return fail(TypeId::TypeError, "format requires a mapping");
    if (values_.is_string()) return fail(TypeId::TypeError, "format requires a mapping");
    const std::size_t start = ++position_;
    for (int depth = 1; depth > 0; ++position_) {
      if (position_ >= points_.size()) return fail(TypeId::ValueError, "incomplete format key");
      if (points_[position_] == '(') ++depth;
      if (points_[position_] == ')') --depth;
    }
    const Value key = context_.string(unicode::from_points(std::u32string_view(points_).substr(start, position_ - 1 - start)));
    used_mapping_ = true;
    if (overrides(context_, values_, "__getitem__")) return slowly();
    const auto found = get_item(context_, values_, key);
    if (!found) return slowly();
    if (found->kind == ResultKind::Call) return slowly();
    if (found->kind != ResultKind::Done) return *found;
    v = found->value;
    return std::nullopt;
  }

  // A width or precision: digits or '*'.
  Ended size(long& value, bool is_precision) {
    if (position_ < points_.size() && points_[position_] == '*') {
      ++position_;
      Value v;
      if (auto ended = next_argument(v)) return ended;
      if (!is_small(v)) return fail(TypeId::TypeError, "* wants int");
      value = static_cast<long>(small_value(v));
      if (value > (1L << 22) || value < -(1L << 22)) return fail(TypeId::MemoryError, "");
      return std::nullopt;
    }
    if (is_precision) value = 0;
    for (; position_ < points_.size() && points_[position_] >= '0' && points_[position_] <= '9'; ++position_) {
      value = std::max(value, 0L) * 10 + static_cast<long>(points_[position_] - '0');
      if (value > (1L << 22)) return fail(TypeId::ValueError, is_precision ? "precision too big" : "width too big");
    }
    return std::nullopt;
  }

  bool flag(Directive& d) {
    if (position_ >= points_.size()) return false;
    switch (points_[position_]) {
      case '-': d.left = true; break;
      case '+': d.plus = true; break;
      case ' ': d.space = true; break;
      case '#': d.alternate = true; break;
      case '0': d.zero = true; break;
      default: return false;
    }
    ++position_;
    return true;
  }

  Ended directive() {
    Directive d;
    Value v;
    if (position_ < points_.size() && points_[position_] == '%') {
      ++position_;
      out_ += '%';
      return std::nullopt;
    }
    if (position_ < points_.size() && points_[position_] == '(') {
      if (auto ended = mapping_key(v)) return ended;
    }
    while (flag(d)) {}
    if (auto ended = size(d.width, false)) return ended;
    if (d.width < -1) {
      d.left = true;
      d.width = -d.width;
    }
    if (position_ < points_.size() && points_[position_] == '.') {
      ++position_;
      if (auto ended = size(d.precision, true)) return ended;
      d.precision = std::max(d.precision, 0L);
    }
    if (position_ < points_.size() && std::u32string_view(U"hlL").find(points_[position_]) != std::u32string_view::npos) ++position_;
    if (position_ >= points_.size()) return fail(TypeId::ValueError, "incomplete format");
    d.type = points_[position_++];
    // With flags or a width '%' takes an argument since 3.7, and ignores all of them.
    const bool takes_none = d.type == '%' && !context_.version_at_least(3, 7);
    if (v.is_unset() && !takes_none) {
      if (auto ended = next_argument(v)) return ended;
    }
    if (d.type == '%') {
      out_ += '%';
      return std::nullopt;
    }
    return convert(d, v);
  }

  Ended convert(const Directive& d, Value v) {
    switch (d.type) {
      case 's': case 'r': case 'a': return text(d, v);
      case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': return integer(d, v);
      case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return real(d, v);
      case 'c': return character(d, v);
      default: break;
    }
    std::string shown;
    unicode::append(shown, d.type > 31 && d.type < 128 ? d.type : U'?');
    return fail(TypeId::ValueError, fmt::format("unsupported format character '{}' (0x{:x}) at index {}", shown,
                                                static_cast<unsigned>(d.type), position_ - 1));
  }

  void put(const Directive& d, std::string_view text) { out_ += padded(text, U' ', d.left ? '<' : '>', d.width); }

  Ended text(const Directive& d, Value v) {
    std::string piece;
    const TextStatus status = d.type == 's' ? plain_str(context_, v, piece) : d.type == 'r' ? plain_repr(context_, v, piece) : plain_ascii(context_, v, piece);
    if (status == TextStatus::Stop) return stop();
    if (status == TextStatus::NeedsPython) return slowly();
    if (d.precision >= 0) piece.resize(unicode::offset_of(piece, static_cast<std::size_t>(d.precision)));
    put(d, piece);
    return std::nullopt;
  }

  void number(const Directive& d, bool negative, std::string_view prefix, std::string_view digits) {
    const std::string sign = std::string(negative ? "-" : d.plus ? "+" : d.space ? " " : "") + std::string(prefix);
    if (d.zero && !d.left) out_ += sign + padded(digits, U'0', '>', d.width - static_cast<long>(sign.size()));
    else put(d, sign + std::string(digits));
  }

  Ended integer(const Directive& d, Value v) {
    const bool decimal = d.type == 'd' || d.type == 'i' || d.type == 'u';
    Value plain = unwrap(context_, v);
    if (plain.is(Tag::Opaque)) return text(d.type == 's' ? d : with_type(d, 's'), v);
    if (plain.is(Tag::Float) && decimal) {
      const Result whole = *plain_to_integer(context_, plain);
      if (whole.kind != ResultKind::Done) return whole;
      plain = whole.value;
    }
    if (!is_integer(plain)) {
      if (overrides(context_, v, "__index__") || (decimal && overrides(context_, v, "__int__"))) return slowly();
      const std::string_view wanted = !decimal ? "an integer" : context_.version_at_least(3, 10) ? "a real number" : "a number";
      return fail(TypeId::TypeError, fmt::format("%{} format: {} is required, not {}", static_cast<char>(d.type), wanted, context_.type_name_of(v)));
    }
    const state::BigInt value = context_.constants.big(plain);
    const unsigned base = decimal ? 10 : d.type == 'o' ? 8 : 16;
    std::string digits = integer_text(value < 0 ? state::BigInt(-value) : value, base);
    if (d.type == 'X') digits = unicode::upper(digits);
    if (static_cast<long>(digits.size()) < d.precision) digits.insert(0, static_cast<std::size_t>(d.precision) - digits.size(), '0');
    number(d, value < 0, !d.alternate || decimal ? "" : d.type == 'o' ? "0o" : d.type == 'x' ? "0x" : "0X", digits);
    return std::nullopt;
  }

  static Directive with_type(Directive d, char32_t type) {
    d.type = type;
    d.precision = -1;
    return d;
  }

  Ended real(const Directive& d, Value v) {
    const Value plain = unwrap(context_, v);
    if (plain.is(Tag::Opaque)) return text(with_type(d, 's'), v);
    const auto converted = plain_to_float(context_, plain);
    if (!converted) {
      if (overrides(context_, v, "__float__") || overrides(context_, v, "__index__")) return slowly();
      return fail(TypeId::TypeError, fmt::format("must be real number, not {}", context_.type_name_of(v)));
    }
    if (converted->kind != ResultKind::Done) return *converted;
    std::string digits = format_float(context_.constants.number(converted->value), static_cast<char>(d.type),
                                      d.precision < 0 ? 6 : static_cast<int>(d.precision), d.alternate);
    const bool negative = digits[0] == '-';
    if (negative) digits.erase(0, 1);
    number(d, negative, "", digits);
    return std::nullopt;
  }

  Ended character(const Directive& d, Value v) {
    const Value plain = unwrap(context_, v);
    std::string piece;
    if (plain.is_string() && unicode::length(context_.text(plain)) == 1) {
      piece = context_.text(plain);
    } else if (is_integer(plain)) {
      const state::BigInt code = context_.constants.big(plain);
      if (code < 0 || code > 0x10ffff) return fail(TypeId::OverflowError, "%c arg not in range(0x110000)");
      unicode::append(piece, static_cast<char32_t>(static_cast<std::uint32_t>(code)));
    } else {
      return fail(TypeId::TypeError, "%c requires int or char");
    }
    put(d, piece);
    return std::nullopt;
  }

  Context& context_;
  Value text_;
  Value values_;
  std::u32string points_;
  std::size_t position_ = 0;
  std::vector<Value> arguments_;
  std::size_t used_ = 0;
  bool used_mapping_ = false;
  std::string out_;
};

}  // namespace

Result percent_format(Context& context, Value text, Value values) { return PercentFormatter(context, text, values).run(); }

}  // namespace lockweave::builtins
