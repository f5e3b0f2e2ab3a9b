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

class DporFindings {
 public:
  DporFindings(System& system, const ExploreOptions& options) : system_(system), options_(options), judge_(options.properties) {}

  void clear();

  // For a checkpoint, and back from one.
  void save(SavedFindings& saved) const;
  void restore(const SavedFindings& saved);

  // A step reported these, at the end of the way that `way` gives. Gives what they break; note() it with the way there.
  template <typename GiveWay>
  PropertySet note_events(const std::vector<Event>& events, GiveWay&& way) {
    if (learn_from(events)) witnesses_.push_back(way());
    return judge_.broken_by(events);
  }
  // Would that be news?
  bool is_worth_noting(PropertySet broken, std::size_t steps) const;
  void note(PropertySet broken, const std::vector<Choice>& choices);

  // The system stands at an end, where `choices` have led. Is it a deadlock (is a thread left that the program's end waits for)?
  bool judge_end(std::vector<Choice> choices);

  void note_reason(std::string reason) { reasons_.insert(std::move(reason)); }
  void note_cut() { ++cuts_; }
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
  std::uint64_t cuts_ = 0;
  std::set<std::string> reasons_;      // why the exploration is not complete
  std::map<PropertyWord, std::vector<Choice>> found_;
  std::map<Outcome, std::vector<Choice>> outcomes_;
  std::set<std::uint32_t> sometimes_stated_;
  std::set<std::uint32_t> sometimes_reached_;
  bool states_eventually_ = false;
  Lessons witnesses_;                  // of all that events said
  std::string error_;
  std::vector<Choice> error_choices_;
  trace::Available available_;
  std::vector<Waiting> waiting_;
  std::vector<ThreadNumber> unfinished_;
};

}  // namespace lockweave::explore
