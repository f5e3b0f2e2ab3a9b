#include "checker/report/lanes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include "checker/report/words.h"

namespace lockweave::report {

namespace {

using trace::Trace;
using trace::TraceStep;

constexpr std::size_t number_width = 5;   // "9999 "
constexpr std::size_t last_width = 50;    // of the rightmost lane: most source lines fit
constexpr std::size_t narrowest = 11;     // from one lane to the next: "MainThread "
constexpr std::size_t widest = 40;

// The switch marks, in the lane of the thread that stops.
std::string mark_of(const std::string& switched) {
  if (switched == "preempted") return "⇢ preempted";
  if (switched == "waits") return "⇢ waits";
  if (switched == "released") return "⇢ gives up the GIL";
  if (switched == "ended") return "■ ended";
  return "⇢ " + switched;
}

class Drawer {
 public:
  Drawer(const Trace& trace, std::size_t width) : trace_(trace), width_(std::max<std::size_t>(width, 40)) {
    std::set<ThreadNumber> present;
    for (const TraceStep& step : trace.steps) present.insert(step.thread);
    for (const ThreadNumber thread : present) lane_of_[thread] = lane_of_.size();
    if (lane_of_.size() > 1) {
      const std::size_t last = std::min(last_width, width_ / 2);
      distance_ = std::min(widest, (width_ - number_width - last) / (lane_of_.size() - 1));
      in_lanes_ = distance_ >= narrowest;
    }
    find_ambiguous_files();
  }

  std::string draw(std::uint64_t loop_begin) {
    if (in_lanes_) draw_header();
    for (std::size_t i = 0; i < trace_.steps.size(); ++i) {
      const TraceStep& step = trace_.steps[i];
      if (i > 0 && !step.switched.empty()) put(trace_.steps[last_runner_].thread, "", mark_of(step.switched), 2);
      if (loop_begin > 0 && i == loop_begin) text_ += "     ↻ from here on it repeats for ever\n";
      if (!is_uneventful(i)) draw_step(i);
      if (step.kind == ChoiceKind::Run) last_runner_ = i;
    }
    if (loop_begin > 0) text_ += fmt::format("     ↻ and so on, from step {}\n", loop_begin + 1);
    draw_legend();
    return std::move(text_);
  }

 private:
  // Nothing in this execution depends on what the step did, and its thread runs before it and goes on after it.
  bool is_uneventful(std::size_t index) const {
    const TraceStep& step = trace_.steps[index];
    if (step.kind != ChoiceKind::Run || step.operation != "run" || !step.effects.empty()) return false;
    const auto goes_on = [&](std::size_t i) { return i < trace_.steps.size() && trace_.steps[i].thread == step.thread && trace_.steps[i].switched.empty(); };
    return index > 0 && goes_on(index) && trace_.steps[index - 1].thread == step.thread && goes_on(index + 1);
  }

  std::string name_of(ThreadNumber thread) const {
    return thread < trace_.thread_names.size() ? trace_.thread_names[thread] : fmt::format("thread {}", thread);
  }

  void find_ambiguous_files() {
    std::map<std::string, std::set<std::string>> by_short;
    for (const TraceStep& step : trace_.steps) by_short[short_file(step.file)].insert(step.file);
    for (const auto& [name, files] : by_short) {
      if (files.size() > 1) ambiguous_.insert(files.begin(), files.end());
    }
  }

  std::string shown_file(const std::string& file) { return ambiguous_.contains(file) ? file : short_file(file); }

  // A name that would run into the next lane loses what it has in parentheses, then its end.
  std::string header_name(ThreadNumber thread) const {
    std::string name = name_of(thread);
    if (lane_of_.at(thread) + 1 == lane_of_.size() || columns(name) < distance_) return name;
    name.resize(std::min(name.size(), name.find(" (")));
    return columns(name) < distance_ ? name : wrap(name, distance_ - 1, 0).front();
  }

