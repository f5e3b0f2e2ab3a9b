#include "model/base/fingerprint.h"

#include <fmt/format.h>

#include <array>

namespace lockweave {

std::string to_text(Fingerprint fingerprint) { return fmt::format("{:016x}{:016x}", fingerprint.high, fingerprint.low); }

void Hasher::add(std::uint64_t number) {
  std::array<std::uint8_t, 8> bytes{};
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
  XXH3_128bits_update(&state_, bytes.data(), bytes.size());
}

void Hasher::add(std::string_view text) {
  add(std::uint64_t{text.size()});
  XXH3_128bits_update(&state_, text.data(), text.size());
}

void Hasher::add(Fingerprint fingerprint) {
  add(fingerprint.low);
  add(fingerprint.high);
}

Fingerprint Hasher::finish() const {
  const XXH128_hash_t hash = XXH3_128bits_digest(&state_);
  return {hash.low64, hash.high64};
}

}  // namespace lockweave
