#include "checker/cli/values.h"

#include "model/base/suggest.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace lockweave::cli {

namespace {

Failure bad_value(std::string_view option, std::string_view value, std::string_view wanted) {
  return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} cannot be '{}': {}", option, value, wanted)));
}

struct Quantity {
  double amount;
  std::string_view unit;
};

// "1.5GiB" -> 1.5 and "GiB". No sign, no exponent, no "inf".
std::optional<Quantity> split_quantity(std::string_view value) {
  const auto end = std::min(value.find_first_not_of("0123456789."), value.size());
  double amount = 0;
  const auto [rest, error] = std::from_chars(value.data(), value.data() + end, amount, std::chars_format::fixed);
  if (end == 0 || error != std::errc() || rest != value.data() + end) return std::nullopt;
  return Quantity{amount, value.substr(end)};
}

template <std::size_t n>
std::optional<double> factor_of(std::string_view unit, const std::array<std::pair<std::string_view, double>, n>& units) {
  for (const auto& [name, factor] : units) {
    if (name == unit) return factor;
  }
  return std::nullopt;
}

constexpr double kilo = 1024, mega = kilo * 1024, giga = mega * 1024, tera = giga * 1024;
constexpr std::array<std::pair<std::string_view, double>, 15> size_units{{{"", 1},
                                                                          {"B", 1},
                                                                          {"k", kilo},
                                                                          {"K", kilo},
                                                                          {"KB", kilo},
                                                                          {"KiB", kilo},
                                                                          {"M", mega},
                                                                          {"MB", mega},
                                                                          {"MiB", mega},
                                                                          {"G", giga},
                                                                          {"GB", giga},
                                                                          {"GiB", giga},
                                                                          {"T", tera},
                                                                          {"TB", tera},
                                                                          {"TiB", tera}}};
constexpr std::array<std::pair<std::string_view, double>, 6> time_units{{{"", 1}, {"s", 1}, {"ms", 0.001}, {"m", 60}, {"min", 60}, {"h", 3600}}};

}  // namespace

Result<std::uint64_t> read_count(std::string_view option, std::string_view value, std::uint64_t least, std::uint64_t most) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error == std::errc::result_out_of_range) return bad_value(option, value, "that number is too large");
  if (error != std::errc() || end != value.data() + value.size()) return bad_value(option, value, "it takes a whole number");
  if (number < least) return bad_value(option, value, fmt::format("it is at least {}", least));
  if (number > most) return bad_value(option, value, fmt::format("it is at most {}", most));
  return number;
}

Result<std::uint64_t> read_size(std::string_view option, std::string_view value) {
  const auto quantity = split_quantity(value);
  const auto factor = quantity ? factor_of(quantity->unit, size_units) : std::nullopt;
  if (!factor) return bad_value(option, value, "it takes a size such as 512M or 2GiB");
  const double bytes = std::floor(quantity->amount * *factor);
  if (bytes < 1) return bad_value(option, value, "it is at least one byte");
  // Beyond any memory; also keeps the conversion defined.
  if (bytes >= 9e18) return bad_value(option, value, "that size is too large");
  return static_cast<std::uint64_t>(bytes);
}

Result<double> read_duration(std::string_view option, std::string_view value) {
  const auto quantity = split_quantity(value);
  const auto factor = quantity ? factor_of(quantity->unit, time_units) : std::nullopt;
  if (!factor) return bad_value(option, value, "it takes a time such as 500ms, 30s, 5m or 1h");
  return quantity->amount * *factor;
}

Result<std::string> read_word(std::string_view option, const std::string& value, std::span<const std::string> known) {
  for (const auto& word : known) {
    if (word == value) return value;
  }
  auto diagnostic = make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} cannot be '{}'", option, value));
  return fail(std::move(diagnostic).with_hint(suggestion(value, known)));
}

}  // namespace lockweave::cli