  void draw_header() {
    std::string names, rules;
    for (const auto& [thread, lane] : lane_of_) {
      const std::size_t left = number_width + lane * distance_;
      const std::string name = header_name(thread);
      names += std::string(left - columns(names), ' ') + name;
      rules += std::string(left - columns(rules), ' ');
      for (std::size_t i = 0; i < columns(name); ++i) rules += "─";
    }
    text_ += names + "\n" + rules + "\n";
  }

  // One line (wrapped) of a thread; `number` goes to the margin.
  void put(ThreadNumber thread, const std::string& number, std::string_view line, std::size_t indent) {
    const auto found = lane_of_.find(thread);
    const std::size_t lane = found == lane_of_.end() ? 0 : found->second;
    const std::size_t left = in_lanes_ ? distance_ * lane : std::min(2 * lane, width_ / 3);
    const std::size_t width = width_ - number_width - left;
    bool first = true;
    for (const std::string& part : wrap(line, width, indent)) {
      std::string margin = fmt::format("{:>{}} ", first ? number : "", number_width - 1);
      first = false;
      text_ += margin + std::string(left, ' ') + part + "\n";
    }
  }

  void draw_step(std::size_t index) {
    const TraceStep& step = trace_.steps[index];
    std::string number = fmt::format("{}", step.step);
    const auto take_number = [&] { return std::exchange(number, std::string()); };
    const std::string name = in_lanes_ ? "" : name_of(step.thread) + "  ";
    if (!step.file.empty() && !is_same_place(index)) {
      const std::string function = step.function.empty() || step.function == "<module>" ? "" : "  " + step.function;
      put(step.thread, take_number(), fmt::format("{}{}:{}{}", name, shown_file(step.file), step.line, function), 2);
      if (!step.source.empty()) put(step.thread, "", trimmed(step.source), 4);
    } else if (!in_lanes_ && step.file.empty()) {
      put(step.thread, take_number(), name, 2);
    }
    const std::string operation = operation_of(step);
    if (!operation.empty() || !number.empty()) put(step.thread, take_number(), "  " + operation, 4);
    for (const std::string& effect : step.effects) put(step.thread, "", "    " + effect, 6);
  }

  static std::string operation_of(const TraceStep& step) {
    if (step.operation.empty() && step.object.empty()) {
      switch (step.kind) {
        case ChoiceKind::Run: return "";
        case ChoiceKind::WakeUp: return "wakes up";
        case ChoiceKind::Timeout: return "times out";
        case ChoiceKind::Branch: return "chooses";
        case ChoiceKind::Interrupt: return "is interrupted";
      }
    }
    return step.object.empty() ? step.operation : fmt::format("{} {}", step.operation, step.object);
  }

  static std::string_view trimmed(std::string_view source) {
    const auto begin = source.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return source.substr(begin, source.find_last_not_of(" \t\r\n") - begin + 1);
  }

  // A thread that goes on in the line where it is needs it said only once.
  // As the step drawn before it.
  bool is_same_place(std::size_t index) const {
    std::size_t drawn = index;
    while (drawn > 0 && is_uneventful(drawn - 1)) --drawn;
    if (drawn == 0) return false;
    const TraceStep& before = trace_.steps[drawn - 1];
    const TraceStep& step = trace_.steps[index];
    return before.thread == step.thread && before.file == step.file && before.line == step.line && before.function == step.function &&
           step.switched.empty();
  }

  void draw_legend() {
    std::set<std::string> files;
    for (const TraceStep& step : trace_.steps) {
      if (shown_file(step.file) != step.file) files.insert(step.file);
    }
    for (const std::string& file : files) text_ += fmt::format("     {} is {}\n", short_file(file), file);
  }

  const Trace& trace_;
  std::size_t width_;
  std::size_t distance_ = 0;  // from one lane's left edge to the next one's
  bool in_lanes_ = true;
  std::map<ThreadNumber, std::size_t> lane_of_;
  std::set<std::string> ambiguous_;
  std::size_t last_runner_ = 0;
  std::string text_;
};

}  // namespace

std::string lanes(const Trace& trace, std::size_t width, std::uint64_t loop_begin) { return Drawer(trace, width).draw(loop_begin); }

}  // namespace lockweave::report
