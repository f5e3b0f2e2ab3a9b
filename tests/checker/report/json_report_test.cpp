#include "checker/report/json_report.h"
#include "model/base/property_words.h"
#include "tests/checker/report/example_report.h"
#include "tests/support/golden.h"

#include <doctest/doctest.h>

using namespace lockweave;
using namespace lockweave::report;

TEST_SUITE_BEGIN("checker/report");

TEST_CASE("the JSON report of a failure looks as it looks") {
  const auto text = to_json(testing::example_report());
  CHECK(text.find('\n') == text.size() - 1);
  support::check_golden("reports/failure.json", text);
}

TEST_CASE("the JSON of an error and of a matrix's cell") {
  auto report = testing::example_report();
  report.verdict = Verdict::Error;
  report.violations.clear();
  report.outcomes.clear();
  report.error = "main.py:1:1: error: not known here\n";
  report.error_schedule = "lw1.3f9a22c1.77b0e1d4.0x2.5e21aa";
  report.expectation = Expectation{{}, false};
  report.is_ordered = true;
  support::check_golden("reports/error.json", to_json(report));
}

TEST_CASE("what is printed need not be UTF-8, the report is") {
  auto report = testing::example_report();
  report.outcomes.front().outcome.threads.front().output = "\xff\n";
  CHECK(to_json(report).find("\xef\xbf\xbd") != std::string::npos);
}

TEST_CASE("a report is read back as it was written") {
  const auto report = testing::example_report();
  const auto cells = read_json(to_json(report) + "\n" + to_json(report), "report.json");
  REQUIRE(cells);
  REQUIRE(cells->size() == 2);
  const auto& cell = cells->back();
  CHECK(cell.scenario == report.scenario);
  CHECK(cell.design == report.design);
  REQUIRE(cell.violations.size() == 2);
  CHECK(cell.violations.front().schedule == report.violations.front().schedule);
  CHECK(cell.violations.front().trace.steps == report.violations.front().trace.steps);
  REQUIRE(cell.outcomes.size() == 1);
  CHECK(cell.outcomes.front().outcome == report.outcomes.front().outcome);
  CHECK(cell.outcomes.front().standard_output == "one\ntwo\n");
}

TEST_CASE("a report laid out by hand is read as well") {
  std::string text = to_json(testing::example_report());
  text.insert(1, "\n\n  ");
  CHECK(read_json(text, "report.json"));
}

TEST_CASE("the schema knows every property") {
  const auto schema = support::read_source_file("docs/trace.schema.json");
  for (const PropertyWord word : all_properties) {
    CAPTURE(to_word(word));
    CHECK(schema.find("\"" + std::string(to_word(word)) + "\"") != std::string::npos);
  }
}

TEST_CASE("what is no report is refused in words") {
  for (const std::string text : {"", "  \n", "[1]", "{", "{}", "{\"lockweave\": \"one\"}", "{\"lockweave\": 1}", "{\"lockweave\": 2}",
                                 "{\"lockweave\": 1, \"scenario\": 5, \"design\": [], \"violations\": {}}", "\x01\xff{"}) {
    CAPTURE(text);
    const auto cells = read_json(text, "report.json");
    REQUIRE(!cells);
    CHECK(cells.error().code == DiagnosticCode::MalformedReport);
    CHECK(cells.error().file == "report.json");
  }
}

TEST_SUITE_END();
