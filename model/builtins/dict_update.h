// Filling dictionaries: dict(...), dict.update, d | other, d |= other.
#pragma once

#include "model/builtins/table_access.h"

namespace lockweave::builtins {

// What an argument of dict() or update() holds; or what to do instead.
struct DictItems {
  bool needs_python = false;
  std::optional<Result> refused;
  std::vector<Value> pairs;  // key, value, key, value ...
  Value consumed;
};
DictItems dict_items(Context& context, Value mapping_or_pairs);
DictItems keyword_items(const Arguments& arguments);

// nullopt: done.
std::optional<Result> store_items(Context& context, ObjectId dict, const DictItems& items);

// nullopt: not two dictionaries.
std::optional<Result> merge_dicts(Context& context, Value a, Value b);
// d |= mapping or pairs; returns d.
Result merge_inplace(Context& context, Value dict, Value other);

}  // namespace lockweave::builtins
