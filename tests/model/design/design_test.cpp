#include "model/design/design.h"

#include "model/base/text_file.h"
#include "model/design/generation.h"
#include "tests/support/temporary_folder.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace lockweave;
using namespace lockweave::design;
using testing::TemporaryFolder;

namespace {

constexpr const char* smallest_importlib = "def _find_and_load(name, import_):\n    pass\n";
constexpr const char* settings =
    "summary = \"Mine.\"\nimportlib = \"importlib.py\"\nimport_c = \"3.9\"\ngil = \"eager\"\nswitch_points = \"every-opcode\"\n";

SearchPlaces nowhere() { return {.folders = {}, .pyenv_root = ""}; }

// A pyenv root with installations whose importlib tells their version.
SearchPlaces pyenv_with(const TemporaryFolder& folder, const std::vector<std::string>& versions) {
  for (const auto& version : versions)
    folder.write("versions/" + version + ".1/lib/python" + version + "/importlib/_bootstrap.py",
                 "# " + version + "\n" + smallest_importlib);
  return {.folders = {}, .pyenv_root = folder.path()};
}

Diagnostic error_of(const std::string& toml) {
  const TemporaryFolder folder;
  folder.write("mine/design.toml", toml);
  folder.write("mine/importlib.py", smallest_importlib);
  const auto design = DesignCatalog(nowhere()).load(folder.path("mine"));
  REQUIRE(!design);
  return design.error();
}

}  // namespace

TEST_SUITE_BEGIN("model/design");

TEST_CASE("the designs that come with the program are listed in natural order") {
  const auto names = DesignCatalog::names();
  const auto at = [&](std::string_view name) { return std::ranges::find(names, name) - names.begin(); };
  for (const std::string name : {"cpython-3.6", "cpython-3.13", "no-lock", "global-lock", "per-module", "textbook"}) {
    CAPTURE(name);
    CHECK(at(name) < static_cast<std::ptrdiff_t>(names.size()));
  }
  CHECK(at("cpython-3.9") < at("cpython-3.10"));
}

TEST_CASE("every design that needs no interpreter loads, and says what it is") {
  for (const auto& line : DesignCatalog(nowhere()).list()) {
    CAPTURE(line.name);
    CHECK(line.summary.ends_with("."));
    CHECK(line.missing.has_value() == line.importlib.starts_with("python:"));
  }
}

TEST_CASE("a CPython design is all of one version") {
  const TemporaryFolder folder;
  const auto design = DesignCatalog(pyenv_with(folder, {"3.6", "3.12"})).load("cpython-3.6");
  REQUIRE(design);
  CHECK(design->name == "cpython-3.6");
  CHECK(design->importlib.text().starts_with("# 3.6"));
  CHECK(design->importlib.name() == folder.path("versions/3.6.1/lib/python3.6/importlib/_bootstrap.py"));
  CHECK(design->import_c_version == PythonVersion{3, 6});
  CHECK(design->gil == "lazy-first-fix");
  CHECK(design->switch_points == SwitchPoints::V36);
  CHECK(design->python_version == PythonVersion{3, 6});
  CHECK(design->runs_cpython());
}

TEST_CASE("a missing interpreter is an error that tells the way out") {
  const auto design = DesignCatalog(nowhere()).load("cpython-3.12");
  REQUIRE(!design);
  CHECK(design.error().code == DiagnosticCode::MissingInterpreter);
  CHECK(design.error().hint.find("--bootstrap FILE") != std::string::npos);
}

TEST_CASE("a design of one's own is a folder") {
  const TemporaryFolder folder;
  const auto toml = folder.write("mine/design.toml", settings);
  folder.write("mine/importlib.py", smallest_importlib);
  const DesignCatalog catalog(nowhere());
  for (const std::string& spec : {folder.path("mine"), folder.path("mine") + "/", toml}) {
    CAPTURE(spec);
    const auto design = catalog.load(spec);
    REQUIRE(design);
    CHECK(design->name == "mine");
    CHECK(design->summary == "Mine.");
    CHECK(design->switch_points == SwitchPoints::EveryOpcode);
    CHECK(design->python_version == PythonVersion{3, 9});
  }
}

