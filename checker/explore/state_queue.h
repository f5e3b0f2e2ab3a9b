// Whole states waiting in line, first in, first out. Each is kept as what differs from the one before it: neighbours in a search
// share most words.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "checker/explore/blocks.h"
#include "model/system.h"

namespace lockweave::explore {

class StateQueue {
 public:
  void push(std::span<const std::uint32_t> words) {
    buffer_.clear();
    write(words.size());
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::uint32_t before = i < last_in_.size() ? last_in_[i] : 0;
      const auto change = static_cast<std::int32_t>(words[i] - before);
      write(static_cast<std::uint32_t>(change) << 1 ^ static_cast<std::uint32_t>(change >> 31));
    }
    last_in_.assign(words.begin(), words.end());
    if (chunks_.empty() || used_ + buffer_.size() > chunks_.back().bytes()) {
      if (!chunks_.empty()) ends_.push_back(used_);
      chunks_.push_back(plain_memory().allocate(std::max(kChunkBytes, buffer_.size())));
      bytes_ += chunks_.back().bytes();
      used_ = 0;
    }
    std::copy(buffer_.begin(), buffer_.end(), chunks_.back().as<std::uint8_t>() + used_);
    used_ += buffer_.size();
    ++size_;
  }

  // Requires: not empty.
  const StateWords& pop() {
    if (!ends_.empty() && at_ == ends_.front()) {
      bytes_ -= chunks_.front().bytes();
      chunks_.pop_front();
      ends_.pop_front();
      at_ = 0;
    }
    const std::uint8_t* data = chunks_.front().as<std::uint8_t>();
    last_out_.resize(read(data));
    for (std::uint32_t& word : last_out_) {
      const std::uint32_t change = read(data);
      word += change >> 1 ^ (0u - (change & 1u));
    }
    --size_;
    return last_out_;
  }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::size_t bytes() const { return bytes_; }
  void clear() { *this = {}; }

 private:
  static constexpr std::size_t kChunkBytes = 64 * 1024;

  void write(std::uint64_t number) {
    for (; number > 0x7f; number >>= 7) buffer_.push_back(static_cast<std::uint8_t>(number | 0x80));
    buffer_.push_back(static_cast<std::uint8_t>(number));
  }
  std::uint32_t read(const std::uint8_t* data) {
    std::uint32_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const std::uint8_t byte = data[at_++];
      number |= std::uint32_t{byte & 0x7fu} << shift;
      if ((byte & 0x80) == 0) return number;
    }
  }

  std::deque<Block> chunks_;
  std::deque<std::size_t> ends_;  // where each chunk but the last ends
  std::size_t used_ = 0;          // of the last
  std::size_t at_ = 0;            // in the first
  std::size_t size_ = 0;
  std::size_t bytes_ = 0;
  StateWords last_in_;
  StateWords last_out_;
  std::vector<std::uint8_t> buffer_;
};

}  // namespace lockweave::explore
