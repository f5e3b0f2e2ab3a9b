#include "tests/support/equivalence.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "model/design/design.h"
#include "tests/support/ways.h"

namespace lockweave::testing {
namespace {

constexpr int kMostTold = 2;

class Comparer {
 public:
  Comparer(const Comparison& comparison, const design::Design& design) : comparison_(comparison), design_(design) {}

  Compared run() {
    if (const char* share = std::getenv("LOCKWEAVE_TEST_SHARE")) compared_.share = std::max(1, std::atoi(share));
    for (int i = 0; i < comparison_.programs && told_ < kMostTold; i += compared_.share) {
      compare(comparison_.first_seed + static_cast<std::uint64_t>(i));
    }
    MESSAGE(fmt::format("{}{}: {} random programs compared, each explored in {:.1f} other ways; {} had several outcomes, {} broke a property, {} were completed by dpor; {} were too large",
                        design_.name, comparison_.without_gil ? ", without a GIL" : comparison_.every_opcode ? ", every opcode" : "", compared_.compared, compared_.explorations / std::max(1.0, static_cast<double>(compared_.compared)),
                        compared_.with_outcomes, compared_.with_failures, compared_.dpor_complete, compared_.too_large));
    return compared_;
  }

 private:
  void compare(std::uint64_t seed) {
    const ProgramTree program = random_program_tree(seed, comparison_.program);
    Machines machines(program.text(), design_);
    // For one program in two, another way begins.
    const Way* before = &ways()[seed / 2 % ways().size()];
    Findings first;
    if (seed % 2 == 0 || before->machine.stop_everywhere || before->claim != Claim::Everything) before = nullptr;
    if (before != nullptr) {
      // To find out in that way that a program is too large takes long.
      Machines others(program.text(), design_);
      if (const Findings alone = explore(others, ways().front(), comparison_.max_states); alone.mistake.empty() && alone.error.empty() && !alone.complete) {
        ++compared_.too_large;
        return;
      }
      first = explore(machines, *before, comparison_.max_states);
    }
    const Findings reference = explore(machines, ways().front(), comparison_.max_states);
    if (!reference.error.empty()) {
      ++compared_.unsupported;
      CAPTURE(program.text());
      CAPTURE(seed);
      if (compared_.unsupported <= kMostTold) MESSAGE(reference.error);
      return;
    }
    if (!reference.mistake.empty()) return tell(seed, program, ways().front());
    if (!reference.complete) {
      ++compared_.too_large;
      return;
    }
    ++compared_.compared;
    compared_.with_outcomes += reference.outcomes.size() > 1;
    compared_.with_failures += !reference.broken.empty();
    for (const Way& way : ways().subspan(1)) {
      if (comparison_.without != nullptr && way.name.starts_with(comparison_.without)) continue;
      if (&way != before && seed % std::max(1u, way.share / comparison_.more_often) != 0) continue;
      ++compared_.explorations;
      const Findings found = &way == before ? first : explore(machines, way, comparison_.max_states);
      compared_.dpor_complete += way.name == "dpor" && found.complete;
      if (!difference(reference, way, found).empty()) return tell(seed, program, way);
    }
  }

  // The difference between the first way and this one on this program, each on a machine of its own that knows nothing yet; empty if it is too large.
  std::string difference_on(const ProgramTree& program, const Way& way) const {
    Machines machines(program.text(), design_);
    Machines others(program.text(), design_);
    const Findings reference = explore(machines, ways().front(), comparison_.max_states);
    if (reference.mistake.empty() && (!reference.error.empty() || !reference.complete)) return {};
    return difference(reference, way, explore(others, way, comparison_.max_states));
  }

  void tell(std::uint64_t seed, const ProgramTree& program, const Way& way) {
    ++told_;
    const std::string original = difference_on(program, way);
    if (original.empty()) {
      FAIL_CHECK(fmt::format("program {} on {}: '{}' differs, but only after other explorations on the same machine\n{}", seed, design_.name, way.name, program.text()));
      return;
    }
    const ProgramTree small = shrink(program, [&](const ProgramTree& candidate) { return !difference_on(candidate, way).empty(); }, 200);
    FAIL_CHECK(fmt::format("program {} on {}, made small:\n{}\n{}", seed, design_.name, small.text(), difference_on(small, way)));
  }

  const Comparison& comparison_;
  const design::Design& design_;
  Compared compared_;
  int told_ = 0;
};

}  // namespace

std::vector<std::optional<Caught>> first_differences(const Comparison& comparison, std::span<const Way> others) {
  std::vector<std::optional<Caught>> all(others.size());
  const auto design = design::DesignCatalog().load(comparison.design);
  if (!design) return all;
  for (int i = 0; i < comparison.programs && !std::ranges::all_of(all, [](const auto& one) { return one.has_value(); }); ++i) {
    const std::uint64_t seed = comparison.first_seed + static_cast<std::uint64_t>(i);
    Machines machines(random_program(seed, comparison.program), *design);
    const Findings reference = explore(machines, ways().front(), comparison.max_states);
    if (!reference.error.empty() || !reference.complete) continue;
    for (std::size_t k = 0; k < others.size(); ++k) {
      if (all[k]) continue;
      if (std::string found = difference(reference, others[k], explore(machines, others[k], comparison.max_states)); !found.empty()) all[k] = Caught{seed, std::move(found)};
    }
  }
  return all;
}

Compared compare_ways(const Comparison& comparison) {
  auto design = design::DesignCatalog().load(comparison.design);
  if (!design) return {.is_missing = true};
  if (comparison.every_opcode) design->switch_points = design::SwitchPoints::EveryOpcode;
  if (comparison.without_gil) {
    design->gil = "none";
    design->python_at_once = true;
    design->switch_points = design::SwitchPoints::FreeThreaded;
  }
  return Comparer(comparison, *design).run();
}

TextsCompared compare_texts(const TextComparison& comparison, const char* design_name, std::uint64_t first_seed, int programs, std::uint64_t max_states) {
  TextsCompared count;
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return count;
  for (int i = 0; i < programs; ++i) {
    const std::uint64_t seed = first_seed + static_cast<std::uint64_t>(i);
    const std::string text = comparison.program(seed);
    CAPTURE(text);
    CAPTURE(seed);
    Machines machines(text, *design);
    Findings reference = explore(machines, ways().front(), max_states);
    comparison.adjust(reference);
    CHECK_MESSAGE(reference.error.empty(), reference.error);
    CHECK_MESSAGE(reference.mistake.empty(), reference.mistake);
    if (!reference.complete) continue;
    ++count.compared;
    count.with_outcomes += reference.outcomes.size() > 1;
    for (const Way& way : ways().subspan(1)) {
      if (seed % way.share != 0) continue;
      Findings found = explore(machines, way, max_states);
      comparison.adjust(found);
      const std::string told = difference(reference, way, found);
      CHECK_MESSAGE(told.empty(), way.name, ": ", told);
      if (!told.empty()) return count;
    }
  }
  MESSAGE(fmt::format("{}: {} random programs compared, {} with several outcomes", design_name, count.compared, count.with_outcomes));
  return count;
}

}  // namespace lockweave::testing
