#include "model/machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <initializer_list>
#include <optional>
#include <unordered_map>
#include <utility>

#include "model/base/check.h"
#include "model/base/random.h"
#include "model/join_watch.h"
#include "model/state/canonical.h"
#include "model/state/creations.h"
#include "model/state/symmetry.h"
#include "model/step_memo.h"
#include "model/thread_view.h"
#include "model/vm/modules.h"
#include "model/world.h"

namespace lockweave {
namespace {

namespace slot = state::slot;
using state::ObjectKind;
using state::Tag;
using state::Value;

// What never changes once loaded, or only grows, is shared by all cursors; everything else is a cursor's own.
struct Tables {
  Tables(vm::SwitchPoints points, std::pair<int, int> version) : program(points), builtins(constants) {
    vm::register_builtins(builtins, constants);
    builtins.forget_newer_than(version);
  }
  state::Constants constants;
  vm::Program program;
  builtins::BuiltinTable builtins;
  state::Sites sites;
  state::Creations creations;
  state::CanonicalTables canonical;
};

class ScenarioMachine final : public Machine {
 public:
  ScenarioMachine(const scenario::Scenario& scenario, const design::Design& design, MachineOptions options)
      : scenario_(scenario), design_(design), options_(options), tables_(std::make_shared<Tables>(design.switch_points, std::pair(design.python_version.major, design.python_version.minor))), heap_(tables_->constants),
        canonical_(heap_, sharing_, tables_->canonical),
        vm_(heap_, tables_->constants, tables_->program, sharing_, tables_->builtins, {design.python_version.major, design.python_version.minor}) {
    canonical_.is_wait = [this](std::uint32_t code) { return vm_.is_wait(code); };
  }

  // Requires: the origin stands at the base image.
  explicit ScenarioMachine(const ScenarioMachine& origin)
      : scenario_(origin.scenario_), design_(origin.design_), options_(origin.options_), tables_(origin.tables_), heap_(tables_->constants), canonical_(copied_base(heap_, origin.heap_), sharing_, origin.canonical_),
        vm_(heap_, tables_->constants, tables_->program, sharing_, tables_->builtins, {design_.python_version.major, design_.python_version.minor}),
        initial_(origin.initial_), origin_(origin.origin_ != nullptr ? origin.origin_ : &origin) {
    vm_.take_image(origin.vm_);
    tell_objects_apart(origin.tells_objects_apart_);
    main_thread_object_ = origin.main_thread_object_;
    watch_like_threads();
    take_like_threads_for_one(origin.like_threads_are_one_);
    canonical_.is_wait = [this](std::uint32_t code) { return vm_.is_wait(code); };
    catch_up();
    stand_at(initial_);
  }

  Result<bool> load() {
    vm_.ordered_output = options_.ordered_output;
    vm_.serial_records = options_.serial_records;
    vm_.stop_everywhere = options_.stop_everywhere;
    // What a thread may be switched out for inside an import is told by where its steps end.
    vm_.movers = options_.movers && !options_.stop_everywhere && !options_.serial_records;
    vm_.python_at_once = design_.python_at_once;
    vm_.limits.instructions_per_step = options_.longest_step;
    if (auto built = WorldBuilder(vm_, scenario_, design_).build(); !built) return built;
    find_threading();
    if (vm_.has_interrupts) vm_.movers = false;
    vm_.run_prefix();
    canonical_.freeze();
    vm_.find_base_locks();
    watch_like_threads();
    canonical_.encode(initial_);
    learn();
    return true;
  }

  void reset() override {
    was_recorded_ = recording_;
    if (sharing_.order_refined()) {
      sharing_.clear_order_refined();
      canonical_.rebase();
    }
    if (sharing_.take_refined()) {
      memo_.clear();
      symmetry_.clear();
      likenesses_.clear();
    }
    vm_.forget_refined();
    leave_movers_out_if_learnt();
    stand_at(initial_);
  }

  void enabled(std::vector<Choice>& choices) override {
    if (!is_behind_) return vm_.enabled(choices, options_.timeouts_last);
    view_.enabled(state_, options_.timeouts_last, choices);
    prepare(choices);
    if (options_.verify_states) verify_view(choices);
  }
  void pending(const Choice&, Footprint& footprint) override { footprint.clear(); }

