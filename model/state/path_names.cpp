#include "model/state/path_names.h"

namespace lockweave::state {

std::uint32_t PathNames::hash_of(ObjectId parent, std::uint64_t label) {
  std::uint64_t x = (label + 0x9e3779b97f4a7c15ULL) ^ std::uint64_t{parent} * 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  return static_cast<std::uint32_t>(x ^ x >> 32);
}

void PathNames::start_at(ObjectId first) {
  first_ = first;
  base_owners_.assign(first, BaseOwner{});
  paths_.clear();
}

ObjectId PathNames::child(ObjectId parent, std::uint64_t label) {
  const auto is_it = [&](const Path& path) { return path.parent == parent && path.label == label; };
  const auto make = [&] {
    const bool is_thread = parent == 0 && (label & label::thread) != 0;
    const bool is_weak = label == label::weak || label == label::weak_head || this->is_weak(parent);
    const std::uint32_t owner = is_thread ? static_cast<std::uint32_t>(label & ~label::thread) + 1 : this->owner(parent);
    return Path{parent, owner & 0x3fffffffu, is_thread, is_weak, label};
  };
  return first_ + paths_.intern(hash_of(parent, label), is_it, make);
}

}  // namespace lockweave::state
