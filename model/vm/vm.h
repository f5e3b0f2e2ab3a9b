// The virtual machine: runs one step of one thread on a heap.
//
// A step goes from where a thread stands to the last switch point, wait or GIL release before its next visible operation.
// The machine runs on through invisible instructions and stops right *before* the instruction that would do the
// next visible operation, if a switch point lies between it and the one before: what was run in between touches nothing
// that others see, so stopping here is the same as stopping at that switch point, and needs no undo.
//
// Instructions therefore never do anything before their first visible access has been reported (builtins/builtin.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/builtins/builtin.h"
#include "model/builtins/builtin_table.h"
#include "model/state/creations.h"
#include "model/state/interrupt.h"
#include "model/state/sharing.h"
#include "model/step.h"
#include "model/vm/program.h"

namespace lockweave::vm {

using builtins::Arguments;
using builtins::Keyword;
using builtins::Part;
using builtins::Result;
using builtins::ResultKind;
using builtins::TypeId;
using state::FrameMode;
using state::GilCheck;
using state::Object;
using state::ThreadStatus;

namespace slot = state::slot;

// Interned once.
struct Names {
#define NAME(identifier, text) Value identifier;
#include "model/vm/names.def"
#undef NAME
  explicit Names(state::Constants& constants);
};

// What each interpreter of the process has of its own.
struct OfInterpreter {
  ObjectId builtins = 0;         // dictionary of the module builtins
  ObjectId library = 0;          // dictionary of model/library/native/_builtins.py
  ObjectId import_c = 0;         // dictionary of the import_c text
  ObjectId modules = 0;          // the dictionary that sys.modules is at the start
  ObjectId lives = 0;            // dictionary: the record of each module, by its name
  ObjectId life_marks = 0;       // a location for each module's initialisations, by its name: for footprints only
  Value original_import;         // builtins.__import__ as it was at the start
};

// Objects of the base image that the machine itself refers to. What is an interpreter's own is that of the one which the running thread is in;
// between steps, of main's.
struct Fixtures : OfInterpreter {
  ObjectId root = 0;
  ObjectId main_dictionary = 0;
  Value missing;                 // _lockweave.missing
  Value generic_alias;           // reserved
  Value thread_class;            // threading.Thread as it was at the start; unset without threading
  ObjectId active_threads = state::no_object;  // threading._active
  ObjectId capi = 0;             // dictionary of capi, where the GIL is a text that is run (gil_text.cpp); else 0
};

// Where the scenario's files lie in the modelled file system.
inline constexpr std::string_view scenario_folder = "/scenario";

// A file of the scenario as the import system finds it.
struct ScenarioFile {
  std::string path;       // "p/q.py"
  std::string module;     // "p.q"
  bool is_package = false;
  Value code;             // unset: main.py's companion data
  std::string text;
};

enum class Flow : std::uint8_t {
  Next,         // to the next instruction
  Jump,         // pc_ is set
  Stay,         // the same instruction again, with another operand
  Frame,        // another frame runs now, pc_ is set
  Raise,        // pending_exception_ is set
  Stop,         // nothing was done: the step ends before this instruction
  Wait,         // the thread waits; the instruction is done but for its result
  Ended,        // the thread has no frame any more
  Unsupported,  // report_.error says what
};

struct Limits {
  std::uint64_t instructions_per_step = 200'000;  // then the step ends anyhow, so that a budget can be looked at
  std::uint32_t frames = 1000;                    // sys.getrecursionlimit()
};

class Vm final : public builtins::Context {
 public:
  Vm(Heap& heap_, state::Constants& constants_, Program& program, state::Sharing& sharing, const builtins::BuiltinTable& table,
     std::pair<int, int> version);

  // Of another cursor: takes over what loading has made. Requires: the heap is a copy of the other's base image.
  void take_image(const Vm& other);

  Fixtures fixtures;
  Names names;
  std::vector<ScenarioFile> files;
  bool compiles_files = false;  // the program itself reads and compiles them: importlib's own loader
  using Modules = std::map<std::string, Value, std::less<>>;
  // Those that the program may come to have, main's first: they are there before the program runs (interpreters.cpp).
  std::vector<OfInterpreter> interpreters{1};
  std::vector<Modules> modules_of_interpreters{1};
  // The machine's own modules, of the interpreter that the running thread is in.
  Modules& builtin_modules() { return modules_of_interpreters[interpreter_]; }
  Limits limits;
  bool ordered_output = false;
  bool serial_records = false;
  bool stop_everywhere = false;  // MachineOptions
  bool movers = true;            // likewise
  bool has_extensions = false;   // the scenario has files that stand for extension modules ...
  bool leaves_gil_in_c = false;  // ... in which a thread may let go of the machine's own GIL, or wait without doing so
  bool python_at_once = false;   // no GIL keeps two threads from running Python code at a time (design::Design)
  bool has_interrupts = false;   // the program says lockweave.interrupt: threads look for what breaks into them (interrupts.cpp)

