#include "checker/explore/choices.h"

namespace lockweave::explore {

std::uint32_t ChoiceTable::number_of(const Choice& choice) {
  constexpr std::uint32_t kKinds = 5;
  constexpr std::uint32_t kSmall = 4096;
  const auto add = [&] {
    choices_.push_back(choice);
    return static_cast<std::uint32_t>(choices_.size() - 1);
  };
  if (choice.branch != 0 || choice.thread >= kSmall) {
    const auto [entry, is_new] = others_.try_emplace(choice, 0);
    if (is_new) entry->second = add();
    return entry->second;
  }
  const std::size_t place = choice.thread * kKinds + static_cast<std::uint32_t>(choice.kind);
  if (place >= numbers_.size()) numbers_.resize(place + 1, 0);
  if (numbers_[place] == 0) numbers_[place] = add() + 1;
  return numbers_[place] - 1;
}

void ChoiceTable::clear() {
  choices_.clear();
  others_.clear();
  numbers_.clear();
}

}  // namespace lockweave::explore
