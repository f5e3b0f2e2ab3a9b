#include "checker/explore/parallel_expansion.h"

#include <tbb/global_control.h>
#include <tbb/task_arena.h>
#include <tbb/task_group.h>

#include <algorithm>
#include <chrono>

#include "checker/explore/explorer.h"

namespace lockweave::explore {

struct ParallelExpansion::Worker {
  Worker(std::unique_ptr<System> own, const GraphOptions& options) : cursor(std::move(own)), expander(*cursor, options) {}

  std::unique_ptr<System> cursor;
  Expander expander;
  StateNumber state = StateGraph::kNone;  // being expanded
  std::atomic<std::size_t> bytes{0};
};

ParallelExpansion::ParallelExpansion(StateGraph& graph, System& system, std::size_t workers) : graph_(graph) {
  for (std::size_t i = 0; i < workers; ++i) {
    auto cursor = system.fork();
    if (cursor == nullptr) {
      workers_.clear();
      return;
    }
    workers_.push_back(std::make_unique<Worker>(std::move(cursor), graph.options()));
  }
}

ParallelExpansion::~ParallelExpansion() = default;

std::size_t ParallelExpansion::bytes() const {
  std::size_t sum = 0;
  for (const auto& worker : workers_) sum += worker->bytes.load(std::memory_order_relaxed);
  return sum;
}

ParallelExpansion::End ParallelExpansion::run(StateNumber first, StateNumber end, const std::function<bool(StateNumber)>& before) {
  before_ = &before;
  next_ = first;
  last_ = end;
  end_ = End::Complete;
  is_over_ = false;
  prepare();
  const auto count = workers_.size();
  const tbb::global_control allowed(tbb::global_control::max_allowed_parallelism, count);
  tbb::task_arena arena(static_cast<int>(count));
  arena.execute([&] {
    tbb::task_group group;
    for (std::size_t i = 1; i < count; ++i) group.run([this, i] { work(*workers_[i]); });
    group.run_and_wait([this] { work(*workers_[0]); });
  });
  const std::scoped_lock lock(mutex_);  // what the workers did has been seen
  prepared_.clear();
  handed_out_.clear();
  return end_;
}

void ParallelExpansion::work(Worker& worker) {
  const ScheduleSource source([&] { return path_of(worker); });
  try {
    take_turns(worker);
  } catch (...) {  // a failure hook of a test
    const std::scoped_lock lock(mutex_);
    is_over_ = true;
    changed_.notify_all();
    throw;
  }
}

// To enter comes first: it gives the others work. One worker alone never waits.
void ParallelExpansion::take_turns(Worker& worker) {
  std::unique_lock lock(mutex_);
  while (!is_over_) {
    if (!is_entering_ && !handed_out_.empty() && handed_out_.front()->is_ready) {
      is_entering_ = true;
      auto piece = std::move(handed_out_.front());
      handed_out_.pop_front();
      lock.unlock();
      enter(*piece);
      prepare();
      lock.lock();
      is_entering_ = false;
      unused_.push_back(std::move(piece));
      changed_.notify_all();
    } else if (!prepared_.empty()) {
      handed_out_.push_back(std::move(prepared_.front()));
      prepared_.pop_front();
      Piece& piece = *handed_out_.back();
      if (!is_entering_) worker.cursor->catch_up();
      lock.unlock();
      expand(worker, piece);
      lock.lock();
      piece.is_ready = true;
      changed_.notify_all();
    } else if (handed_out_.empty() && !is_entering_) {
      is_over_ = true;
      changed_.notify_all();
    } else {
      changed_.wait(lock);
    }
  }
}

void ParallelExpansion::expand(Worker& worker, Piece& piece) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::microseconds long_enough(300);  // to hand out a piece costs a few
  const auto start = Clock::now();
  std::size_t begin = 0, first_asleep = 0;
  for (std::size_t i = 0; i < piece.count && !is_over_.load(std::memory_order_relaxed); ++i) {
    worker.state = piece.first + static_cast<StateNumber>(i);
    if (piece.found.size() <= i) piece.found.emplace_back();
    worker.expander.expand(std::span(piece.words).subspan(begin, piece.ends[i] - begin),
                           std::span(piece.asleep).subspan(first_asleep, piece.asleep_ends[i] - first_asleep), piece.found[i]);
    begin = piece.ends[i];
    first_asleep = piece.asleep_ends[i];
    piece.expanded = i + 1;
  }
  worker.state = StateGraph::kNone;
  worker.bytes.store(worker.cursor->own_bytes(), std::memory_order_relaxed);
  const auto spent = Clock::now() - start;
  if (piece.count < length_of_pieces()) return;
  if (spent > 2 * long_enough && piece.count > 1) length_ = piece.count / 2;
  if (spent < long_enough / 2 && piece.count < max_length) length_ = piece.count * 2;
}

