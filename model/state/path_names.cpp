#include "model/state/path_names.h"

namespace lockweave::state {
namespace {

std::uint32_t hash_pair(std::uint32_t a, std::uint64_t b) {
  std::uint64_t x = (b + 0x9e3779b97f4a7c15ULL) ^ std::uint64_t{a} * 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  return static_cast<std::uint32_t>(x ^ x >> 32);
}

}  // namespace

void PathNames::start_at(ObjectId first) {
  first_ = first;
  base_owners_.assign(first, BaseOwner{});
  paths_.clear();
  table_.assign(1024, 0);
}

void PathNames::grow() {
  table_.assign(table_.size() * 2, 0);
  const std::size_t mask = table_.size() - 1;
  for (std::size_t p = 0; p < paths_.size(); ++p) {
    std::size_t i = hash_pair(paths_[p].parent, paths_[p].label) & mask;
    while (table_[i] != 0) i = (i + 1) & mask;
    table_[i] = static_cast<std::uint32_t>(p + 1);
  }
}

ObjectId PathNames::child(ObjectId parent, std::uint64_t label) {
  const std::size_t mask = table_.size() - 1;
  std::size_t i = hash_pair(parent, label) & mask;
  for (; table_[i] != 0; i = (i + 1) & mask) {
    const Path& path = paths_[table_[i] - 1];
    if (path.parent == parent && path.label == label) return first_ + table_[i] - 1;
  }
  const bool is_thread = parent == 0 && (label & label::thread) != 0;
  const bool is_weak = label == label::weak || label == label::weak_head || this->is_weak(parent);
  const std::uint32_t owner = is_thread ? static_cast<std::uint32_t>(label & ~label::thread) + 1 : this->owner(parent);
  paths_.push_back({parent, owner & 0x3fffffffu, is_thread, is_weak, label});
  table_[i] = static_cast<std::uint32_t>(paths_.size());
  const auto name = static_cast<ObjectId>(first_ + paths_.size() - 1);
  if (paths_.size() * 2 > table_.size()) grow();
  return name;
}

std::size_t PathNames::bytes() const { return paths_.capacity() * sizeof(Path) + table_.capacity() * sizeof(std::uint32_t); }

}  // namespace lockweave::state
