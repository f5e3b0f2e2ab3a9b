#include "model/bytecode/disassembler.h"

#include <fmt/format.h>

#include <array>
#include <string_view>

namespace lockweave::bytecode {

namespace {

constexpr std::array<std::string_view, 13> kBinaryOperators = {"+", "-", "*", "@", "/", "//", "%", "**", "<<", ">>", "&", "|", "^"};
constexpr std::array<std::string_view, 6> kCompareOperators = {"<", "<=", "==", "!=", ">", ">="};

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') result += {'\\', c};
    else if (c == '\n') result += "\\n";
    else if (byte < 0x20 || byte == 0x7F) result += fmt::format("\\u{:04x}", byte);
    else result += c;
  }
  return result + '"';
}

std::string bytes_text(std::string_view bytes) {
  std::string result = "b\"";
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') result += {'\\', c};
    else if (byte < 0x20 || byte >= 0x7F) result += fmt::format("\\x{:02x}", byte);
    else result += c;
  }
  return result + '"';
}

std::string double_text(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
  return text;
}

std::string tuple_text(const TupleConstant& tuple) {
  std::string result = "(";
  for (const Constant& item : tuple.items) {
    if (result.size() > 1) result += ", ";
    result += to_text(item);
  }
  return result + (tuple.items.size() == 1 ? ",)" : ")");
}

const std::string& cell_name(const Code& code, std::size_t index) {
  return index < code.cell_names.size() ? code.cell_names[index] : code.free_names[index - code.cell_names.size()];
}

std::string names_text(std::string_view title, const std::vector<std::string>& names) {
  return names.empty() ? "" : fmt::format("; {} {}", title, fmt::join(names, " "));
}

std::string parameters_text(const Code& code) {
  std::string result;
  std::size_t next = 0;
  const auto add = [&](std::string_view text) { result += result.empty() ? std::string(text) : fmt::format(", {}", text); };
  for (std::uint32_t i = 0; i < code.argument_count; ++i) {
    add(code.local_names[next++]);
    if (i + 1 == code.positional_only_count) add("/");
  }
  const std::size_t star = next + code.keyword_only_count;
  if (code.flags.varargs) add("*" + code.local_names[star]);
  else if (code.keyword_only_count > 0) add("*");
  for (std::uint32_t i = 0; i < code.keyword_only_count; ++i) add(code.local_names[next++]);
  if (code.flags.varkeywords) add("**" + code.local_names[star + (code.flags.varargs ? 1 : 0)]);
  return result;
}

std::string flags_text(const CodeFlags& flags) {
  std::string result;
  if (flags.generator) result += "; generator";
  if (flags.coroutine) result += "; coroutine";
  if (flags.async_generator) result += "; async generator";
  if (flags.comprehension) result += "; comprehension";
  if (flags.class_body) result += "; class body";
  if (flags.native) result += "; native";
  return result;
}

std::string header(const Code& code) {
  return fmt::format("{}({}) at line {}{}{}{}{}{}{}\n", code.qualname, parameters_text(code), code.first_line, flags_text(code.flags),
                     names_text("locals", code.local_names), names_text("cells", code.cell_names), names_text("free", code.free_names),
                     code.max_blocks > 0 ? fmt::format("; blocks {}", code.max_blocks) : "",
                     code.has_docstring ? fmt::format("; doc {}", quoted(code.docstring)) : "");
}

std::string format_text(std::int32_t arg) {
  constexpr std::array<std::string_view, 4> conversions = {"plain", "!s", "!r", "!a"};
  return fmt::format("{}{}", conversions[static_cast<std::size_t>(arg & 3)], (arg & 4) != 0 ? " with spec" : "");
}

}  // namespace

