// Which record of the edge log belongs to which state. In a breadth-first search states are expanded in the order of their
// numbers, and there is nothing to keep; otherwise two numbers a state. A state whose choices were not all run the first time has further
// records.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

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
  // Requires: states are added in the order of their numbers, and this one was.
  void add_again(std::uint32_t state) { again_.push_back({count_ + static_cast<std::uint32_t>(again_.size()), state}); }

  // The first.
  std::uint32_t record_of(std::uint32_t state) const {
    if (is_plain_) return state < count_ ? state + before(state) : kNone;
    return state < records_.size() ? records_[state] : kNone;
  }
  std::uint32_t state_of(std::uint32_t record) const {
    if (!is_plain_) return states_[record];
    const auto next = std::ranges::lower_bound(again_, record, {}, &Again::record);
    if (next != again_.end() && next->record == record) return next->state;
    return record - static_cast<std::uint32_t>(next - again_.begin());
  }
  // State -> record, those that are not the first of their state.
  std::multimap<std::uint32_t, std::uint32_t> further() const {
    std::multimap<std::uint32_t, std::uint32_t> records;
    for (const Again& again : again_) records.emplace(again.state, again.record);
    return records;
  }
  std::size_t size() const { return count_; }
  std::size_t bytes() const { return records_.bytes() + states_.bytes() + again_.capacity() * sizeof(Again); }

  void clear() {
    is_plain_ = true;
    count_ = 0;
    records_.clear();
    states_.clear();
    again_.clear();
  }

 private:
  void spell_out() {
    is_plain_ = false;
    for (std::uint32_t state = 0; state < count_; ++state) {
      records_.push_back(state);
      states_.push_back(state);
    }
  }

  struct Again {
    std::uint32_t record = 0;
    std::uint32_t state = 0;
  };
  // How many of the further records come before the first one of the state.
  std::uint32_t before(std::uint32_t state) const {
    std::uint32_t less = 0, count = static_cast<std::uint32_t>(again_.size());
    while (less < count) {
      const std::uint32_t middle = less + (count - less) / 2;
      if (again_[middle].record - middle <= state) less = middle + 1;
      else count = middle;
    }
    return less;
  }

  bool is_plain_ = true;  // but for further records, record n is state n's
  std::uint32_t count_ = 0;
  ChunkedVector<std::uint32_t> records_;  // by state
  ChunkedVector<std::uint32_t> states_;   // by record
  std::vector<Again> again_;
};

}  // namespace lockweave::explore
