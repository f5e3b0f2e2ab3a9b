#include "model/builtins/dict_update.h"

#include <fmt/format.h>

#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"

namespace lockweave::builtins {
namespace {

Value dictionary_of(Context& context, Value v) {
  return kind_of(context, v) == ObjectKind::MappingProxy ? context.heap.at(v).slots[0] : v;
}

bool is_mapping_of_program(Context& context, Value v) {
  const ObjectKind kind = kind_of(context, v);
  if (kind == ObjectKind::Dict) return overrides(context, v, "__iter__") || overrides(context, v, "keys") || overrides(context, v, "__getitem__");
  // May have keys(): Python looks.
  return kind == ObjectKind::Instance && unwrap(context, v) == v;
}

// One (key, value) of an iterable of pairs.
std::optional<Result> add_pair(Context& context, DictItems& result, Value pair, std::size_t position) {
  std::vector<Value> parts;
  switch (collect(context, pair, parts)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: result.needs_python = true; return std::nullopt;
    case CollectStatus::NotIterable:
      return context.raise(TypeId::TypeError, fmt::format("cannot convert dictionary update sequence element #{} to a sequence", position));
  }
  if (parts.size() != 2) {
    return context.raise(TypeId::ValueError,
                         fmt::format("dictionary update sequence element #{} has length {}; 2 is required", position, parts.size()));
  }
  result.pairs.insert(result.pairs.end(), parts.begin(), parts.end());
  return std::nullopt;
}

std::optional<Result> make_keys_plain(Context& context, DictItems& result) {
  for (std::size_t i = 0; i < result.pairs.size(); i += 2) {
    const TableKey key = table_key(context, result.pairs[i]);
    if (key.status == KeyStatus::Unhashable) return refuse_unhashable(context, key.value);
    if (key.status == KeyStatus::NeedsPython) result.needs_python = true;
    else result.pairs[i] = key.value;
  }
  return std::nullopt;
}

}  // namespace

DictItems dict_items(Context& context, Value source) {
  DictItems result;
  source = dictionary_of(context, source);
  if (is_mapping_of_program(context, source)) {
    result.needs_python = true;
    return result;
  }
  if (kind_of(context, source) == ObjectKind::Dict) {
    if (context.read_order(source.object_id())) {
      result.refused = stop();
      return result;
    }
    result.pairs = context.heap.at(source).slots;
    result.needs_python = has_python_keys(context, source.object_id());
    return result;
  }
  std::vector<Value> items;
  switch (gather(context, source, items, result.consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: result.refused = stop(); return result;
    case CollectStatus::NeedsPython: result.needs_python = true; return result;
    case CollectStatus::NotIterable: result.refused = refuse_not_iterable(context, source); return result;
  }
  for (std::size_t i = 0; i < items.size() && !result.refused && !result.needs_python; ++i) {
    // A pair that is itself an iterator would be used up although the instruction may still stop.
    if (kind_of(context, items[i]) == ObjectKind::Iterator) result.needs_python = true;
    else result.refused = add_pair(context, result, items[i], i);
  }
  if (!result.refused && !result.needs_python) result.refused = make_keys_plain(context, result);
  return result;
}

DictItems keyword_items(const Arguments& arguments) {
  DictItems result;
  for (const Keyword& keyword : arguments.keywords) {
    result.pairs.push_back(keyword.name);
    result.pairs.push_back(keyword.value);
  }
  return result;
}

std::optional<Result> store_items(Context& context, ObjectId dict, const DictItems& items) {
  if (context.heap.at(dict).escaped) {
    for (std::size_t i = 0; i < items.pairs.size(); i += 2) {
      if (report_store(context, dict, items.pairs[i])) return stop();
    }
  }
  for (std::size_t i = 0; i < items.pairs.size(); i += 2) context.heap.set_item(dict, items.pairs[i], items.pairs[i + 1]);
  consume(context, items.consumed);
  return std::nullopt;
}

std::optional<Result> merge_dicts(Context& context, Value a, Value b) {
  a = dictionary_of(context, a);
  b = dictionary_of(context, b);
  if (kind_of(context, a) != ObjectKind::Dict || kind_of(context, b) != ObjectKind::Dict) return std::nullopt;
  const DictItems left = dict_items(context, a);
  if (left.refused) return left.refused;
  const DictItems right = dict_items(context, b);
  if (right.refused) return right.refused;
  const ObjectId merged = new_of_class(context, type_value(TypeId::Dict), ObjectKind::Dict, left.pairs);
  if (left.needs_python || right.needs_python) {
    if (left.pairs.empty()) return context.unsupported("'|' of dictionaries whose class defines its own look-up");
    const Value call[] = {Value::object(merged), b, context.new_object(ObjectKind::Dict, TypeId::Dict)};
    return context.call_library("_fill_dict", call);
  }
  if (auto ended = store_items(context, merged, right)) return ended;
  return done(Value::object(merged));
}

Result merge_inplace(Context& context, Value dict, Value other) {
  const DictItems items = dict_items(context, other);
  if (items.refused) return *items.refused;
  if (items.needs_python || has_python_keys(context, dict.object_id())) {
    const Value call[] = {dict, other, context.new_object(ObjectKind::Dict, TypeId::Dict)};
    return context.call_library("_fill_dict", call);
  }
  if (auto ended = store_items(context, dict.object_id(), items)) return *ended;
  return done(dict);
}

}  // namespace lockweave::builtins
