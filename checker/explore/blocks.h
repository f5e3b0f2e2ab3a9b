// Where the large tables of a search have their memory from.
//
// A block is a piece of memory that never moves. Without a spill file it is ordinary memory; SpillFile (spill_file.h) gives
// blocks that lie in a file, so that what has not been looked at for long needs no memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace lockweave::explore {

class Block;

class Blocks {
 public:
  virtual ~Blocks() = default;
  virtual Block allocate(std::size_t bytes) = 0;
  virtual void release(void* data, std::size_t bytes) = 0;
};

// Owns its piece of memory. What is in it at first is undefined.
class Block {
 public:
  Block() = default;
  Block(Blocks* owner, void* data, std::size_t bytes) : owner_(owner), data_(data), bytes_(bytes) {}
  Block(Block&& other) noexcept
      : owner_(std::exchange(other.owner_, nullptr)), data_(std::exchange(other.data_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
  Block& operator=(Block&& other) noexcept {
    std::swap(owner_, other.owner_);
    std::swap(data_, other.data_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~Block() {
    if (data_ != nullptr) owner_->release(data_, bytes_);
  }

  template <typename T>
  T* as() const {
    return static_cast<T*>(data_);
  }
  std::size_t bytes() const { return bytes_; }

 private:
  Blocks* owner_ = nullptr;
  void* data_ = nullptr;
  std::size_t bytes_ = 0;
};

// Ordinary memory. Large blocks are mapped one by one: released, they are the system's again at once, whatever lies around them.
Blocks& plain_memory();
// The same for a few blocks that grow by being replaced: each is mapped, whatever its size, so that no holes are left behind.
Blocks& mapped_memory();

}  // namespace lockweave::explore
