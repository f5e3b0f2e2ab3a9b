// The border's data: what a checker says to a system (Choice) and what it hears back (StepReport).
// Nothing here knows Python: a toy system in a test fills the same structs as the machine does.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <vector>

namespace lockweave {

// Threads are numbered in the order of their names (parent, n-th child); main is 0. While an execution runs, a
// thread keeps its number.
using ThreadNumber = std::uint32_t;

enum class ChoiceKind : std::uint8_t {
  Run,      // the thread takes the GIL and runs one step
  WakeUp,   // a parked waiter takes the lock word; needs no GIL
  Timeout,  // a timed wait gives up; needs no GIL
  Branch,   // one answer of lockweave.choose; `branch` says which
  Interrupt,  // one of the thread's pending interrupts (lockweave.interrupt) breaks in where it stands, `branch` says which; one more than there are:
              // none of them will; needs no GIL
};

struct Choice {
  ThreadNumber thread = 0;
  ChoiceKind kind = ChoiceKind::Run;
  std::uint32_t branch = 0;
  // How far the step goes, as a replay needs it: where a step ends depends on what the system has learnt (StepStatus::Refined),
  // and a replay in another process has learnt something else. Zero instructions: as far as it goes by itself.
  std::uint32_t instructions = 0;
  bool holds_gil = false;  // it ends within an atomic section
  bool released = false;   // as StepReport::released

