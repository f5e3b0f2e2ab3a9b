// A trace in lanes: one column a thread, time goes down.
//
//      MainThread             Thread-1 (load_a)
//      ──────────             ─────────────────
//    1 main.py:12
//      t1.start()
//        start Thread-1
//      ⇢ waits
//    2                        a.py:1
//                             import b
//                               write sys.modules['b']
//                             ⇢ preempted
//
// Only one thread runs at a time, so a line may go on over the lanes to its right: lanes can be narrow. Where there are
// too many of them even so, each step names its thread.
#pragma once

#include <cstdint>
#include <string>

#include "checker/trace/trace.h"

namespace lockweave::report {

// Lines that end in "\n". `loop_begin`: if not 0, the steps after this many repeat for ever, and a mark says so.
std::string lanes(const trace::Trace& trace, std::size_t width, std::uint64_t loop_begin = 0);

}  // namespace lockweave::report
