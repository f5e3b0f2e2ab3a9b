#include "model/bytecode/peephole.h"

#include <algorithm>
#include <cstddef>

#include "model/bytecode/constant_folding.h"

namespace lockweave::bytecode {

namespace {

bool is_unconditional(Opcode op) { return op == Opcode::Jump; }

bool is_conditional(Opcode op) {
  return op == Opcode::PopJumpIfFalse || op == Opcode::PopJumpIfTrue || op == Opcode::JumpIfFalseOrPop || op == Opcode::JumpIfTrueOrPop;
}

bool jumps_on_true(Opcode op) { return op == Opcode::PopJumpIfTrue || op == Opcode::JumpIfTrueOrPop; }

// Two bytes, and two more for each further byte of the operand (EXTENDED_ARG).
std::uint32_t units_of_operand(std::uint64_t operand) { return operand <= 0xFF ? 1 : operand <= 0xFFFF ? 2 : operand <= 0xFFFFFF ? 3 : 4; }

class Peephole {
 public:
  Peephole(std::vector<Draft> drafts, std::vector<Constant>& constants) : drafts_(std::move(drafts)), constants_(constants) {}

  std::vector<Instruction> run(std::uint32_t first_line) {
    lay_out();
    if (!line_table_is_complex(first_line)) {
      number_blocks();
      for (std::size_t i = 0; i < drafts_.size();) i = improve(i);
    }
    return compact();
  }

 private:
  std::size_t target(std::size_t i) const { return static_cast<std::size_t>(drafts_[i].arg); }
  Opcode opcode(std::size_t i) const { return i < drafts_.size() ? drafts_[i].opcode : Opcode::Nop; }
  bool in_one_block(std::size_t first, std::size_t last) const { return block_[first] == block_[last]; }

  std::uint64_t operand_of_jump(std::size_t i) const {
    const std::uint32_t base = drafts_[i].relative ? offsets_[i + 1] : 0;
    return std::uint64_t{2} * (offsets_[target(i)] - base);
  }

  std::uint32_t units(std::size_t i, std::uint64_t operand) const {
    return drafts_[i].units == 0 ? 0 : drafts_[i].units - 1 + units_of_operand(operand);
  }

  // Sizes depend on distances and distances on sizes; sizes only grow, so this ends.
  void lay_out() {
    const std::size_t count = drafts_.size();
    sizes_.resize(count);
    offsets_.assign(count + 1, 0);
    for (std::size_t i = 0; i < count; ++i) {
      sizes_[i] = units(i, drafts_[i].jumps ? 0 : static_cast<std::uint32_t>(drafts_[i].arg));
    }
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t i = 0; i < count; ++i) offsets_[i + 1] = offsets_[i] + sizes_[i];
      for (std::size_t i = 0; i < count; ++i) {
        if (!drafts_[i].jumps) continue;
        const std::uint32_t size = units(i, operand_of_jump(i));
        if (size > sizes_[i]) sizes_[i] = size, changed = true;
      }
    }
  }

