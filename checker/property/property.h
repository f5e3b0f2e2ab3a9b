// What a property sees: the events of one step, or of the end of an execution. It never looks into a state.
//
// The words of the command line are in model/base/property_words.def; one file here for each idea. Deadlocks, livelocks
// and `unserializable` are facts of states or of the whole graph, found by the explorers: their files here only hold
// what can be said about them without a search.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checker/property/property_set.h"
#include "model/step.h"

namespace lockweave::property {

// Turns the numbers in events into words.
class Names {
 public:
  virtual ~Names() = default;
  virtual std::string name(std::uint32_t name) = 0;
  virtual std::string thread(ThreadNumber thread) = 0;
};

class Property {
 public:
  virtual ~Property() = default;
  virtual PropertyWord word() const = 0;
  // Does this event break the property?
  virtual bool breaks(const Event& event) const = 0;
  // One sentence. Requires: breaks(event).
  virtual std::string message(const Event& event, Names& names) const = 0;
};

struct Violation {
  PropertyWord property;
  std::string message;
};

// The properties that are judged by events, of those asked for.
class Judge {
 public:
  explicit Judge(PropertySet asked);

  // Which properties these events break.
  PropertySet broken_by(const std::vector<Event>& events) const;
  // The same, in words, in the order of the events.
  std::vector<Violation> explain(const std::vector<Event>& events, Names& names) const;

 private:
  std::vector<std::unique_ptr<Property>> properties_;
};

}  // namespace lockweave::property
