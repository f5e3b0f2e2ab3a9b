// What every context answers the same way.
#include <algorithm>
#include <array>

#include "model/builtins/builtin.h"

namespace lockweave::builtins {

Result Context::raise(TypeId type, std::string_view message) {
  const Value words = string(message);
  return raise_value(make_exception(type, std::span(&words, 1)));
}

Result Context::raise_key_error(Value key) { return raise_value(make_exception(TypeId::KeyError, std::span(&key, 1))); }

Result Context::raise_stop_iteration(Value v) {
  return raise_value(make_exception(TypeId::StopIteration, v.is_none() ? std::span<const Value>() : std::span<const Value>(&v, 1)));
}

Result Context::retry_with_list(Value function, const Arguments& arguments, std::size_t position) {
  const Value keywords = new_object(ObjectKind::Dict, TypeId::Dict);
  for (const Keyword& keyword : arguments.keywords) heap.set_item(keywords.object_id(), keyword.name, keyword.value);
  const Value call[] = {function, Value::small_int(static_cast<std::int64_t>(position)), tuple(arguments.positional), keywords};
  return call_library("_retry_call", call);
}

Value Context::tuple(std::span<const Value> items) {
  const ObjectId id = heap.allocate(ObjectKind::Tuple, type_value(TypeId::Tuple), site());
  heap.assign(id, items);
  return Value::object(id);
}

Value Context::list(std::span<const Value> items) {
  const ObjectId id = heap.allocate(ObjectKind::List, type_value(TypeId::List), site());
  heap.assign(id, items);
  return Value::object(id);
}

Value Context::new_object(ObjectKind kind, TypeId type, std::size_t slots) {
  return Value::object(heap.allocate(kind, type_value(type), site(), slots));
}

Value Context::type_of(Value v) const {
  switch (v.tag()) {
    case Tag::Unset: case Tag::None: return type_value(TypeId::NoneType);
    case Tag::False: case Tag::True: return type_value(TypeId::Bool);
    case Tag::Ellipsis: return type_value(TypeId::EllipsisType);
    case Tag::NotImplemented: return type_value(TypeId::NotImplementedType);
    case Tag::Int: case Tag::BigInt: return type_value(TypeId::Int);
    case Tag::Float: return type_value(TypeId::Float);
    case Tag::String: return type_value(TypeId::Str);
    case Tag::Bytes: return type_value(TypeId::Bytes);
    case Tag::Opaque: return type_value(TypeId::Opaque);
    case Tag::Type: return type_value(TypeId::Type);
    case Tag::Builtin: return type_value(TypeId::BuiltinFunction);
    case Tag::Code: return type_value(TypeId::Code);
    case Tag::Object: return heap.at(v).cls;
    case Tag::Weak: return type_value(TypeId::WeakRef);
  }
  return type_value(TypeId::Object);
}

bool Context::is_instance(Value v, TypeId type) const {
  const Value cls = type_of(v);
  if (cls.is(Tag::Type)) return is_subtype(type_id(cls), type);
  const auto& order = heap.at(heap.at(cls).slots[state::slot::klass::mro]).slots;
  return std::ranges::find(order, type_value(type)) != order.end();
}

std::string Context::type_name_of(Value v) const {
  const Value cls = type_of(v);
  if (cls.is(Tag::Type)) return std::string(type_name(type_id(cls)));
  return text(heap.at(cls).slots[state::slot::klass::name]);
}

}  // namespace lockweave::builtins
