#include "checker/trace/outcome.h"

namespace lockweave::trace {

std::string standard_output(const Outcome& outcome) {
  if (!outcome.ordered_output.empty()) return outcome.ordered_output;
  std::string text;
  for (const ThreadEnd& thread : outcome.threads) text += thread.output;
  return text;
}

}  // namespace lockweave::trace
