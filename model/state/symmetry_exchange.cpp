// Symmetry: threads change places in the heap.
#include <algorithm>

#include "model/base/check.h"
#include "model/state/symmetry.h"

namespace lockweave::state {

// One exchange. First everything is looked at, then everything is changed: where something is not understood, nothing is.
struct Symmetry::Exchange {
  Exchange(Symmetry& owner, const Places& places, std::size_t threads) : s(owner), heap(*owner.heap_), places(places), count(threads) {}

  Symmetry& s;
  Heap& heap;
  const Places& places;
  std::size_t count;

  struct Change {
    ObjectId object;
    std::size_t slot;
    Value to;
  };
  std::array<ObjectId, Places::most> handles{};
  std::array<ObjectId, Places::most> objects{};  // of threading.Thread; no_object where the thread stays
  struct Twin {  // objects of the base image of which each thread has one: from's content goes to to
    ObjectId from;
    ObjectId to;
    std::uint32_t met = 0;
  };
  std::vector<Twin> twins;
  std::vector<Change> changes;

  bool moves(std::size_t place) const { return places.to[place] != place; }

  bool find_threads() {
    const Object& root = heap.at(0);
    for (std::size_t k = 0; k < count; ++k) {
      handles[k] = root.slots[slot::root::threads + 2 * k + 1].object_id();
      objects[k] = no_object;
    }
    for (std::uint32_t section = 1; section < count + 2; ++section) {
      for (const ObjectId id : s.canonical_->names_at_rest(section)) {
        const Object& object = heap.at(id);
        if (object.kind != ObjectKind::Instance || object.cls != s.landmarks_.thread_class || object.attributes.is_object()) continue;
        const Value handle = attribute(object, s.landmarks_.handle);
        for (std::size_t k = 1; k < count; ++k) {
          if (handle == Value::object(handles[k])) objects[k] = id;
        }
      }
    }
    for (std::size_t k = 1; k < count; ++k) {
      if (!moves(k)) continue;
      if (objects[k] == no_object || heap.at(objects[k]).weak_head != no_object || heap.at(handles[k]).weak_head != no_object) return false;
    }
    return true;
  }

  static Value attribute(const Object& object, Value name) {
    for (std::size_t i = 0; i + 1 < object.slots.size(); i += 2) {
      if (object.slots[i] == name) return object.slots[i + 1];
    }
    return {};
  }

  Value base_attribute(ObjectId id, Value name) const {
    const std::span<const std::uint64_t> words = s.canonical_->base_words(id);
    for (std::size_t i = part_word::first_slot; i + 1 < words.size(); i += 2) {
      if (Value::from_bits(words[i]) == name) return Value::from_bits(words[i + 1]);
    }
    return {};
  }

  bool find_twins() {
    for (std::size_t k = 1; k < count; ++k) {
      if (!moves(k) || !s.is_base(objects[k]) || !s.is_base(objects[places.to[k]])) continue;
      for (const Value name : {s.landmarks_.target, s.landmarks_.arguments, s.landmarks_.keywords}) {
        const Value from = base_attribute(objects[k], name);
        const Value to = base_attribute(objects[places.to[k]], name);
        if (!from.is_object() || !to.is_object() || from == to) continue;
        if (heap.at(from).weak_head != no_object) return false;
        twins.push_back({from.object_id(), to.object_id(), 0});
      }
    }
    return true;
  }

  // Who else than its own thread may hold it? Nobody, or the exchange would be seen.
  bool twins_are_private() const {
    return std::ranges::all_of(twins, [&](const Twin& twin) { return heap.at(twin.from).refcount == twin.met; });
  }

  Value moved_number(Value number) const {
    for (std::size_t k = 1; k < count; ++k) {
      if (heap.at(handles[k]).slots[slot::thread::number] == number) return heap.at(handles[places.to[k]]).slots[slot::thread::number];
    }
    return number;
  }

  // The value as seen from a thread, which goes along with its own. `place`: whose it is; others' make the exchange impossible.
  bool move_reference(ObjectId in, std::size_t slot, Value v, std::size_t place) {
    for (std::size_t k = 1; k < count; ++k) {
      if (!moves(k) || (v.object_id() != handles[k] && v.object_id() != objects[k])) continue;
      if (k != place) return false;
      changes.push_back({in, slot, Value::object(v.object_id() == handles[k] ? handles[places.to[k]] : objects[places.to[k]])});
      return true;
    }
    const auto twin = std::ranges::find(twins, v.object_id(), &Twin::from);
    if (twin == twins.end()) return true;
    ++twin->met;
    changes.push_back({in, slot, Value::object(twin->to)});
    return true;
  }

