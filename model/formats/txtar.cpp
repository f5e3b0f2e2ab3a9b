#include "model/formats/txtar.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace lockweave::formats {

namespace {

constexpr std::string_view marker_begin = "-- ";
constexpr std::string_view marker_end = " --";

std::string_view trimmed(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// The file name, if the line (without its end) is a marker. `-- --` is one whose name is empty.
std::optional<std::string_view> marked_name(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  if (line == "-- --") return std::string_view{};
  if (line.size() < marker_begin.size() + marker_end.size()) return std::nullopt;
  if (!line.starts_with(marker_begin) || !line.ends_with(marker_end)) return std::nullopt;
  return trimmed(line.substr(marker_begin.size(), line.size() - marker_begin.size() - marker_end.size()));
}

// What is wrong with a name, in words; nothing if it is fine.
std::optional<std::string> fault_of_name(std::string_view name) {
  if (name.empty()) return "a file needs a name";
  if (name.front() == '/') return fmt::format("'{}' is an absolute path", name);
  if (name.find('\\') != std::string_view::npos) return fmt::format("'{}' has a backslash; folders are parted by '/'", name);
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::ranges::any_of(name, is_control)) return "a file name has a control character";
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const auto part = name.substr(begin, end - begin);
    if (part == "..") return fmt::format("'{}' leads out of the archive", name);
    if (part.empty() || part == ".") return fmt::format("'{}' has an empty part", name);
    begin = end + 1;
  }
  return std::nullopt;
}

// Cuts the text line by line; keeps which names are taken, and as what.
class Cutter {
 public:
  explicit Cutter(const SourceFile& source) : source_(source) {}

  Result<Archive> cut() {
    std::string_view rest = source_.text();
    for (std::uint32_t offset = 0; !rest.empty();) {
      const std::size_t size = std::min(rest.find('\n'), rest.size() - 1) + 1;
      std::string_view line = rest.substr(0, size);
      if (line.back() == '\n') line.remove_suffix(1);
      if (const auto name = marked_name(line)) {
        if (auto fault = begin_file(*name)) return fail(at(offset, std::move(*fault)));
      } else {
        current_text() += rest.substr(0, size);
      }
      rest.remove_prefix(size);
      offset += static_cast<std::uint32_t>(size);
    }
    if (!current_text().empty() && current_text().back() != '\n') current_text() += '\n';
    return std::move(archive_);
  }

 private:
  enum class Kind { File, Folder };

  std::string& current_text() { return archive_.files.empty() ? archive_.comment : archive_.files.back().text; }

  Diagnostic at(std::uint32_t offset, std::string fault) const {
    return make_diagnostic(DiagnosticCode::MalformedArchive, std::move(fault), source_, SourceSpan{offset, offset});
  }

  std::optional<std::string> begin_file(std::string_view name) {
    if (auto fault = fault_of_name(name)) return fault;
    for (std::size_t slash = name.find('/'); slash != std::string_view::npos; slash = name.find('/', slash + 1)) {
      const auto [entry, added] = taken_.emplace(name.substr(0, slash), Kind::Folder);
      if (entry->second == Kind::File) return fmt::format("'{}' is a file and a folder", entry->first);
    }
    const auto [entry, added] = taken_.emplace(name, Kind::File);
    if (!added && entry->second == Kind::Folder) return fmt::format("'{}' is a file and a folder", name);
    if (!added) return fmt::format("two files are named '{}'", name);
    archive_.files.push_back({std::string(name), ""});
    return std::nullopt;
  }

  const SourceFile& source_;
  Archive archive_;
  std::map<std::string, Kind, std::less<>> taken_;
};

}  // namespace

Result<Archive> parse_txtar(const SourceFile& source) { return Cutter(source).cut(); }

}  // namespace lockweave::formats
