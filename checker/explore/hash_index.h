// An open-addressing index of numbers: from the hash of a key to the number of the key, which somebody else keeps.
//
// A slot is 32 bits: the number, and in the bits that numbers do not need yet a few bits of the hash, so that most keys
// that are not meant are passed over without being looked at. The index is cut into segments that grow each by itself,
// at different times: growing never needs more than one segment twice, and how full the index is hardly varies.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>

#include "checker/explore/blocks.h"
#include "model/base/prefetch.h"

namespace lockweave::explore {

class HashIndex {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  // The number of the key with that hash, or kNone. `is_key(number)`: is that number's key the one meant?
  template <typename IsKey>
  std::uint32_t find(std::uint64_t hash, IsKey&& is_key) const {
    const Segment& segment = segments_[segment_of(hash)];
    if (segment.size == 0) return kNone;
    const std::uint32_t slot = slot_of(segment, hash, is_key);
    return segment.at(slot) == kEmpty ? kNone : number_in(segment, segment.at(slot));
  }

  // The same; a key that is not there gets `next`, and the answer is `next`. `hash_of(number)` and `prefetch(number)` are
  // asked for keys that are there, when a segment grows.
  template <typename IsKey, typename HashOf, typename Prefetch>
  std::uint32_t find_or_add(std::uint64_t hash, std::uint32_t next, IsKey&& is_key, HashOf&& hash_of, Prefetch&& prefetch) {
    Segment& segment = segments_[segment_of(hash)];
    if (segment.is_full() || next + 1 > segment.number_mask) grow(segment, next, hash_of, prefetch);
    const std::uint32_t slot = slot_of(segment, hash, is_key);
    if (segment.at(slot) != kEmpty) return number_in(segment, segment.at(slot));
    segment.at(slot) = tag_of(segment, hash) | (next + 1);
    ++segment.used;
    return next;
  }

  // The slot where a search for the hash begins, into the cache.
  void prefetch(std::uint64_t hash) const {
    const Segment& segment = segments_[segment_of(hash)];
    if (segment.size != 0) lockweave::prefetch(&segment.at(first_slot(hash, segment.size)));
  }

  // The number that a search for the hash would look at first, or kNone.
  std::uint32_t candidate(std::uint64_t hash) const {
    const Segment& segment = segments_[segment_of(hash)];
    if (segment.size == 0) return kNone;
    const std::uint32_t slot = slot_of(segment, hash, [](std::uint32_t) { return true; });
    return segment.at(slot) == kEmpty ? kNone : number_in(segment, segment.at(slot));
  }

  void clear() { segments_ = {}; }

  std::size_t bytes() const {
    std::size_t bytes = 0;
    for (const Segment& segment : segments_) bytes += segment.size * sizeof(std::uint32_t);
    return bytes;
  }

 private:
  static constexpr int kSegmentBits = 6;
  static constexpr std::uint32_t kEmpty = 0;  // slots hold number + 1
  static constexpr std::uint32_t kFirstSlots = 16;
  static constexpr std::uint32_t kDoublesBelow = 1024;

  struct Segment {
    Block slots;
    std::uint32_t size = 0;
    std::uint32_t used = 0;
    std::uint32_t number_mask = 0;  // the low bits of a slot
    // Above seven eighths a search for what is not there looks at too many slots.
    bool is_full() const { return std::uint64_t{used + 1} * 8 > std::uint64_t{size} * 7; }
    std::uint32_t& at(std::uint32_t slot) const { return slots.as<std::uint32_t>()[slot]; }
  };

  static std::size_t segment_of(std::uint64_t hash) { return hash >> (64 - kSegmentBits); }
  // Spreads the lower half of the hash over a table of any size, so that tables need not double.
  static std::uint32_t first_slot(std::uint64_t hash, std::uint32_t size) {
    return static_cast<std::uint32_t>(((hash & 0xffffffffu) * size) >> 32);
  }
  static std::uint32_t next_slot(std::uint32_t slot, std::uint32_t size) { return slot + 1 == size ? 0 : slot + 1; }
  static std::uint32_t number_in(const Segment& segment, std::uint32_t entry) { return (entry & segment.number_mask) - 1; }
  // Bits of the hash that say nothing of segment and slot.
  static std::uint32_t tag_of(const Segment& segment, std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash >> (26)) & ~segment.number_mask;
  }

  // The slot that holds the key, or the free one where it belongs. Requires: a free slot exists.
  template <typename IsKey>
  static std::uint32_t slot_of(const Segment& segment, std::uint64_t hash, IsKey&& is_key) {
    const std::uint32_t* slots = segment.slots.as<std::uint32_t>();
    const std::uint32_t tag = tag_of(segment, hash);
    std::uint32_t slot = first_slot(hash, segment.size);
    for (; slots[slot] != kEmpty; slot = next_slot(slot, segment.size)) {
      if ((slots[slot] & ~segment.number_mask) == tag && is_key(number_in(segment, slots[slot]))) break;
    }
    return slot;
  }

  template <typename HashOf, typename Prefetch>
  void grow(Segment& segment, std::uint32_t next, HashOf& hash_of, Prefetch& prefetch) {
    Segment larger;
    larger.size = size_after(segment);
    larger.used = segment.used;
    // One bit to spare, so that numbers do not outgrow the mask before the segment is full.
    larger.number_mask = static_cast<std::uint32_t>((std::uint64_t{2} << std::min<int>(31, std::bit_width(std::uint64_t{next} + 1))) - 1);
    larger.slots = plain_memory().allocate(larger.size * sizeof(std::uint32_t));
    std::memset(larger.slots.as<std::uint32_t>(), 0, larger.size * sizeof(std::uint32_t));
    constexpr std::uint32_t kAhead = 12;
    for (std::uint32_t i = 0; i < segment.size; ++i) {
      if (i + kAhead < segment.size && segment.at(i + kAhead) != kEmpty) prefetch(number_in(segment, segment.at(i + kAhead)));
      if (segment.at(i) == kEmpty) continue;
      const std::uint32_t number = number_in(segment, segment.at(i));
      const std::uint64_t hash = hash_of(number);
      std::uint32_t slot = first_slot(hash, larger.size);
      while (larger.at(slot) != kEmpty) slot = next_slot(slot, larger.size);
      larger.at(slot) = tag_of(larger, hash) | (number + 1);
    }
    segment = std::move(larger);
  }

  std::uint32_t size_after(const Segment& segment) const {
    // Segments begin with different sizes, so that they grow at different times.
    const auto place = static_cast<std::uint32_t>(&segment - segments_.data());
    if (segment.size == 0) return kFirstSlots + place * kFirstSlots / (4 << kSegmentBits);
    if (!segment.is_full()) return segment.size;  // only the numbers have become longer
    if (segment.size < kDoublesBelow) return segment.size * 2 + place % 5;
    return segment.size + segment.size / 5;
  }

  std::array<Segment, std::size_t{1} << kSegmentBits> segments_;
};

}  // namespace lockweave::explore
