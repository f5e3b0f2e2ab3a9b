#include "model/builtins/sorting.h"

#include <algorithm>

namespace lockweave::builtins {
namespace {

// std::stable_sort may run outside the range when the answers contradict each other, as NaN's do.
class MergeSort {
 public:
  MergeSort(Context& context, std::vector<Value>& items) : context_(context), items_(items), buffer_(items.size()) {}

  Verdict run() {
    sort(0, items_.size());
    return failure_ == Verdict::False ? Verdict::True : failure_;
  }

 private:
  bool less(Value a, Value b) {
    const Verdict verdict = compare(context_, bytecode::CompareOperator::Less, a, b);
    if (verdict > Verdict::True && failure_ == Verdict::False) failure_ = verdict;
    return verdict == Verdict::True;
  }

  void sort(std::size_t first, std::size_t last) {
    if (last - first < 2 || failure_ != Verdict::False) return;
    const std::size_t middle = first + (last - first) / 2;
    sort(first, middle);
    sort(middle, last);
    if (!less(items_[middle], items_[middle - 1])) return;
    merge(first, middle, last);
  }

  void merge(std::size_t first, std::size_t middle, std::size_t last) {
    std::size_t i = first;
    std::size_t j = middle;
    for (std::size_t out = first; out < last; ++out) {
      const bool right = i == middle || (j < last && less(items_[j], items_[i]));
      buffer_[out] = items_[right ? j++ : i++];
    }
    std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(first), buffer_.begin() + static_cast<std::ptrdiff_t>(last),
              items_.begin() + static_cast<std::ptrdiff_t>(first));
  }

  Context& context_;
  std::vector<Value>& items_;
  std::vector<Value> buffer_;
  Verdict failure_ = Verdict::False;
};

}  // namespace

Verdict sort_values(Context& context, std::vector<Value>& items, bool reverse) {
  if (reverse) std::ranges::reverse(items);
  const Verdict verdict = MergeSort(context, items).run();
  if (reverse) std::ranges::reverse(items);
  return verdict;
}

}  // namespace lockweave::builtins
