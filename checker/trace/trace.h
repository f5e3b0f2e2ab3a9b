// An execution in words: plain data, all that reports know.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/step.h"

namespace lockweave::trace {

struct TraceStep {
  std::uint32_t step = 0;        // from 1
  ThreadNumber thread = 0;
  ChoiceKind kind = ChoiceKind::Run;
  std::string file;
  std::uint32_t line = 0;
  std::string function;
  std::string source;
  std::string operation;
  std::string object;
  // Why another thread runs now than before: "" (the same), "preempted", "waits", "released", "ended"; of wake-ups,
  // timeouts and branches "".
  std::string switched;
  std::vector<std::string> effects;
  bool operator==(const TraceStep&) const = default;
};

struct Trace {
  std::vector<TraceStep> steps;
  std::vector<std::string> thread_names;  // by thread number
  std::uint32_t preemptions = 0;
  bool operator==(const Trace&) const = default;
};

// The first step at which two traces differ, in words; empty if they are the same.
std::string first_difference(const Trace& recorded, const Trace& replayed);

}  // namespace lockweave::trace
