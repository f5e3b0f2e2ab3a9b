// The reductions of the stored search that can be turned off (docs/reductions.md): what `--without` names.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lockweave::explore {

enum class Reduction : std::uint8_t {
  Movers,           // what a lock protects is no visible operation, and a release goes with the operation before it
  RememberedSteps,  // a step that was run before in the same surroundings is looked up
  SleepSets,        // a choice is not run where what begins with it is explored elsewhere
  PersistentSets,   // the choices of one thread only are run where nothing that the others can do before it goes on depends on them
  Symmetry,         // states that differ only in which of several like threads is where are one
};

inline constexpr std::array all_reductions{Reduction::Movers, Reduction::RememberedSteps, Reduction::SleepSets, Reduction::PersistentSets, Reduction::Symmetry};

constexpr std::string_view to_word(Reduction reduction) {
  switch (reduction) {
    case Reduction::Movers: return "movers";
    case Reduction::RememberedSteps: return "remembered-steps";
    case Reduction::SleepSets: return "sleep-sets";
    case Reduction::PersistentSets: return "persistent-sets";
    case Reduction::Symmetry: return "symmetry";
  }
  return "";
}

constexpr std::optional<Reduction> reduction_from_word(std::string_view word) {
  for (const Reduction reduction : all_reductions) {
    if (word == to_word(reduction)) return reduction;
  }
  return std::nullopt;
}

class Reductions {
 public:
  static constexpr Reductions all() {
    Reductions set;
    for (const Reduction reduction : all_reductions) set.add(reduction);
    return set;
  }
  static constexpr Reductions none() { return {}; }

  constexpr bool has(Reduction reduction) const { return (bits_ & bit(reduction)) != 0; }
  constexpr void add(Reduction reduction) { bits_ |= bit(reduction); }
  constexpr void remove(Reduction reduction) { bits_ &= ~bit(reduction); }
  constexpr bool operator==(const Reductions&) const = default;

 private:
  static constexpr std::uint32_t bit(Reduction reduction) { return 1u << static_cast<unsigned>(reduction); }
  std::uint32_t bits_ = 0;
};

// When persistent sets are given up: after so many states, and 4 times and 16 times as many, the choices of one thread must have been enough in one of so many. What is found
// does not depend on it.
struct PersistentSetsTrial {
  std::uint64_t states = 256;
  std::uint64_t one_in = 3;
};

}  // namespace lockweave::explore
