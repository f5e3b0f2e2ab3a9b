// Who helps in a DPOR exploration, what each has heard of so far, and the tasks that are out.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "checker/explore/dpor_footprints.h"
#include "checker/explore/dpor_helpers.h"
#include "checker/explore/dpor_task.h"
#include "checker/explore/explorer.h"
#include "model/system.h"

namespace lockweave::explore {

class DporSearch;

class DporCrew {
 public:
  static constexpr std::size_t kNone = DporHelpers::kNone;
  // A task that is out, for the leaf that it is about; never 0.
  using Mark = std::uint32_t;
  // What a helper lets be seen while it works.
  struct Signs {
    std::atomic<bool> is_in_trouble{false};  // it met what it has to leave to the giver
    std::atomic<std::uint64_t> bytes{0};
  };

  // Each explores on a fork of the system, which outlives the crew, as the options do. Null: it cannot be forked. The system may be moved.
  // No helper is ready while more than `most_bytes` have come back and are not taken over.
  static std::unique_ptr<DporCrew> gather(System& system, const ExploreOptions& options, std::uint64_t most_bytes);
  // Tells them to leave off, and waits until they do.
  ~DporCrew();
  DporCrew(const DporCrew&) = delete;
  DporCrew& operator=(const DporCrew&) = delete;

  // One who can do with a task after so many steps of the giver's, or kNone.
  std::size_t find_ready(std::uint64_t steps);
  // Begun for that helper: with what it has not heard of yet.
  std::unique_ptr<DporTask> begin_task(std::size_t helper, const DporFootprints& footprints);
  Mark give(std::unique_ptr<DporTask> task);
  // The task came to nothing, but what was in the way may be gone by now.
  bool is_worth_another(Mark mark) const;
  // As far as it is done.
  std::unique_ptr<DporTask> take_back(Mark mark);
  // The helper that did the task knows footprints that nobody should know yet.
  void note_stale(const DporTask& task) { helpers_[task.helper]->is_stale = true; }

  // The helpers' tables, and what has come back.
  std::uint64_t bytes() const;

 private:
  struct Helper {
    std::unique_ptr<System> cursor;
    std::unique_ptr<DporSearch> search;
    std::size_t told = 0;       // so many footprints it has heard of
    bool is_stale = false;      // it knows footprints that nobody should know yet
    std::uint64_t next_at = 0;  // not before that step is it given another task
    std::uint64_t pause = 0;
    Signs signs;
  };

  explicit DporCrew(std::uint64_t most_bytes);
  static bool is_ready(Helper& helper, std::uint64_t steps);

  std::uint64_t most_bytes_;
  std::atomic<std::uint64_t> handed_in_bytes_{0};  // of tasks that are done and not taken over
  std::vector<std::unique_ptr<Helper>> helpers_;
  std::vector<std::unique_ptr<DporTask>> tasks_;   // by mark - 1; null: taken back
  std::unique_ptr<DporHelpers> threads_;           // the last: they use the others
};

}  // namespace lockweave::explore
