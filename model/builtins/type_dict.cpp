// dict, its views, and the read-only proxy of one.
#include <fmt/format.h>

#include "model/builtins/dict_update.h"
#include "model/builtins/items.h"
#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/set_operations.h"
#include "model/builtins/special_methods.h"
#include "model/builtins/type_methods.h"

namespace lockweave::builtins {
namespace {

using state::Heap;

constexpr TypeId type = TypeId::Dict;

// The key of an access, or what ends the method.
struct Access {
  Value key;
  bool needs_python = false;
  std::optional<Result> refused;
};

Access access(Context& context, ObjectId dict, Value v) {
  const TableKey key = key_in(context, dict, v);
  if (key.status == KeyStatus::Unhashable) return {Value(), false, refuse_unhashable(context, key.value)};
  return {key.value, key.status == KeyStatus::NeedsPython, std::nullopt};
}

Result get_from(Context& context, Value dict, Value key, Value absent) {
  const Access at = access(context, dict.object_id(), key);
  if (at.refused) return *at.refused;
  if (at.needs_python) {
    const Value call[] = {dict, key, absent, Value::boolean(false)};
    return context.call_library("_slow_dict_get", call);
  }
  if (context.read(dict.object_id(), at.key)) return stop();
  const Value found = context.heap.get_item(dict.object_id(), at.key);
  return done(found.is_unset() ? absent : found);
}

Value argument_or(const Arguments& arguments, std::size_t i, Value absent) { return i < arguments.size() ? arguments[i] : absent; }

Result get(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "get", 1, 2))) return *refused;
  return get_from(context, arguments[0], arguments[1], argument_or(arguments, 2, Value::none()));
}

Result pop(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "pop", 1, 2))) return *refused;
  const ObjectId dict = arguments[0].object_id();
  // An empty dictionary does not even hash the key.
  if (context.heap.at(dict).slots.empty() && table_key(context, arguments[1]).status != KeyStatus::Plain) {
    if (context.read_length(dict)) return stop();
    return arguments.size() > 2 ? done(arguments[2]) : context.raise_key_error(arguments[1]);
  }
  const Access at = access(context, arguments[0].object_id(), arguments[1]);
  if (at.refused) return *at.refused;
  if (at.needs_python) return context.call_library("_slow_dict_pop", arguments.positional);
  const Value found = context.heap.get_item(dict, at.key);
  if (found.is_unset()) {
    if (context.read(dict, at.key)) return stop();
    return arguments.size() > 2 ? done(arguments[2]) : context.raise_key_error(arguments[1]);
  }
  if (report_delete(context, dict, at.key)) return stop();
  context.heap.delete_item(dict, at.key);
  return done(found);
}

Result popitem(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "popitem"))) return *refused;
  const ObjectId dict = arguments[0].object_id();
  if (context.read_order(dict)) return stop();
  const auto& slots = context.heap.at(dict).slots;
  if (slots.empty()) return context.raise_key_error(context.string("popitem(): dictionary is empty"));
  const Value pair[] = {slots[slots.size() - 2], slots[slots.size() - 1]};
  if (report_delete(context, dict, pair[0])) return stop();
  context.heap.erase(dict, context.heap.at(dict).slots.size() - 2, 2);
  return done(context.tuple(pair));
}

Result setdefault(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "setdefault", 1, 2))) return *refused;
  const Access at = access(context, arguments[0].object_id(), arguments[1]);
  if (at.refused) return *at.refused;
  if (at.needs_python) return context.call_library("_slow_dict_setdefault", arguments.positional);
  const ObjectId dict = arguments[0].object_id();
  const Value found = context.heap.get_item(dict, at.key);
  if (!found.is_unset()) return context.read(dict, at.key) ? stop() : done(found);
  if (report_store(context, dict, at.key)) return stop();
  const Value stored = argument_or(arguments, 2, Value::none());
  context.heap.set_item(dict, at.key, stored);
  return done(stored);
}

Result clear(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "clear"))) return *refused;
  if (report_clear(context, arguments[0].object_id())) return stop();
  context.heap.clear(arguments[0].object_id());
  return done_none();
}

Result copy(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "copy"))) return *refused;
  if (context.read_order(arguments[0].object_id())) return stop();
  const std::vector<Value> slots = context.heap.at(arguments[0]).slots;
  return done(Value::object(new_of_class(context, type_value(type), ObjectKind::Dict, slots)));
}

