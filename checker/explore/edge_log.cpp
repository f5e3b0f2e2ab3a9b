#include "checker/explore/edge_log.h"

#include <algorithm>
#include <cstring>

#include "model/base/check.h"

namespace lockweave::explore {

// Seven bits a byte, low ones first; the high bit says that more follow.
std::uint32_t EdgeLog::read(const std::uint8_t*& at) {
  std::uint32_t number = 0;
  for (int shift = 0;; shift += 7) {
    const std::uint8_t byte = *at++;
    number |= std::uint32_t{byte & 0x7fu} << shift;
    if ((byte & 0x80) == 0) return number;
  }
}

void EdgeLog::write(std::uint32_t number) {
  for (; number > 0x7f; number >>= 7) open_.push_back(static_cast<std::uint8_t>(number | 0x80));
  open_.push_back(static_cast<std::uint8_t>(number));
}

void EdgeLog::add(const std::vector<Arrow>& arrows, std::uint32_t known) {
  LOCKWEAVE_CHECK(arrows_ + arrows.size() < 0xffffffffu, "the state graph has no numbers left for transitions");
  if (records_ % kGroupRecords == 0) {
    known_.push_back(known);
    numbers_.push_back(static_cast<std::uint32_t>(arrows_));
  }
  for (const Arrow& arrow : arrows) {
    const bool is_new = arrow.target == known;
    LOCKWEAVE_CHECK(arrow.target <= known, "a transition leads to a state that has no number yet");
    // The escape for labels is one less with a new target: all bits set mean something else.
    const std::uint32_t escape = is_new ? kLabel - 1u : kLabel;
    const bool is_last = &arrow == &arrows.back();
    open_.push_back(static_cast<std::uint8_t>((is_new ? kNew : 0) | (is_last ? kLast : 0) | std::min(arrow.label, escape)));
    if (arrow.label >= escape) write(arrow.label - escape);
    if (is_new) {
      ++known;
    } else {
      write(known - 1 - arrow.target);
    }
  }
  if (arrows.empty()) open_.push_back(kNothing);
  arrows_ += arrows.size();
  if (++records_ % kGroupRecords == 0) close_group();
}

// A group lies in one piece.
void EdgeLog::close_group() {
  if (chunks_.empty() || used_ + open_.size() > chunks_.back().bytes()) {
    chunks_.push_back(blocks_->allocate(std::max(kChunkBytes, open_.size())));
    data_bytes_ += chunks_.back().bytes();
    used_ = 0;
  }
  std::memcpy(chunks_.back().as<std::uint8_t>() + used_, open_.data(), open_.size());
  starts_.push_back(std::uint64_t{chunks_.size() - 1} << 32 | used_);
  used_ += open_.size();
  open_.clear();
}

bool EdgeLog::next(Cursor& cursor, Arrow& arrow) {
  if (cursor.has_ended) return false;
  const std::uint8_t first = *cursor.at++;
  cursor.has_ended = (first & kLast) != 0;
  if (first == kNothing) return false;
  const bool is_new = (first & kNew) != 0;
  const std::uint32_t escape = is_new ? kLabel - 1u : kLabel;
  arrow.number = cursor.number++;
  arrow.label = first & kLabel;
  if (arrow.label == escape) arrow.label += read(cursor.at);
  arrow.target = is_new ? cursor.known++ : cursor.known - 1 - read(cursor.at);
  return true;
}

// To the next record.
void EdgeLog::skip(Cursor& cursor) {
  Arrow arrow;
  while (next(cursor, arrow)) {
  }
  cursor.has_ended = false;
}

EdgeLog::Cursor EdgeLog::group_at(std::size_t group) const {
  if (group == starts_.size()) return {open_.data(), known_[group], numbers_[group], false};
  const std::uint64_t start = starts_[group];
  return {chunks_[start >> 32].as<std::uint8_t>() + static_cast<std::uint32_t>(start), known_[group], numbers_[group], false};
}

EdgeLog::Cursor EdgeLog::cursor_at(std::uint32_t record) const {
  Cursor cursor = group_at(record / kGroupRecords);
  for (std::size_t i = 0; i < record % kGroupRecords; ++i) skip(cursor);
  return cursor;
}

std::uint32_t EdgeLog::record_with_new(std::uint32_t state) const {
  // The last group at whose beginning the state was not known.
  std::size_t low = 0;
  std::size_t high = known_.size();
  while (high - low > 1) {
    const std::size_t middle = (low + high) / 2;
    (known_[middle] <= state ? low : high) = middle;
  }
  Cursor cursor = group_at(low);
  auto record = static_cast<std::uint32_t>(low * kGroupRecords);
  for (;; ++record) {
    LOCKWEAVE_CHECK(record < records_, "a state has no transition that leads to it first");
    skip(cursor);
    if (cursor.known > state) return record;
  }
}

std::size_t EdgeLog::bytes() const {
  return data_bytes_ + starts_.bytes() + known_.bytes() + numbers_.bytes() + open_.capacity() + chunks_.capacity() * sizeof(Block);
}

void EdgeLog::clear() {
  chunks_.clear();
  used_ = 0;
  starts_.clear();
  known_.clear();
  numbers_.clear();
  open_ = std::vector<std::uint8_t>();
  records_ = arrows_ = data_bytes_ = 0;
}

}  // namespace lockweave::explore
