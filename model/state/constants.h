// Immutable data interned once: equal content, equal number. Numbers grow, are never reused, and are the same
// for every cursor over one machine.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/state/value.h"

namespace lockweave::state {

using BigInt = boost::multiprecision::cpp_int;

class Constants {
 public:
  Constants();

  Value string(std::string_view text);
  const std::string& text(Value string) const { return strings_[string.number()]; }
  const std::string& text(std::uint32_t number) const { return strings_[number]; }

  Value floating(double number);  // -0.0 and 0.0 differ; all NaNs are one
  double number(Value floating) const { return floats_[floating.number()]; }

  Value bytes(std::string_view content);
  const std::string& content(Value bytes) const { return bytes_[bytes.number()]; }

  // A small int where it fits.
  Value integer(std::int64_t number);
  Value integer(const BigInt& number);
  BigInt big(Value integer) const;  // of an Int, BigInt, True or False

  // An output log: what was printed before, and one more piece. Number 0 is the empty log.
  std::uint32_t append_log(std::uint32_t log, std::uint32_t string);
  std::string log_text(std::uint32_t log) const;

 private:
  std::deque<std::string> strings_;
  std::unordered_map<std::string_view, std::uint32_t> string_numbers_;
  std::deque<double> floats_;
  std::unordered_map<std::uint64_t, std::uint32_t> float_numbers_;
  std::deque<std::string> bytes_;
  std::unordered_map<std::string_view, std::uint32_t> bytes_numbers_;
  std::deque<BigInt> bigs_;
  std::unordered_map<std::string, std::uint32_t> big_numbers_;
  std::deque<std::pair<std::uint32_t, std::uint32_t>> logs_;
  std::unordered_map<std::uint64_t, std::uint32_t> log_numbers_;
};

}  // namespace lockweave::state
