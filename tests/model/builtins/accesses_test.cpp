// What builtin methods report before they change anything (model/builtins/builtin.h).
#include <doctest/doctest.h>

#include <fmt/format.h>

#include <algorithm>

#include "model/builtins/iteration.h"
#include "tests/support/fake_context.h"

namespace lockweave::testing {
namespace {

using builtins::Result;
using builtins::ResultKind;
using bytecode::BinaryOperator;
using state::Value;

// One call: its name and arguments; the first argument is shared with other threads.
struct Call {
  std::string_view name;
  std::string_view arguments;
};

constexpr Call calls[] = {
    {"list.append", "([1, 2], 3)"}, {"list.extend", "([1], [2, 3])"}, {"list.extend", "([1], {2: 3})"}, {"list.insert", "([1, 2], 0, 9)"},
    {"list.pop", "([1, 2],)"}, {"list.pop", "([1, 2], 0)"}, {"list.remove", "([1, 2, 3], 2)"}, {"list.clear", "([1],)"},
    {"list.reverse", "([1, 2],)"}, {"list.sort", "([2, 1],)"}, {"list.copy", "([1],)"}, {"list.index", "([1, 2], 2)"},
    {"list.count", "([1], 1)"}, {"list.__setitem__", "([1, 2], 0, 5)"}, {"list.__setitem__", "([1, 2], slice(0, 1, None), [7, 8])"},
    {"list.__setitem__", "([1, 2, 3], slice(None, None, 2), [7, 8])"}, {"list.__delitem__", "([1, 2], 0)"},
    {"list.__delitem__", "([1, 2, 3], slice(0, 2, None))"}, {"list.__getitem__", "([1, 2], 0)"}, {"list.__getitem__", "([1, 2], -1)"},
    {"list.__getitem__", "([1, 2], slice(None, None, None))"}, {"list.__contains__", "([1], 1)"}, {"list.__len__", "([1],)"},
    {"list.__iadd__", "([1], [2])"}, {"list.__imul__", "([1], 2)"}, {"list.__init__", "([1], [2])"}, {"list.__eq__", "([1], [2])"},
    {"dict.get", "({1: 2}, 1)"}, {"dict.pop", "({1: 2}, 1)"}, {"dict.pop", "({1: 2}, 5, 0)"}, {"dict.popitem", "({1: 2},)"},
    {"dict.setdefault", "({1: 2}, 1)"}, {"dict.setdefault", "({1: 2}, 5, 6)"}, {"dict.clear", "({1: 2, 3: 4},)"}, {"dict.copy", "({1: 2},)"},
    {"dict.update", "({1: 2}, {3: 4, 1: 5})"}, {"dict.update", "({1: 2}, [(3, 4)])"}, {"dict.__setitem__", "({}, 1, 2)"},
    {"dict.__setitem__", "({1: 2}, 1, 3)"}, {"dict.__delitem__", "({1: 2}, 1)"}, {"dict.__getitem__", "({1: 2}, 1)"},
    {"dict.__contains__", "({1: 2}, 5)"}, {"dict.__len__", "({1: 2},)"}, {"dict.__eq__", "({1: 2}, {1: 2})"}, {"dict.__ior__", "({1: 2}, {3: 4})"},
    {"set.add", "({1}, 2)"}, {"set.add", "({1}, 1)"}, {"set.discard", "({1}, 1)"}, {"set.discard", "({1}, 5)"}, {"set.remove", "({1}, 1)"},
    {"set.pop", "({1},)"}, {"set.clear", "({1, 2},)"}, {"set.copy", "({1},)"}, {"set.update", "({1}, [2, 1])"},
    {"set.intersection_update", "({1, 2}, [2])"}, {"set.difference_update", "({1, 2}, [2, 5])"},
    {"set.symmetric_difference_update", "({1, 2}, [2, 3])"}, {"set.__ior__", "({1}, {2})"}, {"set.__init__", "({1}, [2])"},
    {"set.__contains__", "({1}, 1)"}, {"set.issubset", "({1}, [1])"}, {"set.union", "({1}, [2])"},
};

struct Outcome {
  std::string result;
  std::string self;
  std::size_t accesses;
};

Outcome run(const Call& call, std::optional<std::size_t> stop_at) {
  FakeContext context;
  const Value tuple = python_literal(context, call.arguments);
  const std::vector<Value> arguments = context.heap.at(tuple).slots;
  context.share(arguments[0]);
  context.stop_at = stop_at;
  const auto type = type_named(call.name.substr(0, call.name.find('.')));
  const Result result = context.call(*type, call.name.substr(call.name.find('.') + 1), arguments);
  const std::size_t accesses = context.accesses.size();
  context.stop_at.reset();  // writing the result looks at self again
  return {context.words(result), context.repr(arguments[0]), accesses};
}

std::string self_before(const Call& call) {
  FakeContext context;
  return context.repr(context.heap.at(python_literal(context, call.arguments)).slots[0]);
}

TEST_SUITE("model/builtins") {
  TEST_CASE("a method that stops at any of its accesses has changed nothing") {
    for (const Call& call : calls) {
      INFO(call.name, call.arguments);
      const Outcome whole = run(call, std::nullopt);
      CHECK(whole.accesses > 0);
      CHECK(whole.result != "stop");
      for (std::size_t i = 0; i < whole.accesses; ++i) {
        const Outcome stopped = run(call, i);
        CHECK(stopped.result == "stop");
        CHECK(stopped.self == self_before(call));
        CHECK(stopped.accesses == i + 1);
      }
    }
  }

  TEST_CASE("what changes a shared container reports a write, and what only looks does not") {
    for (const Call& call : calls) {
      FakeContext context;
      const std::vector<Value> arguments = context.heap.at(python_literal(context, call.arguments)).slots;
      context.share(arguments[0]);
      const auto type = type_named(call.name.substr(0, call.name.find('.')));
      (void)context.call(*type, call.name.substr(call.name.find('.') + 1), arguments);
      const bool writes = std::ranges::any_of(context.accesses, [](const std::string& access) { return access.starts_with("write"); });
      const bool changed = context.repr(arguments[0]) != self_before(call);
      INFO(call.name, call.arguments);
      CHECK((!changed || writes));
    }
  }

  TEST_CASE("looking for a key that is not there reads that key") {
    FakeContext context;
    const Value dict = python_literal(context, "{'a': 1}");
    context.share(dict);
    (void)context.call(builtins::TypeId::Dict, "get", {dict, context.string("b")});
    REQUIRE(context.accesses.size() == 1);
    CHECK(context.accesses[0] == fmt::format("read {} 'b'", dict.object_id()));
  }

  TEST_CASE("storing under a key that is there leaves order and length alone") {
    FakeContext context;
    const Value dict = python_literal(context, "{'a': 1}");
    context.share(dict);
    (void)builtins::plain_setitem(context, dict, context.string("a"), Value::none());
    CHECK(context.accesses == std::vector{fmt::format("write {} 'a'", dict.object_id())});
    context.accesses.clear();
    (void)builtins::plain_setitem(context, dict, context.string("b"), Value::none());
    CHECK(context.accesses.size() == 3);
  }

  TEST_CASE("an iterator given to a method that stops is not used up") {
    for (std::size_t i = 0; i < 4; ++i) {
      FakeContext context;
      const Value list = python_literal(context, "[1]");
      const Value source = python_literal(context, "[2, 3]");
      const Value iterator = builtins::plain_iter(context, source)->value;
      context.share(list);
      context.share(iterator);
      context.stop_at = i;
      const Result result = context.call(builtins::TypeId::List, "extend", {list, iterator});
      if (result.kind != ResultKind::Stop) continue;
      context.stop_at.reset();
      std::vector<Value> left;
      CHECK(builtins::collect(context, iterator, left) == builtins::CollectStatus::Ok);
      CHECK(left.size() == 2);
      CHECK(context.repr(list) == "[1]");
    }
  }

  TEST_CASE("private containers report nothing") {
    for (const Call& call : calls) {
      FakeContext context;
      const std::vector<Value> arguments = context.heap.at(python_literal(context, call.arguments)).slots;
      const auto type = type_named(call.name.substr(0, call.name.find('.')));
      (void)context.call(*type, call.name.substr(call.name.find('.') + 1), arguments);
      CHECK(context.accesses.empty());
    }
  }
}

}  // namespace
}  // namespace lockweave::testing
