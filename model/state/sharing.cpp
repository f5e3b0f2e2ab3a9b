#include "model/state/sharing.h"

#include "model/base/learnt.h"

namespace lockweave::state {
namespace {

constexpr unsigned many_threads_bit = 59;  // Vm::observer_bit gives it to every thread from this number on

std::uint64_t hash_of(SiteId site, std::uint64_t key) {
  std::uint64_t x = key ^ std::uint64_t{site} * 0x9e3779b97f4a7c15ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  return x ^ x >> 32;
}

}  // namespace

std::uint32_t Sites::HashSite::operator()(const Site& site) const { return static_cast<std::uint32_t>(hash_of(site.is_pair, site.key)); }

SiteId Sites::number_of(Site site) {
  const auto is_it = [&](const Site& known) { return known.key == site.key && known.is_pair == site.is_pair; };
  return sites_.intern(HashSite{}(site), is_it, [&] { return site; }) + 1;
}

Sharing::Entry& Sharing::find(SiteId site, std::uint64_t key) {
  if (used_ * 2 >= slots_.size()) grow();
  const std::size_t mask = slots_.size() - 1;
  std::size_t i = hash_of(site, key) & mask;
  while (slots_[i].used) {
    if (slots_[i].site == site && slots_[i].key == key) return slots_[i].entry;
    i = (i + 1) & mask;
  }
  ++used_;
  slots_[i] = Slot{.site = site, .key = key, .entry = {}, .used = true};
  return slots_[i].entry;
}

void Sharing::grow() {
  std::vector<Slot> old(slots_.size() * 2);
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (!slot.used) continue;
    std::size_t i = hash_of(slot.site, slot.key) & mask;
    while (slots_[i].used) i = (i + 1) & mask;
    slots_[i] = slot;
  }
}

void Sharing::note_change() {
  ++changes_;
  ++things_learnt();
}

const Sharing::Entry* Sharing::find_known(SiteId site, std::uint64_t key) const {
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = hash_of(site, key) & mask; slots_[i].used; i = (i + 1) & mask) {
    if (slots_[i].site == site && slots_[i].key == key) return &slots_[i].entry;
  }
  return nullptr;
}

void Sharing::follow(const Sharing& other) {
  if (follows_ && changes_ == other.changes_) return;  // without a change of slots_ the rest stays, or everything starts again
  *this = other;
  follows_ = true;
  has_news_ = refined_ = order_refined_ = false;
}

// Of what the thread holds, the right to be the only writer is only good for who is.
LockSet Sharing::own(const Entry& entry, std::uint32_t observer, LockSet held) {
  const bool is_sole_writer = entry.writers == std::uint64_t{1} << (observer & 63) && (observer & 63) < many_threads_bit;
  return is_sole_writer ? held : held & ~sole_writer;
}

void Sharing::note_held(Entry& entry, LockSet held, bool write) {
  const Entry before = entry;
  const bool is_own_open = (entry.protectors & own_protector) != 0;
  if (entry.gives_protector(write) && (held & own_protector) != 0) entry.has_own_protectors = true;
  entry.protectors &= held;
  // An object may have been given the wrong protector by who only read: while reads count, nothing is said of writes alone.
  if (write) entry.write_protectors &= held | (is_own_open && entry.has_own_protectors ? own_protector : 0);
  if (entry == before) return;
  note_change();
  const bool has_lost_own = ((before.protectors & ~entry.protectors) | (before.write_protectors & ~entry.write_protectors)) & own_protector;
  // From now on its objects are given none, or others. States that were come by with them are different ones.
  if (has_lost_own && entry.has_own_protectors) refined_ = true;
  if (entry.contended && entry.protectors == 0 && (before.protectors != 0 || before.write_protectors != entry.write_protectors)) refined_ = true;
}

void Sharing::note(Entry& entry, std::uint32_t observer, bool write) {
  const std::uint64_t bit = std::uint64_t{1} << (observer & 63);
  if (!write && entry.readers == 0 && entry.unread_writes) {  // writes were passed over: start again, with them
    entry.unread_writes = false;
    refined_ = true;
  }
  std::uint64_t& observers = write ? entry.writers : entry.readers;
  if ((observers & bit) == 0) {
    observers |= bit;
    note_change();
  }
  if (entry.contended) return;
  const std::uint64_t all = entry.readers | entry.writers;
  // The last thread bit stands for many threads, so it counts as two.
  if (entry.writers != 0 && ((all & (all - 1)) != 0 || (all >> many_threads_bit & 1) != 0)) {
    entry.contended = true;
    refined_ |= entry.protectors == 0;
  }
}

void Sharing::read_alone(SiteId site, std::uint64_t key) {
  const auto note_it = [&](Entry& entry) {
    if (entry.is_read_alone) return;
    entry.is_read_alone = true;
    note_change();
    if (entry.readers == 0 && std::exchange(entry.unread_writes, false)) refined_ = true;
  };
  if (follows_) look(site, key, note_it);
  else note_it(find(site, key));
}

void Sharing::note_if_read(Entry& entry, std::uint32_t observer) {
  if (entry.readers != 0 || entry.is_read_alone) return note(entry, observer, true);
  if (!entry.unread_writes) note_change();
  entry.unread_writes = true;
}

void Sharing::track_order(SiteId site) {
  if (follows_) {
    has_news_ = has_news_ || !tracks_order(site);
    return;
  }
  if (ordered_.size() <= site) ordered_.resize(site + 64);
  if (ordered_[site]) return;
  ordered_[site] = true;
  ++things_learnt();
  refined_ = true;
  order_refined_ = true;
}

void Sharing::track_order_quietly(SiteId site) {
  const bool refined = refined_;
  const bool order_refined = order_refined_;
  track_order(site);
  refined_ = refined;
  order_refined_ = order_refined;
}

void Sharing::watch(SiteId site) {
  if (follows_) {
    has_news_ = has_news_ || !is_watched(site);
    return;
  }
  if (watched_.size() <= site) watched_.resize(site + 64);
  if (watched_[site]) return;
  watched_[site] = true;
  ++things_learnt();
  any_watched_ = true;
  refined_ = true;
}

}  // namespace lockweave::state