  // One step. Requires: the choice is enabled.
  const StepReport& step(const Choice& choice);
  void enabled(std::vector<Choice>& choices, bool timeouts_last);
  bool is_final();
  // A fatal error has ended the process.
  bool is_dead() { return heap.at(fixtures.root).slots[slot::root::is_dead].is(Tag::True); }
  void waits(std::vector<Waiting>& waiting);
  bool inside_import(ThreadNumber thread);

  // Runs a function to its end on the main thread, without switching; used to load library texts before there are
  // threads. The diagnostic text of an uncaught exception or an unsupported construct, if it ended so.
  std::optional<std::string> run_to_end(Value function, Value name_space);
  std::optional<std::string> call_to_end(Value function, std::span<const Value> arguments);
  // Runs main up to where a second thread, a choice, a wait or the end comes: the same in every execution, so it is done once and
  // becomes part of the base image. What properties would hear of it is said again with the first step.
  void run_prefix();
  // After the heap was frozen.
  void find_base_locks();
  // Puts main at the first instruction of this function.
  void start_main(Value function, Value name_space);

  // Threads in order of their numbers.
  std::vector<ObjectId> threads();
  ObjectId thread_object(ThreadNumber number);
  const StepReport& report() const { return report_; }
  // What the last step looked at (step_memo.h): another thread, beyond whether it has begun or ended and whom it waits for; the latter; which objects,
  // to find out who that is.
  bool looked_at_others() const { return looked_at_others_; }
  bool looked_at_waits() const { return looked_at_waits_; }
  std::span<const ObjectId> objects_looked_at() const { return objects_looked_at_; }
  // Of a frame of this code the first local is what its thread waits for.
  bool is_wait(std::uint32_t code) const { return program_->code(code).role == Role::AcquireModuleLock; }
  // How a step told threads of one likeness apart: it looked at something that says which of them is which, so that it matters
  // (state/symmetry.h). Empty: none has.
  std::string_view told_apart() const { return told_apart_; }
  // What a thread does while one like it has begun and may still run counts, for what is learnt about sharing, as done by several.
  void take_like_threads_for_one(bool on) { like_threads_are_one_ = on; }
  void tell_apart(std::string_view how);
  // hash() or id() of the value was asked for.
  void watch_number_of(Value v, int depth = 0);
  // The thread that was made runs what this threading.Thread says.
  void note_likeness(ObjectId made, Value thread);
  // Threads with one likeness run the same function on the same arguments: a string; Unset if nothing can be like it.
  Value likeness_of(Value thread);
  ObjectId new_thread(ThreadNumber number, std::string_view name, bool daemon);
  Value new_function(Value code, ObjectId globals);
  Value new_module(std::string_view name);
  ObjectId new_dict();

  // While recording, what is learnt about sharing is kept apart and starts from nothing, so that the words of a trace depend
  // on its schedule alone.
  void set_recording(bool on);
  // Null: objects that threads make are not told apart in footprints.
  void tell_objects_apart(state::Creations* creations);
  void forget_refined() { (void)sharing_->take_refined(); }
  std::string describe_thread(ThreadNumber number);
  std::string describe(Value v, int depth = 0);
  std::string describe_location(ObjectId id, Value key);
  std::string exception_text(Value exception);          // "NAME: message"
  std::string traceback_text(Value exception);
  std::vector<std::string> import_stack(ObjectId thread);
  std::vector<ObjectId> all_locks();
  const std::string& load_error() const { return load_error_; }

  // --- builtins::Context
  bool read_order(ObjectId table) override;
  void note_end_order();
  // What properties of imports look at besides what the program itself does: it is in footprints (where those tell objects apart), and nowhere else visible.
  void touch_life(Value name, AccessKind kind);       // a module's initialisations, by its name
  void touch_module(Value module, AccessKind kind);   // likewise
  void touch_binding(Value name, AccessKind kind);    // what sys.modules has for this name
  void touch_wait(ObjectId thread, AccessKind kind);  // what a thread waits for
  void touch_own_wait();
  void approach_untimed_wait();
  void look_at(ObjectId id, Value key);               // a location of the program
  bool read_attributes(ObjectId instance);  // all that it has, and that it has no more
  bool read_length(ObjectId table) override;
  Result raise_value(Value exception) override;
  Value make_exception(TypeId type, std::span<const Value> arguments) override;
  Result unsupported(std::string_view message) override;
  Result tail_call(Value function, std::span<const Value> positional, std::span<const Keyword> keywords = {}) override;
  Result call_library(std::string_view name, std::span<const Value> positional) override;
  state::SiteId site() const override;
  state::SiteId site_in(const LoadedCode& code, std::uint32_t pc) const;
  Value find_special(Value v, std::string_view name) override;
  bool has_python_special(Value v, std::string_view name) override;
  bool version_at_least(int major, int minor) const override { return version_ >= std::pair(major, minor); }

