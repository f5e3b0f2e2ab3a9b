// The values of options. Each reader names the option and the value in its error.
#pragma once

#include "model/base/result.h"

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>

namespace lockweave::cli {

// A whole number, at least `least` and at most `most`.
Result<std::uint64_t> read_count(std::string_view option, std::string_view value, std::uint64_t least = 0,
                                 std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
// Bytes: 4096, 512K, 300M, 2GiB, 1.5G. Units are powers of 1024.
Result<std::uint64_t> read_size(std::string_view option, std::string_view value);
// Seconds: 30, 30s, 500ms, 5m, 1.5h.
Result<double> read_duration(std::string_view option, std::string_view value);
// One of a few words; anything else is an error with the nearest of them.
Result<std::string> read_word(std::string_view option, const std::string& value, std::span<const std::string> known);

}  // namespace lockweave::cli
