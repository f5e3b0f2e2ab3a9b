#include "model/design/design.h"

#include "model/base/embedded.h"
#include "model/base/glob.h"
#include "model/base/suggest.h"
#include "model/base/text_file.h"
#include "model/design/design_toml.h"
#include "model/design/generation.h"
#include "model/design/gil_texts.h"
#include "model/design/texts.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <tuple>

namespace lockweave::design {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view designs_folder = "specs/designs/";
constexpr std::string_view design_file = "design.toml";
constexpr std::string_view installed_prefix = "python:";
constexpr std::string_view external_file = "_bootstrap_external.py";

std::string embedded_path(std::string_view name, std::string_view file) { return fmt::format("{}{}/{}", designs_folder, name, file); }

std::string cpython_name(PythonVersion version) { return "cpython-" + to_text(version); }

// Numbers within names count as numbers: cpython-3.9 comes before cpython-3.10.
bool naturally_before(std::string_view a, std::string_view b) {
  const auto is_digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
  const auto take_number = [&](std::string_view& text) {
    std::uint64_t number = 0;
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1))
      number = number * 10 + static_cast<std::uint64_t>(text.front() - '0');
    return number;
  };
  while (!a.empty() && !b.empty()) {
    if (is_digit(a.front()) && is_digit(b.front())) {
      const auto number_a = take_number(a), number_b = take_number(b);
      if (number_a != number_b) return number_a < number_b;
    } else if (a.front() != b.front()) {
      return a.front() < b.front();
    } else {
      a.remove_prefix(1);
      b.remove_prefix(1);
    }
  }
  return a.size() < b.size();
}

// What CPython of that version does, as its first release did.
std::string usual_fork(PythonVersion version) { return version < PythonVersion{3, 13} ? "3.6" : "3.13"; }

// 3.12.3 took back some of what 3.12.0 refuses. Designs of our own are of no patch release: they have the later form.
constexpr int latest_patch = 99;
std::string usual_exit(PythonVersion version, int patch) {
  constexpr int less_strict = 3;
  if (version < PythonVersion{3, 8}) return "3.6";
  if (version < PythonVersion{3, 9}) return "3.8";
  if (version < PythonVersion{3, 12}) return "3.9";
  return version == PythonVersion{3, 12} && patch < less_strict ? "3.12.0" : "3.13";
}

Fingerprint digest_of(const Design& design) {
  Hasher hasher;
  hasher.add(design.importlib.text());
  hasher.add(design.import_c);
  hasher.add(design.gil_text ? design.gil_text->text() : design.gil);
  hasher.add(to_text(design.switch_points));
  hasher.add(to_text(design.python_version));
  // Said only where it is not what the version implies.
  for (const auto& [key, word, usual, text] : {std::tuple{"fork", design.fork, usual_fork(design.python_version), &design.fork_text},
                                               std::tuple{"exit", design.exit, usual_exit(design.python_version, design.runs_cpython() ? 0 : latest_patch), &design.exit_text}}) {
    if (word == usual) continue;
    hasher.add(std::string_view(key));
    hasher.add(*text ? (*text)->text() : std::string_view(word));
  }
  if (design.package_context_of_thread != (design.python_version >= PythonVersion{3, 12})) hasher.add(std::string_view("package_context"));
  return hasher.finish();
}

// The texts that a design.toml on disk names by their paths.
struct OwnTexts {
  std::optional<SourceFile> gil, fork, exit;
};

// CPython's util.py: the one beside the importlib, or that of an installed interpreter of the version.
std::optional<SourceFile> util_for(const Design& design, const SearchPlaces& places) {
  if (!design.runs_cpython()) return std::nullopt;
  auto beside = read_text_file((fs::path(design.importlib.name()).parent_path() / "util.py").string());
  if (beside && is_importlib_util(*beside)) return std::move(*beside);
  const auto python = find_python(to_text(design.python_version), places);
  if (!python) return std::nullopt;
  auto installed = read_text_file((fs::path(python->bootstrap).parent_path() / "util.py").string());
  if (installed && is_importlib_util(*installed)) return std::move(*installed);
  return std::nullopt;
}

