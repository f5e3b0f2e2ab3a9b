// set and frozenset.
#include <fmt/format.h>

#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/set_operations.h"
#include "model/builtins/special_methods.h"
#include "model/builtins/type_methods.h"

namespace lockweave::builtins {
namespace {

using bytecode::BinaryOperator;
using bytecode::CompareOperator;
using state::Heap;

constexpr TypeId type = TypeId::Set;
constexpr TypeId frozen = TypeId::FrozenSet;

// --- one item

// A set as an item stands for the frozen set of its items when it is looked for.
TableKey lookup_key(Context& context, ObjectId set, Value v, bool& stopped) {
  const TableKey key = key_in(context, set, v);
  if (key.status != KeyStatus::Unhashable || kind_of(context, v) != ObjectKind::Set) return key;
  stopped = context.read_order(v.object_id());
  const std::vector<Value> items = context.heap.at(v).slots;
  return {KeyStatus::Plain, Value::object(new_of_class(context, type_value(frozen), ObjectKind::FrozenSet, items))};
}

Result add(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "add"))) return *refused;
  const TableKey key = key_in(context, arguments[0].object_id(), arguments[1]);
  if (key.status == KeyStatus::Unhashable) return refuse_unhashable(context, key.value);
  if (key.status == KeyStatus::NeedsPython) return context.call_library("_slow_set_add", arguments.positional);
  const ObjectId set = arguments[0].object_id();
  if (context.heap.find_key(set, key.value) != Heap::absent) return context.read(set, key.value) ? stop() : done_none();
  if (report_store(context, set, key.value)) return stop();
  context.heap.add_key(set, key.value);
  return done_none();
}

Result take_out(Context& context, const Arguments& arguments, std::string_view slow, bool must_be_there) {
  bool stopped = false;
  const TableKey key = lookup_key(context, arguments[0].object_id(), arguments[1], stopped);
  if (stopped) return stop();
  if (key.status == KeyStatus::Unhashable) return refuse_unhashable(context, key.value);
  if (key.status == KeyStatus::NeedsPython) return context.call_library(slow, arguments.positional);
  const ObjectId set = arguments[0].object_id();
  if (context.heap.find_key(set, key.value) == Heap::absent) {
    if (context.read(set, key.value)) return stop();
    return must_be_there ? context.raise_key_error(arguments[1]) : done_none();
  }
  if (report_delete(context, set, key.value)) return stop();
  context.heap.delete_key(set, key.value);
  return done_none();
}

Result discard(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "discard"))) return *refused;
  return take_out(context, arguments, "_slow_set_discard_item", false);
}

Result remove(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(type, "remove"))) return *refused;
  return take_out(context, arguments, "_slow_set_remove", true);
}

Result pop(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "pop"))) return *refused;
  const ObjectId set = arguments[0].object_id();
  if (context.read_order(set)) return stop();
  if (context.heap.at(set).slots.empty()) return context.raise_key_error(context.string("pop from an empty set"));
  const Value item = context.heap.at(set).slots[0];
  if (report_delete(context, set, item)) return stop();
  context.heap.erase(set, 0);
  return done(item);
}

Result clear(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "clear"))) return *refused;
  if (report_clear(context, arguments[0].object_id())) return stop();
  context.heap.clear(arguments[0].object_id());
  return done_none();
}

// --- with other iterables

// The keys of several iterables, for methods that take any number of them.
struct Operands {
  std::vector<SetItems> sets;
  std::optional<Result> refused;
  std::size_t python = 0;  // position of the first that needs Python; 0: none
};

Operands operands(Context& context, const Arguments& arguments) {
  Operands result;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    result.sets.push_back(set_items(context, arguments[i]));
    if (result.sets.back().refused) {
      result.refused = result.sets.back().refused;
      return result;
    }
    if (result.sets.back().status != KeyStatus::Plain && result.python == 0) result.python = i;
  }
  return result;
}

void consume_all(Context& context, const Operands& operands) {
  for (const SetItems& set : operands.sets) consume(context, set.consumed);
}

std::optional<Result> refuse_keywords(Context& context, const Arguments& arguments, TypeId own, std::string_view name) {
  if (auto refused = refuse_self(context, arguments, own, name)) return refused;
  if (arguments.keywords.empty()) return std::nullopt;
  const std::string full = context.version_at_least(3, 9) ? fmt::format("{}.{}", type_name(own), name) : std::string(name);
  return context.raise(TypeId::TypeError, full + "() takes no keyword arguments");
}