  const StepReport& step(const Choice& choice) override {
    remembered_.reset();
    if (is_encoded_ && choice.thread == 0) {
      main_stepped_from_ = state_;
      main_stepped_ = true;
    } else {
      main_stepped_ = false;
    }
    if (may_recall() && choice.instructions == 0) {
      if (const auto asked = ask_for(choice)) {
        if (recall_alone(*asked) || (memo_.has_pairs(asked->key.own) && recall_pair(*asked))) return recalled_;
        vm();
        if (is_at_rest_) remembered_ = asked;
      }
    }
    vm();
    is_encoded_ = is_at_rest_ = false;
    return vm_.step(choice);
  }

  void encode(StateWords& words) override {
    if (!is_encoded_) {
      // A replay notes accesses of which a search knows that they cannot race: where a loop begins and ends they are none of the state's business.
      if (was_recorded_ && !heap_.at(vm_.fixtures.root).slots[slot::root::last_accesses].is_unset()) heap_.set(vm_.fixtures.root, slot::root::last_accesses, Value());
      before_.swap(state_);
      canonical_.encode(state_);
      is_encoded_ = true;
      if (remembered_) remember();
      if (options_.verify_states) verify_encoded();
    }
    words = state_;
  }

  Arrangement arrange(StateWords& words, ThreadChanges& changes) override {
    changes.clear();
    Arrangement result;
    if (tells_objects_apart_ || !symmetry_.is_watching()) return result;
    if (main_stepped_ && told_apart().empty()) result = watch_main(words);
    if (result.is_refined || !canonical_.are_threads_apart(words)) return result;
    if (!note_likenesses(words)) vm_.tell_apart("which threads are alike is up to their order");
    const bool is_arranged = symmetry_.arrange(words);
    if (symmetry_.moved_heap()) is_behind_ = true;
    if (!is_arranged) return result;
    if (options_.verify_states) verify_arranged(words);
    symmetry_.name_changes(words, changes);
    stand_at(words);
    result.has_moved = true;
    return result;
  }
  void take_like_threads_for_one(bool on) override {
    if (on == like_threads_are_one_) return;
    like_threads_are_one_ = on;
    vm_.take_like_threads_for_one(on);
    memo_.clear();  // steps teach something else now
    likenesses_.clear();
  }
  bool has_like_threads() const override { return sharing_.any_alike(); }
  std::optional<Access> renamed(const Access& access, const ThreadChanges& changes) const override {
    const Location& location = access.location;
    if ((location.object & kThreadObject) != 0) return std::nullopt;
    const auto renamed = [&](std::uint64_t thread) -> std::uint64_t {
      const auto change = std::ranges::find(changes, static_cast<ThreadNumber>(thread), &ThreadChanges::value_type::first);
      return change == changes.end() ? thread : change->second;
    };
    Access moved = access;
    if ((location.object & kThreadWaits) != 0) {
      moved.location.object = kThreadWaits | renamed(location.object & ~kThreadWaits);
      return moved;
    }
    const bool was_there_before = (location.object & (kManyObjects | kMadeObject)) == 0;
    if (was_there_before && symmetry_.belongs_to_thread(static_cast<state::ObjectId>(location.object))) return std::nullopt;
    const state::Value key = state::Value::from_bits(location.key);
    if (state::is_thread_identifier(key)) moved.location.key = state::Value(state::Tag::Opaque, renamed(key.payload() - 1) + 1).bits();
    return moved;
  }
  std::string_view told_apart() const override { return vm_.has_interrupts ? "the program interrupts threads" : vm_.told_apart(); }

  void restore(std::span<const std::uint32_t> words) override {
    was_recorded_ = false;
    stand_at(words);
  }
  void stands(std::vector<Standing>& standing) override {
    LOCKWEAVE_CHECK(is_encoded_, "where threads stand is read off a state's words");
    standing.clear();
    for (std::size_t k = 0; k < canonical_.thread_count(state_); ++k) {
      const std::uint64_t place = canonical_.place_of(state_, k);
      if (place != 0) standing.push_back({canonical_.thread_number(state_, k), place});
    }
  }
  std::string_view needs_every_state() const override {
    if (vm_.leaves_gil_in_c) return "C code runs or waits where the GIL does not order it";
    if (sharing_.leaves_threads_behind()) return "a fork, or the end of the interpreter or the process, leaves threads where they are";
    if (vm_.has_interrupts) return "the program interrupts threads";
    return sharing_.has_plain_accesses() ? "C code accesses ordinary variables, and a data race shows where two accesses meet" : "";
  }
  bool is_final() override { return is_behind_ ? view_.is_final(state_) : vm_.is_final(); }

