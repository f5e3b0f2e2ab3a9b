// Seeded numbers, the same on every machine (xoshiro256**, seeded through splitmix64).
// Standard distributions are not used: their results differ between libraries.
#pragma once

#include <array>
#include <cstdint>

namespace lockweave {

class Random {
 public:
  explicit Random(std::uint64_t seed);

  // 64 random bits.
  std::uint64_t next();
  // A number in [0, bound), all equally likely. Requires: bound > 0.
  std::uint64_t below(std::uint64_t bound);
  // True in `numerator` of `denominator` cases.
  bool chance(std::uint64_t numerator, std::uint64_t denominator) { return below(denominator) < numerator; }

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace lockweave