  bool look_at(ObjectId id, std::uint32_t section) {
    const Object& object = heap.at(id);
    const std::size_t place = section < 2 ? 0 : section - 2;
    const auto own = std::find(objects.begin(), objects.begin() + static_cast<std::ptrdiff_t>(count), id) - objects.begin();
    const bool is_thread_object = static_cast<std::size_t>(own) < count;
    const bool is_active = id == s.landmarks_.active;
    for (std::size_t i = 0; i < object.slots.size(); ++i) {
      const Value v = object.slots[i];
      if (is_thread_identifier(v)) {
        const Value moved = moved_number(Value::small_int(static_cast<std::int64_t>(v.payload()) - 1));
        changes.push_back({id, i, Value(Tag::Opaque, static_cast<std::uint64_t>(moved.as_int()) + 1)});
      } else if (v.is_int() && holds_thread_number(object.kind, i)) {
        changes.push_back({id, i, moved_number(v)});
      } else if (v.is_object()) {
        if (is_thread_object) {
          if (!move_reference(id, i, v, static_cast<std::size_t>(own))) return false;
        } else if (is_active && i % 2 == 1) {
          const Value key = object.slots[i - 1];
          const auto holder = is_thread_identifier(key) ? place_of(Value::small_int(static_cast<std::int64_t>(key.payload()) - 1)) : 0;
          if (!move_reference(id, i, v, holder)) return false;
        } else if (section > 2) {
          if (!move_reference(id, i, v, place)) return false;
        }
      }
    }
    return true;
  }

  std::size_t place_of(Value number) const {
    for (std::size_t k = 1; k < count; ++k) {
      if (heap.at(handles[k]).slots[slot::thread::number] == number) return k;
    }
    return 0;
  }

  bool look() {
    if (!find_threads() || !find_twins()) return false;
    if (!look_at(0, 0)) return false;
    for (std::uint32_t section = 1; section < count + 2; ++section) {
      for (const ObjectId id : s.canonical_->names_at_rest(section)) {
        if (id != 0 && !look_at(id, section)) return false;
      }
    }
    return twins_are_private();
  }

  void apply() {
    for (const Change& change : changes) {
      Object& object = heap.at(change.object);
      heap.touch(change.object);
      object.index.reset();
      Value& place = object.slots[change.slot];
      if (change.to.is_object()) ++heap.at(change.to).refcount;
      if (place.is_object()) --heap.at(place).refcount;
      place = change.to;
    }
    exchange_contents();
  }

  void exchange_contents() {
    std::array<std::vector<Value>, Places::most> threads;
    std::array<std::vector<Value>, Places::most> attributes;
    std::array<std::pair<Value, Value>, Places::most> protectors;  // of handle and object
    std::array<Value, Places::most> names;
    for (std::size_t k = 1; k < count; ++k) {
      if (!moves(k)) continue;
      names[k] = attribute(heap.at(objects[k]), s.landmarks_.name);
      threads[k] = heap.at(handles[k]).slots;
      attributes[k] = heap.at(objects[k]).slots;
      protectors[k] = {heap.at(handles[k]).protector, heap.at(objects[k]).protector};
    }
    for (std::size_t k = 1; k < count; ++k) {
      if (!moves(k)) continue;
      const std::size_t to = places.to[k];
      heap.touch(handles[to]);
      heap.touch(objects[to]);
      for (const unsigned fixed : {unsigned{slot::thread::number}, unsigned{slot::thread::name}}) threads[k][fixed] = heap.at(handles[to]).slots[fixed];
      heap.at(handles[to]).slots = threads[k];
      for (std::size_t i = 0; i + 1 < attributes[k].size(); i += 2) {
        if (attributes[k][i] == s.landmarks_.name) attributes[k][i + 1] = names[to];
      }
      heap.at(objects[to]).slots = attributes[k];
      heap.at(handles[to]).protector = protectors[k].first;
      heap.at(objects[to]).protector = protectors[k].second;
      heap.at(objects[to]).index.reset();
    }
    exchange_twins();
  }

  // References to them were changed already, and with them the counts.
  void exchange_twins() {
    struct Content {
      ObjectKind kind;
      bool escaped, finalized;
      SiteId site;
      Value cls, attributes, protector;
      std::vector<Value> slots;
    };
    std::vector<Content> contents;
    for (const Twin& twin : twins) {
      const Object& o = heap.at(twin.from);
      contents.push_back({o.kind, o.escaped, o.finalized, o.site, o.cls, o.attributes, o.protector, o.slots});
    }
    for (std::size_t i = 0; i < twins.size(); ++i) {
      heap.touch(twins[i].to);
      Object& o = heap.at(twins[i].to);
      Content& c = contents[i];
      o.kind = c.kind;
      o.escaped = c.escaped;
      o.finalized = c.finalized;
      o.site = c.site;
      o.cls = c.cls;
      o.attributes = c.attributes;
      o.protector = c.protector;
      o.slots = std::move(c.slots);
      o.index.reset();
    }
  }
};

bool Symmetry::exchange(std::span<const std::uint32_t> words, const Places& places, std::vector<std::uint32_t>& result) {
  canonical_->restore(words);
  Exchange exchange(*this, places, threads_of(words));
  if (!exchange.look()) return false;
  exchange.apply();
  canonical_->encode_whole(result);
  return true;
}

}  // namespace lockweave::state
