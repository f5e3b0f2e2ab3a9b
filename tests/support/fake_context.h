// A machine for builtin functions without a machine: no program, no threads; it notes what they raise, call and touch.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/builtins/builtin_table.h"
#include "model/builtins/operators.h"

namespace lockweave::testing {

// Made before the Context that refers to it.
struct FakeMemory {
  state::Constants own_constants;
  state::Heap own_heap{own_constants};
};

class FakeContext final : private FakeMemory, public builtins::Context {
 public:
  FakeContext();

  std::pair<int, int> version{3, 12};
  std::string raised;                    // "TypeError: message"
  std::string called;                    // library function that takes over
  std::string outside;                   // what unsupported() was told
  std::vector<std::string> accesses;     // "read 3 'key'"
  std::optional<std::size_t> stop_at;    // this access answers "stop"
  std::set<std::string, std::less<>> python_specials;  // what instances of make_class() define

  // The method of a builtin type, or its constructor if the name is empty.
  builtins::Result call(builtins::TypeId type, std::string_view method, const std::vector<state::Value>& arguments);
  // An instance of a class of the program with these values in its slots.
  state::Value make_instance(state::ObjectKind kind, builtins::TypeId base, const std::vector<state::Value>& slots = {});

  // The result in words: its repr, or what it raised, or "call NAME", "stop", "unsupported: ...", "nothing".
  std::string words(const std::optional<builtins::Result>& result);
  std::string repr(state::Value v);
  void share(state::Value v) { heap.share(v); }

  bool read_order(state::ObjectId table) override;
  bool read_length(state::ObjectId table) override;
  builtins::Result raise_value(state::Value exception) override;
  state::Value make_exception(builtins::TypeId type, std::span<const state::Value> arguments) override;
  builtins::Result unsupported(std::string_view message) override;
  builtins::Result tail_call(state::Value function, std::span<const state::Value> positional,
                             std::span<const builtins::Keyword> keywords) override;
  builtins::Result call_library(std::string_view name, std::span<const state::Value> positional) override;
  state::SiteId site() const override { return 1; }
  state::Value find_special(state::Value, std::string_view) override { return {}; }
  bool has_python_special(state::Value v, std::string_view name) override;
  bool version_at_least(int major, int minor) const override { return version >= std::pair(major, minor); }

 private:
  bool shared_access(state::ObjectId id, std::uint64_t key, bool write) override;
  bool note(std::string access);

  builtins::BuiltinTable table_;
};

// A value written as Python writes it: numbers, text, bytes, containers, range(...), slice(...), float('nan').
state::Value python_literal(FakeContext& context, std::string_view text);
std::optional<builtins::TypeId> type_named(std::string_view name);

}  // namespace lockweave::testing
