// The transitions of the explored states, packed: about two bytes each.
//
// A record holds the transitions of one state, in the order in which they were run. A target that was new has no number in the
// record: new states are numbered as they come. A target that was known is told by how far back it was: in a breadth-first
// search it is mostly near. What else belongs to a transition is its label, a small number that its user gives a meaning.
// Records are numbered in the order in which they are added. Some of them together make a group, of which it is known where it
// begins and how many states were known there.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "checker/explore/chunked_vector.h"

namespace lockweave::explore {

class EdgeLog {
 public:
  struct Arrow {
    std::uint32_t target = 0;
    std::uint32_t label = 0;
    std::uint32_t number = 0;  // of all transitions, in the order in which they were added; add() does not look at it
  };

  // Requires: `blocks` outlives the log.
  explicit EdgeLog(Blocks& blocks = plain_memory()) : blocks_(&blocks) {}

  // `known`: how many states were known before the first of these was run. A target is new if it is the next number.
  void add(const std::vector<Arrow>& arrows, std::uint32_t known);

  template <typename Visit>  // (const Arrow&) -> should the walk go on
  void for_each(std::uint32_t record, Visit&& visit) const {
    Cursor cursor = cursor_at(record);
    Arrow arrow;
    while (next(cursor, arrow) && visit(std::as_const(arrow))) {
    }
  }

  // The record in which that state was new. Requires: there is one.
  std::uint32_t record_with_new(std::uint32_t state) const;

  std::size_t record_count() const { return records_; }
  std::size_t arrow_count() const { return arrows_; }
  std::size_t bytes() const;
  void clear();

 private:
  static constexpr std::size_t kGroupRecords = 16;
  static constexpr std::size_t kChunkBytes = 64 * 1024;
  // The first byte of an arrow: a small label, and
  static constexpr std::uint8_t kNew = 0x80, kLast = 0x40, kLabel = 0x3f;
  static constexpr std::uint8_t kNothing = 0xff;  // a record without arrows: a new target with the escape, and last

  struct Cursor {
    const std::uint8_t* at = nullptr;
    std::uint32_t known = 0;
    std::uint32_t number = 0;
    bool has_ended = false;
  };

  static std::uint32_t read(const std::uint8_t*& at);
  void write(std::uint32_t number);
  static bool next(Cursor& cursor, Arrow& arrow);
  static void skip(Cursor& cursor);
  Cursor cursor_at(std::uint32_t record) const;
  Cursor group_at(std::size_t group) const;
  void close_group();

  Blocks* blocks_;
  std::vector<Block> chunks_;
  std::size_t used_ = 0;                  // of the last chunk
  ChunkedVector<std::uint64_t> starts_;   // of closed groups: chunk << 32 | place in it
  ChunkedVector<std::uint32_t> known_;    // states known where a group begins, the open one's too
  ChunkedVector<std::uint32_t> numbers_;  // of the first transition of a group, the open one's too
  std::vector<std::uint8_t> open_;        // the group that is not full yet
  std::size_t records_ = 0;
  std::size_t arrows_ = 0;
  std::size_t data_bytes_ = 0;
};

}  // namespace lockweave::explore