  // --- for builtin functions of our modules (module_*.cpp), which know that the context is the machine
  // The code object of a text; `eval` takes an expression. A SyntaxError may be pending.
  Result compile_text(const std::string& source, std::string name, bool as_expression);
  std::optional<std::pair<std::string, std::string>> compiled_from(Value code);
  std::vector<std::string> modules_of_new_files(bool possible = false);
  Result collect_cycles();
  Result end_with(Value exception, Value message);
  void set_thread_local(Value dictionary);
  ObjectId current_thread() const { return thread_; }
  ThreadNumber current_number() const { return number_; }
  Result wait_lock(ObjectId lock, bool timed);
  Result wait_thread(ObjectId thread, ThreadStatus status, bool timed);
  Result lock_acquire(ObjectId lock, bool blocking, bool timed);
  Result lock_release(ObjectId lock);
  Result lock_locked(ObjectId lock);
  Result rlock_release_save(ObjectId lock);
  Result rlock_acquire_restore(ObjectId lock, Value saved);
  Result import_lock_held();
  Result import_lock_acquire();
  Result import_lock_release();
  Result start_thread(Value function, std::span<const Value> arguments, Value keywords, std::string_view name, bool daemon, ObjectId* made);
  Result choose(std::uint32_t count);
  Result release_gil(Value result);
  Result interrupt(ObjectId target, state::InterruptKind kind, Value function);

  // --- processes and their end (process.cpp)
  // os.fork: two ways to go on, as the parent (False) or as the child (True).
  Result fork_process();
  // os._exit: the process ends here.
  Result exit_process(std::uint32_t status);
  // The interpreter finalises: no other thread gets the GIL any more.
  Result stop_other_threads();
  // Taken this often by the running thread; 0: free, whoever had it.
  Result set_import_lock(std::int64_t count);
  bool is_child() { return heap.at(fixtures.root).slots[slot::root::is_child].is(Tag::True); }
  // Of a thread that a fork has left behind: it is not in this process, and what it held stays held.
  bool is_left_behind(ObjectId thread);
  // Can the thread be cut off in the midst of things, so that how far it came is part of the outcome?
  bool may_be_cut_off(ObjectId thread) { return heap.at(thread).slots[slot::thread::daemon].is(Tag::True) || sharing_->leaves_threads_behind(); }
  std::int64_t import_lock_count();
  // A RuntimeError if the interpreter has come too far for this: "create new thread", "fork".
  std::optional<Result> refuse_at_the_end(std::string_view what);
  Value in_exit_text(std::string_view name);

  // --- where the GIL is a text (gil_text.cpp)
  bool runs_gil_text() const { return fixtures.capi != 0; }
  // Does the running thread execute C code: is the innermost frame that is not the library's a function that stands for one of C?
  bool runs_c_code() { return (runs_gil_text() || has_extensions) && frame_ != nullptr && is_in_c(frame_id_); }
  // An operation of Python code that may have to wait: the text lets go of the GIL around it, by this function of capi. Nothing: the
  // machine's own GIL, or C code, which decides that itself.
  std::optional<Result> let_go_around(std::string_view function, std::span<const Value> arguments);
  // What the GIL's text has under this name; unset if it has nothing, or if no text is run.
  Value in_gil_text(std::string_view name) { return runs_gil_text() ? heap.get_item(fixtures.capi, string(name)) : Value(); }
  // A call of an extension's C function that the text was asked about, and lets go on.
  Result enter_c(Value function, std::span<const Value> positional, std::span<const Keyword> keywords);
  // The process ends here.
  Result fatal_error(std::string_view message);
  // Has Python code passed a switch point in this step? When it returns to C code, it may lose the GIL before that goes on.
  bool passed_switch_point() const { return python_switch_; }
  // A call of Python code by C code that has looked whether it may.
  Result enter_python(Value function, std::span<const Value> positional, std::span<const Keyword> keywords);
  // Waits for the first of a lock's two words; the second is set by own_lock when the thread has the GIL again.
  Result take_lock(ObjectId lock, bool timed);
  Result own_lock(ObjectId lock, Value depth);
  bool holds_lock(ObjectId lock);
  Result let_go_of_lock(ObjectId lock);