constexpr std::string_view combining_name(BinaryOperator op) {
  return op == BinaryOperator::Or ? "union" : op == BinaryOperator::And ? "intersection" : op == BinaryOperator::Xor ? "symmetric_difference" : "difference";
}

constexpr std::string_view changing_name(BinaryOperator op) {
  return op == BinaryOperator::Or    ? "update"
         : op == BinaryOperator::And ? "intersection_update"
         : op == BinaryOperator::Xor ? "symmetric_difference_update"
                                     : "difference_update";
}

// union, intersection, difference, symmetric_difference: a new set of self's kind.
template <TypeId own, BinaryOperator op>
Result combine(Context& context, const Arguments& arguments) {
  const std::string_view name = combining_name(op);
  if (auto refused = op == BinaryOperator::Xor ? refuse(context, arguments, one(own, name)) : refuse_keywords(context, arguments, own, name)) return *refused;
  const SetItems self = set_items(context, arguments[0]);
  if (self.refused) return *self.refused;
  const Operands others = operands(context, arguments);
  if (others.refused) return *others.refused;
  if (self.status != KeyStatus::Plain || others.python != 0) {
    const Value call[] = {context.string(operator_symbol(op)), arguments[0], context.tuple(arguments.positional.subspan(1))};
    return context.call_library("_slow_set_combine_all", call);
  }
  std::vector<Value> keys = self.keys;
  for (const SetItems& other : others.sets) keys = combine_sets(context, op, keys, other.keys);
  consume_all(context, others);
  return done(Value::object(new_of_class(context, type_value(own), own == frozen ? ObjectKind::FrozenSet : ObjectKind::Set, keys)));
}

template <BinaryOperator op>
Result change(Context& context, const Arguments& arguments) {
  const std::string_view name = changing_name(op);
  if (auto refused = op == BinaryOperator::Xor ? refuse(context, arguments, one(type, name)) : refuse_keywords(context, arguments, type, name)) return *refused;
  const Operands others = operands(context, arguments);
  if (others.refused) return *others.refused;
  const ObjectId set = arguments[0].object_id();
  if (others.python != 0 || has_python_keys(context, set)) {
    const Value call[] = {context.string(operator_symbol(op)), arguments[0], context.tuple(arguments.positional.subspan(1))};
    return context.call_library("_slow_set_change", call);
  }
  if (others.sets.empty()) return done_none();
  // One change by all of them: what is added or taken is the union, what stays the intersection.
  std::vector<Value> keys = others.sets[0].keys;
  for (std::size_t i = 1; i < others.sets.size(); ++i) {
    keys = combine_sets(context, op == BinaryOperator::And ? op : BinaryOperator::Or, keys, others.sets[i].keys);
  }
  if (auto ended = change_set(context, op, set, keys)) return *ended;
  consume_all(context, others);
  return done_none();
}

// --- questions

constexpr std::string_view question_name(CompareOperator op) {
  return op == CompareOperator::LessEqual ? "issubset" : op == CompareOperator::GreaterEqual ? "issuperset" : "isdisjoint";
}

constexpr std::string_view slow_question(CompareOperator op) {
  return op == CompareOperator::LessEqual ? "_slow_set_issubset" : op == CompareOperator::GreaterEqual ? "_slow_set_issuperset" : "_slow_set_isdisjoint";
}

// issubset, issuperset, isdisjoint (here: NotEqual).
template <TypeId own, CompareOperator op>
Result ask(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, one(own, question_name(op)))) return *refused;
  const SetItems self = set_items(context, arguments[0]);
  if (self.refused) return *self.refused;
  const Operands others = operands(context, arguments);
  if (others.refused) return *others.refused;
  if (self.status != KeyStatus::Plain || others.python != 0) return context.call_library(slow_question(op), arguments.positional);
  const std::size_t common = combine_sets(context, BinaryOperator::And, self.keys, others.sets[0].keys).size();
  consume_all(context, others);
  if (op == CompareOperator::LessEqual) return done(Value::boolean(common == self.keys.size()));
  if (op == CompareOperator::GreaterEqual) return done(Value::boolean(common == others.sets[0].keys.size()));
  return done(Value::boolean(common == 0));
}

Result copy(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(type, "copy"))) return *refused;
  if (context.read_order(arguments[0].object_id())) return stop();
  const std::vector<Value> items = context.heap.at(arguments[0]).slots;
  return done(Value::object(new_of_class(context, type_value(type), ObjectKind::Set, items)));
}

