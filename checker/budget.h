// What an exploration may spend. A spent budget is an ordinary end: verdict `incomplete`, with what is known.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <string>

namespace lockweave {

struct Budget {
  static constexpr std::uint64_t kUnlimited = std::numeric_limits<std::uint64_t>::max();

  std::uint64_t max_states = kUnlimited;
  std::uint64_t max_bytes = kUnlimited;  // of memory that the whole process has
  double max_seconds = std::numeric_limits<double>::infinity();
  // Set by Ctrl-C; owned by the command line, which outlives every check. May be null.
  const std::atomic<bool>* interrupt = nullptr;
};

// Looks at a budget while time passes. States are compared at every call, the rest only now and then: it costs more.
class BudgetWatch {
 public:
  explicit BudgetWatch(const Budget& budget);

  // `bytes` is a function, called only when the costly part is looked at.
  template <typename Bytes>
  bool is_spent(std::uint64_t states, Bytes&& bytes) {
    if (!reason_.empty()) return true;
    if (states > budget_.max_states) return stop("the limit of states is reached");
    ++calls_;
    // The first steps one by one: a program that only runs in circles makes few and long ones. Memory is looked at after numbers of
    // calls that are the same in every run.
    if (calls_ <= kCallsBetweenLooks || calls_ % kCallsBetweenLooks == 1) return look(bytes());
    return calls_ % kCallsBetweenGlances == 0 && glance();
  }

  // Called before a limit of memory ends the run: gives memory back, if it can, and says whether it has.
  void set_relief(std::function<bool()> relief) { relief_ = std::move(relief); }

  // Looks at time, memory and the interrupt now. Memory is what the process has, and `bytes`, the tables counted one by one: that is the
  // same in every run, what the process has is nearly so.
  bool look(std::uint64_t bytes);

  double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }
  std::uint64_t peak_bytes() const { return peak_bytes_; }
  // Why it stopped, in words; empty: it did not.
  const std::string& reason() const { return reason_; }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::uint64_t kCallsBetweenLooks = 256;
  static constexpr std::uint64_t kCallsBetweenGlances = 8;

  bool glance();  // at time and interrupt only
  bool stop(std::string reason);
  bool is_over(std::uint64_t bytes) const;

  Budget budget_;
  Clock::time_point start_;
  std::uint64_t calls_ = 0;
  std::uint64_t peak_bytes_ = 0;
  std::string reason_;
  std::function<bool()> relief_;
};

// What the process has of memory at the moment, in bytes; 0 where that cannot be known.
std::uint64_t resident_bytes();

}  // namespace lockweave
