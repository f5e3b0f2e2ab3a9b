// A set of small keys that gives each key a number: 0, 1, 2 … in the order of insertion.
// Keys lie in a chunked array, in order of their number; beside it an index of numbers.
#pragma once

#include <cstddef>
#include <cstdint>

#include "checker/explore/chunked_vector.h"
#include "checker/explore/hash_index.h"
#include "model/base/check.h"
#include "model/base/prefetch.h"

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
    const auto next = static_cast<std::uint32_t>(keys_.size());
    LOCKWEAVE_CHECK(next < 0xfffffffeu, "a table of the state store has no numbers left");
    const std::uint32_t number = index_.find_or_add(
        Hash{}(key), next, [&](std::uint32_t other) { return keys_[other] == key; },
        [&](std::uint32_t other) { return Hash{}(keys_[other]); }, [&](std::uint32_t other) { lockweave::prefetch(&keys_[other]); });
    if (number == next) keys_.push_back(key);
    return {number, number == next};
  }

  // Requires: the key is in the set.
  std::uint32_t number_of(const Key& key) const {
    return index_.find(Hash{}(key), [&](std::uint32_t other) { return keys_[other] == key; });
  }

  const Key& operator[](std::uint32_t number) const { return keys_[number]; }
  std::size_t size() const { return keys_.size(); }

  void clear() {
    keys_.clear();
    index_.clear();
  }

  std::size_t bytes() const { return keys_.bytes() + index_.bytes(); }

 private:
  ChunkedVector<Key> keys_;
  HashIndex index_;
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
