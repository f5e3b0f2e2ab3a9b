#include "checker/report/text_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "checker/report/lanes.h"
#include "checker/report/words.h"

namespace lockweave::report {

namespace {

std::string verdict_line(const Report& report) {
  std::string line = fmt::format("{} × {}: {}", report.scenario, report.design, to_word(report.verdict));
  std::vector<std::string_view> words;
  for (const Violation& violation : report.violations) words.push_back(violation.property);
  if (!words.empty()) line += fmt::format(" ({})", fmt::join(words, ", "));
  return line + "\n";
}

// How simple it is, and how that is known.
std::string simplicity(const Violation& violation) {
  const bool is_lacking = violation.property == "sometimes";
  if (is_lacking) return "shown by no execution: it is what all of them lack";
  if (violation.trace.steps.empty()) return "in every execution, before there is anything to choose";
  if (violation.loop_begin > 0) {
    const std::string lasso = fmt::format("{}, {}, then {} that can repeat for ever", count(violation.preemptions, "preemption"),
                                          count(violation.loop_begin, "step"), grouped(violation.trace.steps.size() - violation.loop_begin));
    return lasso + (violation.minimal ? "; no execution comes to such a loop with fewer preemptions, or as many and fewer steps"
                                      : "; there may be a simpler way to such a loop");
  }
  const std::string length = fmt::format("{}, {}", count(violation.preemptions, "preemption"), count(violation.trace.steps.size(), "step"));
  if (violation.minimal) return length + "; no execution shows it with fewer preemptions, or as many and fewer steps";
  return length + "; there may be a simpler execution that shows it";
}

std::string indented(std::string_view text, std::string_view lead) {
  std::string out;
  for (const std::string& line : lines_of(text)) out += fmt::format("{}{}\n", line.empty() ? "" : lead, line);
  return out;
}

std::string outcome_text(const Report& report, const ReachedOutcome& reached, std::size_t number) {
  std::string text = fmt::format("{:>3}. ", number);
  std::string_view lead = "";
  for (const ThreadEnd& thread : reached.outcome.threads) {
    text += fmt::format("{}{}: {}\n", lead, thread.name, thread.end);
    if (reached.outcome.ordered_output.empty()) text += indented(thread.output, "       | ");
    lead = "     ";
  }
  if (!reached.outcome.ordered_output.empty()) text += "     printed:\n" + indented(reached.outcome.ordered_output, "       | ");
  std::vector<std::string> modules;
  for (const auto& [name, state] : reached.outcome.modules) modules.push_back(fmt::format("{} {}", name, state));
  if (!modules.empty()) text += fmt::format("     modules: {}\n", fmt::join(modules, ", "));
  return text + fmt::format("     {}\n", replay_line(report, reached.schedule));
}

}  // namespace

std::string stats_line(const Report& report, bool timings) {
  const Stats& stats = report.stats;
  std::vector<std::string> parts;
  if (stats.states > 0) parts.push_back(count(stats.states, "state"));
  parts.push_back(count(stats.transitions, "transition"));
  // A random walk stores no states: its executions are its walks.
  parts.push_back(stats.states > 0 ? fmt::format("{} of the program", count(stats.executions, "end")) : count(stats.executions, "execution"));
  if (stats.deadlocked > 0) parts.push_back(fmt::format("{} of them stuck", grouped(stats.deadlocked)));
  parts.push_back(fmt::format("depth {}", grouped(stats.max_depth)));
  if (timings) parts.push_back(fmt::format("{}, {}", duration(stats.seconds), size(stats.peak_bytes)));
  return fmt::format("  {}: {}\n", report.complete ? "explored completely" : "explored in part", fmt::join(parts, ", "));
}

std::string outcomes_text(const Report& report) {
  std::string text;
  for (std::size_t i = 0; i < report.outcomes.size(); ++i) text += "\n" + outcome_text(report, report.outcomes[i], i + 1);
  return text;
}

std::string to_text(const Report& report, const Violation& violation, const TextOptions& options) {
  std::string message = violation.message;
  while (message.ends_with('\n')) message.pop_back();
  std::string text;
  for (const std::string& line : lines_of(message)) {
    const std::string whole = text.empty() ? fmt::format("{}: {}", violation.property, line) : "  " + line;
    for (const std::string& part : wrap(whole, options.width, 4)) text += part + "\n";
  }
  if (text.empty()) text = violation.property + "\n";
  for (const std::string& line : wrap("  " + simplicity(violation), violation.loop_begin > 0 ? options.width : std::string::npos, 4)) text += line + "\n";
  if (!violation.trace.steps.empty()) text += "\n" + lanes(violation.trace, options.width, violation.loop_begin);
  if (!violation.schedule.empty()) text += fmt::format("\nreplay: {}\n", replay_line(report, violation.schedule));
  return text;
}

std::string to_text(const Report& report, const TextOptions& options) {
  std::string text = verdict_line(report);
  if (!report.title.empty()) text += fmt::format("  {}\n", report.title);
  if (!report.strategy.empty()) text += stats_line(report, options.timings);
  if (!report.unchecked.empty()) text += fmt::format("  not judged: {}\n", fmt::join(report.unchecked, ", "));
  for (const std::string& note : report.notes) {
    for (const std::string& line : wrap("  " + note, options.width, 4)) text += line + "\n";
  }
  if (report.has_outcomes) text += outcomes_text(report);
  for (const Violation& violation : report.violations) text += "\n" + to_text(report, violation, options);
  if (!report.error_schedule.empty()) text += fmt::format("\nreplay: {}\n", replay_line(report, report.error_schedule));
  return text;
}

}  // namespace lockweave::report
