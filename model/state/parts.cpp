#include "model/state/parts.h"

namespace lockweave::state {

void Parts::find_edges(std::uint32_t part, ObjectId base_limit, const PathNames& names) {
  const std::span<const std::uint64_t> words = rows_[part];
  const std::scoped_lock lock(edges_mutex_);
  Edges& edges = rows_.more(part);
  if (edges.count != Edges::unknown) return;
  edges.begin = all_edges_.size();
  const auto follow = [&](std::uint64_t bits, std::uint64_t label) {
    const Value v = Value::from_bits(bits);
    if (!v.is_object() && !v.is(Tag::Weak)) return;
    const ObjectId id = v.object_id();
    if (v.is_object() && id >= base_limit) all_edges_.emplace_back(Edge{id, 0, label});
    const std::uint32_t owner = names.is_thread(id) ? PathNames::global : names.owner(id);
    if (owner != PathNames::global && owner != edges.owner) edges.owner = edges.owner == PathNames::global ? owner : Edges::several;
  };
  follow(words[part_word::of_class], label::of_class);
  follow(words[part_word::attributes], label::attributes);
  follow(words[part_word::protector], label::protector);
  const auto kind = part_word::kind(words[part_word::header]);
  const std::span<const std::uint64_t> slots = words.subspan(part_word::first_slot);
  if (is_table(kind)) {
    const std::size_t stride = table_stride(kind);
    for (std::size_t i = 0; i < slots.size(); i += stride) {
      const Value key = Value::from_bits(slots[i]);
      follow(slots[i], label::key(i / stride));
      if (stride == 2) follow(slots[i + 1], label::item(key, i / stride));
    }
  } else {
    for (std::size_t i = 0; i < slots.size(); ++i) follow(slots[i], i);
  }
  edges.weak = kind == ObjectKind::WeakRef || part_word::weak_head(words[part_word::header]) != no_object;
  if (part_word::weak_head(words[part_word::header]) != no_object) follow(Value(Tag::Weak, part_word::weak_head(words[part_word::header])).bits(), 0);
  std::atomic_ref(edges.count).store(all_edges_.size() - edges.begin, std::memory_order_release);
}

}  // namespace lockweave::state
