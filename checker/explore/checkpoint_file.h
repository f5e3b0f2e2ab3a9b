// A file that a long run can be continued from, as bytes: numbers, texts, a version, a checksum. What they mean: checkpoint.h.
#pragma once

#include <xxhash.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/base/result.h"

namespace lockweave::explore {

// Writes beside the file and takes its place at the end, so that at any moment either the old or the new content is there.
class CheckpointWriter {
 public:
  explicit CheckpointWriter(std::string path);
  ~CheckpointWriter();
  CheckpointWriter(const CheckpointWriter&) = delete;
  CheckpointWriter& operator=(const CheckpointWriter&) = delete;

  void number(std::uint64_t number);
  void text(std::string_view text);
  // Empty if all is on the disk, else what went wrong; then the old file is as it was.
  std::string finish();

 private:
  void put(const void* data, std::size_t size);
  void flush();
  void fail(const char* what);

  std::string path_;
  std::string partial_;
  int file_ = -1;
  std::string error_;
  std::vector<std::uint8_t> buffer_;
  std::uint64_t size_ = 0;
  XXH3_state_t hash_;
};

// The bytes of a whole file, found to be what was written.
class CheckpointBytes {
 public:
  static Result<std::shared_ptr<const CheckpointBytes>> open(const std::string& path);
  ~CheckpointBytes();
  CheckpointBytes(const CheckpointBytes&) = delete;
  CheckpointBytes& operator=(const CheckpointBytes&) = delete;

  std::span<const std::uint8_t> content() const { return content_; }

 private:
  CheckpointBytes() = default;
  void* data_ = nullptr;
  std::size_t size_ = 0;
  std::span<const std::uint8_t> content_;
};

class CheckpointReader {
 public:
  explicit CheckpointReader(std::span<const std::uint8_t> content) : content_(content) {}
  std::uint64_t number();
  std::string text();
  // Something was read beyond the end: not what a writer of ours has written.
  bool has_failed() const { return failed_; }

 private:
  std::span<const std::uint8_t> content_;
  std::size_t at_ = 0;
  bool failed_ = false;
};

// Can a checkpoint be written there? An existing file is replaced only if it is empty or a checkpoint.
Result<void> check_checkpoint_path(const std::string& path);

}  // namespace lockweave::explore