// Of a file on disk: what lies beside it. An importlib of one's own may be alone; then the installed one of that version goes with it.
std::optional<SourceFile> find_external(const Design& design, const SearchPlaces& places) {
  if (!design.runs_cpython()) return std::nullopt;
  const auto beside = (fs::path(design.importlib.name()).parent_path() / external_file).string();
  if (std::error_code error; fs::is_regular_file(beside, error)) {
    auto file = read_text_file(beside);
    return file ? std::optional(std::move(*file)) : std::nullopt;  // not another one in its place
  }
  const auto python = find_python(to_text(design.python_version), places);
  if (!python) return std::nullopt;
  auto file = read_text_file((fs::path(python->bootstrap).parent_path() / external_file).string());
  return file ? std::optional(std::move(*file)) : std::nullopt;
}

SourceFile gil_text_of(const DesignSettings& settings) { return design::gil_text(settings.gil); }

// Without a GIL another thread may come in anywhere, and with one the switch points say where.
Result<bool> check_switch_points(const DesignSettings& settings, const SourceFile& gil, const SourceFile& toml) {
  const bool at_once = gil_traits(gil).python_at_once;
  if (at_once == (settings.switch_points == SwitchPoints::FreeThreaded)) return true;
  const auto complain = [&](std::string message, const char* hint) {
    return fail(make_diagnostic(DiagnosticCode::BadValue, std::move(message), toml, settings.switch_points_place).with_hint(hint));
  };
  if (at_once) return complain(fmt::format("gil = \"{}\" lets several threads run Python code at once, and so needs switch_points = \"free-threaded\"", settings.gil), "without a GIL another thread may come in anywhere");
  return complain(fmt::format("switch_points = \"free-threaded\" goes with a gil that lets several threads run Python code at once, and \"{}\" does not", settings.gil),
                  "use gil = \"none\" or \"toggle\"; or \"every-opcode\": a thread may lose the GIL between any two instructions");
}

Result<Design> assemble(std::string name, const DesignSettings& settings, SourceFile importlib, const SearchPlaces& places,
                        OwnTexts texts = {}, int patch = latest_patch) {
  if (auto checked = check_is_importlib(importlib); !checked) return fail(checked);
  Design design;
  design.name = std::move(name);
  design.summary = settings.summary;
  design.importlib = std::move(importlib);
  design.import_c = settings.import_c;
  design.import_c_version = settings.import_c_version;
  design.gil = settings.gil;
  const GilTraits traits = gil_traits(texts.gil ? *texts.gil : gil_text_of(settings));
  design.python_at_once = traits.python_at_once;
  design.gil_stops_for_collection = traits.stops_for_collection;
  design.gil_text = std::move(texts.gil);
  design.fork = settings.fork.empty() ? usual_fork(settings.python_version) : settings.fork;
  design.fork_text = std::move(texts.fork);
  design.exit = settings.exit.empty() ? usual_exit(settings.python_version, patch) : settings.exit;
  design.exit_text = std::move(texts.exit);
  design.package_context_of_thread = settings.package_context_of_thread;
  design.switch_points = settings.switch_points;
  design.python_version = settings.python_version;
  design.importlib_util = util_for(design, places);
  design.digest = digest_of(design);
  design.importlib_external = find_external(design, places);
  return design;
}

std::optional<std::string_view> installed_importlib(const DesignSettings& settings) {
  const std::string_view text = settings.importlib;
  if (!text.starts_with(installed_prefix)) return std::nullopt;
  return text.substr(installed_prefix.size());
}

// `patch` is set to its patch number.
Result<SourceFile> read_installed(std::string_view wanted, const SearchPlaces& places, int& patch) {
  const auto python = find_python(wanted, places);
  if (!python) return fail(python);
  patch = python->patch;
  return read_text_file(python->bootstrap);
}

// The settings of a design that comes with the program. Requires: there is one of that name.
Result<DesignSettings> builtin_settings(std::string_view name) {
  const auto path = embedded_path(name, design_file);
  return parse_design(SourceFile(path, std::string(*embedded_file(path))));
}

