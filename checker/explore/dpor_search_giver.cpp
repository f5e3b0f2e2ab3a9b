#include "checker/explore/dpor_search.h"

#include <algorithm>
#include <utility>

#include "model/base/check.h"

namespace lockweave::explore {

namespace {

// In our numbers.
DporStep translated(const DporStep& step, const std::vector<FootprintNumber>& met) {
  return {step.choice, step.footprint < DporTask::kMet ? step.footprint : met[step.footprint - DporTask::kMet]};
}

std::vector<DporStep> translated(std::vector<DporStep> steps, const std::vector<FootprintNumber>& met) {
  for (DporStep& step : steps) step = translated(step, met);
  return steps;
}

std::vector<WakeupTrees::Listed> translated(std::vector<WakeupTrees::Listed> branches, const std::vector<FootprintNumber>& met) {
  for (WakeupTrees::Listed& branch : branches) branch.step = translated(branch.step, met);
  return branches;
}

}  // namespace

bool DporSearch::make_crew() {
  crew_ = DporCrew::gather(system_, options_, most_state_bytes_);
  can_be_helped_ = crew_ != nullptr;
  if (can_be_helped_) states_.moved_system();
  return can_be_helped_;
}

// To a helper that has none, if there is one: the part of the exploration that this one will come to last.
void DporSearch::give_task(std::uint64_t steps) {
  if (crew_ == nullptr && (steps < options_.dpor_help.steps_alone || !can_be_helped_ || !make_crew())) return;
  const std::size_t helper = crew_->find_ready(steps);
  if (helper == DporCrew::kNone) return;
  std::vector<std::uint32_t> way_in_tree;
  for (std::size_t depth = 0; depth < depth_; ++depth) {
    DporCrew::Mark* mark = trees_.find_leaf(nodes_[depth].wakeup, way_in_tree, [&](DporCrew::Mark mark) { return mark == 0 || crew_->is_worth_another(mark); });
    if (mark == nullptr) continue;
    std::unique_ptr<DporTask> task = make_task(helper, depth);
    task->way_in_tree = std::move(way_in_tree);
    *mark = crew_->give(std::move(task));
    return;
  }
}

std::unique_ptr<DporTask> DporSearch::make_task(std::size_t helper, std::size_t depth) {
  std::unique_ptr<DporTask> task = crew_->begin_task(helper, footprints_);
  for (std::size_t i = 0; i <= depth; ++i) {
    if (i < depth) task->way.push_back(order_.step(static_cast<EventNumber>(i)));
    const auto words = states_.words_of(nodes_[i].state);
    task->nodes.push_back({.words = StateWords(words.begin(), words.end()), .sleep = nodes_[i].sleep, .wakeup = trees_.list(nodes_[i].wakeup)});
  }
  task->nodes.back().sleep.push_back(order_.step(static_cast<EventNumber>(depth)));
  task->fresh_from = std::min(depth, fresh_from_);
  for (std::size_t i = 0; i < races_.size() && races_[i].owner < task->fresh_from; ++i) task->races.push_back(races_[i]);
  return task;
}

// The leaf that has the mark is reached: what was found below it is ours, and what is left to explore there.
void DporSearch::take_over(DporCrew::Mark mark) {
  const std::unique_ptr<DporTask> task = crew_->take_back(mark);
  const bool is_too_much = stats_.states + task->stats.states > options_.budget.max_states;
  if (task->end == DporTask::End::Void || is_too_much || nodes_[depth_].is_cut) return;
  const std::vector<FootprintNumber> met = read_met(*task);
  if (halt_ != Halt::None) return;
  if (task->watched_count != footprints_.watched_count()) {  // it took locks for what they are not
    crew_->note_stale(*task);
    return;
  }
  if (translated(task->asleep, met) != nodes_[depth_].sleep) return;
  settle_reversals(*task, met);
  findings_.add(task->findings);
  if (task->held_the_gil) states_.note_held_gil();
  stats_.states += task->stats.states;
  stats_.transitions += task->stats.transitions;
  stats_.executions += task->stats.executions;
  stats_.deadlocked += task->stats.deadlocked;
  stats_.sleep_blocked += task->stats.sleep_blocked;
  stats_.max_depth = std::max(stats_.max_depth, task->stats.max_depth);
  nodes_[depth_].is_new = false;
  if (task->end == DporTask::End::Left) stand_where_left(*task, met);
}

// Footprints that a helper met, in our numbers.
std::vector<FootprintNumber> DporSearch::read_met(DporTask& task) {
  std::vector<FootprintNumber> numbers;
  for (DporTask::Met& met : task.met) {
    const std::size_t known = footprints_.count();
    numbers.push_back(footprints_.number_of(met.footprint));
    if (footprints_.count() != known) lessons_.push_back(std::move(met.way));
    if (footprints_.take_mistaken()) halt_ = Halt::LockMistaken;
  }
  return numbers;
}

void DporSearch::settle_reversals(const DporTask& task, const std::vector<FootprintNumber>& met) {
  for (const DporTask::Reversal& reversal : task.reversals) {
    if (halt_ != Halt::None) return;
    if (reversal.count == 0) {
      give_turns(reversal.earlier);
      continue;
    }
    sequence_.clear();
    for (std::uint32_t i = 0; i < reversal.count; ++i) {
      sequence_.push(translated(task.reversed[reversal.first + i], met), i + 1 == reversal.count ? kLater : i);
    }
    DporRace race{.earlier = reversal.earlier, .later = sequence_.steps.back().choice, .is_covered = true, .weak = {}};
    if (!is_asleep_first(race, sequence_.size() + 1)) insert(race);
  }
}

void DporSearch::stand_where_left(const DporTask& task, const std::vector<FootprintNumber>& met) {
  for (std::size_t i = 0; i < task.left.size() && halt_ == Halt::None; ++i) {
    Node& node = nodes_[depth_];
    for (const DporStep& step : task.left[i].explored) node.sleep.push_back(translated(step, met));
    trees_.plant(node.wakeup, translated(task.left[i].wakeup, met));
    node.is_new = i == task.left_way.size() && task.is_last_new;
    if (i == task.left_way.size()) return;
    const DporMove* move = know_choice({depth_}, node.state, task.left_way[i].choice, true);
    LOCKWEAVE_CHECK(move != nullptr || halt_ != Halt::None, "a helper made a step that cannot be made");
    if (move == nullptr) return;
    order_.push({task.left_way[i].choice, move->footprint});
    Node& child = node_at(depth_ + 1);
    child.state = move->next;
    child.is_cut = false;
    child.wakeup = {};
    inherit_sleep(depth_);
    states_.depth(child.state) = static_cast<std::uint32_t>(++depth_);
  }
}

}  // namespace lockweave::explore
