#include "checker/report/json_report.h"

#include <fmt/format.h>

#include <exception>
#include <nlohmann/json.hpp>

#include "checker/trace/outcome.h"

namespace lockweave::report {

namespace {

using Json = nlohmann::ordered_json;

constexpr int format_version = 1;

Json step_to_json(const trace::TraceStep& step) {
  return {{"step", step.step},     {"thread", step.thread},       {"file", step.file},     {"line", step.line},       {"function", step.function},
          {"source", step.source}, {"operation", step.operation}, {"object", step.object}, {"switch", step.switched}, {"effects", step.effects}};
}

Json violation_to_json(const Violation& violation) {
  Json trace = Json::array();
  for (const auto& step : violation.trace.steps) trace.push_back(step_to_json(step));
  Json object = {{"property", violation.property}, {"message", violation.message}, {"preemptions", violation.preemptions},
                 {"minimal", violation.minimal},   {"schedule", violation.schedule}};
  if (violation.loop_begin > 0) object["loop_begin"] = violation.loop_begin;
  object["thread_names"] = violation.trace.thread_names;
  object["trace"] = std::move(trace);
  return object;
}

Json outcome_to_json(const ReachedOutcome& reached) {
  Json threads = Json::array();
  for (const auto& thread : reached.outcome.threads) {
    threads.push_back({{"id", thread.id}, {"name", thread.name}, {"end", thread.end}, {"stdout", thread.output}});
  }
  Json modules = Json::object();
  for (const auto& [name, state] : reached.outcome.modules) modules[name] = state;
  return {{"stdout", trace::standard_output(reached.outcome)},
          {"threads", std::move(threads)},
          {"modules", std::move(modules)},
          {"schedule", reached.schedule}};
}

Json stats_to_json(const Stats& stats) {
  return {{"states", stats.states},         {"transitions", stats.transitions},     {"executions", stats.executions},
          {"deadlocked", stats.deadlocked}, {"sleep_blocked", stats.sleep_blocked}, {"max_depth", stats.max_depth},
          {"seconds", stats.seconds},       {"peak_bytes", stats.peak_bytes}};
}

Json expectation_to_json(const Expectation& expectation) {
  Json object;
  if (expectation.failing.empty()) object["expected"] = "pass";
  else object["expected"] = expectation.failing;
  object["met"] = expectation.met;
  return object;
}

// The library reports what does not fit by exceptions; they end here.
trace::TraceStep step_from_json(const Json& object) {
  trace::TraceStep step;
  step.step = object.at("step").get<std::uint32_t>();
  step.thread = object.at("thread").get<std::uint32_t>();
  step.file = object.at("file").get<std::string>();
  step.line = object.at("line").get<std::uint32_t>();
  step.function = object.at("function").get<std::string>();
  step.source = object.at("source").get<std::string>();
  step.operation = object.at("operation").get<std::string>();
  step.object = object.at("object").get<std::string>();
  step.switched = object.at("switch").get<std::string>();
  step.effects = object.at("effects").get<std::vector<std::string>>();
  return step;
}

Violation violation_from_json(const Json& object) {
  Violation violation;
  violation.property = object.at("property").get<std::string>();
  violation.message = object.at("message").get<std::string>();
  violation.preemptions = object.at("preemptions").get<std::uint32_t>();
  violation.minimal = object.at("minimal").get<bool>();
  violation.schedule = object.at("schedule").get<std::string>();
  violation.loop_begin = object.value("loop_begin", std::uint64_t{0});
  violation.trace.preemptions = violation.preemptions;
  for (const auto& step : object.at("trace")) violation.trace.steps.push_back(step_from_json(step));
  return violation;
}

RecordedOutcome outcome_from_json(const Json& object) {
  RecordedOutcome recorded;
  recorded.schedule = object.at("schedule").get<std::string>();
  for (const auto& row : object.at("threads")) {
    recorded.outcome.threads.push_back(
        {row.at("id").get<std::uint32_t>(), row.at("name").get<std::string>(), row.at("end").get<std::string>(), row.at("stdout").get<std::string>()});
  }
  for (const auto& [name, state] : object.at("modules").items()) recorded.outcome.modules.emplace_back(name, state.get<std::string>());
  recorded.standard_output = object.at("stdout").get<std::string>();
  return recorded;
}

Recorded cell_from_json(const Json& object) {
  Recorded cell;
  cell.scenario = object.at("scenario").get<std::string>();
  cell.design = object.at("design").get<std::string>();
  cell.is_ordered = object.value("ordered", false);
  for (const auto& violation : object.at("violations")) cell.violations.push_back(violation_from_json(violation));
  if (object.contains("outcomes")) {
    for (const auto& outcome : object.at("outcomes")) cell.outcomes.push_back(outcome_from_json(outcome));
  }
  return cell;
}

Diagnostic malformed(std::string message, const std::string& file) {
  return make_diagnostic(DiagnosticCode::MalformedReport, std::move(message), file);
}

Result<Recorded> read_cell(std::string_view line, const std::string& file) {
  const Json object = Json::parse(line, nullptr, /*allow_exceptions=*/false);
  if (object.is_discarded()) return fail(malformed("this is no JSON report: it is not JSON", file));
  if (!object.is_object() || !object.contains("lockweave")) return fail(malformed("this is no JSON report of Lockweave's", file));
  const Json& version = object["lockweave"];
  if (!version.is_number_integer()) return fail(malformed("this is no JSON report of Lockweave's", file));
  if (version != format_version) {
    return fail(malformed(fmt::format("this report has format {}, and only format {} is known here", version.dump(), format_version), file));
  }
  try {
    return cell_from_json(object);
  } catch (const std::exception& error) {
    return fail(malformed(fmt::format("this is no JSON report of Lockweave's: {}", error.what()), file));
  }
}

}  // namespace

std::string to_json(const Report& report) {
  Json object = {{"lockweave", format_version}, {"scenario", report.scenario}, {"design", report.design},      {"strategy", report.strategy},
                 {"verdict", to_word(report.verdict)}, {"complete", report.complete}, {"unchecked", report.unchecked}};
  object["violations"] = Json::array();
  for (const Violation& violation : report.violations) object["violations"].push_back(violation_to_json(violation));
  object["outcomes"] = Json::array();
  for (const ReachedOutcome& outcome : report.outcomes) object["outcomes"].push_back(outcome_to_json(outcome));
  if (report.is_ordered) object["ordered"] = true;
  object["stats"] = stats_to_json(report.stats);
  object["notes"] = report.notes;
  if (!report.error.empty()) object["error"] = {{"message", report.error}, {"schedule", report.error_schedule}};
  if (report.expectation) object["expectation"] = expectation_to_json(*report.expectation);
  // What a program prints need not be UTF-8; a report always is.
  return object.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<Recorded>> read_json(std::string_view text, const std::string& file) {
  std::vector<Recorded> cells;
  // One object a line; but a report that somebody laid out for reading is one object on many lines.
  if (Json::accept(text)) {
    auto cell = read_cell(text, file);
    if (!cell) return fail(cell);
    cells.push_back(std::move(*cell));
    return cells;
  }
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto cell = read_cell(line, file);
    if (!cell) return fail(cell);
    cells.push_back(std::move(*cell));
  }
  if (cells.empty()) return fail(malformed("this report is empty", file));
  return cells;
}

}  // namespace lockweave::report
