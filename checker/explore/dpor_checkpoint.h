// What a checkpoint holds of a DPOR exploration: the execution at hand, what is still to be explored beside it, what was found, and the steps
// that taught the system or the explorer something, each with the way there. All of it is choices: footprints and states are numbers
// that mean something in one process only, and come back by running the steps again.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "checker/explore/checkpoint_choices.h"
#include "checker/property/property_set.h"
#include "model/step.h"

namespace lockweave::explore {

struct SavedFindings {
  std::uint64_t cuts = 0;
  std::vector<std::string> reasons;
  std::map<PropertyWord, Way> found;
  Lessons ends;       // one for each outcome
  Lessons witnesses;  // of what the events of their last steps said
  std::string error;
  Way error_choices;
};

struct SavedDpor {
  struct Branch {
    Choice choice;
    std::uint32_t depth = 0;  // in its tree; a branch is followed by what is to come after it
  };
  struct Node {
    Way explored;  // from here
    std::vector<Branch> wakeup;
  };

  std::vector<Lessons> rounds;  // of the explorations that ended because the system had learnt something
  Lessons lessons;              // of this one
  Way way;
  std::vector<Node> nodes;      // one more than steps on the way
  bool is_new = false;          // the last of them
  bool held_the_gil = false;    // some step ended where nobody else may run
  struct Counts {
    std::uint64_t states = 0;
    std::uint64_t transitions = 0;
    std::uint64_t executions = 0;
    std::uint64_t deadlocked = 0;
    std::uint64_t sleep_blocked = 0;
    std::uint64_t max_depth = 0;
  } counts;
  SavedFindings findings;
};

void write_dpor(CheckpointWriter& writer, const SavedDpor& saved);
// After a failure of the reader: anything.
SavedDpor read_dpor(CheckpointReader& reader);

}  // namespace lockweave::explore
