#include "checker/report/report.h"

#include <fmt/format.h>

namespace lockweave::report {

std::string replay_line(const Report& report, const std::string& schedule) {
  return fmt::format("{} --schedule '{}'", report.replay_command, schedule);
}

}  // namespace lockweave::report
