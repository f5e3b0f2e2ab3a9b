#include "model/step_memo.h"

#include <algorithm>

namespace lockweave {
namespace {

enum Flag : std::uint8_t { released = 1, visible = 2, inside_import = 4, holds_gil = 8 };

std::uint8_t flags_of(const StepReport& report) {
  return static_cast<std::uint8_t>((report.released ? released : 0) | (report.visible ? visible : 0) |
                                   (report.inside_import ? inside_import : 0) | (report.holds_gil ? holds_gil : 0));
}

}  // namespace

std::uint64_t StepMemo::hash(const StepReport& report) {
  std::uint64_t h = mix(report.instructions, flags_of(report));
  for (const Access& access : report.footprint) h = mix(mix(h, access.location.object), access.location.key ^ static_cast<std::uint64_t>(access.kind));
  for (const Event& event : report.events) h = mix(mix(h, event.subject), event.other ^ static_cast<std::uint64_t>(event.kind) << 32);
  return h;
}

std::optional<StepMemo::Key> StepMemo::key(std::span<const std::uint32_t> state, std::uint32_t section, const Choice& choice, std::uint64_t facts) {
  constexpr int facts_bits = 20;
  constexpr int section_bits = 4;
  constexpr int kind_bits = 3;
  constexpr int branch_bits = 32 - facts_bits - section_bits - kind_bits;
  if ((state[section] & has_waits) != 0 || facts >> facts_bits != 0 || section >> section_bits != 0 || choice.branch >> branch_bits != 0) return std::nullopt;
  const auto kind = static_cast<std::uint32_t>(choice.kind);
  return Key{state[0], state[1], state[section], static_cast<std::uint32_t>(facts) << 12 | section << 8 | kind << branch_bits | choice.branch};
}

StepMemo::Key StepMemo::with_waits(Key key, std::uint32_t waits) {
  key.own = own_and_waits_.try_emplace(own_and_waits(key.own, waits), next_number()).first->second;
  return key;
}

void StepMemo::insert_pair(Key key, std::uint32_t place, std::uint32_t other, Effect effect, std::uint32_t other_after, const StepReport& report, std::span<const std::uint32_t> not_held) {
  if (pairs_.size() >= max_pairs || pair_effects_.size() >= max_pairs * 4) return;
  if (key.own >= in_pairs_.size()) in_pairs_.resize(key.own + 1 + key.own / 2);
  in_pairs_[key.own] = true;
  key.own = pairs_.try_emplace({key.own, place, other}, next_number()).first->second;
  pair_effects_.emplace_back(effect.own, other_after);
  effect.own = static_cast<std::uint32_t>(pair_effects_.size() - 1);
  insert(key, effect, report, {}, not_held);
}

void StepMemo::note_question() {
  if (++asked_ % 65536 != 0 || found_ * 8 >= asked_) return;
  clear();
  is_given_up_ = true;
}

void StepMemo::insert(const Key& key, Effect effect, const StepReport& report, std::span<const std::uint32_t> held, std::span<const std::uint32_t> not_held) {
  if (is_given_up_ || report.footprint.size() > 0xffff || report.events.size() > 0xff || held.size() > 0xffff || not_held.size() > 0xffff) return;
  if (!held.empty() || !not_held.empty()) {
    guards_.push_back({static_cast<std::uint32_t>(names_.size()), static_cast<std::uint16_t>(held.size()), static_cast<std::uint16_t>(not_held.size())});
    names_.insert(names_.end(), held.begin(), held.end());
    names_.insert(names_.end(), not_held.begin(), not_held.end());
    effect.guard = static_cast<std::uint32_t>(guards_.size());
  }
  Segment& segment = segments_[segment_of(hash(key))];
  if ((segment.used + 1) * 4 > segment.entries.size() * 3) {
    constexpr std::size_t max_places = max_bytes / sizeof(Entry) / (std::size_t{1} << segment_bits);
    if (segment.entries.size() * 3 / 2 > max_places) forget_unused(segment);
    else grow(segment);
  }
  effect.report = keep(report);
  put(segment, {key, effect});
  ++segment.used;
}

void StepMemo::put(Segment& segment, const Entry& entry) {
  std::size_t i = Segment::place(hash(entry.key), segment.entries.size());
  while (segment.entries[i].effect.root != 0) i = segment.next(i);
  segment.entries[i] = entry;
}

void StepMemo::grow(Segment& segment) {
  constexpr std::size_t first_size = 16;
  std::vector<Entry> old = std::move(segment.entries);
  segment.entries.assign(old.empty() ? first_size : old.size() * 3 / 2, {});
  places_ += segment.entries.size() - old.size();
  for (const Entry& entry : old) {
    if (entry.effect.root != 0) put(segment, entry);
  }
}

void StepMemo::forget_unused(Segment& segment) {
  std::vector<Entry> kept;
  for (const Entry& entry : segment.entries) {
    if (entry.effect.root != 0 && (entry.effect.report & was_found) != 0) kept.push_back(entry);
  }
  // Nearly everything is in use: a small memory of what comes next is worth more than looking through it again and again.
  if (kept.size() * 2 > segment.entries.size()) kept.clear();
  std::fill(segment.entries.begin(), segment.entries.end(), Entry{});
  segment.used = kept.size();
  for (Entry& entry : kept) {
    entry.effect.report &= ~was_found;
    put(segment, entry);
  }
}

bool StepMemo::is_same(const ShortReport& kept, const StepReport& report) const {
  return kept.instructions == report.instructions && kept.flags == flags_of(report) && kept.accesses == report.footprint.size() &&
         kept.events == report.events.size() && std::equal(report.footprint.begin(), report.footprint.end(), accesses_.begin() + kept.first_access) &&
         std::equal(report.events.begin(), report.events.end(), events_.begin() + kept.first_event);
}

std::uint32_t StepMemo::keep(const StepReport& report) {
  if ((reports_.size() + 1) * 2 > report_table_.size()) {
    report_table_.assign(std::max<std::size_t>(256, report_table_.size() * 2), 0);
    StepReport known;
    for (std::uint32_t r = 0; r < reports_.size(); ++r) {
      fill(r, known);
      std::size_t i = hash(known) & (report_table_.size() - 1);
      while (report_table_[i] != 0) i = (i + 1) & (report_table_.size() - 1);
      report_table_[i] = r + 1;
    }
  }
  std::size_t i = hash(report) & (report_table_.size() - 1);
  for (; report_table_[i] != 0; i = (i + 1) & (report_table_.size() - 1)) {
    if (is_same(reports_[report_table_[i] - 1], report)) return report_table_[i] - 1;
  }
  ShortReport kept{.instructions = report.instructions,
                   .first_access = static_cast<std::uint32_t>(accesses_.size()),
                   .first_event = static_cast<std::uint32_t>(events_.size()),
                   .accesses = static_cast<std::uint16_t>(report.footprint.size()),
                   .events = static_cast<std::uint8_t>(report.events.size()),
                   .flags = flags_of(report)};
  accesses_.insert(accesses_.end(), report.footprint.begin(), report.footprint.end());
  events_.insert(events_.end(), report.events.begin(), report.events.end());
  reports_.push_back(kept);
  report_table_[i] = static_cast<std::uint32_t>(reports_.size());
  return static_cast<std::uint32_t>(reports_.size() - 1);
}

void StepMemo::fill(std::uint32_t number, StepReport& report) const {
  const ShortReport& kept = reports_[number & ~was_found];
  report.status = StepStatus::Done;
  report.released = kept.flags & released;
  report.visible = kept.flags & visible;
  report.inside_import = kept.flags & inside_import;
  report.holds_gil = kept.flags & holds_gil;
  report.instructions = kept.instructions;
  report.footprint.assign(accesses_.begin() + kept.first_access, accesses_.begin() + kept.first_access + kept.accesses);
  report.events.assign(events_.begin() + kept.first_event, events_.begin() + kept.first_event + kept.events);
}

void StepMemo::clear() { *this = StepMemo(); }

std::size_t StepMemo::bytes() const {
  return places_ * sizeof(Entry) + report_table_.capacity() * sizeof(std::uint32_t) +
         reports_.capacity() * sizeof(ShortReport) + accesses_.capacity() * sizeof(Access) + events_.capacity() * sizeof(Event) +
         guards_.capacity() * sizeof(Guard) + names_.capacity() * sizeof(std::uint32_t) + (own_and_waits_.size() + pairs_.size()) * 5 * sizeof(void*) +
         pair_effects_.capacity() * sizeof(pair_effects_[0]) + in_pairs_.capacity() / 8;
}

}  // namespace lockweave
