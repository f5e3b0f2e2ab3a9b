// What every strategy does: explores a System under options, and tells what it found. Strategies only choose; running,
// storing, judging and telling are shared.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/budget.h"
#include "checker/explore/checkpoint.h"
#include "checker/explore/reductions.h"
#include "checker/property/property_set.h"
#include "model/system.h"

namespace lockweave::explore {

using property::PropertySet;

enum class Strategy : std::uint8_t { Auto, Exhaustive, Dpor, Bounded, RandomUniform, RandomPct };

std::string_view to_word(Strategy strategy);
std::optional<Strategy> strategy_from_word(std::string_view word);

// Which executions that go on for ever count. Strong: those in which a thread that can step again and again does. Weak: also those in
// which such a thread is left out, as long as there are moments when it cannot step.
enum class Fairness : std::uint8_t { Strong, Weak };

struct Stats {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint64_t executions = 0;    // searches that store states: end states; dpor: maximal executions; random walks: walks
  std::uint64_t deadlocked = 0;    // those of them in which a thread is left that can never end
  std::uint64_t sleep_blocked = 0;
  std::uint64_t max_depth = 0;
  double seconds = 0;
  std::uint64_t peak_bytes = 0;
  std::uint64_t restarts = 0;      // how often the system said Refined
};

struct Progress {
  std::uint64_t states = 0;
  std::uint64_t transitions = 0;
  std::uint64_t depth = 0;
  std::uint64_t frontier = 0;      // states seen and not yet explored
  std::uint64_t bytes = 0;
  double seconds = 0;
};
using Observer = std::function<void(const Progress&)>;

// One way to break a property.
struct Counterexample {
  PropertyWord property;
  std::vector<Choice> choices;
  std::uint32_t preemptions = 0;
  bool minimal = false;            // no way with fewer preemptions, or as many and fewer steps: proved
  std::string message;             // only where the steps themselves do not say it
  std::size_t loop_begin = 0;      // if not 0: from this choice on the execution can repeat for ever (livelock, eventually)
};

struct ReachedOutcome {
  Outcome outcome;
  std::vector<Choice> choices;
  bool operator==(const ReachedOutcome&) const = default;
};

// When other cores take part in a DPOR exploration. What is found does not depend on it.
struct DporHelp {
  std::uint64_t steps_alone = 4096;     // what is shorter is not worth it
  std::uint64_t steps_between = 32;     // before somebody is looked for who has nothing to do
  std::uint64_t steps_of_task = 1 << 18;
  bool waits = false;                   // for tasks that were given and not begun: tests want them done
};

struct ExploreOptions {
  PropertySet properties = PropertySet::defaults();
  Budget budget;
  Reductions reductions = Reductions::all();  // those that hold for the strategy and the properties are used
  PersistentSetsTrial persistent_sets_trial;
  Fairness fairness = Fairness::Strong;
  bool timeouts_last = false;      // a timeout fires only where nothing else can happen
  bool want_outcomes = false;
  std::size_t jobs = 1;            // cores to use; what is found does not depend on it
  DporHelp dpor_help;
  bool keep_going = false;         // a counterexample of each property broken, not only the simplest of all
  std::uint32_t preemptions = 2;   // bounded: at most so many
  std::uint64_t seed = 0;          // random
  std::uint64_t walks = 1000;      // random: how many
  std::uint64_t walk_steps = 100'000;  // random: a walk longer than this is cut
  std::uint32_t pct_depth = 3;     // random PCT: the number of ordered events a bug may need
  CheckpointOptions checkpoint;    // exhaustive, dpor
  bool fingerprints = false;       // exhaustive: 64 bits a state are stored, not the state
  std::string spill;               // exhaustive: a folder for what memory has no room for; empty: none
  Observer progress;
};

struct Exploration {
  bool complete = false;
  std::string why_incomplete;               // one sentence; empty if complete
  PropertySet unchecked;                    // asked for, and not judged
  std::vector<Counterexample> found;        // simplest first
  std::vector<ReachedOutcome> outcomes;     // if asked for; sorted by outcome
  Stats stats;
  std::vector<std::string> notes;
  std::string error;                        // something outside the subset was met: rendered; else empty
  std::vector<Choice> error_choices;        // how to get there
};

class Explorer {
 public:
  virtual ~Explorer() = default;
  // Explores from the initial state. The system is left in any state.
  virtual Exploration explore(System& system) = 0;
};

// Requires: strategy is not Auto (explore_as_fits is for that).
std::unique_ptr<Explorer> make_explorer(Strategy strategy, ExploreOptions options);

// Facts and bytes of a checkpoint are right, but the steps do something else than they did.
Exploration differs(const Checkpoint& checkpoint);

// The choices on which the calling thread's explorer stands at the moment, for reports of our own mistakes: a failure
// hook may print them. Empty when no explorer runs.
std::vector<Choice> current_schedule();

// Sets what current_schedule() asks, as long as it lives.
class ScheduleSource {
 public:
  explicit ScheduleSource(std::function<std::vector<Choice>()> schedule);
  ~ScheduleSource();
  ScheduleSource(const ScheduleSource&) = delete;
  ScheduleSource& operator=(const ScheduleSource&) = delete;

 private:
  std::function<std::vector<Choice>()> schedule_;
  ScheduleSource* outer_;
  friend std::vector<Choice> current_schedule();
};

}  // namespace lockweave::explore
