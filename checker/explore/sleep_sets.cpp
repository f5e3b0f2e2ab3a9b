#include "checker/explore/sleep_sets.h"

#include <algorithm>

namespace lockweave::explore {

std::size_t SleepSets::Hash::operator()(const Sleepers& sleepers) const {
  std::uint64_t hash = sleepers.size();
  for (const Sleeper& sleeper : sleepers) {
    const std::uint64_t choice = std::uint64_t{sleeper.choice.thread} << 40 ^ static_cast<std::uint64_t>(sleeper.choice.kind) << 32 ^ sleeper.choice.branch;
    hash = (hash ^ choice) * 0x9e3779b97f4a7c15ULL;
    hash = (hash ^ hash >> 29 ^ sleeper.touches) * 0x9e3779b97f4a7c15ULL;
  }
  return hash ^ hash >> 29;
}

void SleepSets::clear() {
  dependence_.clear();
  sets_.assign(1, {});
  numbers_.clear();
  numbers_.emplace(Sleepers{}, kEmpty);
  renamed_.clear();
  set_bytes_ = 0;
  sleep_of_.clear();
  sleep_of_.push_back(kEmpty);
  again_.clear();
  layer_end_ = 1;
}

SleepSets::SetNumber SleepSets::number_of(const Sleepers& sleepers) {
  if (sleepers.empty()) return kEmpty;
  if (const auto known = numbers_.find(sleepers); known != numbers_.end()) return known->second;
  const auto number = static_cast<SetNumber>(sets_.size());
  Set& set = sets_.emplace_back();
  set.sleepers = sleepers;
  for (const Sleeper& sleeper : sleepers) set.choices.push_back(sleeper.choice);
  numbers_.emplace(sleepers, number);
  set_bytes_ += sizeof(Set) + 64 + sleepers.size() * (2 * sizeof(Sleeper) + sizeof(Choice));
  return number;
}

SleepSets::SetNumber SleepSets::common(SetNumber left, SetNumber right) {
  if (left == right || left == kEmpty) return left;
  if (right == kEmpty) return right;
  kept_.clear();
  const Sleepers& others = sets_[right].sleepers;
  for (const Sleeper& sleeper : sets_[left].sleepers) {
    if (std::ranges::find(others, sleeper) != others.end()) kept_.push_back(sleeper);
  }
  return number_of(kept_);
}

void SleepSets::begin_state(StateNumber state) { now_ = sets_[sleep_of_[state]].sleepers; }

SleepSets::SetNumber SleepSets::after(const Choice& choice, TouchNumber touches) {
  kept_.clear();
  for (const Sleeper& sleeper : now_) {
    if (sleeper.choice.thread != choice.thread && !dependence_.are_dependent(sleeper.touches, touches)) kept_.push_back(sleeper);
  }
  const SetNumber sleep = number_of(kept_);
  if (!may_sleep(choice, touches)) return sleep;
  const Sleeper done{choice, touches};
  now_.insert(std::ranges::upper_bound(now_, choice, {}, &Sleeper::choice), done);
  return sleep;
}

// What is noticed about main's steps (System::told_apart) is up to which like threads have begun.
bool SleepSets::may_sleep(const Choice& choice, TouchNumber touches) const {
  constexpr ThreadNumber main = 0;
  return !never_ && (!symmetry_ || (choice.thread != main && !dependence_.begins_or_ends(touches)));
}

SleepSets::SetNumber SleepSets::renamed(SetNumber set, std::uint32_t change, const ThreadChanges& changes, const Rename& rename) {
  if (set == kEmpty) return kEmpty;
  const auto [entry, is_new] = renamed_.try_emplace(std::uint64_t{change} << 32 | set, kEmpty);
  if (!is_new) return entry->second;
  kept_.clear();
  for (const Sleeper& sleeper : Sleepers(sets_[set].sleepers)) {
    const auto touches = dependence_.renamed(sleeper.touches, [&](const Access& access) { return rename(access, changes); });
    if (!touches) continue;
    Sleeper moved{sleeper.choice, *touches};
    const auto change_of_thread = std::ranges::find(changes, sleeper.choice.thread, &ThreadChanges::value_type::first);
    if (change_of_thread != changes.end()) moved.choice.thread = change_of_thread->second;
    kept_.push_back(moved);
  }
  std::ranges::sort(kept_, {}, &Sleeper::choice);
  set_bytes_ += 32;
  return entry->second = number_of(kept_);
}

void SleepSets::arrive(StateNumber state, bool is_new, SetNumber sleep) {
  if (is_new) {
    sleep_of_.push_back(sleep);
    return;
  }
  const SetNumber known = sleep_of_[state];
  const SetNumber both = common(known, sleep);
  if (both == known) return;
  if (state >= layer_end_) {
    sleep_of_[state] = both;
    return;
  }
  const auto [entry, is_first] = again_.try_emplace(state, both);
  if (!is_first) entry->second = common(entry->second, both);
}

std::optional<SleepSets::Again> SleepSets::next_again() {
  if (again_.empty()) return std::nullopt;
  const auto [state, sleep] = *again_.begin();
  again_.erase(again_.begin());
  Again again{.state = state, .choices = {}, .may_leave_out = false};
  const std::vector<Choice>& still = sets_[sleep].choices;
  for (const Choice& choice : asleep(state)) {
    if (std::ranges::find(still, choice) == still.end()) again.choices.push_back(choice);
  }
  sleep_of_[state] = sleep;
  return again;
}

}  // namespace lockweave::explore
