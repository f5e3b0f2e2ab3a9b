#include "model/builtins/table_access.h"

#include <algorithm>
#include <bit>

#include "model/builtins/plain_value.h"

namespace lockweave::builtins {
namespace {

using bytecode::BinaryOperator;
using state::Heap;

// Beyond this many items one access to all of them is reported instead of one for each.
constexpr std::size_t most_single_reports = 32;

}  // namespace

bool report_store(Context& context, ObjectId table, Value key) {
  if (context.write(table, key)) return true;
  if (context.heap.find_key(table, key) != Heap::absent) return false;
  return context.write(table, Part::Order) || context.write(table, Part::Length);
}

bool report_delete(Context& context, ObjectId table, Value key) {
  return context.write(table, key) || context.write(table, Part::Order) || context.write(table, Part::Length);
}

bool report_clear(Context& context, ObjectId table) {
  if (context.read_order(table)) return true;
  if (!context.heap.at(table).escaped) return false;
  const std::size_t stride = context.heap.at(table).kind == ObjectKind::Dict ? 2 : 1;
  for (std::size_t i = 0; i < context.heap.at(table).slots.size(); i += stride) {
    if (context.write(table, context.heap.at(table).slots[i])) return true;
  }
  return context.write(table, Part::Order) || context.write(table, Part::Length);
}

bool report_resize(Context& context, ObjectId list, std::size_t first, std::size_t behind) {
  if (!context.heap.at(list).escaped) return false;
  if (context.write(list, Part::Length)) return true;
  const std::size_t size = context.heap.at(list).slots.size();
  const bool is_whole = behind - first > most_single_reports;
  if (is_whole && context.write(list, Part::Whole)) return true;  // all that it has so far
  for (std::size_t i = is_whole ? std::max(first, size) : first; i < behind; ++i) {
    if (context.write(list, Value::small_int(static_cast<std::int64_t>(i)))) return true;
  }
  return false;
}

KeySet::KeySet(Context& context, std::span<const Value> keys) : context_(&context), table_(16, 0) {
  for (Value key : keys) insert(key);
}

// The place of the key in table_, or the free place where it belongs.
std::size_t KeySet::find(Value key) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t place = context_->heap.plain_hash(key) & mask;
  while (table_[place] != 0 && !context_->heap.plain_equal(keys_[table_[place] - 1], key)) place = (place + 1) & mask;
  return place;
}

bool KeySet::contains(Value key) const { return table_[find(key)] != 0; }

bool KeySet::insert(Value key) {
  const std::size_t place = find(key);
  if (table_[place] != 0) return false;
  keys_.push_back(key);
  table_[place] = static_cast<std::uint32_t>(keys_.size());
  if (keys_.size() * 2 > table_.size()) grow();
  return true;
}

void KeySet::grow() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (std::size_t i = 0; i < keys_.size(); ++i) {
    std::size_t place = context_->heap.plain_hash(keys_[i]) & mask;
    while (table_[place] != 0) place = (place + 1) & mask;
    table_[place] = static_cast<std::uint32_t>(i + 1);
  }
}

std::vector<Value> unique_keys(Context& context, std::span<const Value> keys) {
  KeySet seen(context, {});
  std::vector<Value> unique;
  unique.reserve(keys.size());
  for (Value key : keys) {
    if (seen.insert(key)) unique.push_back(key);
  }
  return unique;
}

std::vector<Value> combine_sets(Context& context, BinaryOperator op, std::span<const Value> a, std::span<const Value> b) {
  const KeySet right(context, b);
  std::vector<Value> result;
  for (Value key : a) {
    if (op == BinaryOperator::Or || right.contains(key) == (op == BinaryOperator::And)) result.push_back(key);
  }
  if (op == BinaryOperator::Or || op == BinaryOperator::Xor) {
    const KeySet left(context, a);
    for (Value key : b) {
      if (!left.contains(key)) result.push_back(key);
    }
  }
  return result;
}

PlainKeys plain_keys(Context& context, std::span<const Value> items) {
  PlainKeys result;
  result.keys.reserve(items.size());
  for (Value item : items) {
    const TableKey key = table_key(context, item);
    if (key.status != KeyStatus::Plain) return {key.status, key.value, {}};
    result.keys.push_back(key.value);
  }
  return result;
}

}  // namespace lockweave::builtins
