#include "checker/explore/dpor_order.h"

#include <algorithm>

namespace lockweave::explore {

std::uint32_t DporOrder::slot_of(ThreadNumber thread) {
  const auto [entry, is_new] = slots_.try_emplace(thread, static_cast<std::uint32_t>(threads_.size()));
  if (is_new) threads_.push_back({});
  return entry->second;
}

void DporOrder::clear() {
  while (!events_.empty()) pop();
  slots_.clear();
  threads_.clear();
  visits_.clear();
}

const DporStep* DporOrder::last_of(ThreadNumber thread) const {
  const auto entry = slots_.find(thread);
  if (entry == slots_.end() || threads_[entry->second].last == kNone) return nullptr;
  return &events_[threads_[entry->second].last].step;
}

// A step that takes a lock as its first access and that cannot be run while the lock is taken.
bool DporOrder::waits_for_lock(const DporStep& step) const {
  const Touch* first = footprints_.first_touch(step.footprint);
  if (first == nullptr || first->kind != AccessKind::Acquire) return false;
  return step.choice.kind == ChoiceKind::WakeUp || !footprints_.is_watched(first->location);
}

// Fills links_ with what comes before the step on the locations it touches, and candidates_ with those of them that it may be in a race with.
// Gives which of its touches is the lock it may have to wait for, or kNone.
std::size_t DporOrder::link(const DporStep& step, std::uint32_t slot) {
  std::size_t lock = kNone;
  links_.clear();
  candidates_.clear();
  const std::vector<Touch>& touches = footprints_.touches(step.footprint);
  if (visits_.size() < footprints_.location_count()) visits_.resize(footprints_.location_count());
  const bool waits = waits_for_lock(step);
  for (std::size_t i = 0; i < touches.size(); ++i) {
    const Touch& touch = touches[i];
    const std::vector<Visit>& visits = visits_[touch.location];
    const bool takes = waits && &touch == footprints_.first_touch(step.footprint);
    for (std::size_t k = visits.size(); k-- > 0;) {
      const Visit& visit = visits[k];
      if (events_[visit.event].slot != slot && is_conflict(visit.kind, touch.kind)) {
        links_.push_back({visit.event, i});
        if (!takes && is_race(visit.kind, touch.kind)) candidates_.push_back({visit.event, i});
      }
      if (!is_reading(visit.kind)) break;
    }
    if (takes) lock = i;
    if (takes) find_takers(touch, i, slot, footprints_.is_watched(touch.location));
  }
  return lock;
}

// Who took the lock before: in its place the waiting thread could have taken it. What others did with the lock while it was taken, and
// its release, are no race: the waiting thread cannot run before them. `each`: it is not that simple (the location may stand for several
// locks, a lock may be looked at while it is free), so each of them is tried.
void DporOrder::find_takers(const Touch& touch, std::size_t place, std::uint32_t slot, bool each) {
  const std::vector<Visit>& visits = visits_[touch.location];
  for (std::size_t k = visits.size(); k-- > 0;) {
    const Visit& visit = visits[k];
    if (events_[visit.event].slot == slot) {
      if (each && is_reading(visit.kind)) continue;
      return;
    }
    const bool takes = visit.kind == AccessKind::Acquire || visit.kind == AccessKind::TryAcquire;
    if (takes || (each && is_conflict(visit.kind, touch.kind))) candidates_.push_back({visit.event, place});
    if (takes && !each) return;
  }
}

void DporOrder::keep_races(std::size_t lock, EventNumber before, std::vector<EventNumber>& races) const {
  races.clear();
  for (const Link& candidate : candidates_) {
    if (std::ranges::find(races, candidate.event) != races.end()) continue;
    const auto is_between = [&](EventNumber event) { return event != candidate.event && happens_before(candidate.event, event); };
    if (before != kNone && (before == candidate.event || is_between(before))) continue;
    const bool is_ordered = std::ranges::any_of(links_, [&](const Link& link) {
      const bool same_lock = candidate.touch == lock && link.touch == lock;
      return !same_lock && is_between(link.event);
    });
    if (!is_ordered) races.push_back(candidate.event);
  }
}

void DporOrder::push(const DporStep& step) {
  const std::uint32_t slot = slot_of(step.choice.thread);
  const auto number = static_cast<EventNumber>(events_.size());
  Event event;
  event.step = step;
  event.slot = slot;
  event.previous = threads_[slot].last;
  event.before = event.previous == kNone ? threads_[slot].start : event.previous;
  event.own = ++threads_[slot].count;
  threads_[slot].last = number;
  const std::size_t lock = link(step, slot);
  keep_races(lock, event.before, event.races);
  const auto join = [&](EventNumber earlier) {
    const std::vector<std::uint32_t>& other = events_[earlier].clock;
    if (event.clock.size() < other.size()) event.clock.resize(other.size());
    for (std::size_t i = 0; i < other.size(); ++i) event.clock[i] = std::max(event.clock[i], other[i]);
  };
  event.clock.resize(threads_.size());
  if (event.before != kNone) join(event.before);
  for (const Link& link : links_) join(link.event);
  event.clock[slot] = event.own;
  for (const Touch& touch : footprints_.touches(step.footprint)) visits_[touch.location].push_back({number, touch.kind});
  for (const ThreadNumber started : footprints_.started(step.footprint)) threads_[slot_of(started)].start = number;
  events_.push_back(std::move(event));
}

void DporOrder::pop() {
  const Event& event = events_.back();
  for (const Touch& touch : footprints_.touches(event.step.footprint)) visits_[touch.location].pop_back();
  threads_[event.slot].last = event.previous;
  --threads_[event.slot].count;
  events_.pop_back();
}

void DporOrder::races_of_blocked(const DporStep& step, std::vector<EventNumber>& races) {
  const std::uint32_t slot = slot_of(step.choice.thread);
  const EventNumber before = threads_[slot].last == kNone ? threads_[slot].start : threads_[slot].last;
  links_.clear();
  candidates_.clear();
  if (visits_.size() < footprints_.location_count()) visits_.resize(footprints_.location_count());
  const Touch touch{footprints_.parked_at(step.footprint)->location, AccessKind::Acquire};
  find_takers(touch, 0, slot, footprints_.is_watched(touch.location));
  keep_races(0, before, races);
}

}  // namespace lockweave::explore
