#include "checker/explore/dpor_part.h"

#include <algorithm>
#include <utility>

#include "model/base/check.h"
#include "model/base/fingerprint.h"

namespace lockweave::explore {

void DporPart::begin(DporTask& task) {
  task_ = &task;
  ++number_;
  handed_back_.clear();
}

void DporPart::hear_of(const std::vector<Footprint>& footprints, bool is_afresh) {
  if (is_afresh) {
    footprints_ = {};
    at_giver_.clear();
    ours_.clear();
  }
  for (const Footprint& footprint : footprints) {
    const FootprintNumber number = footprints_.number_of(footprint);
    if (number >= at_giver_.size()) at_giver_.resize(number + 1);
    at_giver_[number] = {.number = static_cast<FootprintNumber>(ours_.size()), .is_told = true};
    ours_.push_back(number);
  }
  LOCKWEAVE_CHECK(ours_.size() == task_->footprint_count, "a helper has heard of other footprints than its giver knows");
  (void)footprints_.take_mistaken();  // nothing that was explored here is taken over if the giver does not know the same locks
}

void DporPart::tell(FootprintNumber number, Way way) {
  if (number >= at_giver_.size()) at_giver_.resize(footprints_.count());
  at_giver_[number].met_in = number_;
  at_giver_[number].number = DporTask::kMet + static_cast<FootprintNumber>(task_->met.size());
  task_->met.push_back({footprints_.footprint(number), std::move(way)});
}

std::vector<DporStep> DporPart::for_giver(std::span<const DporStep> steps) const {
  std::vector<DporStep> result;
  for (const DporStep& step : steps) result.push_back(for_giver(step));
  return result;
}

void DporPart::hand_back(EventNumber earlier, const std::vector<DporStep>& steps) {
  Hasher hasher;
  hasher.add(earlier);
  for (const DporStep& step : steps) {
    hasher.add((std::uint64_t{step.choice.thread} << 32) | step.choice.branch);
    hasher.add((std::uint64_t{step.footprint} << 8) | static_cast<std::uint64_t>(step.choice.kind));
  }
  const std::uint64_t hash = hasher.finish().low;
  for (auto [at, end] = handed_back_.equal_range(hash); at != end; ++at) {
    const DporTask::Reversal& other = task_->reversals[at->second];
    if (other.earlier == earlier && std::ranges::equal(std::span(task_->reversed).subspan(other.first, other.count), for_giver(steps))) return;
  }
  handed_back_.emplace(hash, task_->reversals.size());
  task_->reversals.push_back({earlier, static_cast<std::uint32_t>(task_->reversed.size()), static_cast<std::uint32_t>(steps.size())});
  for (const DporStep& step : steps) task_->reversed.push_back(for_giver(step));
}

}  // namespace lockweave::explore
