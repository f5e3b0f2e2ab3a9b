#include "model/bytecode/stack_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace lockweave::bytecode {

namespace {

struct OpenBlock {
  enum class Kind : std::uint8_t { Protected, Handler } kind = Kind::Protected;
  std::int32_t height = 0;  // of the stack below what belongs to the block
  bool operator==(const OpenBlock&) const = default;
};

struct Situation {
  std::int32_t height = 0;
  std::vector<OpenBlock> blocks;
  bool operator==(const Situation&) const = default;
};

struct Effect {
  std::int32_t pops = 0;
  std::int32_t pushes = 0;
};

int bits(std::int32_t arg, int mask) { return __builtin_popcount(static_cast<unsigned>(arg & mask)); }

// On the way that does not jump.
Effect effect_of(const Instruction& instruction) {
  const std::int32_t n = instruction.arg;
  switch (instruction.opcode) {
    case Opcode::Nop:
    case Opcode::DeleteFast:
    case Opcode::DeleteName:
    case Opcode::DeleteGlobal:
    case Opcode::DeleteDeref:
    case Opcode::Jump:
    case Opcode::SetupFinally:
    case Opcode::PopBlock: return {0, 0};
    case Opcode::PopTop:
    case Opcode::StoreFast:
    case Opcode::StoreName:
    case Opcode::StoreGlobal:
    case Opcode::StoreDeref:
    case Opcode::DeleteAttr:
    case Opcode::PopJumpIfFalse:
    case Opcode::PopJumpIfTrue:
    case Opcode::JumpIfFalseOrPop:
    case Opcode::JumpIfTrueOrPop:
    case Opcode::ReturnValue:
    case Opcode::PopExcept:
    case Opcode::Reraise:
    case Opcode::ImportStar: return {1, 0};
    case Opcode::StoreAttr:
    case Opcode::DeleteSubscr:
    case Opcode::JumpIfNotExcMatch: return {2, 0};
    case Opcode::StoreSubscr:
    case Opcode::EndAsyncFor: return {3, 0};
    case Opcode::LoadConst:
    case Opcode::LoadFast:
    case Opcode::LoadName:
    case Opcode::LoadGlobal:
    case Opcode::LoadClosure:
    case Opcode::LoadDeref:
    case Opcode::LoadClassDeref:
    case Opcode::LoadBuildClass:
    case Opcode::LoadAssertionError: return {0, 1};
    case Opcode::LoadAttr:
    case Opcode::UnaryNot:
    case Opcode::UnaryNegative:
    case Opcode::UnaryPositive:
    case Opcode::UnaryInvert:
    case Opcode::ListToTuple:
    case Opcode::GetIter:
    case Opcode::YieldValue:
    case Opcode::GetYieldFromIter:
    case Opcode::GetAwaitable:
    case Opcode::GetAiter:
    case Opcode::SetupWith: return {1, 1};
    case Opcode::BinarySubscr:
    case Opcode::BinaryOp:
    case Opcode::InplaceOp:
    case Opcode::CompareOp:
    case Opcode::IsOp:
    case Opcode::ContainsOp:
    case Opcode::YieldFrom:
    case Opcode::ImportName: return {2, 1};
    case Opcode::RotTwo: return {2, 2};
    case Opcode::RotThree: return {3, 3};
    case Opcode::RotFour: return {4, 4};
    case Opcode::DupTop:
    case Opcode::LoadMethod:
    case Opcode::ForIter:
    case Opcode::GetAnext:
    case Opcode::BeforeWith:
    case Opcode::BeforeAsyncWith:
    case Opcode::ImportFrom: return {1, 2};
    case Opcode::DupTopTwo: return {2, 4};
    case Opcode::BuildTuple:
    case Opcode::BuildList:
    case Opcode::BuildSet:
    case Opcode::BuildString:
    case Opcode::BuildSlice: return {n, 1};
    case Opcode::BuildMap: return {2 * n, 1};
    case Opcode::FormatValue: return {1 + bits(n, 4), 1};
    case Opcode::ListAppend:
    case Opcode::SetAdd:
    case Opcode::ListExtend:
    case Opcode::SetUpdate:
    case Opcode::DictUpdate:
    case Opcode::DictMerge: return {n + 1, n};
    case Opcode::MapAdd: return {n + 2, n};
    case Opcode::UnpackSequence: return {1, n};
    case Opcode::UnpackEx: return {1, (n & 0xFF) + (n >> 8) + 1};
    case Opcode::CallFunction: return {n + 1, 1};
    case Opcode::CallMethod:
    case Opcode::CallFunctionKw: return {n + 2, 1};
    case Opcode::CallFunctionEx: return {2 + bits(n, 1), 1};
    case Opcode::MakeFunction: return {2 + bits(n, 1 | 2 | 4 | 8), 1};
    case Opcode::RaiseVarargs: return {n, 0};
    case Opcode::WithExceptStart: return {3, 4};
  }
  return {0, 0};
}

bool jumps(Opcode opcode) {
  switch (opcode) {
    case Opcode::Jump:
    case Opcode::PopJumpIfFalse:
    case Opcode::PopJumpIfTrue:
    case Opcode::JumpIfFalseOrPop:
    case Opcode::JumpIfTrueOrPop:
    case Opcode::JumpIfNotExcMatch:
    case Opcode::ForIter:
    case Opcode::SetupFinally:
    case Opcode::SetupWith: return true;
    default: return false;
  }
}

bool ends_path(Opcode opcode) {
  return opcode == Opcode::Jump || opcode == Opcode::ReturnValue || opcode == Opcode::Reraise || opcode == Opcode::RaiseVarargs;
}

// How many things an operand of this instruction can number; -1 if it numbers nothing.
std::int64_t operand_limit(const Code& code, Opcode opcode) {
  switch (opcode) {
    case Opcode::LoadConst: return std::ssize(code.constants);
    case Opcode::LoadFast:
    case Opcode::StoreFast:
    case Opcode::DeleteFast: return std::ssize(code.local_names);
    case Opcode::LoadName:
    case Opcode::StoreName:
    case Opcode::DeleteName:
    case Opcode::LoadGlobal:
    case Opcode::StoreGlobal:
    case Opcode::DeleteGlobal:
    case Opcode::LoadAttr:
    case Opcode::StoreAttr:
    case Opcode::DeleteAttr:
    case Opcode::LoadMethod:
    case Opcode::ImportName:
    case Opcode::ImportFrom: return std::ssize(code.names);
    case Opcode::LoadClosure:
    case Opcode::LoadDeref:
    case Opcode::LoadClassDeref:
    case Opcode::StoreDeref:
    case Opcode::DeleteDeref: return std::ssize(code.cell_names) + std::ssize(code.free_names);
    default: return jumps(opcode) ? std::ssize(code.instructions) : -1;
  }
}

class PathWalker {
 public:
  explicit PathWalker(const Code& code) : code_(code), seen_(code.instructions.size()) {}

