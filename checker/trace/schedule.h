// A schedule as one printable string, enough with its scenario and design to repeat the execution:
//
//     lw1.3f9a22c1.77b0e1d4.0n45-1n12r-2w-1t-0b1n7h.5e21aa
//      |      |        |           |            checksum of all before it
//      |      |        |           choices: thread, kind (none: runs, w: wakes up, t: times out, bN: branch N), nN: for N instructions
//      |      |        |                    (r: to a GIL release of its own, h: it keeps the GIL), xN: N times the same
//      |      |        digest of the design
//      |      digest of the scenario
//      version
//
// Letters, digits, dots and dashes only: safe in a shell and in a file name. No choices at all are written "-".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/fingerprint.h"
#include "model/base/result.h"
#include "model/step.h"

namespace lockweave::trace {

// What a schedule belongs to. 32 bits of each fingerprint: enough to notice a mistake.
struct ScheduleOrigin {
  std::uint32_t scenario = 0;
  std::uint32_t design = 0;
  bool operator==(const ScheduleOrigin&) const = default;
};
ScheduleOrigin origin_of(Fingerprint scenario, Fingerprint design);

struct Schedule {
  ScheduleOrigin origin;
  std::vector<Choice> choices;
  bool operator==(const Schedule&) const = default;
};

std::string to_string(const Schedule& schedule);

// The choices alone, as in the third part of the string.
std::string choices_text(const std::vector<Choice>& choices);

// Reads what to_string wrote. MalformedSchedule: with what is wrong and where; ForeignSchedule: another version.
Result<Schedule> parse_schedule(std::string_view text);

// The same, and refuses a schedule of another scenario or design (ForeignSchedule), saying which of them differs.
Result<Schedule> parse_schedule(std::string_view text, ScheduleOrigin expected);

}  // namespace lockweave::trace