Result copy_frozen(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, none(frozen, "copy"))) return *refused;
  if (context.heap.at(arguments[0]).cls == type_value(frozen)) return done(arguments[0]);
  const std::vector<Value> items = context.heap.at(arguments[0]).slots;
  return done(Value::object(new_of_class(context, type_value(frozen), ObjectKind::FrozenSet, items)));
}

// --- making

Result initialise(Context& context, const Arguments& arguments) {
  if (auto refused = refuse(context, arguments, some(type, "set", 0, 1))) return *refused;
  SetItems items;
  if (arguments.size() > 1) items = set_items(context, arguments[1]);
  if (items.refused) return *items.refused;
  const ObjectId set = arguments[0].object_id();
  if (items.status != KeyStatus::Plain) {
    if (!context.heap.at(set).slots.empty()) return context.unsupported("set.__init__ on a set that is not empty");
    return context.call_library("_slow_set_update", arguments.positional);
  }
  if (report_clear(context, set)) return stop();
  for (Value key : items.keys) {
    if (report_store(context, set, key)) return stop();
  }
  context.heap.assign(set, items.keys);
  consume(context, items.consumed);
  return done_none();
}

Result make(Context& context, const Arguments& arguments, TypeId own) {
  if (auto refused = refuse_construct(context, arguments, type_name(own), 1)) return *refused;
  const Value cls = arguments[0];
  const bool same = arguments.size() > 1 && own == frozen && cls == type_value(own) && context.type_of(arguments[1]) == cls;
  if (same) return done(arguments[1]);
  SetItems items;
  if (arguments.size() > 1) items = set_items(context, arguments[1]);
  if (items.refused) return *items.refused;
  if (items.status != KeyStatus::Plain) {
    const Value call[] = {cls, arguments[1]};
    return context.call_library("_slow_set_new", call);
  }
  consume(context, items.consumed);
  return done(Value::object(new_of_class(context, cls, own == frozen ? ObjectKind::FrozenSet : ObjectKind::Set, items.keys)));
}

Result construct(Context& context, const Arguments& arguments) { return make(context, arguments, type); }
Result construct_frozen(Context& context, const Arguments& arguments) { return make(context, arguments, frozen); }

#define LOCKWEAVE_BOTH_SETS(own)                                                                                     \
  {"union", combine<own, BinaryOperator::Or>}, {"intersection", combine<own, BinaryOperator::And>},                  \
      {"difference", combine<own, BinaryOperator::Subtract>}, {"symmetric_difference", combine<own, BinaryOperator::Xor>}, \
      {"issubset", ask<own, CompareOperator::LessEqual>}, {"issuperset", ask<own, CompareOperator::GreaterEqual>},   \
      {"isdisjoint", ask<own, CompareOperator::NotEqual>}, {"__len__", special::len<own>},                           \
      {"__contains__", special::has<own>}, {"__iter__", special::iter<own>}, LOCKWEAVE_OPERATOR(own, Or, "or"),      \
      LOCKWEAVE_OPERATOR(own, And, "and"), LOCKWEAVE_OPERATOR(own, Subtract, "sub"), LOCKWEAVE_OPERATOR(own, Xor, "xor"), \
      LOCKWEAVE_COMPARISONS(own)

constexpr BuiltinEntry methods[] = {
    {"add", add}, {"discard", discard}, {"remove", remove}, {"pop", pop}, {"clear", clear}, {"copy", copy},
    {"update", change<BinaryOperator::Or>}, {"intersection_update", change<BinaryOperator::And>},
    {"difference_update", change<BinaryOperator::Subtract>}, {"symmetric_difference_update", change<BinaryOperator::Xor>},
    {"__init__", initialise}, {"__ior__", special::change<type, BinaryOperator::Or>}, {"__iand__", special::change<type, BinaryOperator::And>},
    {"__isub__", special::change<type, BinaryOperator::Subtract>}, {"__ixor__", special::change<type, BinaryOperator::Xor>},
    LOCKWEAVE_BOTH_SETS(type),
};

constexpr BuiltinEntry frozen_methods[] = {{"copy", copy_frozen}, LOCKWEAVE_BOTH_SETS(frozen)};

}  // namespace

const TypeMethods set_methods{type, methods, construct};
const TypeMethods frozenset_methods{frozen, frozen_methods, construct_frozen};

}  // namespace lockweave::builtins
