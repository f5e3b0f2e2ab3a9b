#include "model/builtins/builtin_table.h"

#include <algorithm>
#include <array>

namespace lockweave::builtins {
namespace {

constexpr std::array<std::string_view, 7> class_methods{"fromkeys", "from_bytes", "fromhex", "__init_subclass__",
                                                        "__subclasshook__", "__prepare__", "__class_getitem__"};
constexpr std::array<std::string_view, 2> static_methods{"__new__", "maketrans"};

bool is_among(std::span<const std::string_view> names, std::string_view name) { return std::ranges::find(names, name) != names.end(); }

std::uint64_t method_key(TypeId type, Value name) { return static_cast<std::uint64_t>(type) << 32 | name.number(); }

}  // namespace

Value BuiltinTable::add(std::string_view name, BuiltinFunction function, TypeId owner, bool is_method) {
  const bool of_class = is_method && is_among(class_methods, name);
  const bool of_nobody = is_among(static_methods, name);
  rows_.push_back({std::string(name), function, owner, is_method && !of_nobody, of_class});
  return Value(Tag::Builtin, rows_.size() - 1);
}

void BuiltinTable::add_type(const TypeMethods& methods) {
  const auto index = static_cast<std::size_t>(methods.type);
  if (index >= names_.size()) names_.resize(type_count());
  if (index >= constructors_.size()) constructors_.resize(type_count());
  if (methods.construct != nullptr) constructors_[index] = methods.construct;
  for (const BuiltinEntry& entry : methods.methods) {
    const Value name = constants_->string(entry.name);
    methods_[method_key(methods.type, name)] = add(entry.name, entry.function, methods.type, true);
    names_[index].emplace_back(entry.name);
  }
}

void BuiltinTable::add_module(std::string_view module, std::span<const BuiltinEntry> entries) {
  for (const BuiltinEntry& entry : entries) {
    const Value function = add(entry.name, entry.function, TypeId::BuiltinFunction, false);
    module_functions_.push_back({std::string(module), std::string(entry.name), function});
  }
}

void BuiltinTable::forget_newer_than(std::pair<int, int> version) {
  struct Since {
    TypeId type;
    std::string_view name;
    int minor;
  };
  static constexpr Since methods[] = {
      {TypeId::Str, "isascii", 7},      {TypeId::Bytes, "isascii", 7},      {TypeId::Dict, "__reversed__", 8},   {TypeId::Int, "as_integer_ratio", 8},
      {TypeId::Str, "removeprefix", 9}, {TypeId::Str, "removesuffix", 9},   {TypeId::Bytes, "removeprefix", 9},  {TypeId::Bytes, "removesuffix", 9},
      {TypeId::Dict, "__or__", 9},      {TypeId::Dict, "__ror__", 9},       {TypeId::Dict, "__ior__", 9},        {TypeId::Int, "bit_count", 10},
      {TypeId::BaseException, "add_note", 11}, {TypeId::Int, "is_integer", 12}};
  for (const Since& method : methods) {
    if (version >= std::pair(3, method.minor)) continue;
    if (methods_.erase(method_key(method.type, constants_->string(method.name))) == 0) continue;
    std::erase(names_[static_cast<std::size_t>(method.type)], method.name);
  }
}

Value BuiltinTable::own_method(TypeId type, Value name) const {
  const auto found = methods_.find(method_key(type, name));
  return found == methods_.end() ? Value() : found->second;
}

Value BuiltinTable::method(TypeId type, Value name) const {
  for (;; type = base_of(type)) {
    const Value found = own_method(type, name);
    if (!found.is_unset() || type == TypeId::Object) return found;
  }
}

std::vector<std::string> BuiltinTable::method_names(TypeId type) const {
  const auto index = static_cast<std::size_t>(type);
  return index < names_.size() ? names_[index] : std::vector<std::string>{};
}

// A type without a constructor of its own is made as its base is: every exception.
BuiltinFunction BuiltinTable::constructor(TypeId type) const {
  for (;; type = base_of(type)) {
    const auto index = static_cast<std::size_t>(type);
    if (index < constructors_.size() && constructors_[index] != nullptr) return constructors_[index];
    if (!is_subtype(type, TypeId::BaseException) || type == TypeId::BaseException) return nullptr;
  }
}

}  // namespace lockweave::builtins
