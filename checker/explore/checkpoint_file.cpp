#include "checker/explore/checkpoint_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <filesystem>

namespace lockweave::explore {

namespace {

// magic | format | content ... | size of all of that | XXH3-128 of all before it
constexpr std::string_view kMagic = "lockweave checkpoint\n";
constexpr std::uint32_t kFormat = 5;
constexpr std::size_t kHead = kMagic.size() + sizeof kFormat;
constexpr std::size_t kTail = sizeof(std::uint64_t) + sizeof(XXH128_canonical_t);
constexpr std::size_t kBuffer = std::size_t{1} << 20;

template <typename T>
std::array<std::uint8_t, sizeof(T)> bytes_of(T number) {
  std::array<std::uint8_t, sizeof(T)> bytes;
  for (auto& byte : bytes) {
    byte = static_cast<std::uint8_t>(number);
    number >>= 8;
  }
  return bytes;
}

template <typename T>
T number_at(const std::uint8_t* bytes) {
  T number = 0;
  for (std::size_t i = sizeof(T); i-- > 0;) number = static_cast<T>(number << 8 | bytes[i]);
  return number;
}

Failure bad(std::string message) { return fail(make_diagnostic(DiagnosticCode::UsageError, std::move(message))); }

std::string folder_of(const std::string& path) {
  const auto folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? "." : folder.string();
}

}  // namespace

CheckpointWriter::CheckpointWriter(std::string path) : path_(std::move(path)), partial_(path_ + ".partial") {
  // A limit on the size of files is an error like a full disk, not the end of the process.
  std::signal(SIGXFSZ, SIG_IGN);
  XXH3_128bits_reset(&hash_);
  file_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) {
    fail("cannot be created");
    return;
  }
  buffer_.reserve(kBuffer);
  put(kMagic.data(), kMagic.size());
  const auto format = bytes_of(kFormat);
  put(format.data(), format.size());
}

CheckpointWriter::~CheckpointWriter() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(partial_.c_str());
}

void CheckpointWriter::fail(const char* what) {
  if (error_.empty()) error_ = fmt::format("'{}' {}: {}", partial_, what, std::strerror(errno));
}

void CheckpointWriter::put(const void* data, std::size_t size) {
  const auto* bytes = static_cast<const std::uint8_t*>(data);
  buffer_.insert(buffer_.end(), bytes, bytes + size);
  if (buffer_.size() >= kBuffer) flush();
}

void CheckpointWriter::flush() {
  XXH3_128bits_update(&hash_, buffer_.data(), buffer_.size());
  size_ += buffer_.size();
  for (std::size_t done = 0; done < buffer_.size() && error_.empty();) {
    const ssize_t written = ::write(file_, buffer_.data() + done, buffer_.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      if (written == 0) errno = ENOSPC;
      fail("cannot be written");
      break;
    }
    done += static_cast<std::size_t>(written);
  }
  buffer_.clear();
}

void CheckpointWriter::number(std::uint64_t number) {
  std::array<std::uint8_t, 10> bytes;
  std::size_t size = 0;
  for (; number > 0x7f; number >>= 7) bytes[size++] = static_cast<std::uint8_t>(number | 0x80);
  bytes[size++] = static_cast<std::uint8_t>(number);
  put(bytes.data(), size);
}

void CheckpointWriter::text(std::string_view text) {
  number(text.size());
  put(text.data(), text.size());
}

std::string CheckpointWriter::finish() {
  const auto size = bytes_of(size_ + buffer_.size());
  put(size.data(), size.size());
  if (error_.empty()) flush();
  XXH128_canonical_t hash;
  XXH128_canonicalFromHash(&hash, XXH3_128bits_digest(&hash_));
  put(hash.digest, sizeof hash.digest);
  if (error_.empty()) flush();
  if (error_.empty() && ::fsync(file_) != 0) fail("cannot be written");
  if (file_ >= 0 && ::close(file_) != 0) fail("cannot be written");
  if (error_.empty() && ::rename(partial_.c_str(), path_.c_str()) != 0) fail("cannot be renamed");
  if (!error_.empty() && file_ >= 0) ::unlink(partial_.c_str());
  file_ = -1;
  if (!error_.empty()) return error_;
  // The new name too shall outlive a power failure; where a folder cannot be opened or synchronised, nothing is lost but that.
  if (const int folder = ::open(folder_of(path_).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC); folder >= 0) {
    ::fsync(folder);
    ::close(folder);
  }
  return {};
}

