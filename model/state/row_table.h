// Rows of words, interned: equal rows have one number, and a number is as good as the row. Numbers start at 1.
#pragma once

#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <memory>
#include <span>
#include <vector>

namespace lockweave::state {

template <typename Word>
class RowTable {
 public:
  std::uint32_t intern(std::span<const Word> words) {
    if (rows_.size() * 2 > table_.size()) grow();
    const auto hash = static_cast<std::uint32_t>(XXH3_64bits(words.data(), words.size_bytes()));
    const std::size_t mask = table_.size() - 1;
    std::size_t i = hash & mask;
    for (; table_[i] != 0; i = (i + 1) & mask) {
      const Row& row = rows_[table_[i]];
      if (row.hash == hash && row.size == words.size() && std::memcmp(row.data, words.data(), words.size_bytes()) == 0) return table_[i];
    }
    rows_.push_back({keep(words), static_cast<std::uint32_t>(words.size()), hash});
    table_[i] = static_cast<std::uint32_t>(rows_.size() - 1);
    return table_[i];
  }

  std::span<const Word> operator[](std::uint32_t number) const { return {rows_[number].data, rows_[number].size}; }
  std::size_t size() const { return rows_.size(); }  // one more than the highest number
  std::size_t bytes() const { return bytes_ + rows_.capacity() * sizeof(Row) + table_.capacity() * sizeof(std::uint32_t); }

 private:
  struct Row {
    const Word* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
  };

  const Word* keep(std::span<const Word> words) {
    if (block_used_ + words.size() > block_size_) {
      block_size_ = std::max<std::size_t>(words.size(), std::size_t{1} << 15);
      blocks_.push_back(std::make_unique<Word[]>(block_size_));
      bytes_ += block_size_ * sizeof(Word);
      block_used_ = 0;
    }
    Word* data = blocks_.back().get() + block_used_;
    std::copy(words.begin(), words.end(), data);
    block_used_ += words.size();
    return data;
  }

  void grow() {
    table_.assign(table_.empty() ? 1024 : table_.size() * 2, 0);
    const std::size_t mask = table_.size() - 1;
    for (std::size_t r = 1; r < rows_.size(); ++r) {
      std::size_t i = rows_[r].hash & mask;
      while (table_[i] != 0) i = (i + 1) & mask;
      table_[i] = static_cast<std::uint32_t>(r);
    }
  }

  std::vector<Row> rows_ = {Row{}};
  std::vector<std::uint32_t> table_;
  std::vector<std::unique_ptr<Word[]>> blocks_;
  std::size_t block_used_ = 0;
  std::size_t block_size_ = 0;
  std::size_t bytes_ = 0;
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
  std::vector<std::uint32_t> scratch_;
};

}  // namespace lockweave::state
