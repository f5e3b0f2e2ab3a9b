// An index that cannot be mixed up with an index of another kind.
//
//     using ThreadId = Id<struct ThreadTag>;
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>

namespace lockweave {

template <typename Tag, typename Number = std::uint32_t>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(std::size_t index) : index_(static_cast<Number>(index)) {}

  // A default-made id names nothing.
  constexpr bool is_valid() const { return index_ != none; }
  constexpr explicit operator bool() const { return is_valid(); }
  constexpr Number index() const { return index_; }
  constexpr auto operator<=>(const Id&) const = default;

 private:
  static constexpr Number none = std::numeric_limits<Number>::max();
  Number index_ = none;
};

}  // namespace lockweave

template <typename Tag, typename Number>
struct std::hash<lockweave::Id<Tag, Number>> {
  std::size_t operator()(lockweave::Id<Tag, Number> id) const noexcept { return id.index(); }
};
