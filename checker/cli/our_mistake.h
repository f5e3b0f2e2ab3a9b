// What is printed when Lockweave itself is at fault: what, where, and the schedule that shows it.
#pragma once

#include "model/step.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace lockweave::cli {

// The cell that the calling thread works on, and those that work for it, as long as this lives. `replay_line` turns choices into a command line.
class CurrentCell {
 public:
  using ReplayLine = std::function<std::string(const std::vector<Choice>&)>;

  explicit CurrentCell(ReplayLine replay_line);
  ~CurrentCell();
  CurrentCell(const CurrentCell&) = delete;
  CurrentCell& operator=(const CurrentCell&) = delete;

 private:
  ReplayLine replay_line_;
  CurrentCell* outer_;
  friend std::string our_mistake_text(std::string_view what);
};

// Lines that end in "\n". Asks the running explorer for its schedule.
std::string our_mistake_text(std::string_view what);

}  // namespace lockweave::cli
