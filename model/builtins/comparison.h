// Comparison without Python: the answers that the operators, the containers and list.sort share.
#pragma once

#include "model/builtins/operators.h"

namespace lockweave::builtins {

enum class Verdict : std::uint8_t {
  False,
  True,
  NoOrder,      // NotImplemented: these two have none
  NeedsPython,
  Stop,
  Ended,        // outside the subset: the context has noted it
};

Verdict compare(Context& context, bytecode::CompareOperator op, Value a, Value b, int depth = 0);
// What the builtin types of a and b say themselves, whatever their own classes define: list.__eq__(a, b).
Verdict compare_builtin_parts(Context& context, bytecode::CompareOperator op, Value a, Value b);
// What containers ask of two items: the same object, or equal.
Verdict same_or_equal(Context& context, Value a, Value b, int depth = 0);

// Its special method: `__lt__`, ...
constexpr std::string_view method_of(bytecode::CompareOperator op) {
  using bytecode::CompareOperator;
  switch (op) {
    case CompareOperator::Less: return "__lt__";
    case CompareOperator::LessEqual: return "__le__";
    case CompareOperator::Equal: return "__eq__";
    case CompareOperator::NotEqual: return "__ne__";
    case CompareOperator::Greater: return "__gt__";
    case CompareOperator::GreaterEqual: return "__ge__";
  }
  return {};
}

inline Verdict verdict_of(bool b) { return b ? Verdict::True : Verdict::False; }

// Position of the first item that is the same or equal. `verdict` is True or False, or why it is not known.
struct Found {
  Verdict verdict = Verdict::False;
  std::size_t position = 0;
};
Found find_item(Context& context, ObjectId sequence, Value item, std::size_t first, std::size_t last);

// Numbers: -1, 0, 1; 2 if one is not a number.
int compare_numbers(Context& context, Value a, Value b);

}  // namespace lockweave::builtins
