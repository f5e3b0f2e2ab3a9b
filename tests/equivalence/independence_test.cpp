// Footprints say all that steps of different threads have to do with each other: two steps that do not depend on each other by their
// footprints do the same in either order and lead to the same state. Reductions that leave out orders rest on this.
#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

#include "checker/explore/dpor_footprints.h"
#include "model/base/random.h"
#include "model/machine.h"
#include "tests/support/random_program.h"
#include "tests/support/temporary_folder.h"

namespace lockweave {
namespace {

struct Ran {
  Footprint footprint;
  StateWords words;
  StepStatus status = StepStatus::Done;
  bool holds_gil = false;
};

class Walker {
 public:
  explicit Walker(System& system) : system_(system) {}

  // Walks at random, and tries every two enabled choices of different threads in both orders, wherever it comes by. False: the
  // system has learnt something, and what was tried so far says nothing.
  bool walk(std::uint64_t seed) {
    Random random(seed);
    system_.reset();
    StateWords here;
    system_.encode(here);
    std::vector<Choice> choices;
    for (int steps = 0; steps < 400; ++steps) {
      system_.restore(here);
      system_.enabled(choices);
      if (choices.empty()) return true;
      std::vector<Ran> ran;
      for (const Choice& choice : choices) {
        ran.push_back(run(here, choice));
        if (ran.back().status != StepStatus::Done) return false;
      }
      for (std::size_t i = 0; i < choices.size(); ++i) {
        for (std::size_t k = 0; k < i; ++k) {
          if (choices[i].thread != choices[k].thread && !try_both(choices[k], ran[k], choices[i], ran[i])) return false;
        }
      }
      here = ran[random.below(choices.size())].words;
    }
    return true;
  }
  int tried() const { return tried_; }

 private:
  Ran run(const StateWords& from, const Choice& choice) {
    system_.restore(from);
    const StepReport& report = system_.step(choice);
    Ran ran{.footprint = report.footprint, .words = {}, .status = report.status, .holds_gil = report.holds_gil};
    if (ran.status == StepStatus::Done) system_.encode(ran.words);
    return ran;
  }

  bool is_enabled(const StateWords& state, const Choice& choice) {
    system_.restore(state);
    std::vector<Choice> choices;
    system_.enabled(choices);
    return std::ranges::find(choices, choice) != choices.end();
  }

  bool try_both(const Choice& one, const Ran& after_one, const Choice& other, const Ran& after_other) {
    if (after_one.holds_gil || after_other.holds_gil) return true;
    if (footprints_.are_dependent(footprints_.number_of(after_one.footprint), footprints_.number_of(after_other.footprint))) return true;
    ++tried_;
    CAPTURE(told(one, after_one));
    CAPTURE(told(other, after_other));
    CHECK(is_enabled(after_one.words, other));
    CHECK(is_enabled(after_other.words, one));
    const Ran second_other = run(after_one.words, other);
    const Ran second_one = run(after_other.words, one);
    if (second_one.status != StepStatus::Done || second_other.status != StepStatus::Done) return false;
    CHECK(second_other.footprint == after_other.footprint);
    CHECK(second_one.footprint == after_one.footprint);
    CHECK(second_one.words == second_other.words);
    return true;
  }

  std::string told(const Choice& choice, const Ran& ran) {
    std::string text = system_.thread_name(choice.thread) + " kind " + std::to_string(static_cast<int>(choice.kind)) + ":";
    for (const Access& access : ran.footprint) {
      text += " " + std::to_string(access.location.object) + "/" + std::to_string(access.location.key) + "/" + std::to_string(static_cast<int>(access.kind));
    }
    return text;
  }

  System& system_;
  explore::DporFootprints footprints_;
  int tried_ = 0;
};

int try_scenario(const std::filesystem::path& path, const design::Design& design, int walks) {
  const auto scenario = scenario::load_scenario(path);
  REQUIRE(scenario);
  auto machine = Machine::load(*scenario, design, {});
  REQUIRE(machine);
  Walker walker(**machine);
  for (int walk = 0; walk < walks; ++walk) walker.walk(static_cast<std::uint64_t>(walk) + 1);
  return walker.tried();
}

}  // namespace

TEST_CASE("steps that do not depend on each other by their footprints commute") {
  for (const char* name : {"textbook", "no-lock", "cpython-3.8", "cpython-3.12"}) {
    const auto design = design::DesignCatalog().load(name);
    if (!design) continue;  // that interpreter is not here
    CAPTURE(std::string(name));
    const testing::TemporaryFolder folder;
    int tried = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      const std::string text = testing::random_program(seed, {.imports = false});
      CAPTURE(text);
      tried += try_scenario(folder.write("random.txtar", text), *design, 3);
    }
    CHECK(tried > 100);
  }
}

}  // namespace lockweave