  // --- several interpreters (interpreters.cpp)
  // The one that the running thread is in; between steps, main's: 0.
  std::uint32_t current_interpreter() const { return interpreter_; }
  std::uint32_t interpreter_of(ObjectId thread);
  // From here on the running thread is in this one.
  void enter_interpreter(std::uint32_t number, bool is_isolated);
  // From 3.12 on an isolated one has a GIL of its own. Here only where there is C code, whose variables interpreters share: the thread then runs as C code does that
  // has let go of main's GIL, except that it may run Python code.
  bool is_in_isolated() { return (interpreter_word() & isolated_bit) != 0; }
  bool has_own_gil() { return runs_outside_ && (interpreter_word() & (isolated_bit | let_go_bit)) == isolated_bit; }
  // What os.fork raises here, if it is not main's.
  std::optional<Result> refuse_fork_here();
  std::optional<Result> refuse_thread_here(bool daemon);
  // As far as the machine's own look at things goes.
  void stand_in(std::uint32_t number);
  // Of the world that is built: fixtures are those of a further interpreter, until they are kept.
  void begin_interpreter();
  void keep_interpreter();
  // The words for something of the interpreter that the running thread is in.
  std::string in_interpreter(std::string what) const { return in_interpreter(std::move(what), interpreter_); }
  static std::string in_interpreter(std::string what, std::uint32_t number);
  // Of which interpreter's sys.modules is this the dictionary?
  std::optional<std::uint32_t> interpreter_with_modules(ObjectId dictionary) const;
  // That has a module with this dictionary; main's, if none has.
  std::uint32_t interpreter_with_namespace(ObjectId dictionary);
  // While there is one, the machine looks at things as they are in another interpreter.
  class Standing {
   public:
    Standing(Vm& vm, std::uint32_t number) : vm_(vm), before_(vm.interpreter_) { vm.stand_in(number); }
    Standing(const Standing&) = delete;
    Standing& operator=(const Standing&) = delete;
    ~Standing() { vm_.stand_in(before_); }

   private:
    Vm& vm_;
    std::uint32_t before_;
  };

  // --- C code under the machine's own GIL (plain_gil.cpp)
  bool has_gil() { return !runs_outside_ || has_own_gil(); }
  Result leave_gil();
  Result take_gil();
  // What the access of that part of the object that was recorded last turned out to be.
  void was_access(ObjectId id, AccessKind kind, builtins::Part part = builtins::Part::State);
  // ... it was none: its result is up to the thread alone.
  void was_no_access(ObjectId id, builtins::Part part = builtins::Part::State);
  void saw_end(ObjectId ended);
  bool visible(ObjectId id, std::uint64_t key, bool write);   // a visible access whatever has been learnt; true: stop
  void note_key(ObjectId table, Value key);                   // a table gets a key that it has not had
  Result load_attribute(Value v, Value name);
  Result store_attribute(Value v, Value name, Value value, bool plain = false);   // value unset: delete
  // The same as object.__getattribute__, __setattr__ and __delattr__ do it; plain_attributes.cpp.
  Result plain_load_attribute(Value v, Value name);
  Result plain_store_attribute(Value v, Value name, Value value);
  Result plain_directory(Value v);
  Value class_of(Value v) const { return type_of(v); }
  Value find_in_class(Value cls, Value name);
  bool is_subclass(Value cls, Value of);
  std::vector<Value> order_of_resolution(Value cls);
  Value make_class(Value meta, Value name, Value bases, ObjectId dict);
  Result run_class_body(Value function, Value name_space);
  Result generator_send(Value generator, Value sent, std::uint8_t kind);
  Result generator_throw(Value generator, Value exception, bool closing);
  Value current_exception();
  // The exception that a builtin function has just raised is of this type: forgets it.
  bool discard_exception(TypeId type);
  ObjectId caller_frame(unsigned skip_native);
  ObjectId frame_namespace(ObjectId frame);
  bool reads_cells(ObjectId frame);
  Value new_instance(Value cls);
  Result add_weakref(Value referent, Value callback, Value cls);
  ObjectId module_life(std::string_view name);
  void note_modules_change(Value name, Value before, Value after);  // Unset: not there
  Result register_observer(std::uint32_t which, Value function);
  void print(std::string_view text);
  void emit(EventKind kind, std::string_view subject, std::string_view other = {}, std::uint32_t flags = 0);
  bool single_threaded() const { return !concurrent_; }
  const builtins::BuiltinTable& table() const { return *table_; }
  Program& program() { return *program_; }
  state::Sharing& sharing() { return *sharing_; }

 private:
  struct PendingCall {
    Value function;
    std::vector<Value> positional;
    std::vector<Keyword> keywords;
    FrameMode mode = FrameMode::Call;
    Value extra;
    Value name_space = {};
  };

  bool shared_access(ObjectId id, std::uint64_t key, bool write) override;
  void watch_identity(ObjectId id, Value key, bool write);
  bool is_own_object(ObjectId id);
  std::uint32_t observer_among_like(ObjectId id, Value key, std::uint64_t& class_key);
  void record_access(ObjectId id, std::uint64_t key, AccessKind kind);
  Location location_of(ObjectId id, std::uint64_t key);
  std::uint64_t plain_key(std::uint64_t key);
  state::CreationId name_creation(ObjectKind kind, state::SiteId site);
  void became_visible();

