// `lockweave designs` and `lockweave scenarios`: what there is.
#include "checker/cli/command.h"
#include "model/design/design.h"
#include "model/scenario/scenario.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

namespace lockweave::cli {

void add_designs(CLI::App& tool, Action& chosen);
void add_scenarios(CLI::App& tool, Action& chosen);

namespace {

struct Row {
  std::string name;
  std::string words;
};

void print(const std::vector<Row>& rows, std::ostream& out) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, row.name.size());
  for (const auto& row : rows) {
    // A row without words ends after its name, not in blanks.
    out << (row.words.empty() ? row.name + "\n" : fmt::format("{:<{}}  {}\n", row.name, width, row.words));
  }
}

int list_designs(Console& console) {
  std::vector<Row> rows;
  for (const auto& design : design::DesignCatalog().list()) {
    auto words = design.summary;
    if (design.missing) words += fmt::format(" (not here: {})", *design.missing);
    rows.push_back({design.name, std::move(words)});
  }
  print(rows, console.out);
  return exit_success;
}

int list_scenarios(const std::vector<std::string>& places, Console& console) {
  std::vector<Row> rows;
  int status = exit_success;
  for (const auto& place : places) {
    const auto paths = scenario::find_scenarios(place);
    if (!paths) {
      status = report(paths.error(), console);
      continue;
    }
    for (const auto& path : *paths) {
      const auto scenario = scenario::load_scenario(path);
      if (scenario) rows.push_back({path, scenario->title});
      else status = report(scenario.error(), console);
    }
  }
  print(rows, console.out);
  return status;
}

}  // namespace

void add_designs(CLI::App& tool, Action& chosen) {
  auto* command = tool.add_subcommand("designs", "list the designs that a scenario can run on, one sentence each");
  command->callback([&chosen] { chosen = list_designs; });
}

void add_scenarios(CLI::App& tool, Action& chosen) {
  auto places = std::make_shared<std::vector<std::string>>();
  auto* command = tool.add_subcommand("scenarios", "list scenarios with their titles");
  command->add_option("FOLDER", *places, "folders of scenarios, or scenarios (default: specs/scenarios)");
  command->callback([places, &chosen] {
    if (places->empty()) *places = {"specs/scenarios"};
    chosen = [places](Console& console) { return list_scenarios(*places, console); };
  });
}

}  // namespace lockweave::cli