  void unfinished(std::vector<ThreadNumber>& threads) override {
    if (is_behind_) return view_.unfinished(state_, threads);
    threads.clear();
    if (is_dead()) return;
    for (state::ObjectId id : vm().threads()) {
      const state::Object& t = heap_.at(id);
      const bool ended = t.slots[slot::thread::status].as_int() == static_cast<int>(state::ThreadStatus::Ended);
      if (!ended && !t.slots[slot::thread::daemon].is(Tag::True)) threads.push_back(static_cast<ThreadNumber>(t.slots[slot::thread::number].as_int()));
    }
  }

  bool has_movers() const override { return vm_.movers; }
  void leave_movers_out(bool out) override {
    vm_.movers = !out && options_.movers && !options_.stop_everywhere && !options_.serial_records && !vm_.runs_gil_text() && !vm_.leaves_gil_in_c && !vm_.has_interrupts &&
                 !sharing_.leaves_threads_behind();
    memo_.clear();  // steps do otherwise now
  }
  void tell_objects_apart(bool on) override {
    tells_objects_apart_ = on;
    vm_.tell_objects_apart(on ? &tables_->creations : nullptr);
    memo_.clear();  // steps do otherwise now
  }

  void waits(std::vector<Waiting>& waiting) override {
    if (!is_behind_ || recording_) return vm().waits(waiting);
    view_.waits(state_, waiting);
  }
  bool inside_import(ThreadNumber thread) override { return vm().inside_import(thread); }
  void set_recording(bool on) override {
    recording_ = on;
    was_recorded_ = was_recorded_ || on;
    vm().set_recording(on);
  }
  std::string thread_name(ThreadNumber thread) override { return text(heap_.at(vm().thread_object(thread)).slots[slot::thread::name]); }
  std::string name_text(std::uint32_t name) override { return tables_->constants.text(name); }
  std::string describe_thread(ThreadNumber thread) override { return vm().describe_thread(thread); }
  std::size_t table_bytes() const override { return tables_->canonical.bytes() + memo_.bytes() + view_.bytes() + symmetry_.bytes(); }

  std::size_t own_bytes() const override { return memo_.bytes() + view_.bytes() + symmetry_.bytes(); }

  std::unique_ptr<System> fork() override {
    if (!is_encoded_) encode(verified_);
    canonical_.restore({});
    is_behind_ = true;
    return std::make_unique<ScenarioMachine>(*this);
  }

  void catch_up() override {
    if (origin_ != nullptr) sharing_.follow(origin_->sharing_);
    leave_movers_out_if_learnt();
  }

  Outcome outcome(std::vector<Event>& events) override {
    events.clear();
    Outcome result;
    std::uint32_t id = 0;
    for (state::ObjectId object : vm().threads()) {
      const state::Object& t = heap_.at(object);
      ThreadEnd end{.id = id++, .name = text(t.slots[slot::thread::name]), .end = {}, .output = tables_->constants.log_text(static_cast<std::uint32_t>(t.slots[slot::thread::output].as_int()))};
      const Value how = t.slots[slot::thread::end];
      const bool ended = t.slots[slot::thread::status].as_int() == static_cast<int>(state::ThreadStatus::Ended);
      if (is_dead() && !ended) end.end = how.is_string() ? "fatal error" : "killed";
      else if (!ended) end.end = t.slots[slot::thread::daemon].is(Tag::True) ? "daemon" : "blocked";
      else if (how.is_string()) end.end = text(how);
      else if (how.is_none() || how.is_unset()) end.end = "finished";
      else end.end = "exception: " + vm_.describe(how);
      result.threads.push_back(std::move(end));
    }
    collect_modules(result);
    const Value ordered = heap_.at(vm_.fixtures.root).slots[slot::root::ordered_output];
    if (ordered.is_int()) result.ordered_output = tables_->constants.log_text(static_cast<std::uint32_t>(ordered.as_int()));
    const bool knows_all = std::ranges::none_of(vm().threads(), [&](state::ObjectId id) { return vm_.is_left_behind(id); });
    if (!is_dead() && knows_all) collect_leaks(events);
    return result;
  }

