#include "model/thread_view.h"

#include <algorithm>

#include "model/base/check.h"

namespace lockweave {
namespace {

namespace slot = state::slot;
namespace part_word = state::part_word;
using state::ObjectId;
using state::Tag;
using state::ThreadStatus;
using state::Value;
using Words = std::span<const std::uint32_t>;

constexpr std::size_t root_section = 0;
constexpr std::size_t global_section = 1;
constexpr std::size_t first_thread_section = 2;

Value slot_in(std::span<const std::uint64_t> part, std::size_t index) { return Value::from_bits(part[part_word::first_slot + index]); }

template <typename T>
T& at(std::vector<T>& table, std::uint32_t number) {
  if (number >= table.size()) table.resize(number + 1 + number / 2);
  return table[number];
}

}  // namespace

Value ThreadView::root_slot(Words words, std::size_t slot) const { return slot_in(tables_->parts.words(words[root_section]), slot); }

ThreadNumber ThreadView::number_of(Words words, std::size_t thread) const {
  return static_cast<ThreadNumber>(root_slot(words, slot::root::threads + 2 * thread).as_int());
}

std::size_t ThreadView::place_of(Words words, ThreadNumber number) const {
  std::size_t place = 0;
  while (number_of(words, place) != number) ++place;
  return place;
}

// The part of the object in a section; 0 if it is not there, or there as in the base image.
std::uint32_t ThreadView::part_in(std::uint32_t section, ObjectId id) {
  tables_->sections.expand(section, list_);
  const auto found = std::ranges::find_if(list_, [&](std::uint32_t part) { return static_cast<ObjectId>(tables_->parts.words(part)[part_word::name]) == id; });
  return found == list_.end() ? 0 : *found;
}

ThreadView::Thread ThreadView::thread(Words words, std::size_t thread) {
  Thread& known = at(threads_, words[first_thread_section + thread]);
  if (known.status == unknown) read_thread(words, thread, known);
  return known;
}

void ThreadView::read_thread(Words words, std::size_t thread, Thread& found) {
  const ObjectId id = root_slot(words, slot::root::threads + 2 * thread + 1).object_id();
  const std::uint32_t own = part_in(words[first_thread_section + thread], id);
  const auto part = tables_->parts.words(own != 0 ? own : canonical_->base_part(id));
  const Value waits_for = slot_in(part, slot::thread::waits_for);
  if (waits_for.is_object()) found.waits_for = waits_for.object_id();
  if (waits_for.is_int()) found.waits_for = static_cast<std::uint32_t>(waits_for.as_int());
  found.timed = slot_in(part, slot::thread::handled).is(Tag::True);
  found.outside = slot_in(part, slot::thread::gil_check) == Value::small_int(static_cast<int>(state::GilCheck::Outside));
  found.daemon = slot_in(part, slot::thread::daemon).is(Tag::True);
  found.started = slot_in(part, slot::thread::started).is(Tag::True);
  found.interrupts = slot_in(part, slot::thread::interrupts);
  found.interruptible = slot_in(part, slot::thread::interruptible);
  found.is_in_blocking_call = waits_for != Value::object(0) && slot_in(part, slot::thread::restored_depth).is_unset();
  found.status = static_cast<std::uint8_t>(slot_in(part, slot::thread::status).as_int());
}

ThreadView::Thread ThreadView::thread_with(Words words, ObjectId id) {
  for (std::size_t i = 0; i < count(words); ++i) {
    if (root_slot(words, slot::root::threads + 2 * i + 1).object_id() == id) return thread(words, i);
  }
  LOCKWEAVE_CHECK(false, "a thread waits for one that is not there");
  return {};
}

ThreadView::Lock ThreadView::lock(Words words, ObjectId id) {
  if (id == 0) return {root_slot(words, slot::root::import_lock_taken).as_int() != 0, true, root_slot(words, slot::root::import_lock_owner)};
  std::uint32_t part = 0;
  for (std::size_t section = global_section; part == 0 && section < words.size(); ++section) part = part_in(words[section], id);
  if (part == 0) part = canonical_->base_part(id);
  const auto content = tables_->parts.words(part);
  return {slot_in(content, slot::lock::taken).as_int() != 0, part_word::kind(content[part_word::header]) == state::ObjectKind::RLock,
          slot_in(content, slot::lock::owner)};
}

ThreadView::LockBits ThreadView::lock_bits(Words words, ObjectId id) {
  constexpr std::size_t most = 16;
  const auto read = [&] {
    const Lock found = lock(words, id);
    return !found.taken ? lock_free : found.reentrant ? reentrant_lock_taken : lock_taken;
  };
  if (id == 0) return read();
  auto known = std::ranges::find(lock_ids_, id);
  if (known == lock_ids_.end()) {
    // Only a lock that is global, or in the base image, is known by the global section.
    const bool is_global = canonical_->is_base(id) || part_in(words[global_section], id) != 0;
    if (!is_global || lock_ids_.size() == most) return read();
    known = lock_ids_.insert(known, id);
  }
  const auto shift = static_cast<unsigned>(2 * (known - lock_ids_.begin()));
  if (const std::uint32_t bits = at(locks_, words[global_section]) >> shift & 3; bits != lock_unknown) return static_cast<LockBits>(bits);
  const LockBits bits = read();
  if (canonical_->is_base(id) || part_in(words[global_section], id) != 0) locks_[words[global_section]] |= bits << shift;
  return bits;
}

bool ThreadView::is_final(Words words) {
  if (root_slot(words, slot::root::is_dead).is(Tag::True)) return true;
  for (std::size_t i = 0; i < count(words); ++i) {
    const Thread t = thread(words, i);
    if (!t.is(ThreadStatus::Ended) && !t.daemon) return false;
  }
  return true;
}

void ThreadView::unfinished(Words words, std::vector<ThreadNumber>& threads) {
  threads.clear();
  if (root_slot(words, slot::root::is_dead).is(Tag::True)) return;
  for (std::size_t i = 0; i < count(words); ++i) {
    const Thread t = thread(words, i);
    if (!t.is(ThreadStatus::Ended) && !t.daemon) threads.push_back(number_of(words, i));
  }
}

void ThreadView::enabled(Words words, bool timeouts_last, std::vector<Choice>& choices) {
  choices.clear();
  if (is_final(words)) return;
  const Value holder = root_slot(words, slot::root::gil_holder);
  bool only_timeouts = true;
  for (std::size_t i = 0; i < count(words); ++i) {
    const ThreadNumber number = number_of(words, i);
    const Thread t = thread(words, i);
    const bool has_or_gets_gil = holder.is_unset() || holder.as_int() == number;
    const bool gil_free = has_or_gets_gil || t.outside;
    const auto add = [&](ChoiceKind kind, std::uint32_t branch = 0) {
      choices.push_back({number, kind, branch});
      if (kind != ChoiceKind::Timeout && kind != ChoiceKind::Interrupt) only_timeouts = false;
    };
    switch (static_cast<ThreadStatus>(t.status)) {
      case ThreadStatus::Ready: case ThreadStatus::GotLock: case ThreadStatus::TimedOut:
        if (gil_free) add(ChoiceKind::Run);
        break;
      case ThreadStatus::Lock:
        if (lock_bits(words, t.waits_for) == lock_free) add(ChoiceKind::WakeUp);
        if (t.timed) add(ChoiceKind::Timeout);
        break;
      case ThreadStatus::Join:
        if (gil_free && thread_with(words, t.waits_for).is(ThreadStatus::Ended)) add(ChoiceKind::Run);
        if (t.timed) add(ChoiceKind::Timeout);
        break;
      case ThreadStatus::Started:
        if (gil_free && thread_with(words, t.waits_for).started) add(ChoiceKind::Run);
        break;
      case ThreadStatus::Choosing:
        for (std::uint32_t b = 0; gil_free && b < t.waits_for; ++b) add(ChoiceKind::Branch, b);
        break;
      case ThreadStatus::Gil:
        if (has_or_gets_gil) add(ChoiceKind::Run);
        break;
      case ThreadStatus::Stopped: case ThreadStatus::Ended:
        break;
    }
    if (t.interrupts.is_unset()) continue;
    const state::InterruptsOfThread interrupts{
        .pending = t.interrupts, .points = t.interruptible, .status = static_cast<ThreadStatus>(t.status), .is_in_blocking_call = t.is_in_blocking_call};
    interrupts.for_each([&](std::uint32_t which) { add(ChoiceKind::Interrupt, which); });
  }
  state::add_that_none_comes(choices, [&](ThreadNumber number) { return thread(words, place_of(words, number)).interrupts; });
  if (timeouts_last && !only_timeouts) std::erase_if(choices, [](const Choice& c) { return c.kind == ChoiceKind::Timeout; });
}

bool ThreadView::can_step(Words words) {
  enabled(words, false, choices_);
  return std::ranges::any_of(choices_, [](const Choice& choice) { return choice.kind != ChoiceKind::Interrupt; });
}

void ThreadView::waits(Words words, std::vector<Waiting>& waiting) {
  waiting.clear();
  for (std::size_t i = 0; i < count(words); ++i) {
    const Thread t = thread(words, i);
    if (t.is(ThreadStatus::Lock) || t.is(ThreadStatus::Join) || t.is(ThreadStatus::Started)) waiting.push_back(wait_of(words, i, t));
  }
}

Waiting ThreadView::wait_of(Words words, std::size_t place, Thread waiter) {
  Waiting wait{.thread = number_of(words, place), .kind = WaitKind::Join, .timed = waiter.timed, .has_owner = false, .owner = 0, .object = {}};
  if (waiter.is(ThreadStatus::Lock)) {
    wait.kind = WaitKind::Lock;
    const LockBits bits = lock_bits(words, waiter.waits_for);
    // As in Vm::waits: a plain lock has an owner only where nobody can give it back.
    if (bits == lock_free || (bits == lock_taken && can_step(words))) return wait;
    const Value owner = lock(words, waiter.waits_for).owner;
    wait.has_owner = !owner.is_unset();
    if (wait.has_owner) wait.owner = static_cast<ThreadNumber>(owner.as_int());
    if (wait.owner == wait.thread && waiter.waits_for != 0 && is_final(words)) wait.has_owner = false;
    return wait;
  }
  const Thread other = thread_with(words, waiter.waits_for);
  if (waiter.is(ThreadStatus::Started)) wait.kind = WaitKind::Started;
  wait.has_owner = waiter.is(ThreadStatus::Started) ? !other.started : !other.is(ThreadStatus::Ended);
  for (std::size_t i = 0; i < count(words); ++i) {
    if (root_slot(words, slot::root::threads + 2 * i + 1).object_id() == waiter.waits_for) wait.owner = number_of(words, i);
  }
  return wait;
}

}  // namespace lockweave
