#include "model/design/design_toml.h"

#include "model/base/suggest.h"
#include "model/design/gil_texts.h"
#include "model/design/texts.h"

#include "model/formats/toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace lockweave::design {

namespace {

struct SwitchPointsName {
  std::string_view word;
  SwitchPoints value;
};

constexpr std::array switch_points_names{
    SwitchPointsName{"3.6", SwitchPoints::V36},
    SwitchPointsName{"3.7", SwitchPoints::V37},
    SwitchPointsName{"3.8", SwitchPoints::V38},
    SwitchPointsName{"3.9", SwitchPoints::V39},
    SwitchPointsName{"3.10", SwitchPoints::V310},
    SwitchPointsName{"3.11", SwitchPoints::V311},
    SwitchPointsName{"3.12", SwitchPoints::V312},
    SwitchPointsName{"3.13", SwitchPoints::V313},
    SwitchPointsName{"every-opcode", SwitchPoints::EveryOpcode},
    SwitchPointsName{"blocking-only", SwitchPoints::BlockingOnly},
    SwitchPointsName{"free-threaded", SwitchPoints::FreeThreaded},
};

std::optional<SwitchPoints> switch_points_from(std::string_view word) {
  const auto found = std::ranges::find(switch_points_names, word, &SwitchPointsName::word);
  if (found == switch_points_names.end()) return std::nullopt;
  return found->value;
}

// What the program sees if design.toml does not say it: the version of the switch points, then of the C side.
PythonVersion implied_version(std::string_view switch_points, const std::optional<PythonVersion>& import_c) {
  if (const auto version = version_from_text(switch_points)) return *version;
  if (import_c && *import_c >= oldest_version) return *import_c;
  return newest_version;
}

}  // namespace

std::string_view to_text(SwitchPoints switch_points) {
  return std::ranges::find(switch_points_names, switch_points, &SwitchPointsName::value)->word;
}

Result<DesignSettings> parse_design(const SourceFile& source) {
  const auto table = formats::parse_toml(source);
  if (!table) return fail(table);
  formats::TomlReader reader(source, *table, {"summary", "importlib", "import_c", "gil", "switch_points", "python_version", "fork", "exit", "package_context"});
  const auto summary = reader.text("summary");
  const auto importlib = reader.text("importlib");
  const auto import_c = reader.word("import_c", {"plain", "3.2", "3.3", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"});
  const auto gil = reader.text("gil");
  const auto fork = reader.text("fork");
  const auto exit = reader.text("exit");
  const auto package_context = reader.word("package_context", {"process", "thread"});
  const auto switch_points = reader.word(
      "switch_points", {"3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "every-opcode", "blocking-only", "free-threaded"});
  const auto version = reader.word("python_version", {"3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13"});
  if (reader.error()) return fail(*reader.error());
  for (const auto& [key, there] : {std::pair{"importlib", importlib.has_value()}, std::pair{"import_c", import_c.has_value()},
                                   std::pair{"gil", gil.has_value()}, std::pair{"switch_points", switch_points.has_value()}})
    if (!there) return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("a design needs '{}'", key), source.name()));

  // Words of the format that have no model yet.
  const auto not_there = [&](std::string_view key, std::string_view word, const char* instead) {
    const auto place = std::ranges::find(*table, key, &formats::TomlEntry::key)->value.place;
    return fail(make_diagnostic(DiagnosticCode::Unsupported, fmt::format("{} = \"{}\" is not modelled yet", key, word), source, place).with_hint(instead));
  };
  if (const std::string_view word = "per-interpreter"; *gil == word) return not_there("gil", word, "which GIL an interpreter has is said where it is created (docs/interpreters.md): use \"eager\"");
  const auto gil_place = std::ranges::find(*table, "gil", &formats::TomlEntry::key)->value.place;
  const std::vector<std::string> known = gil_names();
  if (!is_gil_path(*gil) && std::ranges::find(known, *gil) == known.end())
    return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("'gil' cannot be '{}'", *gil), source, gil_place).with_hint(suggestion(*gil, known) + "; or the path of a text, with a '/' or '.py' in it"));

  const auto place_of = [&](std::string_view key) {
    const auto found = std::ranges::find(*table, key, &formats::TomlEntry::key);
    return found == table->end() ? LineColumn{} : found->value.place;
  };
  for (const auto& [key, word, folder] : {std::tuple{"fork", fork, fork_folder}, std::tuple{"exit", exit, exit_folder}}) {
    const std::vector<std::string> names = names_in(folder);
    if (!word || is_text_path(*word) || std::ranges::find(names, *word) != names.end()) continue;
    return fail(make_diagnostic(DiagnosticCode::BadValue, fmt::format("'{}' cannot be '{}'", key, *word), source, place_of(key))
                    .with_hint(suggestion(*word, names) + "; or the path of a text, with a '/' or '.py' in it"));
  }

  DesignSettings settings;
  settings.summary = summary.value_or("");
  settings.importlib = *importlib;
  settings.importlib_place = std::ranges::find(*table, "importlib", &formats::TomlEntry::key)->value.place;
  settings.import_c = *import_c;
  settings.import_c_version = version_from_text(*import_c);
  settings.gil = *gil;
  settings.gil_place = gil_place;
  settings.fork = fork.value_or("");
  settings.fork_place = place_of("fork");
  settings.exit = exit.value_or("");
  settings.exit_place = place_of("exit");
  settings.switch_points = *switch_points_from(*switch_points);
  settings.switch_points_place = std::ranges::find(*table, "switch_points", &formats::TomlEntry::key)->value.place;
  settings.python_version = version ? *version_from_text(*version) : implied_version(*switch_points, settings.import_c_version);
  // 3.12, gh-105699
  settings.package_context_of_thread = package_context ? *package_context == "thread" : settings.python_version >= PythonVersion{3, 12};
  return settings;
}

}  // namespace lockweave::design