  std::string serial_record() override {
    std::string record;
    std::vector<Event> events;
    const Outcome end = outcome(events);
    std::size_t i = 0;
    for (state::ObjectId object : vm().threads()) {
      const state::Object& t = heap_.at(object);
      record += fmt::format("{}: {}\n{}{}", end.threads[i].name, end.threads[i].end, end.threads[i].output,
                            tables_->constants.log_text(static_cast<std::uint32_t>(t.slots[slot::thread::record].as_int())));
      ++i;
    }
    for (std::uint32_t number = 0; number < vm_.interpreters.size(); ++number) {
      const vm::Vm::Standing in(vm_, number);
      Outcome own;
      collect_modules_here(own);
      std::ranges::sort(own.modules);
      for (const auto& [name, how] : own.modules) {
        const state::Object& life = heap_.at(vm_.module_life(name));
        record += fmt::format("{}: {} starts {}\n", vm_.in_interpreter(name), how, life.slots[slot::life::starts].as_int());
      }
    }
    return record;
  }

  SingleRun run_once(std::uint64_t max_steps) override {
    SingleRun run;
    reset();
    std::vector<Choice> choices;
    ThreadNumber last = 0;
    bool released = false;
    for (std::uint64_t steps = 0; steps < max_steps; ++steps) {
      enabled(choices);
      if (choices.empty()) break;
      std::erase_if(choices, [](const Choice& c) { return c.kind == ChoiceKind::Interrupt; });
      if (choices.empty()) break;
      // A thread goes on until it gives up the GIL of its own; then it is the next one's turn, so that waiting in a loop comes to an end.
      auto next = std::find_if(choices.begin(), choices.end(),
                               [&](const Choice& c) { return (released ? c.thread > last : c.thread == last) && c.kind != ChoiceKind::Timeout; });
      if (next == choices.end()) next = std::find_if(choices.begin(), choices.end(), [](const Choice& c) { return c.kind != ChoiceKind::Timeout; });
      if (next == choices.end()) next = choices.begin();
      last = next->thread;
      const StepReport& report = step(*next);
      released = report.released;
      if (report.status == StepStatus::Unsupported) {
        run.unsupported = report.error;
        break;
      }
      for (const Event& event : report.events) {
        if (event.kind == EventKind::UncaughtException && event.thread == 0) run.error = name_text(event.other);
      }
    }
    run.stuck = !is_final();
    for (state::ObjectId object : vm().threads()) run.output += tables_->constants.log_text(static_cast<std::uint32_t>(heap_.at(object).slots[slot::thread::output].as_int()));
    return run;
  }

 private:
  // A thread that is left behind must be so at every place where it could be.
  void leave_movers_out_if_learnt() { vm_.movers = vm_.movers && !sharing_.leaves_threads_behind(); }

  static state::Heap& copied_base(state::Heap& heap, const state::Heap& other) {
    heap.copy_base(other);
    return heap;
  }

  // A fatal error has ended the process.
  bool is_dead() { return heap_.at(vm().fixtures.root).slots[slot::root::is_dead].is(Tag::True); }

  // The state stood in is known by its words, by the heap, or both: restore() only takes note of the words, and a remembered
  // step moves from words to words. Whoever needs the heap asks for it here.
  vm::Vm& vm() {
    if (is_behind_) {
      canonical_.restore(state_);
      is_behind_ = false;
      is_at_rest_ = true;
    }
    return vm_;
  }

  // What is asked for in the memory of steps.
  struct Asked {
    StepMemo::Key key;
    std::uint32_t section = 0;  // the thread's
    Choice choice;
    std::uint32_t entangled = 0;  // with the threads of these sections
  };

  bool may_recall() const { return options_.remember_steps && is_encoded_ && memo_.is_worth_it() && !recording_; }

  // These choices are likely to be run, one after the other, from the state stood in.
  void prepare(const std::vector<Choice>& choices) {
    prepared_.clear();
    prepared_state_.clear();
    if (!may_recall()) return;
    prepared_state_ = state_;
    if (!canonical_.find_entanglements(state_, entanglements_)) return;
    const std::uint64_t facts = canonical_.thread_facts(state_);
    for (const Choice& choice : choices) {
      const std::uint32_t section = canonical_.section_of(state_, choice.thread);
      const auto key = StepMemo::key(state_, section, choice, facts);
      if (!key) continue;
      prepared_.push_back({*key, section, choice, entanglements_[section]});
      memo_.prefetch(*key);
    }
  }