TEST_CASE("the digest follows the contents, not the place or the name") {
  const TemporaryFolder folder;
  const DesignCatalog catalog(nowhere());
  const auto digest = [&](const std::string& name, const std::string& toml, const std::string& importlib) {
    folder.write(name + "/design.toml", toml);
    folder.write(name + "/importlib.py", importlib);
    return catalog.load(folder.path(name))->digest;
  };
  const auto first = digest("a", settings, smallest_importlib);
  CHECK(digest("b", std::string("# mine\n") + settings, smallest_importlib) == first);
  CHECK(digest("c", settings, std::string(smallest_importlib) + "# patched\n") != first);
  CHECK(digest("d", std::string(settings) + "python_version = \"3.8\"\n", smallest_importlib) != first);
}

TEST_CASE("importlib.util is the file beside the importlib, if it is CPython's") {
  const TemporaryFolder folder;
  const DesignCatalog catalog(nowhere());
  const auto bootstrap = folder.write("importlib/_bootstrap.py", smallest_importlib);
  CHECK(!catalog.load_bootstrap(bootstrap)->importlib_util);
  folder.write("importlib/util.py", "def helper(): pass\n");
  CHECK(!catalog.load_bootstrap(bootstrap)->importlib_util);
  const auto before = catalog.load_bootstrap(bootstrap)->digest;
  folder.write("importlib/util.py", "def find_spec(name): pass\nclass LazyLoader(object): pass\n");
  const auto design = catalog.load_bootstrap(bootstrap);
  REQUIRE(design->importlib_util);
  CHECK(design->importlib_util->name() == folder.path("importlib/util.py"));
  CHECK(design->digest == before);  // counts only for a program that loads it
}

TEST_CASE("CPython's importlib comes with its other half, which counts only where it is run") {
  const TemporaryFolder folder;
  const auto places = pyenv_with(folder, {"3.8"});
  folder.write("versions/3.8.1/lib/python3.8/importlib/_bootstrap_external.py", "installed = 1\n");
  const DesignCatalog catalog(places);
  const auto installed = catalog.load("cpython-3.8");
  REQUIRE(installed);
  REQUIRE(installed->importlib_external);
  CHECK(installed->importlib_external->text() == "installed = 1\n");
  CHECK(installed->digest_of_run(false) == installed->digest);
  CHECK(installed->digest_of_run(true) != installed->digest);

  // Alone, a file goes with the installed half of its version; beside a patched half, with that.
  const auto alone = catalog.load_bootstrap(folder.write("alone/_bootstrap.py", smallest_importlib));
  REQUIRE(alone);
  REQUIRE(alone->importlib_external);
  CHECK(alone->importlib_external->text() == "installed = 1\n");
  folder.write("tree/Lib/importlib/_bootstrap.py", smallest_importlib);
  folder.write("tree/Lib/importlib/_bootstrap_external.py", "patched = 1\n");
  const auto tree = catalog.load(folder.path("tree"));
  REQUIRE(tree);
  REQUIRE(tree->importlib_external);
  CHECK(tree->importlib_external->text() == "patched = 1\n");
  CHECK(tree->digest == alone->digest);
  CHECK(tree->digest_of_run(true) != alone->digest_of_run(true));
}

TEST_CASE("without CPython's importlib, or without the file, there is no other half") {
  const auto textbook = DesignCatalog(nowhere()).load("textbook");
  REQUIRE(textbook);
  CHECK_FALSE(textbook->importlib_external);
  CHECK(textbook->digest_of_run(true) == textbook->digest);
  const TemporaryFolder folder;
  const auto alone = DesignCatalog(nowhere()).load_bootstrap(folder.write("b.py", smallest_importlib));
  REQUIRE(alone);
  CHECK_FALSE(alone->importlib_external);
}

