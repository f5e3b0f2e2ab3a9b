// A set of 64-bit fingerprints, each with the layer of the search in which it was met; ten bytes each or less.
//
// The first bits of a fingerprint say in which segment it lies; the rest is stored, together with ten bits that tell the layer.
// Nothing of the fingerprint is lost: two that differ are told apart.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "checker/explore/blocks.h"

namespace lockweave::explore {

class FingerprintTable {
 public:
  static constexpr int kLayerBits = 10;
  // Layers that are told apart; beyond, they begin again.
  static constexpr std::uint32_t kLayers = (1u << kLayerBits) - 1;

  struct Inserted {
    bool is_new;
    std::uint32_t layer;  // in which it was met first, modulo kLayers
  };
  Inserted insert(std::uint64_t fingerprint, std::uint64_t layer) {
    Segment& segment = segments_[fingerprint >> (64 - kLayerBits)];
    if (std::uint64_t{segment.used + 1} * 10 > std::uint64_t{segment.size} * 9) grow(segment);
    const std::uint64_t rest = fingerprint << kLayerBits;
    std::uint32_t slot = first_slot(rest, segment.size);
    for (; segment.at(slot) != kEmpty; slot = next_slot(slot, segment.size)) {
      if ((segment.at(slot) & ~std::uint64_t{kLayers}) == rest) return {false, static_cast<std::uint32_t>(segment.at(slot) & kLayers) - 1};
    }
    const auto place = static_cast<std::uint32_t>(layer % kLayers);
    segment.at(slot) = rest | (place + 1);
    ++segment.used;
    ++size_;
    return {true, place};
  }

  void prefetch(std::uint64_t fingerprint) const {
    const Segment& segment = segments_[fingerprint >> (64 - kLayerBits)];
    if (segment.size != 0) __builtin_prefetch(&segment.at(first_slot(fingerprint << kLayerBits, segment.size)));
  }

  std::size_t size() const { return size_; }
  std::size_t bytes() const { return slots_ * sizeof(std::uint64_t); }
  void clear() {
    segments_ = {};
    size_ = slots_ = 0;
  }

 private:
  static constexpr std::uint64_t kEmpty = 0;  // the bits of the layer are never all 0
  static constexpr std::uint32_t kFirstSlots = 8;
  static constexpr std::uint32_t kMappedFrom = 512;  // slots

  struct Segment {
    Block slots;
    std::uint32_t size = 0;
    std::uint32_t used = 0;
    std::uint64_t& at(std::uint32_t slot) const { return slots.as<std::uint64_t>()[slot]; }
  };

  static std::uint32_t first_slot(std::uint64_t rest, std::uint32_t size) { return static_cast<std::uint32_t>(((rest >> 32) * size) >> 32); }
  static std::uint32_t next_slot(std::uint32_t slot, std::uint32_t size) { return slot + 1 == size ? 0 : slot + 1; }

  void grow(Segment& segment) {
    const auto place = static_cast<std::uint32_t>(&segment - segments_.data());
    Segment larger;
    // Segments begin with different sizes, so that they grow at different times.
    larger.size = segment.size == 0 ? kFirstSlots + place % 5 : segment.size < 256 ? segment.size * 2 : segment.size + segment.size / 6;
    larger.used = segment.used;
    larger.slots = (larger.size < kMappedFrom ? plain_memory() : mapped_memory()).allocate(larger.size * sizeof(std::uint64_t));
    std::memset(larger.slots.as<std::uint64_t>(), 0, larger.size * sizeof(std::uint64_t));
    for (std::uint32_t i = 0; i < segment.size; ++i) {
      const std::uint64_t entry = segment.at(i);
      if (entry == kEmpty) continue;
      std::uint32_t slot = first_slot(entry, larger.size);
      while (larger.at(slot) != kEmpty) slot = next_slot(slot, larger.size);
      larger.at(slot) = entry;
    }
    slots_ += larger.size - segment.size;
    segment = std::move(larger);
  }

  std::array<Segment, std::size_t{1} << kLayerBits> segments_;
  std::size_t size_ = 0;
  std::size_t slots_ = 0;
};

}  // namespace lockweave::explore
