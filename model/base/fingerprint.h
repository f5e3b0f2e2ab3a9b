// 128-bit hashes (XXH3) with the same value on every machine: of states, of scenarios, of designs.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include <xxhash.h>

namespace lockweave {

struct Fingerprint {
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  auto operator<=>(const Fingerprint&) const = default;
};

inline Fingerprint fingerprint(const void* data, std::size_t size) {
  const XXH128_hash_t hash = XXH3_128bits(data, size);
  return {hash.low64, hash.high64};
}
inline Fingerprint fingerprint(std::string_view text) { return fingerprint(text.data(), text.size()); }
inline Fingerprint fingerprint(std::span<const std::uint8_t> bytes) { return fingerprint(bytes.data(), bytes.size()); }

// 32 hexadecimal digits, the high half first.
std::string to_text(Fingerprint fingerprint);

// A fingerprint of several values. Texts are preceded by their length, so ("ab","c") and ("a","bc") differ;
// numbers are taken as 8 bytes, least significant first.
class Hasher {
 public:
  Hasher() { XXH3_128bits_reset(&state_); }

  void add(std::uint64_t number);
  void add(std::string_view text);
  void add(Fingerprint fingerprint);
  Fingerprint finish() const;

 private:
  XXH3_state_t state_;
};

}  // namespace lockweave

template <>
struct std::hash<lockweave::Fingerprint> {
  std::size_t operator()(lockweave::Fingerprint value) const noexcept { return value.low; }
};
