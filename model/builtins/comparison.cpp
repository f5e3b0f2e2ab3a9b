#include "model/builtins/comparison.h"

#include <algorithm>
#include <cmath>

#include "model/builtins/iteration.h"
#include "model/builtins/number_text.h"
#include "model/builtins/plain_value.h"
#include "model/builtins/set_operations.h"
#include "model/builtins/table_key.h"

namespace lockweave::builtins {
namespace {

using bytecode::CompareOperator;
using state::BigInt;

template <typename T>
int three_way(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

bool is_equality(CompareOperator op) { return op == CompareOperator::Equal || op == CompareOperator::NotEqual; }

Verdict ordered(CompareOperator op, int order) {
  switch (op) {
    case CompareOperator::Less: return verdict_of(order < 0);
    case CompareOperator::LessEqual: return verdict_of(order <= 0);
    case CompareOperator::Equal: return verdict_of(order == 0);
    case CompareOperator::NotEqual: return verdict_of(order != 0);
    case CompareOperator::Greater: return verdict_of(order > 0);
    case CompareOperator::GreaterEqual: return verdict_of(order >= 0);
  }
  return Verdict::NoOrder;
}

Verdict equality(CompareOperator op, bool equal) { return verdict_of(equal == (op == CompareOperator::Equal)); }

// An answer to "equal?" as the answer to == or !=.
Verdict turned(CompareOperator op, Verdict equal) {
  if (op != CompareOperator::NotEqual || equal > Verdict::True) return equal;
  return equal == Verdict::True ? Verdict::False : Verdict::True;
}

CompareOperator mirrored(CompareOperator op) {
  switch (op) {
    case CompareOperator::Less: return CompareOperator::Greater;
    case CompareOperator::LessEqual: return CompareOperator::GreaterEqual;
    case CompareOperator::Greater: return CompareOperator::Less;
    case CompareOperator::GreaterEqual: return CompareOperator::LessEqual;
    case CompareOperator::Equal: case CompareOperator::NotEqual: return op;
  }
  return op;
}

bool asks_python(Context& context, CompareOperator op, Value v) {
  if (!v.is_object() || context.heap.at(v).cls.is(Tag::Type)) return false;
  return overrides(context, v, method_of(op)) || (op == CompareOperator::NotEqual && overrides(context, v, "__eq__"));
}

Verdict compare_items(Context& context, CompareOperator op, ObjectId a, ObjectId b, int depth) {
  const bool lists = context.heap.at(a).kind == ObjectKind::List;
  for (ObjectId id : {a, b}) {
    if (lists && context.read(id, Part::Length)) return Verdict::Stop;
  }
  if (lists && is_equality(op) && context.heap.at(a).slots.size() != context.heap.at(b).slots.size()) return equality(op, false);
  for (ObjectId id : {a, b}) {
    if (lists && context.read(id, Part::Whole)) return Verdict::Stop;
  }
  const auto& left = context.heap.at(a).slots;
  const auto& right = context.heap.at(b).slots;
  const std::size_t common = std::min(left.size(), right.size());
  for (std::size_t i = 0; i < common; ++i) {
    const Verdict same = same_or_equal(context, left[i], right[i], depth + 1);
    if (same == Verdict::True) continue;
    if (same != Verdict::False) return same;
    return is_equality(op) ? equality(op, false) : compare(context, op, left[i], right[i], depth + 1);
  }
  return ordered(op, three_way(left.size(), right.size()));
}

Verdict compare_dicts(Context& context, CompareOperator op, ObjectId a, ObjectId b, int depth) {
  if (!is_equality(op)) return Verdict::NoOrder;
  if (a == b) {
    if (context.read_order(a)) return Verdict::Stop;
  } else if (context.read_order(a) || context.read_order(b)) {
    return Verdict::Stop;
  }
  if (context.heap.table_size(a) != context.heap.table_size(b)) return equality(op, false);
  if (has_python_keys(context, a) || has_python_keys(context, b)) return Verdict::NeedsPython;
  const auto& slots = context.heap.at(a).slots;
  for (std::size_t i = 0; i < slots.size(); i += 2) {
    const Value other = context.heap.get_item(b, slots[i]);
    if (other.is_unset()) return equality(op, false);
    const Verdict same = same_or_equal(context, slots[i + 1], other, depth + 1);
    if (same != Verdict::True) return same == Verdict::False ? equality(op, false) : same;
  }
  return equality(op, true);
}

bool is_subset(Context& context, ObjectId a, ObjectId b) {
  const auto& keys = context.heap.at(a).slots;
  return std::ranges::all_of(keys, [&](Value key) { return context.heap.find_key(b, key) != state::Heap::absent; });
}

Verdict compare_sets(Context& context, CompareOperator op, ObjectId a, ObjectId b) {
  for (ObjectId id : {a, b}) {
    if (context.heap.at(id).kind == ObjectKind::Set && context.read_order(id)) return Verdict::Stop;
  }
  if (has_python_keys(context, a) || has_python_keys(context, b)) return Verdict::NeedsPython;
  const std::size_t left = context.heap.table_size(a);
  const std::size_t right = context.heap.table_size(b);
  switch (op) {
    case CompareOperator::Less: return verdict_of(left < right && is_subset(context, a, b));
    case CompareOperator::LessEqual: return verdict_of(left <= right && is_subset(context, a, b));
    case CompareOperator::Greater: return verdict_of(left > right && is_subset(context, b, a));
    case CompareOperator::GreaterEqual: return verdict_of(left >= right && is_subset(context, b, a));
    case CompareOperator::Equal: case CompareOperator::NotEqual: return equality(op, left == right && is_subset(context, a, b));
  }
  return Verdict::NoOrder;
}

Value as_set(Context& context, Value v, CollectStatus& status) {
  if (kind_of(context, v) != ObjectKind::DictView) return v;
  std::vector<Value> items;
  status = collect(context, v, items);
  const Value set = context.new_object(ObjectKind::FrozenSet, TypeId::FrozenSet);
  if (status == CollectStatus::Ok) context.heap.assign(set.object_id(), items);  // keys, and pairs of keys: no two are equal
  return set;
}

Verdict compare_views(Context& context, CompareOperator op, Value a, Value b) {
  CollectStatus status = CollectStatus::Ok;
  const Value left = as_set(context, a, status);
  if (status == CollectStatus::Stop) return Verdict::Stop;
  const Value right = as_set(context, b, status);
  if (status == CollectStatus::Stop) return Verdict::Stop;
  for (Value item : context.heap.at(left).slots) {
    if (table_key(context, item).status != KeyStatus::Plain) return Verdict::NeedsPython;
  }
  return compare_sets(context, op, left.object_id(), right.object_id());
}

Verdict compare_ranges(Context& context, CompareOperator op, Value a, Value b) {
  if (!is_equality(op)) return Verdict::NoOrder;
  const BigInt length = range_exact_length(context, a);
  if (length != range_exact_length(context, b)) return equality(op, false);
  const auto& left = context.heap.at(a).slots;
  const auto& right = context.heap.at(b).slots;
  const bool same_start = length == 0 || context.constants.big(left[0]) == context.constants.big(right[0]);
  const bool same_step = length <= 1 || context.constants.big(left[2]) == context.constants.big(right[2]);
  return equality(op, same_start && same_step);
}

Value referent_of(Context& context, Value reference) { return context.heap.at(reference).slots[state::slot::weakref::referent]; }

// A reference to a living object is equal to another one to an equal object.
Verdict compare_references(Context& context, CompareOperator op, Value a, Value b, int depth) {
  if (!is_equality(op)) return Verdict::NoOrder;
  const Value left = referent_of(context, a);
  const Value right = referent_of(context, b);
  for (Value reference : {a, b}) {
    const Value referent = referent_of(context, reference);
    if (referent.is(Tag::Weak) ? context.read(referent.object_id(), Part::References) : context.read(reference.object_id(), Part::State)) return Verdict::Stop;
  }
  if (!left.is(Tag::Weak) || !right.is(Tag::Weak)) return equality(op, a == b);
  return turned(op, same_or_equal(context, Value::object(left.number()), Value::object(right.number()), depth + 1));
}

// Living referents whose classes compare in Python: theirs is the answer.
std::optional<Result> compare_referents_slowly(Context& context, CompareOperator op, Value a, Value b) {
  if (kind_of(context, a) != ObjectKind::WeakRef || kind_of(context, b) != ObjectKind::WeakRef) return std::nullopt;
  const Value left = referent_of(context, a);
  const Value right = referent_of(context, b);
  if (!left.is(Tag::Weak) || !right.is(Tag::Weak) || !is_equality(op)) return std::nullopt;
  const Value call[] = {context.string(op == CompareOperator::Equal ? "==" : "!="), Value::object(left.number()), Value::object(right.number())};
  return context.call_library("_slow_compare", call);
}

// a < b by exact value; 2 if not ordered (NaN).
int compare_float_and_integer(Context& context, double a, Value b) {
  if (std::isnan(a)) return 2;
  if (std::isinf(a)) return a < 0 ? -1 : 1;
  if (is_small(b) && std::fabs(a) < 0x1p53 && std::abs(small_value(b)) < (std::int64_t{1} << 53)) {
    return three_way(a, static_cast<double>(small_value(b)));
  }
  const BigInt whole = to_integer(a);
  const BigInt other = context.constants.big(b);
  if (whole != other) return three_way(whole, other);
  return three_way(a, std::trunc(a));
}

Verdict compare_plain_numbers(Context& context, CompareOperator op, Value a, Value b) {
  const int order = compare_numbers(context, a, b);
  if (order == 2) return verdict_of(op == CompareOperator::NotEqual);  // NaN is in no relation with anything
  return ordered(op, order);
}

Verdict compare_objects(Context& context, CompareOperator op, Value a, Value b, int depth) {
  const ObjectKind kind = kind_of(context, a);
  const ObjectKind other = kind_of(context, b);
  if (kind == other) {
    switch (kind) {
      case ObjectKind::List: case ObjectKind::Tuple: return compare_items(context, op, a.object_id(), b.object_id(), depth);
      case ObjectKind::Dict: return compare_dicts(context, op, a.object_id(), b.object_id(), depth);
      case ObjectKind::Slice: return compare_items(context, op, a.object_id(), b.object_id(), depth);
      case ObjectKind::Range: return compare_ranges(context, op, a, b);
      case ObjectKind::WeakRef: return compare_references(context, op, a, b, depth);
      case ObjectKind::BoundMethod: case ObjectKind::BoundBuiltin:
        if (is_equality(op)) return equality(op, context.heap.at(a).slots == context.heap.at(b).slots);
        break;
      default: break;
    }
  }
  if (kind == ObjectKind::MappingProxy) return compare(context, op, context.heap.at(a).slots[0], b, depth + 1);
  if (other == ObjectKind::MappingProxy) return compare(context, op, a, context.heap.at(b).slots[0], depth + 1);
  if (is_set_kind(kind) && is_set_kind(other)) return compare_sets(context, op, a.object_id(), b.object_id());
  if (is_set_like(context, a) && is_set_like(context, b)) return compare_views(context, op, a, b);
  return Verdict::NoOrder;
}

Verdict compare_plain(Context& context, CompareOperator op, Value a, Value b, int depth) {
  if (is_number(a) && is_number(b)) return compare_plain_numbers(context, op, a, b);
  if (a.is_string() && b.is_string()) {
    // UTF-8 sorts as its code points do.
    return is_equality(op) ? equality(op, a == b) : ordered(op, three_way(context.text(a), context.text(b)));
  }
  if (a.is(Tag::Bytes) && b.is(Tag::Bytes)) {
    return is_equality(op) ? equality(op, a == b) : ordered(op, three_way(context.constants.content(a), context.constants.content(b)));
  }
  if ((a.is(Tag::Opaque) || b.is(Tag::Opaque)) && !is_equality(op)) {
    const bool comparable = (a.is(Tag::Opaque) || is_number(a)) && (b.is(Tag::Opaque) || is_number(b));
    if (!comparable) return Verdict::NoOrder;
    (void)context.unsupported("the order of identifiers and clock values is not known here");
    return Verdict::Ended;
  }
  if (!a.is_object() || !b.is_object()) return Verdict::NoOrder;
  return compare_objects(context, op, a, b, depth);
}

}  // namespace

int compare_numbers(Context& context, Value a, Value b) {
  if (is_small(a) && is_small(b)) return three_way(small_value(a), small_value(b));
  if (!is_number(a) || !is_number(b)) return 2;
  const bool float_a = a.is(Tag::Float);
  const bool float_b = b.is(Tag::Float);
  if (float_a && float_b) {
    const double x = context.constants.number(a);
    const double y = context.constants.number(b);
    return std::isnan(x) || std::isnan(y) ? 2 : three_way(x, y);
  }
  if (float_a) return compare_float_and_integer(context, context.constants.number(a), b);
  if (float_b) {
    const int order = compare_float_and_integer(context, context.constants.number(b), a);
    return order == 2 ? 2 : -order;
  }
  return three_way(context.constants.big(a), context.constants.big(b));
}

Verdict compare(Context& context, CompareOperator op, Value a, Value b, int depth) {
  if (asks_python(context, op, a) || asks_python(context, mirrored(op), b)) return Verdict::NeedsPython;
  if (depth > deepest) return Verdict::NeedsPython;
  const Verdict verdict = compare_plain(context, op, unwrap(context, a), unwrap(context, b), depth);
  if (verdict == Verdict::NoOrder && is_equality(op)) return equality(op, a == b);
  return verdict;
}

Verdict compare_builtin_parts(Context& context, CompareOperator op, Value a, Value b) {
  return compare_plain(context, op, unwrap(context, a), unwrap(context, b), 0);
}

Verdict same_or_equal(Context& context, Value a, Value b, int depth) {
  if (a == b) return Verdict::True;
  return compare(context, CompareOperator::Equal, a, b, depth);
}

Found find_item(Context& context, ObjectId sequence, Value item, std::size_t first, std::size_t last) {
  const auto& slots = context.heap.at(sequence).slots;
  for (std::size_t i = first; i < std::min(last, slots.size()); ++i) {
    const Verdict same = same_or_equal(context, slots[i], item);
    if (same != Verdict::False) return {same, i};
  }
  return {};
}

std::optional<Result> plain_compare(Context& context, CompareOperator op, Value a, Value b) {
  switch (compare(context, op, a, b)) {
    case Verdict::False: return done(Value::boolean(false));
    case Verdict::True: return done(Value::boolean(true));
    case Verdict::Stop: return stop();
    case Verdict::Ended: return context.unsupported("the order of identifiers and clock values is not known here");
    case Verdict::NoOrder: return std::nullopt;
    case Verdict::NeedsPython: return compare_referents_slowly(context, op, a, b);
  }
  return std::nullopt;
}

}  // namespace lockweave::builtins
