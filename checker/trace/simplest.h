// The order of counterexamples: preemptions, then steps, then the row of the property table, then the choices.
#pragma once

#include <cstdint>
#include <vector>

#include "model/base/property_words.h"
#include "model/step.h"

namespace lockweave::trace {

struct Simplicity {
  std::uint32_t preemptions = 0;
  PropertyWord property = PropertyWord::Deadlock;
  const std::vector<Choice>* choices = nullptr;  // not owned; outlives the comparison
};

bool simpler(const Simplicity& left, const Simplicity& right);

}  // namespace lockweave::trace
