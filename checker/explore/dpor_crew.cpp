#include "checker/explore/dpor_crew.h"

#include <algorithm>
#include <utility>

#include "checker/explore/dpor_search.h"

namespace lockweave::explore {

namespace {

constexpr std::uint64_t kFewSteps = 32;

// Of what comes back, most.
std::uint64_t bytes_of(const DporTask& task) {
  return task.reversed.size() * sizeof(DporStep) + task.reversals.size() * sizeof(DporTask::Reversal);
}

}  // namespace

DporCrew::DporCrew(std::uint64_t most_bytes) : most_bytes_(most_bytes) {}

std::unique_ptr<DporCrew> DporCrew::gather(System& system, const ExploreOptions& options, std::uint64_t most_bytes) {
  std::unique_ptr<DporCrew> crew(new DporCrew(most_bytes));
  std::vector<DporHelpers::Work> works;
  for (std::size_t i = 1; i < options.jobs; ++i) {
    auto helper = std::make_unique<Helper>();
    helper->cursor = system.fork();
    if (helper->cursor == nullptr) return nullptr;
    helper->search = std::make_unique<DporSearch>(*helper->cursor, options, true);
    works.emplace_back([crew = crew.get(), helper = helper.get()](DporTask& task) {
      helper->search->do_task(task, helper->signs);
      crew->handed_in_bytes_.fetch_add(bytes_of(task), std::memory_order_relaxed);
    });
    crew->helpers_.push_back(std::move(helper));
  }
  crew->threads_ = std::make_unique<DporHelpers>(std::move(works), options.dpor_help.waits);
  return crew;
}

DporCrew::~DporCrew() {
  for (const auto& task : tasks_) {
    if (task != nullptr) task->is_wanted.store(true, std::memory_order_relaxed);
  }
}

std::size_t DporCrew::find_ready(std::uint64_t steps) {
  const std::size_t idle = threads_->find_idle();
  if (handed_in_bytes_.load(std::memory_order_relaxed) > most_bytes_) return kNone;
  return idle != kNone && is_ready(*helpers_[idle], steps) ? idle : kNone;
}

// One that met what only its giver can learn will do so again until that has.
bool DporCrew::is_ready(Helper& helper, std::uint64_t steps) {
  if (helper.signs.is_in_trouble.exchange(false, std::memory_order_relaxed)) {
    helper.pause = std::min<std::uint64_t>(1 << 16, helper.pause * 2 + 256);
    helper.next_at = steps + helper.pause;
  }
  return steps >= helper.next_at;
}

std::unique_ptr<DporTask> DporCrew::begin_task(std::size_t number, const DporFootprints& footprints) {
  auto task = std::make_unique<DporTask>();
  Helper& helper = *helpers_[number];
  helper.cursor->catch_up();
  task->helper = number;
  if (std::exchange(helper.is_stale, false)) {
    task->is_afresh = true;
    helper.told = 0;
  }
  for (; helper.told < footprints.count(); ++helper.told) task->footprints.push_back(footprints.footprint(static_cast<FootprintNumber>(helper.told)));
  task->footprint_count = footprints.count();
  return task;
}

DporCrew::Mark DporCrew::give(std::unique_ptr<DporTask> task) {
  tasks_.push_back(std::move(task));
  threads_->give(*tasks_.back());
  return static_cast<Mark>(tasks_.size());
}

bool DporCrew::is_worth_another(Mark mark) const {
  const DporTask& task = *tasks_[mark - 1];
  return task.is_done.load(std::memory_order_acquire) && task.end != DporTask::End::Done && task.is_in_trouble && task.stats.transitions < kFewSteps;
}

std::unique_ptr<DporTask> DporCrew::take_back(Mark mark) {
  std::unique_ptr<DporTask> task = std::move(tasks_[mark - 1]);
  threads_->take_back(*task);
  handed_in_bytes_.fetch_sub(bytes_of(*task), std::memory_order_relaxed);
  if (!task->is_done) {  // the helper has not heard of them, nor that it is to begin afresh
    Helper& helper = *helpers_[task->helper];
    helper.told -= task->footprints.size();
    helper.is_stale = helper.is_stale || task->is_afresh;
  }
  return task;
}

std::uint64_t DporCrew::bytes() const {
  std::uint64_t sum = handed_in_bytes_.load(std::memory_order_relaxed);
  for (const auto& helper : helpers_) sum += helper->signs.bytes.load(std::memory_order_relaxed);
  return sum;
}

}  // namespace lockweave::explore
