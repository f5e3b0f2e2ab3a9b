// Locks and waiting. A lock has two words, as in CPython: `taken`, which a waiter takes without the GIL, and `locked`, which
// its owner sets once it has the GIL again (3.9, Modules/_threadmodule.c, acquire_timed; Python/thread_pthread.h).
#include <fmt/format.h>

#include "model/base/check.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;
using builtins::done_none;
using builtins::stop;
using builtins::type_value;

namespace {

constexpr std::uint64_t state_key = Value(Tag::Unset, static_cast<std::uint64_t>(Part::State)).bits();

Result waiting() { return {ResultKind::Wait, {}}; }

// A wait that something can end before its time is over, or that has no end: one with a limit, or one of main's that a signal handler can break off.
bool may_give_up(const Vm& vm, bool timed) { return timed || (vm.has_interrupts && vm.current_number() == 0); }

constexpr std::string_view observer_must_not = "a function given to always, eventually or sometimes must not wait, choose or start threads";

}  // namespace

// Could a parked thread take this lock's word right now? It needs no GIL for that, so it may come in between two
// operations of the running thread however close they lie.
bool Vm::has_wakeable_waiter(ObjectId lock) {
  const unsigned taken = lock == fixtures.root ? unsigned{slot::root::import_lock_taken} : unsigned{slot::lock::taken};
  if (heap.at(lock).slots[taken].as_int() != 0) return false;
  looked_at_waits_ = true;
  for (ObjectId id : threads_by_number()) {
    if (id == thread_ || status_of(id) != ThreadStatus::Lock) continue;
    if (heap.at(id).slots[slot::thread::waits_for].object_id() == lock) return true;
  }
  return false;
}

// Before any look at a lock's word. True: the step ends here.
bool Vm::approach_lock(ObjectId lock, bool changes) {
  if (observing_) return changes;  // an observer may look, no more
  if (!concurrent_) return false;
  if (forced_ == 0 && visible_ > 0 && !armed_ && has_wakeable_waiter(lock)) {
    holding_ = true;
    return true;
  }
  return shared_access_of_lock(lock, changes);
}

// Before a thread lets go of a lock that it has acquired. While it held the lock, others could only come to wait for it, unless the
// lock is watched: so the release may come right after what the thread did before, and the step need not end. It must end if no
// switch point parts the release from the next visible operation, or something could come in between the two. It ends, too, where the
// thread gives up the GIL of itself: what happens there, while it holds the lock, costs no preemption. True: it ends here.
bool Vm::approach_own_release(ObjectId lock) {
  const bool moves = movers && armed_ && !report_.released && !observing_ && !sharing_->is_lock_watched(place_of(lock)) && !sharing_->is_tight_release(site());
  if (!moves) return approach_lock(lock, true);
  const auto before = visible_;
  armed_ = false;
  const bool ends = approach_lock(lock, true);
  if (visible_ != before) moved_release_ = site();
  else armed_ = true;
  return ends;
}

// The thread has acquired the lock, or goes on with it after a wait. Until it lets go of it all that others can do with it is to come and wait, which they
// could as well do later, unless the lock is watched: the acquire may come right before what the thread does next.
void Vm::note_acquired(ObjectId lock) {
  const bool is_right_mover = movers && visible_ == right_movers_ + 1 && !sharing_->is_lock_watched(place_of(lock)) && !heap.at(thread_).slots[slot::thread::daemon].is(Tag::True);
  if (is_right_mover) right_movers_ = visible_;
}

// Before a visible access to an object: has the step done nothing but acquires that may come right before it? Not if it is an access to a lock, for which
// the thread may have to wait with those that it has acquired; that others meet it there must not be left out. Nor where the thread has given up the GIL since. A daemon can be
// cut off between the two.
bool Vm::goes_with_acquire(ObjectKind kind) {
  return visible_ > 0 && visible_ == right_movers_ && !report_.released && kind != ObjectKind::Lock && kind != ObjectKind::RLock;
}

// Before a thread begins to wait, for as long as it takes, for another that has not ended. It may as well have begun right after what it did before: what
// it finds when the wait is over is the same, and nobody can tell, unless somebody asks who waits for whom. It ends the step all the same where the thread
// gives up the GIL of itself.
void Vm::approach_untimed_wait() {
  if (movers && armed_ && !report_.released && !observing_ && creations_ == nullptr && !sharing_->are_joins_seen()) armed_ = false;
}

// Somebody tries the lock, waits for it with a limit of time, looks at it or releases it for another.
void Vm::watch_lock(ObjectId lock) {
  if (concurrent_ || observing_) sharing_->watch_lock(place_of(lock));
}

