// All builtin functions and methods by number, so that a Value can name one.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "model/builtins/builtin.h"

namespace lockweave::builtins {

class BuiltinTable {
 public:
  explicit BuiltinTable(state::Constants& constants) : constants_(&constants) {}
  BuiltinTable(const BuiltinTable&) = delete;
  BuiltinTable& operator=(const BuiltinTable&) = delete;

  // Filled once, before anything runs (vm/register_builtins.cpp).
  void add_type(const TypeMethods& methods);
  void add_module(std::string_view module, std::span<const BuiltinEntry> entries);

  struct Row {
    std::string name;
    BuiltinFunction function;
    TypeId owner;        // of a method
    bool is_method;
    bool is_class_method;
  };
  const Row& row(Value builtin) const { return rows_[builtin.number()]; }

  // Takes out the methods that this version of Python does not have.
  void forget_newer_than(std::pair<int, int> version);

  // A method found along the builtin bases; Unset if there is none.
  Value method(TypeId type, Value name) const;
  // A method of exactly this type.
  Value own_method(TypeId type, Value name) const;
  std::vector<std::string> method_names(TypeId type) const;
  BuiltinFunction constructor(TypeId type) const;

  // Functions of modules, for the loader.
  struct ModuleRow {
    std::string module;
    std::string name;
    Value builtin;
  };
  const std::vector<ModuleRow>& module_functions() const { return module_functions_; }

 private:
  Value add(std::string_view name, BuiltinFunction function, TypeId owner, bool is_method);

  state::Constants* constants_;  // outlives the table
  std::vector<Row> rows_;
  std::unordered_map<std::uint64_t, Value> methods_;                // by type and number of the name
  std::vector<std::vector<std::string>> names_;                     // by type, in order of registration
  std::vector<BuiltinFunction> constructors_;
  std::vector<ModuleRow> module_functions_;
};

}  // namespace lockweave::builtins
