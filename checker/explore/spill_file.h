// Blocks that lie in a file, for the large tables of a search that memory has no room for.
//
// The file has no name: it is gone when the process is, however it ends. Space on the disk is reserved before it is used, so a full
// disk is an error where a block is asked for and not a crash where it is written. `let_go` takes all blocks out of memory; they come
// back page by page as they are looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "checker/explore/blocks.h"
#include "model/base/result.h"

namespace lockweave::explore {

class SpillFile final : public Blocks {
 public:
  // Requires: check_spill_folder says yes. Blocks are given back before the file is destroyed.
  explicit SpillFile(std::string folder) : folder_(std::move(folder)) {}
  ~SpillFile() override;
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  Block allocate(std::size_t bytes) override;
  void release(void* data, std::size_t bytes) override;

  // Before this, and where there cannot be a file or not a larger one, blocks are ordinary memory. why() says why there cannot.
  void begin();
  void let_go();
  std::uint64_t bytes() const { return file_bytes_; }
  const std::string& why() const { return why_; }

 private:
  struct Extent {
    void* data;
    std::size_t bytes;
  };
  bool add_extent(std::size_t bytes);

  std::string folder_;
  int file_ = -1;
  std::string why_;
  std::uint64_t file_bytes_ = 0;
  std::vector<Extent> extents_;
  std::size_t used_ = 0;  // of the last extent
};

Result<void> check_spill_folder(const std::string& folder);

}  // namespace lockweave::explore