Result<std::shared_ptr<const CheckpointBytes>> CheckpointBytes::open(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat about {};
  if (file < 0 || ::fstat(file, &about) != 0 || !S_ISREG(about.st_mode)) {
    const std::string why = file < 0 ? std::strerror(errno) : "it is no regular file";
    if (file >= 0) ::close(file);
    return bad(fmt::format("the checkpoint '{}' cannot be read: {}", path, why));
  }
  std::shared_ptr<CheckpointBytes> bytes(new CheckpointBytes);
  bytes->size_ = static_cast<std::size_t>(about.st_size);
  if (bytes->size_ > 0) bytes->data_ = ::mmap(nullptr, bytes->size_, PROT_READ, MAP_PRIVATE, file, 0);
  ::close(file);
  if (bytes->data_ == MAP_FAILED) {
    bytes->data_ = nullptr;
    return bad(fmt::format("the checkpoint '{}' cannot be read: {}", path, std::strerror(errno)));
  }
  const auto* data = static_cast<const std::uint8_t*>(bytes->data_);
  if (bytes->size_ < kMagic.size() || std::memcmp(data, kMagic.data(), kMagic.size()) != 0) return bad(fmt::format("'{}' is no checkpoint of lockweave", path));
  const std::string damaged = fmt::format("the checkpoint '{}' is damaged: it was cut short or altered", path);
  if (bytes->size_ < kHead + kTail) return bad(damaged);
  if (const auto format = number_at<std::uint32_t>(data + kMagic.size()); format != kFormat)
    return bad(fmt::format("the checkpoint '{}' was written by another version of lockweave (its format is {}, this version reads {})", path, format, kFormat));
  const std::uint8_t* tail = data + bytes->size_ - kTail;
  if (number_at<std::uint64_t>(tail) != bytes->size_ - kTail) return bad(damaged);
  XXH128_canonical_t hash;
  XXH128_canonicalFromHash(&hash, XXH3_128bits(data, bytes->size_ - sizeof hash));
  if (std::memcmp(hash.digest, data + bytes->size_ - sizeof hash, sizeof hash) != 0) return bad(damaged);
  bytes->content_ = std::span(data + kHead, bytes->size_ - kHead - kTail);
  return std::shared_ptr<const CheckpointBytes>(std::move(bytes));
}

CheckpointBytes::~CheckpointBytes() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

std::uint64_t CheckpointReader::number() {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    if (at_ == content_.size()) break;
    const std::uint8_t byte = content_[at_++];
    number |= std::uint64_t{byte & 0x7fu} << shift;
    if ((byte & 0x80) == 0) return number;
  }
  failed_ = true;
  return 0;
}

std::string CheckpointReader::text() {
  const std::uint64_t size = number();
  if (size > content_.size() - at_) {
    failed_ = true;
    return {};
  }
  const auto* begin = reinterpret_cast<const char*>(content_.data() + at_);
  at_ += size;
  return {begin, size};
}

Result<void> check_checkpoint_path(const std::string& path) {
  struct stat about {};
  if (::stat(path.c_str(), &about) == 0) {
    if (!S_ISREG(about.st_mode)) return bad(fmt::format("--checkpoint cannot write '{}': it is no regular file", path));
    std::array<char, kMagic.size()> begin{};
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t size = file < 0 ? -1 : ::read(file, begin.data(), begin.size());
    if (file >= 0) ::close(file);
    if (size != 0 && std::string_view(begin.data(), begin.size()) != kMagic)
      return bad(fmt::format("--checkpoint cannot write '{}': that file exists and is no checkpoint", path));
  }
  const std::string partial = path + ".partial";
  const int file = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
  if (file < 0) return bad(fmt::format("--checkpoint cannot write '{}': {}", path, std::strerror(errno)));
  ::close(file);
  ::unlink(partial.c_str());
  return {};
}

}  // namespace lockweave::explore
