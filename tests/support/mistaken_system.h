// A System that lies to the checker in one way: what a broken reduction would make of it. The suite of random programs must notice each lie.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "model/system.h"

namespace lockweave::testing {

struct Mistake {
  std::string_view name;
  // Changes what a step reports. May be null.
  void (*report)(StepReport&) = nullptr;
  // Takes away choices that are there. May be null.
  void (*choices)(std::vector<Choice>&) = nullptr;
  unsigned hash_bits = 0;      // states whose fingerprints agree in so many bits are taken for one; 0: none are
  unsigned merge_one_in = 0;   // one step in so many goes on into the thread's next; 0: none does
  int unseen_word = -1;        // states that differ in this word only are taken for one; -1: none are
  bool forgets_less = false;   // a step is looked up by its choice and half of the state it was run in
  bool overlooks_who_is_who = false;  // threads are taken for like threads though the program tells them apart
  bool forgets_changes = false;       // which like threads have changed places is not said
  bool forgets_places = false;        // a thread stands nowhere twice
  bool in_forks_only = false;  // only cursors for other cores make the mistake; explored on two cores
};

// For strategies that look at footprints, and for those that look at states.
std::span<const Mistake> mistakes_of_dependence();
std::span<const Mistake> mistakes_of_states();
// For a search with persistent sets.
std::span<const Mistake> mistakes_of_places();
// For a search that puts like threads in order.
std::span<const Mistake> mistakes_of_symmetry();

// The system must outlive it.
std::unique_ptr<System> mistaken(System& system, const Mistake& mistake);

}  // namespace lockweave::testing
