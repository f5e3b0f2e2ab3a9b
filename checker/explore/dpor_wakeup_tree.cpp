#include "checker/explore/dpor_wakeup_tree.h"

namespace lockweave::explore {

bool WakeupTrees::is_weak_initial(const DporStep& step, const std::vector<DporStep>& sequence, std::size_t& place) const {
  for (place = 0; place < sequence.size(); ++place) {
    const DporStep& other = sequence[place];
    if (other.choice.thread == step.choice.thread) return other.choice == step.choice;
    if (footprints_.are_dependent(step.footprint, other.footprint)) return false;
  }
  return true;
}

std::uint32_t WakeupTrees::add(Tree& tree, const DporStep& step) {
  std::uint32_t number;
  if (unused_.empty()) {
    number = static_cast<std::uint32_t>(branches_.size());
    branches_.push_back({.step = step, .rest = {}});
  } else {
    number = unused_.back();
    unused_.pop_back();
    branches_[number] = {.step = step, .rest = {}};
  }
  if (tree.empty()) {
    tree.first = number;
  } else {
    branches_[tree.last].next = number;
  }
  tree.last = number;
  return number;
}

WakeupTrees::Place WakeupTrees::add(Tree& root, Place place, const DporStep& step) {
  Tree here = tree(root, place);  // a tree that lies in branches_ moves when that grows
  const std::uint32_t branch = add(here, step);
  (place.branch == kNone ? root : branches_[place.branch].rest) = here;
  return {branch};
}

void WakeupTrees::add(Tree& root, Place place, const std::vector<DporStep>& steps) {
  for (const DporStep& step : steps) place = add(root, place, step);
}

bool WakeupTrees::has_branch(const Tree& tree, const Choice& choice) const {
  for (std::uint32_t branch = tree.first; branch != kNone; branch = branches_[branch].next) {
    if (branches_[branch].step.choice == choice) return true;
  }
  return false;
}

bool WakeupTrees::covers(const Tree& tree, const std::vector<DporStep>& sequence) const {
  for (std::uint32_t branch = tree.first; branch != kNone; branch = branches_[branch].next) {
    std::size_t place = 0;
    if (!is_weak_initial(branches_[branch].step, sequence, place)) continue;
    if (branches_[branch].rest.empty()) return true;
    std::vector<DporStep> rest = sequence;
    if (place < rest.size()) rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(place));
    if (!rest.empty() && covers(branches_[branch].rest, rest)) return true;
  }
  return false;
}

std::vector<WakeupTrees::Listed> WakeupTrees::list(const Tree& tree) const {
  std::vector<Listed> branches;
  for_each(tree, [&](const DporStep& step, std::uint32_t depth) { branches.push_back({step, depth}); });
  return branches;
}

void WakeupTrees::plant(Tree& tree, const std::vector<Listed>& branches) {
  std::vector<Place> places;
  for (const Listed& branch : branches) {
    places.resize(branch.depth);
    places.push_back(add(tree, places.empty() ? Place{} : places.back(), branch.step));
  }
}

std::pair<DporStep, std::uint32_t> WakeupTrees::take_first(Tree& tree, Tree& rest) {
  const std::uint32_t branch = tree.first;
  rest = branches_[branch].rest;
  tree.first = branches_[branch].next;
  if (tree.first == kNone) tree.last = kNone;
  unused_.push_back(branch);
  return {branches_[branch].step, branches_[branch].mark};
}

void WakeupTrees::clear(Tree& tree) {
  while (!tree.empty()) {
    Tree rest;
    take_first(tree, rest);
    clear(rest);
  }
}

}  // namespace lockweave::explore