  // --- the loop (run_step.cpp)
  void run_thread(ObjectId thread);
  void resume_after_wait();
  bool run_instructions();   // false: the step is over
  void at_switch_point();
  bool finish_instruction(Flow flow);
  bool end_thread();
  bool begin_exit();
  bool has_finalizers_beside_daemons();
  bool settle();             // sweep, pending callbacks; false: the step is over
  void stop_here();
  Flow dispatch(const bytecode::Instruction& instruction);
  void enter_context(ObjectId frame);
  void save_pc();

  // --- what breaks into a thread (interrupts.cpp)
  unsigned interrupt_points(const bytecode::Instruction& instruction, bool at_switch) const;
  bool stops_for_interrupt();
  bool has_interrupt_at(unsigned points);
  void begin_interrupt(std::uint32_t which);
  void forget_interrupts(ObjectId thread);
  Value leave_where_it_stands();
  Flow interrupt_is_over(Value broken_into);
  void note_dropped(Value exception);

  // --- operand stack
  Value peek(std::size_t depth = 0) const { return frame_->slots[frame_->slots.size() - 1 - depth]; }
  void push(Value v) { heap.push(*frame_, v); }
  void pop(std::size_t count = 1) { for (; count > 0; --count) heap.drop_top(*frame_); }
  Value& local(std::size_t i) { return frame_->slots[i]; }
  std::span<const Value> top_values(std::size_t count) const { return {frame_->slots.data() + frame_->slots.size() - count, count}; }

  // Takes `operands` off and puts the result on; enters a frame or begins a wait where the result says so.
  Flow replace(std::size_t operands, Result result, FrameMode mode = FrameMode::Call, Value extra = {});
  Flow deliver(Value result, FrameMode mode, Value extra);
  Flow done_with(std::size_t operands, Value result);
  std::optional<Flow> not_done(Result result);

  // --- calls (op_call.cpp)
  Result invoke(Value function, std::span<const Value> positional, std::span<const Keyword> keywords);
  Result invoke_class(Value cls, std::span<const Value> positional, std::span<const Keyword> keywords);
  Result invoke_type(TypeId type, std::span<const Value> positional, std::span<const Keyword> keywords);
  Result invoke_on_modules(Value method, std::span<const Value> positional, std::span<const Keyword> keywords);
  Result python_call(Value function, std::span<const Value> positional, std::span<const Keyword> keywords, FrameMode mode = FrameMode::Call, Value extra = {});
  bool bind_arguments(Object& frame, const LoadedCode& code, const Object& function, const PendingCall& call);
  bool push_frame(const PendingCall& call);
  ObjectId make_frame(const PendingCall& call);
  Flow leave_frame(Value result);
  void go_back(ObjectId left, Value back);
  Flow start_generator(const PendingCall& call, std::uint8_t kind, std::size_t operands);
  static std::string missing_arguments(const std::vector<std::string>& missing, std::string_view kind);
  Flow deliver_return(FrameMode mode, Value extra, Value result, const LoadedCode& callee);
  Flow call_function(std::uint32_t arg);
  Flow call_method(std::uint32_t arg);
  Flow call_function_kw(std::uint32_t arg);
  Flow call_function_ex(std::uint32_t arg);
  Flow make_function(std::uint32_t arg);
  void note_wait_cycle();
  void on_enter(const LoadedCode& code, ObjectId frame);
  bool before_leave(bool failed);
  void after_leave(const LoadedCode& code, const Object& frame, bool failed, Value result, bool justified);

  // --- names and attributes (op_load_store.cpp, attributes.cpp and those beside it)
  Flow load_global(Value name);
  Flow load_name(Value name);
  Flow store_in(ObjectId dict, Value name, Value v);
  Flow delete_in(ObjectId dict, Value name);
  Flow load_deref(std::uint32_t cell, bool class_first);
  Flow store_deref(std::uint32_t cell, Value v);
  Flow load_method(Value name);
  Result bind(Value found, Value self, Value cls);
  Result load_special_attribute(Value v, Value name, bool& found);
  Result instance_attribute(Value v, Value name);
  std::optional<Result> own_or_class_attribute(Value v, Value name, Value in_class);
  Result class_attribute(Value cls, Value name);
  Result module_attribute(Value v, Value name);
  Result super_attribute(Value v, Value name);
  Result missing_attribute(Value v, Value name);
  Value builtin_attribute(TypeId type, Value name);
  std::optional<Result> header_attribute(Value v, Value name);
  bool reads_class(Value cls, Value name);
  bool reads_types(bytecode::Opcode opcode);
  bool changes_types();
  bool reads_dictionary(ObjectId id);
  bool changes_dictionary(ObjectId id);
  bool makes_dictionary(ObjectId id);
  bool allows_attribute(Value cls, Value name);
  void end_callback();
  void keep_traceback(Value exception);
  std::vector<ObjectId> cyclic_garbage();
  bool stop_is_error(Value generator, const Object& frame) const;
  bool is_member(Value v);
  Value exception_dictionary(ObjectId id);
  std::string callee_text(Value function);
  ObjectId instance_dictionary(ObjectId id);
  Value* slot_of(ObjectId id, Value name);
  bool is_abstract(Value v);
  Value delegate_of(Value generator);
  std::optional<Flow> throw_to_delegate(Value exception);