// Each has its number in a LockSet, the same for all cursors.
void Vm::find_base_locks() {
  base_locks_.assign(1, fixtures.root);
  for (ObjectId lock = 1; lock < heap.base_limit() && base_locks_.size() < state::max_base_locks; ++lock) {
    const ObjectKind kind = heap.at(lock).kind;
    if (kind == ObjectKind::Lock || kind == ObjectKind::RLock) base_locks_.push_back(lock);
  }
}

// For Sharing: what the thread holds that may protect its access to the object.
state::LockSet Vm::held_locks(ObjectId id, bool gives_protector) {
  if (!movers || observing_) return 0;
  LOCKWEAVE_CHECK(!base_locks_.empty(), "it was not looked which locks there were before the threads");
  state::LockSet held = state::sole_writer;
  for (std::size_t i = 0; i < base_locks_.size(); ++i) {
    const Object& lock = heap.at(base_locks_[i]);
    if (lock.kind == ObjectKind::Free) continue;
    const unsigned owner = i == 0 ? unsigned{slot::root::import_lock_owner} : unsigned{slot::lock::owner};
    if (lock.slots[owner] == Value::small_int(number_)) held |= state::LockSet{1} << i;
  }
  if (holds_protector(id, gives_protector)) held |= state::own_protector;
  return held;
}

// Only what threads have made has a protector: a lock that they have made, too. The first lock that the thread has taken is given.
bool Vm::holds_protector(ObjectId id, bool gives_protector) {
  if (id < heap.base_limit()) return false;
  if (heap.at(id).protector.is_unset()) {
    const Value lock = thread().slots[slot::thread::holds];
    if (!gives_protector || lock.is_unset()) return false;
    heap.set_protector(id, lock);
  }
  return heap.at(heap.at(id).protector).slots[slot::lock::owner] == Value::small_int(number_);
}

// A watched lock protects as well, but somebody may know it by a weak reference, and see that a protector lives longer.
void Vm::note_holding(ObjectId lock) {
  if (!movers || lock < heap.base_limit() || sharing_->is_lock_watched(place_of(lock))) return;
  if (thread().slots[slot::thread::holds].is_unset()) set_private(thread_, slot::thread::holds, Value::object(lock));
}

void Vm::note_let_go(ObjectId lock) {
  if (thread().slots[slot::thread::holds] == Value::object(lock)) set_private(thread_, slot::thread::holds, Value());
}

bool Vm::shared_access_of_lock(ObjectId lock, bool changes) {
  if (lock == fixtures.root) return visible(lock, state_key, changes);
  return changes ? write(lock, Part::State) : read(lock, Part::State);
}

Result Vm::wait_lock(ObjectId lock, bool timed) {
  set_private(thread_, slot::thread::waits_for, Value::object(lock));
  set_private(thread_, slot::thread::handled, Value::boolean(timed));
  set_status(thread_, ThreadStatus::Lock);
  was_access(lock, may_give_up(*this, timed) ? AccessKind::FailedTry : AccessKind::Park);
  touch_own_wait();
  if (keeps_gil_while_waiting()) holding_ = true;
  return waiting();
}

Result Vm::wait_thread(ObjectId other, ThreadStatus status, bool timed) {
  if (observing_) return unsupported(observer_must_not);
  set_private(thread_, slot::thread::waits_for, Value::object(other));
  set_private(thread_, slot::thread::handled, Value::boolean(timed));
  set_status(thread_, status);
  touch_own_wait();
  if (keeps_gil_while_waiting()) holding_ = true;
  return waiting();
}

Result Vm::lock_acquire(ObjectId lock, bool blocking, bool timed) {
  const bool reentrant = heap.at(lock).kind == ObjectKind::RLock;
  const auto before = visible_;
  if (approach_lock(lock, true)) return stop();
  const Object& object = heap.at(lock);
  if (reentrant && object.slots[slot::lock::depth].as_int() > 0 && object.slots[slot::lock::owner] == Value::small_int(number_)) {
    heap.set(lock, slot::lock::depth, Value::small_int(object.slots[slot::lock::depth].as_int() + 1));
    was_no_access(lock);
    return done(Value::boolean(true));
  }
  if (object.slots[slot::lock::taken].as_int() == 0) {
    heap.set(lock, slot::lock::taken, Value::small_int(1));
    heap.set(lock, slot::lock::locked, Value::small_int(1));
    heap.set(lock, slot::lock::owner, Value::small_int(number_));
    note_holding(lock);
    heap.set(lock, slot::lock::depth, Value::small_int(1));
    if (!blocking || timed) watch_lock(lock);
    else if (visible_ != before) note_acquired(lock);
    was_access(lock, blocking && !may_give_up(*this, timed) ? AccessKind::Acquire : AccessKind::TryAcquire);
    return done(Value::boolean(true));
  }
  const bool is_own = object.slots[slot::lock::owner] == Value::small_int(number_);
  if (timed || (!blocking && !is_own)) watch_lock(lock);
  if (!blocking) {
    was_access(lock, is_own ? AccessKind::OwnTry : AccessKind::FailedTry);
    return done(Value::boolean(false));
  }
  const Value waits[] = {Value::object(lock), Value::boolean(timed)};
  if (const auto around = let_go_around("_blocking_acquire", waits)) return was_access(lock, AccessKind::FailedTry), *around;
  return wait_lock(lock, timed);
}

