// Canonical names, and a state as a short row of numbers.
//
// A base object is named by its number. Every other object is named by the path on which a fixed walk first reaches
// it: (name of the object that leads there, which of its slots). Paths are interned, so a name is one number; it does not
// depend on who created the object, when, or on what garbage lies about. Dictionary entries are slots named by
// their key, so that insertion order does not matter (until somebody reads it, see Sharing::tracks_order).
//
// The content of one object together with its name is a *part*, interned as well. A state is the row of the part
// numbers of all base objects that differ from the base image and of all other reachable objects, in walk order.
// A step changes a few objects, so most part numbers are known without looking at the content again.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "model/state/heap.h"
#include "model/state/sharing.h"

namespace lockweave::state {

// Interned (parent, label) pairs. Numbers start at the base limit.
class PathNames {
 public:
  void start_at(ObjectId first);
  ObjectId child(ObjectId parent, std::uint64_t label);
  std::size_t bytes() const;

 private:
  struct Path {
    ObjectId parent;
    std::uint64_t label;
  };
  void grow();
  ObjectId first_ = 0;
  std::vector<Path> paths_;
  std::vector<std::uint32_t> table_;
};

// Interned contents. Number 0 is none.
class Parts {
 public:
  std::uint32_t intern(std::span<const std::uint64_t> words);
  std::span<const std::uint64_t> words(std::uint32_t part) const {
    return {arena_[part].data, arena_[part].size};
  }
  std::size_t bytes() const;

 private:
  struct Row {
    const std::uint64_t* data = nullptr;
    std::uint32_t size = 0;
    std::uint32_t hash = 0;
  };
  void grow();
  std::vector<Row> arena_ = {Row{}};
  std::vector<std::uint32_t> table_;
  std::vector<std::unique_ptr<std::uint64_t[]>> blocks_;
  std::size_t block_used_ = 0;
  std::size_t block_size_ = 0;
  std::size_t bytes_ = 0;
};

class Canonical {
 public:
  Canonical(Heap& heap, Sharing& sharing, PathNames& names, Parts& parts) : heap_(&heap), sharing_(&sharing), names_(&names), parts_(&parts) {}

  // Everything in the heap becomes the base image. Call once, when loading has ended.
  void freeze();

  // After Sharing has learnt of a dictionary whose order matters: the base image as seen with that knowledge.
  void rebase();

  // Requires: no instruction runs. Root is base object 0.
  void encode(std::vector<std::uint32_t>& words);
  void restore(std::span<const std::uint32_t> words);

 private:
  void reach(ObjectId id, ObjectId parent, std::uint64_t label);
  void reach(Value v, ObjectId parent, std::uint64_t label) {
    if (v.is_object() && v.object_id() >= heap_->base_limit()) reach(v.object_id(), parent, label);
  }
  void walk(ObjectId id);
  void walk_table(ObjectId id, const Object& object, std::size_t stride);
  std::uint32_t part_of(ObjectId id);
  bool names_hold(ObjectId id, const Object& object) const;
  std::uint64_t named(Value v) const;
  void sorted_pairs(const Object& object, std::size_t stride);
  std::uint32_t make_part(ObjectId id, Object& object);
  void load(ObjectId id, std::uint32_t part);
  void load_base(ObjectId id);

  Heap* heap_;
  Sharing* sharing_;
  PathNames* names_;
  Parts* parts_;
  std::uint32_t epoch_ = 0;
  std::vector<ObjectId> queue_;
  std::vector<ObjectId> weak_;
  std::vector<std::uint64_t> scratch_;
  std::vector<std::uint32_t> order_;
  std::vector<std::uint32_t> base_natural_;  // the base image, dictionaries in insertion order
  std::vector<std::uint32_t> base_parts_;    // the same as encode() writes it
  bool natural_order_ = false;
  std::vector<ObjectId> changed_base_;   // differ from the base image in the state last restored
  std::vector<ObjectId> loaded_;         // dynamic objects of the state last restored
  std::vector<ObjectId> candidates_;
};

}  // namespace lockweave::state