  // --- control, operators, exceptions
  void rotate(std::size_t n);
  Flow load_build_class();
  Flow load_made_constant(std::uint32_t index);
  Flow load_fast(std::uint32_t i);
  Flow store_fast(std::uint32_t i);
  Flow delete_fast(std::uint32_t i);
  ObjectId body_namespace() const;
  Flow jump(std::uint32_t target);
  Flow call_special(Value special, std::size_t operands);
  Flow end_async_for();
  Flow truth_jump(const bytecode::Instruction& instruction);
  Flow branch_on(const bytecode::Instruction& instruction, bool truth, bool exact);
  Flow unary(bytecode::Opcode op);
  Flow binary(bytecode::BinaryOperator op, bool inplace);
  Flow compare(bytecode::CompareOperator op);
  Flow subscript(bytecode::Opcode op);
  Flow contains(bool negate);
  Flow format_value(std::uint32_t arg);
  Flow build(const bytecode::Instruction& instruction);
  Flow extend_below(const bytecode::Instruction& instruction);
  Flow not_unpackable(Value v);
  Flow unpack_sequence(std::uint32_t count);
  Flow unpack_ex(std::uint32_t arg);
  Flow get_iter();
  Flow for_iter(std::uint32_t target);
  void suspend_generator(ObjectId generator);
  bool suspends_generators();
  Flow yield_value();
  Flow yield_from();
  Flow get_awaitable();
  Flow resume_generator(Value generator, Value sent, std::uint8_t kind);
  Flow generator_result(std::uint8_t kind, Value v, bool returned);
  Flow send_result(Value answer);
  Flow raise_varargs(std::uint32_t count);
  Flow reraise();
  Flow before_with(Value enter, Value exit);
  Flow with_except_start();
  Flow exception_matches(std::uint32_t target);
  Flow unwind();             // to a handler: Jump or Frame; Ended if the thread has no frame left
  Flow unwind_frame_exit(Value exception);
  bool runs_again(FrameMode mode, std::uint8_t resumed_by) const;
  void finish_with_exception(Value exception, const std::string& message);
  bool needs_python_text(Value exception);
  bool raised_by_scenario_assert(Value exception);
  void push_block(bool handler, std::uint32_t target, std::size_t level);
  void pop_block();
  struct Block { bool handler; std::uint32_t target; std::uint32_t level; };
  std::uint32_t block_count() const;
  void set_block_count(std::uint32_t count);
  Block top_block() const;
  void pop_except();
  void add_traceback(Value exception);
  bool changes_exception(Value exception);
  void chain_context(Value exception);
  Value normalise_exception(Value v);

  // --- import (op_import.cpp)
  Flow import_name(Value name);
  Flow import_from(Value name);
  Flow import_star();
  void import_returned(Value module, Value name, bool justified);
  bool is_half_made_by_other(Value module);
  void check_bound(const std::string& name);
  void record_import(Value name, bool has_failed, Value result);
  void begin_initialisation(Value module, bool by_exec);
  void defer_initialisation(Value module);
  void end_initialisation(Value module, bool failed);
  void complete_initialisation(Value module, ObjectId life);
  bool waits_in_cycle(ThreadNumber for_thread);
  std::optional<ThreadNumber> thread_awaited_by(ObjectId thread);
  Value import_name_in_progress(ObjectId thread, bool skip_own);
  bool is_border(ObjectId frame);
  void import_began(ObjectId frame);
  void find_untouched_import();
  void mark_untouched_import();
  bool in_scenario_code();

  // --- references (references.cpp)
  void sweep();
  void object_dies(ObjectId id);
  void unlink_weakref(ObjectId id);
  bool drops_before(const bytecode::Instruction& instruction);
  bool approach_drops(const bytecode::Instruction& instruction);
  bool frame_drops_before(Value result);
  bool is_drop_watched(const Object& object) const { return object.escaped && heap.release_watch != nullptr && !observing_ && sharing_->is_watched(object.site); }
  void note_releases();
  void note_late_drop(ObjectId id);
  bool notice_drop(Value v, unsigned copies, std::span<const Value> dropping, int depth);
  bool has_anchor(ObjectId id) const { return heap.anchor(id).table != 0; }
  bool is_anchored(ObjectId id);
  bool read_anchor(ObjectId id);
  bool is_held_elsewhere(Value v, unsigned copies, std::span<const Value> dropping);
  void add_pending(Value function, Value argument);
  bool start_pending();

