#include "model/join_watch.h"

#include <algorithm>

#include "model/builtins/builtin.h"

namespace lockweave {

using state::Tag;
using state::Value;

namespace {

constexpr std::size_t main_section = 2;

std::uint64_t part_key(builtins::Part part) { return Value(Tag::Unset, static_cast<std::uint64_t>(part)).bits(); }

}  // namespace

void JoinWatch::find_threads(std::span<const std::uint32_t> words) {
  threads_.clear();
  for (std::size_t section = main_section + 1; section + 1 < words.size(); ++section) {
    const auto& facts = symmetry_->thread_facts(words[section]);
    threads_.push_back({facts.number, sharing_->are_alike(facts.likeness) ? facts.likeness : 0, facts.is_open, facts.was_joined});
  }
}

bool JoinWatch::is_open(std::uint64_t likeness) const {
  return std::ranges::any_of(threads_, [&](const Thread& t) { return t.likeness == likeness && t.is_open; });
}

bool JoinWatch::any_open() const { return std::ranges::any_of(joined_, [this](std::uint64_t likeness) { return is_open(likeness); }); }

void JoinWatch::note_joined(const Thread& thread) {
  if (thread.likeness != 0 && std::ranges::find(joined_, thread.likeness) == joined_.end()) joined_.push_back(thread.likeness);
}

JoinWatch::Answer JoinWatch::look(std::span<const std::uint32_t> before, const StepReport& report, std::span<const std::uint32_t> after, bool goes_on) {
  if (!symmetry_->is_watching() || after.size() < main_section + 2) return Answer::Fine;
  find_threads(before);
  joined_.clear();
  const auto awaited_in = [this](std::span<const std::uint32_t> words) { return symmetry_->awaited_by(words[main_section]); };
  const std::int64_t awaited = awaited_in(before);
  bool has_passed = goes_on || awaited >= 0;
  for (const Thread& thread : threads_) {
    if (has_passed && (thread.was_joined || thread.number == awaited)) note_joined(thread);
  }
  for (const Access& access : report.footprint) {
    if (access.location.object == (kThreadWaits | 0)) continue;  // that main begins or ends to wait
    const bool is_of_thread = (access.location.object & kThreadObject) != 0;
    const auto thread = std::ranges::find(threads_, access.location.object & ~kThreadObject, &Thread::number);
    if (is_of_thread && thread != threads_.end() && access.location.key == part_key(builtins::Part::Started) && access.kind != AccessKind::Start) continue;
    const bool joins = is_of_thread && thread != threads_.end() && access.location.key == part_key(builtins::Part::State) && access.kind != AccessKind::End;
    if (!joins) {
      if (any_open()) return Answer::Broken;
      continue;
    }
    note_joined(*thread);
    if (access.kind != AccessKind::Join) continue;
    has_passed = true;
    thread->is_open = false;
    thread->was_joined = true;
  }
  if (!any_open()) return Answer::Fine;
  if (has_passed && !does_nothing_else(before, report, after)) return Answer::Broken;
  if (awaited_in(after) >= 0) return is_waited_for(after) ? Answer::Broken : Answer::Fine;
  return symmetry_->thread_facts(after[main_section]).is_ready ? Answer::LookAhead : Answer::Broken;
}

// Nothing that an outcome or a property could show.
bool JoinWatch::does_nothing_else(std::span<const std::uint32_t> before, const StepReport& report, std::span<const std::uint32_t> after) {
  return report.events.empty() && before.size() == after.size() && before[0] == after[0] &&
         symmetry_->thread_facts(before[main_section]).output == symmetry_->thread_facts(after[main_section]).output &&
         changes_only_main(before[1], after[1]);
}

bool JoinWatch::changes_only_main(std::uint32_t globals_before, std::uint32_t globals_after) {
  if (globals_before == globals_after) return true;
  tables_->sections.expand(globals_before, list_before_);
  tables_->sections.expand(globals_after, list_after_);
  std::ranges::sort(list_before_);
  return std::ranges::all_of(list_after_, [this](std::uint32_t part) {
    return std::ranges::binary_search(list_before_, part) || symmetry_->is_mains_dictionary(part);
  });
}

bool JoinWatch::is_waited_for(std::span<const std::uint32_t> words) { return symmetry_->main_holds_something(words); }

}  // namespace lockweave
