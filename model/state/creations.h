// Names of objects by who made them: the thread, the place in the program, and the how manieth it was there. Such a name stays the same along
// an execution and in all executions that agree up to reordering, which the path that finds an object does not. It is part of the state, as is
// what each thread has made (its *history*), so names are given only on demand (System::tell_objects_apart), to locks and to objects from
// places whose objects a footprint has named before; and only to the first few of each thread and place, so that a loop comes back to its states.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include "model/state/object.h"

namespace lockweave::state {

class Creations {
 public:
  static constexpr std::uint32_t kMostNumbered = 4;       // of one thread and place
  static constexpr CreationId kMostNames = 1u << 21;  // what a part's header has room for

  struct Made {
    std::uint32_t history = 0;  // after it
    CreationId name = 0;        // 0: none
  };
  // A thread with that history (0: it has made nothing) makes an object there.
  Made make(std::uint32_t history, std::uint32_t thread, SiteId site);

  // Objects from this place are given names (locks always are).
  bool is_told_apart(SiteId site) const;
  void tell_apart(SiteId site);

  // The name of something that belongs to that base object alone.
  CreationId part_of(ObjectId base);
  // The base object that the name is of; no_object: it is of none.
  ObjectId base_of(CreationId name) const;

 private:
  using Counts = std::vector<std::pair<SiteId, std::uint32_t>>;  // sorted
  struct Maker {
    std::uint32_t thread = 0;
    SiteId site = 0;
    std::uint32_t count = 0;
    ObjectId base = no_object;
    auto operator<=>(const Maker&) const = default;
  };
  CreationId name_of(const Maker& maker);

  mutable std::mutex mutex_;
  std::vector<Counts> histories_{Counts()};
  std::map<Counts, std::uint32_t> history_numbers_{{Counts(), 0}};
  std::vector<Maker> makers_{Maker()};
  std::map<Maker, CreationId> names_;
  std::vector<bool> told_apart_;
};

}  // namespace lockweave::state
