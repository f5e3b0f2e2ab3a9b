// The scenarios of specs/, as far as they are small enough: what is found by exploring each switch point, with no reduction and nothing remembered, is
// found with all reductions, and nothing else.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/scenario_files.h"
#include "tests/support/ways.h"

namespace lockweave {
namespace {

using testing::Findings;
using testing::Way;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

// `unserializable` is left aside in both: sleep sets and symmetry would be left out for it.
void judge_all_but_unserializable(CheckOptions& options) {
  options.strategy = explore::Strategy::Exhaustive;
  options.explore.properties.remove(PropertyWord::Unserializable);
}

const Way& everything() {
  static const Way way{.name = "no reduction, a step from each switch point to the next",
                       .machine = {.stop_everywhere = true, .movers = false, .remember_steps = false},
                       .set = [](CheckOptions& options) {
                         judge_all_but_unserializable(options);
                         options.explore.reductions = explore::Reductions::none();
                       }};
  return way;
}

const Way& reduced() {
  static const Way way{.name = "all reductions", .machine = {}, .set = judge_all_but_unserializable};
  return way;
}

// What is broken, and with how many preemptions where that is known.
std::string words_of(const Findings& findings) {
  std::string words;
  for (const PropertyWord word : findings.broken) {
    const auto fewest = findings.fewest_preemptions.find(word);
    words += fmt::format("{}{} ", to_word(word), fewest == findings.fewest_preemptions.end() ? "" : fmt::format(" {}", fewest->second));
  }
  return words;
}

// How many were compared.
int compare(const char* design_name, std::uint64_t max_states, std::size_t one_in = 1) {
  const auto design = design::DesignCatalog().load(design_name);
  if (!design) return 0;
  int compared = 0;
  const std::vector<std::filesystem::path> paths = testing::scenario_files();
  for (std::size_t i = 0; i < paths.size(); i += one_in) {
    testing::Machines machines(text_of(paths[i]), *design);
    const Findings expected = testing::explore(machines, everything(), max_states);
    if (!expected.complete || !expected.error.empty()) continue;
    ++compared;
    CAPTURE(paths[i].filename());
    CAPTURE(std::string(design_name));
    const Findings found = testing::explore(machines, reduced(), max_states);
    CHECK(found.mistake == "");
    CHECK(found.complete);
    CHECK(found.outcomes == expected.outcomes);
    CHECK(words_of(found) == words_of(expected));
  }
  MESSAGE(fmt::format("{}: {} scenarios of {} compared", design_name, compared, paths.size()));
  return compared;
}

}  // namespace

TEST_CASE("scenarios come to the same with all reductions and with none") {
  CHECK(compare("no-lock", 6'000) > 10);
  CHECK(compare("textbook", 6'000) > 5);
  CHECK(compare("global-lock", 6'000) > 5);
}

TEST_CASE("nightly: scenarios come to the same with all reductions and with none" * doctest::skip()) {
  for (const char* design : {"no-lock", "gil-alone", "inserts-after", "textbook", "global-lock", "per-module"}) CHECK(compare(design, 30'000) > 10);
  for (const char* design : {"cpython-3.8", "cpython-3.12"}) (void)compare(design, 30'000);
}

}  // namespace lockweave
