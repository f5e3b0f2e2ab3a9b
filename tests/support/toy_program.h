// Hand-made Systems: threads that are short lists of operations over locks and variables. Explorers and properties are
// tested on them, without a line of Python.
//
// Each operation is one step. A lock works as the machine's: an acquire that finds it taken parks the thread (the step
// reports `released`); when the lock is free, WakeUp takes it and goes past the acquire. Any thread that is not parked
// can run: there is no GIL.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "model/system.h"

namespace lockweave::testing {

enum class Op : std::uint8_t {
  Lock,         // a: lock
  TimedLock,    // a: lock; register = 1 if taken, 0 if it timed out
  TryLock,      // a: lock; register = 1 if taken
  Unlock,       // a: lock
  Load,         // register = variable a
  Store,        // variable a = register + b
  Set,          // variable a = b
  Choose,       // register = one of 0 … a-1
  Jump,         // to operation a
  JumpIfZero,   // to operation a if the register is 0
  Print,        // the register is appended to the thread's output
  Io,           // a step at whose end the thread stands at a release of its own
  Emit,         // an event: kind, subject a, flags b
  EnterImport,
  LeaveImport,
  Refine,       // the first a times this runs, the system says Refined
  Unsupported,  // the step cannot be run
};

struct Operation {
  Op op;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  EventKind event = EventKind::InvariantBroken;
};

using Program = std::vector<std::vector<Operation>>;

class ToyProgram final : public System {
 public:
  ToyProgram(Program threads, std::uint32_t locks, std::uint32_t variables, std::uint32_t padding = 0);

  void reset() override;
  void enabled(std::vector<Choice>& choices) override;
  void pending(const Choice&, Footprint& footprint) override { footprint.clear(); }
  const StepReport& step(const Choice& choice) override;
  void encode(StateWords& words) override { words = state_; }
  void restore(std::span<const std::uint32_t> words) override { state_.assign(words.begin(), words.end()); }
  void stands(std::vector<Standing>& standing) override {
    standing.clear();
    for (ThreadNumber thread = 0; thread < threads_.size(); ++thread) {
      if (!has_ended(thread)) standing.push_back({thread, (std::uint64_t{state_[at(thread, kPc)]} + 1) * 2 + (state_[at(thread, kParked)] != 0 ? 1 : 0)});
    }
  }
  bool is_final() override;
  void unfinished(std::vector<ThreadNumber>& threads) override;
  void waits(std::vector<Waiting>& waiting) override;
  bool inside_import(ThreadNumber thread) override { return state_[at(thread, kImport)] != 0; }
  Outcome outcome(std::vector<Event>& events) override;
  std::string serial_record() override;
  void set_recording(bool on) override { recording_ = on; }
  std::string thread_name(ThreadNumber thread) override { return "T" + std::to_string(thread); }
  std::string name_text(std::uint32_t name) override { return "name" + std::to_string(name); }
  std::string describe_thread(ThreadNumber thread) override;
  std::size_t table_bytes() const override { return 0; }
  std::unique_ptr<System> fork() override {
    auto copy = std::make_unique<ToyProgram>(*this);
    copy->origin_ = this;
    copy->reset();
    return copy;
  }
  void catch_up() override { refinements_ = origin_->refinements_; }

 private:
  enum Field : std::uint32_t { kPc, kRegister, kParked, kOutput, kImport, kFields };

  std::size_t at(ThreadNumber thread, Field field) const { return thread * kFields + field; }
  std::size_t lock_at(std::uint32_t lock) const { return threads_.size() * kFields + lock; }
  std::size_t variable_at(std::uint32_t variable) const { return lock_at(locks_) + variable; }
  bool has_ended(ThreadNumber thread) const { return state_[at(thread, kPc)] >= threads_[thread].size(); }
  const Operation& operation(ThreadNumber thread) const { return threads_[thread][state_[at(thread, kPc)]]; }
  void run(ThreadNumber thread);
  void acquire(ThreadNumber thread, std::uint32_t lock, bool waits);
  void take(ThreadNumber thread, std::uint32_t lock);

  Program threads_;
  std::uint32_t locks_;
  std::uint32_t variables_;
  std::uint32_t padding_;
  std::uint32_t refinements_ = 0;  // what the system has learned; not state
  const ToyProgram* origin_ = nullptr;  // of a fork
  bool recording_ = false;
  StateWords state_;               // thread fields, lock owners + 1, variables, padding
  StepReport report_;
};

// --- systems that everybody uses ----------------------------------------------------------------------------------------

// T0 takes lock 0 then 1, T1 takes 1 then 0; each gives both back.
ToyProgram ab_ba();
// n threads around a table: thread i takes fork i, then fork i+1; gives both back.
ToyProgram philosophers(std::uint32_t n);
// Two threads of one step each, on variables of their own: four states in the shape of a diamond.
ToyProgram diamond();
// n threads that each load a variable and store it plus one, without a lock; then each prints nothing. The sum may be lost.
ToyProgram lost_update(std::uint32_t n);
// One thread that goes round for ever between two operations, one that ends.
ToyProgram endless_loop();
// T0 holds lock 0 for ever; T1 waits for it, with a timeout, and prints 1 if it got it.
ToyProgram timed_waiter();
// One thread that prints one of 0 … n-1.
ToyProgram chooser(std::uint32_t n);
// Two threads over one variable; the first `times` runs of one operation say Refined.
ToyProgram refining(std::uint32_t times);
// n threads that each count to k in a variable of their own: (k+1)^n states of at least `padding` words.
ToyProgram counters(std::uint32_t n, std::uint32_t k, std::uint32_t padding);

}  // namespace lockweave::testing