  // Nothing: this step cannot be remembered.
  std::optional<Asked> ask_for(const Choice& choice) {
    if (prepared_state_ != state_) prepare({choice});
    const auto asked = std::ranges::find(prepared_, choice, &Asked::choice);
    if (asked == prepared_.end()) return std::nullopt;
    return *asked;
  }

  void stand_at(std::span<const std::uint32_t> words) {
    state_.assign(words.begin(), words.end());
    is_encoded_ = is_behind_ = true;
    remembered_.reset();
  }

  bool recall_alone(const Asked& asked) {
    if (asked.entangled != 0) return false;
    const auto holds = [&](auto held, auto not_held) { return canonical_.holds(state_, asked.section, 0, held, not_held); };
    const auto waits = [&] { return waits_ = canonical_.waits_of_others(state_, asked.section); };
    const StepMemo::Effect* effect = memo_.find(asked.key, holds, waits);
    if (effect != nullptr) recall(asked, *effect, {{asked.section, effect->own}});
    return effect != nullptr;
  }

  // What the step does to the two threads is not up to any third one.
  bool are_by_themselves(std::uint32_t one, std::uint32_t other) const {
    return (entanglements_[one] & ~(1u << other)) == 0 && (entanglements_[other] & ~(1u << one)) == 0;
  }

  // Requires: entanglements_ is about the state stood in.
  bool recall_pair(const Asked& asked) {
    for (std::uint32_t other = 2; other + 1 < state_.size(); ++other) {
      if (other == asked.section || (asked.entangled & ~(1u << other)) != 0 || !are_by_themselves(asked.section, other)) continue;
      const auto holds = [&](auto held, auto not_held) { return canonical_.holds(state_, asked.section, other, held, not_held); };
      const StepMemo::PairEffect found = memo_.find_pair(asked.key, other, state_[other], holds);
      if (found.effect == nullptr) continue;
      recall(asked, *found.effect, {{asked.section, found.own}, {other, found.other}});
      return true;
    }
    return false;
  }

  // `sections`: place and number of those that are others after the step.
  void recall(const Asked& asked, const StepMemo::Effect& effect, std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> sections) {
    memo_.fill(effect.report, recalled_);
    const StateWords before = options_.verify_states ? state_ : StateWords();
    state_[0] = effect.root;
    state_[1] = effect.globals;
    for (const auto& [place, number] : sections) state_[place] = number;
    is_behind_ = true;
    if (options_.verify_states) verify_recalled(asked.choice, before);
  }

  // After encode(): the step from before_ to state_ is remembered if it is one that may be.
  void remember() {
    const Asked asked = *remembered_;
    StepMemo::Key key = asked.key;
    const std::uint32_t own = asked.section;
    remembered_.reset();
    const StepReport& report = vm_.report();
    if (report.status != StepStatus::Done || report.teaches || vm_.looked_at_others() || state_.size() != before_.size() || state_.back() != 0) return;
    std::uint32_t others = asked.entangled;  // whose sections the step depends on, or changes
    for (std::uint32_t section = 2; section < state_.size(); ++section) {
      if (section != own && state_[section] != before_[section]) others |= 1u << section;
    }
    const auto other = others == 0 ? 0u : static_cast<std::uint32_t>(std::countr_zero(others));
    if (others != 0 && ((others & (others - 1)) != 0 || vm_.looked_at_waits() || prepared_state_ != before_ || !are_by_themselves(own, other))) return;
    if (vm_.looked_at_waits()) {
      const auto is_elsewhere = [&](state::ObjectId id) { return canonical_.is_in_other_thread(before_, own, id); };
      if (std::ranges::any_of(vm_.objects_looked_at(), is_elsewhere)) return;
      key = memo_.with_waits(key, waits_);
    }
    if (!canonical_.find_guard(state_, own, other, guard_)) return;
    const StepMemo::Effect effect{.root = state_[0], .globals = state_[1], .own = state_[own]};
    if (others == 0) {
      memo_.insert(key, effect, report, guard_.held, guard_.not_held);
    } else {
      memo_.insert_pair(key, other, before_[other], effect, state_[other], report, guard_.not_held);
    }
  }

  void find_threading() {
    const Value threading = vm::builtin_module(vm_, "threading");
    if (!threading.is_object()) return;
    const auto global = [&](std::string_view name) { return heap_.get_item(heap_.at(threading).slots[slot::module::dictionary].object_id(), tables_->constants.string(name)); };
    vm_.fixtures.thread_class = global("Thread");
    vm_.fixtures.active_threads = global("_active").object_id();
    main_thread_object_ = global("_main_thread").object_id();
  }

