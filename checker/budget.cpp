#include "checker/budget.h"

#include <fcntl.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace lockweave {

namespace {

// What the process had before it explored anything.
std::uint64_t bytes_at_first() {
  static const std::uint64_t bytes = resident_bytes();
  return bytes;
}

}  // namespace

std::uint64_t resident_bytes() {
  static const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  static const long page = ::sysconf(_SC_PAGESIZE);
  char text[128];
  const ssize_t size = file < 0 ? -1 : ::pread(file, text, sizeof text - 1, 0);
  if (size <= 0) return 0;
  text[size] = 0;
  unsigned long long total = 0;
  unsigned long long resident = 0;
  return std::sscanf(text, "%llu %llu", &total, &resident) == 2 ? resident * static_cast<unsigned long long>(page) : 0;
}

BudgetWatch::BudgetWatch(const Budget& budget) : budget_(budget), start_(Clock::now()) { bytes_at_first(); }

// A limit that is near what the process needs to begin with, or below it, is taken to be about the exploration; then not too exactly,
// for the program's own pages come into memory as it runs.
bool BudgetWatch::is_over(std::uint64_t bytes) const {
  if (budget_.max_bytes == Budget::kUnlimited) return false;
  constexpr std::uint64_t kProgramPages = std::uint64_t{16} << 20;
  const std::uint64_t small = bytes_at_first() + std::max(budget_.max_bytes / 2, kProgramPages);
  return bytes > budget_.max_bytes || resident_bytes() > std::max(budget_.max_bytes, small);
}

bool BudgetWatch::look(std::uint64_t bytes) {
  peak_bytes_ = std::max(peak_bytes_, bytes);
  if (!reason_.empty()) return true;
  if (is_over(bytes)) {
    // Memory that was given back to the allocator only is the process's still.
    malloc_trim(0);
    if (is_over(bytes) && (!relief_ || !relief_())) return stop("the limit of memory is reached");
  }
  return glance();
}

bool BudgetWatch::glance() {
  // What was taken out of memory comes back fast, with its surroundings.
  if (relief_ && is_over(0) && !relief_()) return stop("the limit of memory is reached");
  if (budget_.interrupt != nullptr && budget_.interrupt->load(std::memory_order_relaxed)) return stop("interrupted");
  if (seconds() > budget_.max_seconds) return stop("the limit of time is reached");
  return false;
}

bool BudgetWatch::stop(std::string reason) {
  reason_ = std::move(reason);
  return true;
}

}  // namespace lockweave
