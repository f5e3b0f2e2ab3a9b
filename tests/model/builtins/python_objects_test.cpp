// Where plain values end: objects whose classes have special methods in Python, subclasses of builtin types, deep nesting.
#include <doctest/doctest.h>

#include "model/builtins/comparison.h"
#include "model/builtins/iteration.h"
#include "model/builtins/plain_value.h"
#include "tests/support/fake_context.h"

namespace lockweave::testing {
namespace {

using builtins::TypeId;
using bytecode::BinaryOperator;
using bytecode::CompareOperator;
using state::ObjectKind;
using state::Tag;
using state::Value;

Value nested(FakeContext& context, int depth) {
  Value v = context.list({});
  for (int i = 0; i < depth; ++i) v = context.list(std::span(&v, 1));
  return v;
}

TEST_SUITE("model/builtins") {
  TEST_CASE("a key with its own __eq__ or __hash__ is looked up by the library") {
    FakeContext context;
    context.python_specials = {"__eq__", "__hash__"};
    const Value key = context.make_instance(ObjectKind::Instance, TypeId::Object);
    const Value dict = python_literal(context, "{1: 2}");
    const Value items[] = {Value::small_int(1), key};
    CHECK(context.words(builtins::plain_getitem(context, dict, key)) == "call _slow_dict_get");
    CHECK(context.words(builtins::plain_getitem(context, dict, context.tuple(items))) == "call _slow_dict_get");
    CHECK(context.words(context.call(TypeId::Dict, "get", {dict, key})) == "call _slow_dict_get");
    CHECK(context.words(context.call(TypeId::Dict, "pop", {dict, key})) == "call _slow_dict_pop");
    CHECK(context.words(context.call(TypeId::Set, "add", {python_literal(context, "set()"), key})) == "call _slow_set_add");
    CHECK(context.words(context.call(TypeId::List, "index", {python_literal(context, "[1]"), key})) == "call _slow_list_index");
    CHECK_FALSE(builtins::plain_contains(context, dict, key));
    CHECK_FALSE(builtins::plain_hash(context, key));
    CHECK_FALSE(builtins::plain_compare(context, CompareOperator::Equal, key, Value::small_int(1)));
  }

  TEST_CASE("an instance without special methods is a key by identity") {
    FakeContext context;
    const Value key = context.make_instance(ObjectKind::Instance, TypeId::Object);
    const Value other = context.make_instance(ObjectKind::Instance, TypeId::Object);
    const Value dict = python_literal(context, "{}");
    CHECK(context.words(builtins::plain_setitem(context, dict, key, Value::small_int(5))) == "None");
    CHECK(context.words(builtins::plain_getitem(context, dict, key)) == "5");
    CHECK(context.words(builtins::plain_contains(context, dict, other)) == "False");
    CHECK(context.words(builtins::plain_compare(context, CompareOperator::Equal, key, other)) == "False");
  }

  TEST_CASE("an instance of a subclass of str or int stands for its plain value") {
    FakeContext context;
    const Value cls = context.heap.at(context.make_instance(ObjectKind::Instance, TypeId::Str)).cls;
    const Value text = builtins::wrap(context, cls, context.string("ab"));
    CHECK(context.words(builtins::plain_binary(context, BinaryOperator::Add, text, context.string("c"))) == "'abc'");
    CHECK(context.words(builtins::plain_compare(context, CompareOperator::Equal, context.string("ab"), text)) == "True");
    CHECK(context.words(context.call(TypeId::Str, "upper", {text})) == "'AB'");
    const Value dict = python_literal(context, "{'ab': 1}");
    CHECK(context.words(builtins::plain_getitem(context, dict, text)) == "1");
    CHECK(context.repr(text) == "'ab'");
    CHECK(*builtins::plain_hash(context, text) == *builtins::plain_hash(context, context.string("ab")));
  }

  TEST_CASE("operators of a class that defines them in Python are not plain") {
    FakeContext context;
    const Value list = context.make_instance(ObjectKind::List, TypeId::List, {Value::small_int(1)});
    CHECK(context.words(builtins::plain_getitem(context, list, Value::small_int(0))) == "1");
    CHECK(context.words(builtins::plain_length(context, list)) == "1");
    context.python_specials = {"__getitem__", "__len__", "__add__", "__iter__", "__repr__", "__bool__"};
    CHECK_FALSE(builtins::plain_getitem(context, list, Value::small_int(0)));
    CHECK_FALSE(builtins::plain_length(context, list));
    CHECK_FALSE(builtins::plain_truth(context, list));
    CHECK_FALSE(builtins::plain_iter(context, list));
    CHECK_FALSE(builtins::plain_binary(context, BinaryOperator::Add, list, python_literal(context, "[2]")));
    CHECK(context.repr(list) == "needs Python");
    // By name they are still list's own.
    CHECK(context.words(context.call(TypeId::List, "__getitem__", {list, Value::small_int(0)})) == "1");
    CHECK(context.words(context.call(TypeId::List, "__len__", {list})) == "1");
  }

  TEST_CASE("an iterable of the program is turned into a list by the library") {
    FakeContext context;
    context.python_specials = {"__iter__"};
    const Value iterable = context.make_instance(ObjectKind::Instance, TypeId::Object);
    CHECK(context.words(context.call(TypeId::List, "", {builtins::type_value(TypeId::List), iterable})) == "call _retry_construct");
    CHECK(context.words(context.call(TypeId::Str, "join", {context.string(","), iterable})) == "call _slow_join");
    CHECK(context.words(context.call(TypeId::List, "extend", {python_literal(context, "[]"), iterable})) == "call _slow_list_extend");
    const Value plain = context.new_object(ObjectKind::Cell, TypeId::Cell);
    CHECK(context.words(context.call(TypeId::List, "", {builtins::type_value(TypeId::List), plain})) == "TypeError: 'cell' object is not iterable");
  }

  TEST_CASE("containers that contain themselves are written once") {
    FakeContext context;
    const Value list = python_literal(context, "[1]");
    context.heap.append(list.object_id(), list);
    CHECK(context.repr(list) == "[1, [...]]");
    const Value dict = python_literal(context, "{}");
    context.heap.set_item(dict.object_id(), context.string("d"), dict);
    CHECK(context.repr(dict) == "{'d': {...}}");
  }

  TEST_CASE("deep nesting is left to Python frames, which have a limit") {
    FakeContext context;
    const Value deep = nested(context, 100000);
    const Value other = nested(context, 100000);
    CHECK(context.repr(deep) == "needs Python");
    CHECK_FALSE(builtins::plain_compare(context, CompareOperator::Equal, deep, other));
    CHECK(context.words(builtins::plain_compare(context, CompareOperator::Equal, nested(context, 100), nested(context, 100))) == "True");
  }

  TEST_CASE("equal numbers hash alike whatever their types") {
    FakeContext context;
    const auto hash = [&](std::string_view text) { return builtins::plain_hash(context, python_literal(context, text)); };
    CHECK(hash("1") == hash("1.0"));
    CHECK(hash("1") == hash("True"));
    CHECK(hash("100000000000000000000") == hash("1e20"));
    CHECK(hash("(1, 2)") == hash("(1.0, 2)"));
    CHECK(hash("frozenset({1, 2})") == hash("frozenset({2, 1})"));
    CHECK(*hash("2305843009213693951") == 0);  // 2**61 - 1, sys.hash_info.modulus
    CHECK(static_cast<std::int64_t>(*hash("-1")) == -2);
    CHECK(*hash("0.5") == 1152921504606846976u);
    CHECK_FALSE(hash("[]"));
    CHECK_FALSE(hash("(1, [])"));
  }

  TEST_CASE("an iterator over a table that changed its size raises, one over a list goes on") {
    FakeContext context;
    const Value dict = python_literal(context, "{1: 2}");
    const Value keys = builtins::plain_iter(context, dict)->value;
    context.heap.set_item(dict.object_id(), Value::small_int(5), Value::none());
    CHECK(context.words(builtins::plain_next(context, keys)) == "RuntimeError: dictionary changed size during iteration");
    const Value list = python_literal(context, "[1]");
    const Value items = builtins::plain_iter(context, list)->value;
    CHECK(context.words(builtins::plain_next(context, items)) == "1");
    context.heap.append(list.object_id(), Value::small_int(2));
    CHECK(context.words(builtins::plain_next(context, items)) == "2");
    CHECK(context.words(builtins::plain_next(context, items)) == "end");
    context.heap.append(list.object_id(), Value::small_int(3));
    CHECK(context.words(builtins::plain_next(context, items)) == "end");
  }

  TEST_CASE("the order of clock values is not guessed") {
    FakeContext context;
    const Value clock(Tag::Opaque, 1);
    const Value later(Tag::Opaque, 2);
    CHECK(builtins::plain_binary(context, BinaryOperator::Subtract, later, clock)->value.is(Tag::Opaque));
    CHECK(context.words(builtins::plain_compare(context, CompareOperator::Less, clock, later)).starts_with("unsupported: "));
    FakeContext fresh;
    CHECK(fresh.words(builtins::plain_compare(fresh, CompareOperator::Equal, clock, later)) == "False");
  }

  TEST_CASE("a method called on the wrong type is refused") {
    FakeContext context;
    CHECK(context.words(context.call(TypeId::List, "append", {Value::small_int(5), Value::none()})) ==
          "TypeError: descriptor 'append' for 'list' objects doesn't apply to a 'int' object");
    CHECK(context.words(context.call(TypeId::Dict, "get", {})) == "TypeError: unbound method dict.get() needs an argument");
    context.version = {3, 7};
    CHECK(context.words(context.call(TypeId::List, "pop", {python_literal(context, "[]"), Value::small_int(1), Value::small_int(2)})) ==
          "TypeError: pop() takes at most 1 argument (2 given)");
  }
}

}  // namespace
}  // namespace lockweave::testing
