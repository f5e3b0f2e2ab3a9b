// Says that memory will soon be read, so that it comes into the cache meanwhile.
#pragma once

namespace lockweave {

[[gnu::always_inline]] inline void prefetch(const void* address) {
#if defined(__x86_64__)
  // g++ 12 takes a function that does nothing but __builtin_prefetch for one that does nothing, and drops the call.
  asm volatile("prefetcht0 %0" : : "m"(*static_cast<const char*>(address)));
#else
  __builtin_prefetch(address);
#endif
}

}  // namespace lockweave
