// Objects of the program under test, and the machine's own records, all of one shape: a header and a row of values.
// One shape means that copying, comparing, hashing and walking a state need not know what the objects are.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "model/state/value.h"

namespace lockweave::state {

enum class ObjectKind : std::uint8_t {
#define OBJECT_KIND(name, slots) name,
#include "model/state/object.def"
#undef OBJECT_KIND
};

std::string_view kind_name(ObjectKind kind);

// A number for the place in the program where an object is created; what the machine learns about sharing
// (model/state/sharing.h) it learns per creation site.
using SiteId = std::uint32_t;

// A name by who made the object (creations.h); 0: none.
using CreationId = std::uint32_t;

// Positions in Object::slots, by kind.
namespace slot {

namespace root { enum : unsigned { gil_holder, import_lock_owner, import_lock_count, import_lock_taken, module_lives, ordered_output, observers, is_fresh, is_dead, last_accesses, is_child, is_finalizing, threads }; }

namespace thread {
enum : unsigned {
  number,        // ThreadNumber
  status,        // ThreadStatus
  frame,         // innermost frame
  waits_for,     // lock or thread object
  daemon,        // bool
  started,       // bool: its bootstrap has run
  handled,       // bool: the wait has a time-out
  end,           // Unset, None (finished), or the type of the exception that ended it
  end_message,   // String
  output,        // log number (Constants::append_log) as Int
  local,         // dictionary private to the thread (threading.local)
  pending,       // list of calls to make at the end of the instruction: weakref callbacks, finalisers
  name,          // String
  children,      // how many threads it has started
  record,        // log number: what `unserializable` compares
  likeness,      // String: threads with the same one run the same function on the same arguments; else Unset
  history,       // what it has made (creations.h)
  restored_depth, // the depth an RLock will have again after Condition.wait
  holds,         // the first of the locks made by threads that it has acquired and not let go of, or Unset (Vm::held_locks)
  gil_check,     // GilCheck
  interrupts,    // the kinds of those that are pending (interrupt.h), or Unset
  handlers,      // tuple of what they call, or Unset
  interruptible, // which kinds may break in where it stands (interrupt.h), or Unset
  interpreter,   // the number of the one that it runs in, or Unset: main's
  count
};
}

namespace frame {
enum : unsigned {
  code,        // Code
  pc,          // index of the next instruction
  globals,     // dictionary
  name_space,  // dictionary of a module or class body, else Unset
  back,        // calling frame
  handled,     // exception being handled here
  mode,        // FrameMode | number of blocks << 8 | ...
  extra,       // by mode: the instance under construction, the generator, ...
  kept,        // to 3.10: tuple of the arguments that the caller keeps alive, where the function lets go of one; else Unset
  first_local
};
}

namespace module { enum : unsigned { dictionary, life, thread, reloader, ordinal, era, extension, count }; }  // extension: of C code, what _extensions.py keeps of it
// module::life: the first initialisation of one module object.
// deferred: handed out by a LazyLoader before its body has run; loading: its body runs now. Nobody calls these half-made: whoever looks inside has to wait.
namespace module_life { enum : int { untouched, initialising, complete, failed, deferred, loading }; }
// Eras: the times between two changes of sys.modules[name] by the scenario. succeeded: the era of the last initialisation that succeeded.
namespace life { enum : unsigned { name, running, succeeded, era, era_is_new, handed_out, handed_out_era, ordinal, child_deleted, starts, output, end, count }; }
namespace klass { enum : unsigned { name, qualname, bases, mro, dictionary, subclasses, count }; }  // subclasses: keys of a dictionary
namespace function { enum : unsigned { code, globals, defaults, keyword_defaults, closure, name, qualname, doc, annotations, count }; }
namespace iterator { enum : unsigned { container, position, which, length, count }; }
namespace generator { enum : unsigned { frame, status, which, name, code, count }; }
namespace lock { enum : unsigned { taken, locked, owner, depth, count }; }
namespace weakref { enum : unsigned { referent, callback, next, count }; }

}  // namespace slot

enum class ThreadStatus : std::uint8_t {
  Ready,       // stands at a place where it may run
  Lock,        // parked on a lock
  GotLock,     // took the lock's word, has not had the GIL since
  TimedOut,    // its timed wait gave up, has not had the GIL since
  Join,        // waits for a thread to end
  Started,     // waits for a thread to start
  Choosing,    // inside lockweave.choose: only Branch choices go on
  Stopped,     // asked for the GIL after the interpreter had begun to finalise, and gets it no more
  Ended,
  Gil,         // waits for the GIL, which its C code had let go of
};

// Where the GIL is a text (Vm::runs_gil_text): how far a thread that runs Python code is with looking at whether it has to let go of it. Unset: it stands
// at no switch point. Where it is the machine's own: is it C code that has let go of it?
enum class GilCheck : std::uint8_t {
  Due,      // at a switch point: it looks before it goes on
  Done,     // it has looked, and does its next instruction without looking again
  Outside,  // between PyEval_SaveThread and PyEval_RestoreThread
};

// What happens to a frame's result.
enum class FrameMode : std::uint8_t {
  Call,        // pushed on the caller's stack
  Init,        // __init__: dropped, must be None; the instance (`extra`) is pushed
  Drop,        // dropped: __setattr__, __delitem__, ...
  Callback,    // dropped, and so is an exception: weakref callbacks, __del__
  Next,        // called by ForIter: StopIteration ends the loop
  PushNull,    // pushed, then Unset: LoadMethod through a property or __getattr__
  Thread,      // the first frame of a thread
  Generator,   // `extra` is the generator
  Truth,       // called by a conditional jump: the answer decides it
  Send,        // called by YieldFrom: a tuple (goes on?, value)
  Observer,    // a function given to lockweave.always and its kin
  Signal,      // dropped: a signal handler, or what raises an asynchronous exception; `extra` says what it has broken into (vm/interrupts.cpp)
  Finalizer,   // likewise a garbage-collection finaliser; an exception is dropped, too
};

// Lookup table over a dictionary's or set's keys; derived, never part of a state.
struct KeyIndex {
  std::vector<std::uint32_t> table;  // position + 1, by hash
};

// A copy of an object makes its own when it needs one.
struct DerivedIndex : std::unique_ptr<KeyIndex> {
  using std::unique_ptr<KeyIndex>::unique_ptr;
  using std::unique_ptr<KeyIndex>::operator=;
  DerivedIndex() = default;
  DerivedIndex(const DerivedIndex&) : std::unique_ptr<KeyIndex>() {}
  DerivedIndex& operator=(const DerivedIndex&) {
    reset();
    return *this;
  }
};

struct Object {
  ObjectKind kind = ObjectKind::Free;
  bool escaped = false;      // another thread may reach it, were it through a weak reference; stays true
  bool dirty = false;        // differs from part
  bool finalized = false;    // __del__ has run
  bool dropped = false;      // in the list of objects whose last reference may be gone
  bool class_dictionary = false;  // the namespace of a class: a change voids cached method look-ups
  bool release_matters = false;   // whether it outlives the loss of a reference may be up to another thread's frames (canonical.h)
  std::uint32_t refcount = 0;
  std::uint64_t step = 0;    // the last in which it was shared, or in which its references were counted (heap.h)
  SiteId site = 0;
  CreationId creation = 0;
  std::uint32_t part = 0;    // number of the interned content it was loaded from; 0: none
  Value cls;                 // Type or Class
  Value attributes;          // dictionary of attributes, or Unset
  Value protector;           // the lock that threads hold when they access what lies in it, as far as that is learnt (sharing.h), or Unset
  ObjectId weak_head = no_object;  // first of the weak references to it
  std::vector<Value> slots;
  DerivedIndex index;
  // of the canonical form (canonical.h)
  std::uint32_t rest_refcount = 0;  // with release_matters: in the state last restored
  std::uint32_t rest_part = 0;  // the part it has in the state last restored; 0: none
  std::uint32_t section = 0;    // where it lies in that state
  std::uint32_t walk = 0;
  ObjectId canonical = no_object;
};

}  // namespace lockweave::state
