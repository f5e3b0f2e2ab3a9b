#include "checker/cli/command_line.h"

#include "model/base/suggest.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <ostream>
#include <vector>

namespace lockweave::cli {

namespace {

constexpr std::string_view description =
    "Lockweave runs a small Python program of modules and threads under every interleaving\n"
    "that an import design allows, and says whether it can go wrong, and how.";

constexpr std::string_view examples =
    "Examples:\n"
    "  lockweave check it.txtar                          on the newest CPython found here\n"
    "  lockweave check it.txtar --design cpython-3.9     on another one\n"
    "  lockweave outcomes it.txtar --design textbook     every way the program can end\n"
    "  lockweave matrix specs/scenarios --design 'cpython-3.*' --design no-lock\n"
    "  lockweave check it.txtar --bootstrap Lib/importlib/_bootstrap.py\n"
    "\n"
    "Exit status: 0 all holds, 1 a violation, 2 bad input, 3 incomplete, 70 a mistake of Lockweave's own.\n"
    "`lockweave COMMAND --help` tells about one command.\n";

std::vector<const CLI::App*> subcommands_of(const CLI::App& app) {
  return app.get_subcommands([](const CLI::App*) { return true; });
}

// The innermost command that was named.
const CLI::App& named_command(const CLI::App& tool) {
  const auto named = tool.get_subcommands();
  return named.empty() ? tool : *named.front();
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* option : command.get_options())
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> command_names(const CLI::App& tool) {
  std::vector<std::string> names;
  for (const auto* command : subcommands_of(tool)) names.push_back(command->get_name());
  return names;
}

// A word that nothing takes: an option, a command, or one argument too many.
Diagnostic unknown_word(const CLI::App& tool, const std::string& word) {
  const auto& command = named_command(tool);
  const bool in_command = &command != &tool;
  if (word.starts_with("-") && word.size() > 1) {
    const auto name = word.substr(0, word.find('='));
    auto message =
        in_command ? fmt::format("unknown option '{}' of '{}'", name, command.get_name()) : fmt::format("unknown option '{}'", name);
    return make_diagnostic(DiagnosticCode::UsageError, std::move(message)).with_hint(suggestion(name, option_names(command)));
  }
  if (in_command) {
    return make_diagnostic(DiagnosticCode::UsageError, fmt::format("'{}' takes no argument '{}'", command.get_name(), word))
        .with_hint(fmt::format("`lockweave {} --help` tells what it takes", command.get_name()));
  }
  return make_diagnostic(DiagnosticCode::UsageError, fmt::format("unknown command '{}'", word))
      .with_hint(suggestion(word, command_names(tool)));
}

Diagnostic usage_error(const CLI::App& tool, const CLI::ParseError& error) {
  // An unknown word is the likelier mistake than what is missing because of it.
  if (const auto rest = tool.remaining(true); !rest.empty()) return unknown_word(tool, rest.front());
  const auto& command = named_command(tool);
  const auto help = &command == &tool ? std::string("lockweave --help") : fmt::format("lockweave {} --help", command.get_name());
  return make_diagnostic(DiagnosticCode::UsageError, error.what()).with_hint(fmt::format("see `{}`", help));
}

// An option whose value is empty (`--max-time "$LIMIT"` with nothing in LIMIT) would count as one that was not given.
const CLI::Option* option_without_value(const CLI::App& tool) {
  for (const CLI::Option* option : named_command(tool).get_options()) {
    if (option->get_items_expected_max() == 0 || option->get_positional()) continue;
    const auto& values = option->results();
    if (std::ranges::find(values, std::string()) != values.end()) return option;
  }
  return nullptr;
}

Diagnostic empty_value(const CLI::Option& option) {
  return make_diagnostic(DiagnosticCode::UsageError, fmt::format("{} cannot be ''", option.get_name())).with_hint("leave it out, or give it a value");
}

Diagnostic no_command(const CLI::App& tool) {
  return make_diagnostic(DiagnosticCode::UsageError, "say what to do")
      .with_hint(fmt::format("commands: {}; see `lockweave --help`", fmt::join(command_names(tool), ", ")));
}

}  // namespace

int run_command_line(std::span<const std::string> arguments, Console& console) {
  CLI::App tool{std::string(description), "lockweave"};
  tool.set_version_flag("--version", "lockweave " LOCKWEAVE_VERSION);
  Action chosen;
  add_all_commands(tool, chosen);
  tool.footer(std::string(examples));  // after the commands, which would inherit it
  try {
    // CLI11 takes arguments last to first.
    tool.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    const auto& command = named_command(tool);
    console.out << command.help(&command == &tool ? "" : tool.get_name());
    return exit_success;
  } catch (const CLI::CallForVersion& version) {
    console.out << version.what() << "\n";
    return exit_success;
  } catch (const CLI::ParseError& error) {
    return report(usage_error(tool, error), console);
  }
  if (const CLI::Option* option = option_without_value(tool)) return report(empty_value(*option), console);
  return chosen ? chosen(console) : report(no_command(tool), console);
}

}  // namespace lockweave::cli
