#include "model/design/installed_python.h"

#include "model/base/text_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <set>

namespace lockweave::design {

namespace fs = std::filesystem;

namespace {

struct FullVersion {
  PythonVersion version;
  int patch = -1;
};

// "3.12" or "3.12.1", as the start of a text: what follows a patch number (rc1, +) does not matter.
std::optional<FullVersion> leading_version(std::string_view text) {
  FullVersion full;
  const std::array<int*, 3> parts{&full.version.major, &full.version.minor, &full.patch};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      if (text.empty() || text.front() != '.') return i == 2 ? std::optional(full) : std::nullopt;
      text.remove_prefix(1);
    }
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{}) return std::nullopt;
    *parts[i] = number;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  }
  return full;
}

bool is_file(const fs::path& path) {
  std::error_code error;
  return fs::is_regular_file(path, error);
}

// In order of names; folders of commands have thousands of entries, so those that do not begin so are left out at once.
std::vector<fs::path> entries_of(const fs::path& folder, std::string_view beginning = "") {
  std::vector<fs::path> entries;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    const std::string& path = entry->path().native();
    if (std::string_view(path).substr(path.rfind('/') + 1).starts_with(beginning)) entries.push_back(entry->path());
  }
  std::ranges::sort(entries);
  return entries;
}

// "python3.12" -> 3.12; nothing for "python3", "python3.12-config", "python3.13t" (another build of 3.13).
std::optional<PythonVersion> version_from_command(const fs::path& executable) {
  constexpr std::string_view command = "python";
  const auto name = executable.filename().string();
  if (!name.starts_with(command)) return std::nullopt;
  return version_from_text(std::string_view(name).substr(command.size()));
}

// The patch number, from the header file or from the folder's own name (as pyenv names them).
int patch_of(const fs::path& prefix, PythonVersion version) {
  const auto header = read_text_file((prefix / "include" / ("python" + to_text(version)) / "patchlevel.h").string());
  constexpr std::string_view define = "#define PY_MICRO_VERSION";
  if (header) {
    const auto& text = header->text();
    if (const auto at = text.find(define); at != std::string::npos) {
      auto rest = std::string_view(text).substr(at + define.size());
      rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
      int patch = -1;
      std::from_chars(rest.data(), rest.data() + rest.size(), patch);
      if (patch >= 0) return patch;
    }
  }
  const auto named = leading_version(prefix.filename().string());
  return named && named->version == version ? named->patch : -1;
}

// What is installed in a prefix (the folder that holds bin/ and lib/): of one version, or of every version there is.
std::vector<InstalledPython> installed_in(const fs::path& prefix, std::optional<PythonVersion> wanted = std::nullopt) {
  std::vector<InstalledPython> found;
  for (const char* library : {"lib", "lib64"}) {
    for (const auto& folder : entries_of(prefix / library, "python")) {
      const auto version = version_from_command(folder);  // the library's folder is named like the command
      if (!version || (wanted && *wanted != *version)) continue;
      const auto bootstrap = folder / "importlib" / "_bootstrap.py";
      const auto known = [&](const auto& python) { return python.version == *version; };
      if (!is_file(bootstrap) || std::ranges::any_of(found, known)) continue;
      const auto executable = prefix / "bin" / ("python" + to_text(*version));
      found.push_back({*version, patch_of(prefix, *version), is_file(executable) ? executable.string() : "", bootstrap.string()});
    }
  }
  return found;
}

// A virtual environment keeps no library of its own but names the folder its interpreter came from.
std::optional<fs::path> home_of_environment(const fs::path& executable) {
  const auto settings = read_text_file((executable.parent_path().parent_path() / "pyvenv.cfg").string());
  if (!settings) return std::nullopt;
  for (std::uint32_t line = 1; line <= settings->line_count(); ++line) {
    const auto text = settings->line_text(line);
    if (!text.starts_with("home")) continue;
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    const auto value = text.find_first_not_of(" \t", equals + 1);
    if (value != std::string_view::npos) return fs::path(text.substr(value));
  }
  return std::nullopt;
}

// The installation an executable belongs to, judged by the files around it.
std::optional<InstalledPython> installation_of(const fs::path& executable) {
  std::error_code error;
  const auto resolved = fs::canonical(executable, error);
  if (error) return std::nullopt;
  auto version = version_from_command(resolved);
  if (!version) version = version_from_command(executable);
  auto found = installed_in(resolved.parent_path().parent_path(), version);
  if (found.empty()) {
    const auto home = home_of_environment(executable);
    if (home) found = installed_in(home->parent_path(), version);
  }
  if (found.size() != 1) return std::nullopt;  // none, or several and no hint which
  found.front().executable = executable.string();
  return found.front();
}

std::string shell_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// Asks an interpreter itself. Only for one that the user named, e.g. a wrapper script.
std::optional<InstalledPython> ask(const fs::path& executable) {
  constexpr std::string_view question =
      "import sys, os, importlib; v = sys.version_info; "
      "print(\"%d.%d.%d\" % tuple(v[:3])); print(os.path.join(os.path.dirname(importlib.__file__), \"_bootstrap.py\"))";
  const auto command =
      fmt::format("timeout 20 {} -I -S -c {} 2>/dev/null </dev/null", shell_quoted(executable.string()), shell_quoted(question));
  const auto close = [](std::FILE* pipe) { ::pclose(pipe); };
  const std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(command.c_str(), "r"), close);
  if (!pipe) return std::nullopt;
  std::string answer;
  std::array<char, 512> block{};
  while (const auto size = std::fread(block.data(), 1, block.size(), pipe.get())) answer.append(block.data(), size);
  const SourceFile lines("", answer);
  const auto full = leading_version(lines.line_text(1));
  const std::string bootstrap(lines.line_text(2));
  if (!full || !is_file(bootstrap)) return std::nullopt;
  return InstalledPython{full->version, full->patch, executable.string(), bootstrap};
}

