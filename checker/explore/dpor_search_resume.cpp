#include "checker/explore/dpor_search.h"

#include <utility>

namespace lockweave::explore {

void DporSearch::write_checkpoint() {
  is_checkpoint_due_ = false;
  if (options_.checkpoint.path.empty()) return;
  SavedDpor saved{.rounds = rounds_, .lessons = lessons_, .way = path(), .nodes = {}, .is_new = nodes_[depth_].is_new, .held_the_gil = states_.held_the_gil(),
                  .counts = {.states = stats_.states, .transitions = stats_.transitions, .executions = stats_.executions, .deadlocked = stats_.deadlocked,
                             .sleep_blocked = stats_.sleep_blocked, .max_depth = stats_.max_depth},
                  .findings = {}};
  for (std::size_t i = 0; i <= depth_; ++i) {
    SavedDpor::Node& node = saved.nodes.emplace_back();
    for (std::size_t k = nodes_[i].inherited; k < nodes_[i].sleep.size(); ++k) node.explored.push_back(nodes_[i].sleep[k].choice);
    trees_.for_each(nodes_[i].wakeup, [&](const DporStep& step, std::uint32_t depth) { node.wakeup.push_back({step.choice, depth}); });
  }
  findings_.save(saved.findings);
  checkpointer_.write(saved);
}

// Runs what taught the system, and the explorer, something.
void DporSearch::learn_again(const SavedDpor& saved) {
  const auto run_lessons = [&](const Lessons& lessons) {
    for (const Way& way : lessons) {
      system_.reset();
      for (const Choice& choice : way) {
        const StepReport& report = system_.step(choice);
        if (&choice == &way.back() && report.status != StepStatus::Refined) (void)footprints_.number_of(report.footprint);
      }
    }
    (void)footprints_.take_mistaken();
  };
  for (const Lessons& round : saved.rounds) {
    run_lessons(round);
    footprints_ = {};
    ++restarts_;
  }
  run_lessons(saved.lessons);
  rounds_ = saved.rounds;
  lessons_ = saved.lessons;
}

// What was explored before is asleep again, what was to be explored is so still. Races are looked at anew: where the other order was seen to, it
// is found asleep or in a tree.
void DporSearch::stand_where(const SavedDpor& saved) {
  const SavedDpor::Counts& counts = saved.counts;
  stats_ = {.states = counts.states, .transitions = counts.transitions, .executions = counts.executions, .deadlocked = counts.deadlocked,
            .sleep_blocked = counts.sleep_blocked, .max_depth = counts.max_depth};
  findings_.restore(saved.findings);
  if (saved.held_the_gil) states_.note_held_gil();
  states_.moved_system();
  if (saved.nodes.size() != saved.way.size() + 1) halt_ = Halt::Differs;
  for (std::size_t i = 0; halt_ == Halt::None && i <= saved.way.size(); ++i) {
    Node& node = node_at(i);
    node.is_cut = false;
    node.is_new = i == saved.way.size() && saved.is_new;
    node.wakeup = {};
    if (std::exchange(states_.depth(node.state), static_cast<std::uint32_t>(i)) != kNoNumber) halt_ = Halt::Differs;
    for (const Choice& choice : saved.nodes[i].explored) {
      if (const DporMove* move = know_again({i}, node.state, choice, false)) nodes_[i].sleep.push_back({choice, move->footprint});
    }
    if (i < saved.way.size() && halt_ == Halt::None) step_again(i, saved.way[i]);
  }
  // Footprints in the trees are asked for along the whole way.
  for (std::size_t i = 0; halt_ == Halt::None && i < saved.nodes.size(); ++i) plant(i, saved.nodes[i].wakeup);
}

void DporSearch::step_again(std::size_t depth, const Choice& choice) {
  const DporMove* move = know_again({depth}, nodes_[depth].state, choice, true);
  if (move == nullptr) return;
  order_.push({choice, move->footprint});
  node_at(depth + 1).state = move->next;
  depth_ = depth + 1;
  inherit_sleep(depth);
}

void DporSearch::plant(std::size_t depth, const std::vector<SavedDpor::Branch>& branches) {
  std::vector<DporStep> steps;
  std::vector<WakeupTrees::Place> places;
  for (const SavedDpor::Branch& branch : branches) {
    if (branch.depth > steps.size()) halt_ = Halt::Differs;
    if (halt_ != Halt::None) return;
    steps.resize(branch.depth);
    places.resize(branch.depth);
    const auto footprint = footprint_after(depth, steps, branch.choice);
    if (!footprint && halt_ == Halt::None) halt_ = Halt::Differs;
    if (halt_ != Halt::None) return;
    steps.push_back({branch.choice, *footprint});
    places.push_back(trees_.add(nodes_[depth].wakeup, places.empty() ? WakeupTrees::Place{} : places.back(), steps.back()));
  }
}

// Null: something has halted the search, at the least that it is another system.
const DporMove* DporSearch::know_again(const Where& where, StateNumber state, const Choice& choice, bool want_next) {
  const DporMove* move = know_choice(where, state, choice, want_next);
  if (move == nullptr && halt_ == Halt::None) halt_ = Halt::Differs;
  return move;
}

}  // namespace lockweave::explore
