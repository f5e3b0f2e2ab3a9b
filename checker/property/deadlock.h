// `deadlock`: nobody can step and somebody whom the program's end waits for has not ended; or a cycle of untimed waits.
#pragma once

#include <string>
#include <vector>

#include "checker/property/wait_graph.h"
#include "model/step.h"

namespace lockweave::property {

// What the judgement rests on, in one state.
struct StuckFacts {
  bool can_step = false;   // leaving aside timeouts that fire only when nothing else can happen
  bool unfinished = false; // main or a non-daemon thread has not ended
  std::vector<Waiting> waiting;
};

bool is_deadlock(const StuckFacts& facts);

// The message: the cycle, or who is stuck, then a block of text each. `describe` gives a thread's block.
template <typename Describe>
std::string deadlock_message(const StuckFacts& facts, const std::vector<ThreadNumber>& unfinished, Describe&& describe) {
  const std::vector<ThreadNumber> cycle = find_wait_cycle(facts.waiting);
  std::string text = cycle.empty() ? "no thread can go on" : "these threads wait for each other, each for the next";
  for (const ThreadNumber thread : cycle.empty() ? unfinished : cycle) {
    std::string block = describe(thread);
    while (!block.empty() && block.back() == '\n') block.pop_back();
    text += "\n" + block;
  }
  return text;
}

}  // namespace lockweave::property
