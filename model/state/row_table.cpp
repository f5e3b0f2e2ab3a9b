#include "model/state/row_table.h"

namespace lockweave::state {

// The top row begins with the length of the whole list, which says how many levels lie below.
std::uint32_t ListTable::intern(std::span<const std::uint32_t> list) {
  if (list.empty()) return 0;
  std::uint32_t top[row_length + 1];
  top[0] = static_cast<std::uint32_t>(list.size());
  scratch_.assign(list.begin(), list.end());
  while (scratch_.size() > row_length) {
    std::size_t rows = 0;
    for (std::size_t first = 0; first < scratch_.size(); first += row_length)
      scratch_[rows++] = rows_.intern(std::span(scratch_).subspan(first, std::min(row_length, scratch_.size() - first)));
    scratch_.resize(rows);
  }
  std::copy(scratch_.begin(), scratch_.end(), top + 1);
  return rows_.intern({top, scratch_.size() + 1});
}

void ListTable::expand(std::uint32_t number, std::vector<std::uint32_t>& list) const {
  list.clear();
  if (number == 0) return;
  const std::span<const std::uint32_t> top = rows_[number];
  int levels = 0;
  for (std::size_t size = top[0]; size > row_length; size = (size + row_length - 1) / row_length) ++levels;
  list.assign(top.begin() + 1, top.end());
  std::vector<std::uint32_t> above;
  for (; levels > 0; --levels) {
    above.swap(list);
    list.clear();
    for (const std::uint32_t row : above) list.insert(list.end(), rows_[row].begin(), rows_[row].end());
  }
}

}  // namespace lockweave::state
