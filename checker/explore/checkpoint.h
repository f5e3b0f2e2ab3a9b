// Checkpoints: what is written, and how a run goes on from it. What a DPOR exploration writes: dpor_checkpoint.h. An exhaustive one:
//
// The words of states mean something only in the process that made them: they are numbers that the machine gave what it met. So a
// checkpoint holds no states. It holds the transitions as the graph numbers them, and which of them must be run again:
// those that led to a new state, those that taught the system something (model/base/learnt.h), and those with events. Run in the
// same order they rebuild the same graph, and a system that knows the same; of all others the checkpoint says where they
// lead. That is a third of the work or less. Of the explorations that ended because the system had learnt something it holds the
// steps that taught it, each with the way there. With like threads put in order (System::arrange) all of this is said of threads as arranged.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/explore/checkpoint_choices.h"
#include "checker/explore/checkpoint_file.h"
#include "checker/explore/dpor_checkpoint.h"
#include "checker/explore/edge_labels.h"
#include "model/base/result.h"
#include "model/step.h"
#include "model/system.h"

namespace lockweave::explore {

class StateGraph;

// One thing that must be the same in the run that goes on.
struct CheckpointFact {
  std::string what;   // "the design"
  std::string value;  // is compared
  std::string shown;  // what a message says of it
};
using CheckpointFacts = std::vector<CheckpointFact>;

// That like threads were no longer put in order.
struct SymmetryEnd {
  std::uint64_t rounds = 0;  // explorations finished by then
  std::string why;
};

// The transitions of one state.
struct SavedRecord {
  struct Arrow {
    std::uint32_t target = 0;
    Choice choice;
    bool released = false;
    property::PropertySet broken;
    std::uint32_t touches = 0;  // EdgeLabel::touches
    ThreadChanges changes;
    bool runs = false;  // it must be run again
  };
  bool is_whole = false;     // all choices of the state must be run again, whatever the arrows say
  std::uint8_t flags = 0;
  std::vector<Arrow> arrows;
};

// What the search did that was given up because all orders had to be explored (StateGraph::why_all_orders).
struct SavedGivenUp {
  std::string why;
  struct Broken {
    PropertyWord property;
    std::uint32_t preemptions = 0;
    Way way;
  };
  std::vector<Broken> broken;
};

// A checkpoint being read. Its bytes are those of a file that was found to be as it was written.
class Checkpoint {
 public:
  static Result<std::shared_ptr<const Checkpoint>> read(const std::string& path);
  // The first fact that differs is the error.
  Result<void> check_fits(const CheckpointFacts& now) const;

  const std::string& path() const { return path_; }
  // Of a DPOR exploration; null: of an exhaustive one.
  const SavedDpor* dpor() const { return dpor_ ? &*dpor_ : nullptr; }
  // Of an exhaustive one. The last lesson of each was Refined, but for those after which a reduction was left out.
  const std::vector<Lessons>& finished_rounds() const { return rounds_; }
  const SavedGivenUp& given_up() const { return given_up_; }
  const std::optional<SymmetryEnd>& symmetry_end() const { return symmetry_end_; }
  // Explorations finished when persistent sets were given up, or 0.
  std::uint64_t persistent_sets_end() const { return persistent_sets_end_; }
  std::size_t record_count() const { return record_count_; }

  // Goes through the records, from the first.
  class Records {
   public:
    explicit Records(const Checkpoint& checkpoint);
    bool has_next() const { return done_ < checkpoint_->record_count_; }
    // Requires: has_next().
    void next(SavedRecord& record);

   private:
    const Checkpoint* checkpoint_;
    CheckpointReader reader_;
    std::size_t done_ = 0;
    std::uint32_t known_ = 1;
    std::uint32_t number_ = 0;
    std::size_t next_rerun_ = 0;
    std::size_t next_flag_ = 0;
    std::size_t next_whole_ = 0;
  };

 private:
  friend class StateGraph;
  Checkpoint() = default;
  void read_graph(CheckpointReader& reader);

  std::string path_;
  std::shared_ptr<const CheckpointBytes> bytes_;
  CheckpointFacts facts_;
  std::optional<SavedDpor> dpor_;
  std::vector<Lessons> rounds_;
  SavedGivenUp given_up_;
  std::optional<SymmetryEnd> symmetry_end_;
  std::uint64_t persistent_sets_end_ = 0;
  std::vector<ThreadChanges> changes_;  // from 1: 0 is none
  std::size_t record_count_ = 0;
  std::vector<Choice> choices_;
  std::vector<EdgeLabel> labels_;
  std::vector<std::pair<std::uint32_t, std::uint8_t>> flags_;  // of records that have any: what is broken in their states
  std::vector<std::uint32_t> reruns_;                          // transitions
  std::vector<std::uint32_t> wholes_;                          // records
  std::optional<CheckpointReader> records_;                    // stands before the first
};

struct CheckpointOptions {
  std::string path;  // empty: none is written
  double seconds_between = 60;
  CheckpointFacts facts;
  std::shared_ptr<const Checkpoint> resume;  // may be null
};

// Writes checkpoints when it is time to.
class Checkpointer {
 public:
  explicit Checkpointer(const CheckpointOptions& options) : options_(options), last_(Clock::now()) {}

  bool is_due() const {
    return !options_.path.empty() && std::chrono::duration<double>(Clock::now() - last_).count() >= options_.seconds_between;
  }
  // Reductions that ended with some round.
  struct Ended {
    const SavedGivenUp& orders;
    const std::optional<SymmetryEnd>& symmetry;
    std::uint64_t persistent_sets;  // Checkpoint::persistent_sets_end
  };
  void write(const StateGraph& graph, const std::vector<Lessons>& rounds, const Ended& ended);
  void write(const SavedDpor& saved);
  // What a report should say: a checkpoint that could not be written.
  std::vector<std::string> notes() const;

 private:
  using Clock = std::chrono::steady_clock;
  enum class Kind : std::uint8_t { Graph, Dpor };
  friend class Checkpoint;
  template <typename Content>
  void write(Kind kind, Content&& content);

  const CheckpointOptions& options_;
  Clock::time_point last_;
  std::string last_error_;
  std::uint64_t failures_ = 0;
  std::uint64_t written_ = 0;
};

}  // namespace lockweave::explore
