// `lockweave replay`: the same execution again, in the machine; it checks itself.
#include "checker/cli/command.h"
#include "checker/cli/our_mistake.h"
#include "checker/cli/replay_file.h"
#include "checker/cli/run.h"
#include "checker/explore/replay.h"
#include "checker/report/lanes.h"
#include "checker/report/text_report.h"
#include "checker/report/words.h"
#include "checker/trace/outcome.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>

namespace lockweave::cli {

void add_replay(CLI::App& tool, Action& chosen);

namespace {

struct Options {
  std::string place;  // a file, or with --schedule a scenario
  std::string schedule;
  bool has_schedule = false;
  bool strict = false;
  bool serializable = false;
  bool order = false;
  DesignOptions designs;
};

constexpr auto examples =
    "Examples:\n"
    "  lockweave replay report.json                 each failure and outcome of a JSON report\n"
    "  lockweave replay trace.txt                   each failure of a text report\n"
    "  lockweave replay it.txtar --design cpython-3.12 --schedule 'lw1.…'\n"
    "\n"
    "Exit status: 0 the same again, 1 something differs (and where), 2 bad input.\n";

// A scenario on a design, ready to be replayed. Not movable: the machine looks into the others.
struct Stage {
  scenario::Scenario scenario;
  ChosenDesign design;
  RunSettings settings;
  std::unique_ptr<Machine> machine;
};

Result<std::unique_ptr<Stage>> make_stage(const std::string& path, Result<ChosenDesign> design, const RunSettings& settings) {
  auto scenario = scenario::load_scenario(path);
  if (!scenario) return fail(scenario);
  if (!design) return fail(design);
  auto stage = std::make_unique<Stage>(Stage{std::move(*scenario), std::move(*design), settings, nullptr});
  auto machine = load_machine(stage->scenario, stage->design, settings);
  if (!machine) return fail(machine);
  stage->machine = std::move(*machine);
  return stage;
}

// Twice, since a machine that is not deterministic would otherwise go unnoticed.
Result<explore::Replay> replay_twice(Stage& stage, const std::string& text, property::PropertySet also, std::size_t loop_begin = 0) {
  const auto schedule = trace::parse_schedule(text, origin_of(stage.scenario, stage.design));
  if (!schedule) return fail(schedule);
  const std::string command = replay_command(stage.scenario, stage.design, stage.settings);
  const CurrentCell cell([&](const std::vector<Choice>& choices) {
    return fmt::format("{} --schedule '{}'", command, trace::to_string({schedule->origin, choices}));
  });
  const explore::ReplayOptions options{.properties = properties_of(stage.scenario, stage.settings) | also,
                                       .timeouts_last = stage.scenario.bounds.timeouts == scenario::TimeoutRule::Last,
                                       .with_words = true,
                                       .loop_begin = loop_begin};
  auto first = explore::replay(*stage.machine, schedule->choices, options);
  const auto second = explore::replay(*stage.machine, schedule->choices, options);
  if (first.end == trace::WalkEnd::Followed && first.difference.empty()) {
    first.difference = trace::first_difference(first.trace, second.trace);
    if (first.difference.empty() && first.violations != second.violations) first.difference = "a second replay is judged otherwise";
    if (!first.difference.empty()) first.end = trace::WalkEnd::Differs;
  }
  return first;
}

// --- a schedule on the command line -------------------------------------------------------------------------------------

std::string told(const Stage& stage, const explore::Replay& replay, std::size_t width) {
  std::string text = fmt::format("{} × {}: {}, {}\n\n", stage.scenario.path, stage.design.label, report::count(replay.trace.steps.size(), "step"),
                                 report::count(replay.trace.preemptions, "preemption"));
  text += report::lanes(replay.trace, width) + "\n";
  for (const auto& violation : replay.violations) {
    text += violation.step == 0 ? fmt::format("{}: {}\n", to_word(violation.property), violation.message)
                                : fmt::format("{} (step {}): {}\n", to_word(violation.property), violation.step, violation.message);
  }
  if (replay.violations.empty()) text += "no property is broken along the way\n";
  if (!replay.outcome) return text;
  for (const auto& thread : replay.outcome->threads) {
    text += fmt::format("{}: {}\n", thread.name, thread.end);
    for (const auto& line : report::lines_of(thread.output)) text += fmt::format("  | {}\n", line);
  }
  return text;
}

int replay_schedule(const Options& options, Console& console) {
  RunSettings settings;
  settings.strict = options.strict;
  settings.serializable = options.serializable;
  settings.ordered_output = options.order;
  auto stage = make_stage(options.place, choose_one_design(options.designs, "replay"), settings);
  if (!stage) return report(stage.error(), console);
  const auto replay = replay_twice(**stage, options.schedule, {});
  if (!replay) return report(replay.error(), console);
  console.out << told(**stage, *replay, console.width);
  switch (replay->end) {
    case trace::WalkEnd::Followed: break;
    case trace::WalkEnd::Differs: console.out << "differs: " << replay->difference << "\n"; return exit_violation;
    case trace::WalkEnd::Unsupported: console.err << replay->difference << (replay->difference.ends_with('\n') ? "" : "\n"); return exit_bad_input;
  }
  console.out << "replayed to its end, twice, the same each time\n";
  return exit_success;
}

// --- a file -------------------------------------------------------------------------------------------------------------

// These are facts of the whole graph: along one execution they cannot be seen.
bool is_judged_by_replay(PropertyWord word) {
  return word != PropertyWord::Livelock && word != PropertyWord::Unserializable && word != PropertyWord::Sometimes;
}

// Made alike where two computers, or JSON, may differ: where interpreters are installed, text that is no UTF-8.
trace::Trace comparable(trace::Trace trace) {
  for (auto& step : trace.steps) {
    step.kind = ChoiceKind::Run;
    step.file = report::short_file(step.file);
  }
  trace.thread_names.clear();
  return trace;
}

std::string difference_of(const report::Violation& recorded, const explore::Replay& replay) {
  if (replay.end != trace::WalkEnd::Followed) return replay.difference;
  if (auto difference = trace::first_difference(comparable(recorded.trace), comparable(replay.trace)); !difference.empty()) return difference;
  const auto word = property_from_word(recorded.property);
  if (!word) return fmt::format("there is no property '{}'", recorded.property);
  if (recorded.loop_begin > 0) return replay.loop_closes ? "" : fmt::format("the steps from {} on do not come back to where they began", recorded.loop_begin + 1);
  if (!is_judged_by_replay(*word)) return {};
  const auto* violation = replay.violation_of(*word);
  if (violation == nullptr) return fmt::format("{} is not broken", recorded.property);
  return {};
}

std::string difference_of(const report::RecordedOutcome& recorded, const explore::Replay& replay) {
  if (replay.end != trace::WalkEnd::Followed) return replay.difference;
  if (!replay.outcome) return "the program goes on after the last step";
  if (trace::standard_output(*replay.outcome) != recorded.standard_output) return "it prints something else";
  if (replay.outcome->threads != recorded.outcome.threads) return "a thread ends otherwise";
  if (replay.outcome->modules != recorded.outcome.modules) return "sys.modules holds something else";
  return {};
}

// A text was laid out for some width: the one at which it comes out the same, if there is one.
std::string difference_of(const RecordedText& recorded, const explore::Replay& replay) {
  constexpr std::size_t usual = 100, widest = 400;
  if (replay.end != trace::WalkEnd::Followed) return replay.difference;
  if (recorded.property.empty()) return {};
  const auto word = *property_from_word(recorded.property);
  // A text does not say whether an unmet `eventually` ends in a loop.
  if (is_judged_by_replay(word) && word != PropertyWord::Eventually && replay.violation_of(word) == nullptr) return fmt::format("{} is not broken", recorded.property);
  const auto without_legend = [](const std::string& text) {
    auto lines = report::lines_of(text);
    std::erase_if(lines, [](const std::string& line) { return line.empty() || line.find(" is /") != std::string::npos || line.starts_with("     ↻ "); });
    return lines;
  };
  const auto recorded_lines = without_legend(recorded.text);
  const auto ends_alike = [&](const std::vector<std::string>& lines) {
    return lines.size() <= recorded_lines.size() && std::equal(lines.rbegin(), lines.rend(), recorded_lines.rbegin());
  };
  const auto at_usual = without_legend(report::lanes(replay.trace, usual));
  if (ends_alike(at_usual)) return {};
  for (std::size_t width = 40; width <= widest; ++width) {
    if (ends_alike(without_legend(report::lanes(replay.trace, width)))) return {};
  }
  return fmt::format("the trace of {} steps reads otherwise; `lockweave replay SCENARIO --design D --schedule S` shows it",
                     replay.trace.steps.size());
}

class FileReplay {
 public:
  FileReplay(const std::string& path, Console& console) : path_(path), console_(console) {}

