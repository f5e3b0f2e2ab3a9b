#include "checker/explore/checkpoint.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/explore/state_graph.h"

namespace lockweave::explore {

Result<std::shared_ptr<const Checkpoint>> Checkpoint::read(const std::string& path) {
  auto bytes = CheckpointBytes::open(path);
  if (!bytes) return fail(bytes);
  std::shared_ptr<Checkpoint> checkpoint(new Checkpoint);
  checkpoint->path_ = path;
  checkpoint->bytes_ = *bytes;
  CheckpointReader reader(checkpoint->bytes_->content());
  read_list(reader, [&] {
    CheckpointFact fact;
    fact.what = reader.text();
    fact.value = reader.text();
    fact.shown = reader.text();
    checkpoint->facts_.push_back(std::move(fact));
  });
  switch (static_cast<Checkpointer::Kind>(reader.number())) {
    case Checkpointer::Kind::Graph: checkpoint->read_graph(reader); break;
    case Checkpointer::Kind::Dpor: checkpoint->dpor_ = read_dpor(reader); break;
  }
  const bool fits = std::ranges::all_of(checkpoint->labels_, [&](const EdgeLabel& label) { return label.choice < checkpoint->choices_.size() && label.changes < checkpoint->changes_.size(); });
  if (reader.has_failed() || !fits) return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("the checkpoint '{}' is damaged", path)));
  return std::shared_ptr<const Checkpoint>(std::move(checkpoint));
}

void Checkpoint::read_graph(CheckpointReader& reader) {
  rounds_ = read_rounds(reader);
  given_up_.why = reader.text();
  read_list(reader, [&] {
    const auto property = static_cast<PropertyWord>(reader.number() % property_count);
    const auto preemptions = static_cast<std::uint32_t>(reader.number());
    given_up_.broken.push_back({.property = property, .preemptions = preemptions, .way = read_way(reader)});
  });
  if (reader.number() != 0) {
    SymmetryEnd& end = symmetry_end_.emplace();
    end.rounds = reader.number();
    end.why = reader.text();
  }
  persistent_sets_end_ = reader.number();
  changes_.emplace_back();
  read_list(reader, [&] {
    ThreadChanges& changes = changes_.emplace_back();
    read_list(reader, [&] {
      const auto from = static_cast<ThreadNumber>(reader.number());
      changes.emplace_back(from, static_cast<ThreadNumber>(reader.number()));
    });
  });
  read_list(reader, [&] { choices_.push_back(read_choice(reader)); });
  read_list(reader, [&] {
    EdgeLabel label;
    label.choice = static_cast<std::uint32_t>(reader.number());
    label.released = reader.number() != 0;
    label.broken = property::PropertySet::from_bits(static_cast<std::uint32_t>(reader.number()));
    label.touches = static_cast<std::uint32_t>(reader.number());
    label.changes = static_cast<std::uint32_t>(reader.number());
    labels_.push_back(label);
  });
  std::uint32_t last = 0;
  read_list(reader, [&] {
    last += static_cast<std::uint32_t>(reader.number());
    flags_.emplace_back(last, static_cast<std::uint8_t>(reader.number()));
  });
  for (auto* list : {&reruns_, &wholes_}) {
    last = 0;
    read_list(reader, [&] { list->push_back(last += static_cast<std::uint32_t>(reader.number())); });
  }
  record_count_ = reader.number();
  records_ = reader;
}

Result<void> Checkpoint::check_fits(const CheckpointFacts& now) const {
  const auto refuse = [&](const CheckpointFact& fact, std::string_view there, std::string_view here) {
    return fail(make_diagnostic(DiagnosticCode::UsageError, fmt::format("the checkpoint '{}' is of another run: {} was {}, and is {}", path_, fact.what, there, here)));
  };
  for (const CheckpointFact& fact : now) {
    const auto there = std::ranges::find(facts_, fact.what, &CheckpointFact::what);
    if (there == facts_.end()) return refuse(fact, "not said", fact.shown);
    if (there->value != fact.value) return refuse(fact, there->shown, fact.shown);
  }
  for (const CheckpointFact& fact : facts_) {
    if (std::ranges::find(now, fact.what, &CheckpointFact::what) == now.end()) return refuse(fact, fact.shown, "not said");
  }
  return {};
}

