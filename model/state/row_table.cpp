#include "model/state/row_table.h"

#include <boost/container/small_vector.hpp>

namespace lockweave::state {
namespace {

using ShortList = boost::container::small_vector<std::uint32_t, 128>;

}  // namespace

// The top row begins with the length of the whole list, which says how many levels lie below.
std::uint32_t ListTable::intern(std::span<const std::uint32_t> list) {
  if (list.empty()) return 0;
  std::uint32_t top[row_length + 1];
  top[0] = static_cast<std::uint32_t>(list.size());
  ShortList level;
  while (list.size() > row_length) {  // `level` may be what `list` shows: what is written lies before what is still to be read
    const std::size_t rows = (list.size() + row_length - 1) / row_length;
    if (level.empty()) level.resize(rows, boost::container::default_init);
    for (std::size_t row = 0; row < rows; ++row) {
      const std::size_t first = row * row_length;
      level[row] = rows_.intern(list.subspan(first, std::min(row_length, list.size() - first)));
    }
    list = std::span<const std::uint32_t>(level.data(), rows);
  }
  std::copy(list.begin(), list.end(), top + 1);
  return rows_.intern({top, list.size() + 1});
}

void ListTable::expand(std::uint32_t number, std::vector<std::uint32_t>& list) const {
  list.clear();
  if (number == 0) return;
  const std::span<const std::uint32_t> top = rows_[number];
  int levels = 0;
  for (std::size_t size = top[0]; size > row_length; size = (size + row_length - 1) / row_length) ++levels;
  list.assign(top.begin() + 1, top.end());
  ShortList above;
  for (; levels > 0; --levels) {
    above.assign(list.begin(), list.end());
    list.clear();
    for (const std::uint32_t row : above) {
      const std::span<const std::uint32_t> words = rows_[row];
      list.insert(list.end(), words.begin(), words.end());
    }
  }
}

}  // namespace lockweave::state
