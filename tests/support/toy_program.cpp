#include "tests/support/toy_program.h"

#include <fmt/format.h>

#include <string_view>

#include "model/base/check.h"

namespace lockweave::testing {

namespace {

constexpr std::string_view kOpNames[] = {"acquire", "timed acquire", "try acquire", "release",      "read",         "write",
                                         "write",   "choose",        "jump",        "jump if zero", "print",        "io",
                                         "event",   "enter import",  "leave import", "refine",      "unsupported"};

Location lock_location(std::uint32_t lock) { return {1, lock}; }
Location variable_location(std::uint32_t variable) { return {2, variable}; }

}  // namespace

ToyProgram::ToyProgram(Program threads, std::uint32_t locks, std::uint32_t variables, std::uint32_t padding)
    : threads_(std::move(threads)), locks_(locks), variables_(variables), padding_(padding) {
  reset();
}

void ToyProgram::reset() { state_.assign(variable_at(variables_) + padding_, 0); }

void ToyProgram::enabled(std::vector<Choice>& choices) {
  choices.clear();
  for (ThreadNumber thread = 0; thread < threads_.size(); ++thread) {
    if (has_ended(thread)) continue;
    const Operation& next = operation(thread);
    if (state_[at(thread, kParked)] != 0) {
      if (state_[lock_at(next.a)] == 0) choices.push_back({thread, ChoiceKind::WakeUp, 0});
      if (next.op == Op::TimedLock) choices.push_back({thread, ChoiceKind::Timeout, 0});
    } else if (next.op == Op::Choose) {
      for (std::uint32_t branch = 0; branch < next.a; ++branch) choices.push_back({thread, ChoiceKind::Branch, branch});
    } else {
      choices.push_back({thread, ChoiceKind::Run, 0});
    }
  }
}

void ToyProgram::take(ThreadNumber thread, std::uint32_t lock) {
  state_[lock_at(lock)] = thread + 1;
  state_[at(thread, kRegister)] = 1;
  ++state_[at(thread, kPc)];
}

void ToyProgram::acquire(ThreadNumber thread, std::uint32_t lock, bool waits) {
  const bool free = state_[lock_at(lock)] == 0;
  const bool untimed = operation(thread).op == Op::Lock;
  const bool own = state_[lock_at(lock)] == thread + 1;
  report_.footprint.push_back({lock_location(lock), free     ? untimed ? AccessKind::Acquire : AccessKind::TryAcquire
                                                    : untimed ? AccessKind::Park
                                                    : own && !waits ? AccessKind::OwnTry : AccessKind::FailedTry});
  if (free) return take(thread, lock);
  if (waits) {
    state_[at(thread, kParked)] = 1;
    report_.released = true;
    return;
  }
  state_[at(thread, kRegister)] = 0;
  ++state_[at(thread, kPc)];
}

const StepReport& ToyProgram::step(const Choice& choice) {
  report_.status = StepStatus::Done;
  report_.released = false;
  report_.visible = true;
  report_.footprint.clear();
  report_.events.clear();
  report_.error.clear();
  const ThreadNumber thread = choice.thread;
  if (recording_) {
    report_.words = {};
    report_.words.file = "toy";
    report_.words.line = state_[at(thread, kPc)] + 1;
    report_.words.operation = kOpNames[static_cast<std::size_t>(operation(thread).op)];
    report_.words.object = fmt::format("{}", operation(thread).a);
  }
  switch (choice.kind) {
    case ChoiceKind::Run:
      run(thread);
      break;
    case ChoiceKind::WakeUp: {
      const std::uint32_t lock = operation(thread).a;
      report_.footprint.push_back({lock_location(lock), AccessKind::Acquire});
      state_[at(thread, kParked)] = 0;
      take(thread, lock);
      break;
    }
    case ChoiceKind::Timeout:
      report_.footprint.push_back({lock_location(operation(thread).a), AccessKind::FailedTry});
      state_[at(thread, kParked)] = 0;
      state_[at(thread, kRegister)] = 0;
      ++state_[at(thread, kPc)];
      break;
    case ChoiceKind::Branch:
      state_[at(thread, kRegister)] = choice.branch;
      ++state_[at(thread, kPc)];
      break;
    case ChoiceKind::Interrupt:
      LOCKWEAVE_CHECK(false, "nothing interrupts a toy thread");
  }
  if (has_ended(thread)) {
    report_.released = true;
    report_.footprint.push_back({{3, thread}, AccessKind::End});
  }
  report_.inside_import = inside_import(thread);
  return report_;
}

void ToyProgram::run(ThreadNumber thread) {
  const Operation now = operation(thread);
  std::uint32_t& pc = state_[at(thread, kPc)];
  std::uint32_t& value = state_[at(thread, kRegister)];
  switch (now.op) {
    case Op::Lock:
    case Op::TimedLock:
      return acquire(thread, now.a, true);
    case Op::TryLock:
      return acquire(thread, now.a, false);
    case Op::Unlock:
      report_.footprint.push_back({lock_location(now.a), state_[lock_at(now.a)] == thread + 1 ? AccessKind::Release
                                                         : state_[lock_at(now.a)] == 0 ? AccessKind::Read : AccessKind::ForeignRelease});
      state_[lock_at(now.a)] = 0;
      break;
    case Op::Load:
      report_.footprint.push_back({variable_location(now.a), AccessKind::Read});
      value = state_[variable_at(now.a)];
      break;
    case Op::Store:
      report_.footprint.push_back({variable_location(now.a), AccessKind::Write});
      state_[variable_at(now.a)] = value + now.b;
      break;
    case Op::Set:
      report_.footprint.push_back({variable_location(now.a), AccessKind::Write});
      state_[variable_at(now.a)] = now.b;
      break;
    case Op::Choose:
      break;
    case Op::Jump:
      pc = now.a;
      return;
    case Op::JumpIfZero:
      pc = value == 0 ? now.a : pc + 1;
      return;
    case Op::Print:
      state_[at(thread, kOutput)] = state_[at(thread, kOutput)] * 10 + value + 1;
      break;
    case Op::Io:
      report_.released = true;
      break;
    case Op::Emit:
      report_.events.push_back({now.event, thread, now.a, 0, now.b});
      break;
    case Op::EnterImport:
      state_[at(thread, kImport)] = 1;
      break;
    case Op::LeaveImport:
      state_[at(thread, kImport)] = 0;
      break;
    case Op::Refine:
      if (refinements_ < now.a && origin_ != nullptr) {
        report_.teaches = true;
      } else if (refinements_ < now.a) {
        ++refinements_;
        report_.status = StepStatus::Refined;
      }
      break;
    case Op::Unsupported:
      report_.status = StepStatus::Unsupported;
      report_.error = "toy:1:1: error: this cannot be run\n";
      break;
  }
  ++pc;
}

bool ToyProgram::is_final() {
  for (ThreadNumber thread = 0; thread < threads_.size(); ++thread) {
    if (!has_ended(thread)) return false;
  }
  return true;
}

void ToyProgram::unfinished(std::vector<ThreadNumber>& threads) {
  threads.clear();
  for (ThreadNumber thread = 0; thread < threads_.size(); ++thread) {
    if (!has_ended(thread)) threads.push_back(thread);
  }
}

void ToyProgram::waits(std::vector<Waiting>& waiting) {
  waiting.clear();
  for (ThreadNumber thread = 0; thread < threads_.size(); ++thread) {
    if (has_ended(thread) || state_[at(thread, kParked)] == 0) continue;
    const std::uint32_t owner = state_[lock_at(operation(thread).a)];
    Waiting wait{thread, WaitKind::Lock, operation(thread).op == Op::TimedLock, owner != 0, owner == 0 ? 0 : owner - 1, {}};
    if (recording_) wait.object = fmt::format("lock {}", operation(thread).a);
    waiting.push_back(wait);
  }
}

Outcome ToyProgram::outcome(std::vector<Event>& events) {
  events.clear();
  Outcome outcome;
  for (ThreadNumber thread = 0; thread < threads_.size(); ++thread) {
    const std::uint32_t output = state_[at(thread, kOutput)];
    outcome.threads.push_back({thread, thread_name(thread), has_ended(thread) ? "finished" : "blocked",
                               output == 0 ? std::string() : fmt::format("{}\n", output)});
  }
  for (std::uint32_t variable = 0; variable < variables_; ++variable) {
    outcome.modules.emplace_back(fmt::format("v{}", variable), fmt::format("{}", state_[variable_at(variable)]));
  }
  for (std::uint32_t lock = 0; lock < locks_; ++lock) {
    const std::uint32_t owner = state_[lock_at(lock)];
    if (owner != 0) events.push_back({EventKind::LockLeaked, owner - 1, lock, 0, 0});
  }
  return outcome;
}

std::string ToyProgram::serial_record() {
  std::string record;
  for (ThreadNumber thread = 0; thread < threads_.size(); ++thread) {
    record += fmt::format("T{} printed {}\n", thread, state_[at(thread, kOutput)]);
  }
  return record;
}

std::string ToyProgram::describe_thread(ThreadNumber thread) {
  std::string text = fmt::format("T{}", thread);
  for (std::uint32_t lock = 0; lock < locks_; ++lock) {
    if (state_[lock_at(lock)] == thread + 1) text += fmt::format(" holds lock {}", lock);
  }
  if (!has_ended(thread) && state_[at(thread, kParked)] != 0) text += fmt::format(" waits for lock {}", operation(thread).a);
  return text;
}

ToyProgram ab_ba() {
  return {{{{Op::Lock, 0}, {Op::Lock, 1}, {Op::Unlock, 1}, {Op::Unlock, 0}},
           {{Op::Lock, 1}, {Op::Lock, 0}, {Op::Unlock, 0}, {Op::Unlock, 1}}},
          2,
          0};
}

ToyProgram philosophers(std::uint32_t n) {
  Program threads;
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t left = i;
    const std::uint32_t right = (i + 1) % n;
    threads.push_back({{Op::Lock, left}, {Op::Lock, right}, {Op::Unlock, right}, {Op::Unlock, left}});
  }
  return {std::move(threads), n, 0};
}