  void watch_like_threads() {
    const auto string = [this](std::string_view s) { return tables_->constants.string(s); };
    symmetry_.watch({.thread_class = vm_.fixtures.thread_class,
                     .active = vm_.fixtures.active_threads,
                     .main_dictionary = vm_.fixtures.main_dictionary,
                     .main_thread_object = main_thread_object_,
                     .handle = string("_handle"),
                     .name = string("_name"),
                     .target = string("_target"),
                     .arguments = string("_args"),
                     .keywords = string("_kwargs")});
  }

  // Main has run from main_stepped_from_ to the state stood in, whose words these are.
  Arrangement watch_main(const StateWords& words) {
    constexpr int most_steps = 100;
    Arrangement result;
    JoinWatch::Answer answer = join_watch_.look(main_stepped_from_, is_behind_ ? recalled_ : vm_.report(), words, false);
    if (answer == JoinWatch::Answer::LookAhead) {
      StateWords before = words;
      StateWords after;
      for (int steps = 0; steps < most_steps && answer == JoinWatch::Answer::LookAhead; ++steps) {
        stand_at(before);
        vm();
        is_encoded_ = is_at_rest_ = false;
        const StepReport& report = vm_.step({.thread = 0});
        result.teaches = result.teaches || report.teaches;
        result.is_refined = report.status == StepStatus::Refined;
        if (result.is_refined) return result;
        canonical_.encode(after);
        answer = report.status == StepStatus::Done ? join_watch_.look(before, report, after, true) : JoinWatch::Answer::Broken;
        before = after;
      }
      stand_at(words);
    }
    if (answer != JoinWatch::Answer::Fine) vm_.tell_apart("the main thread does something else between joining threads that are alike, or is waited for meanwhile");
    return result;
  }

  // A remembered step holds whatever other threads are at, but has taught whether one is like it. No: what is remembered may be wrong.
  bool note_likenesses(std::span<const std::uint32_t> words) {
    for (std::size_t section = 2; section + 1 < words.size(); ++section) {
      const auto& facts = symmetry_.thread_facts(words[section]);
      if (likenesses_.try_emplace(facts.number, facts.likeness).first->second != facts.likeness) return false;
    }
    return true;
  }

  void verify_arranged(const StateWords& words) {
    canonical_.restore(words);
    canonical_.encode_whole(verified_);
    LOCKWEAVE_CHECK(verified_ == words, "like threads that have changed places are encoded in two ways");
    const bool is_back = symmetry_.exchange(words, symmetry_.places().inverse(), verified_);
    LOCKWEAVE_CHECK(is_back && verified_ == state_, "like threads that change places twice are not where they were");
  }

  void verify_view(const std::vector<Choice>& choices) {
    std::vector<Choice> known_choices;
    vm().enabled(known_choices, options_.timeouts_last);
    LOCKWEAVE_CHECK(known_choices == choices, "the words of a state and the heap do not agree on who can go on");
    LOCKWEAVE_CHECK(vm_.is_final() == view_.is_final(state_), "the words of a state and the heap do not agree on its being final");
    std::vector<ThreadNumber> known_threads, threads;
    unfinished(known_threads);
    view_.unfinished(state_, threads);
    LOCKWEAVE_CHECK(known_threads == threads, "the words of a state and the heap do not agree on who has not ended");
    std::vector<Waiting> known_waits, waits;
    vm_.waits(known_waits);
    view_.waits(state_, waits);
    const auto facts = [](const Waiting& w) { return std::tuple(w.thread, w.kind, w.timed, w.has_owner, w.has_owner ? w.owner : 0); };
    LOCKWEAVE_CHECK(std::ranges::equal(known_waits, waits, {}, facts, facts), "the words of a state and the heap do not agree on who waits");
  }

  void verify_encoded() {
    canonical_.encode_whole(verified_);
    LOCKWEAVE_CHECK(state_ == verified_, "a state is encoded in two ways");
  }

  // That the step from there leads to the words of the state stood in.
  void verify_recalled(const Choice& choice, const StateWords& before) {
    const StateWords expected = state_;
    stand_at(before);
    vm();
    const StepReport report = vm_.step(choice);
    canonical_.encode(verified_);
    stand_at(expected);
    LOCKWEAVE_CHECK(verified_ == expected, "a remembered step leads elsewhere than the step itself");
    LOCKWEAVE_CHECK(report.status == StepStatus::Done && report.released == recalled_.released && report.events == recalled_.events &&
                        report.footprint == recalled_.footprint && report.instructions == recalled_.instructions,
                    "a remembered step reports something else than the step itself");
  }