// Only by the worker that uses the graph, as what follows.
void ParallelExpansion::enter(Piece& piece) {
  for (std::size_t i = 0; i < piece.expanded && !is_over_; ++i) {
    if (!may_enter(piece.first + static_cast<StateNumber>(i))) return;
    const StateGraph::End end = graph_.enter(piece.first + static_cast<StateNumber>(i), piece.found[i]);
    if (end == StateGraph::End::Refined) finish(End::Refined);
  }
}

bool ParallelExpansion::may_enter(StateNumber state) {
  const bool may = (*before_)(state);
  if (!may) finish(End::Stopped);
  return may;
}

void ParallelExpansion::finish(End end) {
  end_ = end;
  is_over_ = true;
}

// So few states are left that handing them out costs more than it saves, and nobody has any.
bool ParallelExpansion::is_narrow() {
  const std::scoped_lock lock(mutex_);
  const std::size_t left = known_states() - next_;
  return !is_over_ && left > 0 && prepared_.empty() && handed_out_.empty() && left < std::min<std::size_t>(length_of_pieces(), 16) * workers_.size();
}

void ParallelExpansion::expand_next() {
  if (may_enter(next_) && graph_.expand(next_++) == StateGraph::End::Refined) finish(End::Refined);
}

void ParallelExpansion::prepare() {
  StateWords words;
  for (;;) {
    std::unique_ptr<Piece> piece;
    if (is_narrow()) {
      expand_next();
      continue;
    }
    {
      const std::scoped_lock lock(mutex_);
      if (is_over_ || next_ >= known_states() || prepared_.size() >= workers_.size() + 1) return;
      if (!unused_.empty()) {
        piece = std::move(unused_.back());
        unused_.pop_back();
      }
    }
    if (piece == nullptr) piece = std::make_unique<Piece>();
    // Near the end of what is known there must be something for everybody.
    const std::size_t share = std::max<std::size_t>(1, (known_states() - next_) / workers_.size());
    piece->first = next_;
    piece->count = std::min(length_of_pieces(), share);
    piece->expanded = 0;
    piece->is_ready = false;
    piece->words.clear();
    piece->ends.clear();
    piece->asleep.clear();
    piece->asleep_ends.clear();
    for (std::size_t i = 0; i < piece->count; ++i) {
      const std::span<const Choice> asleep = graph_.asleep(next_);
      piece->asleep.insert(piece->asleep.end(), asleep.begin(), asleep.end());
      piece->asleep_ends.push_back(piece->asleep.size());
      graph_.words_of(next_++, words);
      piece->words.insert(piece->words.end(), words.begin(), words.end());
      piece->ends.push_back(piece->words.size());
    }
    const std::scoped_lock lock(mutex_);
    prepared_.push_back(std::move(piece));
    changed_.notify_one();
  }
}

// The worker has run into a mistake of ours and tells where.
std::vector<Choice> ParallelExpansion::path_of(const Worker& worker) {
  if (worker.state == StateGraph::kNone) return graph_.current_path();
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !is_entering_ || is_over_; });
  std::vector<Choice> path = graph_.path_to(worker.state);
  if (const Choice* choice = worker.expander.current_choice(); choice != nullptr) path.push_back(*choice);
  return path;
}

}  // namespace lockweave::explore
