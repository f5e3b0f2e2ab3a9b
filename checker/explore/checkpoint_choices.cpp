#include "checker/explore/checkpoint_choices.h"

#include <algorithm>

namespace lockweave::explore {

void write_choice(CheckpointWriter& writer, const Choice& choice) {
  writer.number(choice.thread);
  writer.number(static_cast<std::uint64_t>(choice.kind));
  writer.number(choice.branch);
}

Choice read_choice(CheckpointReader& reader) {
  Choice choice;
  choice.thread = static_cast<ThreadNumber>(reader.number());
  choice.kind = static_cast<ChoiceKind>(reader.number());
  choice.branch = static_cast<std::uint32_t>(reader.number());
  return choice;
}

void write_way(CheckpointWriter& writer, const Way& way) {
  writer.number(way.size());
  for (const Choice& choice : way) write_choice(writer, choice);
}

Way read_way(CheckpointReader& reader) {
  Way way;
  read_list(reader, [&] { way.push_back(read_choice(reader)); });
  return way;
}

void write_lessons(CheckpointWriter& writer, const Lessons& lessons) {
  writer.number(lessons.size());
  Way last;
  for (const Way& way : lessons) {
    const auto common = std::ranges::mismatch(last, way).in2 - way.begin();
    writer.number(static_cast<std::uint64_t>(common));
    write_way(writer, {way.begin() + common, way.end()});
    last = way;
  }
}

Lessons read_lessons(CheckpointReader& reader) {
  Lessons lessons;
  Way last;
  read_list(reader, [&] {
    last.resize(std::min<std::uint64_t>(reader.number(), last.size()));
    const Way rest = read_way(reader);
    last.insert(last.end(), rest.begin(), rest.end());
    lessons.push_back(last);
  });
  return lessons;
}

void write_rounds(CheckpointWriter& writer, const std::vector<Lessons>& rounds) {
  writer.number(rounds.size());
  for (const Lessons& round : rounds) write_lessons(writer, round);
}

std::vector<Lessons> read_rounds(CheckpointReader& reader) {
  std::vector<Lessons> rounds;
  read_list(reader, [&] { rounds.push_back(read_lessons(reader)); });
  return rounds;
}

}  // namespace lockweave::explore