std::string to_text(const Constant& constant) {
  return std::visit(
      [](const auto& v) -> std::string {
        using T = std::decay_t<decltype(v)>;
        if constexpr (std::is_same_v<T, NoneConstant>) return "None";
        else if constexpr (std::is_same_v<T, bool>) return v ? "True" : "False";
        else if constexpr (std::is_same_v<T, EllipsisConstant>) return "Ellipsis";
        else if constexpr (std::is_same_v<T, std::int64_t>) return fmt::format("{}", v);
        else if constexpr (std::is_same_v<T, BigIntConstant>) return v.decimal;
        else if constexpr (std::is_same_v<T, double>) return double_text(v);
        else if constexpr (std::is_same_v<T, std::string>) return quoted(v);
        else if constexpr (std::is_same_v<T, BytesConstant>) return bytes_text(v.bytes);
        else if constexpr (std::is_same_v<T, TupleConstant>) return tuple_text(v);
        else return fmt::format("<code {}>", v->qualname);
      },
      constant.value);
}

std::string operand_text(const Code& code, const Instruction& instruction) {
  const std::int32_t arg = instruction.arg;
  const auto index = static_cast<std::size_t>(arg);
  switch (instruction.opcode) {
    case Opcode::LoadConst: return to_text(code.constants[index]);
    case Opcode::LoadFast:
    case Opcode::StoreFast:
    case Opcode::DeleteFast: return code.local_names[index];
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
    case Opcode::ImportFrom: return code.names[index];
    case Opcode::LoadClosure:
    case Opcode::LoadDeref:
    case Opcode::LoadClassDeref:
    case Opcode::StoreDeref:
    case Opcode::DeleteDeref: return cell_name(code, index);
    case Opcode::BinaryOp: return std::string(kBinaryOperators[index]);
    case Opcode::InplaceOp: return fmt::format("{}=", kBinaryOperators[index]);
    case Opcode::CompareOp: return std::string(kCompareOperators[index]);
    case Opcode::IsOp: return arg == 0 ? "is" : "is not";
    case Opcode::ContainsOp: return arg == 0 ? "in" : "not in";
    case Opcode::FormatValue: return format_text(arg);
    case Opcode::UnpackEx: return fmt::format("{} before, {} after", arg & 0xFF, arg >> 8);
    case Opcode::Jump:
    case Opcode::PopJumpIfFalse:
    case Opcode::PopJumpIfTrue:
    case Opcode::JumpIfFalseOrPop:
    case Opcode::JumpIfTrueOrPop:
    case Opcode::JumpIfNotExcMatch:
    case Opcode::ForIter:
    case Opcode::SetupFinally:
    case Opcode::SetupWith: return fmt::format("to {}", arg);
    case Opcode::BuildTuple:
    case Opcode::BuildList:
    case Opcode::BuildSet:
    case Opcode::BuildMap:
    case Opcode::BuildString:
    case Opcode::BuildSlice:
    case Opcode::ListAppend:
    case Opcode::SetAdd:
    case Opcode::MapAdd:
    case Opcode::ListExtend:
    case Opcode::SetUpdate:
    case Opcode::DictUpdate:
    case Opcode::DictMerge:
    case Opcode::UnpackSequence:
    case Opcode::CallFunction:
    case Opcode::CallMethod:
    case Opcode::CallFunctionKw:
    case Opcode::CallFunctionEx:
    case Opcode::MakeFunction:
    case Opcode::RaiseVarargs: return fmt::format("{}", arg);
    default: return "";
  }
}

std::string disassemble(const Code& code) {
  std::string text = header(code);
  std::uint32_t line = 0;
  for (std::size_t i = 0; i < code.instructions.size(); ++i) {
    const Instruction& instruction = code.instructions[i];
    const std::string shown = instruction.line == line ? "" : fmt::format("{}", instruction.line);
    std::string row = fmt::format("{:>5} {:>4}  {:<18} {}", shown, i, opcode_name(instruction.opcode), operand_text(code, instruction));
    row.erase(row.find_last_not_of(' ') + 1);
    text += row + '\n';
    line = instruction.line;
  }
  for (const Constant& constant : code.constants) {
    if (const auto* inner = std::get_if<std::shared_ptr<const Code>>(&constant.value)) text += '\n' + disassemble(**inner);
  }
  return text;
}

}  // namespace lockweave::bytecode