// Every installation in the places, in the order in which they are looked at; some may be found twice.
std::vector<InstalledPython> all_installations(const SearchPlaces& places) {
  std::vector<InstalledPython> found;
  for (const auto& folder : places.folders) {
    for (const auto& entry : entries_of(folder, "python")) {
      const auto name = entry.filename().string();
      if (name != "python" && name != "python3" && !version_from_command(entry)) continue;
      if (auto python = installation_of(entry)) found.push_back(std::move(*python));
    }
  }
  if (places.pyenv_root.empty()) return found;
  for (const auto& prefix : entries_of(fs::path(places.pyenv_root) / "versions"))
    std::ranges::move(installed_in(prefix), std::back_inserter(found));
  return found;
}

std::string where_looked(const SearchPlaces& places) {
  std::string text = fmt::format("looked in {}", fmt::join(places.folders, ", "));
  if (!places.pyenv_root.empty()) text += fmt::format(" and {}", (fs::path(places.pyenv_root) / "versions").string());
  return text;
}

Diagnostic missing(std::string message, const SearchPlaces& places) {
  return make_diagnostic(DiagnosticCode::MissingInterpreter, std::move(message))
      .with_hint(where_looked(places) + "; install it, or name one with --python PATH, or an importlib file with --bootstrap FILE");
}

Result<InstalledPython> find_version(const FullVersion& wanted, const SearchPlaces& places) {
  const auto fits = [&](const InstalledPython& python) {
    return python.version == wanted.version && (wanted.patch < 0 || python.patch == wanted.patch);
  };
  auto found = all_installations(places);
  std::erase_if(found, [&](const auto& python) { return !fits(python); });
  const auto newest = std::ranges::max_element(found, {}, &InstalledPython::patch);
  if (newest != found.end()) return *newest;
  const auto patch = wanted.patch < 0 ? std::string{} : fmt::format(".{}", wanted.patch);
  return fail(missing(fmt::format("no CPython {}{} found", to_text(wanted.version), patch), places));
}

Result<InstalledPython> find_by_path(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) {
    const auto found = installed_in(path);
    if (found.size() == 1) return found.front();
    const auto reason = found.empty() ? "no CPython is installed in this folder" : "several CPythons are installed here";
    return fail(make_diagnostic(DiagnosticCode::MissingInterpreter, reason, path.string())
                    .with_hint("name the interpreter itself, e.g. bin/python3.12"));
  }
  if (!is_file(path)) return fail(missing_path(path.string()));
  if (auto python = installation_of(path)) return *python;
  if (auto python = ask(path)) return *python;
  return fail(make_diagnostic(DiagnosticCode::MissingInterpreter, "this is no CPython with a library beside it", path.string())
                  .with_hint("name an importlib file with --bootstrap FILE"));
}

}  // namespace

std::string to_text(PythonVersion version) { return fmt::format("{}.{}", version.major, version.minor); }

std::optional<PythonVersion> version_from_text(std::string_view text) {
  const auto full = leading_version(text);
  if (!full || to_text(full->version) != text) return std::nullopt;
  return full->version;
}

SearchPlaces SearchPlaces::from_environment() {
  SearchPlaces places;
  const auto add = [&](std::string folder) {
    if (!folder.empty() && std::ranges::find(places.folders, folder) == places.folders.end()) places.folders.push_back(std::move(folder));
  };
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "";
  while (!rest.empty()) {
    const auto end = std::min(rest.find(':'), rest.size());
    add(std::string(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  add("/usr/local/bin");
  add("/usr/bin");
  const char* root = std::getenv("PYENV_ROOT");
  const char* home = std::getenv("HOME");
  if (root && *root) places.pyenv_root = root;
  else if (home && *home) places.pyenv_root = (fs::path(home) / ".pyenv").string();
  return places;
}

std::vector<InstalledPython> find_installed_pythons(const SearchPlaces& places) {
  std::map<PythonVersion, InstalledPython> newest;
  for (auto& python : all_installations(places)) {
    const auto [entry, added] = newest.emplace(python.version, python);
    if (!added && python.patch > entry->second.patch) entry->second = std::move(python);
  }
  std::vector<InstalledPython> found;
  for (auto& [version, python] : newest) found.push_back(std::move(python));
  return found;
}

Result<InstalledPython> find_python(std::string_view wanted, const SearchPlaces& places) {
  if (wanted.find('/') != std::string_view::npos) return find_by_path(wanted);
  if (const auto full = leading_version(wanted)) return find_version(*full, places);
  for (const auto& folder : places.folders)
    if (!wanted.empty() && is_file(fs::path(folder) / wanted)) return find_by_path(fs::path(folder) / wanted);
  return fail(missing(fmt::format("'{}' is neither a version, nor a path, nor a command", wanted), places));
}

Result<InstalledPython> find_newest_python(const SearchPlaces& places) {
  auto found = find_installed_pythons(places);
  std::erase_if(found, [](const auto& python) { return python.version < oldest_version || newest_version < python.version; });
  if (!found.empty()) return found.back();
  return fail(missing(fmt::format("no CPython {} … {} found", to_text(oldest_version), to_text(newest_version)), places));
}

}  // namespace lockweave::design