// dict.update(...) and dict.__init__(...)
Result fill(Context& context, const Arguments& arguments, std::string_view name) {
  if (auto refused = refuse_self(context, arguments, type, name)) return *refused;
  if (auto refused = refuse_construct(context, arguments, name, 1, true)) return *refused;
  DictItems items;
  if (arguments.size() > 1) items = dict_items(context, arguments[1]);
  if (items.refused) return *items.refused;
  if (!items.needs_python && arguments.size() > 1) items.needs_python = has_python_keys(context, arguments[0].object_id());
  if (items.needs_python && arguments.keywords.empty()) return context.call_library("_slow_dict_update", arguments.positional);
  const DictItems named = keyword_items(arguments);
  if (items.needs_python) {
    const Value keywords = Value::object(new_of_class(context, type_value(type), ObjectKind::Dict, named.pairs));
    const Value call[] = {arguments[0], arguments[1], keywords};
    return context.call_library("_slow_dict_update_with", call);
  }
  items.pairs.insert(items.pairs.end(), named.pairs.begin(), named.pairs.end());
  if (auto ended = store_items(context, arguments[0].object_id(), items)) return *ended;
  return done_none();
}

Result update(Context& context, const Arguments& arguments) { return fill(context, arguments, "update"); }
Result initialise(Context& context, const Arguments& arguments) { return fill(context, arguments, "dict"); }

Value new_view(Context& context, Value dict, TypeId view, int which) {
  const Value made = context.new_object(ObjectKind::DictView, view, 2);
  context.heap.set(made.object_id(), 0, dict);
  context.heap.set(made.object_id(), 1, Value::small_int(which));
  return made;
}

Result keys(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "keys"))) return *refused;
  return done(new_view(context, arguments[0], TypeId::DictKeys, 0));
}

Result values(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "values"))) return *refused;
  return done(new_view(context, arguments[0], TypeId::DictValues, 1));
}

Result items(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "items"))) return *refused;
  return done(new_view(context, arguments[0], TypeId::DictItems, 2));
}

Result reversed_table(Context& context, Value dict) {
  if (context.read_length(dict.object_id())) return stop();
  return done(make_iterator(context, dict, Walk::Backwards, 0, context.heap.table_size(dict.object_id())));
}

Result reversed(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "__reversed__"))) return *refused;
  return reversed_table(context, arguments[0]);
}

Result fromkeys(Context& context, const Arguments& arguments) {
  if (arguments.size() < 2 || arguments.size() > 3) {
    const std::size_t given = arguments.size() - 1;
    return context.raise(TypeId::TypeError, given == 0 ? "fromkeys expected at least 1 argument, got 0"
                                                       : fmt::format("fromkeys expected at most 2 arguments, got {}", given));
  }
  if (arguments[0] != type_value(type)) return context.call_library("_slow_dict_fromkeys", arguments.positional);
  std::vector<Value> found;
  Value consumed;
  switch (gather(context, arguments[1], found, consumed)) {
    case CollectStatus::Ok: break;
    case CollectStatus::Stop: return stop();
    case CollectStatus::NeedsPython: return context.call_library("_slow_dict_fromkeys", arguments.positional);
    case CollectStatus::NotIterable: return refuse_not_iterable(context, arguments[1]);
  }
  const PlainKeys plain = plain_keys(context, found);
  if (plain.status == KeyStatus::Unhashable) return refuse_unhashable(context, plain.culprit);
  if (plain.status == KeyStatus::NeedsPython) return context.call_library("_slow_dict_fromkeys", arguments.positional);
  std::vector<Value> slots;
  for (Value key : unique_keys(context, plain.keys)) {
    slots.push_back(key);
    slots.push_back(argument_or(arguments, 2, Value::none()));
  }
  consume(context, consumed);
  return done(Value::object(new_of_class(context, type_value(type), ObjectKind::Dict, slots)));
}

Result construct(Context& context, const Arguments& arguments) {
  if (auto refused = refuse_construct(context, arguments, "dict", 1, true)) return *refused;
  DictItems content;
  if (arguments.size() > 1) content = dict_items(context, arguments[1]);
  if (content.refused) return *content.refused;
  const DictItems named = keyword_items(arguments);
  const ObjectId dict = new_of_class(context, arguments[0], ObjectKind::Dict);
  if (content.needs_python) {
    const Value keywords = Value::object(new_of_class(context, type_value(type), ObjectKind::Dict, named.pairs));
    const Value call[] = {Value::object(dict), arguments[1], keywords};
    return context.call_library("_fill_dict", call);
  }
  content.pairs.insert(content.pairs.end(), named.pairs.begin(), named.pairs.end());
  if (auto ended = store_items(context, dict, content)) return *ended;
  return done(Value::object(dict));
}

// --- views

Value dict_of_view(Context& context, Value view) { return context.heap.at(view).slots[0]; }

