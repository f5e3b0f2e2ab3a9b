#include "checker/explore/dpor_states.h"

#include <algorithm>

#include "model/base/fingerprint.h"

namespace lockweave::explore {

namespace {

std::uint64_t hash_of(std::span<const std::uint32_t> words) { return XXH3_64bits(words.data(), words.size_bytes()); }

}  // namespace

StateNumber DporStates::start() {
  clear();
  held_the_gil_ = false;
  system_.reset();
  system_.encode(scratch_);
  stands_at_ = intern(scratch_);
  return stands_at_;
}

void DporStates::clear() {
  states_.clear();
  words_.clear();
  moves_.clear();
  events_.assign(1, {});
  errors_.assign(1, {});
  table_.assign(1024, 0);
  stands_at_ = kNoNumber;
}

StateNumber DporStates::intern(std::span<const std::uint32_t> words) {
  const std::size_t mask = table_.size() - 1;
  std::size_t place = hash_of(words) & mask;
  for (; table_[place] != 0; place = (place + 1) & mask) {
    if (std::ranges::equal(words_of(table_[place] - 1), words)) return table_[place] - 1;
  }
  const auto number = static_cast<StateNumber>(states_.size());
  table_[place] = number + 1;
  states_.push_back({.words = words_.size(), .count = static_cast<std::uint32_t>(words.size())});
  words_.insert(words_.end(), words.begin(), words.end());
  if (states_.size() * 2 > table_.size()) grow();
  return number;
}

void DporStates::grow() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (StateNumber state = 0; state < states_.size(); ++state) {
    std::size_t place = hash_of(words_of(state)) & mask;
    while (table_[place] != 0) place = (place + 1) & mask;
    table_[place] = state + 1;
  }
}

System& DporStates::stand_at(StateNumber state) {
  if (stands_at_ != state) system_.restore(words_of(state));
  stands_at_ = state;
  return system_;
}

std::span<DporMove> DporStates::moves(StateNumber state) {
  if (states_[state].first_move == kNoNumber) find_moves(state);
  return std::span(moves_).subspan(states_[state].first_move, states_[state].move_count);
}

void DporStates::find_moves(StateNumber state) {
  trace::find_available(stand_at(state), timeouts_last_, available_);
  State& entry = states_[state];
  entry.first_move = static_cast<std::uint32_t>(moves_.size());
  entry.move_count = static_cast<std::uint32_t>(available_.choices.size());
  entry.can_step = available_.can_step;
  for (const Choice& choice : available_.choices) moves_.push_back({.choice = choice});
  if (entry.from != kNoNumber) inherit_footprints(state);
}

// What another thread's step touches is the same before and after a step that it does not depend on.
void DporStates::inherit_footprints(StateNumber state) {
  const State& entry = states_[state];
  const State& from = states_[entry.from];
  const DporMove& step = moves_[from.first_move + entry.from_move];
  for (std::uint32_t i = 0; i < from.move_count; ++i) {
    const DporMove& other = moves_[from.first_move + i];
    if (other.footprint == kNoNumber || other.error != 0 || other.choice.thread == step.choice.thread) continue;
    if (footprints_.are_dependent(other.footprint, step.footprint)) continue;
    if (DporMove* same = find_move(state, other.choice)) same->footprint = other.footprint;
  }
}

DporMove* DporStates::find_move(StateNumber state, const Choice& choice) {
  for (DporMove& move : moves(state)) {
    if (move.choice == choice) return &move;
  }
  return nullptr;
}

DporStates::Answer DporStates::know(StateNumber state, std::size_t move, bool want_next) {
  const std::size_t place = states_[state].first_move + move;
  if (moves_[place].next != kNoNumber || (!want_next && moves_[place].footprint != kNoNumber)) return Answer::Done;
  stand_at(state);
  stands_at_ = kNoNumber;
  const StepReport& report = system_.step(moves_[place].choice);
  if (report.status == StepStatus::Refined || (is_fork_ && report.teaches)) return Answer::Refined;
  DporMove& known = moves_[place];
  known.footprint = footprints_.number_of(report.footprint);
  if (footprints_.take_mistaken()) return Answer::LockMistaken;
  held_the_gil_ |= report.holds_gil;
  if (!report.events.empty()) {
    known.events = static_cast<std::uint32_t>(events_.size());
    events_.push_back(report.events);
  }
  if (report.status == StepStatus::Unsupported) {
    known.error = static_cast<std::uint32_t>(errors_.size());
    errors_.push_back(report.error);
    known.next = state;
    return Answer::Done;
  }
  system_.encode(scratch_);
  const std::size_t count = states_.size();
  known.next = stands_at_ = intern(scratch_);
  if (known.next == count) {
    states_[known.next].from = state;
    states_[known.next].from_move = static_cast<std::uint32_t>(move);
  }
  return Answer::Done;
}

void DporStates::keep_only(std::vector<StateNumber>& states) {
  std::vector<StateWords> kept;
  kept.reserve(states.size());
  for (const StateNumber state : states) kept.emplace_back(words_of(state).begin(), words_of(state).end());
  clear();
  for (std::size_t i = 0; i < states.size(); ++i) states[i] = intern(kept[i]);
}

std::size_t DporStates::used_bytes() const {
  return states_.size() * sizeof(State) + words_.size() * sizeof(std::uint32_t) + moves_.size() * sizeof(DporMove) + table_.size() * sizeof(StateNumber) +
         events_.size() * 32;
}

std::size_t DporStates::bytes() const {
  return states_.capacity() * sizeof(State) + words_.capacity() * sizeof(std::uint32_t) + moves_.capacity() * sizeof(DporMove) +
         table_.capacity() * sizeof(StateNumber) + events_.capacity() * 32;
}

}  // namespace lockweave::explore
