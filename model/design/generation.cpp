#include "model/design/generation.h"

#include <algorithm>
#include <array>

namespace lockweave::design {

namespace {

struct Feature {
  std::string_view text;
  PythonVersion since;
};

// The newest first: the first that is there decides. Only code is looked for, words that comments do not use.
constexpr std::array features{
    Feature{"__slots__ = (\"__weakref__\",)", {3, 13}},  // of the list subclass that holds waiting locks
    Feature{"class _BlockingOnManager", {3, 12}},        // module locks over RLock
    Feature{"_uninitialized_submodules", {3, 11}},       // kept on the parent's spec
    Feature{"def _object_name(", {3, 10}},               // for the warnings about load_module
    Feature{"seen", {3, 9}},                             // the set that ends has_deadlock (bpo-38091)
};
// Left in 3.8: the context manager around exec_module.
constexpr std::string_view gone_in_3_8 = "_installed_safely";
constexpr std::string_view new_in_3_7 = "def _install_external_importers(";

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

bool defines_at_top_level(const SourceFile& file, std::string_view name) {
  for (std::uint32_t line = 1; line <= file.line_count(); ++line) {
    auto text = file.line_text(line);
    const bool is_def = text.starts_with("def ");
    if (is_def) text.remove_prefix(4);
    if (!text.starts_with(name)) continue;
    text.remove_prefix(name.size());
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.starts_with(is_def ? "(" : "=")) return true;
  }
  return false;
}

}  // namespace

Result<void> check_is_importlib(const SourceFile& file) {
  if (defines_at_top_level(file, "_find_and_load")) return {};
  return fail(
      make_diagnostic(DiagnosticCode::NotImportlib, "this is no importlib: it does not define _find_and_load at top level", file.name())
          .with_hint("an importlib file is CPython's Lib/importlib/_bootstrap.py or one of your own like it"));
}

bool is_importlib_util(const SourceFile& file) {
  return defines_at_top_level(file, "find_spec") && has(file.text(), "class LazyLoader(");
}

PythonVersion recognise_generation(std::string_view importlib_text) {
  for (const auto& feature : features)
    if (has(importlib_text, feature.text)) return feature.since;
  if (!has(importlib_text, gone_in_3_8)) return {3, 8};
  return has(importlib_text, new_in_3_7) ? PythonVersion{3, 7} : PythonVersion{3, 6};
}

}  // namespace lockweave::design