template <TypeId view>
Result view_isdisjoint(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(view, "isdisjoint"))) return *refused;
  const SetItems left = set_items(context, arguments[0]);
  if (left.refused) return *left.refused;
  const SetItems right = set_items(context, arguments[1]);
  if (right.refused) return *right.refused;
  if (left.status != KeyStatus::Plain || right.status != KeyStatus::Plain) return context.call_library("_slow_set_isdisjoint", arguments.positional);
  consume(context, right.consumed);
  return done(Value::boolean(combine_sets(context, bytecode::BinaryOperator::And, left.keys, right.keys).empty()));
}

template <TypeId view>
Result view_reversed(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(view, "__reversed__"))) return *refused;
  std::vector<Value> all;
  if (collect(context, arguments[0], all) == CollectStatus::Stop) return stop();
  const Value list = context.list(all);
  return done(make_iterator(context, list, Walk::Backwards, all.size(), 0));
}

#define LOCKWEAVE_SET_VIEW(view)                                                                                          \
  {"isdisjoint", view_isdisjoint<view>}, {"__reversed__", view_reversed<view>}, {"__len__", special::len<view>},          \
      {"__contains__", special::has<view>}, {"__iter__", special::iter<view>}, LOCKWEAVE_OPERATOR(view, Or, "or"),        \
      LOCKWEAVE_OPERATOR(view, And, "and"), LOCKWEAVE_OPERATOR(view, Subtract, "sub"), LOCKWEAVE_OPERATOR(view, Xor, "xor"), \
      LOCKWEAVE_COMPARISONS(view)

constexpr BuiltinEntry keys_methods[] = {LOCKWEAVE_SET_VIEW(TypeId::DictKeys)};
constexpr BuiltinEntry items_methods[] = {LOCKWEAVE_SET_VIEW(TypeId::DictItems)};
constexpr BuiltinEntry values_methods[] = {
    {"__reversed__", view_reversed<TypeId::DictValues>}, {"__len__", special::len<TypeId::DictValues>}, {"__iter__", special::iter<TypeId::DictValues>},
};

// --- mappingproxy: the methods of the dictionary behind it

template <BuiltinFunction method>
Result through_proxy(Context& context, const Arguments& arguments) {
  if (kind_of(context, arguments[0]) != ObjectKind::MappingProxy) return context.raise(TypeId::TypeError, "a mappingproxy is required");
  std::vector<Value> positional(arguments.positional.begin(), arguments.positional.end());
  positional[0] = dict_of_view(context, positional[0]);
  return method(context, {positional, arguments.keywords});
}

Result construct_proxy(Context& context, const Arguments& arguments) {
  if (arguments.size() != 2) return context.raise(TypeId::TypeError, "mappingproxy() missing required argument 'mapping' (pos 1)");
  if (kind_of(context, arguments[1]) != ObjectKind::Dict) {
    return context.raise(TypeId::TypeError, fmt::format("mappingproxy() argument must be a mapping, not {}", context.type_name_of(arguments[1])));
  }
  const Value made = context.new_object(ObjectKind::MappingProxy, TypeId::MappingProxy, 1);
  context.heap.set(made.object_id(), 0, arguments[1]);
  return done(made);
}

constexpr BuiltinEntry proxy_methods[] = {
    {"get", through_proxy<get>}, {"keys", through_proxy<keys>}, {"values", through_proxy<values>}, {"items", through_proxy<items>},
    {"copy", through_proxy<copy>}, {"__len__", through_proxy<special::len<type>>}, {"__getitem__", through_proxy<special::getitem<type>>},
    {"__contains__", through_proxy<special::has<type>>}, {"__iter__", through_proxy<special::iter<type>>},
};

constexpr BuiltinEntry methods[] = {
    {"get", get}, {"pop", pop}, {"popitem", popitem}, {"setdefault", setdefault}, {"clear", clear}, {"copy", copy},
    {"update", update}, {"keys", keys}, {"values", values}, {"items", items}, {"fromkeys", fromkeys},
    {"__init__", initialise}, {"__reversed__", reversed}, {"__ior__", special::change<type, bytecode::BinaryOperator::Or>},
    {"__len__", special::len<type>}, {"__getitem__", special::getitem<type>}, {"__setitem__", special::setitem<type>},
    {"__delitem__", special::delitem<type>}, {"__contains__", special::has<type>}, {"__iter__", special::iter<type>},
    LOCKWEAVE_OPERATOR(type, Or, "or"), LOCKWEAVE_COMPARISONS(type),
};

}  // namespace

const TypeMethods dict_methods{type, methods, construct};
const TypeMethods dict_keys_methods{TypeId::DictKeys, keys_methods, nullptr};
const TypeMethods dict_values_methods{TypeId::DictValues, values_methods, nullptr};
const TypeMethods dict_items_methods{TypeId::DictItems, items_methods, nullptr};
const TypeMethods mapping_proxy_methods{TypeId::MappingProxy, proxy_methods, construct_proxy};

}  // namespace lockweave::builtins
