// Programs of the literature whose Mazurkiewicz traces are known in number, as scenarios. They are meant for designs whose threads may switch
// at every opcode, where each read or write of a module's global is one visible operation.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lockweave::testing::counted {

// A scenario's text in parts: what is set up, and what its threads run.
struct CountedProgram {
  std::string setup;                 // Python, at the module's level; may define functions
  std::vector<std::string> threads;  // calls, one a thread

  // The threads created and started in the order given (indices into `threads`; empty: as they are).
  std::string scenario(const std::vector<std::size_t>& order = {}) const;
};

CountedProgram readers(std::uint32_t n);
CountedProgram writers(std::uint32_t n);
CountedProgram lastzero(std::uint32_t n);
CountedProgram indexer(std::uint32_t n);
CountedProgram filesystem(std::uint32_t n);
CountedProgram mutex(std::uint32_t n, std::uint32_t rounds);
CountedProgram two_orders();
CountedProgram philosophers(std::uint32_t n);

}  // namespace lockweave::testing::counted
