// The content of one object, as words, interned.
//
//   site << 32 | name    head of the weak references << 32 | creation << 11 | flags | kind    class    attributes    protector    slots...
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <span>

#include "model/state/object.h"
#include "model/state/path_names.h"
#include "model/state/row_table.h"

namespace lockweave::state {

namespace part_word {

inline constexpr std::size_t name = 0;
inline constexpr std::size_t header = 1;
inline constexpr std::size_t of_class = 2;
inline constexpr std::size_t attributes = 3;
inline constexpr std::size_t protector = 4;
inline constexpr std::size_t first_slot = 5;

inline constexpr std::uint64_t escaped = 1 << 8;
inline constexpr std::uint64_t finalized = 1 << 9;
inline constexpr std::uint64_t class_dictionary = 1 << 10;

inline constexpr unsigned creation_shift = 11;
inline constexpr std::uint64_t creation_mask = (1 << 21) - 1;

inline CreationId creation(std::uint64_t header) { return static_cast<CreationId>(header >> creation_shift & creation_mask); }
inline ObjectKind kind(std::uint64_t header) { return static_cast<ObjectKind>(header & 0xff); }
inline ObjectId weak_head(std::uint64_t header) { return static_cast<ObjectId>(header >> 32); }

}  // namespace part_word

inline bool is_table(ObjectKind kind) { return kind == ObjectKind::Dict || kind == ObjectKind::Set || kind == ObjectKind::FrozenSet; }
inline std::size_t table_stride(ObjectKind kind) { return kind == ObjectKind::Dict ? 2 : 1; }

// Interned contents, each with the references to other than base objects that lie in it, in walk order.
// Safe for several threads (model/base/intern_table.h).
class Parts {
 public:
  struct Edge {
    ObjectId child = 0;
    ObjectId name = 0;  // of the child, if the walk reaches it first by this edge; 0 until that has happened once
    std::uint64_t label = 0;
    // Whoever fills it in fills in the same.
    ObjectId known_name() const { return std::atomic_ref(const_cast<ObjectId&>(name)).load(std::memory_order_acquire); }
    void know_name(ObjectId id) { std::atomic_ref(name).store(id, std::memory_order_release); }
  };
  struct Edges {
    std::uint32_t begin = 0;
    std::uint32_t count = unknown;  // written last
    bool weak = false;  // weak references lead to the object or from it
    std::uint32_t owner = PathNames::global;  // whose objects it refers to (threads themselves aside), strongly or weakly; or `several`
    static constexpr std::uint32_t unknown = 0xffffffffu;
    static constexpr std::uint32_t several = 0xffffffffu;
  };

  std::uint32_t intern(std::span<const std::uint64_t> words) { return rows_.intern(words); }
  std::span<const std::uint64_t> words(std::uint32_t part) const { return rows_[part]; }
  // The edges of a part; base objects lie below `base_limit`.
  const Edges& edges(std::uint32_t part, ObjectId base_limit, const PathNames& names) {
    Edges& edges = rows_.more(part);
    if (std::atomic_ref(edges.count).load(std::memory_order_acquire) == Edges::unknown) find_edges(part, base_limit, names);
    return edges;
  }
  Edge& edge(std::uint32_t i) { return all_edges_[i]; }
  std::size_t bytes() const { return rows_.bytes() + all_edges_.bytes(); }

 private:
  void find_edges(std::uint32_t part, ObjectId base_limit, const PathNames& names);
  RowTable<std::uint64_t, Edges> rows_;
  AppendOnly<Edge> all_edges_;
  std::mutex edges_mutex_;
};

}  // namespace lockweave::state
