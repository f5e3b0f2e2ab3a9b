// Operators and text of plain values: everything that needs no Python code of the program.
// Each answers "needs Python" when an operand's class has its own special method; the VM then calls the library.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/builtins/builtin.h"
#include "model/bytecode/opcode.h"

namespace lockweave::builtins {

// nullopt: no plain meaning; the VM tries special methods and then raises TypeError.
std::optional<Result> plain_binary(Context& context, bytecode::BinaryOperator op, Value a, Value b);
// In-place: list += iterable, set |= set, dict |= dict change a; everything else as plain_binary.
std::optional<Result> plain_inplace(Context& context, bytecode::BinaryOperator op, Value a, Value b);
std::optional<Result> plain_unary_negative(Context& context, Value a);
std::optional<Result> plain_unary_positive(Context& context, Value a);
std::optional<Result> plain_unary_invert(Context& context, Value a);

// Comparison of plain values, containers item by item. nullopt: some operand or item needs Python (or has no order).
std::optional<Result> plain_compare(Context& context, bytecode::CompareOperator op, Value a, Value b);
std::optional<Result> plain_contains(Context& context, Value container, Value item);
std::optional<Result> plain_getitem(Context& context, Value container, Value key);
std::optional<Result> plain_setitem(Context& context, Value container, Value key, Value v);
std::optional<Result> plain_delitem(Context& context, Value container, Value key);
std::optional<Result> plain_length(Context& context, Value container);
// True, False, or nullopt (needs Python). A stop is Result Stop.
std::optional<Result> plain_truth(Context& context, Value v);

enum class TextStatus { Ok, NeedsPython, Stop };
TextStatus plain_repr(Context& context, Value v, std::string& out);
TextStatus plain_str(Context& context, Value v, std::string& out);
// format(v, spec) for str, int, float, bool and (with an empty spec) everything plain. Raised: bad spec.
std::optional<Result> plain_format(Context& context, Value v, const std::string& spec);

// All items of an iterable. Builtin iterators are consumed.
enum class CollectStatus { Ok, NeedsPython, Stop, NotIterable };
CollectStatus collect(Context& context, Value iterable, std::vector<Value>& items);

// iter(v) for builtin containers and iterators; nullopt: needs Python or is not iterable.
std::optional<Result> plain_iter(Context& context, Value v);
// next(it) of an Iterator object. Done with Unset value: exhausted.
Result plain_next(Context& context, Value iterator);

std::optional<std::uint64_t> plain_hash(Context& context, Value v);  // nullopt: unhashable, or needs Python

}  // namespace lockweave::builtins
