#include "checker/report/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace lockweave::report {

namespace {

bool begins_code_point(char c) { return (static_cast<unsigned char>(c) & 0xc0u) != 0x80u; }

// Bytes of the first `width` code points.
std::size_t bytes_of(std::string_view text, std::size_t width) {
  std::size_t bytes = 0;
  for (std::size_t seen = 0; bytes < text.size(); ++bytes) {
    if (begins_code_point(text[bytes]) && seen++ == width) break;
  }
  return bytes;
}

// Where to cut a text that is too long: after the last blank that leaves a line worth reading, else anywhere.
std::size_t cut_of(std::string_view text, std::size_t width) {
  const std::size_t fits = bytes_of(text, width);
  for (const std::string_view places : {" ", "/.([{,_"}) {
    const auto place = text.substr(0, fits).find_last_of(places);
    if (place != std::string_view::npos && place + 1 >= fits / 2) return place + 1;
  }
  return fits;
}

}  // namespace

std::string grouped(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string count(std::uint64_t number, std::string_view one) {
  const std::string_view plural = number == 1 ? "" : one.ends_with('s') ? "es" : "s";
  return fmt::format("{} {}{}", grouped(number), one, plural);
}

std::string duration(double seconds) {
  if (seconds < 60) return fmt::format("{:.2f} s", seconds);
  const auto whole = static_cast<std::uint64_t>(seconds);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

std::string size(std::uint64_t bytes) {
  constexpr std::array units{"KiB", "MiB", "GiB", "TiB"};
  if (bytes < 1024) return fmt::format("{} bytes", bytes);
  double amount = static_cast<double>(bytes) / 1024;
  std::size_t unit = 0;
  for (; amount >= 1024 && unit + 1 < units.size(); ++unit) amount /= 1024;
  return fmt::format("{:.1f} {}", amount, units[unit]);
}

std::size_t columns(std::string_view text) { return static_cast<std::size_t>(std::ranges::count_if(text, begins_code_point)); }

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::vector<std::string> lines;
  std::string lead;
  while (columns(text) + lead.size() > width) {
    const std::size_t cut = cut_of(text, width - lead.size());
    std::string_view line = text.substr(0, cut);
    while (line.ends_with(' ')) line.remove_suffix(1);
    lines.push_back(lead + std::string(line));
    text.remove_prefix(cut);
    while (text.starts_with(' ')) text.remove_prefix(1);
    lead = std::string(std::min(indent, width / 2), ' ');
  }
  if (!text.empty() || lines.empty()) lines.push_back(lead + std::string(text));
  return lines;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::string short_file(const std::string& file) {
  if (!file.starts_with('/')) return file;
  const auto last = file.rfind('/');
  const auto before = last == 0 ? std::string::npos : file.rfind('/', last - 1);
  return before == std::string::npos ? file : file.substr(before + 1);
}

std::string shell_word(std::string_view text) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./:,@%";
  if (!text.empty() && text.find_first_not_of(plain) == std::string_view::npos) return std::string(text);
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace lockweave::report
