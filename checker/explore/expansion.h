// What happens in one state: its choices run, its end judged. An expander looks at its own cursor of the system only, never at the
// graph or the store, so that several of them can work at once; what they found is entered into the graph afterwards, in order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "checker/explore/blocks.h"
#include "checker/explore/reductions.h"
#include "checker/property/property.h"
#include "checker/property/serializability.h"
#include "checker/trace/available.h"
#include "model/system.h"

namespace lockweave::explore {

using property::PropertySet;

struct GraphOptions {
  PropertySet properties;
  bool timeouts_last = false;
  bool want_outcomes = false;
  // Judge `unserializable` at end states against this; may be null. Outlives the graph.
  const property::SerialReference* reference = nullptr;
  // Explore the reference executions instead: a thread inside an import is switched out only if it must wait. The last
  // thread that ran is then part of the state.
  bool serial = false;
  // Leave choices unrun where what begins with them is explored elsewhere (sleep_sets.h).
  bool sleep_sets = false;
  // Run the choices of one thread only where that is enough (persistent_sets.h). Requires: sleep_sets or nothing that they are left out for; not with symmetry.
  bool persistent_sets = false;
  PersistentSetsTrial persistent_sets_trial = {};
  // Put like threads in order (System::arrange): states that differ only in which of them is which are one.
  bool symmetry = false;
  // Where the large tables of the graph have their memory from; null: ordinary memory. Outlives the graph.
  Blocks* blocks = nullptr;

  bool looks_at_footprints() const { return sleep_sets || persistent_sets; }
};

struct Expansion {
  struct Transition {
    Choice choice;
    bool released = false;      // StepReport::released
    bool teaches = false;       // StepReport::teaches
    bool taught = false;        // the step changed what the system knows (model/base/learnt.h)
    bool is_supported = true;   // else it leads nowhere, and `error` says why
    PropertySet broken;         // by the step's events
    std::uint32_t first_word = 0;  // of the state it leads to, in `words`
    std::uint32_t word_count = 0;
    std::uint32_t first_event = 0;  // in `events`
    std::uint32_t event_count = 0;
    std::uint32_t first_access = 0;  // in `accesses`, with GraphOptions::looks_at_footprints()
    std::uint32_t access_count = 0;
    bool holds_gil = false;     // StepReport::holds_gil
    std::uint32_t first_standing = 0;  // where threads stand after it: in `standing`, with GraphOptions::persistent_sets
    std::uint32_t standing_count = 0;
    std::uint32_t changes = 0;      // in `changes`, + 1; 0: no thread has another name in the state it leads to
  };

  std::vector<Transition> transitions;
  std::vector<std::uint32_t> words;
  std::vector<Event> events;
  Footprint accesses;
  std::vector<Standing> standing;      // where threads stand in the state comes first
  std::uint32_t standing_before = 0;   // so many
  bool has_daemon = false;             // a daemon thread is alive; with GraphOptions::persistent_sets
  std::vector<ThreadChanges> changes;
  std::string_view told_apart;  // System::told_apart
  PropertySet broken;  // in the state itself
  bool is_refined = false;  // the last choice run was; nothing here means anything then
  Choice refined_by;        // that choice
  bool is_end = false;      // no choice is left
  bool is_deadlocked_end = false;
  bool cuts_off_daemon = false;  // an end does, though the daemon could go on; known with GraphOptions::looks_at_footprints()
  std::string error;        // of the first transition that is not supported
  // Of an end, as far as GraphOptions ask for them.
  std::optional<Outcome> outcome;
  std::optional<std::string> serial_record;
  std::vector<Event> end_events;

  void clear();
  std::span<const std::uint32_t> words_of(const Transition& transition) const {
    return std::span(words).subspan(transition.first_word, transition.word_count);
  }
  std::span<const Event> events_of(const Transition& transition) const {
    return std::span(events).subspan(transition.first_event, transition.event_count);
  }
  std::span<const Standing> standing_after(const Transition& transition) const {
    return std::span(standing).subspan(transition.first_standing, transition.standing_count);
  }
  std::span<const Standing> standing_now() const { return std::span(standing).first(standing_before); }
  std::span<const Access> accesses_of(const Transition& transition) const {
    return std::span(accesses).subspan(transition.first_access, transition.access_count);
  }
};

class Expander {
 public:
  // The system outlives the expander and is moved about by it.
  Expander(System& system, const GraphOptions& options) : system_(system), options_(options), judge_(options.properties) {}

  // `words`: a state, with GraphOptions::serial followed by the thread that ran last + 1. Choices that are asleep are not run.
  void expand(std::span<const std::uint32_t> words, std::span<const Choice> asleep, Expansion& found);
  void expand(std::span<const std::uint32_t> words, Expansion& found) { expand(words, {}, found); }

  // What can be run in the state.
  void find_choices(std::span<const std::uint32_t> words, std::vector<Choice>& choices);

  // The same for some choices of the state only, known to be among those that can be run there; the state is not judged.
  void run_again(std::span<const std::uint32_t> words, std::span<const Choice> choices, Expansion& found);

  // The words of the state that the system stands in; `last`: as above.
  void encode_current(std::uint32_t last, StateWords& words);
  std::span<const std::uint32_t> system_words(std::span<const std::uint32_t> words) const {
    return options_.serial ? words.first(words.size() - 1) : words;
  }

  // The choice being run; null between two.
  const Choice* current_choice() const { return current_choice_; }

 private:
  void apply_serial_rule(std::uint32_t last);
  void judge_state(Expansion& found);
  void judge_end(bool deadlocked, Expansion& found);
  void look_at_threads(Expansion& found);
  bool put_in_order(Expansion::Transition& transition, Expansion& found);
  void run_choice(const Choice& choice, std::uint32_t last, Expansion& found);

  System& system_;
  GraphOptions options_;
  property::Judge judge_;
  const Choice* current_choice_ = nullptr;
  StateWords words_;
  ThreadChanges changes_;
  trace::Available available_;
  std::vector<Waiting> waiting_;
  std::vector<ThreadNumber> unfinished_;
  std::vector<Standing> standing_;
};

}  // namespace lockweave::explore
