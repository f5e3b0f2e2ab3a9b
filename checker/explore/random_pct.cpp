#include "checker/explore/random_pct.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "checker/explore/random_walks.h"

namespace lockweave::explore {

namespace {

// Rounded down: it is a lower bound.
double two_digits_of(double number) {
  if (number <= 0) return 0;
  const double scale = std::pow(10, std::floor(std::log10(number)) - 1);
  return std::floor(number / scale) * scale;
}

class PctPicker final : public Picker {
 public:
  explicit PctPicker(std::uint32_t depth) : depth_(depth) {}

  void begin(Random& random, std::uint64_t length) override {
    priorities_.clear();
    lowest_ = 0;
    put_last_ = false;
    last_ = kNobody;
    run_length_ = 0;
    change_at_.clear();
    step_ = 0;
    changes_ = 0;
    if (length == 0) return;
    for (std::uint32_t i = 1; i < depth_; ++i) change_at_.push_back(random.below(length));
    std::ranges::sort(change_at_);
  }

  std::size_t pick(const std::vector<Choice>& choices, Random& random) override {
    for (const Choice& choice : choices) {
      // Above every priority that a change point gives; equal ones are told apart by the thread's number.
      if (!priorities_.contains(choice.thread)) priorities_[choice.thread] = static_cast<std::int64_t>(depth_ + random.below(kPriorities));
    }
    ThreadNumber thread = highest(choices);
    while (changes_ < change_at_.size() && change_at_[changes_] <= step_) {
      priorities_[thread] = static_cast<std::int64_t>(depth_ - 1 - changes_);
      ++changes_;
      thread = highest(choices);
    }
    ++step_;
    return one_of(choices, thread, random);
  }

  // A thread of the highest priority that waits in a loop for another one would run for ever. The scheduler of the paper is asked to
  // keep to its priorities only as long as that can lead somewhere.
  void ran(const Choice& choice, bool visible) override {
    run_length_ = choice.thread == last_ ? run_length_ + 1 : 1;
    last_ = choice.thread;
    if (visible && run_length_ < kLongestRun) return;
    if (run_length_ >= kLongestRun) put_last_ = true;
    priorities_[choice.thread] = --lowest_;
    run_length_ = 0;
  }

  // Burckhardt, Kothari, Musuvathi, Nagarakatte: "A Randomized Scheduler with Probabilistic Guarantees of Finding Bugs", ASPLOS 2010.
  std::string coverage(const WalkFacts& facts) const override {
    const auto threads = static_cast<double>(std::max<std::uint64_t>(facts.threads, 1)), steps = static_cast<double>(std::max<std::uint64_t>(facts.steps, 1));
    const double once = 1 / (threads * std::pow(steps, depth_ - 1));
    // The first walk measures, and changes no priority.
    const double all = once >= 1 ? 1 : -std::expm1(static_cast<double>(facts.walks - 1) * std::log1p(-once));
    std::string text = fmt::format("a bug that needs {} step{} in one order, in an execution of {} thread{} and at most {} steps, is met by one execution with a probability of at least "
                                   "1 in {:.6g} (n·k^(d-1)), by these {} together with at least {:g} %",
                                   depth_, depth_ == 1 ? "" : "s", facts.threads, facts.threads == 1 ? "" : "s", facts.steps, std::ceil(1 / once), facts.walks, two_digits_of(100 * all));
    if (facts.longer > 0) text += fmt::format("; {} of them had more steps, for which it is less", facts.longer);
    if (facts.put_last) text += "; threads that went on and on alone were put last, for which nothing is said";
    return text;
  }

  bool has_put_last() const override { return put_last_; }
  std::unique_ptr<Picker> clone() const override { return std::make_unique<PctPicker>(*this); }
  std::string name() const override { return fmt::format("PCT of depth {}", depth_); }

 private:
  static constexpr std::uint64_t kPriorities = 1u << 30;
  static constexpr std::uint64_t kLongestRun = 1'000;
  static constexpr ThreadNumber kNobody = 0xffffffffu;

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
  std::map<ThreadNumber, std::int64_t> priorities_;
  std::int64_t lowest_ = 0;
  ThreadNumber last_ = kNobody;
  std::uint64_t run_length_ = 0;
  bool put_last_ = false;
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
