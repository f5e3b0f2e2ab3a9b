// Threads that do parts of a DPOR exploration.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "checker/explore/dpor_task.h"

namespace lockweave::explore {

class DporHelpers {
 public:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  using Work = std::function<void(DporTask&)>;

  // Each does its tasks with what is given for it. `waits`: no task is taken back before it is begun.
  DporHelpers(std::vector<Work> works, bool waits);
  // Tells them to stop, and waits until they do.
  ~DporHelpers();
  DporHelpers(const DporHelpers&) = delete;
  DporHelpers& operator=(const DporHelpers&) = delete;

  std::size_t find_idle() const;
  // Requires: the helper is idle. Until the task is taken back, it is the helper's.
  void give(DporTask& task);
  // The task as far as it is done, or untouched. What went wrong in it is thrown here.
  void take_back(DporTask& task);

 private:
  struct Helper {
    Work work;
    std::atomic<bool> is_idle{true};
    DporTask* task = nullptr;  // given, and not begun
    std::thread thread;
  };
  void serve(Helper& helper);

  bool waits_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_over_ = false;
  std::vector<std::unique_ptr<Helper>> helpers_;
};

}  // namespace lockweave::explore
