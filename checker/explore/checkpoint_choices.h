// Choices, and ways of them, as they are written into checkpoints.
#pragma once

#include <vector>

#include "checker/explore/checkpoint_file.h"
#include "model/step.h"

namespace lockweave::explore {

using Way = std::vector<Choice>;
// The steps that taught the system something, each at the end of the way to it.
using Lessons = std::vector<Way>;

// A damaged number must not make us ask for all memory: lists grow as they are read.
template <typename Read>
void read_list(CheckpointReader& reader, Read&& read) {
  for (std::uint64_t left = reader.number(); left > 0 && !reader.has_failed(); --left) read();
}

void write_choice(CheckpointWriter& writer, const Choice& choice);
Choice read_choice(CheckpointReader& reader);
void write_way(CheckpointWriter& writer, const Way& way);
Way read_way(CheckpointReader& reader);
// Each way as what differs from the one before it.
void write_lessons(CheckpointWriter& writer, const Lessons& lessons);
Lessons read_lessons(CheckpointReader& reader);
void write_rounds(CheckpointWriter& writer, const std::vector<Lessons>& rounds);
std::vector<Lessons> read_rounds(CheckpointReader& reader);

}  // namespace lockweave::explore
