#include "checker/explore/spill_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace lockweave::explore {

namespace {

constexpr std::size_t kExtentBytes = std::size_t{8} << 20;
constexpr std::size_t kAlignment = 64;

std::size_t rounded(std::size_t bytes, std::size_t to) { return (bytes + to - 1) / to * to; }

int open_nameless(const std::string& folder) {
  const int file = ::open(folder.c_str(), O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
  if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR)) return file;
  // A file system that has no nameless files: one that loses its name at once.
  std::string name = folder + "/lockweave-spill-XXXXXX";
  const int named = ::mkostemp(name.data(), O_CLOEXEC);
  if (named >= 0) ::unlink(name.c_str());
  return named;
}

}  // namespace

SpillFile::~SpillFile() {
  for (const Extent& extent : extents_) ::munmap(extent.data, extent.bytes);
  if (file_ >= 0) ::close(file_);
}

void SpillFile::begin() {
  std::signal(SIGXFSZ, SIG_IGN);
  file_ = open_nameless(folder_);
  if (file_ < 0) why_ = fmt::format("no file can be made in '{}': {}", folder_, std::strerror(errno));
}

bool SpillFile::add_extent(std::size_t bytes) {
  const std::size_t size = std::max(kExtentBytes, rounded(bytes, 4096));
  if (const int error = ::posix_fallocate(file_, static_cast<off_t>(file_bytes_), static_cast<off_t>(size)); error != 0) {
    why_ = fmt::format("the file in '{}' has {} MiB and cannot grow: {}", folder_, file_bytes_ >> 20, std::strerror(error));
    return false;
  }
  void* data = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_, static_cast<off_t>(file_bytes_));
  if (data == MAP_FAILED) {
    why_ = fmt::format("the file in '{}' cannot be mapped: {}", folder_, std::strerror(errno));
    return false;
  }
  file_bytes_ += size;
  extents_.push_back({data, size});
  used_ = 0;
  return true;
}

// Where the disk has no room, memory is taken: the search ends at the next look at its budget, with what it knows.
Block SpillFile::allocate(std::size_t bytes) {
  if (file_ < 0 || !why_.empty()) return plain_memory().allocate(bytes);
  if ((extents_.empty() || used_ + bytes > extents_.back().bytes) && !add_extent(bytes)) return plain_memory().allocate(bytes);
  void* data = static_cast<char*>(extents_.back().data) + used_;
  used_ += rounded(bytes, kAlignment);
  return {this, data, bytes};
}

// The file only grows: a search gives back its tables all at once, at its end.
void SpillFile::release(void*, std::size_t) {}

void SpillFile::let_go() {
  for (const Extent& extent : extents_) ::madvise(extent.data, extent.bytes, MADV_DONTNEED);
}

Result<void> check_spill_folder(const std::string& folder) {
  const int file = open_nameless(folder);
  if (file < 0) return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("--spill cannot use '{}': {}", folder, std::strerror(errno))));
  ::close(file);
  return {};
}

}  // namespace lockweave::explore
