#include "model/base/text_file.h"

#include "model/base/suggest.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace lockweave {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largest_file = 16u << 20;

std::vector<std::string> names_in(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
    names.push_back(entry->path().filename().string());
  std::ranges::sort(names);
  return names;
}

}  // namespace

Diagnostic missing_path(const std::string& path) {
  auto diagnostic = make_diagnostic(DiagnosticCode::UnreadableFile, "no such file or folder", path);
  fs::path stripped(path);
  if (!stripped.has_filename()) stripped = stripped.parent_path();
  const fs::path folder = stripped.has_parent_path() ? stripped.parent_path() : fs::path(".");
  if (const auto near = nearest_word(stripped.filename().string(), names_in(folder)))
    diagnostic.hint = fmt::format("did you mean '{}'?", (stripped.parent_path() / *near).string());
  return diagnostic;
}

Result<SourceFile> read_text_file(const std::string& path, std::string name) {
  if (name.empty()) name = path;
  std::error_code error;
  const auto status = fs::status(path, error);
  if (status.type() == fs::file_type::not_found) return fail(missing_path(path));
  if (error) return fail(make_diagnostic(DiagnosticCode::UnreadableFile, error.message(), name));
  if (!fs::is_regular_file(status)) return fail(make_diagnostic(DiagnosticCode::UnreadableFile, "not a regular file", name));
  if (const auto size = fs::file_size(path, error); !error && size > largest_file)
    return fail(make_diagnostic(DiagnosticCode::LimitExceeded, fmt::format("{} bytes are too many", size), name));
  errno = 0;
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad()) {
    const std::string reason = errno == 0 ? "cannot be read" : std::strerror(errno);
    return fail(make_diagnostic(DiagnosticCode::UnreadableFile, reason, name));
  }
  return SourceFile(std::move(name), std::move(text));
}

}  // namespace lockweave
