// Things interned: equal things have one number, 0, 1, 2 … in the order in which they came.
//
// Safe for several threads. Looking up a thing that is there takes no lock: it reads an open-addressing index by acquire loads,
// and what was published stays where it is. A new thing is entered under a mutex. An index that was outgrown is kept as long as
// the table lives, for somebody may still be reading it; who misses a thing in it looks again under the mutex.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "model/base/append_only.h"

namespace lockweave {

// Hash: a function object, const T& -> 32 bits.
template <typename T, typename Hash>
class InternTable {
 public:
  // The number of the thing that `is_it` says yes to, else of what `make` makes, under the mutex. `hash`: that of the thing.
  template <typename IsIt, typename Make>
  std::uint32_t intern(std::uint32_t hash, IsIt&& is_it, Make&& make) {
    if (const std::uint32_t found = find_in(index_.load(std::memory_order_acquire), hash, is_it); found != 0) return found - 1;
    const std::scoped_lock lock(mutex_);
    Index* index = index_.load(std::memory_order_relaxed);
    if (const std::uint32_t found = find_in(index, hash, is_it); found != 0) return found - 1;
    if (index == nullptr || things_.size() * 2 >= index->mask) index = grow();
    const std::uint32_t number = things_.emplace_back(make());
    put(*index, hash, number + 1, std::memory_order_release);
    return number;
  }

  T& operator[](std::uint32_t number) { return things_[number]; }
  const T& operator[](std::uint32_t number) const { return things_[number]; }
  std::uint32_t size() const { return things_.size(); }
  std::size_t bytes() const { return things_.bytes() + index_bytes_.load(std::memory_order_relaxed); }

  // Requires: no other thread uses the table.
  void clear() {
    things_.clear();
    index_.store(nullptr, std::memory_order_relaxed);
    indexes_.clear();
    index_bytes_.store(0, std::memory_order_relaxed);
  }

 private:
  // Slots hold number + 1.
  struct Index {
    explicit Index(std::size_t size) : mask(size - 1), slots(std::make_unique<std::atomic<std::uint32_t>[]>(size)) {}
    std::size_t mask;
    std::unique_ptr<std::atomic<std::uint32_t>[]> slots;
  };

  template <typename IsIt>
  std::uint32_t find_in(const Index* index, std::uint32_t hash, IsIt&& is_it) const {
    if (index == nullptr) return 0;
    for (std::size_t i = hash & index->mask;; i = (i + 1) & index->mask) {
      const std::uint32_t entry = index->slots[i].load(std::memory_order_acquire);
      if (entry == 0 || is_it(things_[entry - 1])) return entry;
    }
  }

  static void put(Index& index, std::uint32_t hash, std::uint32_t entry, std::memory_order order) {
    std::size_t i = hash & index.mask;
    while (index.slots[i].load(std::memory_order_relaxed) != 0) i = (i + 1) & index.mask;
    index.slots[i].store(entry, order);
  }

  Index* grow() {
    const Index* old = index_.load(std::memory_order_relaxed);
    const std::size_t size = old == nullptr ? first_size : (old->mask + 1) * 2;
    indexes_.push_back(std::make_unique<Index>(size));
    Index* index = indexes_.back().get();
    for (std::uint32_t n = 0; n < things_.size(); ++n) put(*index, Hash{}(things_[n]), n + 1, std::memory_order_relaxed);
    index_.store(index, std::memory_order_release);
    index_bytes_.store(index_bytes_.load(std::memory_order_relaxed) + size * sizeof(std::uint32_t), std::memory_order_relaxed);
    return index;
  }

  static constexpr std::size_t first_size = 1024;
  AppendOnly<T> things_;
  std::atomic<Index*> index_{nullptr};
  std::mutex mutex_;
  std::vector<std::unique_ptr<Index>> indexes_;  // all there have been
  std::atomic<std::size_t> index_bytes_{0};
};

}  // namespace lockweave
