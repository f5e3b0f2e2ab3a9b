// Wakeup trees (Abdulla, Aronis, Jonsson, Sagonas: "Optimal Dynamic Partial Order Reduction", POPL 2014): for each
// state on the way, the beginnings of executions that must still be explored from it.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "checker/explore/dpor_footprints.h"
#include "model/step.h"

namespace lockweave::explore {

// One step of an execution, as far as dependence goes.
struct DporStep {
  Choice choice;
  FootprintNumber footprint = 0;

  friend bool operator==(const DporStep&, const DporStep&) = default;
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

  // A way from the root down a tree.
  struct Place {
    std::uint32_t branch = kNone;  // the last one; kNone: at the root
  };
  // Goes down from `place` along a branch that can come first in the sequence, up to reordering. `found`: where in the sequence it is; its size
  // if it is not there. Branches that cannot are passed to `passed` with the place in the sequence of what is in the way. False: there is none.
  template <typename Passed>
  bool descend(const Tree& root, const std::vector<DporStep>& sequence, Place& place, std::size_t& found, Passed&& passed) const {
    for (std::uint32_t branch = tree(root, place).first; branch != kNone; branch = branches_[branch].next) {
      if (is_weak_initial(branches_[branch].step, sequence, found)) {
        place.branch = branch;
        return true;
      }
      passed(found);
    }
    return false;
  }
  // Requires: place is not the root.
  const DporStep& step(Place place) const { return branches_[place.branch].step; }
  bool is_leaf(Place place) const { return branches_[place.branch].rest.empty(); }
  // Adds a branch with what follows it as the last one at the place.
  void add(Tree& root, Place place, const std::vector<DporStep>& steps);

  // Adds one branch as the last one at the place; gives its place.
  Place add(Tree& root, Place place, const DporStep& step);
  // Each branch before what follows it: visit(step, depth).
  template <typename Visit>
  void for_each(const Tree& tree, Visit&& visit, std::uint32_t depth = 0) const {
    for (std::uint32_t branch = tree.first; branch != kNone; branch = branches_[branch].next) {
      visit(branches_[branch].step, depth);
      for_each(branches_[branch].rest, visit, depth + 1);
    }
  }

  bool has_branch(const Tree& tree, const Choice& choice) const;
  // Can all of some way down to a leaf come first in the sequence, up to reordering? That stays so however the tree grows.
  bool covers(const Tree& tree, const std::vector<DporStep>& sequence) const;

  // A branch in a list of all: it is followed by what is to come after it.
  struct Listed {
    DporStep step;
    std::uint32_t depth = 0;
  };
  std::vector<Listed> list(const Tree& tree) const;
  // Requires: the tree is empty.
  void plant(Tree& tree, const std::vector<Listed>& branches);

  // A leaf can be marked. Finds the first whose mark, or 0, is wanted; `way`: the how manieth branch is taken to get there. Null: there is none.
  template <typename IsWanted>
  std::uint32_t* find_leaf(const Tree& tree, std::vector<std::uint32_t>& way, IsWanted&& is_wanted) {
    way.push_back(0);
    for (std::uint32_t branch = tree.first; branch != kNone; branch = branches_[branch].next, ++way.back()) {
      if (!branches_[branch].rest.empty()) {
        if (std::uint32_t* mark = find_leaf(branches_[branch].rest, way, is_wanted)) return mark;
      } else if (is_wanted(branches_[branch].mark)) {
        return &branches_[branch].mark;
      }
    }
    way.pop_back();
    return nullptr;
  }

  const DporStep& first(const Tree& tree) const { return branches_[tree.first].step; }
  // Takes the first branch off; `rest`: what is to follow it. Gives its mark too, or 0.
  std::pair<DporStep, std::uint32_t> take_first(Tree& tree, Tree& rest);
  void clear(Tree& tree);

 private:
  struct Branch {
    DporStep step;
    Tree rest;
    std::uint32_t next = kNone;
    std::uint32_t mark = 0;
  };
  const Tree& tree(const Tree& root, Place place) const { return place.branch == kNone ? root : branches_[place.branch].rest; }
  std::uint32_t add(Tree& tree, const DporStep& step);

  const DporFootprints& footprints_;
  std::vector<Branch> branches_;
  std::vector<std::uint32_t> unused_;
};

}  // namespace lockweave::explore
