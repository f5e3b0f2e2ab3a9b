// Several interpreters in one process. All that the program may come to have are there before it runs (WorldBuilder), each made by running the same texts
// again: its own builtins, sys, importlib, C side of import. What `_subinterpreters.py` does is to say which of them a thread is in.
#include <fmt/format.h>

#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done;

std::uint32_t Vm::interpreter_of(ObjectId thread) {
  const Value word = heap.at(thread).slots[slot::thread::interpreter];
  return word.is_unset() ? 0 : static_cast<std::uint32_t>(word.as_int()) & (isolated_bit - 1);
}

std::uint32_t Vm::interpreter_word() {
  const Value word = thread().slots[slot::thread::interpreter];
  return word.is_unset() ? 0 : static_cast<std::uint32_t>(word.as_int());
}

void Vm::set_interpreter_word(std::uint32_t word) { set_private(thread_, slot::thread::interpreter, word == 0 ? Value() : Value::small_int(word)); }

void Vm::stand_in(std::uint32_t number) {
  if (number == interpreter_) return;
  static_cast<OfInterpreter&>(fixtures) = interpreters[number];
  interpreter_ = number;
}

void Vm::enter_interpreter(std::uint32_t number, bool is_isolated) {
  tell_apart("threads enter other interpreters");
  set_interpreter_word(number | (is_isolated ? isolated_bit : 0));
  stand_in(number);
}

// 3.8, Modules/posixmodule.c, os_fork_impl; 3.9: only an isolated interpreter refuses.
std::optional<Result> Vm::refuse_fork_here() {
  if (interpreter_ == 0) return std::nullopt;
  if (!version_at_least(3, 8)) return std::nullopt;
  if (!version_at_least(3, 9)) return raise(TypeId::RuntimeError, "fork not supported for subinterpreters");
  if (is_in_isolated()) return raise(TypeId::RuntimeError, "fork not supported for isolated subinterpreters");
  return unsupported("os.fork in another interpreter than main's");
}

// 3.9, Modules/_threadmodule.c, thread_PyThread_start_new_thread; 3.12, Lib/threading.py, Thread.__init__, of daemons.
std::optional<Result> Vm::refuse_thread_here(bool daemon) {
  if (!is_in_isolated() || !version_at_least(3, 9)) return std::nullopt;
  if (!version_at_least(3, 12)) return raise(TypeId::RuntimeError, "thread is not supported for isolated subinterpreters");
  if (daemon) return raise(TypeId::RuntimeError, "daemon threads are disabled in this (sub)interpreter");
  if (!has_own_gil()) return std::nullopt;
  return unsupported("a thread that is started in an interpreter with a GIL of its own, in a program with extension modules");
}

void Vm::begin_interpreter() {
  interpreter_ = static_cast<std::uint32_t>(interpreters.size());
  interpreters.emplace_back();
  modules_of_interpreters.emplace_back();
  static_cast<OfInterpreter&>(fixtures) = {};
}

void Vm::keep_interpreter() { interpreters[interpreter_] = fixtures; }

std::string Vm::in_interpreter(std::string what, std::uint32_t number) {
  if (number > 0) what += fmt::format(" (interpreter {})", number);
  return what;
}

std::optional<std::uint32_t> Vm::interpreter_with_modules(ObjectId dictionary) const {
  for (std::uint32_t number = 0; number < interpreters.size(); ++number) {
    if (interpreters[number].modules == dictionary) return number;
  }
  return std::nullopt;
}

std::uint32_t Vm::interpreter_with_namespace(ObjectId dictionary) {
  for (std::uint32_t number = 1; number < interpreters.size(); ++number) {
    const auto& modules = heap.at(interpreters[number].modules).slots;
    for (std::size_t i = 0; i + 1 < modules.size(); i += 2) {
      if (heap.is_kind(modules[i + 1], ObjectKind::Module) && heap.at(modules[i + 1]).slots[slot::module::dictionary] == Value::object(dictionary)) return number;
    }
  }
  return 0;
}

// What an outer frame is at is another interpreter's business.
bool Vm::is_border(ObjectId frame) { return code_of(heap.at(frame)).role == Role::RunInInterpreter; }

}  // namespace lockweave::vm
