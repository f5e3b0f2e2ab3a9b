// Reading and changing dictionaries and sets so that other threads' accesses are seen: each change is reported first, as
// builtin.h demands. `true` from a report: return stop().
#pragma once

#include <span>
#include <vector>

#include "model/builtins/comparison.h"
#include "model/builtins/table_key.h"

namespace lockweave::builtins {

bool report_store(Context& context, ObjectId table, Value key);
bool report_delete(Context& context, ObjectId table, Value key);
bool report_clear(Context& context, ObjectId table);

// The items of a list change in number: from `first` on they move.
bool report_resize(Context& context, ObjectId list, std::size_t first, std::size_t behind);

// The keys without repetition, in order of their first appearance. Requires: plain keys.
std::vector<Value> unique_keys(Context& context, std::span<const Value> keys);

// Is a key among these? For keys that are in no table yet.
class KeySet {
 public:
  KeySet(Context& context, std::span<const Value> keys);
  bool contains(Value key) const;
  bool insert(Value key);  // false if it was there

 private:
  std::size_t find(Value key) const;
  void grow();

  Context* context_;
  std::vector<Value> keys_;
  std::vector<std::uint32_t> table_;  // position + 1
};

// a | b, a & b, a - b, a ^ b of two rows of plain keys without repetition.
std::vector<Value> combine_sets(Context& context, bytecode::BinaryOperator op, std::span<const Value> a, std::span<const Value> b);

// Elements as keys: all plain, or what to do instead.
struct PlainKeys {
  KeyStatus status = KeyStatus::Plain;
  Value culprit;
  std::vector<Value> keys;
};
PlainKeys plain_keys(Context& context, std::span<const Value> items);

}  // namespace lockweave::builtins