  const std::string& text(Value v) const { return tables_->constants.text(v); }

  // Scenario modules by what became of them: what sys.modules holds at the end, or how the last attempt ended.
  void collect_modules(Outcome& result) {
    for (std::uint32_t number = 0; number < vm_.interpreters.size(); ++number) {
      const vm::Vm::Standing in(vm_, number);
      const std::size_t first = result.modules.size();
      collect_modules_here(result);
      for (std::size_t i = first; i < result.modules.size(); ++i) result.modules[i].first = vm_.in_interpreter(std::move(result.modules[i].first));
    }
    std::sort(result.modules.begin(), result.modules.end());
  }

  void collect_modules_here(Outcome& result) {
    std::vector<std::string> names = vm_.modules_of_new_files();
    for (const vm::ScenarioFile& file : vm_.files) {
      if (file.path != "main.py") names.push_back(file.module);
    }
    for (const std::string& name : names) {
      const Value module = heap_.get_item(vm_.fixtures.modules, tables_->constants.string(name));
      if (heap_.is_kind(module, ObjectKind::Module)) {
        switch (heap_.at(module).slots[slot::module::life].as_int()) {
          case 1: result.modules.emplace_back(name, "partial"); break;
          case 3: result.modules.emplace_back(name, is_importer_cut_off(module) ? "partial" : "failed"); break;
          default: result.modules.emplace_back(name, "complete"); break;
        }
      } else if (!module.is_unset()) {
        result.modules.emplace_back(name, module.is_none() ? "None" : "replaced");
      }
    }
  }

  // The body has raised, and the daemon that imports the module is cut off before importlib has noticed: there need not be a place to switch between the two,
  // and to others it is a module whose import is not over.
  bool is_importer_cut_off(Value module) {
    const Value thread = heap_.at(module).slots[slot::module::thread];
    if (!thread.is_int()) return false;
    const auto number = static_cast<ThreadNumber>(thread.as_int());
    const state::Object& importer = heap_.at(vm_.thread_object(number));
    const bool has_ended = importer.slots[slot::thread::status].as_int() == static_cast<int>(state::ThreadStatus::Ended);
    return !has_ended && importer.slots[slot::thread::daemon].is(Tag::True) && vm_.inside_import(number);
  }

  // What nobody will ever release: module locks, the import lock, the GIL; waits registered for threads that have ended.
  void collect_leaks(std::vector<Event>& events) {
    const auto leak = [&](std::string what) {
      what = vm_.in_interpreter(std::move(what));
      events.push_back({EventKind::LockLeaked, 0, tables_->constants.string(what).number(), 0, 0});
    };
    if (!heap_.at(vm_.fixtures.root).slots[slot::root::import_lock_owner].is_unset()) leak("the import lock");
    heap_.for_each([&](state::ObjectId id) {
      const state::Object& object = heap_.at(id);
      if (object.kind != ObjectKind::Instance || !object.cls.is_object()) return;
      if (vm_.describe(object.cls) != "_ModuleLock") return;
      const Value owner = heap_.get_attribute(id, tables_->constants.string("owner"));
      if (!owner.is_unset() && !owner.is_none()) leak(vm_.describe(Value::object(id)));
    });
    for (std::uint32_t number = 0; number < vm_.interpreters.size(); ++number) {
      const vm::Vm::Standing in(vm_, number);
      const Value entries = global_of("_frozen_importlib", "_blocking_on");
      const std::size_t waits = heap_.is_kind(entries, ObjectKind::Dict) ? heap_.at(entries).slots.size() / 2 : 0;
      for (std::size_t i = 0; i < waits; ++i) leak("an entry of _blocking_on");
      const Value lock = global_of("_imp", "_import_lock");  // _subinterpreters.py
      if (heap_.is_kind(lock, ObjectKind::RLock) && !heap_.at(lock).slots[slot::lock::owner].is_unset()) leak("the import lock");
    }
  }

  // Unset if there is none.
  Value global_of(std::string_view module, std::string_view name) {
    const Value found = heap_.get_item(vm_.fixtures.modules, tables_->constants.string(module));
    if (!heap_.is_kind(found, ObjectKind::Module)) return {};
    return heap_.get_item(heap_.at(found).slots[slot::module::dictionary].object_id(), tables_->constants.string(name));
  }

