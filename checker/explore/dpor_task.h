// A part of a DPOR exploration that is done beside the rest: all that lies below a leaf of a wakeup tree. What is to be explored there is settled
// as soon as the leaf is there: it begins with an empty tree, and asleep is what lies left of its way. What is found below it matters for what lies
// above in one way only: races whose other order begins above. Those are handed back, in order, and settled when the exploration comes to the leaf.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#include "checker/explore/checkpoint_choices.h"
#include "checker/explore/dpor_findings.h"
#include "checker/explore/dpor_order.h"
#include "checker/explore/dpor_wakeup_tree.h"
#include "model/system.h"

namespace lockweave::explore {

// Two steps that could come in the other order: `earlier` and the event `owner`; or, at one and the same event, something else that its
// thread could do instead.
struct DporRace {
  EventNumber earlier = 0;
  EventNumber owner = 0;
  Choice later;
  EventNumber before = DporOrder::kNone;  // what its thread did before, or what started it
  // The other order is explored, or will be, as long as the owner is there and `weak_count` steps of `weak` can come first in what follows it.
  static constexpr std::size_t kMostWeak = 2;
  bool is_covered = false;
  std::uint8_t weak_count = 0;
  std::array<DporStep, kMostWeak> weak;
};

struct DporTask {
  // A state on the way, and what was not explored from it when the task was given.
  struct Node {
    StateWords words;
    std::vector<DporStep> sleep;
    std::vector<WakeupTrees::Listed> wakeup;
  };
  // The same of a part that was left half-way.
  struct LeftNode {
    std::vector<DporStep> explored;
    std::vector<WakeupTrees::Listed> wakeup;
  };
  // To be settled before event `earlier`: the steps, the last of which is the later one of the race. No steps: the execution came back there.
  struct Reversal {
    EventNumber earlier = 0;
    std::uint32_t first = 0;
    std::uint32_t count = 0;
  };
  // A footprint that the giver may not know.
  struct Met {
    Footprint footprint;
    Way way;  // where it was met first
  };
  enum class End : std::uint8_t { Void, Left, Done };

  // What is given. Footprints are the giver's numbers.
  std::size_t helper = 0;
  bool is_afresh = false;                  // the helper is to forget what footprints it knows
  std::vector<Footprint> footprints;       // those that it has not heard of
  std::size_t footprint_count = 0;         // with those that it has
  std::vector<DporStep> way;               // to the state whose tree the leaf is in
  std::vector<Node> nodes;                 // one more than steps
  std::vector<std::uint32_t> way_in_tree;  // the how manieth branch
  std::vector<DporRace> races;             // as far as they are known
  std::size_t fresh_from = 0;              // events from here on were not looked at
  std::atomic<bool> is_wanted{false};      // now, as far as it is done

  // What comes back. Footprints are the giver's numbers, and, from kMet on, places in `met`.
  static constexpr FootprintNumber kMet = 1u << 31;
  End end = End::Void;
  bool is_in_trouble = false;              // the helper came to what its giver has to do
  std::vector<Met> met;                    // in that order
  std::size_t watched_count = 0;           // of the helper's footprints
  std::vector<DporStep> asleep;            // at the leaf
  Stats stats;
  DporFindings::Facts findings;
  bool held_the_gil = false;
  std::vector<Reversal> reversals;
  std::vector<DporStep> reversed;          // their steps
  std::vector<DporStep> left_way;          // from the leaf
  std::vector<LeftNode> left;              // one more than steps
  bool is_last_new = false;

  // Of DporHelpers.
  std::atomic<bool> is_done{false};
  std::exception_ptr failure;
};

}  // namespace lockweave::explore
