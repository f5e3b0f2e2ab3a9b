// Expands the states of a graph on several cores, with the same result as on one.
//
// States are handed out in pieces, in the order of their numbers. Each worker runs the choices of its states on a cursor of its own
// (Expander); what was found is entered into the graph piece after piece in the order in which the pieces were handed out, by
// whichever worker is free, one at a time. So states, transitions and all that is judged get the numbers they would get from one core.
// Graph and store are touched by the worker that enters, and nobody else; it also reads off them the words of the next pieces.
//
// Cursors learn nothing (System::fork): what one would have learnt, the graph's own cursor learns when the piece is entered.
#pragma once

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "checker/explore/expansion.h"
#include "checker/explore/state_graph.h"

namespace lockweave::explore {

class ParallelExpansion {
 public:
  enum class End : std::uint8_t { Complete, Stopped, Refined };

  // All outlive this. The system is the graph's.
  ParallelExpansion(StateGraph& graph, System& system, std::size_t workers);
  ~ParallelExpansion();

  // No cursor can be had of this system: the search is one core's.
  bool is_possible() const { return !workers_.empty(); }

  // Expands all states from `first` up to `end`, also those that are found meanwhile. `before(state)` is asked before each is entered; no: that is the
  // end, and nothing of the state is in the graph. Whatever it looks at, it is called by one thread at a time.
  End run(StateNumber first, StateNumber end, const std::function<bool(StateNumber)>& before);

  // Of all cursors, but for what they share. Only within `before`.
  std::size_t bytes() const;

 private:
  // A few states one after the other, on the way through the workers.
  struct Piece {
    StateNumber first = 0;
    std::size_t count = 0;
    std::size_t expanded = 0;
    std::vector<std::uint32_t> words;
    std::vector<std::size_t> ends;     // of each state's words
    std::vector<Choice> asleep;        // not to be run
    std::vector<std::size_t> asleep_ends;
    std::vector<Expansion> found;      // as many as ever, reused
    bool is_ready = false;
  };
  struct Worker;

  void work(Worker& worker);
  void take_turns(Worker& worker);
  void expand(Worker& worker, Piece& piece);
  void enter(Piece& piece);
  bool may_enter(StateNumber state);
  void finish(End end);
  bool is_narrow();
  void expand_next();
  void prepare();
  std::vector<Choice> path_of(const Worker& worker);
  std::size_t length_of_pieces() const { return length_.load(std::memory_order_relaxed); }

  static constexpr std::size_t max_length = 128;

  StateGraph& graph_;
  const std::function<bool(StateNumber)>* before_ = nullptr;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::atomic<bool> is_over_{false};
  std::atomic<std::size_t> length_{1};  // of a piece: longer where steps are short

  std::mutex mutex_;
  std::condition_variable changed_;
  // Under the mutex.
  std::deque<std::unique_ptr<Piece>> prepared_;
  std::deque<std::unique_ptr<Piece>> handed_out_;  // in order
  std::vector<std::unique_ptr<Piece>> unused_;
  bool is_entering_ = false;   // somebody uses the graph
  End end_ = End::Complete;
  // Of whoever uses the graph.
  StateNumber next_ = 0;       // the first state that no piece has
  StateNumber last_ = 0;       // the first that none is to have
  std::size_t known_states() const { return std::min<std::size_t>(graph_.state_count(), last_); }
};

}  // namespace lockweave::explore
