#include "checker/trace/schedule.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <limits>
#include <optional>

namespace lockweave::trace {

namespace {

constexpr std::string_view kVersion = "lw1";
constexpr std::size_t kParts = 5;
// Far beyond any execution we can run; keeps "0x4000000000" from filling the memory.
constexpr std::uint64_t kMostChoices = 50'000'000;

std::string checksum(std::string_view text) {
  return fmt::format("{:06x}", static_cast<std::uint32_t>(fingerprint(text).low) & 0xffffffu);
}

bool same_step(const Choice& a, const Choice& b) {
  if (a != b || a.instructions != b.instructions) return false;
  return a.instructions == 0 || (a.released == b.released && a.holds_gil == b.holds_gil);
}

std::string group_text(const Choice& choice, std::size_t count) {
  std::string text = fmt::format("{}", choice.thread);
  switch (choice.kind) {
    case ChoiceKind::Run: break;
    case ChoiceKind::WakeUp: text += 'w'; break;
    case ChoiceKind::Timeout: text += 't'; break;
    case ChoiceKind::Branch: text += fmt::format("b{}", choice.branch); break;
    case ChoiceKind::Interrupt: text += fmt::format("i{}", choice.branch); break;
  }
  if (choice.instructions > 0) text += fmt::format("n{}{}{}", choice.instructions, choice.released ? "r" : "", choice.holds_gil ? "h" : "");
  if (count > 1) text += fmt::format("x{}", count);
  return text;
}

Failure malformed(std::string message) {
  return fail(make_diagnostic(DiagnosticCode::MalformedSchedule, "this is not a schedule: " + message));
}

Failure foreign(std::string message) { return fail(make_diagnostic(DiagnosticCode::ForeignSchedule, std::move(message))); }

// A decimal number at the start of the text, taken off it. Leading zeros are not written by us and not read.
template <typename Number>
std::optional<Number> take_number(std::string_view& text) {
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return std::nullopt;
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

struct Group {
  Choice choice;
  std::uint64_t count = 1;
};

std::optional<Group> parse_group(std::string_view text) {
  Group group;
  const auto thread = take_number<std::uint32_t>(text);
  if (!thread) return std::nullopt;
  group.choice.thread = *thread;
  if (text.starts_with('w') || text.starts_with('t')) {
    group.choice.kind = text[0] == 'w' ? ChoiceKind::WakeUp : ChoiceKind::Timeout;
    text.remove_prefix(1);
  } else if (text.starts_with('b') || text.starts_with('i')) {
    const ChoiceKind kind = text[0] == 'b' ? ChoiceKind::Branch : ChoiceKind::Interrupt;
    text.remove_prefix(1);
    const auto branch = take_number<std::uint32_t>(text);
    if (!branch) return std::nullopt;
    group.choice.kind = kind;
    group.choice.branch = *branch;
  }
  if (text.starts_with('n')) {
    text.remove_prefix(1);
    const auto instructions = take_number<std::uint32_t>(text);
    if (!instructions || *instructions == 0) return std::nullopt;
    group.choice.instructions = *instructions;
    for (const auto& [letter, flag] : {std::pair{'r', &group.choice.released}, std::pair{'h', &group.choice.holds_gil}}) {
      *flag = text.starts_with(letter);
      if (*flag) text.remove_prefix(1);
    }
  }
  if (text.starts_with('x')) {
    text.remove_prefix(1);
    const auto count = take_number<std::uint64_t>(text);
    if (!count || *count < 2) return std::nullopt;
    group.count = *count;
  }
  if (!text.empty()) return std::nullopt;
  return group;
}

Result<std::vector<Choice>> parse_choices(std::string_view text) {
  std::vector<Choice> choices;
  if (text == "-") return choices;
  std::size_t position = 1;
  while (true) {
    const std::size_t end = text.find('-');
    const auto group = parse_group(text.substr(0, end));
    if (!group) return malformed(fmt::format("its choice group {} is '{}'", position, text.substr(0, std::min<std::size_t>(end, 40))));
    if (group->count > kMostChoices - choices.size()) return malformed("it has more choices than an execution can have");
    choices.insert(choices.end(), group->count, group->choice);
    if (end == std::string_view::npos) return choices;
    text.remove_prefix(end + 1);
    ++position;
  }
}

std::optional<std::uint32_t> parse_digest(std::string_view text) {
  std::uint32_t digest = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), digest, 16);
  if (text.size() != 8 || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return digest;
}

}  // namespace

ScheduleOrigin origin_of(Fingerprint scenario, Fingerprint design) {
  return {static_cast<std::uint32_t>(scenario.low), static_cast<std::uint32_t>(design.low)};
}

std::string choices_text(const std::vector<Choice>& choices) {
  if (choices.empty()) return "-";
  std::string text;
  for (std::size_t begin = 0; begin < choices.size();) {
    std::size_t end = begin;
    while (end < choices.size() && same_step(choices[end], choices[begin])) ++end;
    if (!text.empty()) text += '-';
    text += group_text(choices[begin], end - begin);
    begin = end;
  }
  return text;
}

std::string to_string(const Schedule& schedule) {
  const std::string text = fmt::format("{}.{:08x}.{:08x}.{}", kVersion, schedule.origin.scenario, schedule.origin.design,
                                       choices_text(schedule.choices));
  return text + "." + checksum(text);
}

Result<Schedule> parse_schedule(std::string_view text) {
  if (!text.starts_with("lw")) return malformed(fmt::format("it does not begin with '{}.'", kVersion));
  const std::string_view version = text.substr(0, text.find('.'));
  if (version != kVersion) {
    std::string_view number = version.substr(2);
    const bool is_other_version = take_number<std::uint32_t>(number) && number.empty() && version.size() < text.size();
    if (!is_other_version) return malformed(fmt::format("it does not begin with '{}.'", kVersion));
    return foreign(fmt::format("this schedule is of version {}, and this program reads version {}", version.substr(2), kVersion.substr(2)));
  }
  std::array<std::string_view, kParts> parts;
  std::size_t count = 0;
  for (std::string_view rest = text; count < kParts; ++count) {
    const std::size_t end = rest.find('.');
    parts[count] = rest.substr(0, end);
    if (end == std::string_view::npos) {
      ++count;
      break;
    }
    rest.remove_prefix(end + 1);
  }
  if (count < kParts) return malformed(fmt::format("it is cut short: {} of {} parts", count, kParts));
  const std::size_t length = text.rfind('.');
  if (checksum(text.substr(0, length)) != text.substr(length + 1)) {
    return malformed("its checksum does not fit: it was cut short or altered");
  }
  const auto scenario = parse_digest(parts[1]);
  const auto design = parse_digest(parts[2]);
  if (!scenario || !design) return malformed("a digest is not eight hexadecimal digits");
  auto choices = parse_choices(parts[3]);
  if (!choices) return fail(choices);
  return Schedule{{*scenario, *design}, std::move(*choices)};
}

Result<Schedule> parse_schedule(std::string_view text, ScheduleOrigin expected) {
  auto schedule = parse_schedule(text);
  if (!schedule) return schedule;
  if (schedule->origin.scenario != expected.scenario) {
    return foreign(fmt::format("this schedule is of another scenario, or of another version of its files (digest {:08x}, here {:08x})",
                               schedule->origin.scenario, expected.scenario));
  }
  if (schedule->origin.design != expected.design) {
    return foreign(fmt::format("this schedule is of another design, or of another importlib (digest {:08x}, here {:08x})",
                               schedule->origin.design, expected.design));
  }
  return schedule;
}

}  // namespace lockweave::trace
