#include "checker/explore/random_pct.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "checker/explore/random_walks.h"

namespace lockweave::explore {

namespace {

class PctPicker final : public Picker {
 public:
  explicit PctPicker(std::uint32_t depth) : depth_(depth) {}

  void begin(Random& random, std::uint64_t longest) override {
    priorities_.clear();
    change_at_.clear();
    step_ = 0;
    changes_ = 0;
    if (longest == 0) return;
    for (std::uint32_t i = 1; i < depth_; ++i) change_at_.push_back(random.below(longest));
    std::ranges::sort(change_at_);
  }

  std::size_t pick(const std::vector<Choice>& choices, Random& random) override {
    for (const Choice& choice : choices) {
      // Above every priority that a change point gives; equal ones are told apart by the thread's number.
      if (!priorities_.contains(choice.thread)) priorities_[choice.thread] = depth_ + random.below(kPriorities);
    }
    ThreadNumber thread = highest(choices);
    while (changes_ < change_at_.size() && change_at_[changes_] <= step_) {
      priorities_[thread] = depth_ - 1 - changes_;
      ++changes_;
      thread = highest(choices);
    }
    ++step_;
    return one_of(choices, thread, random);
  }

  std::string name() const override { return fmt::format("PCT of depth {}", depth_); }

 private:
  static constexpr std::uint64_t kPriorities = 1u << 30;

  ThreadNumber highest(const std::vector<Choice>& choices) const {
    ThreadNumber best = choices.front().thread;
    for (const Choice& choice : choices) {
      if (priorities_.at(choice.thread) > priorities_.at(best)) best = choice.thread;
    }
    return best;
  }

  static std::size_t one_of(const std::vector<Choice>& choices, ThreadNumber thread, Random& random) {
    std::vector<std::size_t> own;
    for (std::size_t i = 0; i < choices.size(); ++i) {
      if (choices[i].thread == thread) own.push_back(i);
    }
    return own[own.size() == 1 ? 0 : random.below(own.size())];
  }

  std::uint32_t depth_;
  std::map<ThreadNumber, std::uint64_t> priorities_;
  std::vector<std::uint64_t> change_at_;
  std::uint64_t step_ = 0;
  std::size_t changes_ = 0;
};

}  // namespace

Exploration PctExplorer::explore(System& system) {
  PctPicker picker(std::max<std::uint32_t>(options_.pct_depth, 1));
  return explore_by_walks(system, options_, picker);
}

}  // namespace lockweave::explore
