#include "checker/explore/dpor_checkpoint.h"

namespace lockweave::explore {

namespace {

void write_findings(CheckpointWriter& writer, const SavedFindings& findings) {
  writer.number(findings.cuts);
  writer.number(findings.reasons.size());
  for (const std::string& reason : findings.reasons) writer.text(reason);
  writer.number(findings.found.size());
  for (const auto& [word, way] : findings.found) {
    writer.number(static_cast<std::uint64_t>(word));
    write_way(writer, way);
  }
  write_lessons(writer, findings.ends);
  write_lessons(writer, findings.witnesses);
  writer.text(findings.error);
  write_way(writer, findings.error_choices);
}

SavedFindings read_findings(CheckpointReader& reader) {
  SavedFindings findings;
  findings.cuts = reader.number();
  read_list(reader, [&] { findings.reasons.push_back(reader.text()); });
  read_list(reader, [&] {
    const auto word = static_cast<PropertyWord>(reader.number());
    findings.found.emplace(word, read_way(reader));
  });
  findings.ends = read_lessons(reader);
  findings.witnesses = read_lessons(reader);
  findings.error = reader.text();
  findings.error_choices = read_way(reader);
  return findings;
}

void write_node(CheckpointWriter& writer, const SavedDpor::Node& node) {
  write_way(writer, node.explored);
  writer.number(node.wakeup.size());
  for (const SavedDpor::Branch& branch : node.wakeup) {
    write_choice(writer, branch.choice);
    writer.number(branch.depth);
  }
}

SavedDpor::Node read_node(CheckpointReader& reader) {
  SavedDpor::Node node;
  node.explored = read_way(reader);
  read_list(reader, [&] {
    const Choice choice = read_choice(reader);
    node.wakeup.push_back({choice, static_cast<std::uint32_t>(reader.number())});
  });
  return node;
}

}  // namespace

void write_dpor(CheckpointWriter& writer, const SavedDpor& saved) {
  write_rounds(writer, saved.rounds);
  write_lessons(writer, saved.lessons);
  write_way(writer, saved.way);
  writer.number(saved.nodes.size());
  for (const SavedDpor::Node& node : saved.nodes) write_node(writer, node);
  writer.number(saved.is_new ? 1 : 0);
  writer.number(saved.held_the_gil ? 1 : 0);
  const SavedDpor::Counts& counts = saved.counts;
  for (const std::uint64_t count : {counts.states, counts.transitions, counts.executions, counts.deadlocked, counts.sleep_blocked, counts.max_depth}) writer.number(count);
  write_findings(writer, saved.findings);
}

SavedDpor read_dpor(CheckpointReader& reader) {
  SavedDpor saved;
  saved.rounds = read_rounds(reader);
  saved.lessons = read_lessons(reader);
  saved.way = read_way(reader);
  read_list(reader, [&] { saved.nodes.push_back(read_node(reader)); });
  saved.is_new = reader.number() != 0;
  saved.held_the_gil = reader.number() != 0;
  SavedDpor::Counts& counts = saved.counts;
  for (std::uint64_t* count : {&counts.states, &counts.transitions, &counts.executions, &counts.deadlocked, &counts.sleep_blocked, &counts.max_depth}) *count = reader.number();
  saved.findings = read_findings(reader);
  return saved;
}

}  // namespace lockweave::explore
