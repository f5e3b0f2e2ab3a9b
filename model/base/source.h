// The text of a file, and places in it.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave {

// Bytes [begin, end) of a file.
struct SourceSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  auto operator<=>(const SourceSpan&) const = default;
};

// Both count from 1. Columns count Unicode code points, as editors and carets do.
struct LineColumn {
  std::uint32_t line = 1;
  std::uint32_t column = 1;
  auto operator<=>(const LineColumn&) const = default;
};

// Invariant: line_starts_ is sorted and begins with 0. Lines end at "\n", "\r\n" or "\r".
class SourceFile {
 public:
  SourceFile() : SourceFile("", "") {}
  SourceFile(std::string name, std::string text);

  const std::string& name() const { return name_; }
  const std::string& text() const { return text_; }
  std::uint32_t line_count() const { return static_cast<std::uint32_t>(line_starts_.size()); }

  // An offset behind the end counts as the end.
  LineColumn line_column(std::uint32_t offset) const;
  // Byte offset of a line's first character; `line` from 1, one past the last gives the end of the text.
  std::uint32_t line_start(std::uint32_t line) const;
  // One line without its end-of-line characters; empty if there is no such line.
  std::string_view line_text(std::uint32_t line) const;
  std::string_view text_of(SourceSpan span) const;

 private:
  std::string name_;
  std::string text_;
  std::vector<std::uint32_t> line_starts_;
};

}  // namespace lockweave
