// '...' % values, '...'.format(...), format(value, spec).
#pragma once

#include "model/builtins/operators.h"

namespace lockweave::builtins {

Result percent_format(Context& context, Value text, Value values);
// arguments[0] is the template.
Result brace_format(Context& context, const Arguments& arguments);
// template.format_map(mapping)
Result brace_format_map(Context& context, Value text, Value mapping);

}  // namespace lockweave::builtins
