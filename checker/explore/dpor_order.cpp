#include "checker/explore/dpor_order.h"

#include <algorithm>
#include <ranges>
#include <utility>

namespace lockweave::explore {

namespace {

constexpr ThreadNumber kSmallNumbers = 4096;

}  // namespace

std::uint32_t DporOrder::known_slot_of(ThreadNumber thread) const {
  if (thread < slots_.size()) return slots_[thread];
  const auto entry = large_slots_.find(thread);
  return entry == large_slots_.end() ? kNoSlot : entry->second;
}

std::uint32_t DporOrder::slot_of(ThreadNumber thread) {
  if (const std::uint32_t known = known_slot_of(thread); known != kNoSlot) return known;
  const auto slot = static_cast<std::uint32_t>(threads_.size());
  threads_.push_back({});
  if (threads_.size() > stride_) widen_clocks();
  if (thread >= kSmallNumbers) return large_slots_[thread] = slot;
  if (thread >= slots_.size()) slots_.resize(thread + 1, kNoSlot);
  return slots_[thread] = slot;
}

void DporOrder::widen_clocks() {
  const std::size_t before = std::exchange(stride_, stride_ * 2);
  std::vector<std::uint32_t> clocks(events_.size() * stride_);
  for (std::size_t event = 0; event < size_; ++event) {
    std::copy_n(clocks_.begin() + static_cast<std::ptrdiff_t>(event * before), before, clocks.begin() + static_cast<std::ptrdiff_t>(event * stride_));
  }
  clocks_.swap(clocks);
}

void DporOrder::clear() {
  while (size_ > 0) pop();
  slots_.clear();
  large_slots_.clear();
  threads_.clear();
  visits_.clear();
}

const DporStep* DporOrder::last_of(ThreadNumber thread) const {
  const std::uint32_t slot = known_slot_of(thread);
  if (slot == kNoSlot || threads_[slot].last == kNone) return nullptr;
  return &events_[threads_[slot].last].step;
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
    if (takes) lock = i;
    const bool is_lock = lock != kNone && touch.location == touches[lock].location;  // a step may let go of it as well
    for (std::size_t k = visits.size(); k-- > 0;) {
      const Visit& visit = visits[k];
      if (events_[visit.event].slot != slot && is_conflict(visit.kind, touch.kind)) {
        // A join that comes after something else in the step was only not waited for: the step could have run up to there before.
        const bool waits_for_it = touch.kind == AccessKind::Join && i == 0;
        links_.push_back({visit.event, is_lock ? lock : i, touch.location, waits_for_it});
        if (!is_lock && !waits_for_it && visit.kind != AccessKind::Start) candidates_.push_back({visit.event, i, touch.location});
      }
      if (!is_reading(visit.kind)) break;
    }
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
    if (takes || (each && is_conflict(visit.kind, touch.kind))) candidates_.push_back({visit.event, place, touch.location});
    if (takes && !each) return;
  }
}

// Could a step that waits for the lock that `taker` took not come before the event either, because the lock is still taken? Then the two are no race, and
// the one with the taker is the one to look at. (Of locks that are watched it is not known. To look at one race too many does no harm.)
bool DporOrder::is_while_taken(const Link& taker, EventNumber event) const {
  if (footprints_.is_watched(taker.location)) return true;
  for (const Visit& visit : visits_[taker.location] | std::views::reverse) {
    if (visit.event < taker.event) break;
    if (visit.kind == AccessKind::Release) return event == visit.event || happens_before(event, visit.event);
  }
  return true;
}

void DporOrder::keep_races(std::size_t lock, EventNumber before, std::vector<EventNumber>& races) const {
  races.clear();
  for (const Link& candidate : candidates_) {
    if (std::ranges::find(races, candidate.event) != races.end()) continue;
    const auto is_between = [&](EventNumber event) { return event != candidate.event && happens_before(candidate.event, event); };
    if (before != kNone && (before == candidate.event || is_between(before))) continue;
    const bool is_ordered = std::ranges::any_of(links_, [&](const Link& link) {
      // Before what it waits for in a join the step cannot run, wherever else the two meet.
      if (link.is_join && link.event == candidate.event) return true;
      if (!is_between(link.event)) return false;
      return candidate.touch != lock || (link.touch != lock && !is_while_taken(candidate, link.event));
    });
    if (!is_ordered) races.push_back(candidate.event);
  }
}

void DporOrder::push(const DporStep& step) {
  const std::uint32_t slot = slot_of(step.choice.thread);
  for (const ThreadNumber started : footprints_.started(step.footprint)) (void)slot_of(started);
  const auto number = static_cast<EventNumber>(size_);
  if (size_ == events_.size()) {
    events_.emplace_back();
    clocks_.resize(events_.size() * stride_);
  }
  ++size_;
  Event& event = events_[number];
  Thread& thread = threads_[slot];
  event.step = step;
  event.slot = slot;
  event.previous = thread.last;
  event.before = event.previous == kNone ? thread.start : event.previous;
  event.own = ++thread.count;
  thread.last = number;
  const std::size_t lock = link(step, slot);
  std::uint32_t* clock = &clocks_[number * stride_];
  std::fill_n(clock, stride_, 0u);
  const auto join = [&](EventNumber earlier) {
    const std::uint32_t* other = &clocks_[earlier * stride_];
    for (std::size_t i = 0; i < stride_; ++i) clock[i] = std::max(clock[i], other[i]);
  };
  if (event.before != kNone) join(event.before);
  for (const Link& link : links_) join(link.event);
  clock[slot] = event.own;
  keep_races(lock, event.before, event.races);
  for (const Touch& touch : footprints_.touches(step.footprint)) visits_[touch.location].push_back({number, touch.kind});
  for (const ThreadNumber started : footprints_.started(step.footprint)) threads_[slot_of(started)].start = number;
}

void DporOrder::pop() {
  const Event& event = events_[--size_];
  for (const Touch& touch : footprints_.touches(event.step.footprint)) visits_[touch.location].pop_back();
  threads_[event.slot].last = event.previous;
  --threads_[event.slot].count;
}

bool DporOrder::is_weak_initial_after(const DporStep& step, EventNumber past, EventNumber after) const {
  const std::uint32_t slot = known_slot_of(step.choice.thread);
  EventNumber own = kNone;  // the thread's first one after `after`
  if (slot != kNoSlot) {
    for (EventNumber event = threads_[slot].last; event != kNone && event > after; event = events_[event].previous) own = event;
  }
  if (own != kNone && happens_before(past, own)) own = kNone;
  if (own != kNone && events_[own].step.choice != step.choice) return false;
  for (const Touch& touch : footprints_.touches(step.footprint)) {
    if (touch.location >= visits_.size()) continue;
    const std::vector<Visit>& visits = visits_[touch.location];
    for (std::size_t k = visits.size(); k-- > 0 && visits[k].event > after;) {
      if (visits[k].event < own && is_conflict(visits[k].kind, touch.kind) && !happens_before(past, visits[k].event)) return false;
    }
  }
  return true;
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
