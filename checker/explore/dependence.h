// Which steps depend on each other, by what they touch: the relation of dpor_footprints.h, for searches that store states. Two things are
// in no footprint. A step that ends where its thread keeps the GIL depends on every other, since nobody else can run then. And a thread that has to
// wait for another's beginning or end gives up the GIL there, in the midst of what would else be one step: so a step that gives it up of its own
// depends on beginnings and ends.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "model/step.h"

namespace lockweave::explore {

// A footprint. 0 depends on everything.
using TouchNumber = std::uint32_t;

class Dependence {
 public:
  static constexpr TouchNumber kEverything = 0;

  Dependence() { clear(); }
  TouchNumber number_of(std::span<const Access> footprint, bool released, bool holds_gil);
  // Steps of different threads.
  bool are_dependent(TouchNumber left, TouchNumber right);
  bool begins_or_ends(TouchNumber number) const { return natures_[number].begins_or_ends; }
  // It ends with its thread waiting for a lock.
  bool waits_for_lock(TouchNumber number) const { return natures_[number].waits_for_lock; }
  // It lets go of a lock that another thread has acquired.
  bool releases_for_another(TouchNumber number) const { return natures_[number].releases_for_another; }
  // The thread without whose end the step cannot be run: the step begins by joining it.
  std::optional<ThreadNumber> first_joined(TouchNumber number) const { return natures_[number].first_joined; }
  // The footprint with each access as `rename` has it. Nothing: `rename` has nothing for some access, or the footprint does not say all.
  std::optional<TouchNumber> renamed(TouchNumber number, const std::function<std::optional<Access>(const Access&)>& rename);
  std::size_t count() const { return starts_.size() - 1; }
  std::size_t bytes() const { return accesses_.capacity() * sizeof(Access) + starts_.capacity() * 8 + table_.capacity() * 4 + known_.capacity(); }
  void clear();

 private:
  enum class Known : std::uint8_t { No, Dependent, Independent };
  static constexpr std::size_t kMostKnown = 1024;  // footprints of which pairs are kept

  std::span<const Access> accesses_of(TouchNumber number) const {
    return std::span(accesses_).subspan(starts_[number], starts_[number + 1] - starts_[number]);
  }
  bool find_out(TouchNumber left, TouchNumber right) const;
  void grow();

  struct Nature {
    bool may_wait = false;        // for another thread's beginning or end
    bool begins_or_ends = false;
    bool waits_for_lock = false;
    bool releases_for_another = false;
    std::optional<ThreadNumber> first_joined;
  };
  Nature nature_of(std::span<const Access> footprint, bool released) const;

  std::vector<Access> accesses_;
  std::vector<Nature> natures_;
  std::set<Location> ends_;                 // locations of threads' ends
  std::vector<std::size_t> starts_;         // of each number's accesses, and where the last one's end
  std::vector<TouchNumber> table_;          // by hash; 0: free
  std::vector<Known> known_;                // of pairs, the smaller number first
};

}  // namespace lockweave::explore
