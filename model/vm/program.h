// The program as the machine runs it: all code objects, with their constants and names as values. Shared by all cursors; once the
// machine is loaded it only grows by texts that the program compiles, which several threads may do (model/base/append_only.h).
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "model/base/append_only.h"
#include "model/bytecode/code.h"
#include "model/state/heap.h"
#include "model/vm/switch_points.h"

namespace lockweave::vm {

using state::Heap;
using state::ObjectId;
using state::ObjectKind;
using state::Tag;
using state::Value;

// Whose text it is: properties care whether the program itself did something or the import system for it.
enum class Origin : std::uint8_t { Scenario, Importlib, Library, ImportC, Gil };

// Functions that the machine recognises by name wherever they are defined, because properties speak of them.
enum class Role : std::uint8_t { None, ExecModule, DeferModule, FindAndLoad, LockUnlockModule, AcquireModuleLock, ImportName, ImportModule, Reload, InitialiseNative, RunInInterpreter };

struct LoadedCode {
  std::shared_ptr<const bytecode::Code> code;
  std::uint32_t number = 0;
  Origin origin = Origin::Scenario;
  Role role = Role::None;
  std::vector<Value> constants;
  std::vector<Value> names;
  Value name;
  std::vector<InstructionSwitch> switches;
  bool is_c = false;              // stands for C code of a program, an extension or the GIL: no GIL keeps others from coming in between its accesses
  bool switch_at_entry = false;
  bool lets_go_of_parameter = false;   // deletes or rebinds one
  std::uint32_t local_count = 0;
  std::uint32_t cell_first = 0;   // index in Frame slots
  std::uint32_t block_first = 0;
  std::uint32_t stack_first = 0;
  std::vector<state::SiteId> sites;
};

class Program {
 public:
  explicit Program(SwitchPoints points) : points_(points), frames_(frame_switches(points)) {}

  // Takes over a code object and all code objects among its constants; answers its number. Makes tuple constants in the heap.
  std::uint32_t add(const std::shared_ptr<const bytecode::Code>& code, Origin origin, Heap& heap, bool is_c = false);

  // A text that the program compiled while running, by what tells it apart from others. Its tuple constants are Unset:
  // heap objects of the base image they cannot be any more.
  std::uint32_t add_text(const std::string& key, const std::shared_ptr<const bytecode::Code>& code, Heap& heap);
  std::optional<std::uint32_t> text_code(const std::string& key);

  const LoadedCode& code(std::uint32_t number) const { return *codes_[number]; }
  LoadedCode& code(std::uint32_t number) { return *codes_[number]; }
  const FrameSwitches& frames() const { return frames_; }
  SwitchPoints points() const { return points_; }
  std::size_t size() const { return codes_.size(); }
  // Has a class of the scenario's files a `__del__`?
  bool defines_finalizer() const { return defines_finalizer_; }
  // The creation site of an instruction, 0 until it is known. Whoever fills it in fills in the same.
  state::SiteId site(std::uint32_t code, std::uint32_t pc) { return std::atomic_ref(codes_[code]->sites[pc]).load(std::memory_order_relaxed); }
  void set_site(std::uint32_t code, std::uint32_t pc, state::SiteId site) { std::atomic_ref(codes_[code]->sites[pc]).store(site, std::memory_order_relaxed); }

 private:
  Value constant(const bytecode::Constant& constant, Origin origin, Heap& heap, bool is_c);

  SwitchPoints points_;
  FrameSwitches frames_;
  AppendOnly<std::unique_ptr<LoadedCode>> codes_;
  std::mutex texts_mutex_;
  std::unordered_map<std::string, std::uint32_t> texts_;
  bool adds_text_ = false;
  bool defines_finalizer_ = false;
};

}  // namespace lockweave::vm