TEST_CASE("a file that is no importlib is refused") {
  const TemporaryFolder folder;
  for (const std::string text : {"", "x = 1\n", "class A:\n    def _find_and_load(self): pass\n", "# _find_and_load\n",
                                 "def _find_and_loader(): pass\n", "_find_and_load_count = 1\n", "\xff\xfe\x01"}) {
    CAPTURE(text);
    const auto design = DesignCatalog(nowhere()).load_bootstrap(folder.write("b.py", text));
    REQUIRE(!design);
    CHECK(design.error().code == DiagnosticCode::NotImportlib);
  }
  CHECK(DesignCatalog(nowhere()).load_bootstrap(folder.path("gone.py")).error().code == DiagnosticCode::UnreadableFile);
  CHECK(DesignCatalog(nowhere()).load_bootstrap(folder.path()).error().code == DiagnosticCode::UnreadableFile);
}

TEST_CASE("an importlib of one's own runs as the version it resembles") {
  const auto generation = [](std::string_view features) {
    return to_text(recognise_generation(std::string(smallest_importlib) + std::string(features)));
  };
  CHECK(generation("def _installed_safely(): pass\n") == "3.6");
  CHECK(generation("_installed_safely\ndef _install_external_importers(): pass\n") == "3.7");
  CHECK(generation("") == "3.8");
  CHECK(generation("seen = set()\n") == "3.9");
  CHECK(generation("seen = set()\ndef _object_name(obj): pass\n") == "3.10");
  CHECK(generation("seen = set()\ndef _object_name(obj): pass\n_uninitialized_submodules\n") == "3.11");
  CHECK(generation("_uninitialized_submodules\nclass _BlockingOnManager: pass\n") == "3.12");
  CHECK(generation("class _BlockingOnManager: pass\n    __slots__ = (\"__weakref__\",)\n") == "3.13");
  const TemporaryFolder folder;
  const auto design = DesignCatalog(nowhere()).load_bootstrap(folder.write("b.py", std::string(smallest_importlib) + "seen = set()\n"));
  REQUIRE(design);
  CHECK(design->name == folder.path("b.py"));
  CHECK(design->import_c == "3.9");
  CHECK(design->switch_points == SwitchPoints::V39);
}

TEST_CASE("every installed importlib is recognised as its own version") {
  int seen = 0;
  for (const auto& python : find_installed_pythons(SearchPlaces::from_environment())) {
    if (python.version < oldest_version || newest_version < python.version) continue;
    CAPTURE(python.bootstrap);
    const auto importlib = read_text_file(python.bootstrap);
    REQUIRE(importlib);
    CHECK(to_text(recognise_generation(importlib->text())) == to_text(python.version));
    ++seen;
  }
  if (seen == 0) MESSAGE("no CPython is installed here");
}

TEST_CASE("a CPython source tree stands for its importlib") {
  const TemporaryFolder folder;
  folder.write("cpython/Lib/importlib/_bootstrap.py", smallest_importlib);
  const auto design = DesignCatalog(nowhere()).load(folder.path("cpython"));
  REQUIRE(design);
  CHECK(design->import_c == "3.8");
}

TEST_CASE("--python takes a version or an interpreter") {
  const TemporaryFolder folder;
  const DesignCatalog catalog(pyenv_with(folder, {"3.8", "3.14"}));
  CHECK(catalog.load_python("3.8")->name == "cpython-3.8");
  CHECK(catalog.load_python(folder.path("versions/3.8.1"))->name == "cpython-3.8");
  CHECK(catalog.load_python("3.14").error().code == DiagnosticCode::UnknownDesign);
  CHECK(catalog.load_python("3.9").error().code == DiagnosticCode::MissingInterpreter);
  CHECK(catalog.load_default()->name == "cpython-3.8");
}

TEST_CASE("an unknown design is an error with a suggestion") {
  const auto design = DesignCatalog(nowhere()).load("textbok");
  REQUIRE(!design);
  CHECK(design.error().code == DiagnosticCode::UnknownDesign);
  CHECK(design.error().hint.starts_with("did you mean 'textbook'? known: cpython-3.6, "));
  CHECK_FALSE(DesignCatalog(nowhere()).load("./gone"));
  CHECK_FALSE(DesignCatalog(nowhere()).load(""));
  CHECK_FALSE(DesignCatalog(nowhere()).load("../designs/textbook"));
  const TemporaryFolder empty;
  CHECK(DesignCatalog(nowhere()).load(empty.path()).error().message == "this folder holds no design.toml and no importlib");
}

