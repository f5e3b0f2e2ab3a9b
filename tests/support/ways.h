// The ways to explore one program, and what each found: what must be the same whichever way was taken. A new way (a strategy, a reduction, jobs, a run
// that was resumed) is one line in ways.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/check.h"
#include "model/design/design.h"
#include "model/machine.h"

namespace lockweave::testing {

// What an exploration found, without how it came there.
struct Findings {
  bool complete = false;
  std::string error;                          // something outside the subset was met
  std::string mistake;                        // an invariant of ours was broken
  std::string why_incomplete;
  std::set<std::string> outcomes;             // in words; a thread that never ends is `blocked` there
  std::set<PropertyWord> broken;
  std::set<PropertyWord> unchecked;           // nothing is said about these, unless they are broken
  std::map<PropertyWord, std::uint32_t> fewest_preemptions;  // of counterexamples said to be minimal
  explore::Stats stats;
};

enum class Claim : std::uint8_t {
  Everything,  // when it is complete, it has found what is there; it must be complete where the first way is
  IfComplete,  // it may be incomplete for reasons of its own
  Something,   // what it has found is there
};

struct Way {
  std::string_view name;
  Claim claim = Claim::Everything;
  unsigned share = 1;           // it is taken for one program in so many
  MachineOptions machine;
  std::function<void(CheckOptions&)> set = {};
  std::function<std::unique_ptr<System>(System&)> wrap = {};  // what stands between the machine and the checker; may be empty
  std::uint64_t more_states = 1;  // its limit of states, as a multiple of the first way's
  // The run is stopped at so many states, ascending, and another goes on from its checkpoint, on two cores and on one by turns. Each has a machine that
  // knows nothing. Then a run that is never stopped must have counted the same.
  std::vector<std::uint64_t> stops = {};
};

// The first is the one that the others are compared with.
std::span<const Way> ways();

// Machines of one program: ways that ask for the same options use one machine after the other, so that some begin with nothing learnt and some with what
// another has learnt.
class Machines {
 public:
  // The program cannot be loaded: get() gives null.
  Machines(std::string_view text, const design::Design& design);
  Machine* get(const MachineOptions& options);
  // One that nobody else has; may be null.
  std::unique_ptr<Machine> fresh(const MachineOptions& options);
  bool timeouts_last() const;
  const std::string& why_not() const { return why_not_; }

 private:
  std::unique_ptr<scenario::Scenario> scenario_;
  const design::Design& design_;
  std::vector<std::pair<MachineOptions, std::unique_ptr<Machine>>> machines_;
  std::string why_not_;
};

Findings explore(Machines& machines, const Way& way, std::uint64_t max_states);

// In words; empty: none.
std::string difference(const Findings& reference, const Way& way, const Findings& found);

}  // namespace lockweave::testing