Result<Design> load_builtin(const std::string& name, const SearchPlaces& places) {
  const auto settings = builtin_settings(name);
  if (!settings) return fail(settings);
  if (const auto wanted = installed_importlib(*settings)) {
    int patch = latest_patch;
    auto importlib = read_installed(*wanted, places, patch);
    if (!importlib) return fail(importlib);
    return assemble(name, *settings, std::move(*importlib), places, {}, patch);
  }
  // One design may name the file of another: "../no-lock/importlib.py".
  const auto path = fs::path(embedded_path(name, settings->importlib)).lexically_normal().string();
  const auto text = embedded_file(path);
  if (!text) return fail(make_diagnostic(DiagnosticCode::UnreadableFile, "this importlib is not part of the program", path));
  return assemble(name, *settings, SourceFile(path, std::string(*text)), places);
}

// Why a file cannot be read, with the line that asked for it.
Diagnostic at_the_line_that_asked(const Diagnostic& why, const SourceFile& source, LineColumn place) {
  if (why.line != 0 || why.code != DiagnosticCode::UnreadableFile) return why;
  return make_diagnostic(why.code, fmt::format("{}: {}", why.file, why.message), source, place).with_hint(why.hint);
}

// A design.toml on disk; its folder's name is the design's.
Result<Design> load_from_disk(const fs::path& toml, const SearchPlaces& places) {
  const auto source = read_text_file(toml.string());
  if (!source) return fail(source);
  const auto settings = parse_design(*source);
  if (!settings) return fail(settings);
  std::error_code error;
  const auto folder = fs::weakly_canonical(toml, error).parent_path();
  const auto wanted = installed_importlib(*settings);
  int patch = latest_patch;
  auto importlib =
      wanted ? read_installed(*wanted, places, patch) : read_text_file((toml.parent_path() / settings->importlib).lexically_normal().string());
  if (!importlib) return fail(at_the_line_that_asked(importlib.error(), *source, settings->importlib_place));
  OwnTexts texts;
  for (const auto& [word, place, text] : {std::tuple{settings->gil, settings->gil_place, &texts.gil}, std::tuple{settings->fork, settings->fork_place, &texts.fork},
                                          std::tuple{settings->exit, settings->exit_place, &texts.exit}}) {
    if (!is_text_path(word)) continue;
    auto read = read_text_file((toml.parent_path() / word).lexically_normal().string());
    if (!read) return fail(at_the_line_that_asked(read.error(), *source, place));
    *text = std::move(*read);
  }
  if (auto checked = check_switch_points(*settings, texts.gil ? *texts.gil : gil_text_of(*settings), *source); !checked) return fail(checked);
  return assemble(folder.filename().string(), *settings, std::move(*importlib), places, std::move(texts), patch);
}

// The importlib of a CPython source tree or of an installed library, given as a folder.
std::optional<std::string> importlib_in_folder(const fs::path& folder) {
  for (const char* candidate : {"Lib/importlib/_bootstrap.py", "importlib/_bootstrap.py", "_bootstrap.py"})
    if (std::error_code error; fs::is_regular_file(folder / candidate, error)) return (folder / candidate).string();
  return std::nullopt;
}

bool is_known(std::string_view name) {
  return name.find('/') == std::string_view::npos && embedded_file(embedded_path(name, design_file)).has_value();
}

Diagnostic unknown_design(const std::string& spec) {
  const auto names = DesignCatalog::names();
  auto diagnostic = make_diagnostic(DiagnosticCode::UnknownDesign, fmt::format("no design '{}'", spec));
  const auto near = nearest_word(spec, names);
  if (near) diagnostic.hint = fmt::format("did you mean '{}'? ", *near);
  diagnostic.hint += fmt::format("known: {}; or the path of a design's folder", fmt::join(names, ", "));
  return diagnostic;
}

// As CPython's version of that name, but with another importlib.
Result<Design> with_importlib(std::string name, PythonVersion version, SourceFile importlib, const SearchPlaces& places, int patch = latest_patch) {
  const auto settings = builtin_settings(cpython_name(version));
  if (!settings) return fail(settings);
  return assemble(std::move(name), *settings, std::move(importlib), places, {}, patch);
}

