#include "checker/explore/blocks.h"

#include <sys/mman.h>

#include <cstdlib>
#include <new>

namespace lockweave::explore {

namespace {

constexpr std::size_t kMappedFrom = 72 * 1024;

class MappedMemory final : public Blocks {
 public:
  Block allocate(std::size_t bytes) override {
    void* data = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED) throw std::bad_alloc();
    return {this, data, bytes};
  }
  void release(void* data, std::size_t bytes) override { munmap(data, bytes); }
};

class PlainMemory final : public Blocks {
 public:
  Block allocate(std::size_t bytes) override {
    if (bytes >= kMappedFrom) return mapped_memory().allocate(bytes);
    return {this, ::operator new(bytes), bytes};
  }
  void release(void* data, std::size_t) override { ::operator delete(data); }
};

}  // namespace

Blocks& mapped_memory() {
  static MappedMemory memory;
  return memory;
}

Blocks& plain_memory() {
  static PlainMemory memory;
  return memory;
}

}  // namespace lockweave::explore
