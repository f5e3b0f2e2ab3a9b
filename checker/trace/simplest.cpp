#include "checker/trace/simplest.h"

namespace lockweave::trace {

bool simpler(const Simplicity& left, const Simplicity& right) {
  if (left.preemptions != right.preemptions) return left.preemptions < right.preemptions;
  if (left.choices->size() != right.choices->size()) return left.choices->size() < right.choices->size();
  if (left.property != right.property) return left.property < right.property;
  return *left.choices < *right.choices;
}

}  // namespace lockweave::trace
