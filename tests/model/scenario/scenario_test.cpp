#include "model/scenario/scenario.h"

#include "tests/support/temporary_folder.h"

#include <doctest/doctest.h>

#include <algorithm>

using namespace lockweave;
using scenario::find_scenarios;
using scenario::load_scenario;
using scenario::Scenario;
using testing::TemporaryFolder;

namespace {

Scenario load(const std::string& path) {
  auto scenario = load_scenario(path);
  if (!scenario) FAIL(render(scenario.error()));
  return std::move(*scenario);
}

Scenario load_archive(std::string_view text) { return load(TemporaryFolder().write("it.txtar", text)); }

Diagnostic error_of(std::string_view text) {
  const TemporaryFolder folder;
  const auto scenario = load_scenario(folder.write("it.txtar", text));
  REQUIRE(!scenario);
  return scenario.error();
}

// The error that a scenario.toml with this text gives; its place counts in that text.
Diagnostic settings_error(std::string_view settings) {
  auto error = error_of("-- scenario.toml --\n" + std::string(settings) + "-- main.py --\n");
  CHECK(error.file.ends_with("it.txtar/scenario.toml"));
  return error;
}

}  // namespace

TEST_SUITE_BEGIN("model/scenario");

TEST_CASE("an archive gives files, modules and what its author says") {
  const TemporaryFolder folder;
  const auto scenario = load(folder.write("cycle.txtar",
                                          "Two threads meet.\nMore words.\n"
                                          "-- scenario.toml --\n"
                                          "reference = \"https://example.org\"\n"
                                          "designs = [\"cpython-*\"]\n"
                                          "[properties]\nlock-leak = false\npartial-module-cycle = true\n"
                                          "[bounds]\ntimeouts = \"last\"\nident_reuse = true\ninterpreters = 3\nmax_states = 1000\npreemptions = 2\n"
                                          "-- p/q.py --\ny = 1\n-- main.py --\nimport p.q\n-- p/__init__.py --\n-- data.txt --\nhello\n"));
  CHECK(scenario.name == "cycle");
  CHECK(scenario.title == "Two threads meet");
  CHECK(scenario.description == "Two threads meet.\nMore words.\n");
  CHECK(scenario.reference == "https://example.org");
  CHECK(scenario.is_meant_for("cpython-3.12"));
  CHECK_FALSE(scenario.is_meant_for("no-lock"));
  CHECK(scenario.judges(PropertyWord::Deadlock));
  CHECK_FALSE(scenario.judges(PropertyWord::LockLeak));
  CHECK(scenario.judges(PropertyWord::PartialModuleCycle));
  CHECK_FALSE(scenario.judges(PropertyWord::PartialReload));
  CHECK(scenario.bounds.timeouts == scenario::TimeoutRule::Last);
  CHECK(scenario.bounds.ident_reuse);
  CHECK(scenario.bounds.interpreters == 3);
  CHECK(scenario.bounds.max_states == 1000);
  CHECK(scenario.bounds.preemptions == 2);
  CHECK(scenario.files.size() == 4);
  REQUIRE(scenario.find_file("data.txt"));
  CHECK(scenario.find_file("data.txt")->text == "hello\n");
  CHECK_FALSE(scenario.find_file("scenario.toml"));
  REQUIRE(scenario.modules.size() == 3);
  REQUIRE(scenario.find_module("p"));
  CHECK(scenario.find_module("p")->is_package);
  REQUIRE(scenario.find_module("p.q"));
  CHECK_FALSE(scenario.find_module("p.q")->is_package);
  CHECK(scenario.text_of(*scenario.find_module("p.q")) == "y = 1\n");
  CHECK(scenario.find_module("main"));
  CHECK(scenario.namespace_folders.empty());
}

TEST_CASE("without settings the defaults hold") {
  const auto scenario = load_archive("-- main.py --\n");
  CHECK(scenario.title.empty());
  CHECK(scenario.is_meant_for("anything"));
  CHECK(scenario.bounds.timeouts == scenario::TimeoutRule::May);
  CHECK_FALSE(scenario.bounds.ident_reuse);
  CHECK(scenario.expectations.empty());
}

TEST_CASE("a package hides a module of its name") {
  const auto scenario = load_archive("-- main.py --\n-- p.py --\nflat\n-- p/__init__.py --\ndeep\n-- p/r.py --\n");
  REQUIRE(scenario.find_module("p"));
  CHECK(scenario.text_of(*scenario.find_module("p")) == "deep\n");
  const auto reversed = load_archive("-- p/__init__.py --\ndeep\n-- p.py --\nflat\n-- main.py --\n");
  CHECK(reversed.text_of(*reversed.find_module("p")) == "deep\n");
}

