#include "checker/explore/persistent_sets.h"

#include <algorithm>
#include <functional>

namespace lockweave::explore {

namespace {

constexpr std::size_t kBits = 64;
constexpr std::uint64_t kNowhere = 0;  // has not been started, or has ended
constexpr std::size_t kMapNode = 48;  // what an entry of a std::map or std::set costs besides its content

}  // namespace

PersistentSets::ThreadIndex PersistentSets::index_of(ThreadNumber thread) {
  const auto [entry, is_new] = threads_.try_emplace(thread, static_cast<ThreadIndex>(threads_.size()));
  if (is_new) {
    for (StandNumber number = 0; number < stands_.size(); ++number) dirty_.insert(number);
  }
  return entry->second;
}

PersistentSets::StandNumber PersistentSets::stand_of(ThreadNumber thread, std::uint64_t place) {
  const auto [entry, is_new] = numbers_.try_emplace({thread, place}, static_cast<StandNumber>(stands_.size()));
  if (is_new) {
    stands_.emplace_back().thread = index_of(thread);
    bytes_ += sizeof(Stand) + kMapNode + sizeof(*entry);
  }
  return entry->second;
}

void PersistentSets::insert(Touches& all, TouchNumber touches) {
  if (all.size() <= touches / kBits) all.resize(touches / kBits + 1);
  all[touches / kBits] |= std::uint64_t{1} << touches % kBits;
}

void PersistentSets::unite(Touches& all, const Touches& more) {
  if (all.size() < more.size()) all.resize(more.size());
  for (std::size_t i = 0; i < more.size(); ++i) all[i] |= more[i];
}

void PersistentSets::add_step(StandNumber from, const Step& step) {
  if (!steps_.insert({from, step}).second) return;
  stands_[from].steps.push_back(step);
  std::vector<StandNumber>& sources = stands_[step.to].from;
  if (std::ranges::find(sources, from) == sources.end()) sources.push_back(from);
  dirty_.insert(from);
  bytes_ += kMapNode + 2 * sizeof(Step) + sizeof(StandNumber);
}

void PersistentSets::note(ThreadNumber thread, TouchNumber touches, Threads before, Threads after) {
  const auto place_in = [](Threads threads, ThreadNumber of) {
    const auto found = std::ranges::find(threads, of, &Standing::thread);
    return found == threads.end() ? kNowhere : found->place;
  };
  const StandNumber from = stand_of(thread, place_in(before, thread));
  const std::optional<ThreadNumber> joined = dependence_.first_joined(touches);
  const ThreadIndex joined_index = joined ? index_of(*joined) : kNobody;
  const StandNumber own = stand_of(thread, place_in(after, thread));
  add_step(from, {.touches = touches, .to = own, .joined = joined_index});
  for (const Standing& other : after) {
    const std::uint64_t was = place_in(before, other.thread);
    if (other.thread == thread || other.place == was) continue;
    // One that was started is what its starter does later; one that was moved goes on from elsewhere.
    const StandNumber to = stand_of(other.thread, other.place);
    if (was == kNowhere) add_step(from, {.touches = touches, .to = to, .joined = joined_index});
    else add_step(stand_of(other.thread, was), {.touches = touches, .to = to, .joined = kNobody});
  }
  if (!dependence_.waits_for_lock(touches)) return;
  std::vector<TouchNumber>& waits = stands_[own].waits_at;
  if (std::ranges::find(waits, touches) != waits.end()) return;
  waits.push_back(touches);
  dirty_.insert(own);
}

// Has it changed?
bool PersistentSets::renew(StandNumber number) {
  bool has_changed = false;
  Stand& stand = stands_[number];
  bytes_ += (threads_.size() - stand.futures.size()) * sizeof(Touches);
  stand.futures.resize(threads_.size());
  for (ThreadIndex excluded = 0; excluded < threads_.size(); ++excluded) {
    if (excluded == stand.thread) continue;
    Touches all = stand.futures[excluded];
    for (const TouchNumber touches : stand.waits_at) insert(all, touches);
    for (const Step& step : stand.steps) {
      if (step.joined == excluded) continue;
      insert(all, step.touches);
      const std::vector<Touches>& futures = stands_[step.to].futures;
      if (excluded < futures.size()) unite(all, futures[excluded]);
    }
    if (all == stand.futures[excluded]) continue;
    bytes_ += (all.size() - stand.futures[excluded].size()) * sizeof(std::uint64_t);
    stand.futures[excluded] = std::move(all);
    has_changed = true;
  }
  return has_changed;
}

void PersistentSets::count_state() {
  ++states_;
  const bool is_asked = states_ == trial_.states || states_ / 4 == trial_.states || states_ / 16 == trial_.states;
  if ((is_asked && relied_on_.size() * trial_.one_in < states_) || bytes() > kMostBytes || threads_.size() > kMostThreads) is_given_up_ = true;
}

void PersistentSets::learn() {
  ++round_;
  // Later stands tend to have higher numbers, and they come first.
  while (!dirty_.empty()) {
    const StandNumber number = *dirty_.rbegin();
    dirty_.erase(number);
    if (!renew(number)) continue;
    stands_[number].changed_in = round_;
    dirty_.insert(stands_[number].from.begin(), stands_[number].from.end());
  }
  bool any_broken = false;
  for (const auto& [claim, number] : claims_) {
    const bool has_changed = std::ranges::any_of(claim.others, [&](StandNumber other) { return stands_[other].changed_in == round_; });
    if (is_broken_[number] || !has_changed || holds(claim)) continue;
    is_broken_[number] = any_broken = true;
  }
  if (!any_broken) return;
  std::erase_if(relied_on_, [&](const auto& relied) {
    if (is_broken_[relied.second]) mistaken_.push_back(relied.first);
    return is_broken_[relied.second];
  });
  std::ranges::sort(mistaken_, std::greater());
  mistaken_.erase(std::ranges::unique(mistaken_).begin(), mistaken_.end());
}

std::optional<StateNumber> PersistentSets::next_mistaken() {
  if (mistaken_.empty()) learn();
  if (mistaken_.empty()) return std::nullopt;
  const StateNumber state = mistaken_.back();
  mistaken_.pop_back();
  return state;
}

// Who lets go of a lock for another can end a cycle of waits: which of them were there before is no matter of order alone.
bool PersistentSets::are_dependent(TouchNumber left, TouchNumber right) {
  const auto ends_wait = [this](TouchNumber one, TouchNumber other) { return dependence_.releases_for_another(one) && dependence_.waits_for_lock(other); };
  return dependence_.are_dependent(left, right) || ends_wait(left, right) || ends_wait(right, left);
}

const PersistentSets::Touches& PersistentSets::dependent_on(TouchNumber touches) {
  if (dependent_.size() <= touches) {
    dependent_.resize(touches + 1);
    compared_with_.resize(touches + 1, 0);
  }
  Touches& row = dependent_[touches];
  const std::size_t before = row.size();
  for (std::size_t& other = compared_with_[touches]; other < dependence_.count(); ++other) {
    if (are_dependent(touches, static_cast<TouchNumber>(other))) insert(row, static_cast<TouchNumber>(other));
  }
  bytes_ += (row.size() - before) * sizeof(std::uint64_t);
  return row;
}

bool PersistentSets::meets(std::span<const TouchNumber> touches, ThreadIndex thread, StandNumber other) {
  if (thread >= stands_[other].futures.size()) return false;
  const Touches& future = stands_[other].futures[thread];
  return std::ranges::any_of(touches, [&](TouchNumber own) {
    const Touches& row = dependent_on(own);
    for (std::size_t i = 0; i < std::min(row.size(), future.size()); ++i) {
      if ((row[i] & future[i]) != 0) return true;
    }
    return false;
  });
}

PersistentSets::Claim PersistentSets::claim_of(ThreadNumber thread, std::span<const TouchNumber> touches, Threads threads) {
  Claim claim{.thread = index_of(thread), .touches = {touches.begin(), touches.end()}, .others = {}};
  std::ranges::sort(claim.touches);
  claim.touches.erase(std::ranges::unique(claim.touches).begin(), claim.touches.end());
  for (const Standing& other : threads) {
    if (other.thread != thread) claim.others.push_back(stand_of(other.thread, other.place));
  }
  return claim;
}

bool PersistentSets::holds(const Claim& claim) {
  return std::ranges::none_of(claim.others, [&](StandNumber other) { return meets(claim.touches, claim.thread, other); });
}

bool PersistentSets::suffices(ThreadNumber thread, std::span<const TouchNumber> touches, Threads threads) {
  if (std::ranges::find(touches, Dependence::kEverything) != touches.end()) return false;
  return holds(claim_of(thread, touches, threads));
}

void PersistentSets::rely(StateNumber state, ThreadNumber thread, std::span<const TouchNumber> touches, Threads threads) {
  const auto [entry, is_new] = claims_.try_emplace(claim_of(thread, touches, threads), static_cast<std::uint32_t>(is_broken_.size()));
  if (is_new) {
    is_broken_.push_back(false);
    bytes_ += kMapNode + sizeof(Claim) + entry->first.touches.size() * sizeof(TouchNumber) + entry->first.others.size() * sizeof(StandNumber);
  }
  relied_on_.emplace_back(state, entry->second);
}

}  // namespace lockweave::explore
