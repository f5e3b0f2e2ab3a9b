#include "checker/budget.h"

#include <algorithm>

namespace lockweave {

bool BudgetWatch::look(std::uint64_t bytes) {
  peak_bytes_ = std::max(peak_bytes_, bytes);
  if (!reason_.empty()) return true;
  if (bytes > budget_.max_bytes) return stop("the limit of memory is reached");
  return glance();
}

bool BudgetWatch::glance() {
  if (budget_.interrupt != nullptr && budget_.interrupt->load(std::memory_order_relaxed)) return stop("interrupted");
  if (seconds() > budget_.max_seconds) return stop("the limit of time is reached");
  return false;
}

bool BudgetWatch::stop(std::string reason) {
  reason_ = std::move(reason);
  return true;
}

}  // namespace lockweave
