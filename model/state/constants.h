// Immutable data interned once: equal content, equal number. Numbers grow, are never reused, and are the same
// for every cursor over one machine. Safe for several threads (model/base/intern_table.h).
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "model/base/intern_table.h"
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
  template <typename T>
  struct Hash {
    std::uint32_t operator()(const T& thing) const { return hash_of(thing); }
  };
  using Log = std::pair<std::uint32_t, std::uint32_t>;
  static std::uint32_t hash_of(std::string_view text);
  static std::uint32_t hash_of(double number);
  static std::uint32_t hash_of(const BigInt& number);
  static std::uint32_t hash_of(const Log& log);

  InternTable<std::string, Hash<std::string>> strings_;
  InternTable<double, Hash<double>> floats_;
  InternTable<std::string, Hash<std::string>> bytes_;
  InternTable<BigInt, Hash<BigInt>> bigs_;
  InternTable<Log, Hash<Log>> logs_;
};

}  // namespace lockweave::state
