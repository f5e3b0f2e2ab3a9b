#include "model/bytecode/code.h"

namespace lockweave::bytecode {

// Not in the header: there, Constant is not yet complete.
bool TupleConstant::operator==(const TupleConstant&) const = default;

}  // namespace lockweave::bytecode
