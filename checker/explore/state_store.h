// The states seen: exact, compressed, numbered in the order of insertion.
//
// A state is an array of words of which neighbours in the search share most. It is stored as a binary tree: each pair of
// words becomes a number, each pair of such numbers another, up to the root, and every distinct pair is stored once
// (Laarman, van de Pol, Weber: "Parallel Recursive State Compression for Free", SPIN 2011). We depart from it in two
// points: the index is apart from the pairs, so tables grow, and states may have different lengths: the length is part
// of the root.
//
// The root joins up to four numbers, not two: in a new state the nodes just below a root of two are mostly new as well.
// What a new state costs is its root and the few inner nodes above the words that changed, 8 bytes and an index entry each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "checker/explore/chunked_vector.h"
#include "checker/explore/numbered_set.h"
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

  // `near` is the tree of a state likely to share most words (the parent); any tree of this store is right, also an empty one.
  Inserted insert(std::span<const std::uint32_t> words, const StateTree& near);

  // Makes `tree` the tree of that state; the less it differs from what the tree was before, the faster.
  // Requires: tree is empty or was decoded from this store since its last clear().
  void decode(StateNumber state, StateTree& tree) const;

  std::size_t size() const { return roots_.size(); }
  std::size_t bytes() const { return nodes_.bytes() + roots_.bytes() + scratch_bytes(); }
  void clear();

 private:
  struct Pair {
    std::uint32_t left = 0;
    std::uint32_t right = 0;
    bool operator==(const Pair&) const = default;
  };
  struct Root {
    std::array<std::uint32_t, 4> cells{};  // the last level; what is not there is 0
    std::uint32_t length = 0;
    bool operator==(const Root&) const = default;
  };
  struct HashPair {
    std::uint64_t operator()(const Pair& pair) const {
      return MixBits{}(std::uint64_t{pair.left} << 32 | pair.right);
    }
  };
  struct HashRoot {
    std::uint64_t operator()(const Root& root) const {
      const std::uint64_t left = std::uint64_t{root.cells[0]} << 32 | root.cells[1];
      const std::uint64_t right = std::uint64_t{root.cells[2]} << 32 | root.cells[3];
      return MixBits{}(MixBits{}(left + root.length * 0x9e3779b97f4a7c15ull) + right);
    }
  };

  std::uint32_t number_of(Pair pair);
  Inserted insert_changed(std::span<const std::uint32_t> words);
  Inserted insert_other_length(std::span<const std::uint32_t> words, const StateTree& near);
  Inserted insert_root();
  void decode_whole(const Root& root, StateTree& tree) const;
  void decode_changes(const Root& root, StateTree& tree) const;
  void decode_pair(StateTree& tree, std::size_t level, std::size_t pair, std::uint32_t number) const;
  std::size_t scratch_bytes() const;

  // Number 0 is the pair (0, 0) on every level, never stored: runs of zeros cost nothing. Others are one more than in nodes_.
  NumberedSet<Pair, HashPair> nodes_;
  NumberedSet<Root, HashRoot> roots_;
  StateTree scratch_;                   // the tree that insert() builds
  std::vector<std::uint32_t> changed_;  // pairs of the level at hand that differ from the near state's
};

}  // namespace lockweave::explore
