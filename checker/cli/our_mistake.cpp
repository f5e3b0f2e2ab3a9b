#include "checker/cli/our_mistake.h"

#include "checker/explore/explorer.h"

#include <fmt/format.h>

#include <atomic>
#include <utility>

namespace lockweave::cli {

namespace {

thread_local CurrentCell* innermost = nullptr;
// For a thread that works for another one's cell (an explorer's worker): there is one cell then.
std::atomic<CurrentCell*> latest{nullptr};

}  // namespace

CurrentCell::CurrentCell(ReplayLine replay_line) : replay_line_(std::move(replay_line)), outer_(innermost) {
  innermost = this;
  latest = this;
}

CurrentCell::~CurrentCell() {
  innermost = outer_;
  CurrentCell* self = this;
  latest.compare_exchange_strong(self, outer_);
}

std::string our_mistake_text(std::string_view what) {
  std::string text = fmt::format("lockweave: a mistake of Lockweave's own, please report it: {}\n", what);
  // Asked once: to describe the schedule may itself run into the broken state.
  CurrentCell* const of_another = latest.exchange(nullptr);
  CurrentCell* const own = std::exchange(innermost, nullptr);
  const CurrentCell* const cell = own != nullptr ? own : of_another;
  if (cell != nullptr) text += fmt::format("the schedule so far: {}\n", cell->replay_line_(explore::current_schedule()));
  return text;
}

}  // namespace lockweave::cli