Checkpoint::Records::Records(const Checkpoint& checkpoint) : checkpoint_(&checkpoint), reader_(*checkpoint.records_) {}

void Checkpoint::Records::next(SavedRecord& record) {
  const Checkpoint& all = *checkpoint_;
  const auto number = static_cast<std::uint32_t>(done_++);
  record.arrows.clear();
  record.flags = 0;
  if (next_flag_ < all.flags_.size() && all.flags_[next_flag_].first == number) record.flags = all.flags_[next_flag_++].second;
  record.is_whole = next_whole_ < all.wholes_.size() && all.wholes_[next_whole_] == number;
  if (record.is_whole) ++next_whole_;
  read_list(reader_, [&] {
    const std::uint64_t head = reader_.number();
    const bool is_new = (head & 1) != 0;
    const std::uint32_t target = is_new ? known_++ : known_ - 1 - static_cast<std::uint32_t>(reader_.number());
    const bool is_rerun = next_rerun_ < all.reruns_.size() && all.reruns_[next_rerun_] == number_;
    if (is_rerun) ++next_rerun_;
    ++number_;
    const EdgeLabel label = head >> 1 < all.labels_.size() ? all.labels_[head >> 1] : EdgeLabel{};
    if (all.choices_.empty()) return;
    record.arrows.push_back({.target = target, .choice = all.choices_[label.choice], .released = label.released, .broken = label.broken, .touches = label.touches, .changes = all.changes_[label.changes],
                             .runs = is_new || is_rerun});
  });
  // A state without transitions is an end, or one in which nothing could be run: judging it is running nothing.
  if (record.arrows.empty()) record.is_whole = true;
}

template <typename Content>
void Checkpointer::write(Kind kind, Content&& content) {
  if (options_.path.empty()) return;
  CheckpointWriter writer(options_.path);
  writer.number(options_.facts.size());
  for (const CheckpointFact& fact : options_.facts) {
    writer.text(fact.what);
    writer.text(fact.value);
    writer.text(fact.shown);
  }
  writer.number(static_cast<std::uint64_t>(kind));
  content(writer);
  last_error_ = writer.finish();
  ++(last_error_.empty() ? written_ : failures_);
  last_ = Clock::now();
}

void Checkpointer::write(const StateGraph& graph, const std::vector<Lessons>& rounds, const Ended& ended) {
  write(Kind::Graph, [&](CheckpointWriter& writer) {
    write_rounds(writer, rounds);
    writer.text(ended.orders.why);
    writer.number(ended.orders.broken.size());
    for (const SavedGivenUp::Broken& broken : ended.orders.broken) {
      writer.number(static_cast<std::uint64_t>(broken.property));
      writer.number(broken.preemptions);
      write_way(writer, broken.way);
    }
    writer.number(ended.symmetry ? 1 : 0);
    if (ended.symmetry) {
      writer.number(ended.symmetry->rounds);
      writer.text(ended.symmetry->why);
    }
    writer.number(ended.persistent_sets);
    graph.save(writer);
  });
}

void Checkpointer::write(const SavedDpor& saved) {
  write(Kind::Dpor, [&](CheckpointWriter& writer) { write_dpor(writer, saved); });
}

std::vector<std::string> Checkpointer::notes() const {
  if (failures_ == 0) return {};
  return {fmt::format("{} checkpoint{} could not be written{}{}", failures_, failures_ == 1 ? "" : "s",
                      last_error_.empty() ? ", the last one could" : ": " + last_error_,
                      written_ > 0 && !last_error_.empty() ? "; an earlier one is there" : "")};
}

}  // namespace lockweave::explore
