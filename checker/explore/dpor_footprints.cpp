#include "checker/explore/dpor_footprints.h"

#include <algorithm>

namespace lockweave::explore {

namespace {

constexpr bool is_of_locks(AccessKind kind) {
  switch (kind) {
    case AccessKind::Acquire: case AccessKind::Release: case AccessKind::TryAcquire: case AccessKind::FailedTry:
    case AccessKind::OwnTry: case AccessKind::ForeignRelease: case AccessKind::Park:
      return true;
    default:
      return false;
  }
}

constexpr bool is_release(AccessKind kind) { return kind == AccessKind::Release || kind == AccessKind::ForeignRelease; }

}  // namespace

LocationNumber DporFootprints::location_number(const Location& location) {
  const auto [entry, is_new] = locations_.try_emplace(location, static_cast<LocationNumber>(natures_.size()));
  if (is_new) {
    natures_.push_back({.is_thread = (location.object & kThreadObject) != 0, .is_lock = false, .is_looked_at = false,
                        .is_many = (location.object & kManyObjects) != 0, .is_wait = (location.object & kThreadWaits) != 0});
  }
  return entry->second;
}

void DporFootprints::learn(const Footprint& footprint) {
  for (std::size_t i = 0; i < footprint.size(); ++i) {
    Nature& nature = natures_[location_number(footprint[i].location)];
    if (nature.is_thread) continue;
    const bool was_watched = nature.is_watched();
    const bool was_plain_lock = nature.is_lock && !was_watched;
    nature.is_lock |= is_of_locks(footprint[i].kind);
    nature.is_looked_at |= footprint[i].kind == AccessKind::Read;
    for (std::size_t k = 0; k < i && !nature.is_looked_at; ++k) {
      nature.is_looked_at = footprint[k].location == footprint[i].location && is_release(footprint[k].kind);
    }
    mistaken_ |= was_plain_lock && nature.is_watched();
    if (nature.is_watched() && !was_watched) ++watched_count_;
  }
  learn_waits(footprint);
}

// A thread that waits is told from one that has not come yet by who looks at what it waits for.
void DporFootprints::learn_waits(const Footprint& footprint) {
  for (const Access& access : footprint) {
    const LocationNumber wait = location_number(access.location);
    if (!natures_[wait].is_wait) continue;
    if (access.kind == AccessKind::Write) {
      for (const Access& other : footprint) {
        const LocationNumber at = location_number(other.location);
        const bool waits = other.kind == AccessKind::Park || (natures_[at].is_thread && (other.kind == AccessKind::Join || other.kind == AccessKind::FailedTry));
        if (waits) natures_[wait].waits_at.push_back(at);
      }
    }
    if (!natures_[wait].is_looked_at) continue;
    for (const LocationNumber at : std::exchange(natures_[wait].waits_at, {})) look_at(at);
  }
}

void DporFootprints::look_at(LocationNumber lock) {
  Nature& nature = natures_[lock];
  are_waits_for_threads_seen_ |= nature.is_thread;
  if (nature.is_thread) return;
  if (nature.is_lock && !nature.is_watched()) {
    mistaken_ = true;
    ++watched_count_;
  }
  nature.is_looked_at = true;
}

FootprintNumber DporFootprints::number_of(const Footprint& footprint) {
  if (const auto known = numbers_.find(footprint); known != numbers_.end()) return known->second;
  learn(footprint);
  Entry entry;
  for (const Access& access : footprint) {
    entry.touches.push_back({location_number(access.location), access.kind});
    any_parked_ |= access.kind == AccessKind::Park;
    if (access.kind == AccessKind::Start) entry.started.push_back(static_cast<ThreadNumber>(access.location.object & ~kThreadObject));
  }
  const auto number = static_cast<FootprintNumber>(entries_.size());
  entry.footprint = &numbers_.emplace(footprint, number).first->first;
  entries_.push_back(std::move(entry));
  return number;
}

bool DporFootprints::are_dependent(FootprintNumber left, FootprintNumber right) const {
  for (const Touch& one : entries_[left].touches) {
    for (const Touch& other : entries_[right].touches) {
      if (one.location == other.location && is_conflict(one.kind, other.kind)) return true;
    }
  }
  return false;
}

const Touch* DporFootprints::first_touch(FootprintNumber number) const {
  for (const Touch& touch : entries_[number].touches) {
    if (touch.kind != AccessKind::Join) return &touch;
  }
  return nullptr;
}

const Touch* DporFootprints::parked_at(FootprintNumber number) const {
  const auto touch = std::ranges::find(entries_[number].touches, AccessKind::Park, &Touch::kind);
  return touch == entries_[number].touches.end() ? nullptr : &*touch;
}

bool DporFootprints::is_blocked(FootprintNumber number) const {
  const Touch* touch = first_touch(number);
  if (touch == nullptr || touch->kind != AccessKind::Park || is_watched(touch->location)) return false;
  return std::ranges::none_of(entries_[number].touches, [&](const Touch& other) { return other.kind == AccessKind::Write && !natures_[other.location].is_wait; });
}

}  // namespace lockweave::explore
