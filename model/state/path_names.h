// Names of objects that do not depend on the interleaving: the path on which a fixed walk first reaches them.
#pragma once

#include <cstdint>
#include <vector>

#include "model/base/intern_table.h"
#include "model/state/value.h"

namespace lockweave::state {

// What a path goes along, other than the number of a slot.
namespace label {

inline constexpr std::uint64_t of_class = ~std::uint64_t{0};
inline constexpr std::uint64_t attributes = ~std::uint64_t{1};
inline constexpr std::uint64_t protector = ~std::uint64_t{4};
inline constexpr std::uint64_t weak = ~std::uint64_t{2};
inline constexpr std::uint64_t weak_head = ~std::uint64_t{3};
inline constexpr std::uint64_t thread = std::uint64_t{1} << 48;  // | its number, at the root
inline constexpr std::uint64_t frame = std::uint64_t{1} << 49;   // | its depth, at a thread

// Of an entry of a table: its key, or where in the walk it comes if the key is an object. The low byte of a key is its
// tag, so labels of positions, whose low byte is no tag, are different from all keys.
inline std::uint64_t item(Value key, std::size_t position) { return key.is_object() ? position << 8 | 0xfe : key.bits(); }
inline std::uint64_t key(std::size_t position) { return position << 8 | 0xfd; }

}  // namespace label

// Interned (parent, label) pairs. Numbers start at the base limit. Safe for several threads once start_at and set_base_owner are done.
class PathNames {
 public:
  // Whose section objects of that name lie in.
  static constexpr std::uint32_t global = 0;

  void start_at(ObjectId first);
  ObjectId child(ObjectId parent, std::uint64_t label);
  // `global`, or the thread's number + 1.
  std::uint32_t owner(ObjectId name) const { return name < first_ ? base_owners_[name].owner : paths_[name - first_].owner; }
  bool is_thread(ObjectId name) const { return name < first_ ? base_owners_[name].is_thread : paths_[name - first_].is_thread; }
  // A weak reference lies on the path.
  bool is_weak(ObjectId name) const { return name >= first_ && paths_[name - first_].is_weak; }
  // Of a name that is none of the base image's.
  ObjectId parent(ObjectId name) const { return paths_[name - first_].parent; }
  std::uint64_t label(ObjectId name) const { return paths_[name - first_].label; }
  void set_base_owner(ObjectId base, std::uint32_t owner, bool is_thread) { base_owners_[base] = {owner, is_thread}; }
  std::size_t bytes() const { return paths_.bytes(); }

 private:
  struct Path {
    ObjectId parent;
    std::uint32_t owner : 30;
    std::uint32_t is_thread : 1;
    std::uint32_t is_weak : 1;
    std::uint64_t label;
  };
  struct HashPath {
    std::uint32_t operator()(const Path& path) const { return hash_of(path.parent, path.label); }
  };
  static std::uint32_t hash_of(ObjectId parent, std::uint64_t label);
  ObjectId first_ = 0;
  struct BaseOwner {
    std::uint32_t owner = global;
    bool is_thread = false;
  };
  std::vector<BaseOwner> base_owners_;
  InternTable<Path, HashPath> paths_;
};

}  // namespace lockweave::state
