// Which record of the edge log belongs to which state. In a breadth-first search states are expanded in the order of their
// numbers, and there is nothing to keep; otherwise two numbers a state.
#pragma once

#include <cstddef>
#include <cstdint>

#include "checker/explore/chunked_vector.h"

namespace lockweave::explore {

class ExpansionOrder {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;

  // Requires: the state was not added before.
  void add(std::uint32_t state) {
    if (is_plain_ && state == count_) {
      ++count_;
      return;
    }
    if (is_plain_) spell_out();
    while (records_.size() <= state) records_.push_back(kNone);
    records_[state] = count_++;
    states_.push_back(state);
  }

  std::uint32_t record_of(std::uint32_t state) const {
    if (is_plain_) return state < count_ ? state : kNone;
    return state < records_.size() ? records_[state] : kNone;
  }
  std::uint32_t state_of(std::uint32_t record) const { return is_plain_ ? record : states_[record]; }
  std::size_t size() const { return count_; }
  std::size_t bytes() const { return records_.bytes() + states_.bytes(); }

  void clear() {
    is_plain_ = true;
    count_ = 0;
    records_.clear();
    states_.clear();
  }

 private:
  void spell_out() {
    is_plain_ = false;
    for (std::uint32_t state = 0; state < count_; ++state) {
      records_.push_back(state);
      states_.push_back(state);
    }
  }

  bool is_plain_ = true;  // record n is state n's
  std::uint32_t count_ = 0;
  ChunkedVector<std::uint32_t> records_;  // by state
  ChunkedVector<std::uint32_t> states_;   // by record
};

}  // namespace lockweave::explore
