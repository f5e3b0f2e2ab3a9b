#include "checker/report/matrix_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "checker/report/words.h"

namespace lockweave::report {

namespace {

std::string_view mark_of(const Report& report) {
  if (!report.expectation) return "-";
  return report.expectation->met ? "✓" : "✗";
}

std::string found_text(const Report& report) {
  std::vector<std::string_view> words;
  for (const Violation& violation : report.violations) words.push_back(violation.property);
  std::string text(to_word(report.verdict));
  if (!words.empty()) text += fmt::format(": {}", fmt::join(words, ", "));
  if (report.verdict == Verdict::Fail && !report.complete) text += " (incomplete)";
  return text;
}

std::string expected_text(const Expectation& expectation) {
  return expectation.failing.empty() ? "pass" : fmt::format("fail: {}", fmt::join(expectation.failing, ", "));
}

std::string padded(std::string_view text, std::size_t width) {
  return std::string(text) + std::string(width - std::min(width, columns(text)), ' ');
}

// A cell is a mark, the verdict, and below it one line a word.
std::vector<std::string> cell_lines(const MatrixCell& cell) {
  if (!cell.present) return {"·"};
  std::vector<std::string> lines{fmt::format("{} {}", mark_of(cell.report), to_word(cell.report.verdict))};
  for (const Violation& violation : cell.report.violations) lines.push_back("  " + violation.property);
  if (cell.report.verdict == Verdict::Fail && !cell.report.complete) lines.push_back("  (incomplete)");
  return lines;
}

class Table {
 public:
  Table(const Matrix& matrix, std::size_t width) : matrix_(matrix), width_(width) {
    for (const auto& scenario : matrix.scenarios) first_ = std::max(first_, columns(scenario));
    first_ = std::max<std::size_t>(first_, 8) + 2;
    for (std::size_t column = 0; column < matrix.designs.size(); ++column) widths_.push_back(width_of(column));
  }

  // As many columns side by side as fit, the rest in further tables.
  std::string draw() {
    std::string text;
    for (std::size_t begin = 0; begin < widths_.size();) {
      std::size_t end = begin, used = first_;
      while (end < widths_.size() && (end == begin || used + widths_[end] <= width_)) used += widths_[end++];
      if (begin > 0) text += "\n";
      text += part(begin, end);
      begin = end;
    }
    return text;
  }

 private:
  std::size_t width_of(std::size_t column) const {
    std::size_t width = columns(matrix_.designs[column]);
    for (const auto& row : matrix_.cells) {
      for (const auto& line : cell_lines(row[column])) width = std::max(width, columns(line));
    }
    return width + 2;
  }

  std::string part(std::size_t begin, std::size_t end) const {
    std::vector<std::string> header;
    for (std::size_t column = begin; column < end; ++column) header.push_back(matrix_.designs[column]);
    std::string text = line("", header, begin);
    for (std::size_t row = 0; row < matrix_.scenarios.size(); ++row) text += row_text(row, begin, end);
    return text;
  }

  std::string row_text(std::size_t row, std::size_t begin, std::size_t end) const {
    std::vector<std::vector<std::string>> cells;
    std::size_t height = 1;
    for (std::size_t column = begin; column < end; ++column) {
      cells.push_back(cell_lines(matrix_.cells[row][column]));
      height = std::max(height, cells.back().size());
    }
    std::string text;
    for (std::size_t i = 0; i < height; ++i) {
      std::vector<std::string> parts;
      for (const auto& cell : cells) parts.push_back(i < cell.size() ? cell[i] : "");
      text += line(i == 0 ? matrix_.scenarios[row] : "", parts, begin);
    }
    return text;
  }

  std::string line(std::string_view first, const std::vector<std::string>& parts, std::size_t begin) const {
    std::string text = padded(first, first_);
    for (std::size_t i = 0; i < parts.size(); ++i) text += padded(parts[i], widths_[begin + i]);
    while (text.ends_with(' ')) text.pop_back();
    return text + "\n";
  }

  const Matrix& matrix_;
  std::size_t width_;
  std::size_t first_ = 0;
  std::vector<std::size_t> widths_;
};

struct Tally {
  std::uint64_t cells = 0, met = 0, unmet = 0, without = 0;
};

std::string unmet_text(const Report& report) {
  std::string text = fmt::format("✗ {} × {}\n    expected {}\n    found    {}\n", report.scenario, report.design,
                                 expected_text(*report.expectation), found_text(report));
  if (!report.complete && report.verdict != Verdict::Error) text += "    an incomplete exploration meets no expectation\n";
  for (const std::string& note : report.notes) {
    if (note.starts_with("not complete")) text += fmt::format("    {}\n", note);
  }
  if (!report.error.empty()) text += fmt::format("    {}\n", lines_of(report.error).front());
  return text;
}

}  // namespace

std::string cell_text(const Report& report) { return fmt::format("{} {}", mark_of(report), found_text(report)); }

std::string to_text(const Matrix& matrix, std::size_t width) {
  std::string text = Table(matrix, width).draw();
  Tally tally;
  std::string unmet;
  for (const auto& row : matrix.cells) {
    for (const auto& cell : row) {
      if (!cell.present) continue;
      ++tally.cells;
      if (!cell.report.expectation) ++tally.without;
      else ++(cell.report.expectation->met ? tally.met : tally.unmet);
      if (cell.report.expectation && !cell.report.expectation->met) unmet += unmet_text(cell.report);
    }
  }
  if (!unmet.empty()) text += "\n" + unmet;
  text += "\n";
  for (const std::string& note : matrix.notes) text += note + "\n";
  text += fmt::format("{}: {} as expected, {} not as expected", count(tally.cells, "cell"), tally.met, tally.unmet);
  if (tally.without > 0) text += fmt::format(", {} with no expectation", tally.without);
  return text + "\n";
}

}  // namespace lockweave::report
