#include "model/formats/toml.h"

#include "model/base/suggest.h"

// Our files nest three levels deep; toml++ and its destructors recurse, so deeper ones are refused.
#define TOML_MAX_NESTED_VALUES 16
// Broken input such as "[," trips an assertion of toml++ 3.3 just before it finds the error; without it the error is found.
#define TOML_ASSERT(condition) static_assert(true)
#include <toml++/toml.h>

#include <fmt/format.h>

#include <algorithm>

namespace lockweave::formats {

namespace {

LineColumn place_of(const toml::source_region& region) { return {region.begin.line, region.begin.column}; }

// Dotted keys nest tables without nesting values, so they are counted by themselves.
std::optional<Diagnostic> refuse_deep_keys(const SourceFile& source) {
  constexpr auto most_dots = 64;
  for (std::uint32_t line = 1; line <= source.line_count(); ++line) {
    const auto text = source.line_text(line);
    if (text.starts_with('#') || std::ranges::count(text, '.') <= most_dots) continue;
    return make_diagnostic(DiagnosticCode::LimitExceeded, "a line with too many dots", source, LineColumn{line, 1});
  }
  return std::nullopt;
}

// toml++'s tree as ours. Dates and times mean nothing in our files and become their text's place with an error.
class Converter {
 public:
  explicit Converter(const SourceFile& source) : source_(source) {}

  TomlTable table(const toml::table& table) {
    TomlTable out;
    for (const auto& [key, node] : table) out.push_back({std::string(key.str()), place_of(key.source()), value(node)});
    std::ranges::stable_sort(out, {}, &TomlEntry::place);
    return out;
  }

  std::optional<Diagnostic> error;

 private:
  TomlValue value(const toml::node& node) {
    TomlValue out{false, place_of(node.source())};
    if (const auto* nested = node.as_table()) out.value = table(*nested);
    else if (const auto* array = node.as_array()) out.value = this->array(*array);
    else if (const auto* text = node.as_string()) out.value = text->get();
    else if (const auto* number = node.as_integer()) out.value = number->get();
    else if (const auto* real = node.as_floating_point()) out.value = real->get();
    else if (const auto* truth = node.as_boolean()) out.value = truth->get();
    else if (!error) error = make_diagnostic(DiagnosticCode::BadValue, "dates and times mean nothing here", source_, out.place);
    return out;
  }

  TomlArray array(const toml::array& array) {
    TomlArray out;
    for (const auto& node : array) out.push_back(value(node));
    return out;
  }

  const SourceFile& source_;
};

std::vector<std::string> copy_of(std::initializer_list<std::string_view> words) { return {words.begin(), words.end()}; }

}  // namespace

Result<TomlTable> parse_toml(const SourceFile& source) {
  if (auto refused = refuse_deep_keys(source)) return fail(std::move(*refused));
  const toml::parse_result parsed = toml::parse(std::string_view(source.text()));
  if (!parsed) {
    const auto& error = parsed.error();
    return fail(make_diagnostic(DiagnosticCode::MalformedToml, std::string(error.description()), source, place_of(error.source())));
  }
  Converter converter(source);
  TomlTable table = converter.table(parsed.table());
  if (converter.error) return fail(std::move(*converter.error));
  return table;
}

TomlReader::TomlReader(const SourceFile& source, const TomlTable& table, std::initializer_list<std::string_view> known)
    : source_(source), table_(table) {
  for (const auto& entry : table_) {
    if (std::ranges::find(known, entry.key) != known.end()) continue;
    reject(DiagnosticCode::UnknownKey, entry.place, fmt::format("unknown key '{}'", entry.key), suggestion(entry.key, copy_of(known)));
  }
}

void TomlReader::reject(DiagnosticCode code, LineColumn place, std::string message, std::string hint) {
  if (!error_) error_ = make_diagnostic(code, std::move(message), source_, place).with_hint(std::move(hint));
}

void TomlReader::reject_type(const TomlEntry& entry, std::string_view wanted) {
  reject(DiagnosticCode::BadValue, entry.value.place, fmt::format("'{}' must be {}", entry.key, wanted));
}

const TomlEntry* TomlReader::find(std::string_view key) const {
  if (error_) return nullptr;
  const auto found = std::ranges::find(table_, key, &TomlEntry::key);
  return found == table_.end() ? nullptr : &*found;
}

std::optional<bool> TomlReader::boolean(std::string_view key) {
  const auto* entry = find(key);
  return entry ? boolean(*entry) : std::nullopt;
}

std::optional<bool> TomlReader::boolean(const TomlEntry& entry) {
  if (const auto* truth = std::get_if<bool>(&entry.value.value)) return *truth;
  reject_type(entry, "true or false");
  return std::nullopt;
}

std::optional<std::int64_t> TomlReader::count(std::string_view key) {
  const auto* entry = find(key);
  if (!entry) return std::nullopt;
  if (const auto* number = std::get_if<std::int64_t>(&entry->value.value); number && *number >= 0) return *number;
  reject_type(*entry, "a whole number, 0 or more");
  return std::nullopt;
}

std::optional<std::string> TomlReader::text(std::string_view key) {
  const auto* entry = find(key);
  if (!entry) return std::nullopt;
  if (const auto* text = std::get_if<std::string>(&entry->value.value)) return *text;
  reject_type(*entry, "a text in quotes");
  return std::nullopt;
}

std::optional<std::string> TomlReader::word(std::string_view key, std::initializer_list<std::string_view> known) {
  const auto word = text(key);
  if (!word || std::ranges::find(known, *word) != known.end()) return word;
  reject(DiagnosticCode::BadValue, find(key)->value.place, fmt::format("'{}' is no value of '{}'", *word, key),
         suggestion(*word, copy_of(known)));
  return std::nullopt;
}

std::optional<std::vector<std::string>> TomlReader::texts(std::string_view key) {
  const auto* entry = find(key);
  return entry ? texts(*entry) : std::nullopt;
}

std::optional<std::vector<std::string>> TomlReader::texts(const TomlEntry& entry) {
  if (const auto* text = std::get_if<std::string>(&entry.value.value)) return std::vector{*text};
  if (const auto* array = std::get_if<TomlArray>(&entry.value.value)) {
    std::vector<std::string> out;
    for (const auto& element : *array)
      if (const auto* text = std::get_if<std::string>(&element.value)) out.push_back(*text);
    if (out.size() == array->size()) return out;
  }
  reject_type(entry, "a text in quotes or a list of texts");
  return std::nullopt;
}

const TomlTable* TomlReader::table(std::string_view key) {
  const auto* entry = find(key);
  if (!entry) return nullptr;
  if (const auto* table = std::get_if<TomlTable>(&entry->value.value)) return table;
  reject_type(*entry, "a table");
  return nullptr;
}

}  // namespace lockweave::formats
