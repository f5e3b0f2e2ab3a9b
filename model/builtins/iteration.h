// Iterators over the builtin containers, and taking all items of something.
#pragma once

#include <vector>

#include "model/builtins/operators.h"

namespace lockweave::builtins {

// IteratorSlot `which`.
enum class Walk : std::uint8_t { Forwards, Backwards, Keys, Values, Items };

Value make_iterator(Context& context, Value container, Walk walk, std::size_t position, std::size_t length);

// As collect(), but an iterator is not moved: `consumed` names it, and consume() does it once nothing can stop any more.
CollectStatus gather(Context& context, Value iterable, std::vector<Value>& items, Value& consumed);
void consume(Context& context, Value consumed);

// "'int' object is not iterable"
Result refuse_not_iterable(Context& context, Value v);

// A method or constructor that met an iterable which only Python can walk: it is called again with a list in its place.
// `position` is that of the iterable in `arguments` (1: the first behind self or the class).
Result retry_method(Context& context, std::string_view name, const Arguments& arguments, std::size_t position);
Result retry_construct(Context& context, const Arguments& arguments, std::size_t position);

// How many items an iterator still has, as far as it knows.
std::size_t items_left(Context& context, Value iterator);

// range objects
std::size_t range_length(Context& context, Value range);           // cut to the machine's word
state::BigInt range_exact_length(Context& context, Value range);
Value range_item(Context& context, Value range, std::int64_t index);

}  // namespace lockweave::builtins
