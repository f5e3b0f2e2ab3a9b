// At which instructions the running thread may lose the GIL, by the design's rule.
//
// Measured on the interpreters, and read in ceval.c where a release's source was at hand: docs/switch-points.md.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/bytecode/code.h"
#include "model/design/design.h"

namespace lockweave::vm {

using design::SwitchPoints;

// What an instruction means for switching.
enum class SwitchRule : std::uint8_t {
  Never,         // no switch right after it
  After,         // a switch may follow
  AfterBackward, // ... if it jumped backwards
  AfterNonBool,  // ... unless its operand was exactly True or False (conditional jumps to 3.9)
  AfterCCall,    // ... if what it called is C code or a class (3.11 on)
};

struct InstructionSwitch {
  SwitchRule rule = SwitchRule::Never;
  bool is_protected = false;  // no switch right before it, whatever came first (to 3.10: SETUP_FINALLY, SETUP_WITH ...)
};

// May another thread come in between two instructions? Not in code that stands for C, unless there is no GIL.
bool is_divisible(const bytecode::Code& code, SwitchPoints points);

std::vector<InstructionSwitch> switch_rules(const bytecode::Code& code, SwitchPoints points);

struct FrameSwitches {
  bool at_entry = false;      // when a Python function is entered
  bool at_handler = false;    // when an exception has found its handler
  bool at_resume = false;     // when a generator goes on after a yield
  bool comprehension_entry = false;
};
FrameSwitches frame_switches(SwitchPoints points);

}  // namespace lockweave::vm
