#include "checker/explore/random_uniform.h"

#include "checker/explore/random_walks.h"

namespace lockweave::explore {

namespace {

class UniformPicker final : public Picker {
 public:
  void begin(Random&, std::uint64_t) override {}
  std::size_t pick(const std::vector<Choice>& choices, Random& random) override { return random.below(choices.size()); }
  std::string coverage(const WalkFacts&) const override {
    return "each step was drawn evenly from what could happen next: every execution had a chance, a long one a small one";
  }
  std::string name() const override { return "uniform"; }
  std::unique_ptr<Picker> clone() const override { return std::make_unique<UniformPicker>(*this); }
};

}  // namespace

Exploration UniformExplorer::explore(System& system) {
  UniformPicker picker;
  return explore_by_walks(system, options_, picker);
}

}  // namespace lockweave::explore
