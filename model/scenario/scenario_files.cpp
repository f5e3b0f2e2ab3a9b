#include "model/scenario/scenario_files.h"

#include "model/base/text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

namespace lockweave::scenario {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_files = 1000;

bool is_passed_over(const fs::path& path) {
  const auto name = path.filename().string();
  return name.starts_with('.') || name == "__pycache__";
}

Diagnostic unreadable(const std::string& path, const std::error_code& error) {
  return make_diagnostic(DiagnosticCode::UnreadableFile, error.message(), path);
}

// The regular files below a folder, sorted.
Result<std::vector<fs::path>> files_below(const std::string& folder) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;  // a dangling link is no file
    if (is_passed_over(entry->path())) entry.disable_recursion_pending();
    else if (entry->is_regular_file(ignored)) files.push_back(entry->path());
    if (files.size() > most_files)
      return fail(
          make_diagnostic(DiagnosticCode::LimitExceeded, fmt::format("more than {} files; is this a scenario?", most_files), folder));
  }
  if (error) return fail(unreadable(folder, error));
  std::ranges::sort(files);
  return files;
}

// "p/q.py" -> {"p", "q"}; empty if no import statement or import_module call could name it.
std::vector<std::string> module_parts(std::string_view file_name) {
  const std::string_view suffix = file_name.ends_with(extension_suffix) ? extension_suffix : ".py";
  if (!file_name.ends_with(suffix)) return {};
  std::vector<std::string> parts(1);
  for (const char c : file_name.substr(0, file_name.size() - suffix.size())) {
    if (c == '/') parts.emplace_back();
    else parts.back() += c;
  }
  // A dot in a folder's or file's name can be no part of a module's name.
  const auto has_dot = [](const std::string& part) { return part.empty() || part.find('.') != std::string::npos; };
  return std::ranges::any_of(parts, has_dot) ? std::vector<std::string>{} : parts;
}

std::string dotted(const std::vector<std::string>& parts) {
  std::string name;
  for (const auto& part : parts) name += name.empty() ? part : "." + part;
  return name;
}

// All folders above a file: "p/q/r.py" -> "p", "p/q".
void add_folders_above(std::string_view file_name, std::set<std::string>& folders) {
  for (auto slash = file_name.find('/'); slash != std::string_view::npos; slash = file_name.find('/', slash + 1))
    folders.emplace(file_name.substr(0, slash));
}

}  // namespace

Result<formats::Archive> read_archive(const std::string& path) {
  auto source = read_text_file(path);
  if (!source) return fail(source);
  auto archive = formats::parse_txtar(*source);
  if (archive && archive->files.empty()) {
    return fail(make_diagnostic(DiagnosticCode::MalformedScenario, "no scenario: it has no `-- main.py --` line", path)
                    .with_hint("a scenario is a folder with a main.py, or a .txtar archive"));
  }
  return archive;
}

Result<formats::Archive> read_folder(const std::string& path) {
  const auto files = files_below(path);
  if (!files) return fail(files);
  formats::Archive contents;
  for (const auto& file : *files) {
    const auto name = file.lexically_relative(path).generic_string();
    auto source = read_text_file(file.string());
    if (!source) return fail(source);
    if (name == "README.md" || name == "README.txt") contents.comment = source->text();
    else contents.files.push_back({name, source->text()});
  }
  return contents;
}

void list_modules(Scenario& scenario) {
  std::map<std::string, ScenarioModule> modules;
  std::set<std::string> folders;
  for (std::size_t i = 0; i < scenario.files.size(); ++i) {
    auto parts = module_parts(scenario.files[i].name);
    if (parts.empty()) continue;
    add_folders_above(scenario.files[i].name, folders);
    const bool is_package = parts.back() == "__init__" && parts.size() > 1;
    if (is_package) parts.pop_back();
    const auto name = dotted(parts);
    const auto [entry, added] = modules.emplace(name, ScenarioModule{name, is_package, i});
    if (!added && is_package) entry->second = {name, is_package, i};
  }
  for (auto& [name, module] : modules) scenario.modules.push_back(std::move(module));
  for (const auto& folder : folders)
    if (!scenario.find_file(folder + "/__init__.py")) scenario.namespace_folders.push_back(folder);
}

Result<std::vector<std::string>> find_scenarios(const std::string& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return fail(missing_path(path));
  if (error) return fail(unreadable(path, error));
  if (!fs::is_directory(status) || fs::exists(fs::path(path) / "main.py", error)) return std::vector{path};
  std::vector<std::string> found;
  for (fs::recursive_directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    std::error_code ignored;
    const auto& below = entry->path();
    const bool is_folder = entry->is_directory(ignored);
    const bool is_scenario_folder = is_folder && fs::exists(below / "main.py", ignored);
    if (is_passed_over(below) || is_scenario_folder) entry.disable_recursion_pending();
    if (is_passed_over(below)) continue;
    if (is_scenario_folder || (!is_folder && below.extension() == ".txtar")) found.push_back(below.string());
  }
  if (error) return fail(unreadable(path, error));
  if (found.empty()) {
    return fail(make_diagnostic(DiagnosticCode::MalformedScenario, "no scenario in this folder", path)
                    .with_hint("a scenario is a folder with a main.py, or a .txtar archive"));
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace lockweave::scenario