  FlowSummary run() {
    arrive(0, Situation{});
    while (!pending_.empty() && !summary_.error) {
      const std::size_t at = pending_.back();
      pending_.pop_back();
      step(at, *seen_[at]);
    }
    return std::move(summary_);
  }

 private:
  void complain(std::size_t at, std::string_view words) {
    if (!summary_.error) summary_.error = fmt::format("{} at {}: {}", code_.qualname, at, words);
  }

  void arrive(std::size_t at, Situation situation) {
    if (at >= seen_.size()) return complain(at, "runs off the end");
    summary_.max_stack = std::max(summary_.max_stack, static_cast<std::uint32_t>(situation.height));
    summary_.max_blocks = std::max(summary_.max_blocks, static_cast<std::uint32_t>(situation.blocks.size()));
    if (!seen_[at]) {
      seen_[at] = std::move(situation);
      pending_.push_back(at);
    } else if (*seen_[at] != situation) {
      complain(at, fmt::format("paths join with stack {} and {}, blocks {} and {}", seen_[at]->height, situation.height,
                               seen_[at]->blocks.size(), situation.blocks.size()));
    }
  }

  void step(std::size_t at, Situation now) {
    const Instruction& instruction = code_.instructions[at];
    const std::int64_t limit = operand_limit(code_, instruction.opcode);
    if (limit >= 0 && (instruction.arg < 0 || instruction.arg >= limit)) return complain(at, "operand out of range");
    const Effect effect = effect_of(instruction);
    const std::int32_t floor = now.blocks.empty() ? 0 : now.blocks.back().height;
    // What a block protects may use what lies below it (the iterator of a loop around), but never run the stack empty.
    if (now.height < effect.pops) return complain(at, "takes more than is on the stack");
    if (jumps(instruction.opcode)) arrive(static_cast<std::size_t>(instruction.arg), after_jump(instruction, now, effect));
    if (!leave_block(at, instruction.opcode, now, floor)) return;
    if (ends_path(instruction.opcode)) return;
    now.height += effect.pushes - effect.pops;
    if (instruction.opcode == Opcode::SetupFinally) now.blocks.push_back({OpenBlock::Kind::Protected, now.height});
    if (instruction.opcode == Opcode::SetupWith) now.blocks.push_back({OpenBlock::Kind::Protected, now.height - 1});
    arrive(at + 1, std::move(now));
  }

