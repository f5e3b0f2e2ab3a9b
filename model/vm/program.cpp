#include "model/vm/program.h"

#include <algorithm>

#include "model/builtins/type.h"

namespace lockweave::vm {
namespace {

Role role_of(const bytecode::Code& code, Origin origin) {
  if (code.qualname == "LazyLoader.exec_module" && origin != Origin::Scenario) return Role::DeferModule;
  if (code.name == "exec_module") return Role::ExecModule;
  if (origin == Origin::Importlib) {
    if (code.name == "_find_and_load") return Role::FindAndLoad;
    if (code.name == "_lock_unlock_module") return Role::LockUnlockModule;
    if (code.qualname == "_ModuleLock.acquire") return Role::AcquireModuleLock;
  }
  if (origin == Origin::ImportC && code.name == "import_name") return Role::ImportName;
  if (origin == Origin::Library && code.name == "import_module") return Role::ImportModule;
  if (origin == Origin::Library && code.name == "reload") return Role::Reload;
  if (origin == Origin::Library && code.name == "_initialise" && code.argument_count > 0) return Role::InitialiseNative;
  if (origin == Origin::Library && code.name == "_run_in_interpreter") return Role::RunInInterpreter;
  return Role::None;
}

}  // namespace

Value Program::constant(const bytecode::Constant& constant, Origin origin, Heap& heap, bool is_c) {
  state::Constants& constants = heap.constants();
  struct Visitor {
    Program* program;
    Origin origin;
    Heap& heap;
    bool is_c;
    state::Constants& constants;
    Value operator()(const bytecode::NoneConstant&) { return Value::none(); }
    Value operator()(bool b) { return Value::boolean(b); }
    Value operator()(const bytecode::EllipsisConstant&) { return Value(Tag::Ellipsis); }
    Value operator()(std::int64_t n) { return constants.integer(n); }
    Value operator()(const bytecode::BigIntConstant& n) { return constants.integer(state::BigInt(n.decimal)); }
    Value operator()(double d) { return constants.floating(d); }
    Value operator()(const std::string& s) { return constants.string(s); }
    Value operator()(const bytecode::BytesConstant& b) { return constants.bytes(b.bytes); }
    Value operator()(const bytecode::TupleConstant& t) {
      if (program->adds_text_) return {};
      std::vector<Value> items;
      for (const auto& item : t.items) items.push_back(std::visit(*this, item.value));
      const ObjectId id = heap.allocate(ObjectKind::Tuple, builtins::type_value(builtins::TypeId::Tuple), 0);
      heap.assign(id, items);
      heap.retain(Value::object(id));  // held by the program for ever
      return Value::object(id);
    }
    Value operator()(const std::shared_ptr<const bytecode::Code>& code) { return Value(Tag::Code, program->add(code, origin, heap, is_c)); }
  };
  return std::visit(Visitor{this, origin, heap, is_c, constants}, constant.value);
}

std::uint32_t Program::add(const std::shared_ptr<const bytecode::Code>& code, Origin origin, Heap& heap, bool is_c) {
  const std::uint32_t number = codes_.emplace_back();
  auto loaded = std::make_unique<LoadedCode>();
  loaded->code = code;
  loaded->number = number;
  loaded->origin = origin;
  loaded->role = role_of(*code, origin);
  loaded->is_c = is_c;
  if (!adds_text_ && origin == Origin::Scenario && code->name == "__del__") defines_finalizer_ = true;
  for (const auto& item : code->constants) loaded->constants.push_back(constant(item, origin, heap, is_c));
  for (const auto& name : code->names) loaded->names.push_back(heap.constants().string(name));
  loaded->name = heap.constants().string(code->name);
  loaded->switches = switch_rules(*code, is_c ? SwitchPoints::EveryOpcode : points_);
  loaded->switch_at_entry = is_c || (is_divisible(*code, points_) && (code->flags.comprehension ? frames_.comprehension_entry : frames_.at_entry));
  const std::size_t parameters = code->argument_count + code->keyword_only_count + (code->flags.varargs ? 1 : 0) + (code->flags.varkeywords ? 1 : 0);
  loaded->lets_go_of_parameter = !code->flags.native && std::ranges::any_of(code->instructions, [&](const bytecode::Instruction& instruction) {
    using bytecode::Opcode;
    if (instruction.opcode == Opcode::DeleteDeref || instruction.opcode == Opcode::StoreDeref) return !code->cell_names.empty();
    return (instruction.opcode == Opcode::StoreFast || instruction.opcode == Opcode::DeleteFast) && static_cast<std::size_t>(instruction.arg) < parameters;
  });
  loaded->local_count = static_cast<std::uint32_t>(code->local_names.size());
  loaded->cell_first = state::slot::frame::first_local + loaded->local_count;
  loaded->block_first = loaded->cell_first + static_cast<std::uint32_t>(code->cell_names.size() + code->free_names.size());
  loaded->stack_first = loaded->block_first + code->max_blocks;
  loaded->sites.assign(code->instructions.size(), 0);
  codes_[number] = std::move(loaded);
  return number;
}

std::uint32_t Program::add_text(const std::string& key, const std::shared_ptr<const bytecode::Code>& code, Heap& heap) {
  const std::scoped_lock lock(texts_mutex_);
  if (const auto known = texts_.find(key); known != texts_.end()) return known->second;
  adds_text_ = true;
  const std::uint32_t number = add(code, Origin::Scenario, heap);
  adds_text_ = false;
  texts_.emplace(key, number);
  return number;
}

std::optional<std::uint32_t> Program::text_code(const std::string& key) {
  const std::scoped_lock lock(texts_mutex_);
  const auto found = texts_.find(key);
  return found == texts_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace lockweave::vm