TEST_CASE("folders without __init__.py are named") {
  const auto scenario = load_archive("-- main.py --\n-- n/a.py --\n-- n/p/__init__.py --\n-- text/readme.txt --\n");
  CHECK(scenario.namespace_folders == std::vector<std::string>{"n"});
}

TEST_CASE("files that no import can name are no modules") {
  const auto scenario = load_archive("-- main.py --\n-- a.b.py --\n-- .hidden.py --\n-- x.pyc --\n");
  CHECK(scenario.modules.size() == 1);
}

TEST_CASE("a folder and an archive of the same content have the same digest") {
  const TemporaryFolder folder;
  folder.write("s/main.py", "import p.a\n");
  folder.write("s/p/__init__.py", "");
  folder.write("s/p/a.py", "x = 1\n");
  folder.write("s/scenario.toml", "title = \"In a folder\"\n");
  folder.write("s/README.md", "Words.\n");
  folder.write("s/__pycache__/main.pyc", "binary");
  folder.write("s/.git/config", "");
  const auto from_folder = load(folder.path("s"));
  CHECK(from_folder.name == "s");
  CHECK(from_folder.title == "In a folder");
  CHECK(from_folder.description == "Words.\n");
  CHECK(from_folder.files.size() == 3);
  CHECK(load(folder.path("s") + "/").name == "s");
  const auto archive = load_archive("-- p/a.py --\nx = 1\n-- p/__init__.py --\n-- main.py --\nimport p.a\n");
  CHECK(archive.digest == from_folder.digest);
}

TEST_CASE("the digest follows whatever changes how the program runs, and nothing else") {
  const auto digest = [](std::string_view text) { return load_archive(text).digest; };
  const auto plain = digest("-- main.py --\nx = 1\n");
  CHECK(digest("words\n-- scenario.toml --\ntitle = \"t\"\n[expect]\n\"*\" = \"pass\"\n-- main.py --\nx = 1\n") == plain);
  CHECK(digest("-- main.py --\nx = 2\n") != plain);
  CHECK(digest("-- main.py --\nx = 1\n-- a.py --\n") != plain);
  CHECK(digest("-- scenario.toml --\nbounds.timeouts = \"last\"\n-- main.py --\nx = 1\n") != plain);
  CHECK(digest("-- scenario.toml --\nbounds.ident_reuse = true\n-- main.py --\nx = 1\n") != plain);
  CHECK(digest("-- scenario.toml --\nfinder = \"plain\"\nbounds.mtime = \"any\"\n-- main.py --\nx = 1\n") == plain);
  const auto files = digest("-- scenario.toml --\nfinder = \"files\"\n-- main.py --\nx = 1\n");
  const auto change = digest("-- scenario.toml --\nfinder = \"files\"\nbounds.mtime = \"change\"\n-- main.py --\nx = 1\n");
  const auto stand = digest("-- scenario.toml --\nfinder = \"files\"\nbounds.mtime = \"stand\"\n-- main.py --\nx = 1\n");
  CHECK(files != plain);
  CHECK(change != files);
  CHECK(stand != files);
  CHECK(stand != change);
}

TEST_CASE("a scenario says who finds its files and whether times change with them") {
  const auto plain = load_archive("-- main.py --\nx = 1\n");
  CHECK(plain.finder == scenario::Finder::Plain);
  CHECK(plain.bounds.mtime == scenario::ModificationTimes::Any);
  const auto files = load_archive("-- scenario.toml --\ntitle = \"t\"\nfinder = \"files\"\n[bounds]\nmtime = \"stand\"\n-- main.py --\nx = 1\n");
  CHECK(files.finder == scenario::Finder::Files);
  CHECK(files.finder_place.line == 2);
  CHECK(files.bounds.mtime == scenario::ModificationTimes::Stand);
  CHECK(settings_error("finder = \"zip\"\n").hint == "known: plain, files");
  CHECK(settings_error("findr = \"files\"\n").hint == "did you mean 'finder'?");
}