  // --- observers
  bool run_observers();
  void look_at_the_end();
  void look_at_modules();
  void become_child();
  void leave_behind(ObjectId thread);
  void note_exit(Value exception);
  bool is_told_to_parents(std::int64_t status);
  bool has_company();
  bool has_like();
  std::optional<bool> observe(Value function);
  std::string observer_name(const std::vector<Value>& observers, std::size_t index);
  std::optional<std::string> load_call(PendingCall call);

  void set_private(ObjectId id, std::size_t index, Value v);
  void set_frame(ObjectId frame);
  Object& thread() { return heap.at(thread_); }
  bool looked_at_others_ = false;
  bool looked_at_waits_ = false;
  std::vector<ObjectId> objects_looked_at_;
  void note_lock_looked_at(ObjectId lock);
  std::vector<ObjectId> threads_by_number();
  ObjectId thread_with(ThreadNumber number);
  const LoadedCode* running_code_ = nullptr;  // of the instruction that runs
  std::uint32_t running_pc_ = 0;
  std::vector<ObjectId> announced_drops_;     // by drops_before, of that instruction
  std::optional<state::SiteId> moved_release_;  // a release that did not end the step, no switch point since
  std::vector<ObjectId> base_locks_;
  std::string_view told_apart_;
  bool like_threads_are_one_ = false;
  bool stands_for_several_ = false;  // the running thread, so
  ThreadStatus status_of(ObjectId thread) { return static_cast<ThreadStatus>(heap.at(thread).slots[slot::thread::status].as_int()); }
  void set_status(ObjectId thread, ThreadStatus status) { set_private(thread, slot::thread::status, Value::small_int(static_cast<int>(status))); }
  std::uint32_t observer_bit() const { return observing_ ? 60 : stands_for_several_ || number_ >= 59 ? 59 : number_; }
  const LoadedCode& code_of(const Object& frame) const { return program_->code(frame.slots[slot::frame::code].number()); }
  void describe_visible(ObjectId id, std::uint64_t key, AccessKind kind);
  void describe_stop();
  std::string lock_operation();
  std::string name_of_dictionary(ObjectId id);
  std::string global_that_holds(Value v);
  std::string variable_of_c(Value v);
  std::string variable_waited_for(Value turn);
  std::string attribute_that_holds(Value v);
  std::string lock_name(ObjectId id);
  std::vector<std::string> modules_initialised_by(ThreadNumber number);
  bool has_wakeable_waiter(ObjectId lock);
  bool nobody_can_step();
  bool approach_lock(ObjectId lock, bool changes);
  bool approach_own_release(ObjectId lock);
  void note_acquired(ObjectId lock);
  bool goes_with_acquire(ObjectKind kind);
  void watch_lock(ObjectId lock);
  state::LockSet held_locks(ObjectId id, bool gives_protector);
  bool holds_protector(ObjectId id, bool gives_protector);
  void note_holding(ObjectId lock);
  void note_let_go(ObjectId lock);
  state::SiteId place_of(ObjectId id) { return id < heap.base_limit() ? id | state::single_object : heap.at(id).site; }
  bool shared_access_of_lock(ObjectId lock, bool changes);
  bool is_in_c(ObjectId frame);
  bool is_python_code(Value function);
  Result ask_before(std::string_view question, Value function, std::span<const Value> positional, std::span<const Keyword> keywords, FrameMode mode, Value extra);
  GilCheck gil_check() { return static_cast<GilCheck>(thread().slots[slot::thread::gil_check].as_int()); }
  bool is_main_c();
  bool asks_before_c(Value function);
  bool begins_c_code(Value function);
  void look_whether_to_let_go();
  void note_gil_check(bool stays_in_section);
  bool is_python_run_by_another();
  bool is_plain_c_access() { return (runs_gil_text() || runs_outside_ || has_company_outside_) && !observing_ && code_ != nullptr && code_->is_c; }
  bool is_outside(const Object& thread) const { return thread.slots[slot::thread::gil_check] == Value::small_int(static_cast<int>(GilCheck::Outside)); }
  bool is_anybody_else_outside();
  bool keeps_gil_while_waiting() { return has_extensions && !runs_gil_text() && !runs_outside_ && runs_c_code(); }
  bool may_switch_here() const { return !code_->is_c || runs_gil_text() || runs_outside_; }
  bool is_python_run_outside();
  void note_native_variable(ObjectId variables, Value name, bool set);  // native_state.cpp
  Value native_run();
  // While there is one, the step cannot end: what is accessed belongs to it even where a switch point came before.
  class CannotEnd {
   public:
    explicit CannotEnd(Vm& vm) : vm_(vm), armed_(std::exchange(vm.armed_, false)), may_others_come_in_(std::exchange(vm.may_others_come_in_, false)) {}
    CannotEnd(const CannotEnd&) = delete;
    CannotEnd& operator=(const CannotEnd&) = delete;
    ~CannotEnd() {
      vm_.armed_ = armed_;
      vm_.may_others_come_in_ = may_others_come_in_;
    }

