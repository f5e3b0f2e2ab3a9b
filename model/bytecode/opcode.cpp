#include "model/bytecode/opcode.h"

#include <array>
#include <cstddef>

namespace lockweave::bytecode {

namespace {

constexpr std::array kNames = {
#define OPCODE(name, stack, sentence) std::string_view(#name),
#include "model/bytecode/opcode.def"
#undef OPCODE
};

}  // namespace

std::string_view opcode_name(Opcode opcode) { return kNames[static_cast<std::size_t>(opcode)]; }

}  // namespace lockweave::bytecode
