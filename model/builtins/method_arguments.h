// The arguments of builtin methods: is self of the right type, are there as many as there may be, which was given by name;
// with the words in which each version refuses.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "model/builtins/builtin.h"

namespace lockweave::builtins {

struct Signature {
  TypeId type;
  std::string_view name;
  std::size_t least = 0;  // arguments behind self
  std::size_t most = 0;
  bool is_one = false;    // says "exactly one" as METH_O functions do; set by one()
  bool searches = false;  // find, count, startswith and their kin, which keep their old words until 3.12
};

constexpr Signature none(TypeId type, std::string_view name) { return {type, name, 0, 0, false, false}; }
constexpr Signature one(TypeId type, std::string_view name) { return {type, name, 1, 1, true, false}; }
constexpr Signature some(TypeId type, std::string_view name, std::size_t least, std::size_t most) { return {type, name, least, most, false, false}; }
constexpr Signature searching(TypeId type, std::string_view name) { return {type, name, 1, 3, false, true}; }

// What to raise if the arguments do not fit; positional[0] must be an instance of the type. No keywords.
std::optional<Result> refuse(Context& context, const Arguments& arguments, const Signature& signature);
// The same for a constructor: positional[0] is the class.
std::optional<Result> refuse_construct(Context& context, const Arguments& arguments, std::string_view name, std::size_t most,
                                       bool keywords = false);
// Only self.
std::optional<Result> refuse_self(Context& context, const Arguments& arguments, TypeId type, std::string_view name);

// Arguments by position or by name: values[i] is the one for names[i], or stays as it is.
std::optional<Result> bind_arguments(Context& context, const Arguments& arguments, std::string_view function,
                           std::span<const std::string_view> names, std::span<Value> values);

}  // namespace lockweave::builtins
