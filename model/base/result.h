// A value, or the diagnostic that says why there is none. The only way bad input is reported.
//
//     auto tree = parse(source);
//     if (!tree) return fail(tree);
#pragma once

#include "model/base/diagnostic.h"

#include <tl/expected.hpp>

#include <utility>

namespace lockweave {

template <typename T>
using Result = tl::expected<T, Diagnostic>;

using Failure = tl::unexpected<Diagnostic>;

// To return a diagnostic from a function with any Result type.
inline Failure fail(Diagnostic diagnostic) { return Failure(std::move(diagnostic)); }

// To hand on the error of another result.
template <typename T>
Failure fail(const tl::expected<T, Diagnostic>& result) {
  return Failure(result.error());
}

}  // namespace lockweave
