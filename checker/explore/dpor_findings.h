// What the executions of a DPOR exploration have shown: ends, broken properties, outcomes, and why it may not be all.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "checker/explore/dpor_checkpoint.h"
#include "checker/explore/explorer.h"
#include "checker/property/property.h"
#include "checker/trace/available.h"

namespace lockweave::explore {

// How an execution ends, as far as the state says.
struct DporEnd {
  bool is_deadlocked = false;   // a thread is left that the program's end waits for
  bool cuts_off_daemon = false;
  PropertySet broken;
  Outcome outcome;
};

class DporFindings {
 public:
  // What was found.
  struct Facts {
    std::uint64_t cuts = 0;
    std::set<std::string> reasons;       // why the exploration is not complete
    std::map<PropertyWord, std::vector<Choice>> found;
    std::map<Outcome, std::vector<Choice>> outcomes;
    std::set<std::uint32_t> sometimes_stated;
    std::set<std::uint32_t> sometimes_reached;
    bool states_eventually = false;
    Lessons witnesses;                   // of all that events said
    std::string error;
    std::vector<Choice> error_choices;
  };

  DporFindings(System& system, const ExploreOptions& options) : system_(system), options_(options), judge_(options.properties) {}

  void clear() { facts_ = {}; }
  // What was found since clear().
  const Facts& facts() const { return facts_; }
  // What another explorer has found in executions that come after all that were looked at here.
  void add(const Facts& facts);

  // For a checkpoint, and back from one.
  void save(SavedFindings& saved) const;
  void restore(const SavedFindings& saved);

  // A step reported these, at the end of the way that `way` gives. Gives what they break; note() it with the way there.
  template <typename GiveWay>
  PropertySet note_events(const std::vector<Event>& events, GiveWay&& way) {
    if (learn_from(events)) facts_.witnesses.push_back(way());
    return judge_.broken_by(events);
  }
  // Would that be news?
  bool is_worth_noting(PropertySet broken, std::size_t steps) const;
  void note(PropertySet broken, const std::vector<Choice>& choices);

  // The system stands at an end.
  DporEnd judge_end();
  void note_end(const DporEnd& end, const std::vector<Choice>& choices);

  void note_reason(std::string reason) { facts_.reasons.insert(std::move(reason)); }
  void note_cut() { ++facts_.cuts; }
  void note_error(const std::string& error, std::vector<Choice> choices);

  Exploration conclude(const Stats& stats, const std::string& budget_reason);

 private:
  bool learn_from(const std::vector<Event>& events);
  void explain(Exploration& result, const Stats& stats, std::string why);
  void add_unchecked(Exploration& result) const;
  void add_found(Exploration& result);
  void find_simplest_of(PropertySet broken, Exploration& result);
  std::uint32_t preemptions_of(const std::vector<Choice>& choices);
  void add_sometimes(Exploration& result);

  System& system_;
  const ExploreOptions& options_;
  property::Judge judge_;
  Facts facts_;
  trace::Available available_;
  std::vector<Waiting> waiting_;
  std::vector<ThreadNumber> unfinished_;
};

}  // namespace lockweave::explore