  // Which choice it is; how far it went is no part of that.
  bool operator==(const Choice& other) const { return thread == other.thread && kind == other.kind && branch == other.branch; }
  auto operator<=>(const Choice& other) const {
    if (const auto order = thread <=> other.thread; order != 0) return order;
    if (const auto order = kind <=> other.kind; order != 0) return order;
    return branch <=> other.branch;
  }
};

// A place whose content can depend on the interleaving. `object` is an identity that stays the same along one
// execution and is the same in every execution that agrees up to the object's creation; `key` names the part of it.
struct Location {
  std::uint64_t object = 0;
  std::uint64_t key = 0;
  auto operator<=>(const Location&) const = default;
};

enum class AccessKind : std::uint8_t {
  Read,          // also `locked()`, and a release that fails because the lock is not locked
  Write,
  Acquire,       // blocking, untimed acquire that succeeded
  Release,       // by the thread that acquired
  TryAcquire,    // try or timed acquire that succeeded
  FailedTry,     // one that found the lock taken (a timed one waits then), or gave up waiting; two of them commute
  OwnTry,        // a try by the thread that holds the lock: it fails, unless another thread has released it
  ForeignRelease,  // by another thread than the acquirer
  Park,          // a blocking acquire that found the lock taken and waits from now on
  Start,         // location: the thread started
  Begin,         // location: the thread itself, which says that it has begun
  End,           // location: the thread itself
  Join,          // location: the thread waited for, which has ended or begun
};

struct Access {
  Location location;
  AccessKind kind = AccessKind::Read;
  auto operator<=>(const Access&) const = default;
};
using Footprint = std::vector<Access>;

// Location::object of a thread: this and its number. Bit set in one that stands for several objects, because none of their
// names stays the same along an execution: those that one instruction has made.
inline constexpr std::uint64_t kThreadObject = std::uint64_t{1} << 62;
inline constexpr std::uint64_t kManyObjects = std::uint64_t{1} << 61;
// Location::object of an object that threads make, where they are told apart: this and its name.
inline constexpr std::uint64_t kMadeObject = std::uint64_t{1} << 59;
// Location::object of what a thread waits for, as the properties of imports see it: this and its number.
inline constexpr std::uint64_t kThreadWaits = std::uint64_t{1} << 58;
// Location::object of all that functions given to lockweave.always and its kin may look at.
inline constexpr std::uint64_t kObservedState = std::uint64_t{1} << 60;

// What a step reports besides its footprint. Properties judge events; they never look into a state.
// `subject` and `other` are name numbers of the system (System::name_text).
enum class EventKind : std::uint8_t {
  InitialisationStarted,  // exec_module of module `subject` was called; flags: EarlierRuns, EarlierSucceeded, Excused
  InitialisationEnded,    // ... ended; flags: Failed
  ImportReturned,         // an import returned module `subject`; flags: Partial, InWaitCycle, Stale, SecondObject, Reloading
  ParentUnbound,          // `import p.q` returned (subject p.q) and p has no attribute q though nobody deleted it
  ChildBeforeParent,      // the body of `subject` began before its parent's had finished, in another thread
  UncaughtException,      // left a thread's function or main.py: subject = type name, other = message; flags: ScenarioAssert
  LockLeaked,             // at the end of the program a lock is still owned; subject describes it
  InvariantBroken,        // subject: the function given to `always`, with its place
  SometimesReached,       // subject: the function given to `sometimes`
  EventuallyReached,      // subject: the function given to `eventually`
  FatalError,             // subject: the message
  NativeInitialisedTwice, // subject: the extension, other: the variable that is set again
  DataRace,               // subject: the location in words
  SometimesStated,        // `sometimes` was called: subject as in SometimesReached (a checker must know what was never reached)
  EventuallyStated,       // `eventually` was called: subject as in EventuallyReached
};

enum EventFlag : std::uint32_t {
  EarlierRuns = 1u << 0,       // an earlier initialisation of the same name is still running
  EarlierSucceeded = 1u << 1,  // ... has succeeded
  Excused = 1u << 2,           // scenario code removed or replaced the name, or asked for a reload, since
  Failed = 1u << 3,
  Partial = 1u << 4,           // first initialisation not ended, and it is another thread's
  InWaitCycle = 1u << 5,       // waiting for it would have closed a cycle of waits
  Stale = 1u << 6,             // the object belonged to a failed import and is not in sys.modules
  SecondObject = 1u << 7,      // a second successful initialisation of the name was handed out, unexcused
  Reloading = 1u << 8,         // another thread is reloading it
  ScenarioAssert = 1u << 9,    // AssertionError raised by an assert statement of a scenario file
};

struct Event {
  EventKind kind;
  ThreadNumber thread = 0;
  std::uint32_t subject = 0;
  std::uint32_t other = 0;
  std::uint32_t flags = 0;
  auto operator<=>(const Event&) const = default;
};

enum class StepStatus : std::uint8_t {
  Done,
  Refined,      // the system learned that it must tell more apart; everything explored so far is void: reset and start again
  Unsupported,  // something outside the subset was met; `error` says what and where: verdict `error`
};

// One step in words, for traces; filled only while recording (System::set_recording).
struct StepWords {
  std::string file;      // of the first visible operation, else of the place where the thread stopped
  std::uint32_t line = 0;
  std::string function;
  std::string source;    // that line's text
  std::string operation; // acquire, release, read, write, start, join, end, io, wake-up, timeout, choose ...
  std::string object;    // _ModuleLock('b'), sys.modules['a'], ...
  std::vector<std::string> effects;
};

struct StepReport {
  StepStatus status = StepStatus::Done;
  // The thread stands at a GIL release of its own (a wait, sleep, io, file access, its end): running another costs no preemption.
  bool released = false;
  bool visible = false;            // at least one visible operation
  bool inside_import = false;      // the thread stopped inside an outermost import
  bool holds_gil = false;          // it stopped within an atomic section: only steps that need no GIL may come in between
  bool teaches = false;            // of a fork: its origin can learn something from this step, and is to run it too (System::fork)
  std::uint32_t instructions = 0;  // how many it ran
  Footprint footprint;
  std::vector<Event> events;
  std::string error;               // rendered diagnostic when Unsupported
  StepWords words;                 // when recording
};

// Why a thread does not run, for wait-for cycles and reports.
enum class WaitKind : std::uint8_t { Lock, Join, Started, Other };

struct Waiting {
  ThreadNumber thread = 0;
  WaitKind kind = WaitKind::Lock;
  bool timed = false;
  bool has_owner = false;        // a lock that somebody holds, or the thread joined
  ThreadNumber owner = 0;
  std::string object;            // words; filled only while recording
};

// How an execution ended.
struct ThreadEnd {
  ThreadNumber id = 0;
  std::string name;
  std::string end;     // "finished", "exception: NAME", "blocked", "daemon"
  std::string output;
  auto operator<=>(const ThreadEnd&) const = default;
};

struct Outcome {
  std::vector<ThreadEnd> threads;                             // in thread order
  std::vector<std::pair<std::string, std::string>> modules;   // name -> complete | partial | failed..., sorted by name
  std::string ordered_output;                                 // standard output in order, with `--order` only
  auto operator<=>(const Outcome&) const = default;
};

}  // namespace lockweave
