// A growing array that never moves what it holds: growth allocates one more chunk, so there is no moment at which the
// old and the new array are both in memory. Counts its bytes exactly.
#pragma once

#include <cstddef>
#include <type_traits>
#include <vector>

#include "checker/explore/blocks.h"

namespace lockweave::explore {

template <typename T, std::size_t ChunkBits = 12>
class ChunkedVector {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  // Requires: `blocks` outlives the vector.
  explicit ChunkedVector(Blocks& blocks = plain_memory()) : blocks_(&blocks) {}

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  const T& operator[](std::size_t index) const { return data_[index >> ChunkBits][index & kMask]; }
  T& operator[](std::size_t index) { return data_[index >> ChunkBits][index & kMask]; }

  void push_back(const T& value) {
    if ((size_ & kMask) == 0 && size_ >> ChunkBits == chunks_.size()) grow();
    data_[size_ >> ChunkBits][size_ & kMask] = value;
    ++size_;
  }

  void clear() {
    chunks_.clear();
    data_.clear();
    size_ = 0;
  }

  std::size_t bytes() const {
    return chunks_.size() * kChunkBytes + chunks_.capacity() * sizeof(Block) + data_.capacity() * sizeof(T*);
  }

 private:
  static constexpr std::size_t kMask = (std::size_t{1} << ChunkBits) - 1;
  static constexpr std::size_t kChunkBytes = sizeof(T) << ChunkBits;

  void grow() {
    chunks_.push_back(blocks_->allocate(kChunkBytes));
    data_.push_back(chunks_.back().template as<T>());
  }

  Blocks* blocks_;
  std::vector<Block> chunks_;
  std::vector<T*> data_;  // where each chunk lies
  std::size_t size_ = 0;
};

}  // namespace lockweave::explore
