#include "checker/explore/dpor_search.h"

#include <algorithm>
#include <utility>

namespace lockweave::explore {

// Of the execution at hand. Those of events that it shares with earlier ones were looked at before; but what does not happen after them is
// another sequence now, and may be one that is not covered although the last one was.
void DporSearch::reverse_races() {
  for (std::size_t i = 0; i < races_.size() && halt_ == Halt::None; ++i) {
    if (!is_covered(races_[i])) settle(races_[i]);
  }
  for (std::size_t event = fresh_from_; event < order_.size(); ++event) {
    const auto number = static_cast<EventNumber>(event);
    for (const EventNumber earlier : order_.races(number)) {
      add_race({.earlier = earlier, .owner = number, .later = order_.step(number).choice, .before = order_.before(number), .weak = {}});
    }
    add_alternatives(number);
  }
  fresh_from_ = order_.size();
  reverse_blocked();
}

void DporSearch::add_race(const DporRace& race) {
  if (halt_ != Halt::None) return;
  races_.push_back(race);
  settle(races_.back());
}

// The thread could have done something else instead: what does not happen after its step, and then that.
void DporSearch::add_alternatives(EventNumber event) {
  const Choice taken = order_.step(event).choice;
  const StateNumber state = nodes_[event].state;
  const std::size_t count = states_.moves(state).size();
  for (std::size_t i = 0; i < count; ++i) {
    const Choice choice = states_.moves(state)[i].choice;
    if (choice.thread == taken.thread && choice != taken && !is_asleep(nodes_[event], choice)) {
      add_race({.earlier = event, .owner = event, .later = choice, .weak = {}});
    }
  }
}

// Those who wait at the end would have gone on if they had come first.
void DporSearch::reverse_blocked() {
  const StateNumber state = nodes_[depth_].state;
  if (nodes_[depth_].is_cut) return reverse_parked({});
  std::set<ThreadNumber> seen;
  const std::size_t count = states_.moves(state).size();
  for (std::size_t i = 0; i < count && halt_ == Halt::None; ++i) {
    const DporMove* move = know({depth_}, state, i, false);
    if (move == nullptr) return;
    seen.insert(move->choice.thread);
    if (footprints_.is_blocked(move->footprint)) reverse_blocked_step({move->choice, move->footprint});
  }
  reverse_parked(std::move(seen));
}

void DporSearch::reverse_parked(std::set<ThreadNumber> seen) {
  if (!footprints_.any_parked()) return;
  for (std::size_t event = 0; event < order_.size() && halt_ == Halt::None; ++event) {
    const DporStep step = order_.step(static_cast<EventNumber>(event));
    if (footprints_.parked_at(step.footprint) == nullptr || order_.last_of(step.choice.thread) != &order_.step(static_cast<EventNumber>(event))) continue;
    if (seen.insert(step.choice.thread).second) reverse_blocked_step({{step.choice.thread, ChoiceKind::WakeUp, 0}, step.footprint});
  }
}

void DporSearch::reverse_blocked_step(const DporStep& step) {
  std::vector<EventNumber> races;
  order_.races_of_blocked(step, races);
  for (const EventNumber earlier : races) {
    if (halt_ != Halt::None) return;
    DporRace race{.earlier = earlier, .owner = static_cast<EventNumber>(order_.size() - 1), .later = step.choice, .weak = {}};
    settle(race);
  }
}

bool DporSearch::is_covered(const DporRace& race) const {
  return race.is_covered && std::all_of(race.weak.begin(), race.weak.begin() + race.weak_count, [&](const DporStep& step) {
    return order_.is_weak_initial_after(step, race.earlier, race.owner);
  });
}

// What does not happen after `earlier`, and then the step, is to be explored in place of `earlier`, if it is not yet.
void DporSearch::settle(DporRace& race) {
  race.is_covered = true;
  race.weak_count = 0;
  find_independent_of(race.earlier);
  if (is_asleep_first(race, sequence_.size())) return;
  const auto footprint = footprint_of_later(race);
  race.is_covered = footprint && !footprints_.is_blocked(*footprint);
  if (!race.is_covered) return;
  sequence_.push({race.later, *footprint}, kLater);
  if (!is_asleep_first(race, sequence_.size() + 1)) insert(race);
}

// Some step that is asleep can come first in the sequence, and stands before `end` (the sequence's size: or nowhere) in it.
bool DporSearch::is_asleep_first(DporRace& race, std::size_t end) {
  in_the_way_.clear();
  for (const DporStep& asleep : nodes_[race.earlier].sleep) {
    std::size_t place = 0;
    if (!trees_.is_weak_initial(asleep, sequence_.steps, place)) {
      in_the_way_.push_back(sequence_.events[place]);
    } else if (place < end) {
      note_cover(race, asleep, place);
      return true;
    }
  }
  return false;
}

// Puts the sequence into the tree of the state before race.earlier, if no way down to a leaf can come first in it. Of what no branch begins with yet,
// only what is needed is put there: the later step, whatever is in the way of a step that will be asleep by then, and what these happen after.
// What this does depends on the sequence, the tree and who is asleep, and on nothing else; done again, later, it does nothing: so it does not matter
// whether a race is known to be covered or looked at again, nor who looks at it.
void DporSearch::insert(DporRace& race) {
  WakeupTrees::Tree& root = nodes_[race.earlier].wakeup;
  WakeupTrees::Place at;
  std::size_t place = 0;
  whole_ = sequence_.steps;
  while (trees_.descend(root, sequence_.steps, at, place, [&](std::size_t in_the_way) { in_the_way_.push_back(sequence_.events[in_the_way]); })) {
    note_cover(race, trees_.step(at), place);
    if (trees_.is_leaf(at)) return;
    if (place == sequence_.size()) continue;
    sequence_.erase(place);
    if (!sequence_.empty()) continue;
    race.is_covered = false;  // more may come after it next time
    break;
  }
  if (sequence_.empty() && race.earlier >= base_) return;
  if (trees_.covers(root, whole_)) {
    race.is_covered = false;  // for all we note about it
    return;
  }
  if (race.earlier < base_) {
    race.is_covered = false;
    return part_->hand_back(race.earlier, whole_);
  }
  keep_needed();
  for (std::size_t i = 0; i < sequence_.size(); ++i) note_cover(race, sequence_.steps[i], i);
  trees_.add(root, at, sequence_.steps);
}

void DporSearch::keep_needed() {
  needed_.assign(sequence_.size(), false);
  // Whatever is between two steps of the sequence in happens-before is in the sequence too.
  const auto comes_before = [&](std::size_t first, std::size_t second) {
    const DporStep& one = sequence_.steps[first];
    const DporStep& other = sequence_.steps[second];
    return one.choice.thread == other.choice.thread || footprints_.are_dependent(one.footprint, other.footprint) ||
           std::ranges::find(footprints_.started(one.footprint), other.choice.thread) != footprints_.started(one.footprint).end();
  };
  for (std::size_t i = sequence_.size(); i-- > 0;) {
    needed_[i] = needed_[i] || sequence_.events[i] == kLater || std::ranges::find(in_the_way_, sequence_.events[i]) != in_the_way_.end();
    for (std::size_t k = 0; k < i && needed_[i]; ++k) needed_[k] = needed_[k] || comes_before(k, i);
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < sequence_.size(); ++i) {
    if (!needed_[i]) continue;
    sequence_.steps[kept] = sequence_.steps[i];
    sequence_.events[kept++] = sequence_.events[i];
  }
  sequence_.resize(kept);
}

// Fills sequence_ with what comes after the event and does not happen after it.
void DporSearch::find_independent_of(EventNumber earlier) {
  sequence_.clear();
  for (EventNumber event = earlier + 1; event < order_.size(); ++event) {
    if (order_.happens_before(earlier, event)) continue;
    sequence_.push(order_.step(event), event);
  }
}

// The step comes first in the sequence. That stays so if it is one of the events up to the race's.
void DporSearch::note_cover(DporRace& race, const DporStep& step, std::size_t place) {
  const bool stays = place < sequence_.events.size() && sequence_.events[place] <= race.owner;
  if (stays || !race.is_covered) return;
  const auto is_same_thread = [&](const DporStep& other) { return other.choice.thread == step.choice.thread; };
  const auto end = race.weak.begin() + race.weak_count;
  race.is_covered = race.weak_count < DporRace::kMostWeak && std::none_of(race.weak.begin(), end, is_same_thread);
  if (race.is_covered) race.weak[race.weak_count++] = step;
}

// A step's footprint depends on what came before it, so it is run, after sequence_. Nothing: it cannot be run there. It is enough to run what
// its thread must have done or waited for before, if it then does not depend on the rest.
std::optional<FootprintNumber> DporSearch::footprint_of_later(const DporRace& race) {
  if (race.later.kind != ChoiceKind::Run || race.before == DporOrder::kNone) return footprint_after(race.earlier, sequence_.steps, race.later);
  past_.clear();
  rest_.clear();
  for (std::size_t i = 0; i < sequence_.size(); ++i) {
    (order_.happens_before(sequence_.events[i], race.before) ? past_ : rest_).push_back(sequence_.steps[i]);
  }
  if (rest_.empty()) return footprint_after(race.earlier, sequence_.steps, race.later);
  const auto footprint = footprint_after(race.earlier, past_, race.later);
  if (halt_ != Halt::None) return std::nullopt;
  const auto depends = [&](const DporStep& step) { return step.choice.thread == race.later.thread || footprints_.are_dependent(step.footprint, *footprint); };
  if (footprint && std::ranges::none_of(rest_, depends)) return footprint;
  return footprint_after(race.earlier, sequence_.steps, race.later);
}

std::optional<FootprintNumber> DporSearch::footprint_after(std::size_t depth, const std::vector<DporStep>& sequence, const Choice& choice) {
  StateNumber state = nodes_[depth].state;
  const std::span steps(sequence);
  for (std::size_t i = 0; i < sequence.size(); ++i) {
    const DporMove* move = know_choice({depth, steps.first(i)}, state, sequence[i].choice, true);
    if (move == nullptr || move->error != 0) return std::nullopt;
    state = move->next;
  }
  const DporMove* move = know_choice({depth, steps}, state, choice, false);
  return move == nullptr ? std::nullopt : std::optional(move->footprint);
}

}  // namespace lockweave::explore