  int replay(const ReplayFile& file) {
    for (const auto& cell : file.cells) {
      if (!replay_cell(cell)) return exit_bad_input;
    }
    for (const auto& text : file.texts) {
      if (!replay_text(text)) return exit_bad_input;
    }
    console_.out << fmt::format("{}: {} replayed, {}\n", path_, report::count(replayed_, "schedule"),
                                different_ == 0 ? "the same again" : fmt::format("{} not the same", different_));
    return different_ == 0 ? exit_success : exit_violation;
  }

 private:
  // False: bad input, and reported.
  bool replay_cell(const report::Recorded& cell) {
    RunSettings settings;
    settings.ordered_output = cell.is_ordered;
    settings.serializable = std::ranges::any_of(cell.violations, [](const auto& violation) { return violation.property == to_word(PropertyWord::Unserializable); });
    auto stage = make_stage(cell.scenario, design_of_label(cell.design), settings);
    if (!stage) return refuse(stage.error());
    const std::string place = fmt::format("{} × {}", cell.scenario, cell.design);
    for (const auto& violation : cell.violations) {
      if (violation.schedule.empty()) continue;
      if (!replay_one(**stage, violation.schedule, fmt::format("{}: {}", place, violation.property), word_set(violation.property), violation)) return false;
    }
    for (std::size_t i = 0; i < cell.outcomes.size(); ++i) {
      const auto& outcome = cell.outcomes[i];
      if (!replay_one(**stage, outcome.schedule, fmt::format("{}: outcome {}", place, i + 1), {}, outcome)) return false;
    }
    return true;
  }

