// What steps touch, in small numbers, and which of them depend on each other.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "model/step.h"

namespace lockweave::explore {

using FootprintNumber = std::uint32_t;
using LocationNumber = std::uint32_t;

struct Touch {
  LocationNumber location = 0;
  AccessKind kind = AccessKind::Read;
};

// Leaves the location as it is.
constexpr bool is_reading(AccessKind kind) {
  return kind == AccessKind::Read || kind == AccessKind::FailedTry || kind == AccessKind::Park || kind == AccessKind::Join ||
         kind == AccessKind::OwnTry;
}

// Does the order of two accesses of one location matter?
constexpr bool is_conflict(AccessKind left, AccessKind right) {
  if (left == AccessKind::OwnTry) return right == AccessKind::ForeignRelease;
  if (right == AccessKind::OwnTry) return left == AccessKind::ForeignRelease;
  return !is_reading(left) || !is_reading(right);
}

// Both orders can happen, whoever is there first.
constexpr bool is_race(AccessKind first, AccessKind second) {
  return is_conflict(first, second) && second != AccessKind::Join && first != AccessKind::Start;
}

class DporFootprints {
 public:
  FootprintNumber number_of(const Footprint& footprint);
  const std::vector<Touch>& touches(FootprintNumber number) const { return entries_[number].touches; }
  const std::vector<ThreadNumber>& started(FootprintNumber number) const { return entries_[number].started; }
  std::size_t count() const { return entries_.size(); }
  const Footprint& footprint(FootprintNumber number) const { return *entries_[number].footprint; }
  // How many locks are watched. Of two that know the same footprints, or one of them more, those that say the same number know the same ones.
  std::size_t watched_count() const { return watched_count_; }
  std::size_t location_count() const { return locations_.size(); }

  // What it touches first, but for what can no longer change (another thread's end); or null.
  const Touch* first_touch(FootprintNumber number) const;

  // The lock it ends up waiting for, or null.
  const Touch* parked_at(FootprintNumber number) const;

  bool are_dependent(FootprintNumber left, FootprintNumber right) const;

  // The step does nothing but find that it must wait, and nobody can tell that from not having come yet.
  bool is_blocked(FootprintNumber number) const;
  // A waiting thread is told apart from one that has not come yet: `locked()` looks at the lock, somebody releases it
  // where it is not locked, one step releases it and looks again, or the location stands for several locks.
  bool is_watched(LocationNumber location) const { return natures_[location].is_watched(); }
  bool is_many(LocationNumber location) const { return natures_[location].is_many; }

  // Somebody looks at what a thread waits for that at some time waits for another thread's end or beginning. Such waits are no events.
  bool are_waits_for_threads_seen() const { return are_waits_for_threads_seen_; }

  bool any_parked() const { return any_parked_; }

  // A lock was taken for an unwatched one, and is not: what was explored with that is void.
  bool take_mistaken() { return std::exchange(mistaken_, false); }
  std::size_t bytes() const { return entries_.size() * 96; }

 private:
  struct Entry {
    const Footprint* footprint = nullptr;  // in numbers_
    std::vector<Touch> touches;
    std::vector<ThreadNumber> started;
  };
  struct Nature {
    bool is_thread = false;
    bool is_lock = false;
    bool is_looked_at = false;
    bool is_many = false;
    bool is_wait = false;                    // what a thread waits for
    std::vector<LocationNumber> waits_at{};  // of such a one: locks, threads
    bool is_watched() const { return is_lock && (is_looked_at || is_many); }
  };

  LocationNumber location_number(const Location& location);
  void learn(const Footprint& footprint);
  void learn_waits(const Footprint& footprint);
  void look_at(LocationNumber lock);

  std::map<Footprint, FootprintNumber> numbers_;
  std::vector<Entry> entries_;
  std::map<Location, LocationNumber> locations_;
  std::vector<Nature> natures_;
  std::size_t watched_count_ = 0;
  bool mistaken_ = false;
  bool any_parked_ = false;
  bool are_waits_for_threads_seen_ = false;
};

}  // namespace lockweave::explore
