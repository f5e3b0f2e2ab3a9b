#include "checker/cli/design_options.h"

#include "checker/report/words.h"
#include "model/base/glob.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace lockweave::cli {

namespace {

using design::Design;
using design::DesignCatalog;

class Chooser {
 public:
  explicit Chooser(WhenMissing when_missing) : when_missing_(when_missing) {}

  Result<void> add_design(const std::string& spec) {
    if (spec.empty()) return fail(make_diagnostic(DiagnosticCode::UsageError, "--design cannot be empty"));
    const auto names = catalog_.expand(spec);
    if (!names) return is_skipped(names.error()) ? Result<void>() : fail(names);
    note_missing(spec, *names);
    for (const auto& name : *names) {
      if (auto added = add(catalog_.load(name), name, "--design " + report::shell_word(name)); !added) return added;
    }
    return {};
  }

  Result<void> add_python(const std::string& wanted) {
    return add(catalog_.load_python(wanted), wanted, "--python " + report::shell_word(wanted));
  }

  Result<void> add_bootstrap(const std::string& path) {
    return add(catalog_.load_bootstrap(path), path, "--bootstrap " + report::shell_word(path));
  }

  Result<void> add_newest() {
    auto design = catalog_.load_default();
    if (!design) return fail(design);
    const std::string option = "--design " + report::shell_word(design->name);
    return add(std::move(design), "", option);
  }

  Result<void> add_all() {
    for (const auto& name : DesignCatalog::names()) {
      if (auto added = add(catalog_.load(name), name, "--design " + name); !added) return added;
    }
    return {};
  }

  Result<ChosenDesigns> finish() {
    if (chosen_.designs.empty() && missing_) return fail(std::move(*missing_));
    return std::move(chosen_);
  }

 private:
  bool is_skipped(const Diagnostic& diagnostic) {
    if (when_missing_ == WhenMissing::Fail || diagnostic.code != DiagnosticCode::MissingInterpreter) return false;
    chosen_.notes.push_back(fmt::format("skipped: {}", diagnostic.message));
    missing_ = diagnostic;
    return true;
  }

  // A glob stands for what is here; what it would also stand for is said.
  void note_missing(const std::string& spec, const std::vector<std::string>& names) {
    if (!has_wildcard(spec) || (names.size() == 1 && names.front() == spec)) return;
    for (const auto& name : DesignCatalog::names()) {
      if (!glob_matches(spec, name) || std::ranges::find(names, name) != names.end()) continue;
      const auto design = catalog_.load(name);
      if (!design) chosen_.notes.push_back(fmt::format("skipped: {}: {}", name, design.error().message));
    }
  }

  Result<void> add(Result<Design> design, const std::string& given, const std::string& option) {
    if (!design) return is_skipped(design.error()) ? Result<void>() : fail(design);
    std::string label = label_of(*design, given);
    const bool is_there = std::ranges::any_of(chosen_.designs, [&](const ChosenDesign& other) { return other.label == label; });
    if (!is_there) chosen_.designs.push_back({std::move(*design), std::move(label), option});
    return {};
  }

  // Equal to the last byte of what any program could run.
  static bool are_same(const Design& a, const Design& b) {
    const auto util = [](const Design& design) { return design.importlib_util ? std::string(design.importlib_util->text()) : std::string(); };
    return a.digest == b.digest && util(a) == util(b);
  }

  // The shortest text for which --design gives the same again.
  std::string label_of(const Design& design, const std::string& given) const {
    for (const std::string& label : {design.name, given, design.importlib.name()}) {
      if (label.empty()) continue;
      if (const auto again = catalog_.load(label); again && are_same(*again, design)) return label;
    }
    return design.name;
  }

  WhenMissing when_missing_;
  DesignCatalog catalog_;
  ChosenDesigns chosen_;
  std::optional<Diagnostic> missing_;
};

}  // namespace

void add_design_options(CLI::App& command, DesignOptions& options, const std::string& without_any) {
  // Each takes one value, or it would swallow the scenarios behind it.
  command.add_option("--design", options.designs, "a design: its name, a glob, or the path of its folder (default: " + without_any + ")")
      ->type_name("DESIGN")
      ->allow_extra_args(false);
  command.add_option("--python", options.pythons, "the CPython of that version (3.12), or that interpreter (a path)")
      ->type_name("PYTHON")
      ->allow_extra_args(false);
  command.add_option("--bootstrap", options.bootstraps, "that importlib/_bootstrap.py, the rest as in the CPython it is nearest to")
      ->type_name("FILE")
      ->allow_extra_args(false);
}

Result<ChosenDesigns> choose_designs(const DesignOptions& options, WhenNone when_none, WhenMissing when_missing) {
  Chooser chooser(when_missing);
  for (const auto& spec : options.designs) {
    if (auto added = chooser.add_design(spec); !added) return fail(added);
  }
  for (const auto& wanted : options.pythons) {
    if (auto added = chooser.add_python(wanted); !added) return fail(added);
  }
  for (const auto& path : options.bootstraps) {
    if (auto added = chooser.add_bootstrap(path); !added) return fail(added);
  }
  if (options.designs.empty() && options.pythons.empty() && options.bootstraps.empty()) {
    if (auto added = when_none == WhenNone::All ? chooser.add_all() : chooser.add_newest(); !added) return fail(added);
  }
  return chooser.finish();
}

Result<ChosenDesign> choose_one_design(const DesignOptions& options, const std::string& command) {
  auto chosen = choose_designs(options, WhenNone::Newest, WhenMissing::Fail);
  if (!chosen) return fail(chosen);
  if (chosen->designs.size() == 1) return std::move(chosen->designs.front());
  return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("'{}' runs on one design, and these are {}", command, chosen->designs.size())));
}

Result<ChosenDesign> design_of_label(const std::string& label) {
  return choose_one_design({.designs = {label}, .pythons = {}, .bootstraps = {}}, "replay");
}

}  // namespace lockweave::cli