Result Vm::lock_release(ObjectId lock) {
  const Object& object = heap.at(lock);
  const bool is_own = object.slots[slot::lock::owner] == Value::small_int(number_);
  const bool lets_go = is_own && (object.kind == ObjectKind::Lock || object.slots[slot::lock::depth].as_int() == 1);
  if (lets_go ? approach_own_release(lock) : approach_lock(lock, true)) return stop();
  if (object.kind == ObjectKind::RLock) {
    if (object.slots[slot::lock::depth].as_int() == 0 || object.slots[slot::lock::owner] != Value::small_int(number_)) {
      was_no_access(lock);
      return raise(TypeId::RuntimeError, "cannot release un-acquired lock");
    }
    if (object.slots[slot::lock::depth].as_int() > 1) {
      was_no_access(lock);
      heap.set(lock, slot::lock::depth, Value::small_int(object.slots[slot::lock::depth].as_int() - 1));
      return done_none();
    }
  } else if (object.slots[slot::lock::locked].as_int() == 0) {
    watch_lock(lock);
    was_access(lock, AccessKind::Read);
    return raise(TypeId::RuntimeError, "release unlocked lock");
  }
  if (!is_own) watch_lock(lock);
  was_access(lock, is_own ? AccessKind::Release : AccessKind::ForeignRelease);
  heap.set(lock, slot::lock::locked, Value::small_int(0));
  heap.set(lock, slot::lock::taken, Value::small_int(0));
  heap.set(lock, slot::lock::owner, Value());
  note_let_go(lock);
  heap.set(lock, slot::lock::depth, Value::small_int(0));
  return done_none();
}

Result Vm::lock_locked(ObjectId lock) {
  if (approach_lock(lock, false)) return stop();
  watch_lock(lock);
  return done(Value::boolean(heap.at(lock).slots[slot::lock::locked].as_int() != 0));
}

// RLock._release_save: lets go of all levels; (count, owner).
Result Vm::rlock_release_save(ObjectId lock) {
  const Object& object = heap.at(lock);
  const bool is_own = object.slots[slot::lock::owner] == Value::small_int(number_);
  if (is_own ? approach_own_release(lock) : approach_lock(lock, true)) return stop();
  if (object.slots[slot::lock::depth].as_int() == 0) return raise(TypeId::RuntimeError, "cannot release un-acquired lock");
  if (!is_own) watch_lock(lock);
  const Value saved[] = {object.slots[slot::lock::depth], Value(Tag::Opaque, static_cast<std::uint64_t>(object.slots[slot::lock::owner].as_int() + 1))};
  const Value result = tuple(saved);
  was_access(lock, AccessKind::Release);
  heap.set(lock, slot::lock::locked, Value::small_int(0));
  heap.set(lock, slot::lock::taken, Value::small_int(0));
  heap.set(lock, slot::lock::owner, Value());
  note_let_go(lock);
  heap.set(lock, slot::lock::depth, Value::small_int(0));
  return done(result);
}

// RLock._acquire_restore. The depth to restore waits in `depth`'s place until the lock is ours: see resume_after_wait.
Result Vm::rlock_acquire_restore(ObjectId lock, Value saved) {
  const Value depth = heap.at(saved).slots[0];
  const auto before = visible_;
  if (approach_lock(lock, true)) return stop();
  if (heap.at(lock).slots[slot::lock::taken].as_int() == 0) {
    if (visible_ != before) note_acquired(lock);
    heap.set(lock, slot::lock::taken, Value::small_int(1));
    heap.set(lock, slot::lock::locked, Value::small_int(1));
    heap.set(lock, slot::lock::owner, Value::small_int(number_));
    note_holding(lock);
    heap.set(lock, slot::lock::depth, depth);
    was_access(lock, AccessKind::Acquire);
    return done_none();
  }
  const Value waits[] = {Value::object(lock), depth};
  if (const auto around = let_go_around("_blocking_restore", waits)) return was_access(lock, AccessKind::FailedTry), *around;
  set_private(thread_, slot::thread::restored_depth, depth);
  return wait_lock(lock, false);
}

