#include "model/scenario/scenario.h"

#include "model/base/glob.h"
#include "model/base/text_file.h"
#include "model/formats/txtar.h"
#include "model/scenario/scenario_files.h"
#include "model/scenario/scenario_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace lockweave::scenario {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view settings_name = "scenario.toml";

std::string name_of(const std::string& path) {
  fs::path normal = fs::path(path).lexically_normal();
  if (!normal.has_filename()) normal = normal.parent_path();
  if (normal == "." || normal == ".." || normal.empty()) {
    std::error_code error;
    normal = fs::weakly_canonical(normal, error);
  }
  return normal.extension() == ".txtar" ? normal.stem().string() : normal.filename().string();
}

// The first line of the free text that says something, without a full stop.
std::string title_from(std::string_view description) {
  while (!description.empty()) {
    const auto end = std::min(description.find('\n'), description.size());
    std::string_view line = description.substr(0, end);
    while (!line.empty() && (line.back() == '.' || line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    if (!line.empty()) return std::string(line);
    description.remove_prefix(std::min(end + 1, description.size()));
  }
  return {};
}

Fingerprint digest_of(const Scenario& scenario) {
  Hasher hasher;
  hasher.add(std::uint64_t{scenario.files.size()});
  for (const auto& file : scenario.files) {
    hasher.add(file.name);
    hasher.add(file.text);
  }
  hasher.add(static_cast<std::uint64_t>(scenario.bounds.timeouts));
  hasher.add(std::uint64_t{scenario.bounds.ident_reuse});
  if (scenario.bounds.interpreters) hasher.add(*scenario.bounds.interpreters);
  // Only where they say something: a schedule of a scenario that does not speak of files stays good.
  if (scenario.finder != Finder::Plain) hasher.add("finder = files");
  if (scenario.bounds.mtime != ModificationTimes::Any) hasher.add(scenario.bounds.mtime == ModificationTimes::Change ? "mtime = change" : "mtime = stand");
  return hasher.finish();
}

// From the files to a scenario; `contents.comment` is the free text.
Result<Scenario> assemble(const std::string& path, formats::Archive contents) {
  Scenario scenario;
  scenario.name = name_of(path);
  scenario.path = path;
  scenario.description = std::move(contents.comment);
  scenario.title = title_from(scenario.description);
  for (auto& file : contents.files) {
    if (file.name != settings_name) {
      scenario.files.push_back({std::move(file.name), std::move(file.text)});
      continue;
    }
    const SourceFile settings((fs::path(path) / file.name).string(), std::move(file.text));
    if (auto applied = apply_settings(settings, scenario); !applied) return fail(applied);
  }
  std::ranges::sort(scenario.files, {}, &ScenarioFile::name);
  if (!scenario.find_file("main.py"))
    return fail(make_diagnostic(DiagnosticCode::MalformedScenario, "a scenario needs a file main.py", path));
  list_modules(scenario);
  scenario.digest = digest_of(scenario);
  return scenario;
}

}  // namespace

const ScenarioFile* Scenario::find_file(std::string_view file_name) const {
  const auto found = std::ranges::lower_bound(files, file_name, {}, &ScenarioFile::name);
  return found != files.end() && found->name == file_name ? &*found : nullptr;
}

const ScenarioModule* Scenario::find_module(std::string_view module_name) const {
  const auto found = std::ranges::lower_bound(modules, module_name, {}, &ScenarioModule::name);
  return found != modules.end() && found->name == module_name ? &*found : nullptr;
}

bool Scenario::judges(PropertyWord property) const {
  const auto said = properties.find(property);
  return said == properties.end() ? is_on_by_default(property) : said->second;
}

bool Scenario::is_meant_for(std::string_view design_name) const {
  const auto fits = [&](const auto& glob) { return glob_matches(glob, design_name); };
  return designs.empty() || std::ranges::any_of(designs, fits);
}

Result<Scenario> load_scenario(const std::string& path) {
  std::error_code error;
  const bool is_folder = fs::is_directory(path, error);
  auto contents = is_folder ? read_folder(path) : read_archive(path);
  if (!contents) return fail(contents);
  return assemble(path, std::move(*contents));
}

}  // namespace lockweave::scenario
