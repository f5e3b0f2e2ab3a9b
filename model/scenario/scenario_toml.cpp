#include "model/scenario/scenario_toml.h"

#include "model/base/suggest.h"
#include "model/formats/toml.h"

#include <fmt/format.h>

#include <algorithm>

namespace lockweave::scenario {

namespace {

using formats::TomlReader;
using formats::TomlTable;

std::vector<std::string> property_names() {
  std::vector<std::string> names;
  for (const auto property : all_properties) names.emplace_back(to_word(property));
  return names;
}

// A property by its word, or an error at `place`. `also` is another word that is allowed there.
std::optional<PropertyWord> read_property(TomlReader& reader, std::string_view word, LineColumn place, std::string_view also = {}) {
  if (const auto property = property_from_word(word)) return property;
  auto known = property_names();
  if (!also.empty()) known.emplace_back(also);
  reader.reject(DiagnosticCode::UnknownProperty, place, fmt::format("unknown property '{}'", word), suggestion(word, known));
  return std::nullopt;
}

std::optional<Diagnostic> read_properties(const SourceFile& source, const TomlTable& table, Scenario& scenario) {
  TomlReader reader(source, table);
  for (const auto& entry : table) {
    const auto property = read_property(reader, entry.key, entry.place);
    const auto on = reader.boolean(entry);
    if (property && on) scenario.properties[*property] = *on;
  }
  return reader.error();
}

std::optional<Diagnostic> read_bounds(const SourceFile& source, const TomlTable& table, Scenario& scenario) {
  TomlReader reader(source, table, {"timeouts", "ident_reuse", "incomplete_ok", "max_states", "preemptions", "mtime", "interpreters"});
  if (const auto timeouts = reader.word("timeouts", {"may", "last"}))
    scenario.bounds.timeouts = *timeouts == "last" ? TimeoutRule::Last : TimeoutRule::May;
  if (const auto mtime = reader.word("mtime", {"any", "change", "stand"}))
    scenario.bounds.mtime = *mtime == "change" ? ModificationTimes::Change : *mtime == "stand" ? ModificationTimes::Stand : ModificationTimes::Any;
  scenario.bounds.ident_reuse = reader.boolean("ident_reuse").value_or(false);
  if (const auto interpreters = reader.count("interpreters")) {
    scenario.bounds.interpreters = *interpreters;
    const auto place = std::ranges::find(table, "interpreters", &formats::TomlEntry::key)->value.place;
    if (*interpreters < 1 || *interpreters > most_interpreters)
      reader.reject(DiagnosticCode::BadValue, place, fmt::format("'interpreters' is {}", *interpreters), fmt::format("how many the program may create beside main's: from 1 to {}", most_interpreters));
  }
  if (auto globs = reader.texts("incomplete_ok")) scenario.expectations.allow_incomplete(std::move(*globs));
  scenario.bounds.max_states = reader.count("max_states");
  scenario.bounds.preemptions = reader.count("preemptions");
  return reader.error();
}

// "pass", a property word, or a list of property words.
std::optional<ExpectedVerdict> read_verdict(TomlReader& reader, const formats::TomlEntry& entry) {
  const auto place = entry.value.place;
  const auto words = reader.texts(entry);
  if (!words) return std::nullopt;
  if (*words == std::vector<std::string>{"pass"}) return ExpectedVerdict{};
  if (words->empty()) {
    reader.reject(DiagnosticCode::BadValue, place, "an empty list says nothing", "write \"pass\" if nothing must fail");
    return std::nullopt;
  }
  ExpectedVerdict verdict;
  for (const auto& word : *words) {
    if (word == "pass") {
      reader.reject(DiagnosticCode::BadValue, place, "\"pass\" stands alone: nothing can fail beside it");
      return std::nullopt;
    }
    const auto property = read_property(reader, word, place, "pass");
    if (!property) return std::nullopt;
    if (std::ranges::find(verdict.failing, *property) != verdict.failing.end())
      reader.reject(DiagnosticCode::BadValue, place, fmt::format("'{}' stands here twice", word));
    verdict.failing.push_back(*property);
  }
  return verdict;
}

std::optional<Diagnostic> read_expectations(const SourceFile& source, const TomlTable& table, Scenario& scenario) {
  TomlReader reader(source, table);
  for (const auto& entry : table)
    if (auto verdict = read_verdict(reader, entry)) scenario.expectations.add(entry.key, std::move(*verdict), entry.place);
  return reader.error();
}

}  // namespace

Result<void> apply_settings(const SourceFile& settings, Scenario& scenario) {
  const auto table = formats::parse_toml(settings);
  if (!table) return fail(table);
  scenario.expectations = Expectations(settings);
  TomlReader reader(settings, *table, {"title", "reference", "designs", "finder", "properties", "bounds", "expect"});
  if (auto title = reader.text("title")) scenario.title = std::move(*title);
  scenario.reference = reader.text("reference").value_or("");
  scenario.designs = reader.texts("designs").value_or(std::vector<std::string>{});
  if (const auto finder = reader.word("finder", {"plain", "files"})) {
    scenario.finder = *finder == "files" ? Finder::Files : Finder::Plain;
    scenario.settings = settings;
    scenario.finder_place = std::ranges::find(*table, "finder", &formats::TomlEntry::key)->value.place;
  }
  const auto* properties = reader.table("properties");
  const auto* bounds = reader.table("bounds");
  const auto* expect = reader.table("expect");
  auto error = reader.error();
  if (!error && properties) error = read_properties(settings, *properties, scenario);
  if (!error && bounds) error = read_bounds(settings, *bounds, scenario);
  if (!error && expect) error = read_expectations(settings, *expect, scenario);
  if (error) return fail(std::move(*error));
  return {};
}

}  // namespace lockweave::scenario