ToyProgram diamond() { return {{{{Op::Set, 0, 1}}, {{Op::Set, 1, 1}}}, 0, 2}; }

ToyProgram lost_update(std::uint32_t n) {
  return {Program(n, {{Op::Load, 0}, {Op::Store, 0, 1}}), 0, 1};
}

ToyProgram endless_loop() { return {{{{Op::Set, 0, 1}, {Op::Set, 0, 2}, {Op::Jump, 0}}, {{Op::Set, 1, 1}}}, 0, 2}; }

ToyProgram timed_waiter() { return {{{{Op::Lock, 0}}, {{Op::TimedLock, 0}, {Op::Print}}}, 1, 0}; }

ToyProgram chooser(std::uint32_t n) { return {{{{Op::Choose, n}, {Op::Print}}}, 0, 0}; }

ToyProgram refining(std::uint32_t times) {
  return {{{{Op::Set, 0, 1}, {Op::Refine, times}}, {{Op::Load, 0}, {Op::Print}}}, 0, 1};
}

ToyProgram counters(std::uint32_t n, std::uint32_t k, std::uint32_t padding) {
  Program threads;
  for (std::uint32_t i = 0; i < n; ++i) {
    std::vector<Operation> steps;
    for (std::uint32_t value = 1; value <= k; ++value) steps.push_back({Op::Set, i, value});
    threads.push_back(std::move(steps));
  }
  return {std::move(threads), 0, n, padding};
}

}  // namespace lockweave::testing
