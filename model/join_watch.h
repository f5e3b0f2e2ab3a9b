// Does main join like threads as if it waited for all of them at once? Only then is it all the same which of them stands where
// (state/symmetry.h): from the first of them that it joins until the last, main must do nothing but join, and nobody may wait for it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "model/state/sharing.h"
#include "model/state/symmetry.h"
#include "model/step.h"

namespace lockweave {

class JoinWatch {
 public:
  JoinWatch(state::Symmetry& symmetry, const state::CanonicalTables& tables, const state::Sharing& sharing) : symmetry_(&symmetry), tables_(&tables), sharing_(&sharing) {}

  enum class Answer : std::uint8_t {
    Fine,
    LookAhead,  // main stands between two joins: what it does next decides, so run it on and ask again
    Broken,
  };
  // After a step of main from `before` to `after`. `goes_on`: asked again after LookAhead.
  Answer look(std::span<const std::uint32_t> before, const StepReport& report, std::span<const std::uint32_t> after, bool goes_on);

 private:
  struct Thread {
    ThreadNumber number = 0;
    std::uint64_t likeness = 0;  // 0: no other thread is like it
    bool is_open = false;    // begun, not joined
    bool was_joined = false;
  };
  void find_threads(std::span<const std::uint32_t> words);
  bool is_open(std::uint64_t likeness) const;
  bool any_open() const;
  void note_joined(const Thread& thread);
  bool does_nothing_else(std::span<const std::uint32_t> before, const StepReport& report, std::span<const std::uint32_t> after);
  bool changes_only_main(std::uint32_t globals_before, std::uint32_t globals_after);
  bool is_waited_for(std::span<const std::uint32_t> words);

  state::Symmetry* symmetry_;
  const state::CanonicalTables* tables_;
  const state::Sharing* sharing_;
  std::vector<Thread> threads_;
  std::vector<std::uint64_t> joined_;  // likenesses of which main has joined some thread, or waits for it
  std::vector<std::uint32_t> list_before_;
  std::vector<std::uint32_t> list_after_;
};

}  // namespace lockweave
