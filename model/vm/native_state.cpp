// Is process-wide native state initialised twice? An extension's file-level variables are there once in the process, however many modules and interpreters share
// them. Its initialisation runs for each of them, and may look what an earlier run has left (`if (ready) return`, a counter). What breaks the property is a run that sets a
// variable which an earlier run has set, and whose value it has not seen since.
//
// `_extensions.py` runs initialisation functions in a frame of `_initialise`, whose first argument says how many its thread has begun. A library's variables hold, under a name
// that no C code can write, which runs know the present value of each variable that a run has set; whoever reads or sets the variable does so in the same step.
#include <algorithm>
#include <vector>

#include "model/scenario/scenario.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

Value Vm::native_run() {
  for (Value link = Value::object(frame_id_); link.is_object(); link = heap.at(link).slots[slot::frame::back]) {
    if (code_of(heap.at(link)).role == Role::InitialiseNative) return Value::small_int(heap.at(link).slots[slot::frame::first_local].as_int() << 32 | number_);
  }
  return {};
}

void Vm::note_native_variable(ObjectId variables, Value name, bool set) {
  const Value table = heap.get_item(variables, names.known_to);
  if (!table.is_object() || observing_ || loading_) return;
  const Value run = native_run();
  if (run.is_unset()) return;
  const Value known = heap.get_item(table.object_id(), name);
  if (known.is_unset() && !set) return;
  tell_apart("an extension's initialisation sets variables of the process");
  std::vector<Value> runs;
  if (known.is_object()) runs = heap.at(known).slots;
  const bool has_seen_it = std::ranges::find(runs, run) != runs.end();
  if (set) {
    if (known.is_object() && !has_seen_it) {
      const std::string& file = code_->code->file->name();
      emit(EventKind::NativeInitialisedTwice, file.substr(0, file.size() - scenario::extension_suffix.size()), text(name));
    }
    runs = {run};
  } else {
    if (has_seen_it) return;
    runs.insert(std::ranges::upper_bound(runs, run, {}, {}), run);
  }
  heap.set_item(table.object_id(), name, tuple(runs));
}

}  // namespace lockweave::vm
