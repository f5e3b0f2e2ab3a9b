// C code of extension modules under the machine's own GIL. With the GIL it runs from end to end, as far as it does not wait: no switch point is in it. Without,
// others come in between any two of its accesses, and it in between any two of theirs, whatever they do with the GIL.
#include <algorithm>

#include "model/vm/vm.h"

namespace lockweave::vm {

using builtins::done_none;

bool Vm::is_anybody_else_outside() {
  return std::ranges::any_of(threads(), [&](ObjectId id) { return id != thread_ && is_outside(heap.at(id)); });
}

// The step ends before the next access: what others do with the variables that it is about is not ordered by the GIL any more.
Result Vm::leave_gil() {
  if (has_own_gil()) {
    set_interpreter_word(interpreter_word() | let_go_bit);
    became_visible();
    return done_none();
  }
  set_private(thread_, slot::thread::gil_check, Value::small_int(static_cast<int>(GilCheck::Outside)));
  runs_outside_ = true;
  became_visible();
  report_.released = true;
  return done_none();
}

Result Vm::take_gil() {
  if (const std::uint32_t word = interpreter_word(); (word & let_go_bit) != 0) {
    set_interpreter_word(word & ~let_go_bit);
    return done_none();
  }
  const bool is_stopped = thread().slots[slot::thread::end].is_string();  // process.cpp: nobody but the main thread gets the GIL any more
  set_status(thread_, is_stopped ? ThreadStatus::Stopped : ThreadStatus::Gil);
  return {ResultKind::Wait, {}};
}

bool Vm::is_python_run_outside() {
  if (code_->is_c || code_->code->flags.native || observing_ || has_own_gil()) return false;
  (void)fatal_error("Python code runs without the GIL: C code has returned to it between PyEval_SaveThread and PyEval_RestoreThread");
  return true;
}

}  // namespace lockweave::vm