TEST_CASE("a scenario needs a main.py") {
  CHECK(error_of("-- a.py --\n").message == "a scenario needs a file main.py");
  CHECK(error_of("just words\n").code == DiagnosticCode::MalformedScenario);
  CHECK(error_of("").code == DiagnosticCode::MalformedScenario);
  CHECK(error_of("\x7f"
                 "ELF\x01\x02 random bytes \xff\xfe")
            .code == DiagnosticCode::MalformedScenario);
  const TemporaryFolder folder;
  const auto empty = load_scenario(folder.path());
  REQUIRE(!empty);
  CHECK(empty.error().code == DiagnosticCode::MalformedScenario);
}

TEST_CASE("a missing scenario is an error") {
  const auto scenario = load_scenario("nowhere/it.txtar");
  REQUIRE(!scenario);
  CHECK(scenario.error().code == DiagnosticCode::UnreadableFile);
}

TEST_CASE("an archive's own faults come through") {
  CHECK(error_of("-- main.py --\n-- main.py --\n").code == DiagnosticCode::MalformedArchive);
  CHECK(error_of("-- main.py --\n-- ../x.py --\n").code == DiagnosticCode::MalformedArchive);
}

TEST_CASE("an unknown key is an error with its line and a suggestion") {
  const auto top = settings_error("title = \"\"\ntitel = \"\"\n");
  CHECK(top.code == DiagnosticCode::UnknownKey);
  CHECK(top.line == 2);
  CHECK(top.hint == "did you mean 'title'?");
  const auto bounds = settings_error("[bounds]\ntimeout = \"may\"\n");
  CHECK(bounds.line == 2);
  CHECK(bounds.hint == "did you mean 'timeouts'?");
}

TEST_CASE("an unknown property is an error with a suggestion") {
  const auto switched = settings_error("[properties]\ndead-lock = true\n");
  CHECK(switched.code == DiagnosticCode::UnknownProperty);
  CHECK(switched.line == 2);
  CHECK(switched.hint == "did you mean 'deadlock'?");
  const auto expected = settings_error("[expect]\n\"*\" = [\"deadlock\", \"exeption\"]\n");
  CHECK(expected.code == DiagnosticCode::UnknownProperty);
  CHECK(expected.hint == "did you mean 'exception'?");
  CHECK(settings_error("[expect]\n\"*\" = \"pas\"\n").hint == "did you mean 'pass'?");
}

TEST_CASE("a value of the wrong kind is an error") {
  for (const std::string settings :
       {"title = 3\n", "designs = [1]\n", "bounds = 3\n", "[bounds]\ntimeouts = \"never\"\n", "[bounds]\nident_reuse = 1\n", "finder = 1\n", "[bounds]\nmtime = \"never\"\n",
        "[bounds]\nmax_states = -1\n", "[properties]\ndeadlock = \"yes\"\n", "[expect]\n\"*\" = true\n", "[expect]\n\"*\" = []\n",
        "[expect]\n\"*\" = [\"pass\", \"deadlock\"]\n", "[expect]\n\"*\" = [\"deadlock\", \"deadlock\"]\n"}) {
    CAPTURE(settings);
    const auto error = settings_error(settings);
    CHECK(error.code == DiagnosticCode::BadValue);
    CHECK(error.line > 0);
  }
}

TEST_CASE("broken TOML is an error with its line") {
  const auto error = settings_error("title = \"\"\n[expect\n");
  CHECK(error.code == DiagnosticCode::MalformedToml);
  CHECK(error.line == 2);
}

TEST_CASE("scenarios are found in folders at any depth, sorted") {
  const TemporaryFolder folder;
  folder.write("b.txtar", "");
  folder.write("a/z.txtar", "");
  folder.write("a/folder/main.py", "");
  folder.write("a/folder/inner/main.py", "");  // part of the scenario above it
  folder.write("a/notes.txt", "");
  folder.write(".hidden/c.txtar", "");
  const auto found = find_scenarios(folder.path());
  REQUIRE(found);
  CHECK(*found == std::vector{folder.path("a/folder"), folder.path("a/z.txtar"), folder.path("b.txtar")});
  CHECK(*find_scenarios(folder.path("a/folder")) == std::vector{folder.path("a/folder")});
  CHECK(*find_scenarios(folder.path("b.txtar")) == std::vector{folder.path("b.txtar")});
}

TEST_CASE("a folder of no scenarios is an error") {
  const TemporaryFolder folder;
  folder.write("notes.txt", "");
  CHECK(find_scenarios(folder.path()).error().code == DiagnosticCode::MalformedScenario);
  CHECK(find_scenarios(folder.path("gone")).error().code == DiagnosticCode::UnreadableFile);
}

TEST_SUITE_END();
