#include "model/design/installed_python.h"

#include "tests/support/temporary_folder.h"

#include <doctest/doctest.h>

using namespace lockweave;
using namespace lockweave::design;
using testing::TemporaryFolder;

namespace {

// A made-up installation: an executable that must never be run, and its library.
void install(const TemporaryFolder& folder, const std::string& prefix, const std::string& version) {
  folder.write(prefix + "/bin/python" + version, "#!/bin/false\n");
  folder.write(prefix + "/lib/python" + version + "/importlib/_bootstrap.py", "def _find_and_load(name, import_): pass\n");
}

SearchPlaces path_of(std::vector<std::string> folders) { return {.folders = std::move(folders), .pyenv_root = ""}; }

}  // namespace

TEST_SUITE_BEGIN("model/design");

TEST_CASE("versions are read and written") {
  CHECK(version_from_text("3.12") == PythonVersion{3, 12});
  CHECK(to_text(PythonVersion{3, 6}) == "3.6");
  CHECK(PythonVersion{3, 9} < PythonVersion{3, 10});
  for (const std::string text : {"", "3", "3.", "3.12.1", "3.x", "plain", " 3.6", "3.06"}) {
    CAPTURE(text);
    CHECK_FALSE(version_from_text(text));
  }
}

TEST_CASE("an interpreter in PATH is found by the library beside it") {
  const TemporaryFolder folder;
  install(folder, "usr", "3.11");
  folder.link("usr/bin/python3", "python3.11");
  const auto found = find_installed_pythons(path_of({folder.path("usr/bin")}));
  REQUIRE(found.size() == 1);
  CHECK(found[0].version == PythonVersion{3, 11});
  CHECK(found[0].patch == -1);
  CHECK(found[0].bootstrap == folder.path("usr/lib/python3.11/importlib/_bootstrap.py"));
}

TEST_CASE("pyenv's versions are found, the newest patch of each") {
  const TemporaryFolder folder;
  install(folder, "versions/3.9.2", "3.9");
  install(folder, "versions/3.9.18", "3.9");
  install(folder, "versions/3.10.13", "3.10");
  install(folder, "versions/2.7.18", "2.7");
  folder.write("versions/3.8.1/bin/python3.8", "");  // its library is gone
  const SearchPlaces places{.folders = {}, .pyenv_root = folder.path()};
  const auto found = find_installed_pythons(places);
  REQUIRE(found.size() == 3);
  CHECK(found[0].version == PythonVersion{2, 7});
  CHECK(found[1].version == PythonVersion{3, 9});
  CHECK(found[1].patch == 18);
  CHECK(found[2].version == PythonVersion{3, 10});
  CHECK(find_python("3.9", places)->patch == 18);
  CHECK(find_python("3.9.2", places)->patch == 2);
  CHECK(find_newest_python(places)->version == PythonVersion{3, 10});
}

TEST_CASE("the patch number is read from the header file") {
  const TemporaryFolder folder;
  install(folder, "usr", "3.12");
  folder.write("usr/include/python3.12/patchlevel.h", "#define PY_MINOR_VERSION\t12\n#define PY_MICRO_VERSION        4\n");
  CHECK(find_python("3.12", path_of({folder.path("usr/bin")}))->patch == 4);
}

TEST_CASE("only modelled versions are the newest") {
  const TemporaryFolder folder;
  install(folder, "usr", "3.14");
  install(folder, "usr", "3.7");
  const auto places = path_of({folder.path("usr/bin")});
  CHECK(find_newest_python(places)->version == PythonVersion{3, 7});
  CHECK(find_python("3.14", places));
}

TEST_CASE("an interpreter is found by its path, its folder or its command") {
  const TemporaryFolder folder;
  install(folder, "opt", "3.8");
  folder.link("opt/bin/python3", "python3.8");
  const auto places = path_of({folder.path("opt/bin")});
  for (const std::string& wanted : {folder.path("opt/bin/python3"), folder.path("opt"), std::string("python3"), std::string("python3.8")}) {
    CAPTURE(wanted);
    const auto found = find_python(wanted, places);
    REQUIRE(found);
    CHECK(found->version == PythonVersion{3, 8});
  }
}

TEST_CASE("a virtual environment leads to the interpreter it was made from") {
  const TemporaryFolder folder;
  install(folder, "base", "3.10");
  folder.write("env/bin/python", "a copy");
  folder.write("env/pyvenv.cfg", "home = " + folder.path("base/bin") + "\nversion = 3.10.2\n");
  CHECK(find_python(folder.path("env/bin/python"), path_of({}))->bootstrap == folder.path("base/lib/python3.10/importlib/_bootstrap.py"));
}

TEST_CASE("an interpreter whose library is elsewhere is asked, if it was named") {
  const TemporaryFolder folder;
  install(folder, "real", "3.9");
  const auto library = folder.path("real/lib/python3.9/importlib/_bootstrap.py");
  const auto wrapper = folder.write("it's here/python", "#!/bin/sh\necho 3.9.5\necho " + library + "\n");
  std::filesystem::permissions(wrapper, std::filesystem::perms::owner_all);
  const auto found = find_python(wrapper, path_of({}));
  REQUIRE(found);
  CHECK(found->patch == 5);
  CHECK(found->bootstrap == library);
  CHECK(find_installed_pythons(path_of({folder.path("it's here")})).empty());  // a search asks nobody
}

TEST_CASE("a missing version says where was looked and what to do") {
  const auto found = find_python("3.12", {.folders = {"/nowhere/bin"}, .pyenv_root = "/nowhere/pyenv"});
  REQUIRE(!found);
  CHECK(found.error().code == DiagnosticCode::MissingInterpreter);
  CHECK(found.error().message == "no CPython 3.12 found");
  CHECK(found.error().hint ==
        "looked in /nowhere/bin and /nowhere/pyenv/versions; install it, or name one with --python PATH, or an importlib file with "
        "--bootstrap FILE");
  CHECK(find_newest_python(path_of({})).error().code == DiagnosticCode::MissingInterpreter);
}

TEST_CASE("what is no interpreter is an error") {
  const TemporaryFolder folder;
  const auto places = path_of({});
  for (const std::string& wanted : {folder.write("text", "hello"), folder.path(), folder.path("gone/python3"), std::string("banana"),
                                    std::string(""), std::string("3.x"), std::string("3.99999999999999999999")}) {
    CAPTURE(wanted);
    CHECK_FALSE(find_python(wanted, places));
  }
}

TEST_SUITE_END();
