// The happens-before order of the execution at hand, by vector clocks, and the races in it.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "checker/explore/dpor_footprints.h"
#include "checker/explore/dpor_wakeup_tree.h"

namespace lockweave::explore {

using EventNumber = std::uint32_t;

class DporOrder {
 public:
  static constexpr EventNumber kNone = 0xffffffffu;

  explicit DporOrder(const DporFootprints& footprints) : footprints_(footprints) {}

  // The execution goes on with this step.
  void push(const DporStep& step);
  void pop();
  void clear();

  std::size_t size() const { return size_; }
  const DporStep& step(EventNumber event) const { return events_[event].step; }
  bool happens_before(EventNumber first, EventNumber second) const {
    const Event& event = events_[first];
    return clocks_[second * stride_ + event.slot] >= event.own;
  }
  // What its thread did before it, or what started the thread, or kNone.
  EventNumber before(EventNumber event) const { return events_[event].before; }
  // Earlier events that are in a race with this one, each of which it could have come before. They need a look whether it could
  // really run there: a thread that waits may not.
  const std::vector<EventNumber>& races(EventNumber event) const { return events_[event].races; }
  // The same for a step that could not be run so far.
  void races_of_blocked(const DporStep& step, std::vector<EventNumber>& races);

  // The thread's last step, or null.
  const DporStep* last_of(ThreadNumber thread) const;

  // Can the step come first in what comes after the event `after` and not after the event `past` in happens-before? (A weak initial.)
  bool is_weak_initial_after(const DporStep& step, EventNumber past, EventNumber after) const;

 private:
  struct Event {
    DporStep step;
    std::uint32_t slot = 0;
    std::uint32_t own = 0;       // the how manieth of its thread, from 1
    EventNumber before = kNone;  // its thread's previous one, or what started the thread
    EventNumber previous = kNone;  // its thread's previous one
    std::vector<EventNumber> races;
  };
  struct Visit {
    EventNumber event = 0;
    AccessKind kind = AccessKind::Read;
  };
  struct Link {
    EventNumber event = 0;
    std::size_t touch = 0;
    LocationNumber location = 0;
    bool is_join = false;
  };
  struct Thread {
    EventNumber last = kNone;
    EventNumber start = kNone;
    std::uint32_t count = 0;
  };

  static constexpr std::uint32_t kNoSlot = 0xffffffffu;
  std::uint32_t slot_of(ThreadNumber thread);
  std::uint32_t known_slot_of(ThreadNumber thread) const;
  void widen_clocks();
  bool waits_for_lock(const DporStep& step) const;
  std::size_t link(const DporStep& step, std::uint32_t slot);
  void find_takers(const Touch& touch, std::size_t place, std::uint32_t slot, bool each);
  bool is_while_taken(const Link& taker, EventNumber event) const;
  void keep_races(std::size_t lock, EventNumber before, std::vector<EventNumber>& races) const;

  const DporFootprints& footprints_;
  std::vector<Event> events_;               // the first size_; the others keep their memory
  std::size_t size_ = 0;
  std::vector<std::uint32_t> clocks_;       // stride_ for each event
  std::size_t stride_ = 16;
  std::vector<std::vector<Visit>> visits_;  // by location
  std::vector<Thread> threads_;             // by slot
  std::vector<std::uint32_t> slots_;        // by thread, of the small numbers
  std::unordered_map<ThreadNumber, std::uint32_t> large_slots_;
  std::vector<Link> links_;                 // of the event at hand: what comes right before it
  std::vector<Link> candidates_;
};

}  // namespace lockweave::explore
