// A growing array that never moves what it holds: growth allocates one more chunk, so there is no moment at which the
// old and the new array are both in memory. Counts its bytes exactly.
#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <vector>

namespace lockweave::explore {

template <typename T, std::size_t ChunkBits = 14>
class ChunkedVector {
 public:
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  const T& operator[](std::size_t index) const { return (*chunks_[index >> ChunkBits])[index & kMask]; }
  T& operator[](std::size_t index) { return (*chunks_[index >> ChunkBits])[index & kMask]; }

  void push_back(const T& value) {
    if ((size_ & kMask) == 0 && size_ >> ChunkBits == chunks_.size()) chunks_.push_back(std::make_unique<Chunk>());
    (*chunks_[size_ >> ChunkBits])[size_ & kMask] = value;
    ++size_;
  }

  void clear() {
    chunks_.clear();
    size_ = 0;
  }

  std::size_t bytes() const { return chunks_.size() * sizeof(Chunk) + chunks_.capacity() * sizeof(chunks_[0]); }

 private:
  static constexpr std::size_t kMask = (std::size_t{1} << ChunkBits) - 1;
  using Chunk = std::array<T, std::size_t{1} << ChunkBits>;
  std::vector<std::unique_ptr<Chunk>> chunks_;
  std::size_t size_ = 0;
};

}  // namespace lockweave::explore
