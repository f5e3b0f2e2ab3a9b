#include "checker/property/serializability.h"

#include <fmt/format.h>

#include <cstddef>
#include <string_view>
#include <vector>

namespace lockweave::property {

namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// Lines at the same place that differ, and lines that only one has.
std::size_t distance(std::string_view left, std::string_view right) {
  const auto a = lines_of(left);
  const auto b = lines_of(right);
  std::size_t different = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) different += a[i] != b[i] ? 1 : 0;
  return different;
}

std::string indented(std::string_view text) {
  std::string result;
  for (const std::string_view line : lines_of(text)) result += fmt::format("\n    {}", line);
  return result;
}

}  // namespace

std::string unserializable_message(const std::string& record, const SerialReference& reference) {
  std::string text = fmt::format(
      "none of the {} outcomes without preemption inside imports is like this one\n  this execution:{}",
      reference.records.size(), indented(record));
  const std::string* nearest = nullptr;
  for (const std::string& other : reference.records) {
    if (nearest == nullptr || distance(record, other) < distance(record, *nearest)) nearest = &other;
  }
  if (nearest != nullptr) text += fmt::format("\n  the nearest of the others:{}", indented(*nearest));
  return text;
}

}  // namespace lockweave::property
