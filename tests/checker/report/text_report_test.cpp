#include "checker/report/lanes.h"
#include "checker/report/matrix_report.h"
#include "checker/report/progress.h"
#include "checker/report/text_report.h"
#include "checker/report/words.h"
#include "tests/checker/report/example_report.h"
#include "tests/support/golden.h"

#include <doctest/doctest.h>

#include <sstream>

using namespace lockweave;
using namespace lockweave::report;

namespace {

std::size_t widest_line(const std::string& text) {
  std::size_t widest = 0;
  for (const auto& line : lines_of(text)) widest = std::max(widest, columns(line));
  return widest;
}

}  // namespace

TEST_SUITE_BEGIN("checker/report");

TEST_CASE("the text report of a failure looks as it looks") { support::check_golden("reports/failure.txt", to_text(testing::example_report())); }

TEST_CASE("with too many threads for lanes each step names its thread") {
  auto trace = testing::example_trace();
  for (ThreadNumber thread = 3; thread < 8; ++thread) {
    trace.thread_names.push_back("Thread-" + std::to_string(thread));
    trace.steps.push_back(testing::step(thread + 5, thread, "main.py", 9, "load_b", "import b", "read", "sys.modules['b']", "preempted"));
  }
  support::check_golden("reports/many_threads.txt", lanes(trace, 100));
}

TEST_CASE("lanes never go beyond the terminal") {
  auto trace = testing::example_trace();
  for (const std::size_t width : {60u, 80u, 99u, 100u, 132u, 200u}) {
    CAPTURE(width);
    std::string text = lanes(trace, width);
    text.resize(text.find(" is /usr") == std::string::npos ? text.size() : text.rfind('\n', text.find(" is /usr")));
    CHECK(widest_line(text) <= width);
  }
}

TEST_CASE("wrapping loses nothing but blanks") {
  const std::string text = "with _ModuleLockManager(name), contextlib.suppress(KeyError): sys.modules[name_of_a_module]";
  for (std::size_t width = 10; width < 100; ++width) {
    std::string joined;
    for (const auto& line : wrap(text, width, 2)) {
      CHECK(columns(line) <= width);
      joined += line;
    }
    std::string left = text;
    std::erase(joined, ' ');
    std::erase(left, ' ');
    CHECK(joined == left);
  }
}

TEST_CASE("a loop that never ends is marked where it begins") {
  const auto text = lanes(testing::example_trace(), 100, 3);
  CHECK(text.find("from here on it repeats for ever") != std::string::npos);
  CHECK(text.find("from here on it repeats for ever") > text.find("load_a\n"));
}

TEST_CASE("two files of one short name are shown with their whole paths") {
  auto trace = testing::example_trace();
  trace.steps[3].file = "/opt/python/importlib/_bootstrap.py";
  const auto text = lanes(trace, 200);
  CHECK(text.find("/opt/python/importlib/_bootstrap.py:1360") != std::string::npos);
  CHECK(text.find(" is /") == std::string::npos);
}

TEST_CASE("a failure's last line replays it") {
  const auto report = testing::example_report();
  const auto text = to_text(report, report.violations.front(), {});
  CHECK(lines_of(text).back() ==
        "replay: lockweave replay specs/scenarios/ring.txtar --design cpython-3.12 --schedule 'lw1.3f9a22c1.77b0e1d4.0x2-1-2x2-1-2.5e21aa'");
}

TEST_CASE("the matrix shows what is expected, what is not, and what was not asked") {
  Matrix matrix;
  matrix.scenarios = {"ring", "chain"};
  matrix.designs = {"cpython-3.12", "textbook"};
  auto fails = testing::example_report();
  auto passes = fails;
  passes.design = "textbook";
  passes.verdict = Verdict::Pass;
  passes.violations.clear();
  fails.expectation = Expectation{{"deadlock", "sometimes"}, true};
  passes.expectation = Expectation{{"exception"}, false};
  auto unasked = passes;
  unasked.expectation.reset();
  matrix.cells = {{{true, fails}, {true, passes}}, {{false, {}}, {true, unasked}}};
  matrix.notes = {"skipped: cpython-3.7: CPython 3.7 is not installed here"};
  support::check_golden("reports/matrix.txt", to_text(matrix, 100));
}

TEST_CASE("the progress line is written only where it is wanted, and taken away") {
  std::ostringstream out;
  {
    ProgressLine silent(out, false, 80);
    silent.show({});
  }
  CHECK(out.str().empty());
  {
    ProgressLine line(out, true, 80);
    line.show({.states = 12345, .transitions = 30000, .depth = 7, .frontier = 20, .bytes = 1 << 20, .seconds = 2});
  }
  CHECK(out.str() == "\r\033[K12,345 states, 15,000 steps/s, depth 7, 20 to explore, 1.0 MiB, 2.00 s\r\033[K");
}

TEST_CASE("words for a shell are quoted when they must be") {
  CHECK(shell_word("specs/it.txtar") == "specs/it.txtar");
  CHECK(shell_word("my scenario") == "'my scenario'");
  CHECK(shell_word("it's") == "'it'\\''s'");
  CHECK(shell_word("") == "''");
}

TEST_SUITE_END();