  // CPython leaves code alone that has more than 255 bytes for one line: its line table then has entries that belong together.
  bool line_table_is_complex(std::uint32_t first_line) const {
    std::uint32_t line = first_line, offset = 0;
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      if (drafts_[i].line == line) continue;
      if (2 * (offsets_[i] - offset) > 255) return true;
      line = drafts_[i].line;
      offset = offsets_[i];
    }
    return false;
  }

  void number_blocks() {
    block_.assign(drafts_.size(), 0);
    for (std::size_t i = 0; i < drafts_.size(); ++i) {
      if (drafts_[i].jumps) block_[target(i)] = 1;
    }
    for (std::size_t i = 1; i < block_.size(); ++i) block_[i] += block_[i - 1];
  }

  // Gives back where to go on.
  std::size_t improve(std::size_t i) {
    const std::uint32_t constants_before = constants_in_a_row_;
    constants_in_a_row_ = 0;
    switch (drafts_[i].opcode) {
      case Opcode::LoadConst: return constant(i, constants_before);
      case Opcode::BuildTuple: return tuple(i, constants_before);
      case Opcode::JumpIfFalseOrPop:
      case Opcode::JumpIfTrueOrPop:
        if (is_conditional(opcode(target(i))) && shorten_test(i)) return i;
        return shorten_jump(i);
      case Opcode::PopJumpIfFalse:
      case Opcode::PopJumpIfTrue:
      case Opcode::Jump: return shorten_jump(i);
      case Opcode::ReturnValue: return drop_unreachable(i);
      default: return i + 1;
    }
  }

  // `while 1` and its like need no test.
  std::size_t constant(std::size_t i, std::uint32_t constants_before) {
    constants_in_a_row_ = constants_before + 1;
    if (opcode(i + 1) == Opcode::PopJumpIfFalse && in_one_block(i, i + 1) && is_true(constant_of(i))) {
      clear(i, i + 2);
      constants_in_a_row_ = 0;
    }
    return i + 1;
  }

  // (1, 2) is a constant; `a, b = b, a` needs no tuple.
  std::size_t tuple(std::size_t i, std::uint32_t constants_before) {
    const auto count = static_cast<std::uint32_t>(drafts_[i].arg);
    if (count > 0 && constants_before >= count) {
      const std::size_t first = first_of_constants(i, count);
      if (in_one_block(first, i)) {
        fold_tuple(first, i);
        return i + 1;
      }
    }
    if (opcode(i + 1) != Opcode::UnpackSequence || !in_one_block(i, i + 1) || drafts_[i + 1].arg != drafts_[i].arg) return i + 1;
    if (count > 3) return i + 1;
    clear(i, i + 2);
    if (count == 2) drafts_[i].opcode = Opcode::RotTwo;
    if (count == 3) drafts_[i].opcode = Opcode::RotThree, drafts_[i + 1].opcode = Opcode::RotTwo;
    return i + 2;
  }

  std::size_t first_of_constants(std::size_t end, std::uint32_t count) const {
    std::size_t i = end;
    while (count > 0) {
      if (drafts_[--i].opcode != Opcode::Nop) --count;
    }
    return i;
  }

  void fold_tuple(std::size_t first, std::size_t last) {
    TupleConstant items;
    for (std::size_t i = first; i < last; ++i) {
      if (drafts_[i].opcode == Opcode::LoadConst) items.items.push_back(constant_of(i));
    }
    clear(first, last);
    constants_.push_back(Constant{std::move(items)});
    drafts_[last].opcode = Opcode::LoadConst;
    drafts_[last].arg = static_cast<std::int32_t>(constants_.size()) - 1;
  }

  // `a and b or c`: the result of the first test decides a second one, so the first jumps on at once.
  bool shorten_test(std::size_t i) {
    const std::size_t next = target(i);
    if (jumps_on_true(opcode(next)) == jumps_on_true(opcode(i))) return retarget(i, opcode(next), target(next));
    return retarget(i, jumps_on_true(opcode(i)) ? Opcode::PopJumpIfTrue : Opcode::PopJumpIfFalse, next + 1);
  }

  std::size_t shorten_jump(std::size_t i) {
    const std::size_t next = target(i);
    if (is_unconditional(opcode(i)) && opcode(next) == Opcode::ReturnValue) {
      drafts_[i].opcode = Opcode::ReturnValue;
      drafts_[i].arg = 0;
      drafts_[i].jumps = drafts_[i].relative = false;
    } else if (is_unconditional(opcode(next))) {
      retarget(i, opcode(i), target(next));
    }
    return i + 1;
  }

  // Only if the new operand has room where the old one was.
  bool retarget(std::size_t i, Opcode op, std::size_t to) {
    if (units_of_operand(std::uint64_t{2} * offsets_[to]) > sizes_[i]) return false;
    drafts_[i].opcode = op;
    drafts_[i].arg = static_cast<std::int32_t>(to);
    drafts_[i].relative = false;
    return true;
  }

  // CPython leaves SETUP_FINALLY and RERAISE where they are, and what follows them: its tracing looks for them.
  std::size_t drop_unreachable(std::size_t i) {
    std::size_t end = i + 1;
    while (end < drafts_.size() && in_one_block(i, end) && opcode(end) != Opcode::SetupFinally && opcode(end) != Opcode::Reraise) {
      ++end;
    }
    clear(i + 1, end);
    return end;
  }

  const Constant& constant_of(std::size_t i) const { return constants_[static_cast<std::size_t>(drafts_[i].arg)]; }

  void clear(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      drafts_[i].opcode = Opcode::Nop;
      drafts_[i].arg = 0;
      drafts_[i].jumps = drafts_[i].relative = false;
    }
  }

  std::vector<Instruction> compact() const {
    std::vector<std::int32_t> places(drafts_.size() + 1, 0);
    for (std::size_t i = 0; i < drafts_.size(); ++i) places[i + 1] = places[i] + (drafts_[i].opcode == Opcode::Nop ? 0 : 1);
    std::vector<Instruction> result;
    result.reserve(static_cast<std::size_t>(places.back()));
    for (const Draft& draft : drafts_) {
      if (draft.opcode == Opcode::Nop) continue;
      result.push_back({draft.opcode, draft.jumps ? places[static_cast<std::size_t>(draft.arg)] : draft.arg, draft.line});
    }
    return result;
  }

  std::vector<Draft> drafts_;
  std::vector<Constant>& constants_;
  std::vector<std::uint32_t> sizes_;    // in units of two bytes, by draft
  std::vector<std::uint32_t> offsets_;  // the same, before the draft
  std::vector<std::uint32_t> block_;    // number of the basic block, by draft
  std::uint32_t constants_in_a_row_ = 0;
};

}  // namespace

std::vector<Instruction> optimize(std::vector<Draft> drafts, std::uint32_t first_line, std::vector<Constant>& constants) {
  return Peephole(std::move(drafts), constants).run(first_line);
}

}  // namespace lockweave::bytecode
