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
    branches_.push_back({step, {}, kNone});
  } else {
    number = unused_.back();
    unused_.pop_back();
    branches_[number] = {step, {}, kNone};
  }
  if (tree.empty()) {
    tree.first = number;
  } else {
    branches_[tree.last].next = number;
  }
  tree.last = number;
  return number;
}

WakeupTrees::Cover WakeupTrees::insert(Tree& root, std::vector<DporStep>& sequence) {
  // A tree that lies in branches_ moves when that grows, so it is named by its branch.
  std::uint32_t at = kNone;
  const auto tree = [&]() -> Tree& { return at == kNone ? root : branches_[at].rest; };
  Cover cover{sequence.front(), 0};
  for (bool found = true; found && !sequence.empty();) {
    found = false;
    for (std::uint32_t branch = tree().first; branch != kNone && !found; branch = branches_[branch].next) {
      std::size_t place = 0;
      if (!is_weak_initial(branches_[branch].step, sequence, place)) continue;
      if (at == kNone) cover = {branches_[branch].step, place};
      if (branches_[branch].rest.empty()) return cover;
      if (place < sequence.size()) sequence.erase(sequence.begin() + static_cast<std::ptrdiff_t>(place));
      at = branch;
      found = true;
    }
  }
  for (const DporStep& step : sequence) {
    Tree here = tree();
    const std::uint32_t branch = add(here, step);
    tree() = here;
    at = branch;
  }
  return cover;
}

bool WakeupTrees::has_branch(const Tree& tree, const Choice& choice) const {
  for (std::uint32_t branch = tree.first; branch != kNone; branch = branches_[branch].next) {
    if (branches_[branch].step.choice == choice) return true;
  }
  return false;
}

DporStep WakeupTrees::take_first(Tree& tree, Tree& rest) {
  const std::uint32_t branch = tree.first;
  rest = branches_[branch].rest;
  tree.first = branches_[branch].next;
  if (tree.first == kNone) tree.last = kNone;
  unused_.push_back(branch);
  return branches_[branch].step;
}

void WakeupTrees::clear(Tree& tree) {
  while (!tree.empty()) {
    Tree rest;
    take_first(tree, rest);
    clear(rest);
  }
}

}  // namespace lockweave::explore
