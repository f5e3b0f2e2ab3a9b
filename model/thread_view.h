// What a state says of its threads, read off its words: who can go on, who waits for what. It is what Vm::enabled, Vm::is_final and
// Vm::waits say of the same state in the heap (MachineOptions::verify_states compares), and needs no heap.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/state/canonical.h"
#include "model/state/interrupt.h"
#include "model/step.h"

namespace lockweave {

class ThreadView {
 public:
  ThreadView(const state::Canonical& canonical, const state::CanonicalTables& tables) : canonical_(&canonical), tables_(&tables) {}

  void enabled(std::span<const std::uint32_t> words, bool timeouts_last, std::vector<Choice>& choices);
  bool is_final(std::span<const std::uint32_t> words);
  void unfinished(std::span<const std::uint32_t> words, std::vector<ThreadNumber>& threads);
  // Without the objects in words.
  void waits(std::span<const std::uint32_t> words, std::vector<Waiting>& waiting);
  std::size_t bytes() const { return threads_.capacity() * sizeof(Thread) + locks_.capacity() * sizeof(locks_[0]); }

 private:
  static constexpr std::uint8_t unknown = 0xff;
  struct Thread {
    std::uint32_t waits_for = 0;  // lock or thread; or how many answers a choice has
    std::uint8_t status = unknown;
    bool timed = false;
    bool daemon = false;
    bool started = false;
    bool outside = false;
    bool is_in_blocking_call = false;  // what a signal handler can break into, if it waits
    state::Value interrupts;      // slot::thread::interrupts
    state::Value interruptible;
    bool is(state::ThreadStatus other) const { return status == static_cast<std::uint8_t>(other); }
  };
  struct Lock {
    bool taken = false;
    bool reentrant = false;
    state::Value owner;
  };
  enum LockBits : std::uint32_t { lock_unknown, lock_free, lock_taken, reentrant_lock_taken };

  std::size_t count(std::span<const std::uint32_t> words) const { return words.size() - 3; }
  state::Value root_slot(std::span<const std::uint32_t> words, std::size_t slot) const;
  ThreadNumber number_of(std::span<const std::uint32_t> words, std::size_t thread) const;
  std::size_t place_of(std::span<const std::uint32_t> words, ThreadNumber number) const;
  Thread thread(std::span<const std::uint32_t> words, std::size_t thread);
  Thread thread_with(std::span<const std::uint32_t> words, state::ObjectId id);
  void read_thread(std::span<const std::uint32_t> words, std::size_t thread, Thread& found);
  std::uint32_t part_in(std::uint32_t section, state::ObjectId id);
  Lock lock(std::span<const std::uint32_t> words, state::ObjectId id);
  LockBits lock_bits(std::span<const std::uint32_t> words, state::ObjectId id);
  bool can_step(std::span<const std::uint32_t> words);
  Waiting wait_of(std::span<const std::uint32_t> words, std::size_t place, Thread waiter);

  const state::Canonical* canonical_;
  const state::CanonicalTables* tables_;
  std::vector<Thread> threads_;             // by number of the thread's section
  std::vector<std::uint32_t> locks_;        // by number of the global section: two bits for each of lock_ids_
  std::vector<state::ObjectId> lock_ids_;   // global locks that somebody has waited for
  std::vector<std::uint32_t> list_;
  std::vector<Choice> choices_;
};

}  // namespace lockweave
