// What a scenario expects: design glob -> verdict words, the most specific glob first.
#pragma once

#include "model/base/property_words.h"
#include "model/base/result.h"
#include "model/base/source.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::scenario {

// The properties that must fail, no more and no fewer, in the table's order; none means "pass".
struct ExpectedVerdict {
  std::vector<PropertyWord> failing;

  bool passes() const { return failing.empty(); }
  bool operator==(const ExpectedVerdict&) const = default;
};

// "pass", or the words with ", " between them.
std::string to_text(const ExpectedVerdict& verdict);

class Expectations {
 public:
  Expectations() = default;
  // `source` is the scenario.toml the expectations come from: an ambiguity is reported there.
  explicit Expectations(SourceFile source) : source_(std::move(source)) {}

  void add(std::string glob, ExpectedVerdict verdict, LineColumn place);
  void allow_incomplete(std::vector<std::string> globs) { incomplete_ok_ = std::move(globs); }

  // What is expected on a design; nothing if no glob fits it. Two globs that fit equally well are an error.
  Result<std::optional<ExpectedVerdict>> lookup(std::string_view design_name) const;
  // May the exploration on this design stay incomplete?
  bool incomplete_ok(std::string_view design_name) const;
  bool empty() const { return entries_.empty(); }

 private:
  struct Entry {
    std::string glob;
    ExpectedVerdict verdict;
    LineColumn place;
  };

  SourceFile source_;
  std::vector<Entry> entries_;
  std::vector<std::string> incomplete_ok_;
};

}  // namespace lockweave::scenario
