#include "model/vm/switch_points.h"

#include <algorithm>

namespace lockweave::vm {
namespace {

using bytecode::Opcode;

bool is_conditional_jump(Opcode op) {
  return op == Opcode::PopJumpIfFalse || op == Opcode::PopJumpIfTrue || op == Opcode::JumpIfFalseOrPop || op == Opcode::JumpIfTrueOrPop;
}

bool is_call(Opcode op) {
  return op == Opcode::CallFunction || op == Opcode::CallMethod || op == Opcode::CallFunctionKw || op == Opcode::CallFunctionEx;
}

// Instructions that end in FAST_DISPATCH: 3.7, Python/ceval.c; 3.9 adds four.
bool is_unchecked_to_39(Opcode op, SwitchPoints points) {
  switch (op) {
    case Opcode::Nop: case Opcode::LoadFast: case Opcode::LoadConst: case Opcode::StoreFast: case Opcode::PopTop:
    case Opcode::RotTwo: case Opcode::RotThree: case Opcode::DupTop: case Opcode::DupTopTwo:
      return true;
    case Opcode::IsOp: case Opcode::ContainsOp: case Opcode::RotFour: case Opcode::LoadAssertionError:
      return points == SwitchPoints::V39;
    // One instruction of CPython's is two of ours here: BEFORE_WITH and SETUP_WITH.
    case Opcode::BeforeWith:
      return true;
    default:
      return false;
  }
}

// The instruction of the loop that looks at the request skips it right before these, so that a `with` or a `try` that
// follows an acquire cannot be missed (3.7, Python/ceval.c, "if (opcode == SETUP_FINALLY ...").
bool is_protected_to_310(Opcode op) {
  return op == Opcode::SetupFinally || op == Opcode::BeforeWith || op == Opcode::SetupWith || op == Opcode::BeforeAsyncWith || op == Opcode::YieldFrom;
}

// Texts that stand for C which no other thread comes into the middle of, also without a GIL: calls of the operating system, what has a lock of its own, the
// machine's own affairs. And what holds the lock of the one dictionary, set or deque that it works on, except while it calls Python code.
constexpr std::string_view indivisible[] = {"capi", "_capi_objects", "_files", "posix", "_io", "io", "marshal", "time", "lockweave", "atexit", "gc", "_threads", "_queue", "_weakproxy",
                                            "_abc", "_bytearray", "_library_folder", "_items"};

bool is_indivisible(const bytecode::Code& code) {
  const std::string_view file = code.file ? code.file->name() : std::string_view();
  constexpr std::string_view folder = "model/library/native/";
  if (!file.starts_with(folder)) return false;
  const std::string_view name = file.substr(folder.size(), file.size() - folder.size() - std::string_view(".py").size());
  return std::ranges::find(indivisible, name) != std::end(indivisible) || (name == "_collections" && code.qualname.starts_with("deque."));
}

SwitchRule rule_to_39(const bytecode::Instruction& instruction, std::size_t index, SwitchPoints points) {
  if (instruction.opcode == Opcode::Jump) return instruction.arg <= static_cast<std::int32_t>(index) ? SwitchRule::After : SwitchRule::Never;
  if (is_conditional_jump(instruction.opcode)) return SwitchRule::AfterNonBool;
  return is_unchecked_to_39(instruction.opcode, points) ? SwitchRule::Never : SwitchRule::After;
}

// 3.12 puts handlers at the end of the function's code and jumps back from there with JUMP_BACKWARD, which looks at the request (3.12, Python/flowgraph.c,
// push_cold_blocks_to_end). 3.11 jumps forward, 3.13 has JUMP_BACKWARD_NO_INTERRUPT there. Where what follows is a short way to a `return` it is copied
// instead (inline_small_exit_blocks).
bool jumps_back_from_handler(const std::vector<bytecode::Instruction>& code, std::size_t index) {
  constexpr std::size_t most_copied = 4;
  const auto is = [&](std::size_t before, Opcode op) { return index >= before && code[index - before].opcode == op; };
  const bool forgets_name = is(4, Opcode::PopExcept) && is(3, Opcode::LoadConst) &&
                            (is(1, Opcode::DeleteFast) || is(1, Opcode::DeleteName) || is(1, Opcode::DeleteGlobal) || is(1, Opcode::DeleteDeref));
  const bool ends_except = is(0, Opcode::Jump) && (is(1, Opcode::PopExcept) || forgets_name);
  const bool ends_with = is(0, Opcode::PopTop) && is(1, Opcode::PopExcept);
  if (!ends_except && !ends_with) return false;
  const std::size_t target = ends_with ? index + 1 : static_cast<std::size_t>(code[index].arg);
  for (std::size_t i = target; i < code.size() && i < target + most_copied; ++i) {
    if (code[i].opcode == Opcode::ReturnValue) return false;
    if (code[i].opcode == Opcode::Jump || is_conditional_jump(code[i].opcode)) break;
  }
  return true;
}

SwitchRule rule_from_310(const bytecode::Instruction& instruction, SwitchPoints points) {
  const Opcode op = instruction.opcode;
  if (is_call(op)) return points == SwitchPoints::V310 ? SwitchRule::After : SwitchRule::AfterCCall;
  // `except T as n` and `with` bring calls of C code of their own only through CALL; the rest has no check.
  if (op == Opcode::Jump || op == Opcode::PopJumpIfFalse || op == Opcode::PopJumpIfTrue) return SwitchRule::AfterBackward;
  return SwitchRule::Never;
}

}  // namespace

bool is_divisible(const bytecode::Code& code, SwitchPoints points) {
  return !code.flags.native || (points == SwitchPoints::FreeThreaded && !is_indivisible(code));
}

std::vector<InstructionSwitch> switch_rules(const bytecode::Code& code, SwitchPoints points) {
  std::vector<InstructionSwitch> rules(code.instructions.size());
  if (points == SwitchPoints::BlockingOnly || !is_divisible(code, points)) return rules;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    const bytecode::Instruction& instruction = code.instructions[i];
    if (points == SwitchPoints::EveryOpcode || points == SwitchPoints::FreeThreaded) {
      rules[i].rule = SwitchRule::After;
    } else if (points <= SwitchPoints::V39) {
      rules[i] = {rule_to_39(instruction, i, points), is_protected_to_310(instruction.opcode)};
    } else {
      rules[i] = {rule_from_310(instruction, points), points == SwitchPoints::V310 && is_protected_to_310(instruction.opcode)};
      if (points == SwitchPoints::V312 && jumps_back_from_handler(code.instructions, i)) rules[i].rule = SwitchRule::After;
    }
  }
  return rules;
}

FrameSwitches frame_switches(SwitchPoints points) {
  switch (points) {
    case SwitchPoints::BlockingOnly: return {};
    case SwitchPoints::EveryOpcode: case SwitchPoints::FreeThreaded: return {true, true, true, true};
    case SwitchPoints::V36: case SwitchPoints::V37: case SwitchPoints::V38: case SwitchPoints::V39: case SwitchPoints::V310:
      return {true, true, true, true};
    case SwitchPoints::V311: return {true, false, true, true};
    case SwitchPoints::V312: case SwitchPoints::V313: return {true, false, true, false};
  }
  return {};
}

}  // namespace lockweave::vm