Result<Design> from_installation(const InstalledPython& python, const SearchPlaces& places) {
  if (python.version < oldest_version || newest_version < python.version) {
    auto message = fmt::format("CPython {} is not modelled, only {} … {} are", to_text(python.version), to_text(oldest_version),
                               to_text(newest_version));
    return fail(make_diagnostic(DiagnosticCode::UnknownDesign, std::move(message), python.executable)
                    .with_hint(fmt::format("--bootstrap {} runs its importlib with everything else as in the nearest "
                                           "known version",
                                           python.bootstrap)));
  }
  auto importlib = read_text_file(python.bootstrap);
  if (!importlib) return fail(importlib);
  return with_importlib(cpython_name(python.version), python.version, std::move(*importlib), places, python.patch);
}

}  // namespace

bool Design::always_runs_gil_text() const { return gil_text.has_value() || !(is_plain_gil(gil) || python_at_once); }

Fingerprint Design::digest_of_run(bool runs_external) const {
  if (!runs_external || !importlib_external) return digest;
  Hasher hasher;
  hasher.add(to_text(digest));
  hasher.add(importlib_external->text());
  return hasher.finish();
}

std::vector<std::string> DesignCatalog::names() {
  std::vector<std::string> names;
  for (const auto& file : embedded_files()) {
    std::string_view path = file.path;
    if (!path.starts_with(designs_folder)) continue;
    path.remove_prefix(designs_folder.size());
    const auto slash = path.find('/');
    if (slash != std::string_view::npos && path.substr(slash + 1) == design_file) names.emplace_back(path.substr(0, slash));
  }
  std::ranges::sort(names, naturally_before);
  return names;
}

std::vector<DesignListing> DesignCatalog::list() const {
  std::vector<DesignListing> listing;
  for (const auto& name : names()) {
    DesignListing line{.name = name, .summary = {}, .importlib = {}, .missing = {}};
    if (const auto settings = builtin_settings(name)) {
      line.summary = settings->summary;
      line.importlib = settings->importlib;
    }
    if (const auto design = load(name); design) line.importlib = design->importlib.name();
    else line.missing = design.error().message;
    listing.push_back(std::move(line));
  }
  return listing;
}

Result<Design> DesignCatalog::load(const std::string& spec) const {
  if (is_known(spec)) return load_builtin(spec, places_);
  std::error_code error;
  const auto type = fs::status(spec, error).type();
  if (type == fs::file_type::directory) {
    if (fs::exists(fs::path(spec) / design_file, error)) return load_from_disk(fs::path(spec) / design_file, places_);
    if (const auto importlib = importlib_in_folder(spec)) return load_bootstrap(*importlib);
    return fail(make_diagnostic(DiagnosticCode::UnknownDesign, "this folder holds no design.toml and no importlib", spec));
  }
  if (type != fs::file_type::not_found && type != fs::file_type::none)
    return fs::path(spec).extension() == ".py" ? load_bootstrap(spec) : load_from_disk(spec, places_);
  if (spec.find('/') != std::string::npos) return fail(missing_path(spec));
  return fail(unknown_design(spec));
}

Result<Design> DesignCatalog::load_python(const std::string& wanted) const {
  const auto python = find_python(wanted, places_);
  if (!python) return fail(python);
  return from_installation(*python, places_);
}

Result<Design> DesignCatalog::load_bootstrap(const std::string& path) const {
  auto importlib = read_text_file(path);
  if (!importlib) return fail(importlib);
  if (auto checked = check_is_importlib(*importlib); !checked) return fail(checked);
  const auto version = recognise_generation(importlib->text());
  return with_importlib(path, version, std::move(*importlib), places_);
}

Result<Design> DesignCatalog::load_default() const {
  const auto python = find_newest_python(places_);
  if (!python) return fail(python);
  return from_installation(*python, places_);
}

Result<std::vector<std::string>> DesignCatalog::expand(const std::string& spec) const {
  std::error_code error;
  if (!has_wildcard(spec) || fs::exists(spec, error)) return std::vector{spec};
  std::vector<std::string> present;
  std::optional<Diagnostic> missing;
  for (const auto& name : names()) {
    if (!glob_matches(spec, name)) continue;
    const auto design = load(name);
    if (design) present.push_back(name);
    else if (design.error().code != DiagnosticCode::MissingInterpreter) return fail(design);
    else missing = design.error();
  }
  if (!present.empty()) return present;
  if (missing) {
    missing->message = fmt::format("none of the interpreters that '{}' stands for is found", spec);
    return fail(std::move(*missing));
  }
  return fail(unknown_design(spec));
}

}  // namespace lockweave::design