Result Vm::import_lock_acquire() {
  const Object& root = heap.at(fixtures.root);
  if (!root.slots[slot::root::import_lock_owner].is_unset() && root.slots[slot::root::import_lock_owner] == Value::small_int(number_)) {
    if (approach_lock(fixtures.root, true)) return stop();
    was_no_access(fixtures.root);
    heap.set(fixtures.root, slot::root::import_lock_count, Value::small_int(root.slots[slot::root::import_lock_count].as_int() + 1));
    return done_none();
  }
  const auto before = visible_;
  if (approach_lock(fixtures.root, true)) return stop();
  if (root.slots[slot::root::import_lock_taken].as_int() != 0) {
    if (const auto around = let_go_around("_blocking_import_lock", {})) return was_access(fixtures.root, AccessKind::FailedTry), *around;
    return wait_lock(fixtures.root, false);
  }
  if (visible_ != before) note_acquired(fixtures.root);
  heap.set(fixtures.root, slot::root::import_lock_taken, Value::small_int(1));
  heap.set(fixtures.root, slot::root::import_lock_owner, Value::small_int(number_));
  heap.set(fixtures.root, slot::root::import_lock_count, Value::small_int(1));
  was_access(fixtures.root, AccessKind::Acquire);
  return done_none();
}

Result Vm::import_lock_release() {
  const Object& root = heap.at(fixtures.root);
  const bool lets_go = root.slots[slot::root::import_lock_owner] == Value::small_int(number_) && root.slots[slot::root::import_lock_count].as_int() == 1;
  if (lets_go ? approach_own_release(fixtures.root) : approach_lock(fixtures.root, true)) return stop();
  if (root.slots[slot::root::import_lock_owner].is_unset() || root.slots[slot::root::import_lock_owner] != Value::small_int(number_)) {
    was_no_access(fixtures.root);
    return raise(TypeId::RuntimeError, "not holding the import lock");
  }
  const std::int64_t count = root.slots[slot::root::import_lock_count].as_int() - 1;
  heap.set(fixtures.root, slot::root::import_lock_count, Value::small_int(count));
  if (count > 0) was_no_access(fixtures.root);
  if (count == 0) {
    was_access(fixtures.root, AccessKind::Release);
    heap.set(fixtures.root, slot::root::import_lock_owner, Value());
    heap.set(fixtures.root, slot::root::import_lock_taken, Value::small_int(0));
  }
  return done_none();
}

Result Vm::import_lock_held() {
  if (approach_lock(fixtures.root, false)) return stop();
  watch_lock(fixtures.root);
  return done(Value::boolean(!heap.at(fixtures.root).slots[slot::root::import_lock_owner].is_unset()));
}

Result Vm::release_gil(Value result) {
  if (observing_) return unsupported(observer_must_not);
  if (const auto around = let_go_around("_blocking_io", {})) return *around;
  if (!runs_gil_text() && runs_c_code()) return done(result);  // lets go of nothing, so nobody can tell
  return {ResultKind::Release, result};
}

Result Vm::choose(std::uint32_t count) {
  if (count == 0) return raise(TypeId::ValueError, "choose() needs at least one possibility");
  if (count == 1) return done(integer(0));
  if (observing_) return unsupported(observer_must_not);
  if (prefix_) return stop();
  if (branch_given_) {
    branch_given_ = false;
    return done(integer(branch_));
  }
  // The thread stands before this instruction; it runs again when the answer is given.
  set_private(thread_, slot::thread::waits_for, Value::small_int(count));
  set_status(thread_, ThreadStatus::Choosing);
  ++executed_;  // so that a schedule can tell a thread that stands before its choice from one that asks for an answer
  if (forced_ == 0 && visible_ > 0 && !armed_) holding_ = true;
  return stop();
}

// --- threads

