#include "model/state/constants.h"

#include <bit>
#include <cmath>
#include <limits>
#include <vector>

namespace lockweave::state {

Constants::Constants() {
  string("");
  logs_.emplace_back(0, 0);
}

Value Constants::string(std::string_view text) {
  if (auto found = string_numbers_.find(text); found != string_numbers_.end()) return Value(Tag::String, found->second);
  const auto number = static_cast<std::uint32_t>(strings_.size());
  strings_.emplace_back(text);
  string_numbers_.emplace(strings_.back(), number);
  return Value(Tag::String, number);
}

Value Constants::floating(double number) {
  if (std::isnan(number)) number = std::numeric_limits<double>::quiet_NaN();
  const auto [found, is_new] = float_numbers_.try_emplace(std::bit_cast<std::uint64_t>(number), static_cast<std::uint32_t>(floats_.size()));
  if (is_new) floats_.push_back(number);
  return Value(Tag::Float, found->second);
}

Value Constants::bytes(std::string_view content) {
  if (auto found = bytes_numbers_.find(content); found != bytes_numbers_.end()) return Value(Tag::Bytes, found->second);
  const auto number = static_cast<std::uint32_t>(bytes_.size());
  bytes_.emplace_back(content);
  bytes_numbers_.emplace(bytes_.back(), number);
  return Value(Tag::Bytes, number);
}

Value Constants::integer(std::int64_t number) {
  if (Value::fits_small_int(number)) return Value::small_int(number);
  return integer(BigInt(number));
}

Value Constants::integer(const BigInt& number) {
  static const BigInt low = -(BigInt(1) << 55);
  static const BigInt high = BigInt(1) << 55;
  if (number >= low && number < high) return Value::small_int(static_cast<std::int64_t>(number));
  const auto [found, is_new] = big_numbers_.try_emplace(number.str(), static_cast<std::uint32_t>(bigs_.size()));
  if (is_new) bigs_.push_back(number);
  return Value(Tag::BigInt, found->second);
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
  const std::uint64_t key = std::uint64_t{log} << 32 | string;
  const auto [found, is_new] = log_numbers_.try_emplace(key, static_cast<std::uint32_t>(logs_.size()));
  if (is_new) logs_.emplace_back(log, string);
  return found->second;
}

std::string Constants::log_text(std::uint32_t log) const {
  std::vector<std::uint32_t> pieces;
  for (; log != 0; log = logs_[log].first) pieces.push_back(logs_[log].second);
  std::string text;
  for (auto piece = pieces.rbegin(); piece != pieces.rend(); ++piece) text += strings_[*piece];
  return text;
}

}  // namespace lockweave::state
