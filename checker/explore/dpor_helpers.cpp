#include "checker/explore/dpor_helpers.h"

#include <exception>
#include <utility>

namespace lockweave::explore {

DporHelpers::DporHelpers(std::vector<Work> works, bool waits) : waits_(waits) {
  for (Work& work : works) {
    helpers_.push_back(std::make_unique<Helper>());
    helpers_.back()->work = std::move(work);
  }
  for (const auto& helper : helpers_) helper->thread = std::thread([this, &helper = *helper] { serve(helper); });
}

DporHelpers::~DporHelpers() {
  {
    const std::scoped_lock lock(mutex_);
    is_over_ = true;
    for (const auto& helper : helpers_) helper->task = nullptr;
  }
  changed_.notify_all();
  for (const auto& helper : helpers_) helper->thread.join();
}

std::size_t DporHelpers::find_idle() const {
  for (std::size_t i = 0; i < helpers_.size(); ++i) {
    if (helpers_[i]->is_idle.load(std::memory_order_acquire)) return i;
  }
  return kNone;
}

void DporHelpers::give(DporTask& task) {
  Helper& helper = *helpers_[task.helper];
  {
    const std::scoped_lock lock(mutex_);
    helper.task = &task;
    helper.is_idle.store(false, std::memory_order_relaxed);
  }
  changed_.notify_all();
}

void DporHelpers::take_back(DporTask& task) {
  if (!waits_) task.is_wanted.store(true, std::memory_order_relaxed);
  Helper& helper = *helpers_[task.helper];
  std::unique_lock lock(mutex_);
  if (helper.task == &task && !waits_) {
    helper.task = nullptr;
    helper.is_idle.store(true, std::memory_order_release);
    return;
  }
  changed_.wait(lock, [&] { return task.is_done.load(); });
  if (task.failure) std::rethrow_exception(task.failure);
}

void DporHelpers::serve(Helper& helper) {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return is_over_ || helper.task != nullptr; });
    if (is_over_) return;
    DporTask& task = *std::exchange(helper.task, nullptr);
    lock.unlock();
    std::exception_ptr failure;
    try {
      helper.work(task);
    } catch (...) {  // a failure hook of a test
      failure = std::current_exception();
    }
    lock.lock();
    task.failure = failure;
    task.is_done.store(true, std::memory_order_release);
    helper.is_idle.store(true, std::memory_order_release);
    changed_.notify_all();
  }
}

}  // namespace lockweave::explore
