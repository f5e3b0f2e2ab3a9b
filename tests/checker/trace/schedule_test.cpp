#include <doctest/doctest.h>
#include <fmt/format.h>

#include "checker/trace/schedule.h"
#include "model/base/random.h"

namespace lockweave::trace {

namespace {

const ScheduleOrigin kOrigin{0x3f9a22c1, 0x77b0e1d4};
const std::vector<Choice> kChoices{{0, ChoiceKind::Run, 0},    {0, ChoiceKind::Run, 0},     {0, ChoiceKind::Run, 0},
                                   {1, ChoiceKind::Run, 0},    {2, ChoiceKind::WakeUp, 0},  {1, ChoiceKind::Timeout, 0},
                                   {0, ChoiceKind::Branch, 1}, {12, ChoiceKind::Branch, 0}, {12, ChoiceKind::Branch, 0}, {3, ChoiceKind::Interrupt, 0}, {3, ChoiceKind::Interrupt, 2}};

std::string reason(const Result<Schedule>& result) { return result ? "" : result.error().message; }
DiagnosticCode code(const Result<Schedule>& result) { return result.error().code; }

}  // namespace

TEST_SUITE("checker/trace/schedule") {
  TEST_CASE("a schedule is short, safe in a shell, and read back as it was") {
    const std::string text = to_string({kOrigin, kChoices});
    CHECK(text.substr(0, text.rfind('.')) == "lw1.3f9a22c1.77b0e1d4.0x3-1-2w-1t-0b1-12b0x2-3i0-3i2");
    CHECK(text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string::npos);
    const auto read = parse_schedule(text, kOrigin);
    REQUIRE(read);
    CHECK(read->choices == kChoices);
    CHECK(read->origin == kOrigin);
  }

  TEST_CASE("no choices at all are a schedule too") {
    const auto read = parse_schedule(to_string({kOrigin, {}}));
    REQUIRE(read);
    CHECK(read->choices.empty());
  }

  TEST_CASE("random schedules come back as they were") {
    Random random(3);
    for (int i = 0; i < 200; ++i) {
      Schedule schedule{{static_cast<std::uint32_t>(random.next()), static_cast<std::uint32_t>(random.next())}, {}};
      for (std::uint64_t length = random.below(50); length > 0; --length) {
        Choice choice{static_cast<ThreadNumber>(random.below(3)), static_cast<ChoiceKind>(random.below(5)), 0};
        if (choice.kind == ChoiceKind::Branch || choice.kind == ChoiceKind::Interrupt) choice.branch = static_cast<std::uint32_t>(random.below(4));
        schedule.choices.push_back(choice);
      }
      const auto read = parse_schedule(to_string(schedule), schedule.origin);
      REQUIRE(read);
      CHECK(*read == schedule);
    }
  }

  TEST_CASE("a schedule that was cut short anywhere is refused") {
    const std::string text = to_string({kOrigin, kChoices});
    for (std::size_t length = 0; length < text.size(); ++length) {
      CAPTURE(length);
      const auto read = parse_schedule(text.substr(0, length));
      REQUIRE_FALSE(read);
      CHECK(code(read) == DiagnosticCode::MalformedSchedule);
      CHECK_FALSE(reason(read).empty());
    }
  }

  TEST_CASE("a schedule with any one character altered is refused") {
    const std::string text = to_string({kOrigin, kChoices});
    for (std::size_t place = 0; place < text.size(); ++place) {
      for (const char letter : {'7', 'x', '.', '-', '\0', '\xff'}) {
        if (text[place] == letter) continue;
        std::string altered = text;
        altered[place] = letter;
        CAPTURE(altered);
        CHECK_FALSE(parse_schedule(altered, kOrigin));
      }
    }
  }

  TEST_CASE("another version, scenario or design is refused with that reason") {
    const std::string text = to_string({kOrigin, kChoices});
    const auto version = parse_schedule("lw2" + text.substr(3));
    REQUIRE_FALSE(version);
    CHECK(code(version) == DiagnosticCode::ForeignSchedule);
    CHECK(reason(version) == "this schedule is of version 2, and this program reads version 1");
    const auto scenario = parse_schedule(text, {kOrigin.scenario + 1, kOrigin.design});
    REQUIRE_FALSE(scenario);
    CHECK(code(scenario) == DiagnosticCode::ForeignSchedule);
    CHECK(reason(scenario).find("another scenario") != std::string::npos);
    const auto design = parse_schedule(text, {kOrigin.scenario, kOrigin.design + 1});
    REQUIRE_FALSE(design);
    CHECK(reason(design).find("another design") != std::string::npos);
  }

  TEST_CASE("a schedule with a correct checksum and absurd numbers is refused and takes no memory") {
    for (const std::string choices : {"0x4000000000", "0x1", "0x0", "00", "1-", "-1", "1--1", "99999999999", "1b", "1q", "1wx", ""}) {
      CAPTURE(choices);
      std::string text = "lw1.3f9a22c1.77b0e1d4." + choices;
      text += fmt::format(".{:06x}", static_cast<std::uint32_t>(fingerprint(text).low) & 0xffffffu);
      const auto read = parse_schedule(text);
      REQUIRE_FALSE(read);
      CHECK(code(read) == DiagnosticCode::MalformedSchedule);
    }
  }
}

}  // namespace lockweave::trace
