#include "checker/explore/dpor_search.h"

#include <utility>

#include "model/base/check.h"

namespace lockweave::explore {

// Nothing is left to choose at the state at hand.
void DporSearch::end_execution() {
  const Node& node = nodes_[depth_];
  if (node.is_cut) return;
  const std::size_t count = states_.moves(node.state).size();
  for (std::size_t i = 0; i < count; ++i) {
    const DporMove* move = know({depth_}, node.state, i, false);
    if (move == nullptr) return;
    if (footprints_.is_blocked(move->footprint)) continue;
    ++stats_.sleep_blocked;
    return;
  }
  if (states_.end(node.state) != 0 || judge_end(node.state)) {
    ++stats_.executions;
    if (is_deadlocked_end()) ++stats_.deadlocked;
  }
  if (halt_ == Halt::None) reverse_races();
}

// Different executions often end in the same state.
bool DporSearch::is_deadlocked_end() {
  const StateNumber state = nodes_[depth_].state;
  End& end = ends_[states_.end(state)];
  const bool is_news = std::exchange(end.noted_in, round()) != round();
  const std::size_t waiting = states_.moves(state).size();
  if (is_news || (!end.what.broken.empty() && findings_.is_worth_noting(end.what.broken, order_.size() + waiting))) {
    findings_.note_end(end.what, path_to_end());
  }
  return end.what.is_deadlocked;
}

std::vector<Choice> DporSearch::path_to_end() {
  std::vector<Choice> choices = path();
  for (const DporMove& move : states_.moves(nodes_[depth_].state)) choices.push_back(move.choice);
  return choices;
}

// Lets those who can only wait begin to, and looks at what is left. No: the exploration cannot go on, or it was no end: who had the GIL and must wait has
// given it up, and others go on, which is not followed (conclude() says so); nor is that who waits is interrupted.
bool DporSearch::judge_end(StateNumber state) {
  const std::vector<Choice> choices = path_to_end();
  System& system = states_.stand_at(state);
  if (choices.size() > order_.size()) states_.moved_system();
  for (std::size_t i = order_.size(); i < choices.size(); ++i) {
    const std::uint64_t learnt = things_learnt();
    const StepReport& report = system.step(choices[i]);
    if (part_ && (report.teaches || things_learnt() != learnt)) {
      halt_ = Halt::Refined;
      return false;
    }
    system.encode(scratch_);
    if (things_learnt() != learnt) lessons_.emplace_back(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(i + 1));
  }
  trace::find_available(system, options_.timeouts_last, available_);
  if (!available_.choices.empty() && (states_.held_the_gil() || !system_.needs_every_state().empty())) return false;
  LOCKWEAVE_CHECK(available_.choices.empty(), "threads that wait are not at the end");
  states_.end(state) = static_cast<std::uint32_t>(ends_.size());
  ends_.push_back({.what = findings_.judge_end(), .noted_in = 0});
  return true;
}

}  // namespace lockweave::explore
