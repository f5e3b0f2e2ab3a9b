// Keys of the program's own classes in dictionaries and sets: whether one equals another key, only their methods can say.
#include "model/builtins/table_key.h"
#include "model/vm/vm.h"

namespace lockweave::vm {

void Vm::note_key(ObjectId table, Value key) {
  if (concurrent_ && heap.at(table).escaped && builtins::table_key(*this, key).status == builtins::KeyStatus::NeedsPython) sharing_->note_compared_key();
}

// What is not found under a plain key could be found once another thread has put such a key there.
bool Vm::is_compared_with_all(ObjectId table, Value key) {
  if (!sharing_->are_keys_compared() || key.is(Tag::Unset)) return false;
  const ObjectKind kind = heap.at(table).kind;
  return (kind == ObjectKind::Dict || kind == ObjectKind::Set) && heap.find_key(table, key) == Heap::absent;
}

}  // namespace lockweave::vm
