// Wakeup trees (Abdulla, Aronis, Jonsson, Sagonas: "Optimal Dynamic Partial Order Reduction", POPL 2014): for each
// state on the way, the beginnings of executions that must still be explored from it.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/explore/dpor_footprints.h"
#include "model/step.h"

namespace lockweave::explore {

// One step of an execution, as far as dependence goes.
struct DporStep {
  Choice choice;
  FootprintNumber footprint = 0;
};

// All trees of one exploration. A tree is the list of its branches, in the order in which they are explored.
class WakeupTrees {
 public:
  static constexpr std::uint32_t kNone = 0xffffffffu;
  struct Tree {
    std::uint32_t first = kNone;
    std::uint32_t last = kNone;
    bool empty() const { return first == kNone; }
  };

  explicit WakeupTrees(const DporFootprints& footprints) : footprints_(footprints) {}

  // Can `step` come first in an execution that begins with `sequence`, up to reordering (a weak initial)? `place`: where it
  // is in the sequence; its size if it is not there.
  bool is_weak_initial(const DporStep& step, const std::vector<DporStep>& sequence, std::size_t& place) const;

  // Why a sequence needs no further look: `step`, of a branch at the root, comes first in it, up to reordering. `place` as above.
  struct Cover {
    DporStep step;
    std::size_t place = 0;
  };
  // Adds the sequence unless a branch is there that begins with it, up to reordering. Leaves something else in `sequence`.
  Cover insert(Tree& tree, std::vector<DporStep>& sequence);
  bool has_branch(const Tree& tree, const Choice& choice) const;

  // Takes the first branch off; `rest`: what is to follow it.
  DporStep take_first(Tree& tree, Tree& rest);
  void clear(Tree& tree);

 private:
  struct Branch {
    DporStep step;
    Tree rest;
    std::uint32_t next = kNone;
  };
  std::uint32_t add(Tree& tree, const DporStep& step);

  const DporFootprints& footprints_;
  std::vector<Branch> branches_;
  std::vector<std::uint32_t> unused_;
};

}  // namespace lockweave::explore
