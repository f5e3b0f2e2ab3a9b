// A set of small keys that gives each key a number: 0, 1, 2 … in the order of insertion.
//
// Keys lie in a chunked array, in order of their number; beside it an open-addressing index of numbers. The index is cut
// into segments that grow each by itself, so growing never needs twice the memory, only twice one segment.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/explore/chunked_vector.h"
#include "model/base/check.h"

namespace lockweave::explore {

// Key: trivially copyable, ==. Hash: a function object, Key -> 64 bits, the same on every machine; a bad one costs time only.
template <typename Key, typename Hash>
class NumberedSet {
 public:
  struct Inserted {
    std::uint32_t number;
    bool is_new;
  };

  Inserted insert(const Key& key) {
    const std::uint64_t hash = Hash{}(key);
    Segment& segment = segments_[hash >> (64 - kSegmentBits)];
    if ((segment.used + 1) * 5 > segment.slots.size() * 4) grow(segment);
    const std::size_t slot = find_slot(segment, key, hash);
    if (segment.slots[slot] != kEmpty) return {segment.slots[slot] - 1, false};
    LOCKWEAVE_CHECK(keys_.size() < 0xfffffffeu, "a table of the state store has no numbers left");
    keys_.push_back(key);
    ++segment.used;
    segment.slots[slot] = static_cast<std::uint32_t>(keys_.size());
    return {segment.slots[slot] - 1, true};
  }

  // Requires: the key is in the set.
  std::uint32_t number_of(const Key& key) const {
    const std::uint64_t hash = Hash{}(key);
    const Segment& segment = segments_[hash >> (64 - kSegmentBits)];
    return segment.slots[find_slot(segment, key, hash)] - 1;
  }

  const Key& operator[](std::uint32_t number) const { return keys_[number]; }
  std::size_t size() const { return keys_.size(); }

  void clear() {
    keys_.clear();
    segments_ = {};
    slot_count_ = 0;
  }

  std::size_t bytes() const { return keys_.bytes() + slot_count_ * sizeof(std::uint32_t); }

 private:
  static constexpr int kSegmentBits = 6;
  static constexpr std::uint32_t kEmpty = 0;  // slots hold number + 1
  static constexpr std::size_t kFirstSlots = 16;

  struct Segment {
    std::vector<std::uint32_t> slots;
    std::size_t used = 0;
  };

  // The slot that holds the key, or the free one where it belongs. Requires: a free slot exists.
  std::size_t find_slot(const Segment& segment, const Key& key, std::uint64_t hash) const {
    const std::size_t size = segment.slots.size();
    std::size_t slot = first_slot(hash, size);
    while (segment.slots[slot] != kEmpty && !(keys_[segment.slots[slot] - 1] == key)) slot = next_slot(slot, size);
    return slot;
  }

  // Spreads the lower half of the hash over a table of any size, so that tables need not double.
  static std::size_t first_slot(std::uint64_t hash, std::size_t size) { return ((hash & 0xffffffffu) * size) >> 32; }
  static std::size_t next_slot(std::size_t slot, std::size_t size) { return slot + 1 == size ? 0 : slot + 1; }

  void grow(Segment& segment) {
    const std::size_t size = segment.slots.empty() ? kFirstSlots : segment.slots.size() * 3 / 2;
    std::vector<std::uint32_t> slots(size, kEmpty);
    for (const std::uint32_t entry : segment.slots) {
      if (entry == kEmpty) continue;
      std::size_t slot = first_slot(Hash{}(keys_[entry - 1]), size);
      while (slots[slot] != kEmpty) slot = next_slot(slot, size);
      slots[slot] = entry;
    }
    slot_count_ += size - segment.slots.size();
    segment.slots = std::move(slots);
  }

  ChunkedVector<Key> keys_;
  std::array<Segment, std::size_t{1} << kSegmentBits> segments_;
  std::size_t slot_count_ = 0;
};

// A good mix of 64 bits (the finaliser of MurmurHash3), for keys that are packed numbers.
struct MixBits {
  std::uint64_t operator()(std::uint64_t key) const {
    key ^= key >> 33;
    key *= 0xff51afd7ed558ccdull;
    key ^= key >> 33;
    key *= 0xc4ceb9fe1a85ec53ull;
    return key ^ (key >> 33);
  }
};

}  // namespace lockweave::explore
