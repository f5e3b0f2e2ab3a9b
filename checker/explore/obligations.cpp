#include "checker/explore/obligations.h"

#include <algorithm>

namespace lockweave::explore {

void Obligations::clear() {
  numbers_.clear();
  names_.clear();
  marks_.clear();
}

void Obligations::note(std::uint32_t transition, std::span<const Event> events) {
  for (const Event& event : events) {
    if (event.kind != EventKind::EventuallyStated && event.kind != EventKind::EventuallyReached) continue;
    const auto [known, is_new] = numbers_.try_emplace(event.subject, static_cast<Number>(names_.size()));
    if (is_new) names_.push_back(event.subject);
    marks_.push_back({transition, known->second << 1 | (event.kind == EventKind::EventuallyReached ? 1u : 0u)});
  }
}

Obligations::Effect Obligations::effect(std::uint32_t transition, Number obligation) const {
  std::size_t low = 0;
  std::size_t high = marks_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    if (marks_[middle].transition < transition) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  Effect effect = Effect::None;
  for (; low < marks_.size() && marks_[low].transition == transition; ++low) {
    if (marks_[low].code >> 1 == obligation) effect = std::max(effect, effect_of(marks_[low]));
  }
  return effect;
}

}  // namespace lockweave::explore
