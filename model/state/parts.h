// The content of one object, as words, interned.
//
//   site << 32 | name    head of the weak references << 32 | flags | kind    class    attributes    slots...
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/state/object.h"
#include "model/state/path_names.h"
#include "model/state/row_table.h"

namespace lockweave::state {

namespace part_word {

inline constexpr std::size_t name = 0;
inline constexpr std::size_t header = 1;
inline constexpr std::size_t of_class = 2;
inline constexpr std::size_t attributes = 3;
inline constexpr std::size_t first_slot = 4;

inline constexpr std::uint64_t escaped = 1 << 8;
inline constexpr std::uint64_t finalized = 1 << 9;
inline constexpr std::uint64_t class_dictionary = 1 << 10;

inline ObjectKind kind(std::uint64_t header) { return static_cast<ObjectKind>(header & 0xff); }
inline ObjectId weak_head(std::uint64_t header) { return static_cast<ObjectId>(header >> 32); }

}  // namespace part_word

inline bool is_table(ObjectKind kind) { return kind == ObjectKind::Dict || kind == ObjectKind::Set || kind == ObjectKind::FrozenSet; }
inline std::size_t table_stride(ObjectKind kind) { return kind == ObjectKind::Dict ? 2 : 1; }

// Interned contents, each with the references to other than base objects that lie in it, in walk order.
class Parts {
 public:
  struct Edge {
    ObjectId child;
    ObjectId name;  // of the child, if the walk reaches it first by this edge; 0 until that has happened once
    std::uint64_t label;
  };
  struct Edges {
    std::uint32_t begin = 0;
    std::uint32_t count = unknown;
    bool weak = false;  // weak references lead to the object or from it
    std::uint32_t owner = PathNames::global;  // whose objects it refers to (threads themselves aside), strongly or weakly; or `several`
    static constexpr std::uint32_t unknown = 0xffffffffu;
    static constexpr std::uint32_t several = 0xffffffffu;
  };

  std::uint32_t intern(std::span<const std::uint64_t> words) { return rows_.intern(words); }
  std::span<const std::uint64_t> words(std::uint32_t part) const { return rows_[part]; }
  // The edges of a part; base objects lie below `base_limit`.
  const Edges& edges(std::uint32_t part, ObjectId base_limit, const PathNames& names);
  Edge& edge(std::uint32_t i) { return all_edges_[i]; }
  std::size_t bytes() const {
    return rows_.bytes() + edges_.capacity() * sizeof(Edges) + all_edges_.capacity() * sizeof(Edge);
  }

 private:
  void find_edges(std::uint32_t part, ObjectId base_limit, const PathNames& names);
  RowTable<std::uint64_t> rows_;
  std::vector<Edges> edges_;
  std::vector<Edge> all_edges_;
};

}  // namespace lockweave::state