  // A few quick walks, so that most of what threads share is known before the exploration begins: some that change the
  // thread at every step, some that stay with one for long.
  void learn() {
    constexpr int max_walks = 90;
    constexpr int enough_quiet_walks = 12;
    constexpr std::array<std::uint32_t, 3> steps_of_one_thread{1, 8, 40};  // on average
    Random random(1);
    for (int walk = 0, quiet = 0; walk < max_walks && quiet < enough_quiet_walks; ++walk) {
      reset();
      const std::optional<bool> refined = learning_walk(random, steps_of_one_thread[static_cast<std::size_t>(walk) % steps_of_one_thread.size()]);
      if (!refined) break;
      quiet = *refined ? 0 : quiet + 1;
    }
    reset();
  }

  // Has something been learnt? Nothing: there is a loop that ends nowhere, and no use in walking on.
  std::optional<bool> learning_walk(Random& random, std::uint32_t steps_of_one_thread) {
    constexpr int max_steps = 2000;
    const std::uint64_t endless = options_.longest_step / 4;  // instructions in one step
    std::vector<Choice> choices;
    ThreadNumber last = 0;
    bool refined = false;
    for (int steps = 0; steps < max_steps; ++steps) {
      enabled(choices);
      if (choices.empty()) break;
      auto next = choices.begin() + static_cast<std::ptrdiff_t>(random.below(choices.size()));
      if (random.below(steps_of_one_thread) != 0) {
        const auto same = std::ranges::find(choices, last, &Choice::thread);
        if (same != choices.end()) next = same;
      }
      last = next->thread;
      const StepReport& report = step(*next);
      refined = refined || report.status == StepStatus::Refined;
      if (report.instructions > endless) return std::nullopt;
      if (report.status == StepStatus::Unsupported) break;
    }
    return refined;
  }

  scenario::Scenario scenario_;
  design::Design design_;
  MachineOptions options_;
  std::shared_ptr<Tables> tables_;
  state::Heap heap_;
  state::Sharing sharing_{tables_->sites};
  state::Canonical canonical_;
  state::Symmetry symmetry_{heap_, canonical_, tables_->canonical, tables_->constants};
  JoinWatch join_watch_{symmetry_, tables_->canonical, sharing_};
  vm::Vm vm_;
  state::ObjectId main_thread_object_ = state::no_object;
  StateWords initial_;
  const ScenarioMachine* origin_ = nullptr;  // of a fork; outlives it
  StateWords state_;           // the state stood in, if is_encoded_
  bool is_encoded_ = false;
  bool was_recorded_ = false;  // the walk that led here
  bool is_behind_ = false;     // the heap stands in another state; implies is_encoded_
  bool is_at_rest_ = false;    // no step was run since the heap was restored
  StateWords before_;          // state_ before the step run last
  std::optional<Asked> remembered_;  // that step, if it may be remembered
  StateWords prepared_state_;        // what prepared_ is about
  std::vector<Asked> prepared_;
  std::vector<std::uint32_t> entanglements_;  // of prepared_state_: Canonical::find_entanglements
  std::uint32_t waits_ = 0;  // of the other threads, before the step that is to be remembered
  StepMemo memo_;
  ThreadView view_{canonical_, tables_->canonical};
  state::Canonical::Guard guard_;
  StepReport recalled_;
  bool recording_ = false;
  bool tells_objects_apart_ = false;  // and names of objects name threads
  StateWords verified_;
  StateWords main_stepped_from_;
  bool main_stepped_ = false;  // the last step was main's, from there
  bool like_threads_are_one_ = false;
  std::unordered_map<ThreadNumber, std::uint64_t> likenesses_;  // of threads that have been met
};

}  // namespace

Fingerprint Machine::design_digest(const scenario::Scenario& scenario, const design::Design& design) {
  return lockweave::design_digest(scenario, design);
}

Result<std::unique_ptr<Machine>> Machine::load(const scenario::Scenario& scenario, const design::Design& design, const MachineOptions& options) {
  auto machine = std::make_unique<ScenarioMachine>(scenario, design, options);
  if (auto loaded = machine->load(); !loaded) return fail(loaded);
  return std::unique_ptr<Machine>(std::move(machine));
}

}  // namespace lockweave
