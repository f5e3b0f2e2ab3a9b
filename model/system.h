// The border between model/ and checker/: all that a checker can ask of a system of threads.
// A System is a cursor: it stands in one state. step() moves it, restore() sets it anywhere. It is not thread-safe;
// each worker has its own (fork). The machine is one System; tests/support has others.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/step.h"

namespace lockweave {

// A state as words. Two states are equal exactly if their words are. Valid for every fork of one system until the
// system reports StepStatus::Refined.
using StateWords = std::vector<std::uint32_t>;

// A thread, and where it stands in its program: a number that says nothing of data, so that in many states it is the same. Never 0.
struct Standing {
  ThreadNumber thread = 0;
  std::uint64_t place = 0;
};

// (thread, the thread whose place it takes)
using ThreadChanges = std::vector<std::pair<ThreadNumber, ThreadNumber>>;

class System {
 public:
  virtual ~System() = default;

  // To the initial state. Deterministic.
  virtual void reset() = 0;

  // What can happen next, ordered by (thread, kind, branch). Empty: final, or deadlocked.
  virtual void enabled(std::vector<Choice>& choices) = 0;

  // What the choice would touch first, as far as it is known without running it (for reductions). May be empty.
  virtual void pending(const Choice& choice, Footprint& footprint) = 0;

  // Requires: choice is enabled. The report is valid until the next call of step().
  virtual const StepReport& step(const Choice& choice) = 0;

  // The state as canonical words: no name in them depends on the interleaving, no garbage is in them.
  virtual void encode(StateWords& words) = 0;

  // Requires: words came from encode() of this system or of a fork of the same origin.
  virtual void restore(std::span<const std::uint32_t> words) = 0;

  // Puts threads of which it is all the same which is which in order. If any has moved, the system stands in another state now, `words` are
  // that one's, and `changes` says of each thread that has another place whose it is. Requires: take_like_threads_for_one(true), and words
  // came from encode() just now.
  struct Arrangement {
    bool has_moved = false;
    bool is_refined = false;  // as StepStatus::Refined: nothing else means anything then
    bool teaches = false;     // as StepReport::teaches
  };
  virtual Arrangement arrange(StateWords& words, ThreadChanges& changes) {
    (void)words;
    changes.clear();
    return {};
  }
  // What one of several like threads does counts, for what is learnt, as done by several: arrange() calls now this one by a name, now
  // that one. Off at first.
  virtual void take_like_threads_for_one(bool) {}
  // Are there any, as far as is known?
  virtual bool has_like_threads() const { return false; }
  // The access, made by another than main, as it is made after arrange() has renamed threads; nothing: that is up to which of them is which.
  virtual std::optional<Access> renamed(const Access& access, const ThreadChanges& changes) const {
    (void)changes;
    if ((access.location.object & kThreadObject) != 0) return std::nullopt;
    return access;
  }
  // Why, as was noticed, it is not all the same: what arrange() has done so far may be wrong. Empty: nothing was noticed. Lives
  // as long as the program.
  virtual std::string_view told_apart() const { return {}; }

  // Where each thread stands that has been started and has not ended. Empty: not known. What a thread does next is learnt from other states in which it stood at
  // the same place.
  virtual void stands(std::vector<Standing>& standing) { standing.clear(); }

  // Why, as was noticed, every state must be reached, by whatever orders lead there: no two steps may count as independent. Empty: nothing was noticed.
  virtual std::string_view needs_every_state() const { return {}; }

  // Main and all non-daemon threads have ended.
  virtual bool is_final() = 0;

  // Threads that the program's end waits for and that have not ended (main, non-daemon threads).
  virtual void unfinished(std::vector<ThreadNumber>& threads) = 0;

  // What each blocked thread waits for.
  virtual void waits(std::vector<Waiting>& waiting) = 0;

  // Is the thread inside an outermost import? (For the reference executions of `unserializable`.)
  virtual bool inside_import(ThreadNumber thread) = 0;

  // How the execution ended that leads here (final, or no choice is left). `events` are facts of the end: leaked locks.
  virtual Outcome outcome(std::vector<Event>& events) = 0;

  // What `unserializable` compares, as one text; meaningful where outcome() is.
  virtual std::string serial_record() = 0;

  // Objects that threads make are told apart in footprints, by which thread made them where, as the how manieth. That becomes part of the
  // states, so reset() must follow. Off at first.
  virtual void tell_objects_apart(bool) {}

  // Some operations go with what their thread did before them, though others could come in between (docs/reductions.md, movers): everything is
  // still reached, but what could be reached with two preemptions or more may seem to need another one.
  virtual bool has_movers() const { return false; }
  // Without them, or with them again, where there were any. reset() must follow; no state from before means anything.
  virtual void leave_movers_out(bool) {}

  // Words for traces and messages.
  virtual void set_recording(bool on) = 0;
  virtual std::string thread_name(ThreadNumber thread) = 0;
  virtual std::string name_text(std::uint32_t name) = 0;
  // One block of text a blocked or running thread: holds, waits for, import stack with file and line.
  virtual std::string describe_thread(ThreadNumber thread) = 0;

  // Bytes held by this system's own tables (interned parts), for --max-memory and reports.
  virtual std::size_t table_bytes() const = 0;

  // Those of a fork that it does not share with its origin.
  virtual std::size_t own_bytes() const { return 0; }

  // Another cursor over the same program, for another worker; null if there is none. Valid until this system, its origin, reports
  // Refined, which a fork never does: it learns nothing by itself. A step from which the origin could learn is marked (StepReport::teaches);
  // the origin is to run it too, in the order of the exploration.
  virtual std::unique_ptr<System> fork() = 0;
  // Of a fork: knows from now on what its origin has learnt. Requires: the origin does not run meanwhile.
  virtual void catch_up() {}
};

}  // namespace lockweave
