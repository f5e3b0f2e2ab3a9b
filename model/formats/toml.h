// TOML files as plain values with their places. toml++ does the reading; nobody else includes it.
#pragma once

#include "model/base/result.h"
#include "model/base/source.h"

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace lockweave::formats {

struct TomlEntry;
using TomlTable = std::vector<TomlEntry>;  // in the order of the text
struct TomlValue;
using TomlArray = std::vector<TomlValue>;

struct TomlValue {
  std::variant<bool, std::int64_t, double, std::string, TomlArray, TomlTable> value;
  LineColumn place;
};

struct TomlEntry {
  std::string key;
  LineColumn place;
  TomlValue value;
};

Result<TomlTable> parse_toml(const SourceFile& source);

// Takes a table's entries by key and type. The first thing that does not fit is kept as the error; what is asked for
// after it is "not there". So a caller asks for all it knows, then looks at error() once.
class TomlReader {
 public:
  // `table` and `source` outlive the reader. `known` are all keys that may occur; another one is an error at once.
  TomlReader(const SourceFile& source, const TomlTable& table, std::initializer_list<std::string_view> known);
  // For a table whose keys are not fixed, e.g. globs.
  TomlReader(const SourceFile& source, const TomlTable& table) : source_(source), table_(table) {}

  std::optional<bool> boolean(std::string_view key);
  // Zero or more.
  std::optional<std::int64_t> count(std::string_view key);
  std::optional<std::string> text(std::string_view key);
  // One of a few words.
  std::optional<std::string> word(std::string_view key, std::initializer_list<std::string_view> known);
  // An array of texts; one text alone is an array of one.
  std::optional<std::vector<std::string>> texts(std::string_view key);
  // Null if there is no such table.
  const TomlTable* table(std::string_view key);

  // The same for an entry found by walking the table.
  std::optional<std::vector<std::string>> texts(const TomlEntry& entry);
  std::optional<bool> boolean(const TomlEntry& entry);

  // Makes this the error, if it is the first.
  void reject(DiagnosticCode code, LineColumn place, std::string message, std::string hint = {});
  const std::optional<Diagnostic>& error() const { return error_; }

 private:
  const TomlEntry* find(std::string_view key) const;
  void reject_type(const TomlEntry& entry, std::string_view wanted);

  const SourceFile& source_;
  const TomlTable& table_;
  std::optional<Diagnostic> error_;
};

}  // namespace lockweave::formats
