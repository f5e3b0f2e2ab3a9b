// The part of a DPOR exploration that a helper is at: its task, what is to go back with it, and the giver's numbers of footprints, which are
// not the helper's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "checker/explore/dpor_footprints.h"
#include "checker/explore/dpor_task.h"

namespace lockweave::explore {

class DporPart {
 public:
  // The footprints are the helper's, and outlive this.
  explicit DporPart(DporFootprints& footprints) : footprints_(footprints) {}

  void begin(DporTask& task);
  DporTask& task() { return *task_; }
  // The how manieth task it is, from 1.
  std::uint64_t number() const { return number_; }

  // What the giver knows. Afresh: with all that was heard before, the helper's footprints are forgotten.
  void hear_of(const std::vector<Footprint>& footprints, bool is_afresh);
  // Whether the giver knows the footprint is not known, and it was not yet told of it in this task.
  bool is_to_be_told(FootprintNumber number) const {
    if (number >= at_giver_.size()) return true;
    const AtGiver& there = at_giver_[number];
    return !there.is_told && there.met_in != number_;
  }
  void tell(FootprintNumber number, Way way);

  // The giver puts the steps into its tree of the state before that event, unless they are covered there by then.
  void hand_back(EventNumber earlier, const std::vector<DporStep>& steps);
  // An execution came back to the state before that event, where each thread must get its turn.
  void hand_back(EventNumber earlier) { task_->reversals.push_back({.earlier = earlier}); }

  // In the giver's numbers, and in the helper's. Requires: the giver was told of the footprint, or it told the helper.
  DporStep for_giver(const DporStep& step) const { return {step.choice, at_giver_[step.footprint].number}; }
  std::vector<DporStep> for_giver(std::span<const DporStep> steps) const;
  DporStep from_giver(const DporStep& step) const { return {step.choice, ours_[step.footprint]}; }

 private:
  struct AtGiver {
    FootprintNumber number = 0;
    bool is_told = false;      // the giver knows it by that number; else it is a place in what was met
    std::uint64_t met_in = 0;  // in which task
  };

  DporFootprints& footprints_;
  DporTask* task_ = nullptr;
  std::uint64_t number_ = 0;
  std::vector<AtGiver> at_giver_;      // by the helper's numbers of footprints
  std::vector<FootprintNumber> ours_;  // by the giver's
  std::unordered_multimap<std::uint64_t, std::size_t> handed_back_;  // places in the task's reversals, by hash
};

}  // namespace lockweave::explore
