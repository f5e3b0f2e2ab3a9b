// How many of the ways, each with one mistake in it, were caught (first_differences); each is told.
#pragma once

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "tests/support/equivalence.h"

namespace lockweave::testing {

inline std::size_t count_caught(std::span<const Way> ways, const std::vector<std::optional<Caught>>& differences) {
  std::size_t caught = 0;
  for (std::size_t i = 0; i < ways.size(); ++i) {
    if (!differences[i]) continue;
    ++caught;
    MESSAGE(fmt::format("{}: program {}", ways[i].name, differences[i]->seed));
  }
  return caught;
}

}  // namespace lockweave::testing
