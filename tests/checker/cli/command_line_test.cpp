#include "checker/cli/command_line.h"

#include "tests/support/temporary_folder.h"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

using namespace lockweave;

namespace {

struct Answer {
  int status;
  std::string out;
  std::string err;
};

Answer run(const std::vector<std::string>& arguments) {
  std::ostringstream out, err;
  cli::Console console{out, err};
  const int status = cli::run_command_line(arguments, console);
  return {status, out.str(), err.str()};
}

}  // namespace

TEST_SUITE_BEGIN("checker/cli");

TEST_CASE("--version and --help answer on standard output") {
  CHECK(run({"--version"}).out == "lockweave " LOCKWEAVE_VERSION "\n");
  const auto help = run({"--help"});
  CHECK(help.status == 0);
  CHECK(help.out.find("Examples:") != std::string::npos);
  CHECK(help.err.empty());
  CHECK(run({"designs", "--help"}).out.find("Usage: lockweave designs") != std::string::npos);
}

TEST_CASE("a mistyped command is one message with a suggestion") {
  const auto answer = run({"desings"});
  CHECK(answer.status == 2);
  CHECK(answer.out.empty());
  CHECK(answer.err == "error: unknown command 'desings'\nhint: did you mean 'designs'?\n");
}

TEST_CASE("a mistyped option is one message with a suggestion") {
  const auto answer = run({"designs", "--hepl"});
  CHECK(answer.status == 2);
  CHECK(answer.err == "error: unknown option '--hepl' of 'designs'\nhint: did you mean '--help'?\n");
  CHECK(run({"--versoin"}).err == "error: unknown option '--versoin'\nhint: did you mean '--version'?\n");
  CHECK(run({"designs", "--hepl=3"}).err == answer.err);
}

TEST_CASE("no command at all is an error") {
  const auto answer = run({});
  CHECK(answer.status == 2);
  CHECK(answer.err.starts_with("error: say what to do\n"));
}

TEST_CASE("an argument too many is an error") {
  const auto answer = run({"designs", "textbook"});
  CHECK(answer.status == 2);
  CHECK(answer.err.starts_with("error: 'designs' takes no argument 'textbook'\n"));
}

TEST_CASE("designs lists each with a sentence") {
  const auto answer = run({"designs"});
  CHECK(answer.status == 0);
  CHECK(answer.out.find("\ntextbook ") != std::string::npos);
}

TEST_CASE("scenarios lists titles, and reports those that cannot be read") {
  const testing::TemporaryFolder folder;
  folder.write("good.txtar", "A good one.\n-- main.py --\n");
  folder.write("bad.txtar", "-- a.py --\n");
  const auto answer = run({"scenarios", folder.path()});
  CHECK(answer.status == 2);
  CHECK(answer.out == folder.path("good.txtar") + "  A good one\n");
  CHECK(answer.err == folder.path("bad.txtar") + ": error: a scenario needs a file main.py\n");
}

TEST_SUITE_END();
