#include "model/state/constants.h"

#include <xxhash.h>

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace lockweave::state {

std::uint32_t Constants::hash_of(std::string_view text) { return static_cast<std::uint32_t>(XXH3_64bits(text.data(), text.size())); }
std::uint32_t Constants::hash_of(double number) { return static_cast<std::uint32_t>(XXH3_64bits(&number, sizeof number)); }
std::uint32_t Constants::hash_of(const BigInt& number) { return hash_of(std::string_view(number.str())); }
std::uint32_t Constants::hash_of(const Log& log) { return static_cast<std::uint32_t>(XXH3_64bits(&log, sizeof log)); }

Constants::Constants() {
  string("");
  append_log(~0u, 0);  // what the empty log is made of says nothing
}

Value Constants::string(std::string_view text) {
  return Value(Tag::String, strings_.intern(hash_of(text), [&](const std::string& known) { return known == text; }, [&] { return std::string(text); }));
}

Value Constants::floating(double number) {
  if (std::isnan(number)) number = std::numeric_limits<double>::quiet_NaN();
  const auto is_it = [&](double known) { return std::bit_cast<std::uint64_t>(known) == std::bit_cast<std::uint64_t>(number); };
  return Value(Tag::Float, floats_.intern(hash_of(number), is_it, [&] { return number; }));
}

Value Constants::bytes(std::string_view content) {
  return Value(Tag::Bytes, bytes_.intern(hash_of(content), [&](const std::string& known) { return known == content; }, [&] { return std::string(content); }));
}

Value Constants::integer(std::int64_t number) {
  if (Value::fits_small_int(number)) return Value::small_int(number);
  return integer(BigInt(number));
}

Value Constants::integer(const BigInt& number) {
  static const BigInt low = -(BigInt(1) << 55);
  static const BigInt high = BigInt(1) << 55;
  if (number >= low && number < high) return Value::small_int(static_cast<std::int64_t>(number));
  return Value(Tag::BigInt, bigs_.intern(hash_of(number), [&](const BigInt& known) { return known == number; }, [&] { return number; }));
}

BigInt Constants::big(Value integer) const {
  switch (integer.tag()) {
    case Tag::True: return 1;
    case Tag::Int: return integer.as_int();
    case Tag::BigInt: return bigs_[integer.number()];
    default: return 0;
  }
}

std::uint32_t Constants::append_log(std::uint32_t log, std::uint32_t string) {
  const Log piece{log, string};
  return logs_.intern(hash_of(piece), [&](const Log& known) { return known == piece; }, [&] { return piece; });
}

std::string Constants::log_text(std::uint32_t log) const {
  std::vector<std::uint32_t> pieces;
  for (; log != 0; log = logs_[log].first) pieces.push_back(logs_[log].second);
  std::string text;
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) text += strings_[*piece];
  return text;
}

}  // namespace lockweave::state
