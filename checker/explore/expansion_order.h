// Which record of the edge log belongs to which state. In a breadth-first search states are expanded in the order of their
// numbers, and there is nothing to keep; otherwise two numbers a state. A state whose choices were not all run the first time has further
// records.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <unordered_map>
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
  void add_again(std::uint32_t state) {
    std::uint32_t& last = last_again_[state];
    again_.push_back({.record = count_ + static_cast<std::uint32_t>(again_.size()), .state = state, .earlier = last});
    last = static_cast<std::uint32_t>(again_.size());
  }

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
  // All records of the state: visit(record). None if the state was not added.
  template <typename Visit>
  void for_each_record(std::uint32_t state, Visit&& visit) const {
    const std::uint32_t first = record_of(state);
    if (first == kNone) return;
    visit(first);
    if (again_.empty()) return;
    const auto last = last_again_.find(state);
    for (std::uint32_t i = last == last_again_.end() ? 0 : last->second; i != 0; i = again_[i - 1].earlier) visit(again_[i - 1].record);
  }
  std::size_t size() const { return count_; }
  std::size_t bytes() const { return records_.bytes() + states_.bytes() + again_.capacity() * sizeof(Again) + last_again_.size() * kMapEntry; }

  void clear() {
    is_plain_ = true;
    count_ = 0;
    records_.clear();
    states_.clear();
    again_.clear();
    last_again_.clear();
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
    std::uint32_t earlier = 0;  // the one before of this state: its index + 1, or 0
  };
  static constexpr std::size_t kMapEntry = 32;
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
  std::unordered_map<std::uint32_t, std::uint32_t> last_again_;  // by state: index + 1
};

}  // namespace lockweave::explore
