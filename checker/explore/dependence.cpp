#include "checker/explore/dependence.h"

#include <algorithm>

#include "checker/explore/dpor_footprints.h"

namespace lockweave::explore {

namespace {

std::uint64_t hash_of(std::span<const Access> footprint) {
  std::uint64_t hash = 0;
  const auto mix = [&](std::uint64_t word) {
    hash = (hash ^ word) * 0x9e3779b97f4a7c15ULL;
    hash ^= hash >> 29;
  };
  for (const Access& access : footprint) {
    mix(access.location.object);
    mix(access.location.key ^ static_cast<std::uint64_t>(access.kind) << 56);
  }
  return hash;
}

}  // namespace

void Dependence::clear() {
  accesses_.clear();
  starts_.assign(2, 0);
  natures_.assign(1, {});
  table_.assign(256, 0);
  known_.clear();
  ends_.clear();
}

Dependence::Nature Dependence::nature_of(std::span<const Access> footprint, bool released) const {
  const auto has = [&](AccessKind kind) { return std::ranges::find(footprint, kind, &Access::kind) != footprint.end(); };
  // One that waits for a lock waits for nothing else.
  Nature nature{.may_wait = released && !has(AccessKind::Park) && !has(AccessKind::End), .begins_or_ends = has(AccessKind::Begin) || has(AccessKind::End),
                .waits_for_lock = has(AccessKind::Park), .releases_for_another = has(AccessKind::ForeignRelease), .first_joined = {}};
  // A thread can be waited for until it begins, too.
  if (!footprint.empty() && footprint.front().kind == AccessKind::Join && ends_.contains(footprint.front().location))
    nature.first_joined = static_cast<ThreadNumber>(footprint.front().location.object & ~kThreadObject);
  return nature;
}

TouchNumber Dependence::number_of(std::span<const Access> footprint, bool released, bool holds_gil) {
  if (holds_gil) return kEverything;
  for (const Access& access : footprint) {
    if (access.kind == AccessKind::End) ends_.insert(access.location);
  }
  const Nature nature = nature_of(footprint, released);
  const std::size_t mask = table_.size() - 1;
  std::size_t place = hash_of(footprint) & mask;
  for (; table_[place] != 0; place = (place + 1) & mask) {
    if (natures_[table_[place]].may_wait == nature.may_wait && std::ranges::equal(accesses_of(table_[place]), footprint)) return table_[place];
  }
  const auto number = static_cast<TouchNumber>(count());
  table_[place] = number;
  accesses_.insert(accesses_.end(), footprint.begin(), footprint.end());
  starts_.push_back(accesses_.size());
  natures_.push_back(nature);
  if (count() * 2 > table_.size()) grow();
  return number;
}

std::optional<TouchNumber> Dependence::renamed(TouchNumber number, const std::function<std::optional<Access>(const Access&)>& rename) {
  if (number == kEverything || natures_[number].may_wait || natures_[number].begins_or_ends) return std::nullopt;
  Footprint footprint;
  for (const Access& access : accesses_of(number)) {
    const std::optional<Access> moved = rename(access);
    if (!moved) return std::nullopt;
    footprint.push_back(*moved);
  }
  return number_of(footprint, /*released=*/false, /*holds_gil=*/false);
}

void Dependence::grow() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (TouchNumber number = 1; number < count(); ++number) {
    std::size_t place = hash_of(accesses_of(number)) & mask;
    while (table_[place] != 0) place = (place + 1) & mask;
    table_[place] = number;
  }
}

bool Dependence::are_dependent(TouchNumber left, TouchNumber right) {
  if (left == kEverything || right == kEverything) return true;
  const auto [less, more] = std::minmax(left, right);
  if (more >= kMostKnown) return find_out(left, right);
  const std::size_t place = std::size_t{more} * (more + 1) / 2 + less;
  if (place >= known_.size()) known_.resize(std::size_t{more + 1} * (more + 2) / 2, Known::No);
  if (known_[place] == Known::No) known_[place] = find_out(left, right) ? Known::Dependent : Known::Independent;
  return known_[place] == Known::Dependent;
}

bool Dependence::find_out(TouchNumber left, TouchNumber right) const {
  const Nature one_nature = natures_[left], other_nature = natures_[right];
  if ((one_nature.may_wait && other_nature.begins_or_ends) || (other_nature.may_wait && one_nature.begins_or_ends)) return true;
  return std::ranges::any_of(accesses_of(left), [&](const Access& one) {
    return std::ranges::any_of(accesses_of(right), [&](const Access& other) {
      return one.location == other.location && is_conflict(one.kind, other.kind);
    });
  });
}

}  // namespace lockweave::explore