  bool replay_text(const RecordedText& text) {
    // The line is a command line of ours: it is read as one.
    CLI::App tool{"", "lockweave"};
    Options options;
    tool.add_option("SCENARIO", options.place)->required();
    add_design_options(tool, options.designs, "");
    RunSettings settings;
    tool.add_flag("--strict", settings.strict);
    tool.add_flag("--serializable", settings.serializable);
    tool.add_flag("--order", settings.ordered_output);
    try {
      tool.parse(std::vector<std::string>(text.arguments.rbegin(), text.arguments.rend()));
    } catch (const CLI::ParseError& error) {
      return refuse(make_diagnostic(DiagnosticCode::MalformedReport, fmt::format("its last line is no replay line: {}", error.what()), path_));
    }
    auto stage = make_stage(options.place, choose_one_design(options.designs, "replay"), settings);
    if (!stage) return refuse(stage.error());
    const std::string place = fmt::format("{} × {}: {}", options.place, (*stage)->design.label, text.property);
    return replay_one(**stage, text.schedule, place, word_set(text.property), text);
  }

  static property::PropertySet word_set(const std::string& property) {
    const auto word = property_from_word(property);
    return word ? property::PropertySet{*word} : property::PropertySet{};
  }

  static std::size_t loop_begin_of(const report::Violation& violation) { return static_cast<std::size_t>(violation.loop_begin); }
  template <typename Record>
  static std::size_t loop_begin_of(const Record&) {
    return 0;
  }

  template <typename Record>
  bool replay_one(Stage& stage, const std::string& schedule, const std::string& place, property::PropertySet also, const Record& record) {
    const auto replay = replay_twice(stage, schedule, also, loop_begin_of(record));
    if (!replay) return refuse(replay.error());
    ++replayed_;
    const std::string difference = difference_of(record, *replay);
    if (!difference.empty()) ++different_;
    console_.out << fmt::format("{}: {}\n", place, difference.empty() ? "the same" : "differs: " + difference);
    return true;
  }

  bool refuse(const Diagnostic& diagnostic) {
    report(diagnostic, console_);
    return false;
  }

  const std::string& path_;
  Console& console_;
  std::size_t replayed_ = 0;
  std::size_t different_ = 0;
};

int replay_command_line(const Options& options, Console& console) {
  if (options.has_schedule) return replay_schedule(options, console);
  const bool names_design = !options.designs.designs.empty() || !options.designs.pythons.empty() || !options.designs.bootstraps.empty();
  if (names_design) {
    return report(make_diagnostic(DiagnosticCode::UsageError, "say which schedule: --schedule S").with_hint("a failure report's last line has it; a report FILE needs no design"), console);
  }
  const auto file = read_replay_file(options.place);
  if (!file) return report(file.error(), console);
  return FileReplay(options.place, console).replay(*file);
}

}  // namespace

void add_replay(CLI::App& tool, Action& chosen) {
  auto options = std::make_shared<Options>();
  auto* command = tool.add_subcommand("replay", "run a schedule, or all of a report's, again in the machine");
  command->add_option("FILE|SCENARIO", options->place, "a JSON report or a text trace; with --schedule a scenario")->required();
  add_design_options(*command, options->designs, "the newest CPython found");
  auto* schedule = command->add_option("--schedule", options->schedule, "the schedule, as a report prints it")->type_name("S");
  command->add_flag("--strict", options->strict, "judge the properties that `check --strict` adds");
  command->add_flag("--serializable", options->serializable, "the schedule is from `check --serializable`");
  command->add_flag("--order", options->order, "the schedule is from `outcomes --order`");
  command->footer(examples);
  command->callback([options, schedule, &chosen] {
    options->has_schedule = schedule->count() > 0;
    chosen = [options](Console& console) { return replay_command_line(*options, console); };
  });
}

}  // namespace lockweave::cli
