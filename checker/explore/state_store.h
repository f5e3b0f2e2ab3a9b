// The states seen: exact, compressed, numbered in the order of insertion.
//
// A state is an array of words of which neighbours in the search share most. It is stored as a binary tree: each pair of
// words becomes a number, each pair of such numbers another, up to the root, and every distinct pair is stored once
// (Laarman, van de Pol, Weber: "Parallel Recursive State Compression for Free", SPIN 2011). We depart from it in two
// points: the index is apart from the pairs, so tables grow, and states may have different lengths: the length is part
// of the root.
//
// The root joins up to four numbers, not two: in a new state the nodes just below a root of two are mostly new as well.
// Roots are packed (packed_rows.h). What a new state costs is its packed root, an index entry and the few inner nodes above the
// words that changed, 8 bytes and an index entry each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/explore/hash_index.h"
#include "checker/explore/numbered_set.h"
#include "checker/explore/packed_rows.h"
#include "model/system.h"

namespace lockweave::explore {

using StateNumber = std::uint32_t;

// A state's words with the numbers of all nodes above them: the form in which the store compares two states.
// Invariant: levels[0] are the words; levels[k] has one number a pair of levels[k-1]; the last level has at most four.
// Each level is padded with zeros to an even size.
class StateTree {
 public:
  std::span<const std::uint32_t> words() const { return {cells_.data(), word_count_}; }

 private:
  friend class StateStore;
  struct Level {
    std::uint32_t begin = 0;
    std::uint32_t pairs = 0;
  };
  void set_length(std::size_t word_count);

  std::vector<std::uint32_t> cells_;
  std::vector<Level> levels_;
  std::size_t word_count_ = 0;
};

class StateStore {
 public:
  struct Inserted {
    StateNumber state;
    bool is_new;
  };

  // Where the roots lie; it outlives the store.
  explicit StateStore(Blocks& blocks = plain_memory()) : roots_(blocks) {}

  // `near` is the tree of a state likely to share most words (the parent); any tree of this store is right, also an empty one.
  Inserted insert(std::span<const std::uint32_t> words, const StateTree& near);

  // The same in two steps: between them others can be prepared, while what the second will look at comes into the cache.
  class Prepared;
  Prepared prepare(std::span<const std::uint32_t> words, const StateTree& near);
  // Halfway between them: what insert() will compare with comes into the cache.
  void touch(const Prepared& prepared) const;
  Inserted insert(const Prepared& prepared);

  // Makes `tree` the tree of that state; the less it differs from what the tree was before, the faster.
  // Requires: tree is empty or was decoded from this store since its last clear().
  void decode(StateNumber state, StateTree& tree) const;

  std::size_t size() const { return roots_.size(); }
  std::size_t bytes() const { return nodes_.bytes() + roots_.bytes() + root_index_.bytes() + scratch_bytes(); }
  void clear();

 private:
  struct Pair {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    bool operator==(const Pair&) const = default;
  };
  using Root = std::array<std::uint32_t, 5>;  // the last level, what is not there is 0; and the length
  static constexpr std::size_t kLength = 4;
  struct HashPair {
    std::uint64_t operator()(const Pair& pair) const {
      return MixBits{}(std::uint64_t{pair.left} << 32 | pair.right);
    }
  };
  static std::uint64_t hash_of(const Root& root) {
    const std::uint64_t left = std::uint64_t{root[0]} << 32 | root[1];
    const std::uint64_t right = std::uint64_t{root[2]} << 32 | root[3];
    return MixBits{}(MixBits{}(left + root[kLength] * 0x9e3779b97f4a7c15ull) + right);
  }

  std::uint32_t number_of(Pair pair);
  void prepare_changed(std::span<const std::uint32_t> words);
  void prepare_other_length(std::span<const std::uint32_t> words, const StateTree& near);
  void decode_whole(const Root& root, StateTree& tree) const;
  void decode_changes(const Root& root, StateTree& tree) const;
  void decode_pair(StateTree& tree, std::size_t level, std::size_t pair, std::uint32_t number) const;
  std::size_t scratch_bytes() const;

  // Number 0 is the pair (0, 0) on every level, never stored: runs of zeros cost nothing. Others are one more than in nodes_.
  NumberedSet<Pair, HashPair> nodes_;
  PackedRows<5> roots_;
  HashIndex root_index_;
  StateTree scratch_;                   // the tree that prepare() builds
  std::vector<std::uint32_t> changed_;  // pairs of the level at hand that differ from the near state's
};

class StateStore::Prepared {
  friend class StateStore;
  Root root_{};
  std::uint64_t hash_ = 0;
};

}  // namespace lockweave::explore
