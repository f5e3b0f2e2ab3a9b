#include "model/state/creations.h"

#include <algorithm>

namespace lockweave::state {

Creations::Made Creations::make(std::uint32_t history, std::uint32_t thread, SiteId site) {
  const std::scoped_lock lock(mutex_);
  Counts counts = histories_[history];
  auto entry = std::ranges::lower_bound(counts, site, {}, &Counts::value_type::first);
  if (entry == counts.end() || entry->first != site) entry = counts.insert(entry, {site, 0});
  if (entry->second == kMostNumbered) return {history, 0};
  const Maker maker{.thread = thread, .site = site, .count = ++entry->second};
  const auto [known, is_new] = history_numbers_.try_emplace(counts, static_cast<std::uint32_t>(histories_.size()));
  if (is_new) histories_.push_back(std::move(counts));
  return {known->second, name_of(maker)};
}

bool Creations::is_told_apart(SiteId site) const {
  const std::scoped_lock lock(mutex_);
  return site < told_apart_.size() && told_apart_[site];
}

void Creations::tell_apart(SiteId site) {
  const std::scoped_lock lock(mutex_);
  if (told_apart_.size() <= site) told_apart_.resize(site + 64);
  told_apart_[site] = true;
}

CreationId Creations::part_of(ObjectId base) {
  const std::scoped_lock lock(mutex_);
  return name_of({.base = base});
}

ObjectId Creations::base_of(CreationId name) const {
  const std::scoped_lock lock(mutex_);
  return makers_[name].base;
}

CreationId Creations::name_of(const Maker& maker) {
  const auto known = names_.find(maker);
  if (known != names_.end()) return known->second;
  if (makers_.size() == kMostNames) return 0;
  const auto name = static_cast<CreationId>(makers_.size());
  makers_.push_back(maker);
  names_.emplace(maker, name);
  return name;
}

}  // namespace lockweave::state
