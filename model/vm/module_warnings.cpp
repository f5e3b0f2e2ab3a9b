// _warnings: warnings go to the error output, which is no part of a program's behaviour.
#include "model/vm/modules.h"

namespace lockweave::vm {
namespace {

Result nothing(Context&, const Arguments&) { return builtins::done_none(); }

constexpr BuiltinEntry entries[] = {{"warn", nothing}, {"warn_explicit", nothing}, {"_filters_mutated", nothing}};

}  // namespace

std::span<const BuiltinEntry> warnings_functions() { return entries; }

}  // namespace lockweave::vm