ObjectId Vm::new_thread(ThreadNumber number, std::string_view name, bool daemon) {
  const ObjectId id = heap.allocate(ObjectKind::Thread, type_value(TypeId::ThreadHandle), sharing_->site(~0u, 2), slot::thread::count);
  heap.share(Value::object(id));
  set_private(id, slot::thread::number, Value::small_int(number));
  set_private(id, slot::thread::status, Value::small_int(static_cast<int>(ThreadStatus::Ready)));
  set_private(id, slot::thread::daemon, Value::boolean(daemon));
  set_private(id, slot::thread::started, Value::boolean(false));
  set_private(id, slot::thread::handled, Value::boolean(false));
  set_private(id, slot::thread::name, string(name));
  for (const unsigned zero : {unsigned{slot::thread::output}, unsigned{slot::thread::children}, unsigned{slot::thread::record}, unsigned{slot::thread::history}})
    set_private(id, zero, Value::small_int(0));
  const Object& root = heap.at(fixtures.root);
  std::size_t at = slot::root::threads;
  while (at < root.slots.size() && root.slots[at].as_int() < number) at += 2;
  heap.insert(fixtures.root, at, Value::small_int(number));
  heap.insert(fixtures.root, at + 1, Value::object(id));
  return id;
}

// Threads are numbered by who made them: the n-th child of main is n, the n-th child of thread p is p * 1024 + n.
Result Vm::start_thread(Value function, std::span<const Value> arguments, Value keywords, std::string_view name, bool daemon, ObjectId* made) {
  if (observing_) return unsupported(observer_must_not);
  if (prefix_) return stop();
  if (const auto refused = refuse_at_the_end("create new thread")) return *refused;
  const bool is_finalizing = heap.at(fixtures.root).slots[slot::root::is_finalizing].is(Tag::True);
  if (is_finalizing && !version_at_least(3, 8)) return unsupported("a thread that is started while the interpreter finalises: to 3.7 it runs until it gives up the GIL, which is not modelled");
  if (const auto refused = refuse_thread_here(daemon)) return *refused;
  // The program may end before or after: whom a daemon has started is part of the outcome, and a thread that is none keeps the program going.
  if (may_be_cut_off(thread_) && write(thread_, Part::Length)) return stop();
  const std::int64_t child = thread().slots[slot::thread::children].as_int() + 1;
  if (child >= 1024 || number_ >= (1u << 20)) return unsupported("more than 1023 threads of one parent, or threads that start threads more than three deep");
  set_private(thread_, slot::thread::children, Value::small_int(child));
  const auto number = static_cast<ThreadNumber>(number_ * 1024 + static_cast<ThreadNumber>(child));
  heap.share(function);
  for (Value v : arguments) heap.share(v);
  heap.share(keywords);
  // Where a thread has forked that is not main, the process lasts as long as its threads: nobody ends it.
  const bool has_main = !is_child() || !is_left_behind(thread_with(0));
  const ObjectId id = new_thread(number, name.empty() ? fmt::format("Thread-{}", number) : std::string(name), daemon && has_main);
  *made = id;
  set_private(id, slot::thread::interpreter, thread().slots[slot::thread::interpreter]);
  PendingCall call{.function = function, .positional = {arguments.begin(), arguments.end()}, .keywords = {}, .mode = FrameMode::Thread, .extra = {}};
  if (keywords.is_object()) {
    const auto& pairs = heap.at(keywords).slots;
    for (std::size_t i = 0; i + 1 < pairs.size(); i += 2) call.keywords.push_back({pairs[i], pairs[i + 1]});
  }
  // What is started is a library function that calls the program's, so that argument errors belong to the new thread.
  if (!heap.is_kind(function, ObjectKind::Function)) {
    const Value list[] = {function, tuple(call.positional), keywords.is_object() ? keywords : Value::object(new_dict())};
    call.function = heap.get_item(fixtures.library, string("_call"));
    call.positional.assign(std::begin(list), std::end(list));
    call.keywords.clear();
  }
  const ObjectId frame = make_frame(call);
  if (frame == state::no_object) return {ResultKind::Raised, {}};
  set_private(id, slot::thread::frame, Value::object(frame));
  heap.at(frame).slots[slot::frame::mode] = Value::small_int(static_cast<std::int64_t>(FrameMode::Thread) | std::int64_t{1} << 36);
  concurrent_ = true;
  record_access(id, Value(Tag::Unset, static_cast<std::uint64_t>(Part::Started)).bits(), AccessKind::Start);
  if (heap.at(id).slots[slot::thread::daemon].is(Tag::True)) sharing_->note_daemon();
  if (sharing_->has_daemons()) note_end_order();
  if (recording_ && report_.words.operation.empty()) describe_visible(id, state_key, AccessKind::Start);
  if (is_finalizing) set_status(id, ThreadStatus::Stopped);
  became_visible();  // what comes after the next switch point is another step: the new thread may run before it
  return done(Value::object(id));
}

}  // namespace lockweave::vm