  // The handler of a block starts with the exception handled before, and the one to handle.
  static Situation handler_of(Situation now, std::int32_t height) {
    now.blocks.push_back({OpenBlock::Kind::Handler, height});
    now.height = height + 2;
    return now;
  }

  static Situation after_jump(const Instruction& instruction, Situation now, Effect effect) {
    switch (instruction.opcode) {
      case Opcode::SetupFinally: return handler_of(std::move(now), now.height);
      case Opcode::SetupWith: return handler_of(std::move(now), now.height - 1);
      case Opcode::JumpIfFalseOrPop:
      case Opcode::JumpIfTrueOrPop: return now;
      case Opcode::ForIter: --now.height; return now;
      default: now.height += effect.pushes - effect.pops; return now;
    }
  }

  bool leave_block(std::size_t at, Opcode opcode, Situation& now, std::int32_t floor) {
    const bool ends_handler = opcode == Opcode::PopExcept || opcode == Opcode::EndAsyncFor;
    const bool in_handler = !now.blocks.empty() && now.blocks.back().kind == OpenBlock::Kind::Handler;
    if (opcode == Opcode::Reraise && !in_handler) return complain(at, "raises again outside of a handler"), false;
    if (!ends_handler && opcode != Opcode::PopBlock) return true;
    if (now.blocks.empty() || in_handler != ends_handler) return complain(at, "ends a block that is not the innermost"), false;
    if (opcode == Opcode::PopExcept && now.height - 1 < floor) return complain(at, "the stack is below the handler's"), false;
    if (opcode == Opcode::EndAsyncFor && now.height - 2 != floor) return complain(at, "the stack is not as the handler began"), false;
    if (opcode == Opcode::PopBlock && now.height < floor) return complain(at, "the stack is below the block's"), false;
    now.blocks.pop_back();
    return true;
  }

  const Code& code_;
  std::vector<std::optional<Situation>> seen_;
  std::vector<std::size_t> pending_;
  FlowSummary summary_;
};

}  // namespace

FlowSummary follow_paths(const Code& code) { return PathWalker(code).run(); }

std::optional<std::string> verify_stack(const Code& code) {
  const FlowSummary summary = follow_paths(code);
  if (summary.error) return summary.error;
  if (summary.max_blocks != code.max_blocks) {
    return fmt::format("{}: max_blocks is {}, not {}", code.qualname, code.max_blocks, summary.max_blocks);
  }
  for (const Constant& constant : code.constants) {
    const auto* inner = std::get_if<std::shared_ptr<const Code>>(&constant.value);
    if (inner == nullptr) continue;
    if (auto error = verify_stack(**inner)) return error;
  }
  return std::nullopt;
}

}  // namespace lockweave::bytecode
