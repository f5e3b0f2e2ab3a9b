#include "model/bytecode/assembler.h"

#include "model/base/check.h"
#include "model/bytecode/peephole.h"

namespace lockweave::bytecode {

Label Assembler::new_label() {
  places_.push_back(-1);
  return Label{static_cast<std::int32_t>(places_.size()) - 1};
}

void Assembler::bind(Label label) {
  places_[static_cast<std::size_t>(label.number)] = static_cast<std::int32_t>(drafts_.size());
  label_at_end_ = true;
}

void Assembler::emit(Opcode opcode, std::int32_t arg, std::uint32_t line, std::uint8_t units) {
  drafts_.push_back(Draft{.opcode = opcode, .arg = arg, .line = line, .units = units});
  label_at_end_ = false;
}

void Assembler::jump(Opcode opcode, Label target, std::uint32_t line, bool relative, std::uint8_t units) {
  drafts_.push_back(Draft{.opcode = opcode, .arg = target.number, .line = line, .jumps = true, .relative = relative, .units = units});
  label_at_end_ = false;
}

bool Assembler::ends_with_return() const { return !label_at_end_ && !drafts_.empty() && drafts_.back().opcode == Opcode::ReturnValue; }

std::vector<Instruction> Assembler::finish(std::uint32_t first_line, std::vector<Constant>& constants) {
  std::uint32_t line = first_line;
  for (Draft& draft : drafts_) {
    if (draft.line == 0) draft.line = line;
    line = draft.line;
    if (!draft.jumps) continue;
    draft.arg = places_[static_cast<std::size_t>(draft.arg)];
    LOCKWEAVE_CHECK(draft.arg >= 0 && static_cast<std::size_t>(draft.arg) < drafts_.size(), "a jump to nowhere");
  }
  return optimize(std::move(drafts_), first_line, constants);
}

}  // namespace lockweave::bytecode
