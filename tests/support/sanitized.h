// Is this a build with a sanitizer? It needs memory of its own, so that what the process has says nothing about the program.
#pragma once

namespace lockweave::testing {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

}  // namespace lockweave::testing
