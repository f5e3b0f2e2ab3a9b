// A growing table of rows of numbers, packed: in each chunk of rows a column takes as many bits as its values there need.
//
// Rows that were added one after the other are alike (a column's values grow slowly, or it has few), so this is a small part
// of what they need unpacked. Rows are read one by one and never change.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "checker/explore/blocks.h"
#include "model/base/prefetch.h"

namespace lockweave::explore {

template <std::size_t Columns>
class PackedRows {
 public:
  using Row = std::array<std::uint32_t, Columns>;

  // Requires: `blocks` outlives the table.
  explicit PackedRows(Blocks& blocks = plain_memory()) : blocks_(&blocks) {}

  std::size_t size() const { return chunks_.size() * kChunkRows + open_.size(); }

  Row operator[](std::size_t index) const {
    const std::size_t chunk_number = index / kChunkRows;
    if (chunk_number == chunks_.size()) return open_[index % kChunkRows];
    const Chunk& chunk = chunks_[chunk_number];
    const std::uint8_t* data = chunk.data.template as<std::uint8_t>();
    std::size_t bit = index % kChunkRows * chunk.row_bits;
    Row row;
    for (std::size_t column = 0; column < Columns; ++column) {
      row[column] = chunk.least[column] + read(data, bit, chunk.bits[column]);
      bit += chunk.bits[column];
    }
    return row;
  }

  void prefetch(std::size_t index) const {
    const std::size_t chunk_number = index / kChunkRows;
    if (chunk_number == chunks_.size()) return;
    const Chunk& chunk = chunks_[chunk_number];
    lockweave::prefetch(chunk.data.template as<std::uint8_t>() + index % kChunkRows * chunk.row_bits / 8);
  }

  void push_back(const Row& row) {
    if (open_.capacity() == 0) open_.reserve(64);
    open_.push_back(row);
    if (open_.size() == kChunkRows) close_chunk();
  }

  void clear() {
    chunks_.clear();
    open_ = std::vector<Row>();
    data_bytes_ = 0;
  }

  std::size_t bytes() const { return data_bytes_ + chunks_.capacity() * sizeof(Chunk) + open_.capacity() * sizeof(Row); }

 private:
  static constexpr std::size_t kChunkRows = 4096;

  struct Chunk {
    Block data;
    Row least;  // the least value of each column
    std::array<std::uint8_t, Columns> bits;
    std::uint16_t row_bits = 0;
  };

  static std::uint32_t read(const std::uint8_t* data, std::size_t bit, std::uint8_t bits) {
    std::uint64_t word;
    std::memcpy(&word, data + bit / 8, sizeof word);
    return static_cast<std::uint32_t>((word >> bit % 8) & ((std::uint64_t{1} << bits) - 1));
  }

  // Requires: those bits are 0 still.
  static void write(std::uint8_t* data, std::size_t bit, std::uint32_t value) {
    std::uint64_t word;
    std::memcpy(&word, data + bit / 8, sizeof word);
    word |= std::uint64_t{value} << bit % 8;
    std::memcpy(data + bit / 8, &word, sizeof word);
  }

  void close_chunk() {
    Chunk chunk;
    for (std::size_t column = 0; column < Columns; ++column) {
      const auto [least, most] = std::ranges::minmax(open_, {}, [&](const Row& row) { return row[column]; });
      chunk.least[column] = least[column];
      chunk.bits[column] = static_cast<std::uint8_t>(std::bit_width(most[column] - least[column]));
      chunk.row_bits = static_cast<std::uint16_t>(chunk.row_bits + chunk.bits[column]);
    }
    const std::size_t bytes = kChunkRows * chunk.row_bits / 8 + sizeof(std::uint64_t);
    chunk.data = blocks_->allocate(bytes);
    auto* data = chunk.data.template as<std::uint8_t>();
    std::memset(data, 0, bytes);
    std::size_t bit = 0;
    for (const Row& row : open_) {
      for (std::size_t column = 0; column < Columns; ++column) {
        write(data, bit, row[column] - chunk.least[column]);
        bit += chunk.bits[column];
      }
    }
    data_bytes_ += bytes;
    chunks_.push_back(std::move(chunk));
    open_.clear();
  }

  Blocks* blocks_;
  std::vector<Chunk> chunks_;
  std::vector<Row> open_;  // rows of the last chunk, not yet packed
  std::size_t data_bytes_ = 0;
};

}  // namespace lockweave::explore
