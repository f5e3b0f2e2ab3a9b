#include "model/scenario/expectation.h"

#include "model/base/glob.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace lockweave::scenario {

std::string to_text(const ExpectedVerdict& verdict) {
  if (verdict.passes()) return "pass";
  std::vector<std::string_view> words;
  for (const auto property : verdict.failing) words.push_back(to_word(property));
  return fmt::format("{}", fmt::join(words, ", "));
}

void Expectations::add(std::string glob, ExpectedVerdict verdict, LineColumn place) {
  std::ranges::sort(verdict.failing);
  entries_.push_back({std::move(glob), std::move(verdict), place});
}

Result<std::optional<ExpectedVerdict>> Expectations::lookup(std::string_view design_name) const {
  const Entry* best = nullptr;
  const Entry* rival = nullptr;
  for (const auto& entry : entries_) {
    if (!glob_matches(entry.glob, design_name)) continue;
    const auto weight = literal_characters(entry.glob);
    const auto best_weight = best ? literal_characters(best->glob) : 0;
    if (best && weight < best_weight) continue;
    rival = best && weight == best_weight ? best : nullptr;
    best = &entry;
  }
  if (rival) {
    auto message = fmt::format("'{}' and '{}' fit the design '{}' equally well", rival->glob, best->glob, design_name);
    return fail(make_diagnostic(DiagnosticCode::AmbiguousExpectation, std::move(message), source_, best->place)
                    .with_hint(fmt::format("add an expectation for '{}'", design_name)));
  }
  if (!best) return std::optional<ExpectedVerdict>{};
  return std::optional(best->verdict);
}

bool Expectations::incomplete_ok(std::string_view design_name) const {
  return std::ranges::any_of(incomplete_ok_, [&](const auto& glob) { return glob_matches(glob, design_name); });
}

}  // namespace lockweave::scenario
