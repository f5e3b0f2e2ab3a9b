// Instructions of one code object while it is being made: jumps go to labels, and the peephole step of CPython 3.9 is done at the end.
#pragma once

#include <cstdint>
#include <vector>

#include "model/bytecode/code.h"

namespace lockweave::bytecode {

struct Label {
  std::int32_t number = -1;
};

// An instruction that is not yet final.
struct Draft {
  Opcode opcode = Opcode::Nop;
  std::int32_t arg = 0;    // of a jump: first a label, then an index of a draft
  std::uint32_t line = 0;  // 0: no line of its own, goes on with the one before
  bool jumps = false;
  bool relative = false;   // CPython's form of this jump takes a distance, not a place (JUMP_FORWARD, FOR_ITER, SETUP_*)
  std::uint8_t units = 1;  // how many instructions of CPython this one stands for; its peephole step depends on distances
};

class Assembler {
 public:
  Label new_label();
  void bind(Label label);  // the next instruction is the label's place

  void emit(Opcode opcode, std::int32_t arg, std::uint32_t line, std::uint8_t units = 1);
  void jump(Opcode opcode, Label target, std::uint32_t line, bool relative, std::uint8_t units = 1);

  bool ends_with_return() const;
  bool empty() const { return drafts_.empty(); }
  std::uint32_t first_line() const { return drafts_.empty() ? 0 : drafts_.front().line; }

  // Requires: every label that is jumped to is bound. May add constants (tuples folded from constants).
  std::vector<Instruction> finish(std::uint32_t first_line, std::vector<Constant>& constants);

 private:
  std::vector<Draft> drafts_;
  std::vector<std::int32_t> places_;  // by label
  bool label_at_end_ = false;
};

}  // namespace lockweave::bytecode
