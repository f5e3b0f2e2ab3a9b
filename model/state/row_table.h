// Rows of words, interned: equal rows have one number, and a number is as good as the row. Numbers start at 1.
// Safe for several threads (model/base/intern_table.h).
#pragma once

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

#include "model/base/intern_table.h"

namespace lockweave::state {

struct NothingMore {};

// More: what else is kept with each row, for whoever uses the table.
template <typename Word, typename More = NothingMore>
class RowTable {
 public:
  std::uint32_t intern(std::span<const Word> words) {
    const auto hash = static_cast<std::uint32_t>(XXH3_64bits(words.data(), words.size_bytes()));
    const auto is_it = [&](const Row& row) {
      return row.hash == hash && row.size == words.size() && std::memcmp(row.data, words.data(), words.size_bytes()) == 0;
    };
    return 1 + rows_.intern(hash, is_it, [&] { return Row{keep(words), static_cast<std::uint32_t>(words.size()), hash, {}}; });
  }

  std::span<const Word> operator[](std::uint32_t number) const {
    const Row& row = rows_[number - 1];
    return {row.data, row.size};
  }
  More& more(std::uint32_t number) { return rows_[number - 1].more; }
  std::size_t bytes() const { return rows_.bytes() + bytes_.load(std::memory_order_relaxed); }

 private:
  struct Row {
    const Word* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
    [[no_unique_address]] More more;
  };
  struct HashRow {
    std::uint32_t operator()(const Row& row) const { return row.hash; }
  };

  // Called under the mutex of rows_.
  const Word* keep(std::span<const Word> words) {
    if (block_used_ + words.size() > block_size_) {
      block_size_ = std::max<std::size_t>(words.size(), std::size_t{1} << 15);
      blocks_.push_back(std::make_unique<Word[]>(block_size_));
      bytes_.store(bytes_.load(std::memory_order_relaxed) + block_size_ * sizeof(Word), std::memory_order_relaxed);
      block_used_ = 0;
    }
    Word* data = blocks_.back().get() + block_used_;
    std::copy(words.begin(), words.end(), data);
    block_used_ += words.size();
    return data;
  }

  InternTable<Row, HashRow> rows_;
  std::vector<std::unique_ptr<Word[]>> blocks_;
  std::size_t block_used_ = 0;
  std::size_t block_size_ = 0;
  std::atomic<std::size_t> bytes_{0};
};

// Lists of numbers, interned as trees of short rows, so that two lists that differ in one place share the others.
class ListTable {
 public:
  std::uint32_t intern(std::span<const std::uint32_t> list);  // 0 for the empty list
  void expand(std::uint32_t number, std::vector<std::uint32_t>& list) const;
  std::size_t bytes() const { return rows_.bytes(); }

 private:
  static constexpr std::size_t row_length = 8;
  RowTable<std::uint32_t> rows_;
};

}  // namespace lockweave::state