TEST_CASE("a glob stands for the designs whose interpreter is found") {
  const TemporaryFolder folder;
  const DesignCatalog catalog(pyenv_with(folder, {"3.13", "3.6", "3.10"}));
  CHECK(*catalog.expand("cpython-3.*") == std::vector<std::string>{"cpython-3.6", "cpython-3.10", "cpython-3.13"});
  CHECK(*catalog.expand("cpython-3.[6-9]") == std::vector<std::string>{"cpython-3.6"});
  CHECK(*catalog.expand("no-*") == std::vector<std::string>{"no-lock"});
  CHECK(*catalog.expand("anything") == std::vector<std::string>{"anything"});
}

TEST_CASE("a glob that leaves nothing is an error") {
  const DesignCatalog catalog(nowhere());
  const auto unknown = catalog.expand("pypy-*");
  REQUIRE(!unknown);
  CHECK(unknown.error().code == DiagnosticCode::UnknownDesign);
  CHECK(unknown.error().hint.find("textbook") != std::string::npos);
  const auto missing = catalog.expand("cpython-*");
  REQUIRE(!missing);
  CHECK(missing.error().code == DiagnosticCode::MissingInterpreter);
}

TEST_CASE("unknown keys and values of design.toml are errors with suggestions") {
  const auto key = error_of(std::string(settings) + "switchpoints = \"3.9\"\n");
  CHECK(key.code == DiagnosticCode::UnknownKey);
  CHECK(key.line == 6);
  CHECK(key.hint == "did you mean 'switch_points'?");
  const auto value = error_of("importlib = \"importlib.py\"\nimport_c = \"3.9\"\ngil = \"eagre\"\nswitch_points = \"3.9\"\n");
  CHECK(value.code == DiagnosticCode::BadValue);
  CHECK(value.line == 3);
  CHECK(value.hint == "did you mean 'eager'?; or the path of a text, with a '/' or '.py' in it");
  CHECK(error_of("importlib = 3\n").code == DiagnosticCode::BadValue);
  CHECK(error_of("importlib = \n").code == DiagnosticCode::MalformedToml);
}

TEST_CASE("a design.toml must say all it has to") {
  CHECK(error_of("").message == "a design needs 'importlib'");
  CHECK(error_of("importlib = \"importlib.py\"\nimport_c = \"3.9\"\ngil = \"eager\"\n").message == "a design needs 'switch_points'");
}

TEST_CASE("a missing importlib is reported where it is named") {
  const auto error = error_of("importlib = \"gone.py\"\nimport_c = \"3.9\"\ngil = \"eager\"\nswitch_points = \"3.9\"\n");
  CHECK(error.code == DiagnosticCode::UnreadableFile);
  CHECK(error.line == 1);
  CHECK(error.column == 13);
}

TEST_CASE("a design says whether its GIL lets several threads run Python code") {
  const DesignCatalog catalog(nowhere());
  for (const char* name : {"free-threaded", "nogil-toggle", "nogil-old-code-lock", "nogil-shared-exclusive-upgrade"}) {
    CAPTURE(name);
    const auto design = catalog.load(name);
    REQUIRE(design.has_value());
    CHECK(design->python_at_once);
    CHECK_FALSE(design->always_runs_gil_text());
    CHECK(design->gil_stops_for_collection == std::string_view(name).starts_with("nogil-shared"));
  }
  for (const char* name : {"textbook", "gil-lazy", "gil-eager-full", "nogil-toggle-1"}) {
    CAPTURE(name);
    const auto design = catalog.load(name);
    REQUIRE(design.has_value());
    CHECK_FALSE(design->python_at_once);
  }
}

TEST_SUITE_END();
