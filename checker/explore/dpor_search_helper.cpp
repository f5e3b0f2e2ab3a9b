#include "checker/explore/dpor_search.h"

#include <atomic>
#include <span>

namespace lockweave::explore {

namespace {

constexpr std::size_t kReversedStepsOfTask = 1 << 17;

}  // namespace

void DporSearch::do_task(DporTask& task, DporCrew::Signs& signs) {
  const ScheduleSource source([this] { return path(); });
  part_->begin(task);
  if (stand_at_leaf()) explore_part(signs);
  task.watched_count = footprints_.watched_count();
  task.is_in_trouble = halt_ != Halt::None;
  if (task.is_in_trouble) signs.is_in_trouble.store(true, std::memory_order_relaxed);
  for (std::size_t i = 0; i <= depth_; ++i) {
    if (!nodes_[i].is_cut) states_.depth(nodes_[i].state) = kNoNumber;
    trees_.clear(nodes_[i].wakeup);
  }
  signs.bytes.store(own_bytes() + system_.own_bytes(), std::memory_order_relaxed);
}

// No: it cannot, or there is nothing to do.
bool DporSearch::stand_at_leaf() {
  DporTask& task = part_->task();
  halt_ = Halt::None;
  is_void_ = false;
  order_.clear();
  races_.clear();
  depth_ = base_ = 0;
  node_at(0).is_cut = true;  // nothing stands there so far
  part_->hear_of(task.footprints, task.is_afresh);
  if (task.is_afresh || states_.used_bytes() > most_state_bytes_) {
    states_.clear();
    ends_.assign(1, {});
  }
  stand_on_way();
  for (const std::uint32_t branch : task.way_in_tree) {
    for (std::uint32_t i = 0; i < branch; ++i) {
      WakeupTrees::Tree rest;
      nodes_[depth_].sleep.push_back(trees_.take_first(nodes_[depth_].wakeup, rest).first);
      trees_.clear(rest);
    }
    if (!is_known(trees_.first(nodes_[depth_].wakeup).choice)) return false;
    WakeupTrees::Tree rest;
    const DporStep step = trees_.take_first(nodes_[depth_].wakeup, rest).first;
    advance(step.choice, rest);
    if (halt_ != Halt::None || nodes_[depth_].is_cut) return false;
  }
  base_ = depth_;
  task.asleep = part_->for_giver(nodes_[depth_].sleep);
  stats_ = {};  // what is on the way is the giver's
  findings_.clear();
  return true;
}

void DporSearch::stand_on_way() {
  DporTask& task = part_->task();
  for (std::size_t i = 0; i < task.nodes.size(); ++i) {
    Node& node = node_at(i);
    node.state = states_.intern(task.nodes[i].words);
    node.is_new = node.is_cut = false;
    node.sleep.clear();
    for (const DporStep& step : task.nodes[i].sleep) node.sleep.push_back(part_->from_giver(step));
    node.inherited = node.sleep.size();
    node.wakeup = {};
    for (WakeupTrees::Listed& branch : task.nodes[i].wakeup) branch.step = part_->from_giver(branch.step);
    trees_.plant(node.wakeup, task.nodes[i].wakeup);
    states_.depth(node.state) = static_cast<std::uint32_t>(i);
    if (i < task.way.size()) order_.push(part_->from_giver(task.way[i]));
  }
  depth_ = task.way.size();
  fresh_from_ = task.fresh_from;
  for (DporRace& race : task.races) {
    for (std::size_t i = 0; i < race.weak_count; ++i) race.weak[i] = part_->from_giver(race.weak[i]);
    races_.push_back(race);
  }
}

void DporSearch::explore_part(DporCrew::Signs& signs) {
  DporTask& task = part_->task();
  for (std::uint64_t steps = 1;; ++steps) {
    if (steps % kStatesBetweenReports == 0) signs.bytes.store(own_bytes() + system_.own_bytes(), std::memory_order_relaxed);
    const bool is_enough = task.is_wanted.load(std::memory_order_relaxed) || steps >= options_.dpor_help.steps_of_task ||
                           task.reversed.size() >= kReversedStepsOfTask;
    if (is_enough && !nodes_[depth_].is_cut) return leave(DporTask::End::Left);
    const Stats stats = stats_;
    const std::size_t reversals = task.reversals.size();
    const bool is_left = go_on();
    if (halt_ == Halt::None && is_left) continue;
    if (halt_ == Halt::None) return leave(DporTask::End::Done);
    // What the step has done to the trees, it will do once more to no effect.
    if (is_void_ || nodes_[depth_].is_cut) return;
    stats_ = stats;
    task.reversals.resize(reversals);
    return leave(DporTask::End::Left);
  }
}

void DporSearch::leave(DporTask::End end) {
  DporTask& task = part_->task();
  task.end = end;
  task.stats = stats_;
  task.findings = findings_.facts();
  task.held_the_gil = states_.held_the_gil();
  if (end == DporTask::End::Done) return;
  task.is_last_new = nodes_[depth_].is_new;
  for (std::size_t i = base_; i <= depth_; ++i) {
    const Node& node = nodes_[i];
    DporTask::LeftNode& left = task.left.emplace_back();
    left.explored = part_->for_giver(std::span(node.sleep).subspan(node.inherited));
    left.wakeup = trees_.list(node.wakeup);
    for (WakeupTrees::Listed& branch : left.wakeup) branch.step = part_->for_giver(branch.step);
    if (i < depth_) task.left_way.push_back(part_->for_giver(order_.step(static_cast<EventNumber>(i))));
  }
}

}  // namespace lockweave::explore
