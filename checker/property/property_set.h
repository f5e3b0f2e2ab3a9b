// A set of properties, small enough to mark every edge of a state graph with.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "model/base/property_words.h"

namespace lockweave::property {

class PropertySet {
 public:
  constexpr PropertySet() = default;
  constexpr PropertySet(std::initializer_list<PropertyWord> words) {
    for (const PropertyWord word : words) add(word);
  }
  static constexpr PropertySet from_bits(std::uint32_t bits) {
    PropertySet set;
    set.bits_ = bits;
    return set;
  }
  // Those that are on by default.
  static PropertySet defaults() {
    PropertySet set;
    for (const PropertyWord word : all_properties) {
      if (is_on_by_default(word)) set.add(word);
    }
    return set;
  }

  constexpr void add(PropertyWord word) { bits_ |= bit(word); }
  constexpr void remove(PropertyWord word) { bits_ &= ~bit(word); }
  constexpr bool has(PropertyWord word) const { return (bits_ & bit(word)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint32_t bits() const { return bits_; }
  constexpr PropertySet operator&(PropertySet other) const { return from_bits(bits_ & other.bits_); }
  constexpr PropertySet operator|(PropertySet other) const { return from_bits(bits_ | other.bits_); }
  constexpr PropertySet without(PropertySet other) const { return from_bits(bits_ & ~other.bits_); }
  constexpr bool operator==(const PropertySet&) const = default;

  // In the order of the property table.
  std::vector<PropertyWord> words() const {
    std::vector<PropertyWord> words;
    for (const PropertyWord word : all_properties) {
      if (has(word)) words.push_back(word);
    }
    return words;
  }

 private:
  static constexpr std::uint32_t bit(PropertyWord word) { return 1u << static_cast<unsigned>(word); }
  static_assert(property_count <= 32);
  std::uint32_t bits_ = 0;
};

}  // namespace lockweave::property