   private:
    Vm& vm_;
    bool armed_;
    bool may_others_come_in_;
  };
  // Before a visible access: does the step end here?
  bool ends_here() {
    if (armed_) return true;
    if (!may_others_come_in_) return false;
    holding_ = true;
    return true;
  }
  void note_plain_access(ObjectId id, Value key, bool write);
  bool is_compared_with_all(ObjectId table, Value key);
  void look_for_races();
  std::string call_stack(ObjectId thread);

  Program* program_;
  state::Sharing* sharing_;
  state::Creations* creations_ = nullptr;
  std::uint32_t history_ = 0;         // what the running thread has made (creations.h)
  std::uint32_t earlier_history_ = 0; // before the running instruction
  bool is_naming_ = false;
  state::Sharing* explored_;    // what the explorations have learnt
  state::Sharing recorded_;     // what the walk that is being recorded has learnt
  const builtins::BuiltinTable* table_;
  std::pair<int, int> version_;

  // the running thread
  // The slot of a thread says more than the number.
  static constexpr std::uint32_t isolated_bit = 1 << 8;
  static constexpr std::uint32_t let_go_bit = 1 << 9;  // of the GIL of its own
  std::uint32_t interpreter_word();
  void set_interpreter_word(std::uint32_t word);
  std::uint32_t interpreter_ = 0;
  ObjectId thread_ = state::no_object;
  ThreadNumber number_ = 0;
  ObjectId frame_id_ = state::no_object;
  Object* frame_ = nullptr;
  const LoadedCode* code_ = nullptr;
  std::uint32_t pc_ = 0;

  // the running step
  StepReport report_;
  bool armed_ = false;          // a switch point lies between the last visible operation and here
  unsigned points_ = 0;         // which interrupts may come before the next instruction
  bool has_passed_ = false;     // the step began there: none of them has
  bool holding_ = false;        // stop with the GIL held: only steps that need no GIL may come in between
  bool check_pending_ = false;  // a switch may happen before the next instruction
  ObjectId import_begun_ = state::no_object;   // an outermost import that nothing visible has come after when the step began or entered it, and visible_ then
  std::uint32_t visible_before_import_ = 0;
  bool body_begins_ = false;    // since the last release or scenario instruction a module's body has begun, and others may care
  std::uint32_t visible_ = 0;
  std::uint32_t right_movers_ = 0;  // how many visible operations the step began with that may as well come right before the next one
  std::uint64_t executed_ = 0;
  bool concurrent_ = false;     // has_company()
  bool recording_ = false;
  bool observing_ = false;
  bool loading_ = false;
  bool enters_python_ = false;  // enter_python has been asked
  bool enters_c_ = false;       // likewise
  struct PlainAccess { ObjectId object; Value key; bool writes; std::string calls; };  // the calls that led to it
  std::vector<PlainAccess> plain_accesses_;  // of C code, in this step
  bool plain_with_gil_ = false;              // they were made with the machine's own GIL
  bool runs_outside_ = false;        // the running thread is C code that has let go of the machine's own GIL
  bool has_company_outside_ = false; // another thread is
  bool may_others_come_in_ = false;  // ... and comes in between the last visible operation and here, though the running thread keeps the GIL
  bool python_ran_ = false;     // an instruction of this step was one of Python code; where the GIL is a text
  bool python_switch_ = false;  // a switch point that this step has passed was one; likewise
  bool stops_often_ = false;    // at each switch point, as if `stop_everywhere`: where exactly the thread is stopped matters
  bool prefix_ = false;         // run_prefix is running
  std::vector<Event> prefix_events_;
  std::string prefix_error_;
  std::string load_error_;
  Value observed_;
  bool branch_given_ = false;
  std::uint32_t branch_ = 0;
  std::uint32_t forced_ = 0;    // run exactly so many instructions (a replay)
  PendingCall pending_;
  Value pending_exception_;
  bool pending_is_reraise_ = false;
  std::vector<ObjectId> drops_;
  struct MethodCache { std::uint64_t version = 0; std::uint64_t cls = 0; std::uint64_t name = 0; Value found; };
  std::vector<MethodCache> method_cache_ = std::vector<MethodCache>(1024);
};

}  // namespace lockweave::vm
